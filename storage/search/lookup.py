"""Places by keys, each database in its own way; newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby, islice

from sqlalchemy import Connection, text

from storage.search.expression import Expression
from storage.search.spelling import fts5, tsquery


def newest(connection: Connection, asked: Sequence[Expression], bottom: int, top: int, limit: int) -> list[int]:
    """So many of the places from `bottom` to below `top` that any of the expressions finds."""
    find = _newest_in_file if connection.dialect.name == "sqlite" else _newest_on_server
    return list(islice(_together(find(connection, one, bottom, top, limit) for one in asked), limit))


def every(connection: Connection, asked: Sequence[Expression], bottom: int, top: int) -> Iterable[int]:
    """All of them."""
    find = _every_in_file if connection.dialect.name == "sqlite" else _every_on_server
    return _together(find(connection, one, bottom, top) for one in asked)


def _together(found: Iterable[Sequence[int]]) -> Iterator[int]:
    """Each once."""
    lists = list(found)
    if len(lists) == 1:
        return iter(lists[0])
    return (place for place, _ in groupby(merge(*lists, reverse=True)))


# --- FTS5 gives places in either order, one after another ------------------------------------------------------------------------------


def _newest_in_file(connection: Connection, asked: Expression, bottom: int, top: int, limit: int) -> list[int]:
    return [row[0] for row in connection.exec_driver_sql(f"{_IN_FILE} LIMIT ?", (fts5(asked), bottom, top, limit))]


def _every_in_file(connection: Connection, asked: Expression, bottom: int, top: int) -> list[int]:
    return [row[0] for row in connection.exec_driver_sql(_IN_FILE, (fts5(asked), bottom, top))]


_IN_FILE = "SELECT rowid FROM search_keys WHERE search_keys MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC"


# --- GIN gives all places at once, in no order -----------------------------------------------------------------------------------------

NEAREST = 8_192
"""Articles that are looked through first: they fill a page where more than one in 250 is wanted. Of others there are so few that all of
them are soon sorted.
"""


def _newest_on_server(connection: Connection, asked: Expression, bottom: int, top: int, limit: int) -> list[int]:
    told = {"asked": tsquery(asked), "bottom": bottom, "top": top, "most": limit}
    # a number and no parameter, or the server would plan for a tenth of all articles
    nearest = connection.exec_driver_sql(f"{_NEAREST} OFFSET {NEAREST} LIMIT 1", (top,)).scalar()
    if nearest is not None and nearest > bottom:
        connection.exec_driver_sql("SET LOCAL enable_indexscan = off")
        found = connection.scalars(_AMONG_NEAREST, told | {"bottom": nearest}).all()
        connection.exec_driver_sql("SET LOCAL enable_indexscan = on")
        if len(found) == limit:
            return list(found)
    return list(connection.scalars(_NEWEST, told))


def _every_on_server(connection: Connection, asked: Expression, bottom: int, top: int) -> list[int]:
    found = connection.scalars(_EVERY, {"asked": tsquery(asked), "bottom": bottom, "top": top}).all()
    return sorted(found, reverse=True)


_NEAREST = "SELECT place FROM search WHERE place < %s ORDER BY place DESC"
# As bitmaps, both indexes together: 0.3 ms where the keys alone take 2.6, of 60,000 articles with 1 % of them wanted. Left to itself, the
# server reads article after article by place and looks into each; with its keys stored apart that takes 10 µs.
_AMONG_NEAREST = text(
    "SELECT place FROM search_keys WHERE keys @@ CAST(:asked AS tsquery) AND place >= :bottom AND place < :top "
    "ORDER BY place DESC LIMIT :most"
)
# `+ 0` keeps the index of places out of it, for the same reason.
_EVERY = text("SELECT place FROM search_keys WHERE keys @@ CAST(:asked AS tsquery) AND place + 0 >= :bottom AND place + 0 < :top")
_NEWEST = text(f"{_EVERY.text} ORDER BY place + 0 DESC LIMIT :most")
