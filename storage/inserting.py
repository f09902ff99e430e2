"""Rows of articles, locations and revisions, with what they are looked up by: one way in for one article and for thousands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from storage import schema
from storage.marks import Marked, forget_grams, index_marks
from storage.model import Content, EditKind, Fingerprint, Sighting
from storage.rows import insert_rows, next_ids
from storage.search.writing import out_of_date
from storage.shown import UNREAD


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article that nobody knows yet, with its first revision."""

    family: str
    url: str
    keys: tuple[str, ...]
    content: Content
    fingerprint: Fingerprint
    state_hash: str
    """Empty for one that is known by its fingerprint alone."""
    first_seen_at: datetime
    source_id: int | None = None
    baseline: bool = False
    number: int = 1
    """Of its revision."""


@dataclass(frozen=True, slots=True)
class _NewRevision:
    article_id: int
    number: int
    content: Content
    fingerprint: Fingerprint
    state_hash: str
    matched_at: datetime | None
    kinds: str = ""


def insert_articles(connection: Connection, articles: Sequence[NewArticle], now: datetime) -> Sequence[int]:
    """The articles' ids, in their order. A key that leads to another article in the same language stays there."""
    if not articles:
        return []
    ids = next_ids(connection, schema.article, len(articles))
    numbered = list(zip(ids, articles, strict=True))
    rows = [(id_, one.source_id, one.family, one.url, one.baseline, one.first_seen_at, now) for id_, one in numbered]
    insert_rows(connection, schema.article, _ARTICLE, rows)
    keys = [(one.family, key, one.content.language, id_) for id_, one in numbered for key in one.keys]
    insert_rows(connection, schema.address_key, _KEY, keys, new=False)
    insert_rows(connection, schema.location, _LOCATION, [(id_, one.url, now, one.state_hash) for id_, one in numbered if one.url])
    # a fingerprint has no text that a watch could match
    revisions = [
        _NewRevision(id_, one.number, one.content, one.fingerprint, one.state_hash, now if one.number == UNREAD else None)
        for id_, one in numbered
    ]
    _insert_revisions(connection, revisions, now)
    return ids


def learn_keys(connection: Connection, family: str, keys: Iterable[str], language: str, article_id: int) -> None:
    """Keys that lead to another article in the same language stay there: what is known first is not moved by a later page's claim."""
    insert_rows(connection, schema.address_key, _KEY, [(family, key, language, article_id) for key in keys], new=False)


def insert_location(connection: Connection, article_id: int, url: str, state_hash: str, now: datetime) -> None:
    insert_rows(connection, schema.location, _LOCATION, [(article_id, url, now, state_hash)])


def insert_revision(
    connection: Connection,
    article_id: int,
    number: int,
    content: Content,
    identified: Sighting,
    state_hash: str,
    now: datetime,
    *,
    matched_at: datetime | None = None,
    kinds: Iterable[EditKind] = (),
) -> None:
    """A further state of an article. `matched_at` for one that no watch is to be held against."""
    if matched_at is not None:
        out_of_date(connection, {article_id})  # the matcher, which indexes the others, will not see it
    latest = _SKETCHES.where(schema.revision.c.article_id == article_id).order_by(schema.revision.c.number.desc()).limit(1)
    if (sketch := connection.scalar(latest)) is not None and sketch != identified.fingerprint.sketch:
        forget_grams(connection, article_id, sketch)
    revision = _NewRevision(article_id, number, content, identified.fingerprint, state_hash, matched_at, " ".join(kinds))
    _insert_revisions(connection, [revision], now)


def _insert_revisions(connection: Connection, revisions: Sequence[_NewRevision], now: datetime) -> None:
    ids = next_ids(connection, schema.revision, len(revisions))
    insert_rows(connection, schema.revision, _REVISION, [_revision_row(id_, one, now) for id_, one in zip(ids, revisions, strict=True)])
    attached = [
        (id_, found.url, found.name, found.media_type, found.text, found.error)
        for id_, one in zip(ids, revisions, strict=True)
        for found in one.content.attachments
    ]
    insert_rows(connection, schema.attachment, _ATTACHMENT, attached)
    index_marks(connection, [Marked(one.article_id, one.content.title, one.fingerprint) for one in revisions])


def _revision_row(revision_id: int, one: _NewRevision, now: datetime) -> tuple[Any, ...]:
    content, told = one.content, one.fingerprint
    return (
        revision_id, one.article_id, one.number, now, one.state_hash, told.content_hash, told.sketch, told.facts, content.title,
        content.text, content.html, content.published, content.language, content.author, content.image, one.matched_at, one.kinds,
    )  # fmt: skip


def _columns(table: Table, names: str) -> tuple[str, ...]:
    return tuple(table.c[name].name for name in names.split())


_SKETCHES = select(schema.revision.c.sketch)
_ARTICLE = _columns(schema.article, "id source_id family url baseline first_seen_at updated_at")
_KEY = _columns(schema.address_key, "family key language article_id")
_LOCATION = _columns(schema.location, "article_id url first_seen_at state_hash")
_REVISION = _columns(
    schema.revision,
    "id article_id number recorded_at state_hash content_hash sketch facts title text html published language author image matched_at "
    "kinds",
)
_ATTACHMENT = _columns(schema.attachment, "revision_id url name media_type text error")
