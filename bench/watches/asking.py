"""Rows of the table on search and back-test: pages of an archive and counts over all of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random

from bench.storage.lookups import percentile
from bench.storage.places import both, settle
from bench.storage.table import Row, below
from bench.watches.archive import grow
from bench.watches.queries import is_rare, rare_terms
from bench.watches.texts import publication, word_forms
from bench.watches.words import SEED
from notify.lemmas import Lexicon
from notify.query import Query, parse
from notify.render.excerpts import passages
from notify.search import Searcher, changed
from notify.tokens import words_of
from storage.model import Content
from storage.store import Store

MILLION = 1_000_000
_SHAPES = ("{0}", "{0} AND {1}", "{0} OR {1}", "{0} {1} {2}", "{0} OR {1} OR {2}", "{0} AND ({1} OR {2})")
_PAGE = 20
_WARM = 2_000


def search_rows(folder: Path, articles: dict[str, int], asked: int) -> Iterator[Row]:
    """`articles` by the database: PostgreSQL is filled with fewer, as that takes it longer."""
    with both(folder) as stores:
        for kind, store in stores.items():
            have, most = store.search.count_unindexed("none"), articles[kind]
            if have < most:
                grow(store, have, most)
                settle(store)
            yield from _rows(kind, store, most, asked)


def _rows(kind: str, store: Store, articles: int, asked: int) -> Iterator[Row]:
    searcher = Searcher(store.search, _warm(articles))
    queries = list(_queries(asked, articles))
    pages = [_taken(partial(_page, searcher, query)) for query in queries]
    yield _times(f"{kind}: a page of {_PAGE} with its marked passages, among {articles:,}", pages, 0.005)
    again = [_taken(partial(_page, searcher, query)) for query in queries]
    yield _times(f"{kind}: the same pages asked for again", again, 0.005)
    deep = [_taken(partial(_deeper, searcher, query)) for query in queries]
    yield _times(f"{kind}: the next pages, two of them", deep, 0.01)
    counts = [_taken(partial(searcher.count, query)) for query in queries]
    yield _times(f"{kind}: counts by month over all", counts, 1.0)
    gains = [_taken(partial(_compare, searcher, *pair)) for pair in zip(queries[::2], queries[1::2], strict=False)]
    yield _times(f"{kind}: what a changed query gains and loses", gains, 1.0)
    found = sorted(searcher.count(query).articles for query in queries)
    yield Row(f"{kind}: articles that a query finds", f"median {found[len(found) // 2]:,}, most {found[-1]:,}", "told", reached=True)
    yield Row(f"{kind}: index", f"{_index_bytes(store) / articles:,.0f} bytes an article", "told", reached=True)


def _warm(articles: int) -> Lexicon:
    """It has read texts of the archive, old and new, as the matcher of a running service has."""
    lexicon, rng = Lexicon(), Random(f"{SEED} warm")
    for number in (*range(max(0, articles - _WARM), articles), *(rng.randrange(articles) for _ in range(_WARM))):
        word_forms(words_of(publication(number).text), lexicon)
    return lexicon


def _queries(count: int, articles: int) -> Iterator[Query]:
    """One to three terms; half of them those of watches, half words that stand together in one of the articles."""
    rng = Random(f"{SEED} search")
    for number in range(count):
        terms = rare_terms(rng, 3) if number % 2 else _of_article(rng.randrange(articles), rng)
        yield parse(_SHAPES[number // 2 % len(_SHAPES)].format(*terms))


def _of_article(number: int, rng: Random) -> list[str]:
    words = sorted({word for word in words_of(publication(number).text) if len(word) > 4 and word.isalpha()})
    return rng.sample([word for word in words if is_rare(word)], 3)


def _page(searcher: Searcher, query: Query, before: int | None = None) -> int | None:
    page = searcher.page(query, before=before, limit=_PAGE)
    for hit in page.hits:
        passages(Content(hit.found.title, hit.found.texts.text), hit.spans)
    return page.next


def _deeper(searcher: Searcher, query: Query) -> None:
    following = _page(searcher, query)
    if following is not None:
        _page(searcher, query, following)


def _compare(searcher: Searcher, old: Query, new: Query) -> None:
    for query in changed(old, new):
        searcher.count(query)


def _times(what: str, taken: Sequence[float], most: float) -> Row:
    told = f"median {percentile(taken, 0.5) * 1000:,.2f}, most {max(taken) * 1000:,.1f} ms"
    return below(f"{what}, 99 %", percentile(taken, 0.99) * 1000, most * 1000, "ms", told)


def _taken(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _index_bytes(store: Store) -> float:
    if store.database.is_sqlite:  # which tells the size of no table
        statement = "SELECT sum(length(block)) FROM search_keys_data"
    else:
        statement = "SELECT pg_total_relation_size('search_keys')"
    with store.database.read() as connection:
        return float(connection.exec_driver_sql(statement).scalar_one())
