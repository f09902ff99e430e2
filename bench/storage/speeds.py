"""Rows of the table that are times, sizes and their ratios."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from bench.storage import peers
from bench.storage.inserts import BATCH, insert_ratio
from bench.storage.lookups import index_megabytes, lookup_times, page_times, percentile, sightings
from bench.storage.million import BEGAN, SOURCES, sighted
from bench.storage.places import SQLITE
from bench.storage.table import Row, below
from bench.storage.texts import of_million, publication
from collector.identity import Identity
from storage.baseline import shipped_baseline
from storage.fingerprint import fingerprint, sketch_of
from storage.fold import folded_words
from storage.store import Store, open_store

_TEXTS = 100
_ROUNDS = 5
_RECORDED = 2000
_PAGES = 300
_SIZES = (25, 100)
"""Articles a page: those of the web page, and those of a feed."""
_LOOKUP_MS = {SQLITE: 0.5}
_INDEX_MB = {SQLITE: 250.0}


def signature_rows() -> Iterator[Row]:
    """The sketch and its peers on the same words; what a fingerprint takes as a whole, folding and facts included, is told beside."""
    publications = [publication(number) for number in range(_TEXTS)]
    words = [folded_words(one.text) for one in publications]
    ways: dict[str, Callable[[int], object]] = {
        "ours": lambda at: sketch_of(words[at]),
        "MinHash128 update_batch": lambda at: peers.minhash(words[at]),
        "MinHash128 update": lambda at: peers.minhash_one_by_one(words[at]),
        "simhash": lambda at: peers.simhash(words[at]),
        "whole": lambda at: fingerprint(publications[at].title, publications[at].text),
    }
    rounds = [{name: _taken(partial(_each, way)) for name, way in ways.items()} for _ in range(_ROUNDS)]
    taken = {name: min(one[name] for one in rounds) for name in ways}  # what else the machine did only adds
    micros = {name: seconds / _TEXTS * 1e6 for name, seconds in taken.items()}
    ratio = taken["MinHash128 update_batch"] / taken["ours"]
    told = ", ".join(f"{name} {micros[name]:.0f} µs" for name in list(ways)[1:-1])
    ours = f"{ratio:.1f} × ({micros['ours']:.0f} µs; the whole fingerprint {micros['whole']:.0f} µs)"
    yield Row("signature of 280 words, times as fast as datasketch MinHash128", ours, "≥ 3 ×", ratio >= 3, told)


def _each(way: Callable[[int], object]) -> None:
    for at in range(_TEXTS):
        way(at)


def insert_rows(store: Store, known: int, articles: int) -> Iterator[Row]:
    ours, raw, ratio = insert_ratio(store, articles)
    yield Row(
        f"{SQLITE}: inserting {articles:,} more at {known:,} in batches of {BATCH}, share of the raw driver's speed",
        f"{ratio:.2f} ({ours:,.0f} articles/s)", "≥ 0.85", ratio >= 0.85, f"pysqlite3 executemany {raw:,.0f} articles/s",
    )  # fmt: skip


def record_rows(folder: Path) -> Iterator[Row]:
    """The whole of `record`: looked up, decided, written down."""
    seen = [sighted(number, of_million(number)) for number in range(2 * _RECORDED)]
    with closing(open_store(f"sqlite:///{folder / 'recorded.db'}", BEGAN)) as store:
        store.sources.enrol([f"source-{number}" for number in range(SOURCES)], BEGAN)
        yield from insert_rows(store, 0, 10 * _RECORDED // 4)
        single = _RECORDED / _taken(lambda: [store.articles.record(one, Identity(), BEGAN) for one in seen[:_RECORDED]])
        together = _RECORDED / _taken(lambda: _record_together(store, seen[_RECORDED:]))
    (folder / "recorded.db").unlink()
    told = f"{single:,.0f} one by one, {together:,.0f} in transactions of {BATCH}"
    yield Row("SQLite: sightings recorded a second", told, "told", reached=True)


def _record_together(store: Store, seen: Sequence[object]) -> None:
    for start in range(0, len(seen), BATCH):
        with store.database.together():
            for one in seen[start : start + BATCH]:
                store.articles.record(one, Identity(), BEGAN)  # type: ignore[arg-type]


def lookup_rows(kind: str, store: Store, known: int) -> Iterator[Row]:
    seen = sightings(known, 4000)
    lookup_times(store, seen[:200])
    looked, loaded = lookup_times(store, seen)
    told = f"median {percentile(looked, 0.5) * 1000:.2f}, 95 % {percentile(looked, 0.95) * 1000:.2f}, most {max(looked) * 1000:.1f} ms"
    yield below(
        f"{kind}: candidate look-up at {known:,}, 99 % of them", percentile(looked, 0.99) * 1000, _LOOKUP_MS.get(kind, 1.5), "ms", told
    )
    yield Row(f"{kind}: loading what was found, 99 %", f"{percentile(loaded, 0.99) * 1000:.2f} ms", "told", reached=True)
    yield below(
        f"{kind}: index{'' if kind == SQLITE else ' with its table'}",
        index_megabytes(store),
        _INDEX_MB.get(kind, 800.0) * known / 1e6,
        "MB",
    )


def page_speeds(store: Store) -> dict[int, float]:
    """By the page's size, what 99 % of the pages stay below, in seconds."""
    page_times(store, 20, 10)
    return {size: percentile(page_times(store, _PAGES, size), 0.99) for size in _SIZES}


def page_rows(kind: str, now: Mapping[int, float], before: Mapping[int, float] | None) -> Iterator[Row]:
    for size, seconds in now.items():
        ratio = f"{seconds / before[size]:.2f} × of what it took at a tenth" if before else ""
        yield below(f"{kind}: a page of {size} at any depth, 99 %", seconds * 1000, 5.0, "ms", ratio)


def start_rows(kind: str, store: Store) -> Iterator[Row]:
    address = store.database.engine.url.render_as_string(hide_password=False)

    def start() -> None:
        with closing(open_store(address, BEGAN)) as opened:
            opened.articles.load_baseline(shipped_baseline(), BEGAN)
            opened.sources.enrol([f"source-{number}" for number in range(SOURCES)], BEGAN)
            opened.sources.states()

    yield below(f"{kind}: start-up", _taken(start), 3.0, "s")


def _taken(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
