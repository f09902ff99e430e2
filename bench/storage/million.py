"""Makes databases of a million generated articles by the product's own insertion, the texts and their fingerprints in other processes."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

from bench.storage.texts import Publication, of_million
from storage.database import Database
from storage.fingerprint import fingerprint, state_hash
from storage.inserting import NewArticle, insert_articles
from storage.model import Content, Sighting
from storage.store import Store

SOURCES = 350
BATCH = 500
BEGAN = datetime(2021, 1, 1, tzinfo=UTC)
APART = timedelta(seconds=150)
"""Between two publications: a million in not quite five years."""
LATE = timedelta(days=200)


def family(number: int) -> str:
    return f"site-{number % SOURCES}.example"


def slug(number: int) -> str:
    """Letters alone: addresses that differ in their numbers are siblings, which are never one."""
    letters = "".join("bdfgklmnprstvzchw"[number // 17**place % 17] + "aeiou"[number // 17**place % 5] for place in range(6))
    return f"{letters}-{'aeiou'[number % 5]}"


def seen_at(number: int) -> datetime:
    """One in ten was read by the back-fill, long after others that stand above it."""
    return BEGAN + number * APART - (LATE if number % 10 == 3 else timedelta())


def sighted(number: int, publication: Publication, *, html: bool = False, place: str = "news") -> Sighting:
    """At its own address, of a node; at another `place` of the same site, of no node."""
    markup = "".join(f"<p>{paragraph}</p>" for paragraph in publication.paragraphs) if html else ""
    content = Content(title=publication.title, text=publication.text, html=markup, published=seen_at(number).date(), language="ru")
    key = f"/{place}/{slug(number)}"
    keys = (key, f"node:{number}") if place == "news" else (key,)
    told = fingerprint(content.title, content.text)
    return Sighting(family(number), f"https://{family(number)}{key}", keys, content, told, state_hash(content))


def new_article(number: int, publication: Publication, *, html: bool = False) -> NewArticle:
    seen = sighted(number, publication, html=html)
    return NewArticle(
        family=seen.family,
        url=seen.url,
        keys=seen.keys,
        content=seen.content,
        fingerprint=seen.fingerprint,
        state_hash=seen.state_hash,
        first_seen_at=seen_at(number),
        source_id=number % SOURCES + 1,
    )


def grow(stores: Sequence[Store], begin: int, end: int) -> None:
    """Add the articles of these numbers to each database."""
    for store in stores:
        store.sources.enrol([f"source-{number}" for number in range(SOURCES)], BEGAN)
    done = begin
    for batch in _generated(begin, end):
        for store in stores:
            _insert(store.database, batch)
        done += len(batch)
        if done % 10_000 == 0 and sys.stderr.isatty():
            print(f"\r{done:,} of {end:,} articles", end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print("\r", end="", file=sys.stderr)


def _generated(begin: int, end: int) -> Iterator[list[NewArticle]]:
    starts = range(begin, end, BATCH)
    with get_context("forkserver").Pool(2) as pool:
        yield from pool.imap(_batch, [(start, min(start + BATCH, end)) for start in starts])


def _batch(bounds: tuple[int, int]) -> list[NewArticle]:
    return [new_article(number, of_million(number)) for number in range(*bounds)]


def _insert(database: Database, batch: Sequence[NewArticle]) -> None:
    with database.write() as connection:
        insert_articles(connection, batch, BEGAN)
