"""What becomes of an article whose page is gone: of its address, and of the article where no address of it is left."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, func, literal, or_, select, update

from storage import schema
from storage.model import EditKind
from storage.rows import next_ids
from storage.shown import UNREAD

_BELIEVED = 2
"""So often in a row a server has to say that there is nothing: once may be a slip while it is being worked on."""


def note_gone(connection: Connection, link_id: int, now: datetime) -> None:
    """The server said that there is nothing at a link that led to an article. When the link is asked again, it is not by validators: their
    «not modified» would say that it is back as it was, which has to be read.
    """
    link = schema.link.c
    found = connection.execute(
        update(schema.link)
        .where(link.id == link_id, link.article_id.is_not(None))
        .values(gone=link.gone + 1, etag="", last_modified="")
        .returning(link.article_id, link.url, link.gone)
    ).first()
    if found is None or found.gone < _BELIEVED:
        return
    article_id = connection.scalar(_WHOLE, {"article": found.article_id}) or found.article_id
    location = schema.location.c
    connection.execute(
        update(schema.location)
        .where(location.url == found.url, location.article_id.in_(_PARTS), location.gone_at.is_(None))
        .values(gone_at=now),
        {"article": article_id},
    )
    living = connection.scalar(_LIVING, {"article": article_id})
    if living is None:
        _remove(connection, article_id, now)
    else:
        _move(connection, article_id, found.url, living, now)


def _move(connection: Connection, article_id: int, gone: str, living: str, now: datetime) -> None:
    """People are sent to where it still stands."""
    article = schema.article.c
    connection.execute(update(schema.article).where(article.id == article_id, article.url == gone).values(url=living, updated_at=now))


def _remove(connection: Connection, article_id: int, now: datetime) -> None:
    """Removed, with a revision of the words that were read last. `updated_at` stays: in feeds nothing has changed."""
    article = schema.article.c
    taken = connection.execute(
        update(schema.article).where(article.id == article_id, article.removed_at.is_(None)).values(removed_at=now).returning(article.id)
    ).first()
    latest = connection.execute(_LATEST, {"article": article_id}).mappings().first()
    if taken is None or latest is None:
        return
    _copy(connection, latest, now)


def _copy(connection: Connection, latest: RowMapping, now: datetime) -> None:
    (revision_id,) = next_ids(connection, schema.revision, 1)
    changed = {"id": revision_id, "number": latest["number"] + 1, "recorded_at": now, "matched_at": None, "burst": None}
    connection.execute(schema.revision.insert().values({**latest, **changed, "kinds": str(EditKind.REMOVED)}))
    attachment = schema.attachment.c
    fields = [column for column in schema.attachment.columns if column.name not in {"id", "revision_id"}]
    copied = select(literal(revision_id), *fields).where(attachment.revision_id == latest["id"]).order_by(attachment.id)
    connection.execute(schema.attachment.insert().from_select(["revision_id", *(field.name for field in fields)], copied))


_WHOLE = select(schema.article.c.joined_to).where(schema.article.c.id == bindparam("article"))
_part = schema.article.alias("part")
_PARTS = select(_part.c.id).where(or_(_part.c.id == bindparam("article"), _part.c.joined_to == bindparam("article")))
# An address that is not asked for any more says nothing: neither that the article lives, nor that it doesn't.
_LIVING = (
    select(schema.link.c.url)
    .where(schema.link.c.article_id.in_(_PARTS), schema.link.c.gone < _BELIEVED, schema.link.c.again_at.is_not(None))
    .order_by(schema.link.c.id)
    .limit(1)
)
_newest = schema.revision.alias("newest")
_LATEST = select(schema.revision).where(
    schema.revision.c.article_id == bindparam("article"),
    schema.revision.c.number == select(func.max(_newest.c.number)).where(_newest.c.article_id == bindparam("article")).scalar_subquery(),
    schema.revision.c.number > UNREAD,
)
