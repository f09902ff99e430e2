"""From revisions to deliveries: what no watch has been held against yet, and what follows from holding them against it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, Row, bindparam, func, insert, or_, select, update

from storage import schema
from storage.among import among
from storage.database import Database, inserted_id
from storage.model import DeliveryState, EditKind, MatchedRevision, Recipient, UnmatchedRevision
from storage.search.writing import MATCHES, index_articles, unchanged
from storage.store_outbox import recipient_row


class Matches:
    def __init__(self, database: Database, instance: str) -> None:
        self._database = database
        self._instance = instance

    def unmatched(self, limit: int) -> list[UnmatchedRevision]:
        """Revisions no watch has been held against, the oldest first; of an article only the earliest, on which the next depends."""
        with self._database.read() as connection:
            rows = connection.execute(_UNMATCHED, {"limit": limit}).all()
            attachments = _attachments(connection, rows)
            before, here = _matched_already(connection, rows)
        return [
            UnmatchedRevision(
                id=row.id,
                article_id=row.article_id,
                number=row.number,
                title=row.title,
                text=row.text,
                baseline=row.baseline and row.number == 1,
                matched_before=frozenset(before[row.id]),
                kinds=frozenset(map(EditKind, row.kinds.split())),
                burst=row.burst or "",
                attachments=tuple(attachments[row.id]),
                author=row.author,
                language=row.language,
                source=row.source or "",
                matched_then=before[row.id],
                matched_here=frozenset(here[row.id]),
            )
            for row in rows
        ]

    def record(self, matched: Sequence[MatchedRevision], now: datetime) -> int:
        """Write down matches, what is owed for them and by what they will be found again, in one transaction, once for each revision.
        Returns how many deliveries it made.
        """
        made = 0
        taken: list[tuple[int, MatchedRevision]] = []
        with self._database.write(MATCHES) as connection:
            for revision in matched:
                documents = -1 if revision.documents is None else revision.documents
                row = connection.execute(_TAKE, {"revision": revision.revision_id, "documents": documents, "now": now}).first()
                if row is None:
                    continue  # another process was quicker, or a document was read meanwhile
                taken.append((row.article_id, revision))
                _insert_matches(connection, revision)
                for recipient, watches in revision.owed_to.items():
                    made += self._owe(connection, revision.revision_id, recipient, watches, now, digest=row.burst)
            index_articles(connection, [(id_, one.revision_id, one.indexed) for id_, one in taken if one.indexed is not None], now)
            unchanged(connection, {id_: one.revision_id for id_, one in taken if one.indexed is None})
        return made

    def _owe(
        self, connection: Connection, revision_id: int, recipient: Recipient, watches: Sequence[str], now: datetime, *, digest: str | None
    ) -> bool:
        """Whether that makes a delivery: who is or was told of this revision already is told for these watches too."""
        recipient_id = recipient_row(connection, recipient)
        known = connection.scalar(_DELIVERY, {"recipient": recipient_id, "revision": revision_id})
        delivery_id = known or inserted_id(
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
        return known is None


_Rows = Sequence[Row[*tuple[Any, ...]]]


def _attachments(connection: Connection, rows: _Rows) -> Mapping[int, Sequence[str]]:
    """By revision, the texts of its documents in their order."""
    found: dict[int, list[str]] = defaultdict(list)
    if rows:
        for revision_id, text in connection.execute(_TEXTS, {"revisions": [row.id for row in rows]}).all():
            found[revision_id].append(text)
    return found


def _matched_already(connection: Connection, rows: _Rows) -> tuple[Mapping[int, Mapping[str, datetime]], Mapping[int, set[str]]]:
    """By revision, the watches that earlier ones of its article matched, with the last time, and those that it matched itself."""
    by_article = {row.article_id: row for row in rows}
    before: dict[int, dict[str, datetime]] = defaultdict(dict)
    here: dict[int, set[str]] = defaultdict(set)
    if rows:
        for article_id, number, watch, matched_at in connection.execute(_EVER_MATCHED, {"articles": list(by_article)}).all():
            row = by_article[article_id]
            if number == row.number:
                here[row.id].add(watch)
            elif number < row.number:
                before[row.id][watch] = matched_at
    return before, here


def _insert_matches(connection: Connection, revision: MatchedRevision) -> None:
    rows = [
        {"revision_id": revision.revision_id, "watch": match.watch, "owed": match.owed, "spans": json.dumps(match.spans)}
        for match in revision.matches
    ]
    if rows:
        connection.execute(insert(schema.match), rows)


# Statements are built once: building one takes longer than having it executed.
_revision, _article, _attachment = schema.revision.c, schema.article.c, schema.attachment.c
_earlier = schema.revision.alias("earlier")
_WAITS = (
    select(_earlier.c.id)
    .where(_earlier.c.article_id == _revision.article_id, _earlier.c.matched_at.is_(None), _earlier.c.id < _revision.id)
    .exists()
)
_UNMATCHED = (
    select(
        _revision.id, _revision.article_id, _revision.number, _revision.title, _revision.text, _revision.author, _revision.language,
        _revision.burst, _revision.kinds, _article.baseline, schema.source.c.name.label("source"),
    )
    .join(schema.article, _article.id == _revision.article_id)
    .outerjoin(schema.source, schema.source.c.id == _article.source_id)
    .where(_revision.matched_at.is_(None), ~_WAITS)
    .order_by(_revision.id)
    .limit(bindparam("limit"))
)  # fmt: skip
_TEXTS = select(_attachment.revision_id, _attachment.text).where(among(_attachment.revision_id, "revisions")).order_by(_attachment.id)
_EVER_MATCHED = (
    select(_revision.article_id, _revision.number, schema.match.c.watch, _revision.matched_at)
    .join(schema.match, schema.match.c.revision_id == _revision.id)
    .where(among(_revision.article_id, "articles"))
    .order_by(_revision.number)
)
_DOCUMENTS_READ = (
    select(func.count()).where(_attachment.revision_id == _revision.id, _attachment.text != "").correlate(schema.revision).scalar_subquery()
)
_TAKE = (
    update(schema.revision)
    .where(
        _revision.id == bindparam("revision"),
        _revision.matched_at.is_(None),
        or_(bindparam("documents", type_=Integer) < 0, bindparam("documents", type_=Integer) == _DOCUMENTS_READ),
    )
    .values(matched_at=bindparam("now", type_=schema.Moment()))
    .returning(_revision.article_id, _revision.burst)
)
_delivery = schema.delivery.c
_DELIVERY = select(_delivery.id).where(_delivery.recipient_id == bindparam("recipient"), _delivery.revision_id == bindparam("revision"))
