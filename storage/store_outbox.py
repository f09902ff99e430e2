"""The outbox: deliveries that are owed, leased to a sender, and marked with what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, case, func, insert, or_, select, update

from storage import schema
from storage.database import START, Database, inserted_id
from storage.matched import beginnings_to_show, spans_in
from storage.model import (
    AS_BY_DEFAULT,
    Cause,
    Delivery,
    DeliveryRow,
    DeliveryState,
    Digest,
    Notice,
    NoticeDelivery,
    NoticeKind,
    Recipient,
    Settling,
    Span,
)
from storage.shown import article_of_revision

_LONGEST_WAIT = timedelta(days=32)
"""Longer than any delivery is deferred."""
_MOST = 200
"""Deliveries in one message, some 150 KB; what is more comes in a second one."""
_DIGEST = "digest."
"""What the message ids of digests begin with: a delivery that has such a one belongs to that message for good."""


class Outbox:
    def __init__(self, database: Database) -> None:
        self._database = database

    def channels_due(self, now: datetime, settling: Settling = AS_BY_DEFAULT) -> list[str]:
        """Channels for which something is to be sent now."""
        delivery, recipient = schema.delivery.c, schema.recipient.c
        single = select(recipient.channel).join(schema.delivery).where(_due(now), delivery.digest.is_(None)).distinct()
        with self._database.read() as connection:
            together = {row.channel for row in connection.execute(_digests_due(now, settling))}
            return sorted(together.union(connection.scalars(single)))

    def lease(self, channel: str, now: datetime, lease: timedelta, limit: int) -> list[Delivery]:
        """Take the alerts that a channel is owed, the oldest first. Nobody else takes one before the lease ends, by itself if the process
        dies.
        """
        with self._database.write() as connection:
            alone = and_(schema.delivery.c.revision_id.is_not(None), schema.delivery.c.digest.is_(None))
            leased = _lease(connection, channel, now, lease, limit, alone)
            return [_delivery(connection, row) for row in leased]

    def lease_digest(self, channel: str, now: datetime, lease: timedelta, settling: Settling = AS_BY_DEFAULT) -> Digest | None:
        """Take what is to be told as one message, when nothing has been added to it for a while.

        The first lease makes a message of it, with an id that is stored and never changes; what is owed later of the same digest is another
        message.
        """
        with self._database.write("digest") as connection:
            due = connection.execute(_digests_due(now, settling).where(schema.recipient.c.channel == channel)).first()
            if due is None:
                return None
            message_id = due.message_id or _assemble(connection, due.recipient_id, due.digest)
            delivery = schema.delivery.c
            mine = and_(delivery.recipient_id == due.recipient_id, delivery.message_id == message_id, delivery.state == DeliveryState.OWED)
            connection.execute(update(schema.delivery).where(mine).values(leased_until=now + lease))
            query = select(schema.delivery, schema.recipient.c.key, schema.recipient.c.channel).join(schema.recipient)
            rows = connection.execute(query.where(mine).order_by(delivery.id)).mappings().all()
            return _digest([_delivery(connection, row) for row in rows])

    def lease_notices(self, channel: str, now: datetime, lease: timedelta, limit: int) -> list[NoticeDelivery]:
        """The same for notices."""
        with self._database.write() as connection:
            leased = _lease(connection, channel, now, lease, limit, schema.delivery.c.notice_id.is_not(None))
            return [_notice_delivery(connection, row) for row in leased]

    def mark_sent(self, delivery_id: int, now: datetime) -> None:
        self._mark(delivery_id, state=DeliveryState.SENT, sent_at=now, error="")

    def mark_retry(self, delivery_id: int, due_at: datetime, error: str) -> None:
        """The attempt failed for now; `error` has the server's words."""
        self._mark(delivery_id, due_at=due_at, error=error)

    def mark_dead(self, delivery_id: int, error: str) -> None:
        """Given up; it is kept with the server's words."""
        self._mark(delivery_id, state=DeliveryState.DEAD, error=error)

    def owe_again(self, delivery_ids: Sequence[int], now: datetime) -> int:
        """Dead letters owed once more, by hand, each with all that was to be the same message. Returns how many of them were dead."""
        delivery = schema.delivery.c
        dead = and_(delivery.id.in_(delivery_ids), delivery.state == DeliveryState.DEAD)
        with self._database.write() as connection:
            values = {"state": DeliveryState.OWED, "created_at": now, "due_at": now, "attempts": 0}
            messages = connection.scalars(select(delivery.message_id).where(dead)).all()
            again = and_(delivery.message_id.in_(messages), delivery.state == DeliveryState.DEAD)
            connection.execute(update(schema.delivery).where(again).values(**values))
            return len(messages)

    def assign(self, recipients: Iterable[Recipient]) -> None:
        """What is owed to an address goes by the channel that has it now, whatever the channel was called before."""
        row = schema.recipient.c
        with self._database.write(START) as connection:
            for recipient in recipients:
                connection.execute(update(schema.recipient).where(row.key == recipient.key).values(channel=recipient.channel))

    def list(self, limit: int) -> list[DeliveryRow]:
        """The latest deliveries, newest first."""
        delivery, revision, notice = schema.delivery, schema.revision, schema.notice
        query = (
            select(
                delivery, revision.c.title, revision.c.article_id, schema.recipient.c.channel,
                notice.c.name.label("notice"), notice.c.about, notice.c.words,
            )
            .outerjoin(revision, revision.c.id == delivery.c.revision_id)
            .outerjoin(notice, notice.c.id == delivery.c.notice_id)
            .join(schema.recipient, schema.recipient.c.id == delivery.c.recipient_id)
            .order_by(delivery.c.id.desc())
            .limit(limit)
        )  # fmt: skip
        with self._database.read() as connection:
            return [_row(connection, row) for row in connection.execute(query).mappings()]

    def counts(self) -> Mapping[str, int]:
        """How many deliveries are in each state."""
        with self._database.read() as connection:
            rows = connection.execute(select(schema.delivery.c.state, func.count()).group_by(schema.delivery.c.state))
            return {state: count for state, count in rows}  # noqa: C416  (a Row is no pair to dict())

    def _mark(self, delivery_id: int, **values: Any) -> None:
        """The delivery, with all that is the same message."""
        delivery = schema.delivery.c
        one = schema.delivery.alias("one")
        message = select(one.c.message_id).where(one.c.id == delivery_id).scalar_subquery()
        with self._database.write() as connection:
            connection.execute(
                update(schema.delivery)
                .where(delivery.message_id == message, delivery.state == DeliveryState.OWED)
                .values(leased_until=None, attempts=delivery.attempts + 1, **values),
            )


