"""Matches read back: for messages and pages, which show the words, and for whoever asks why a watch alerted or didn't."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, select

from storage import schema
from storage.among import among
from storage.model import DeliveryRow, DeliveryState, Match, Outcome, Owed, Span
from storage.shown import UNREAD

_AROUND = 1000
"""Code points after a shown word that may be shown with it; an excerpt has 200."""
_EXCERPTS = 3
_DOCUMENT = "attachment:"


def matches_of(connection: Connection, revision_id: int) -> list[Match]:
    """Which watches a revision matched, by their names."""
    return [Match(row.watch, spans_in(row.spans), Owed(row.owed)) for row in connection.execute(_MATCHES, {"revision": revision_id})]


def spans_in(stored: str) -> tuple[Span, ...]:
    return tuple(Span(*span) for span in json.loads(stored))


def beginnings_to_show(spans: Iterable[Span]) -> Mapping[int, int]:
    """Which documents have matched words, by number, and how much of each is enough to show the first few places in it.

    Documents may have 2 million letters each, and a digest 200 of them: they are not all kept in memory for three sentences.
    """
    inside: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        if span.field.startswith(_DOCUMENT):
            inside[int(span.field.removeprefix(_DOCUMENT))].append(span)
    return {number: _enough(found) for number, found in inside.items()}


def _enough(spans: Sequence[Span]) -> int:
    """As far as the third of the places that are too far apart to be shown in one excerpt."""
    end = places = 0
    for span in sorted(spans):
        if places and span.start < end + _AROUND // 2:
            continue
        end, places = min(span.end, span.start + _AROUND), places + 1
        if places == _EXCERPTS:
            break
    return end + _AROUND


def outcomes_of(connection: Connection, article_id: int, watch: str) -> list[Outcome]:
    """What came of holding a watch against each state of an article, the first one first."""
    rows = connection.execute(_OUTCOMES, {"article": article_id, "watch": watch}).all()
    deliveries: dict[int, list[DeliveryRow]] = defaultdict(list)
    for row in connection.execute(_DELIVERIES, {"ids": [row.id for row in rows], "watch": watch}):
        deliveries[row.revision_id].append(_delivery(row, article_id, watch))
    return [
        Outcome(row.number, row.recorded_at, row.matched_at, Owed(row.owed) if row.owed else None, tuple(deliveries[row.id]))
        for row in rows
    ]  # fmt: skip


def _delivery(row: Row[Any], article_id: int, watch: str) -> DeliveryRow:
    return DeliveryRow(
        id=row.id, state=DeliveryState(row.state), channel=row.channel, article_id=article_id, title=row.title, watches=(watch,),
        attempts=row.attempts, due_at=row.due_at, sent_at=row.sent_at, error=row.error,
    )  # fmt: skip


_match, _revision, _owed = schema.match.c, schema.revision.c, schema.delivery_watch.c
_MATCHES = select(schema.match).where(_match.revision_id == bindparam("revision")).order_by(_match.watch)
_OUTCOMES = (
    select(_revision.id, _revision.number, _revision.recorded_at, _revision.matched_at, _match.owed)
    .outerjoin(schema.match, and_(_match.revision_id == _revision.id, _match.watch == bindparam("watch")))
    .where(_revision.article_id == bindparam("article"), _revision.number > UNREAD)
    .order_by(_revision.number)
)
_DELIVERIES = (
    select(schema.delivery, schema.recipient.c.channel, _revision.title)
    .join(schema.delivery_watch, _owed.delivery_id == schema.delivery.c.id)
    .join(schema.recipient, schema.recipient.c.id == schema.delivery.c.recipient_id)
    .join(schema.revision, _revision.id == schema.delivery.c.revision_id)
    .where(among(schema.delivery.c.revision_id, "ids"), _owed.watch == bindparam("watch"))
    .order_by(schema.delivery.c.id)
)
