"""How fast articles are written down, beside the same rows by the driver alone: the same file, pragmas, transactions and order."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from statistics import median
from typing import Any

from bench.storage.million import BEGAN, new_article
from bench.storage.places import settle
from bench.storage.texts import of_million
from storage.database import sqlite_module
from storage.inserting import NewArticle, insert_articles
from storage.store import Store

BATCH = 100
ROUNDS = 3
_FIRST = 3_000_000
"""The numbers of these publications begin here, beyond all others."""
_ARTICLES = {"article": "id", "address_key": "article_id", "location": "article_id", "revision": "article_id", "mark": "article_id"}
_PRAGMAS = ("busy_timeout", "journal_mode", "synchronous", "foreign_keys", "cache_size", "mmap_size")

_Statements = list[tuple[str, list[tuple[Any, ...]]]]


def insert_ratio(store: Store, articles: int) -> tuple[float, float, float]:
    """Ours and the driver's articles a second, and the median of the rounds' ratios; the database is left as it was."""
    new = [new_article(_FIRST + number, of_million(_FIRST + number), html=True) for number in range(articles)]
    gc.collect()
    gc.freeze()  # the publications made here would be walked through again and again, which no product holds
    rounds = [_round(store, new) for _ in range(ROUNDS + 1)][1:]  # the first one makes room in the file that the others find
    ours, raw = (articles / median(taken) for taken in zip(*rounds, strict=True))
    return ours, raw, median(bare / own for own, bare in rounds)


def _round(store: Store, new: Sequence[NewArticle]) -> tuple[float, float]:
    with closing(sqlite_module().connect(str(store.database.file), isolation_level=None)) as bare:
        with store.database.engine.connect() as opened:
            for pragma in _PRAGMAS:
                bare.execute(f"PRAGMA {pragma}={opened.exec_driver_sql(f'PRAGMA {pragma}').scalar_one()}")
        before = bare.execute("SELECT max(id) FROM article").fetchone()[0] or 0
        settle(store)
        ours = _ours(store, new)
        batches = list(_same_rows(bare, before))
        _undo(store, bare, before)
        raw = _raw(bare, batches)
        _undo(store, bare, before)
    return ours, raw


def _ours(store: Store, new: Sequence[NewArticle]) -> float:
    began = time.perf_counter()
    for start in range(0, len(new), BATCH):
        with store.database.write() as connection:
            insert_articles(connection, new[start : start + BATCH], BEGAN)
    return time.perf_counter() - began


def _raw(bare: Any, batches: Sequence[_Statements]) -> float:
    began = time.perf_counter()
    for statements in batches:
        bare.execute("BEGIN IMMEDIATE")
        for statement, rows in statements:
            bare.executemany(statement, rows)
        bare.execute("COMMIT")
    return time.perf_counter() - began


def _undo(store: Store, bare: Any, before: int) -> None:
    bare.execute("BEGIN IMMEDIATE")
    for table, key in reversed(_ARTICLES.items()):
        if table == "mark":
            bare.executemany("DELETE FROM mark WHERE hash = ? AND article_id = ?", _marks(bare, before))
        else:
            bare.execute(f"DELETE FROM {table} WHERE {key} > ?", (before,))
    bare.execute("COMMIT")
    settle(store)


def _marks(bare: Any, before: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = bare.execute("SELECT hash, article_id FROM mark WHERE article_id > ?", (before,)).fetchall()
    return found


def _same_rows(bare: Any, before: int) -> Iterator[_Statements]:
    """What was written, a batch at a time and in the same order."""
    tables = {table: _rows(bare, table, key, before) for table, key in _ARTICLES.items()}
    (last,) = bare.execute("SELECT max(id) FROM article").fetchone()
    for first in range(before + 1, last + 1, BATCH):
        of_batch = range(first, first + BATCH)
        batch = [(statement, [row for id_ in of_batch for row in rows.get(id_, ())]) for statement, rows in tables.values()]
        batch[-1][1].sort()  # marks are written in their order
        yield batch


def _rows(bare: Any, table: str, key: str, before: int) -> tuple[str, dict[int, list[tuple[Any, ...]]]]:
    found = bare.execute(f"SELECT * FROM {table} WHERE {key} > ? ORDER BY {'1' if table == 'mark' else 'rowid'}", (before,))
    names = [column[0] for column in found.description]
    rows: dict[int, list[tuple[Any, ...]]] = {}
    for row in found:
        rows.setdefault(row[names.index(key)], []).append(row)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows
