"""Articles as feeds and pages read them: with their source, their locations and one of their revisions.

One that was joined to another is shown as a part of that one: it stands in no list, and whoever asks for it gets the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Integer, RowMapping, Select, and_, bindparam, desc, func, literal, select, tuple_

from storage import schema
from storage.among import among
from storage.model import Article, Attachment, Content, EditKind, Revision

UNREAD = 0
"""The number of a revision that is known by its fingerprint alone."""


def page_of(connection: Connection, before: int | None, limit: int) -> list[Article]:
    """Those first seen before the article `before`, newest first; one that the back-fill read late stands where it was published."""
    row = connection.execute(_PLACE, {"article": before}).first() if before is not None else None
    if row is not None:
        older = {"at": row.first_seen_at, "before": before, "limit": limit}
        return _articles(connection, connection.scalars(_OLDER, older).all())
    return [] if before is not None else _articles(connection, connection.scalars(_NEWEST, {"limit": limit}).all())


def latest_of(connection: Connection, since: datetime, at_least: int, at_most: int) -> list[Article]:
    """At least so many, and all that were seen since then, newest first; without documents that stand at no source."""
    found = connection.execute(_PUBLISHED, {"at_most": at_most}).all()
    return _articles(connection, [row.id for place, row in enumerate(found) if place < at_least or row.first_seen_at >= since])


def article_of(connection: Connection, article_id: int) -> Article | None:
    """An article, or the one that it was joined to; with the texts of its documents."""
    joined_to = connection.scalar(select(_article.joined_to).where(_article.id == article_id))
    found = _articles(connection, [joined_to or article_id], texts=True)
    return found[0] if found else None


def article_of_revision(connection: Connection, revision_id: int, needed: Mapping[int, int] = MappingProxyType({})) -> Article:
    """An article in the state of one of its revisions, which need not be the latest.

    Of its documents those texts alone that are `needed`: by the number of the document, from 1 on, and from its beginning so many code
    points of it.
    """
    article = _with_parts(connection, connection.execute(_OF_REVISION, {"revision": revision_id}).mappings().all(), texts=False)[0]
    if not needed:
        return article
    ids = connection.scalars(_DOCUMENTS, {"revision": revision_id}).all()
    beginnings = {
        number: connection.scalar(_BEGINNING, {"document": ids[number - 1], "length": length})
        for number, length in needed.items()
        if 1 <= number <= len(ids)
    }
    content = article.revision.content
    attachments = tuple(
        replace(attachment, text=beginnings.get(number) or "") for number, attachment in enumerate(content.attachments, 1)
    )  # fmt: skip
    return replace(article, revision=replace(article.revision, content=replace(content, attachments=attachments)))


def revisions_of(connection: Connection, article_id: int) -> list[Revision]:
    """All states of an article that were read, the first one first."""
    rows = connection.execute(_REVISIONS, {"article": article_id}).mappings().all()
    attachments = _attachments(connection, [row["id"] for row in rows], texts=False)
    return [_revision(row, attachments.get(row["id"], ())) for row in rows]


def states_of(connection: Connection, article_id: int, most: int) -> list[Content]:
    """The latest states of an article, with the texts of their documents; the latest of all at the end."""
    rows = connection.execute(_STATES, {"article": article_id, "most": most}).mappings().all()[::-1]
    attachments = _attachments(connection, [row["id"] for row in rows], texts=True)
    return [_revision(row, attachments.get(row["id"], ())).content for row in rows]


def attachments_of(connection: Connection, article_id: int) -> list[Attachment]:
    """The documents of an article's latest revision, with their texts."""
    latest = connection.scalar(select(func.max(_revisions.id)).where(_revisions.article_id == article_id))
    return [] if latest is None else list(_attachments(connection, [latest], texts=True).get(latest, ()))


def _articles(connection: Connection, article_ids: Sequence[int], *, texts: bool = False) -> list[Article]:
    """In the order of their ids here; those that were never read are left out."""
    rows = {row["article_id"]: row for row in connection.execute(_LATEST, {"ids": article_ids}).mappings().all()} if article_ids else {}
    return _with_parts(connection, [rows[article_id] for article_id in article_ids if article_id in rows], texts=texts)


def _with_parts(connection: Connection, rows: Sequence[RowMapping], *, texts: bool) -> list[Article]:
    locations: dict[int, list[str]] = defaultdict(list)
    for article_id, url in connection.execute(_LOCATIONS, {"ids": [row["article_id"] for row in rows]}).all():
        locations[article_id].append(url)
    attachments = _attachments(connection, [row["id"] for row in rows], texts=texts)
    return [_shown(row, locations[row["article_id"]], attachments.get(row["id"], ())) for row in rows]


