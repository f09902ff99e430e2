"""The glossary: names and abbreviations that texts say are one, and what the operator decided about each pair."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, func, insert, select, update

from storage import schema
from storage.database import Database, remembered
from storage.keys import short_key, storable
from storage.model import KnownPair, NamePair, NameState
from storage.rows import insert_rows

PER_ARTICLE = 20
"""Pairs taken from one article; a law that defines its terms states about as many."""
MOST_OFFERED = 20_000
"""Pairs waiting for a decision; further ones are left out until some are decided. Honest sites state some hundreds in years, so only one
that makes them up comes here.
"""
LONGEST_SHORT, LONGEST_LONG, MOST_WORDS = 20, 200, 15
"""Code points of an abbreviation, and of a full name, and words of that."""
_VERSION = "glossary"
_TURN = "names"
"""Decisions take turns, so that each makes a version of its own."""
_COLUMNS = ("short_key", "long_key", "short", "long", "articles", "state", "noted_at", "decided_at")


class Names:
    def __init__(self, database: Database) -> None:
        self._database = database

    def offered(self, limit: int | None = None) -> list[KnownPair]:
        """Pairs that wait for a decision, those that most articles state first."""
        return self._of(NameState.OFFERED, limit)

    def accepted(self) -> list[KnownPair]:
        """Pairs that queries may use."""
        return self._of(NameState.ACCEPTED)

    def refused(self) -> list[KnownPair]:
        return self._of(NameState.REFUSED)

    def all(self) -> list[KnownPair]:
        """Every pair, whatever became of it."""
        return self._of(None)

    def accept(self, pair: NamePair, now: datetime) -> bool:
        """Let queries use a pair. Whether there is such a one."""
        return self._decide(pair, NameState.ACCEPTED, now)

    def refuse(self, pair: NamePair, now: datetime) -> bool:
        """Let no query use a pair, and don't offer it again. Whether there is such a one."""
        return self._decide(pair, NameState.REFUSED, now)

    def add(self, pair: NamePair, now: datetime) -> None:
        """Accept a pair that no text need state, as it is spelled here."""
        pair = _kept(pair)
        with self._database.write(_TURN) as connection:
            row = {"short": pair.short, "long": pair.long, "state": NameState.ACCEPTED, "decided_at": now}
            if not connection.execute(update(schema.name_pair).where(_same(pair)).values(**row)).rowcount:
                keys = {"short_key": pair.short_key, "long_key": pair.long_key, "articles": 0, "noted_at": now}
                connection.execute(insert(schema.name_pair), row | keys)
            _count_up(connection)

    def remove(self, pair: NamePair) -> bool:
        """Forget a pair; a text that states it later offers it anew. Whether there was such a one."""
        with self._database.write(_TURN) as connection:
            if there := connection.execute(delete(schema.name_pair).where(_same(_kept(pair)))).rowcount > 0:
                _count_up(connection)
            return there

    def version(self) -> int:
        """Rises with each decision, so that a service finds that there was one."""
        with self._database.read() as connection:
            return int(remembered(connection, _VERSION) or 0)

    def _decide(self, pair: NamePair, state: NameState, now: datetime) -> bool:
        with self._database.write(_TURN) as connection:
            decided = update(schema.name_pair).where(_same(_kept(pair))).values(state=state, decided_at=now)
            if there := connection.execute(decided).rowcount > 0:
                _count_up(connection)
            return there

    def _of(self, state: NameState | None, limit: int | None = None) -> list[KnownPair]:
        name = schema.name_pair.c
        query = select(schema.name_pair).order_by(name.articles.desc(), name.short_key, name.long_key).limit(limit)
        with self._database.read() as connection:
            rows = connection.execute(query if state is None else query.where(name.state == state)).mappings().all()
        return [_known(row) for row in rows]


def count_pairs(connection: Connection, pairs: Sequence[NamePair], now: datetime, *, again: bool = False) -> None:
    """Note, in the caller's transaction, what one article says; the first spelling is kept.

    `again`: an earlier state of the article was counted, so only pairs that nobody stated before are noted.
    """
    fit = {(pair.short_key, pair.long_key): pair for pair in map(_kept, pairs[:PER_ARTICLE]) if _fits(pair)}
    unknown = []
    for _, pair in sorted(fit.items()):  # in one order, so that no two transactions wait for each other
        counted = update(schema.name_pair).where(_same(pair)).values(articles=schema.name_pair.c.articles + (0 if again else 1))
        if not connection.execute(counted).rowcount:
            unknown.append(pair)
    if unknown and _has_room(connection):
        rows = [(pair.short_key, pair.long_key, pair.short, pair.long, 1, NameState.OFFERED, now, None) for pair in unknown]
        insert_rows(connection, schema.name_pair, _COLUMNS, rows, new=False)


def _has_room(connection: Connection) -> bool:
    offered = select(func.count()).where(schema.name_pair.c.state == NameState.OFFERED)
    return (connection.scalar(offered) or 0) < MOST_OFFERED


def _fits(pair: NamePair) -> bool:
    if not pair.short_key or not pair.long_key:
        return False
    return len(pair.short) <= LONGEST_SHORT and len(pair.long) <= LONGEST_LONG and len(pair.long_key.split()) <= MOST_WORDS


def _kept(pair: NamePair) -> NamePair:
    """As the database can hold it."""
    return NamePair(storable(pair.short), storable(pair.long), short_key(pair.short_key), short_key(pair.long_key))


def _same(pair: NamePair) -> ColumnElement[bool]:
    name = schema.name_pair.c
    return and_(name.short_key == pair.short_key, name.long_key == pair.long_key)


def _count_up(connection: Connection) -> None:
    meta = schema.meta.c
    version = int(remembered(connection, _VERSION) or 0)
    connection.execute(delete(schema.meta).where(meta.key == _VERSION))
    connection.execute(insert(schema.meta), {"key": _VERSION, "value": str(version + 1)})


def _known(row: RowMapping) -> KnownPair:
    pair = NamePair(row["short"], row["long"], row["short_key"], row["long_key"])
    return KnownPair(pair, NameState(row["state"]), row["articles"], row["decided_at"])