def _due(now: datetime) -> Any:
    delivery = schema.delivery.c
    # what lies further ahead than we ever set it was set by a clock that has been put right since
    free = or_(delivery.leased_until.is_(None), delivery.leased_until <= now, delivery.leased_until > now + _LONGEST_WAIT)
    due = or_(delivery.due_at <= now, delivery.due_at > now + _LONGEST_WAIT)
    return and_(delivery.state == DeliveryState.OWED, due, free)


def _digests_due(now: datetime, settling: Settling) -> Select[Any]:
    """What is to be told together and is due: messages that were made already, or what has been quiet, or waited, for long enough."""
    delivery, recipient = schema.delivery.c, schema.recipient.c
    made = case((delivery.message_id.startswith(_DIGEST), delivery.message_id), else_=None)
    settled = or_(func.max(delivery.created_at) <= now - settling.quiet, func.min(delivery.created_at) <= now - settling.longest)
    return (
        select(recipient.channel, delivery.recipient_id, delivery.digest, made.label("message_id"))
        .join(schema.recipient, recipient.id == delivery.recipient_id)
        .where(_due(now), delivery.digest.is_not(None))
        .group_by(recipient.channel, delivery.recipient_id, delivery.digest, made)
        .having(or_(made.is_not(None), settled))
        .order_by(func.min(delivery.due_at), func.min(delivery.id))
    )


def _assemble(connection: Connection, recipient_id: int, digest: str) -> str:
    """Make one message of what is owed; its id."""
    delivery = schema.delivery.c
    owed = (delivery.recipient_id == recipient_id, delivery.digest == digest, delivery.state == DeliveryState.OWED)
    loose = select(delivery.id).where(*owed, ~delivery.message_id.startswith(_DIGEST)).order_by(delivery.id).limit(_MOST)
    ids = connection.scalars(loose).all()
    first = connection.scalar(select(delivery.message_id).where(delivery.id == ids[0]))
    message_id = f"{_DIGEST}{first}"
    connection.execute(update(schema.delivery).where(delivery.id.in_(ids)).values(message_id=message_id))
    return message_id


def _digest(deliveries: Sequence[Delivery]) -> Digest:
    first = deliveries[0]
    since = min(delivery.owed_since for delivery in deliveries)
    return Digest(first.id, first.recipient, first.message_id, first.attempts, since, tuple(deliveries))