def _attachments(connection: Connection, revision_ids: Sequence[int], *, texts: bool) -> Mapping[int, Sequence[Attachment]]:
    """By revision. `texts`: with those of the documents, which may be long."""
    found: dict[int, list[Attachment]] = defaultdict(list)
    for revision_id, *fields in connection.execute(_WITH_TEXTS if texts else _WITHOUT_TEXTS, {"ids": revision_ids}).all():
        found[revision_id].append(Attachment(*fields))
    return found


def _shown(row: RowMapping, locations: Sequence[str], attachments: Sequence[Attachment]) -> Article:
    return Article(
        id=row["article_id"],
        source=row["source"] or "",
        url=row["article_url"],
        locations=tuple(locations),
        first_seen_at=row["first_seen_at"],
        updated_at=row["updated_at"],
        baseline=row["baseline"],
        revision=_revision(row, attachments),
        removed_at=row["removed_at"],
    )


def _revision(row: RowMapping, attachments: Sequence[Attachment]) -> Revision:
    content = Content(
        title=row["title"], text=row["text"], html=row["html"], published=row["published"], language=row["language"], author=row["author"],
        image=row["image"], attachments=tuple(attachments),
    )  # fmt: skip
    kinds = tuple(map(EditKind, row["kinds"].split()))
    return Revision(id=row["id"], number=row["number"], recorded_at=row["recorded_at"], content=content, kinds=kinds)


# Statements are built once: building one takes longer than having it executed.
_article, _revisions, _location, _attachment = (table.c for table in (schema.article, schema.revision, schema.location, schema.attachment))
_newest = schema.revision.alias("newest")
_read = schema.revision.alias("read")


def _with_revision() -> Select[Any]:
    """Articles, each with its revisions."""
    return (
        select(
            _article.id.label("article_id"), _article.url.label("article_url"), _article.baseline, _article.first_seen_at,
            _article.updated_at, _article.removed_at, schema.source.c.name.label("source"), schema.revision,
        )
        .join(schema.revision, _revisions.article_id == _article.id)
        .outerjoin(schema.source, schema.source.c.id == _article.source_id)
    )  # fmt: skip


def _of_article(*fields: Any) -> Select[Any]:
    return select(_attachment.revision_id, *fields).where(among(_attachment.revision_id, "ids")).order_by(_attachment.id)


_OF_REVISION = _with_revision().where(_revisions.id == bindparam("revision"))
_LATEST = _with_revision().where(
    among(_article.id, "ids"),
    _revisions.number == select(func.max(_newest.c.number)).where(_newest.c.article_id == _article.id).scalar_subquery(),
    _revisions.number > UNREAD,
)
_REVISIONS = (
    select(schema.revision).where(_revisions.article_id == bindparam("article"), _revisions.number > UNREAD).order_by(_revisions.number)
)
_STATES = (
    select(schema.revision)
    .where(_revisions.article_id == bindparam("article"), _revisions.number > UNREAD)
    .order_by(desc(_revisions.number))
    .limit(bindparam("most"))
)
_DOCUMENTS = select(_attachment.id).where(_attachment.revision_id == bindparam("revision")).order_by(_attachment.id)
_BEGINNING = select(func.substr(_attachment.text, 1, bindparam("length", type_=Integer))).where(_attachment.id == bindparam("document"))
_LOCATIONS = select(_location.article_id, _location.url).where(among(_location.article_id, "ids")).order_by(_location.id)
_WITH_TEXTS = _of_article(_attachment.url, _attachment.name, _attachment.media_type, _attachment.text, _attachment.error)
_WITHOUT_TEXTS = _of_article(_attachment.url, _attachment.name, _attachment.media_type, literal("").label("text"), _attachment.error)
# An article whose text was never read has nothing to show. Not `IS NULL`: SQLite would take the index of joined ones, and sort a million.
_SHOWN = and_(
    func.coalesce(_article.joined_to, 0) == 0, select(_read.c.id).where(_read.c.article_id == _article.id, _read.c.number > UNREAD).exists()
)
_NEWEST = select(_article.id).where(_SHOWN).order_by(desc(_article.first_seen_at), desc(_article.id)).limit(bindparam("limit"))
_PUBLISHED = (
    select(_article.id, _article.first_seen_at)
    .where(_SHOWN, _article.source_id.is_not(None))
    .order_by(desc(_article.first_seen_at), desc(_article.id))
    .limit(bindparam("at_most"))
)
_before = tuple_(bindparam("at", type_=schema.Moment()), bindparam("before", type_=_article.id.type))
_OLDER = _NEWEST.where(tuple_(_article.first_seen_at, _article.id) < _before)
_PLACE = select(_article.first_seen_at).where(_article.id == bindparam("article"))
