"""A site of paged lists on loopback, looked at by hand, with a clock that is set by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_network

from balance import assert_balanced
from databases import Databases
from raw_web import Web, answer, raw_web

from collector.address import family_of
from collector.backfill import step
from collector.cadence import Cadence
from collector.child import Children
from collector.fetch import Fetcher, Limits
from collector.poll import look
from collector.service.threads import Threads
from collector.sites import EntryPoint, ListingRules, plain_site
from collector.tools import Source, Tools
from storage.model import Backfill, LookCounts, SourceState
from storage.store import Store, open_store

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
RULES = ListingRules(container=".news", row=".news li", link="a", date="time")
_TITLES = ("почты", "связи", "сетей", "марок", "спутников", "телефонов", "реестров", "тарифов", "кабелей", "складов", "музеев", "форумов")


def title_of(number: int) -> str:
    return f"О развитии {_TITLES[number % len(_TITLES)]} в районе номер {number}"


def article_page(number: int, published: date | None, more: str = "") -> bytes:
    words = " ".join(f"слово{number}{letter}" for letter in "абвгдежзиклмнопрстуфхцчшщ")
    told = f"<time datetime='{published}'>{published:%d.%m.%Y}</time>" if published else ""
    return (
        f"<html><head><title>{title_of(number)}</title></head><body><article><h1>{title_of(number)}</h1>{told}"
        f"<p>Сообщение министерства под номером {number}. {words}.</p><p>{words}, {more}.</p></article></body></html>"
    ).encode()


def list_page(numbers: Sequence[int], dates: dict[int, date], next_page: str = "") -> bytes:
    rows = "".join(
        f"<li><a href='/news/{number}'>{title_of(number)}</a>"
        + (f" <time datetime='{dates[number]}'>{dates[number]:%d.%m.%Y}</time>" if number in dates else "")
        + "</li>"
        for number in numbers
    )
    pager = f"<ul class='pager'><li class='next'><a rel='next' href='{next_page}'>следующая ›</a></li></ul>" if next_page else ""
    return f"<html><body><main><h1>Новости</h1><ul class='news'>{rows}</ul>{pager}</main></body></html>".encode()


class Lookout:
    """A source with one list, ten publications a page; number 1 is the oldest."""

    per_page = 10

    def __init__(self, web: Web, store: Store, threads: Threads, fetcher: Fetcher, children: Children) -> None:
        self.web, self.store, self.now = web, store, NOW
        self.tools = Tools(store, threads, fetcher, children, lambda: self.now, timedelta(minutes=5))
        self.published: list[int] = []
        self.dates: dict[int, date] = {}
        self.dated = True
        host = f"127.0.0.1:{web.port}"
        site = replace(plain_site("site", web.url(), (host,)), entry_points=(EntryPoint("listing", "/"),), listing=(RULES,))
        self.source = Source("site", replace(site, next_page="a[rel=next]"), family_of(host, [host]), Cadence())
        store.sources.enrol(["site"], NOW)

    def enter_by(self, *entry_points: EntryPoint) -> None:
        self.source = replace(self.source, site=replace(self.source.site, entry_points=entry_points))

    def publish(self, *numbers: int, on: date | None = None) -> None:
        """Put publications on top of the list, the last one highest; by default today's."""
        for number in numbers:
            self.published.insert(0, number)
            if self.dated:
                self.dates[number] = on or self.now.date()
            self.web.answers[f"/news/{number}"] = answer(article_page(number, on or self.now.date()))
        self.lay_out()

    def lay_out(self) -> None:
        """Make the pages of the list anew."""
        pages = [self.published[start : start + self.per_page] for start in range(0, len(self.published), self.per_page)] or [[]]
        for number, page in enumerate(pages):
            following = f"/?page={number + 1}" if number + 1 < len(pages) else ""
            self.web.answers[f"/?page={number}" if number else "/"] = answer(list_page(page, self.dates, following))

    async def look(self, after: timedelta = 2 * HOUR) -> LookCounts:
        self.now += after
        (state,) = self.store.sources.claim_due(["site"], self.now, timedelta(minutes=5), 1, even_if_not_due=True)
        return await look(self.source, state, self.tools)

    async def look_until_read(self) -> None:
        """Look until nothing waits any more."""
        await self.look()
        while self.store.sources.waiting_links(self.state.id, self.now, 1):
            await self.look(timedelta(0))

    async def read_back(self) -> list[Backfill]:
        """Do the steps of the back-fill, each when it is due, to its end."""
        for _ in range(500):
            self.now += self.source.cadence.backfill_pause
            for _, claimed in self.store.finding.claim_backfills(["site"], self.now, timedelta(minutes=5), 10):
                await step(self.source, claimed, self.tools)
            backfills = self.store.finding.backfills(self.state.id)
            if all(backfill.ended_at for backfill in backfills):
                return backfills
        raise AssertionError("the back-fill did not end")

    @property
    def state(self) -> SourceState:
        (state,) = self.store.sources.states()
        return state

    @property
    def asked(self) -> list[str]:
        """What was asked for, in order."""
        return [head.split(" ")[1] for head in self.web.heads]

    def links(self) -> dict[str, int]:
        return dict(self.store.sources.link_states(self.state.id))

    def numbers(self, *, baseline: bool) -> list[int]:
        """Those of the articles that are new, or baseline, by their addresses."""
        found = self.store.articles.page(None, 1000)
        return sorted(int(article.url.rpartition("/")[2]) for article in found if article.baseline is baseline)


@asynccontextmanager
async def lookout_on(databases: Databases, kind: str = "sqlite") -> AsyncIterator[Lookout]:
    store = open_store(databases.make(kind), NOW)
    threads, children = Threads(one_writer=True), Children(10, 200_000_000)
    limits = Limits(pause=0, deadline=10, robots=False)
    async with raw_web() as web, Fetcher("test", limits, [ip_network("127.0.0.0/8")]) as fetcher:
        lookout = Lookout(web, store, threads, fetcher, children)
        yield lookout
    assert_balanced(store, lookout.now)
    children.close()
    threads.close()
    store.close()
