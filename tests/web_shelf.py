"""A small store for the web's tests, and a client of the application that shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
from selectolax.lexbor import LexborHTMLParser

from feeds.web.app import create_app
from feeds.web.contract import Health
from storage.model import Article, Content, FeedState, Match, Revision, SourceState

WELL = Health(ok=True, words=("all is well",))
SEEN = datetime(2026, 3, 14, 9, 5, 30, 250_000, tzinfo=UTC)
INSTANCE = "7d444840-9dc0-41d1-b245-5ffdce74fad2"
FEEDS = ("/feeds/all.atom", "/feeds/all.rss")


class StoreDownError(Exception):
    """Raised by a store that does not answer."""


def article(number=1, title="О заседании", text="Первый абзац.", *, revision=1, **content):
    url = f"https://mpt.gov.by/ru/node/{number}"
    return Article(number, "Минсвязи", url, (url,), SEEN, SEEN, False, Revision(number, revision, SEEN, Content(title, text, **content)))


def source(name="Минсвязи", **state):
    read = {"first_good_at": SEEN, "last_good_at": SEEN, "due_at": SEEN, "failures": 0, "error": "", "articles": 5}
    return SourceState(id=1, name=name, **read | state)


@dataclass
class Shelf:
    """A store of a few articles, which counts how often the whole of it is asked for."""

    articles: list[Article] = field(default_factory=lambda: [article()])
    watched: list[SourceState] = field(default_factory=lambda: [source()])
    matched: dict[int, list[Match]] = field(default_factory=dict)
    """By revision."""
    state: FeedState = field(default_factory=lambda: FeedState(INSTANCE, SEEN, 1))
    down: Exception | None = None
    asked_for_latest: list[datetime] = field(default_factory=list)

    def _answer(self, found):
        if self.down:
            raise self.down
        return found

    def feed_state(self):
        return self._answer(self.state)

    def latest(self, now):
        self.asked_for_latest.append(now)
        return self._answer(self.articles)

    def page(self, before, limit):
        return self._answer([found for found in self.articles if before is None or found.id < before][:limit])

    def article(self, article_id):
        return self._answer(next((found for found in self.articles if found.id == article_id), None))

    def matches(self, revision_id):
        return self._answer(self.matched.get(revision_id, []))

    def sources(self):
        return self._answer(self.watched)


def client(
    shelf=None,
    *,
    base_url="http://vestnik.test",
    language="ru",
    health=WELL,
    now=SEEN + timedelta(hours=1),
):
    def tell():
        if isinstance(health, Exception):
            raise health
        return health

    app = create_app(
        store=shelf or Shelf(),
        base_url=base_url,
        language=language,
        zone="Europe/Minsk",
        health=tell,
        now=lambda: now,
        store_failures=(StoreDownError,),
    )
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://vestnik.test", headers={"accept-encoding": "identity"})


async def tree(web, path):
    return LexborHTMLParser((await web.get(path)).text)


def words_of(node):
    return " ".join(node.text().split())
