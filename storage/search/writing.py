"""Writing the index: the keys of an article in place of those that it had. The caller's transaction holds the turn `MATCHES`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select, text, update

from storage import schema
from storage.among import among
from storage.locks import ADVISORY
from storage.model import Indexed
from storage.rows import insert_rows
from storage.search.places import new_places
from storage.search.terms import ALL, UNSURE, bag
from storage.shown import UNREAD
from storage.store_names import count_pairs

MATCHES = "matches"
"""The turn of whoever gives places to articles."""
NO_VERSION = ""
"""Of an article that is to be indexed anew, or was never."""
_NEVER = 0
"""In place of the id of a revision."""

Batch = Sequence[tuple[int, int, Indexed]]
"""Article, revision, and what is to be held of them."""


class _Standing(NamedTuple):
    place: int
    revision_id: int


def index_articles(connection: Connection, batch: Batch, now: datetime) -> None:
    """Hold of each article what is given, and nothing else."""
    if not batch:
        return
    wanted = {article_id: (revision_id, indexed) for article_id, revision_id, indexed in batch}
    known, latest = _standing(connection, wanted), latest_matched(connection, wanted)
    places = {article_id: one.place for article_id, one in known.items()} | new_places(connection, wanted.keys() - known.keys())
    kept: list[_Kept] = []
    for article_id, (revision_id, indexed) in wanted.items():
        keys, fits = bag(indexed.keys)
        whole = indexed.whole and fits
        # a state that no watch was held against may have been written down after this one
        version = indexed.version if revision_id == latest.get(article_id) else NO_VERSION
        kept.append(_Kept(article_id, places[article_id], revision_id, version, whole, [ALL, *keys, *([] if whole else [UNSURE])]))
    _write_keys(connection, kept)
    _write_rows(connection, kept, known)
    for article_id, (_, indexed) in wanted.items():
        if indexed.pairs:
            fresh = article_id not in known or known[article_id].revision_id == _NEVER
            count_pairs(connection, indexed.pairs, now, again=not fresh)


def out_of_date(connection: Connection, article_ids: AbstractSet[int]) -> None:
    """The articles have a state that no watch was held against and none will be: they are to be indexed anew.

    Before revisions are changed that wait for the matcher: it holds the turn that is waited for here.
    """
    _take_turn(connection)
    connection.execute(_OUT_OF_DATE, {"ids": list(article_ids)})
    enrol(connection, article_ids)


def enrol(connection: Connection, article_ids: AbstractSet[int]) -> None:
    """Give a place to those of the articles that have none yet, so that they are found to be indexed."""
    strange = article_ids - _standing(connection, article_ids).keys()
    if not strange:
        return
    _take_turn(connection)
    strange -= _standing(connection, strange).keys()
    rows = [(article_id, place, _NEVER, NO_VERSION, True) for article_id, place in new_places(connection, strange).items()]
    insert_rows(connection, schema.search, _COLUMNS, rows)


def unchanged(connection: Connection, revisions: Mapping[int, int]) -> None:
    """By article: its latest revision, by which nothing has changed about its keys."""
    rows = [{"article": article_id, "revision": revision_id} for article_id, revision_id in revisions.items()]
    if rows:
        connection.execute(_SHOWN_BY, rows)
        enrol(connection, revisions.keys())


def versions_of(connection: Connection, article_ids: Iterable[int]) -> dict[int, str]:
    """By which version each of the articles is indexed."""
    row = schema.search.c
    found = connection.execute(select(row.article_id, row.version).where(row.article_id.in_(list(article_ids))))
    return {article_id: version for article_id, version in found}  # noqa: C416  (a Row is no pair to dict())


def latest_matched(connection: Connection, article_ids: Iterable[int]) -> dict[int, int]:
    """The latest revision of each of the articles that watches need not be held against any more."""
    return {row.article_id: row.id for row in connection.execute(_LATEST, {"ids": list(article_ids)})}


def _take_turn(connection: Connection) -> None:
    """As `Database.write(MATCHES)` does, for a transaction that took another one before. SQLite has one writer anyway."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("SELECT pg_advisory_xact_lock(:ours, hashtext(:turn))"), {"ours": ADVISORY, "turn": MATCHES})


class _Kept(NamedTuple):
    article_id: int
    place: int
    revision_id: int
    version: str
    whole: bool
    keys: list[str]


def _standing(connection: Connection, article_ids: Iterable[int]) -> dict[int, _Standing]:
    found = connection.execute(_STANDING, {"ids": list(article_ids)}).all()
    return {row.article_id: _Standing(row.place, row.revision_id) for row in found}


def _write_keys(connection: Connection, kept: Sequence[_Kept]) -> None:
    if connection.dialect.name == "sqlite":
        rows: list[tuple[Any, ...]] = [(one.place, " ".join(one.keys)) for one in kept]
        connection.exec_driver_sql("REPLACE INTO search_keys (rowid, keys) VALUES (?, ?)", rows)
    else:
        rows = [(one.place, one.keys) for one in kept]
        connection.exec_driver_sql(_REPLACE_VECTOR, rows)


def _write_rows(connection: Connection, kept: Sequence[_Kept], known: dict[int, _Standing]) -> None:
    rows = [(one.article_id, one.place, one.revision_id, one.version, one.whole) for one in kept if one.article_id not in known]
    insert_rows(connection, schema.search, _COLUMNS, rows)
    changed = [
        {"article": one.article_id, "revision": one.revision_id, "version_": one.version, "whole_": one.whole}
        for one in kept
        if one.article_id in known
    ]
    if changed:
        connection.execute(_CHANGED, changed)


_COLUMNS = ("article_id", "place", "revision_id", "version", "whole")
_REPLACE_VECTOR = (
    "INSERT INTO search_keys (place, keys) VALUES (%s, array_to_tsvector(%s)) ON CONFLICT (place) DO UPDATE SET keys = excluded.keys"
)
_search = schema.search.c
_STANDING = select(_search.article_id, _search.place, _search.revision_id).where(among(_search.article_id, "ids"))
_CHANGED = (
    update(schema.search)
    .where(_search.article_id == bindparam("article"))
    .values(revision_id=bindparam("revision"), version=bindparam("version_"), whole=bindparam("whole_"))
)
_SHOWN_BY = (
    update(schema.search)
    .where(_search.article_id == bindparam("article"), _search.revision_id != _NEVER)
    .values(revision_id=bindparam("revision"))
)
_OUT_OF_DATE = update(schema.search).where(among(_search.article_id, "ids")).values(version=NO_VERSION)
_revision = schema.revision.c
_newest = schema.revision.alias("newest")
_LATEST = select(_revision.article_id, _revision.id).where(
    among(_revision.article_id, "ids"),
    _revision.number
    == select(func.max(_newest.c.number))
    .where(_newest.c.article_id == _revision.article_id, _newest.c.number > UNREAD, _newest.c.matched_at.is_not(None))
    .scalar_subquery(),
)
