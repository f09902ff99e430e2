"""What can't be so while everything balances: each check is a query for the ids of what breaks it, quick at a million articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, or_, select

from storage import schema
from storage.links import BEYOND
from storage.model import DeliveryState, Fault, LinkState, Owed
from storage.shown import UNREAD

_SHOWN = 20
"""Ids that are named of one fault; whoever mends it asks the database."""
_MATCHED_WITHIN = timedelta(days=1)
"""A revision is matched a second after it was recorded, while the service runs."""


@dataclass(frozen=True, slots=True)
class _Check:
    about: str
    words: str
    query: Select[Any]
    """The ids; bounded by the caller."""
    broken: bool = True


def faults(connection: Connection, now: datetime, kept: timedelta) -> Iterator[Fault]:
    """`kept`: for how long it is remembered to whom something was sent."""
    for check in [*_links(), *_looks(), *_sources(), *_articles(now), *_deliveries(_remembered_since(connection, now - kept))]:
        found = connection.scalars(check.query.limit(_SHOWN + 1)).all()
        if found:
            yield Fault(check.about, check.words, tuple(found[:_SHOWN]), len(found) > _SHOWN, check.broken)


def _remembered_since(connection: Connection, since: datetime) -> datetime:
    """From when on every delivery is there: it may have been kept for a shorter time until today."""
    delivery = schema.delivery.c
    oldest = connection.scalar(select(func.min(delivery.created_at)).where(delivery.state != DeliveryState.OWED))
    return max(since, oldest) if oldest else since


def _links() -> Iterator[_Check]:
    link, article = schema.link.c, schema.article.c

    def check(words: str, *conditions: ColumnElement[bool]) -> _Check:
        return _Check("link", words, select(link.id).where(*conditions).order_by(link.id))

    nowhere = link.article_id.is_(None)
    read = [LinkState.NEW, LinkState.KNOWN, LinkState.BASELINE]
    unread = [LinkState.WAITING, LinkState.FAILED]
    backfill = schema.backfill.c
    goes_on = exists().where(backfill.source_id == link.source_id, backfill.ended_at.is_(None))
    yield check("in no state that there is", link.state.not_in([*LinkState]))
    yield check("read, and led to no article", nowhere, link.state.in_([LinkState.NEW, LinkState.KNOWN]))
    yield check("baseline, and neither read nor older than what is read", nowhere, link.state == LinkState.BASELINE, link.reason != BEYOND)
    yield check("led to an article, and does not say that it was read", ~nowhere, link.state.not_in(read))
    yield check("led to an article that is not there", ~nowhere, ~exists().where(article.id == link.article_id))
    yield check("failed, without a reason or a next try", link.state == LinkState.FAILED, or_(link.reason == "", link.again_at.is_(None)))
    yield check("held, without a reason or an end", link.state == LinkState.HELD, or_(link.reason == "", link.again_at.is_(None)))
    yield check("without the reason why it is not read, or known", link.state.in_([LinkState.REFUSED, LinkState.KNOWN]), link.reason == "")
    yield check("waits for a back-fill that has ended", link.backfilled, nowhere, link.state.in_(unread), ~goes_on)


def _looks() -> Iterator[_Check]:
    look = schema.look.c
    # a look that failed as a whole showed nothing, and counts itself
    itself = case((and_(look.error != "", look.seen == 0), 1), else_=0)
    accounted = look.known + look.new + look.baseline + look.failed + look.held + look.waiting
    wrong = or_(look.seen + look.earlier + itself != accounted, look.waiting < 0)
    yield _Check("look", "its counts do not add up", select(look.id).where(look.waiting.is_not(None), wrong).order_by(look.id))


def _sources() -> Iterator[_Check]:
    source, backfill = schema.source.c, schema.backfill.c
    both = or_(and_(source.paused_at.is_not(None), source.resumed_at.is_not(None)), and_(source.silent, source.resumed_at.is_(None)))
    yield _Check("source", "paused and resumed at once", select(source.id).where(both).order_by(source.id))
    unsaid = and_(backfill.ended_at.is_not(None), backfill.why == "")
    yield _Check("backfill", "ended, without a reason", select(backfill.id).where(unsaid).order_by(backfill.id))


def _articles(now: datetime) -> Iterator[_Check]:
    article, revision, location = schema.article.c, schema.revision.c, schema.location.c

    def check(words: str, *conditions: ColumnElement[bool]) -> _Check:
        return _Check("article", words, select(article.id).where(*conditions).order_by(article.id))

    yield check("without a revision", ~exists().where(revision.article_id == article.id))
    yield check("without the location that its address is", article.url != "", ~exists().where(location.article_id == article.id))
    target = schema.article.alias("target")
    lost = ~exists().where(target.c.id == article.joined_to, target.c.joined_to.is_(None), target.c.id != article.id)
    yield check("joined to an article that is itself joined to another, or is not there", article.joined_to.is_not(None), lost)
    for table, words in (
        (schema.revision, "has a revision"), (schema.location, "has a location"), (schema.address_key, "has an address key"),
        (schema.ruling, "has an operator's ruling"), (schema.mark, "has marks"),
    ):  # fmt: skip
        lost_ids = select(table.c.article_id).where(~exists().where(article.id == table.c.article_id)).distinct()
        # a mark that leads nowhere is passed over by whoever looks it up
        yield _Check("article", f"{words}, and is not there", lost_ids, broken=table is not schema.mark)
    late = and_(revision.matched_at.is_(None), revision.recorded_at < now - _MATCHED_WITHIN, revision.number > UNREAD)
    words = "held against no watch for more than a day"
    yield _Check("revision", words, select(revision.id).where(late).order_by(revision.id), broken=False)


def _deliveries(since: datetime) -> Iterator[_Check]:
    """`since`: what was matched before may have been forgotten."""
    delivery, watch, match, revision = schema.delivery.c, schema.delivery_watch.c, schema.match.c, schema.revision.c

    def check(words: str, *conditions: ColumnElement[bool]) -> _Check:
        return _Check("delivery", words, select(delivery.id).where(*conditions).order_by(delivery.id))

    on_behalf = exists().where(watch.delivery_id == delivery.id)
    yield check("in no state that there is", delivery.state.not_in([*DeliveryState]))
    yield check("sent, without a time; or not sent, with one", (delivery.state == DeliveryState.SENT) == delivery.sent_at.is_(None))
    yield check("a dead letter without a reason", delivery.state == DeliveryState.DEAD, delivery.error == "")
    yield check("on behalf of no watch", delivery.revision_id.is_not(None), ~on_behalf)
    alert = exists().where(match.revision_id == delivery.revision_id, match.watch == watch.watch, match.owed == Owed.ALERT)
    unmatched = select(delivery.id).join(schema.delivery_watch).where(delivery.revision_id.is_not(None), ~alert)
    yield _Check("delivery", "on behalf of a watch that did not match", unmatched.distinct().order_by(delivery.id))
    twice = select(func.min(delivery.id)).group_by(delivery.message_id)
    several = and_(func.count() > 1, or_(func.count(delivery.digest) < func.count(), func.count(delivery.recipient_id.distinct()) > 1))
    yield _Check("delivery", "has the message id of another message", twice.having(several))
    told = exists().where(delivery.revision_id == match.revision_id, watch.delivery_id == delivery.id, watch.watch == match.watch)
    untold = select(revision.id).join(schema.match, match.revision_id == revision.id)
    untold = untold.where(match.owed == Owed.ALERT, revision.matched_at >= since, ~told).distinct().order_by(revision.id)
    yield _Check("revision", "owed to a watch, and to no recipient", untold)
