"""Reading the index: places by keys, then what stands there, which decides about the limits that are no keys."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, func, select

from storage import schema
from storage.among import among
from storage.model import Texts
from storage.search.expression import Key, expressions
from storage.search.lookup import every, newest
from storage.search.places import first_of, hour_of, lowest_of
from storage.search.terms import UNSURE
from storage.search.values import UNLIMITED, Found, Limits, Places
from storage.search.wanted import Wanted

_SPARE = 12
"""Places that are asked for beyond those of a page, as some may be of articles that were joined to others."""
_END = 1 << 62


def page_of(connection: Connection, wanted: Wanted, limits: Limits, before: int | None, limit: int) -> list[Found]:
    asked = expressions(wanted, limits)
    bottom, top = _span(connection, limits)
    top = top if before is None else min(before, top)
    page: list[Found] = []
    while len(page) < limit:
        wished = limit - len(page) + _SPARE
        places = newest(connection, asked, bottom, top, wished)
        page += found_at(connection, places, limits)
        if len(places) < wished:
            break
        top = places[-1]
    return page[:limit]


def places_of(connection: Connection, wanted: Wanted, limits: Limits) -> Places:
    bottom, top = _span(connection, limits)
    found = array("q", every(connection, expressions(wanted, limits), bottom, top))
    refused = _refused(connection, limits)
    if limits.source is not None:
        refused |= _of_other_sources(connection, limits.source, found)
    if not refused.isdisjoint(found):
        found = array("q", (place for place in found if place not in refused))
    unsure = frozenset(every(connection, [Key(UNSURE)], bottom, top))
    return Places(found, unsure.intersection(found) if unsure else unsure)


def found_at(connection: Connection, places: Sequence[int], limits: Limits = UNLIMITED) -> list[Found]:
    """What stands at places, in their order; without articles that are beyond the limits, or were joined to others."""
    if not places:
        return []
    rows = {row["place"]: row for row in connection.execute(_FOUND, {"places": list(places)}).mappings()}
    attachments = _attachments(connection, [row["revision_id"] for row in rows.values()])
    shown = [rows[place] for place in places if place in rows and _is_within(rows[place], limits)]
    return [_found(row, tuple(attachments.get(row["revision_id"], ()))) for row in shown]


def texts_of_revisions(connection: Connection, revision_ids: Sequence[int]) -> dict[int, Texts]:
    """By revision."""
    rows = connection.execute(_TEXTS, {"revisions": list(revision_ids)}).mappings().all()
    attachments = _attachments(connection, revision_ids)
    return {row["id"]: _texts(row, tuple(attachments.get(row["id"], ()))) for row in rows}


def _span(connection: Connection, limits: Limits) -> tuple[int, int]:
    """The lowest place of the time that is asked for, and the one above the highest."""
    bottom = 0 if limits.since is None else lowest_of(connection, limits.since)
    return bottom, _END if limits.until is None else _above(limits.until)


def _above(moment: datetime) -> int:
    return first_of(hour_of(moment) + 1)


def _is_within(row: RowMapping, limits: Limits) -> bool:
    seen = row["first_seen_at"]
    in_time = (limits.since is None or seen >= limits.since) and (limits.until is None or seen < limits.until)
    return in_time and (limits.source is None or row["source"] == limits.source)


def _refused(connection: Connection, limits: Limits) -> set[int]:
    """Places of joined articles, and those in the hours with which the limits begin and end that lie beyond them."""
    refused = set(connection.scalars(_JOINED))
    for moment, early in ((limits.since, True), (limits.until, False)):
        if moment is not None:
            hour = {"bottom": lowest_of(connection, moment), "top": _above(moment)}
            seen = connection.execute(_SEEN, hour).all()
            refused.update(row.place for row in seen if (row.first_seen_at < moment) is early)
    return refused


def _of_other_sources(connection: Connection, source: str, found: Sequence[int]) -> set[int]:
    """Documents that stood at no source when they were indexed, and don't stand at this one now."""
    homeless = set(every(connection, [Key("s:")], 0, _END)).intersection(found)
    sources = connection.execute(_SOURCES, {"places": list(homeless)}).all() if homeless else ()
    return {row.place for row in sources if row.name != source}


def _found(row: RowMapping, attachments: tuple[str, ...]) -> Found:
    return Found(
        place=row["place"],
        article_id=row["article_id"],
        revision_id=row["revision_id"],
        source=row["source"] or "",
        url=row["url"],
        title=row["title"],
        published=row["published"],
        language=row["language"],
        first_seen_at=row["first_seen_at"],
        whole=row["whole"],
        texts=_texts(row, attachments),
    )


def _texts(row: RowMapping, attachments: tuple[str, ...]) -> Texts:
    return Texts(row["title"], row["text"], attachments, row["author"], row["language"], row["source"] or "")


def _attachments(connection: Connection, revision_ids: Sequence[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for revision_id, text in connection.execute(_ATTACHMENTS, {"revisions": list(revision_ids)}).all():
        found[revision_id].append(text)
    return found


# Statements are built once: building one takes longer than having it executed.
_search, _article, _revision, _attachment = (table.c for table in (schema.search, schema.article, schema.revision, schema.attachment))
_WORDS = (_revision.title, _revision.text, _revision.author, _revision.language, schema.source.c.name.label("source"))
_FOUND = (
    select(
        _search.place, _search.article_id, _search.revision_id, _search.whole, _article.url, _article.first_seen_at, _revision.published,
        *_WORDS,
    )
    .join(schema.article, _article.id == _search.article_id)
    .join(schema.revision, _revision.id == _search.revision_id)
    .outerjoin(schema.source, schema.source.c.id == _article.source_id)
    .where(among(_search.place, "places"), func.coalesce(_article.joined_to, 0) == 0)  # for `IS NULL` SQLite would read its index
)  # fmt: skip
_TEXTS = (
    select(_revision.id, *_WORDS)
    .join(schema.article, _article.id == _revision.article_id)
    .outerjoin(schema.source, schema.source.c.id == _article.source_id)
    .where(among(_revision.id, "revisions"))
)
_ATTACHMENTS = select(_attachment.revision_id, _attachment.text).where(among(_attachment.revision_id, "revisions")).order_by(_attachment.id)
_of_article = select(_search.place).join(schema.article, _article.id == _search.article_id)
_JOINED = _of_article.where(_article.joined_to > 0)  # so that the index of joined ones is used
_SEEN = _of_article.add_columns(_article.first_seen_at).where(_search.place >= bindparam("bottom"), _search.place < bindparam("top"))
_SOURCES = _of_article.outerjoin(schema.source, schema.source.c.id == _article.source_id).add_columns(schema.source.c.name)
_SOURCES = _SOURCES.where(among(_search.place, "places"))
