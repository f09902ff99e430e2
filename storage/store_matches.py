"""From revisions to deliveries: what no watch has been held against yet, and what follows from holding them against it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, exists, insert, select, update

from storage import schema
from storage.database import Database, inserted_id
from storage.model import DeliveryState, EditKind, MatchedRevision, Recipient, UnmatchedRevision
from storage.store_outbox import recipient_row


class Matches:
    def __init__(self, database: Database, instance: str) -> None:
        self._database = database
        self._instance = instance

    def unmatched(self, limit: int) -> list[UnmatchedRevision]:
        """Revisions no watch has been held against, the oldest first; of an article only the earliest, on which the next depends."""
        revision, article = schema.revision.c, schema.article.c
        earlier = schema.revision.alias("earlier")
        waits = exists().where(earlier.c.article_id == revision.article_id, earlier.c.matched_at.is_(None), earlier.c.id < revision.id)
        query = (
            select(
                revision.id,
                revision.article_id,
                revision.number,
                revision.title,
                revision.text,
                revision.burst,
                revision.kinds,
                article.baseline,
            )
            .join(schema.article, article.id == revision.article_id)
            .where(revision.matched_at.is_(None), ~waits)
            .order_by(revision.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [
                UnmatchedRevision(
                    id=row.id,
                    article_id=row.article_id,
                    number=row.number,
                    title=row.title,
                    text=row.text,
                    baseline=row.baseline and row.number == 1,
                    matched_before=_matched_before(connection, row.article_id, row.number),
                    kinds=frozenset(map(EditKind, row.kinds.split())),
                    burst=row.burst or "",
                )
                for row in connection.execute(query)
            ]

    def record(self, matched: Sequence[MatchedRevision], now: datetime) -> int:
        """Write down matches and what is owed for them in one transaction, once for each revision. Returns how many deliveries it made."""
        made = 0
        with self._database.write() as connection:
            for revision in matched:
                taken = connection.execute(
                    update(schema.revision)
                    .where(schema.revision.c.id == revision.revision_id, schema.revision.c.matched_at.is_(None))
                    .values(matched_at=now)
                    .returning(schema.revision.c.burst),
                ).first()
                if taken is None:
                    continue  # another process was quicker
                _insert_matches(connection, revision)
                for recipient, watches in revision.owed_to.items():
                    self._owe(connection, revision.revision_id, recipient, watches, now, digest=taken.burst)
                    made += 1
        return made

    def _owe(
        self, connection: Connection, revision_id: int, recipient: Recipient, watches: Sequence[str], now: datetime, *, digest: str | None
    ) -> None:
        recipient_id = recipient_row(connection, recipient)
        delivery_id = inserted_id(
            connection,
            schema.delivery,
            recipient_id=recipient_id,
            revision_id=revision_id,
            message_id=f"{revision_id}.{recipient_id}.{self._instance}",
            state=DeliveryState.OWED,
            attempts=0,
            created_at=now,
            due_at=now,
            error="",
            digest=digest,
        )
        connection.execute(insert(schema.delivery_watch), [{"delivery_id": delivery_id, "watch": watch} for watch in watches])


def _matched_before(connection: Connection, article_id: int, number: int) -> frozenset[str]:
    revision, match = schema.revision.c, schema.match.c
    query = (
        select(match.watch)
        .join(schema.revision, revision.id == match.revision_id)
        .where(revision.article_id == article_id, revision.number < number)
    )
    return frozenset(connection.scalars(query))


def _insert_matches(connection: Connection, revision: MatchedRevision) -> None:
    rows = [
        {"revision_id": revision.revision_id, "watch": match.watch, "owed": match.owed, "spans": json.dumps(match.spans)}
        for match in revision.matches
    ]
    if rows:
        connection.execute(insert(schema.match), rows)