def _lease(
    connection: Connection, channel: str, now: datetime, lease: timedelta, limit: int, wanted: ColumnElement[bool]
) -> list[RowMapping]:
    delivery, recipient = schema.delivery, schema.recipient
    due = (
        select(delivery.c.id)
        .join(recipient, recipient.c.id == delivery.c.recipient_id)
        .where(_due(now), recipient.c.channel == channel, wanted)
        .order_by(delivery.c.due_at, delivery.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=delivery)
    )
    ids = connection.scalars(due).all()
    if not ids:
        return []
    connection.execute(update(delivery).where(delivery.c.id.in_(ids)).values(leased_until=now + lease))
    rows = select(delivery, recipient.c.key, recipient.c.channel).join(recipient).where(delivery.c.id.in_(ids))
    return sorted(connection.execute(rows).mappings(), key=lambda row: ids.index(row["id"]))


def _delivery(connection: Connection, row: RowMapping) -> Delivery:
    watches = _watches(connection, row["id"], row["revision_id"])
    return Delivery(
        id=row["id"],
        recipient=Recipient(row["key"], row["channel"]),
        message_id=row["message_id"],
        attempts=row["attempts"],
        owed_since=row["created_at"],
        article=article_of_revision(connection, row["revision_id"], beginnings_to_show(chain.from_iterable(watches.values()))),
        watches=watches,
    )


def _notice_delivery(connection: Connection, row: RowMapping) -> NoticeDelivery:
    found = connection.execute(select(schema.notice).where(schema.notice.c.id == row["notice_id"])).mappings().one()
    fields = {name: found[name] for name in Notice.__dataclass_fields__}  # the columns are named after the fields
    cause = Cause(found["cause"]) if found["cause"] else None
    return NoticeDelivery(
        id=row["id"],
        recipient=Recipient(row["key"], row["channel"]),
        message_id=row["message_id"],
        attempts=row["attempts"],
        owed_since=row["created_at"],
        notice=Notice(**fields | {"kind": NoticeKind(found["kind"]), "cause": cause}),
    )


def recipient_row(connection: Connection, recipient: Recipient) -> int:
    """The row of an address; it belongs to the channel that used it last."""
    row = schema.recipient.c
    found = connection.execute(select(row.id, row.channel).where(row.key == recipient.key)).first()
    if found is None:
        return inserted_id(connection, schema.recipient, key=recipient.key, channel=recipient.channel)
    if found.channel != recipient.channel:  # who writes nothing locks nothing, and others may take the rows in another order
        connection.execute(update(schema.recipient).where(row.id == found.id).values(channel=recipient.channel))
    return int(found.id)


def owe_notice(connection: Connection, notice_id: int, recipients: Iterable[Recipient], instance: str, now: datetime) -> None:
    """In the transaction that makes the notice."""
    for recipient in recipients:
        recipient_id = recipient_row(connection, recipient)
        message_id = f"notice.{notice_id}.{recipient_id}.{instance}"
        values = {"state": DeliveryState.OWED, "attempts": 0, "created_at": now, "due_at": now, "error": ""}
        owed = insert(schema.delivery).values(recipient_id=recipient_id, notice_id=notice_id, message_id=message_id, **values)
        connection.execute(owed)


def _watches(connection: Connection, delivery_id: int, revision_id: int) -> dict[str, tuple[Span, ...]]:
    match, owed = schema.match.c, schema.delivery_watch.c
    query = (
        select(owed.watch, match.spans)
        .join(schema.match, and_(match.watch == owed.watch, match.revision_id == revision_id))
        .where(owed.delivery_id == delivery_id)
        .order_by(owed.watch)
    )
    return {watch: spans_in(spans) for watch, spans in connection.execute(query)}


def _row(connection: Connection, row: Any) -> DeliveryRow:
    owed = schema.delivery_watch.c
    watches = connection.scalars(select(owed.watch).where(owed.delivery_id == row["id"]).order_by(owed.watch))
    return DeliveryRow(
        id=row["id"], state=DeliveryState(row["state"]), channel=row["channel"], article_id=row["article_id"],
        title=f"{row['notice']}: {row['about']}: {row['words']}" if row["notice_id"] else row["title"],
        watches=tuple(watches), attempts=row["attempts"], due_at=row["due_at"], sent_at=row["sent_at"], error=row["error"],
    )  # fmt: skip
