"""Archives of generated articles, written down and indexed by the product's own functions, many at a time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from multiprocessing import get_context

from sqlalchemy import select, update

from bench.watches.texts import publication
from notify.indexing import indexed
from notify.lemmas import Lexicon
from notify.reading import Asking, Reading
from storage import schema
from storage.inserting import NewArticle, insert_articles
from storage.model import Content, Fingerprint, Indexed, Texts
from storage.search.writing import MATCHES, index_articles
from storage.store import Store

SOURCES = 350
BEGAN = datetime(2021, 1, 1, tzinfo=UTC)
APART = timedelta(seconds=150)
"""Between two publications: a million in not quite five years."""
_BATCH = 1_000


def grow(store: Store, begin: int, end: int) -> None:
    """Add the articles of these numbers."""
    store.sources.enrol([f"source-{number}" for number in range(SOURCES)], BEGAN)
    starts = range(begin, end, _BATCH)
    with get_context("forkserver").Pool(2) as pool:
        for done, made in enumerate(pool.imap(_made, [(start, min(start + _BATCH, end)) for start in starts]), 1):
            _insert(store, made)
            if done % 10 == 0:
                print(f"{begin + done * _BATCH:,} of {end:,} articles", file=sys.stderr, flush=True)


class _Remembering(Lexicon):
    """The product's memory of words is too small for all of this vocabulary, and a million articles go through it."""

    def keys_in(self, forms: Collection[str]) -> Callable[[str], tuple[str, ...]]:
        return _remembered(super().keys_in(forms))


@cache
def _remembered(keys_of: Callable[[str], tuple[str, ...]]) -> Callable[[str], tuple[str, ...]]:
    return cache(keys_of)


def _made(bounds: tuple[int, int]) -> list[tuple[NewArticle, Indexed]]:
    return list(_articles(*bounds))


def _articles(begin: int, end: int) -> Iterator[tuple[NewArticle, Indexed]]:
    asking = Asking.by(_Remembering())
    for number in range(begin, end):
        one, source = publication(number), number % SOURCES
        seen = BEGAN + number * APART
        content = Content(one.title, one.text, published=seen.date(), language="ru")
        article = NewArticle(
            family=f"site-{source}.example",
            url=f"https://site-{source}.example/news/{number}",
            keys=(f"node:{number}",),
            content=content,
            fingerprint=Fingerprint(f"{number:064x}", (), frozenset()),  # search asks nothing of it, and making it takes longest
            state_hash=f"{number:x}",
            first_seen_at=seen,
            source_id=source + 1,
        )
        texts = Texts(one.title, one.text, language="ru", source=f"source-{source}")
        yield article, indexed(Reading(texts, asking), ())


def _insert(store: Store, made: list[tuple[NewArticle, Indexed]]) -> None:
    revision = schema.revision
    with store.database.write(MATCHES) as connection:
        ids = insert_articles(connection, [article for article, _ in made], BEGAN)
        new = revision.c.article_id.between(min(ids), max(ids))
        connection.execute(update(revision).where(new).values(matched_at=BEGAN))
        revisions = dict(connection.execute(select(revision.c.article_id, revision.c.id).where(new)).tuples().all())
        batch = [(id_, revisions[id_], index) for id_, (_, index) in zip(ids, made, strict=True)]
        index_articles(connection, batch, BEGAN)
