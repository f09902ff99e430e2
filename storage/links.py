"""Links as rows: how those that a look showed are written down, and how they are read back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, insert, or_, select, update

from storage import schema
from storage.model import Attachment, Content, Link, LinkState, Seen, Validators, WaitingLink

_AT_ONCE = 10_000
"""Values in one statement; SQLite takes 32,766 and a sitemap has up to 50,000 addresses."""
LONGEST_WAIT = timedelta(days=32)
"""Longer than anything is left alone: what is due later was put off by a clock that has been put right since."""
_ROWS_AT_ONCE = 1_000
"""Rows made at a time: those of a sitemap's 50,000 links would take 100 MB together."""
BEYOND = "older than what is read back to"
"""Why a link of the baseline is never read."""


def batched(keys: Iterable[str]) -> Iterator[list[str]]:
    """Keys in lists short enough for a statement."""
    rest = iter(keys)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def is_due(now: datetime) -> ColumnElement[bool]:
    """Whether a link is to be read now: for the first time, once more, or because it was held for long enough."""
    link = schema.link.c
    put_off = and_(link.article_id.is_(None), link.again_at > now + LONGEST_WAIT)
    return or_(and_(link.state == LinkState.WAITING, link.again_at.is_(None)), link.again_at <= now, put_off)


def upsert_links(connection: Connection, source_id: int, seen: Seen, now: datetime, *, first: bool) -> int:
    """Write down the links of a look; how many were unknown."""
    by_key = {found.key: found for found in seen.links}
    known = _known(connection, source_id, by_key)
    _see_again(connection, source_id, known, now)
    changed = [key for key, whole in known.items() if by_key[key].whole is not None and _whole_text(by_key[key].whole) != whole]
    for key in changed:
        connection.execute(_mine(source_id, [key]).values(whole=_whole_text(by_key[key].whole)))
    for some in batched(changed):  # an edit makes no news of what is held, or was refused
        undecided = schema.link.c.state.not_in([LinkState.HELD, LinkState.REFUSED])
        connection.execute(_mine(source_id, some).where(undecided).values(again_at=now))
    for some in batched(seen.again & known.keys()):
        connection.execute(_mine(source_id, some).where(schema.link.c.article_id.is_not(None)).values(again_at=now))
    # lists show the newest first; what is older is read first, so that articles stand in the order of their publication
    fresh = [found for key, found in reversed(by_key.items()) if key not in known]
    for start in range(0, len(fresh), _ROWS_AT_ONCE):
        rows = [_row(source_id, found, seen, now, first=first) for found in fresh[start : start + _ROWS_AT_ONCE]]
        connection.execute(insert(schema.link), rows)
    return len(fresh)


def insert_backfilled(connection: Connection, source_id: int, links: Collection[Link], now: datetime, since: datetime) -> int:
    """Write down links of older pages as baseline that the back-fill reads; how many were unknown.

    They count as seen when they were published, `since` being when the source was first looked at: so they stand before what it showed
    then, and are looked at again as seldom as their age asks for.
    """
    by_key = {found.key: found for found in links}
    known = _known(connection, source_id, by_key)
    seen = Seen(tuple(links), old=frozenset(by_key))
    fresh = [
        _row(source_id, found, seen, now, first=False) | {"backfilled": True, "first_seen_at": _seen_at(found, since)}
        for key, found in by_key.items()
        if key not in known
    ]
    if fresh:
        connection.execute(insert(schema.link), fresh)
    return len(fresh)


def note_course(connection: Connection, source_id: int, seen: Seen, now: datetime) -> None:
    """Where a look came to: gaps that it left, followed or closed, and where the back-fill is to begin."""
    gap, backfill = schema.gap.c, schema.backfill.c
    since = connection.scalar(select(schema.source.c.last_good_at).where(schema.source.c.id == source_id))
    for left in seen.gaps:
        values = {"url": left.url, "next_page": left.next_page, "words": left.words, "since": left.since or since}
        connection.execute(insert(schema.gap).values(source_id=source_id, noticed_at=now, **values))
    for gap_id, next_page in seen.moved.items():
        connection.execute(update(schema.gap).where(gap.id == gap_id).values(next_page=next_page))
    connection.execute(update(schema.gap).where(gap.id.in_(seen.bridged), gap.bridged_at.is_(None)).values(bridged_at=now))
    begun = set(connection.scalars(select(backfill.url).where(backfill.source_id == source_id)))
    for url, next_page in seen.older.items():
        if url not in begun:
            begin = insert(schema.backfill).values(source_id=source_id, url=url, next_page=next_page, begun_at=now, due_at=now)
            connection.execute(begin.values(pages=0, links=0, failures=0, error="", why=""))


def link_of(row: RowMapping) -> Link:
    return Link(
        url=row["url"],
        key=row["key"],
        title=row["title"],
        published=row["published"],
        teaser=row["teaser"],
        alias_keys=tuple(filter(None, row["alias_keys"].split("\n"))),
        whole=_whole_of(row["whole"]),
    )


def waiting_of(row: RowMapping) -> WaitingLink:
    return WaitingLink(
        id=row["id"],
        link=link_of(row),
        baseline=row["baseline"],
        tries=row["tries"],
        first_seen_at=row["first_seen_at"],
        article_id=row["article_id"],
        validators=Validators(row["etag"], row["last_modified"]),
        again_at=row["again_at"],
        backfilled=row["backfilled"],
        burst=row["burst"] or "",
    )


def _known(connection: Connection, source_id: int, keys: Collection[str]) -> dict[str, str | None]:
    """The keys that are known, each with the whole text that is kept of it."""
    link = schema.link.c
    found: dict[str, str | None] = {}
    for some in batched(keys):
        rows = connection.execute(select(link.key, link.whole).where(link.source_id == source_id, link.key.in_(some)))
        found |= {row.key: row.whole for row in rows}
    return found


def _see_again(connection: Connection, source_id: int, known: Mapping[str, str | None], now: datetime) -> None:
    for some in batched(known):
        connection.execute(_mine(source_id, some).values(last_seen_at=now))


def _mine(source_id: int, keys: list[str]) -> Any:
    return update(schema.link).where(schema.link.c.source_id == source_id, schema.link.c.key.in_(keys))


def _row(source_id: int, found: Link, seen: Seen, now: datetime, *, first: bool) -> dict[str, Any]:
    key, held = found.key, seen.held.get(found.key)
    beyond = key in seen.beyond and (first or key in seen.old)
    state = LinkState.BASELINE if beyond else LinkState.HELD if held else LinkState.WAITING
    return {
        "source_id": source_id, "key": key, "url": found.url, "title": found.title, "published": found.published,
        "teaser": found.teaser, "alias_keys": "\n".join(found.alias_keys), "baseline": first or key in seen.old, "state": state,
        "reason": BEYOND if beyond else "one of many at once, old or without a date" if held else "", "tries": 0, "etag": "",
        "last_modified": "", "first_seen_at": now, "last_seen_at": now, "again_at": None if beyond else held,
        "whole": _whole_text(found.whole), "burst": seen.bursts.get(key),
    }  # fmt: skip


def _whole_text(whole: Content | None) -> str | None:
    return None if whole is None else json.dumps(asdict(whole), ensure_ascii=False, default=str, sort_keys=True)


def _whole_of(written: str | None) -> Content | None:
    if written is None:
        return None
    fields = json.loads(written)
    fields["attachments"] = tuple(Attachment(**attachment) for attachment in fields["attachments"])
    fields["published"] = _date_of(fields["published"])
    return Content(**fields)


def _date_of(written: str | None) -> date | None:
    if written is None:
        return None
    return date.fromisoformat(written) if len(written) == len("2026-01-01") else datetime.fromisoformat(written)


def _seen_at(found: Link, since: datetime) -> datetime:
    published = found.published
    if published is None:
        return since
    moment = published if isinstance(published, datetime) else datetime.combine(published, datetime.min.time(), UTC)
    return min(moment, since)
