"""What became of everything: links, looks, and every revision for every watch. The sums balance at any time (promise 1)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, FromClause, Select, and_, case, func, select, text

from storage import schema
from storage.database import Database, schema_version
from storage.faults import faults
from storage.model import (
    ArticleAccount,
    DeliveryState,
    Fault,
    LinkAccount,
    LookAccount,
    LookCounts,
    Owed,
    WatchAccount,
)
from storage.shown import UNREAD

_COUNTED = tuple(LookCounts.__dataclass_fields__)
DELIVERED, DEFERRED, DEAD = "delivered", "deferred", "dead"
_TIMES = 100
"""Sums in one statement; SQLite takes 2,000 columns."""


class Accounts:
    def __init__(self, database: Database) -> None:
        self._database = database

    def links(self) -> LinkAccount:
        link = schema.link.c
        with self._database.read() as connection:
            total = _count(connection, schema.link)
            return LinkAccount(total, _pairs(connection, select(link.state, func.count()).group_by(link.state)))

    def looks(self) -> LookAccount:
        look = schema.look.c
        sums = [func.coalesce(func.sum(look[name]), 0).label(name) for name in _COUNTED]
        itself = func.coalesce(func.sum(case((and_(look.error != "", look.seen == 0), 1), else_=0)), 0).label("itself")
        query = select(func.count().label("counted"), itself, *sums).where(look.waiting.is_not(None))
        with self._database.read() as connection:
            row = connection.execute(query).mappings().one()
            looks = _count(connection, schema.look)
        counts = LookCounts(**{name: int(row[name]) for name in _COUNTED})
        return LookAccount(looks, int(row["itself"]), counts, looks - int(row["counted"]))

    def articles(self, watches: Collection[str] = ()) -> ArticleAccount:
        """For the watches named, which are the configuration's; for those that were ever kept here; and for all that ever matched."""
        revision, delivery = schema.revision.c, schema.delivery.c
        states = select(delivery.state, func.count()).where(delivery.revision_id.is_not(None)).group_by(delivery.state)
        with self._database.read() as connection:
            read = connection.scalar(_read()) or 0
            pending = connection.scalar(select(func.count()).select_from(schema.revision).where(revision.matched_at.is_(None))) or 0
            matches, told, absent = _matches(connection), _told(connection), _absent(connection, frozenset(watches))
            names = sorted({*watches, *matches, *absent})
            held = {name: read - pending - sum(absent.get(name, (0, 0))) for name in names}
            accounts = tuple(
                _watch(name, held[name], pending, absent.get(name, (0, 0)), matches.get(name, {}), told.get(name, {})) for name in names
            )
            return ArticleAccount(_count(connection, schema.article), read, pending, _pairs(connection, states), accounts)

    def faults(self, now: datetime, kept: timedelta) -> list[Fault]:
        """What does not balance, named by ids. `kept`: for how long it is remembered to whom something was sent."""
        with self._database.read() as connection:
            return list(faults(connection, now, kept))

    def damages(self) -> list[str]:
        """What the database says of itself where it is damaged. PostgreSQL guards its own pages, and answers or not."""
        with self._database.read() as connection:
            if not self._database.is_sqlite:
                connection.execute(select(1))
                return []
            said = [str(row[0]) for row in connection.execute(text("PRAGMA quick_check"))]
        return [words for words in said if words != "ok"]

    def version(self) -> str:
        """The schema's."""
        with self._database.read() as connection:
            return schema_version(connection) or ""

    def latest_moment(self) -> datetime | None:
        """The latest time at which anything was seen, by the clock of then."""
        with self._database.read() as connection:
            times = (schema.source.c.last_good_at, schema.health.c.at, schema.article.c.updated_at)
            found: list[datetime | None] = [connection.scalar(select(func.max(time))) for time in times]
        return max(filter(None, found), default=None)


def _count(connection: Connection, table: FromClause) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _pairs(connection: Connection, query: Select[Any]) -> Mapping[str, int]:
    return {name: count for name, count in connection.execute(query)}  # noqa: C416  (a Row is no pair to dict())


