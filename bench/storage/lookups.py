"""How long it takes to look a sighting up among all that is known, through the store's own transactions; how large the index is; pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from random import Random

from bench.storage import edits
from bench.storage.million import sighted
from bench.storage.pages_of import bytes_of
from bench.storage.texts import of_million
from storage.candidates import candidates, look_up
from storage.model import Sighting
from storage.store import Store

_SEED = 5
_NEVER_STORED = 2_000_000
"""Numbers from here on are of publications that no database holds."""


def sightings(known: int, count: int) -> list[Sighting]:
    """Half are new; of the others half come again at their address, and half are copies at another one on the same site.

    The same shares of them as of all publications end in boilerplate, or are of a series.
    """
    rng = Random(_SEED)
    seen = []
    for turn in range(count):
        number = rng.randrange(known) if turn % 2 else _NEVER_STORED + turn
        publication = of_million(number)
        place = "news"
        if turn % 4 == 1:
            publication, place = edits.footer(publication, rng), "archive"
        seen.append(sighted(number, publication, place=place))
    return seen


def lookup_times(store: Store, seen: Sequence[Sighting]) -> tuple[list[float], list[float]]:
    """Seconds of each look-up as `record` makes it, transaction included; and of loading what it found."""
    database = store.database
    looked, loaded = [], []
    for sighting in seen:
        began = time.perf_counter()
        with database.write(f"family {sighting.family}") as connection:
            ids = look_up(connection, sighting)
        looked.append(time.perf_counter() - began)
        with database.read() as connection:
            began = time.perf_counter()
            candidates(connection, ids)
            loaded.append(time.perf_counter() - began)
    return looked, loaded


def page_times(store: Store, count: int, size: int) -> list[float]:
    """Seconds of each page of a size, the first ones and others at random depths."""
    rng = Random(_SEED)
    known = store.articles.count()
    starts = [None, *(rng.randrange(1, known) for _ in range(count - 1))]
    return [_taken(lambda start=start: store.articles.page(start, size)) for start in starts]  # type: ignore[misc]


def _taken(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def percentile(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def index_megabytes(store: Store) -> float:
    """Of the marks: table and index are one on SQLite."""
    if store.database.is_sqlite:
        return bytes_of(store.database.file, "mark") / 1e6
    with store.database.read() as connection:
        return float(connection.exec_driver_sql("SELECT pg_total_relation_size('mark')").scalar_one()) / 1e6
