"""What is known of a source, gathered for judging how it is: a few indexed queries, however long it has been watched."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, select

from storage import schema
from storage.looks import past_look
from storage.model import ArticleTraits, Cause, Condition, Gap, LinkState, PastLook, SourceHistory
from storage.shown import UNREAD

_LOOKS = 60
"""Failures that back off fill half a day with so many, and lists that hardly change are read whole at every fourth look."""
_RECENT, _BEFORE = 5, 20
_DATES = 200
"""Enough for most of a year of a ministry, and for a week of an agency."""
_BEGINNING = 500
_UNREAD = 20


def history_of(connection: Connection, source_id: int, *, tries: int) -> SourceHistory | None:
    """None where the source was never looked at. `tries`: how often a link failed that counts as unread."""
    looks = _looks(connection, source_id)
    if not looks:
        return None
    changed_at = _changed_at(connection, source_id)
    recent, before = _articles(connection, source_id, changed_at)
    dates = _dates(connection, source_id)
    return SourceHistory(
        source_id=source_id,
        looks=looks,
        looks_before=_looks(connection, source_id, before=changed_at[Cause.LIST_SHRUNK]) if Cause.LIST_SHRUNK in changed_at else (),
        recent=recent,
        before=before,
        published=tuple(day for row in dates if (day := row["published"] or (None if row["baseline"] else row["first_seen_at"]))),
        newest_at=dates[0]["first_seen_at"] if dates else None,
        unread=_unread(connection, source_id, tries),
        held=_held(connection, source_id),
        gaps=_gaps(connection, source_id),
        condition=condition_of_source(connection, source_id),
    )


def condition_of_source(connection: Connection, source_id: int) -> Condition | None:
    row = connection.execute(select(schema.health).where(schema.health.c.source_id == source_id)).mappings().first()
    return condition_of_row(row) if row else None


def condition_of_row(row: RowMapping) -> Condition:
    fields = {name: row[name] for name in Condition.__dataclass_fields__}  # the columns are named after the fields
    return Condition(**fields | {"cause": Cause(row["cause"]) if row["cause"] else None})


def _looks(connection: Connection, source_id: int, before: datetime | None = None) -> tuple[PastLook, ...]:
    """The latest looks, or those before something changed: it was noticed at the second look that showed it."""
    look = schema.look.c
    read = (look.new + look.revised + look.baseline).label("read")
    query = select(look.id, look.finished_at, look.error, look.noted, read).where(look.source_id == source_id).order_by(look.id.desc())
    query = query.limit(_LOOKS) if before is None else query.where(look.finished_at <= before).offset(2).limit(_LOOKS)
    return tuple(reversed([past_look(row) for row in connection.execute(query).mappings()]))


def _changed_at(connection: Connection, source_id: int) -> dict[Cause, datetime]:
    """Since when the source is known to be another than it was: what was before that is what it is compared with."""
    incident = schema.incident.c
    comparing = [Cause.LIST_SHRUNK, Cause.TEXTS_SHRUNK, Cause.FIELDS_LOST]
    query = select(incident.cause, incident.opened_at).where(
        incident.source_id == source_id, incident.closed_at.is_(None), incident.cause.in_(comparing)
    )
    return {Cause(row.cause): row.opened_at for row in connection.execute(query)}


def _articles(
    connection: Connection, source_id: int, changed_at: dict[Cause, datetime]
) -> tuple[tuple[ArticleTraits, ...], tuple[ArticleTraits, ...]]:
    """The newest articles that are not baseline, and those before them or before what has changed."""
    rows = _traits(connection, source_id, _RECENT + _BEFORE)
    recent = [row for row in rows if not row["baseline"]][:_RECENT]
    before = [row for row in rows if row not in recent]
    since = min((at for cause, at in changed_at.items() if cause is not Cause.LIST_SHRUNK), default=None)
    if since is not None:
        before = _traits(connection, source_id, _BEFORE, offset=_RECENT, until=since)
    return tuple(map(_trait, reversed(recent))), tuple(map(_trait, reversed(before)))


def _traits(connection: Connection, source_id: int, limit: int, offset: int = 0, until: datetime | None = None) -> list[RowMapping]:
    article, revision = schema.article.c, schema.revision.c
    query = (
        select(
            article.id, article.baseline, revision.title, func.substr(revision.text, 1, _BEGINNING).label("beginning"),
            func.length(revision.text).label("length"), revision.published.is_not(None).label("dated"),
            (revision.author != "").label("signed"),
        )
        .join(schema.revision, revision.article_id == article.id)
        .where(article.source_id == source_id, revision.number == _latest(), revision.number > UNREAD)
        .order_by(article.first_seen_at.desc(), article.id.desc())
        .offset(offset)
        .limit(limit)
    )  # fmt: skip
    if until is not None:
        query = query.where(article.first_seen_at <= until)
    return list(connection.execute(query).mappings())


def _trait(row: RowMapping) -> ArticleTraits:
    return ArticleTraits(**{name: row[name] for name in ArticleTraits.__dataclass_fields__})


def _latest() -> object:
    newest = schema.revision.alias("newest")
    return select(func.max(newest.c.number)).where(newest.c.article_id == schema.article.c.id).scalar_subquery()


def _dates(connection: Connection, source_id: int) -> list[RowMapping]:
    """When the latest articles were published, the one seen last first. Those that the back-fill found count as seen when published."""
    article, revision = schema.article.c, schema.revision.c
    query = (
        select(article.first_seen_at, article.baseline, revision.published)
        .join(schema.revision, revision.article_id == article.id)
        .where(article.source_id == source_id, revision.number == _latest())
        .order_by(article.first_seen_at.desc(), article.id.desc())
        .limit(_DATES)
    )
    return list(connection.execute(query).mappings())


def _unread(connection: Connection, source_id: int, tries: int) -> tuple[tuple[datetime, str], ...]:
    link = schema.link.c
    query = (
        select(link.first_seen_at, link.reason)
        .where(link.source_id == source_id, link.state == LinkState.FAILED, link.tries >= tries)
        .order_by(link.id.desc())
        .limit(_UNREAD)
    )
    return tuple((row.first_seen_at, row.reason) for row in connection.execute(query))


def _held(connection: Connection, source_id: int) -> int:
    link = schema.link.c
    return connection.scalar(select(func.count()).where(link.source_id == source_id, link.state == LinkState.HELD)) or 0


def _gaps(connection: Connection, source_id: int) -> tuple[Gap, ...]:
    gap = schema.gap.c
    query = select(schema.gap).where(gap.source_id == source_id, gap.bridged_at.is_(None)).order_by(gap.id)
    return tuple(Gap(**{name: row[name] for name in Gap.__dataclass_fields__}) for row in connection.execute(query).mappings())