def _matches(connection: Connection) -> dict[str, dict[str, int]]:
    """For each watch, how many revisions it matched, by what is owed."""
    match = schema.match.c
    found: dict[str, dict[str, int]] = {}
    for watch, owed, count in connection.execute(select(match.watch, match.owed, func.count()).group_by(match.watch, match.owed)):
        found.setdefault(watch, {})[owed] = count
    return found


def _told(connection: Connection) -> dict[str, dict[str, int]]:
    """For each watch, how many revisions have been told to all, are owed to somebody yet, or are given up for somebody."""
    delivery, watch = schema.delivery.c, schema.delivery_watch.c
    owed = func.sum(case((delivery.state == DeliveryState.OWED, 1), else_=0))
    dead = func.sum(case((delivery.state == DeliveryState.DEAD, 1), else_=0))
    became = case((owed > 0, DEFERRED), (dead > 0, DEAD), else_=DELIVERED).label("became")
    each = (
        select(watch.watch, became)
        .join(schema.delivery, delivery.id == watch.delivery_id)
        .where(delivery.revision_id.is_not(None))
        .group_by(delivery.revision_id, watch.watch)
        .subquery()
    )
    found: dict[str, dict[str, int]] = {}
    for name, state, count in connection.execute(select(each.c.watch, each.c.became, func.count()).group_by(each.c.watch, each.c.became)):
        found.setdefault(name, {})[state] = count
    return found


def _absent(connection: Connection, configured: Collection[str]) -> dict[str, tuple[int, int]]:
    """For each watch that was ever kept here: how many revisions were held against the watches before it was made, and how many after it
    was removed. What it matched all the same, in an earlier life of its name, is not among them.
    """
    watch, match, revision = schema.watch.c, schema.match.c, schema.revision.c
    rows = [row for row in connection.execute(select(watch.name, watch.created_at, watch.removed_at)) if row.name not in configured]
    times = sorted({time for row in rows for time in (row.created_at, row.removed_at) if time is not None})
    earlier = _matched_before(connection, times)
    total = connection.scalar(_read().where(revision.matched_at.is_not(None))) or 0
    lives = select(
        match.watch,
        func.sum(case((revision.matched_at < watch.created_at, 1), else_=0)).label("before"),
        func.sum(case((revision.matched_at >= watch.removed_at, 1), else_=0)).label("after"),
    )
    joined = lives.join(schema.revision, revision.id == match.revision_id).join(schema.watch, watch.name == match.watch)
    known = {row.watch: (int(row.before), int(row.after)) for row in connection.execute(joined.group_by(match.watch))}
    found = {}
    for row in rows:
        before, after = known.get(row.name, (0, 0))
        gone = total - earlier[row.removed_at] if row.removed_at is not None else 0
        found[row.name] = (earlier[row.created_at] - before, gone - after)
    return found


def _matched_before(connection: Connection, times: Sequence[datetime]) -> dict[datetime, int]:
    """How many revisions were held against the watches before each time; they are looked through once for many times."""
    revision = schema.revision.c
    found: dict[datetime, int] = {}
    for start in range(0, len(times), _TIMES):
        some = times[start : start + _TIMES]
        sums = [func.coalesce(func.sum(case((revision.matched_at < time, 1), else_=0)), 0) for time in some]
        counts = connection.execute(select(*sums).where(revision.number > UNREAD)).one()
        found |= {time: int(count) for time, count in zip(some, counts, strict=True)}
    return found


def _read() -> Select[Any]:
    """How many revisions were read."""
    return select(func.count()).select_from(schema.revision).where(schema.revision.c.number > UNREAD)


def _watch(
    name: str, held: int, pending: int, absent: tuple[int, int], matched: Mapping[str, int], told: Mapping[str, int]
) -> WatchAccount:
    """`held`: how many revisions were held against it, or matched it in an earlier life of its name."""
    return WatchAccount(
        watch=name,
        pending=pending,
        not_matched=held - sum(matched.values()),
        before=absent[0],
        after=absent[1],
        not_owed={owed: count for owed, count in matched.items() if owed != Owed.ALERT},
        delivered=told.get(DELIVERED, 0),
        deferred=told.get(DEFERRED, 0),
        dead=told.get(DEAD, 0),
        forgotten=matched.get(Owed.ALERT, 0) - sum(told.values()),
    )
