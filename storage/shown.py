"""Articles as feeds and pages read them: with their source, their locations and one of their revisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, literal, select

from storage import schema
from storage.model import Article, Attachment, Content, Revision

UNREAD = 0
"""The number of a revision that is known by its fingerprint alone."""


def was_read() -> Any:
    """The article has a text; a baseline that is known by its fingerprint alone has nothing to show."""
    revision = schema.revision.c
    return select(revision.id).where(revision.article_id == schema.article.c.id, revision.number > UNREAD).exists()


def _latest_revision() -> Any:
    newest = schema.revision.alias("newest")
    return select(func.max(newest.c.number)).where(newest.c.article_id == schema.article.c.id).scalar_subquery()


def _joined() -> Any:
    """Articles, each with its revisions."""
    article, revision = schema.article, schema.revision
    return (
        select(
            article.c.id.label("article_id"), article.c.url.label("article_url"), article.c.baseline, article.c.first_seen_at,
            article.c.updated_at, schema.source.c.name.label("source"), revision,
        )
        .join(revision, revision.c.article_id == article.c.id)
        .outerjoin(schema.source, schema.source.c.id == article.c.source_id)
    )  # fmt: skip


def shown() -> Any:
    """Articles with their latest revision, for those that were read."""
    return _joined().where(schema.revision.c.number == _latest_revision(), schema.revision.c.number > UNREAD)


def article_of_revision(connection: Connection, revision_id: int) -> Article:
    """An article in the state of one of its revisions, which need not be the latest."""
    return articles_of(connection, _joined().where(schema.revision.c.id == revision_id))[0]


def articles_of(connection: Connection, query: Any, *, texts: bool = False) -> list[Article]:
    """`texts`: with those of the documents, which may be long."""
    rows = connection.execute(query).mappings().all()
    locations = _locations(connection, [row["article_id"] for row in rows])
    return [
        Article(
            id=row["article_id"],
            source=row["source"] or "",
            url=row["article_url"],
            locations=tuple(locations.get(row["article_id"], ())),
            first_seen_at=row["first_seen_at"],
            updated_at=row["updated_at"],
            baseline=row["baseline"],
            revision=revision_of(connection, row, texts=texts),
        )
        for row in rows
    ]


def _locations(connection: Connection, article_ids: Sequence[int]) -> dict[int, list[str]]:
    location = schema.location.c
    found: dict[int, list[str]] = {}
    query = select(location.article_id, location.url).where(location.article_id.in_(article_ids)).order_by(location.id)
    for article_id, url in connection.execute(query):
        found.setdefault(article_id, []).append(url)
    return found


def revision_of(connection: Connection, row: Any, *, texts: bool = False) -> Revision:
    attachment = schema.attachment.c
    text = attachment.text if texts else literal("").label("text")
    query = (
        select(attachment.url, attachment.name, attachment.media_type, text, attachment.error)
        .where(attachment.revision_id == row["id"])
        .order_by(attachment.id)
    )
    content = Content(
        title=row["title"], text=row["text"], html=row["html"], published=row["published"], language=row["language"], author=row["author"],
        image=row["image"], attachments=tuple(Attachment(*found) for found in connection.execute(query)),
    )  # fmt: skip
    return Revision(id=row["id"], number=row["number"], recorded_at=row["recorded_at"], content=content)
