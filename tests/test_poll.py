"""Looks at a site that misbehaves: nothing that it published is lost, and nothing else is taken for a publication."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network

import pytest
from balance import assert_balanced
from databases import Databases

from collector.address import family_of
from collector.cadence import Cadence
from collector.child import Children
from collector.demo.node import Node
from collector.demo.routes import Answer
from collector.demo.site import DemoSite
from collector.demo.texts import texts
from collector.fetch import Fetcher, Limits
from collector.poll import look
from collector.service.threads import Threads
from collector.sites import load_site
from collector.tools import Source, Tools
from storage.model import LookCounts
from storage.store import Store, open_store

NOW = datetime.now(UTC)
OLD = [node for node in texts(NOW).nodes if node.language == "ru" and not node.sticky][:4]
STICKY = [replace(node, id=8000 + node.id % 100, alias=f"vazhnoe-{node.id}", sticky=True) for node in OLD[:2]]
SUBJECTS = (
    "почта",
    "связь",
    "сети",
    "марка",
    "спутник",
    "телефон",
    "реестр",
    "тариф",
    "кабель",
    "склад",
    "музей",
    "форум",
    "лицензия",
    "архив",
    "школа",
)


def news(number: int, hours: float = 0) -> Node:
    subject = SUBJECTS[number % len(SUBJECTS)]
    words = " ".join(f"{subject}{letter} {subject[::-1]}{letter}" for letter in "абвгдежзиклмнопрст")
    return Node(
        id=6000 + number,
        title=f"Министерство сообщает: {subject} номер {number}",
        paragraphs=(f"Сообщение о том, что такое {subject}. {words}.",),
        created=NOW - timedelta(hours=hours) + timedelta(seconds=number),
        alias=f"soobschenie-nomer-{number}",
    )


class Site(DemoSite):
    """Some of its answers can be replaced."""

    def __init__(self, nodes: list[Node]) -> None:
        super().__init__(nodes)
        self.instead: Callable[[str, Answer], Answer] = lambda _, made: made

    def answer(self, host: str, target: str) -> Answer:
        return self.instead(target, super().answer(host, target))


class Watcher:
    """Looks at a site by hand, with a clock that is set by hand."""

    def __init__(self, site: Site, store: Store, threads: Threads, fetcher: Fetcher, children: Children) -> None:
        self.store = store
        self.now = NOW
        self._tools = Tools(store, threads, fetcher, children, lambda: self.now, timedelta(minutes=5))
        definition = load_site("mpt.gov.by")
        family = family_of("mpt.gov.by", [site.url.removeprefix("http://")], definition.node_patterns)
        self._source = Source("ministry", replace(definition, url=f"{site.url}/"), family, Cadence())
        store.sources.enrol(["ministry"], NOW)

    async def look(self) -> LookCounts:
        """Look once, an hour after the last time."""
        self.now += timedelta(hours=1)
        (state,) = self.store.sources.claim_due(["ministry"], self.now, timedelta(minutes=5), 1, even_if_not_due=True)
        return await look(self._source, state, self._tools)

    def titles(self) -> list[str]:
        return sorted(article.revision.content.title for article in self.store.articles.page(None, 100) if not article.baseline)

    def links(self) -> dict[str, int]:
        (state,) = self.store.sources.states()
        return dict(self.store.sources.link_states(state.id))


@pytest.fixture
def site() -> Iterator[Site]:
    with Site([*OLD, *STICKY]) as running:
        yield running


@pytest.fixture
async def watcher(site: Site, databases: Databases) -> AsyncIterator[Watcher]:
    store = open_store(databases.make("sqlite"), NOW)
    threads, children = Threads(one_writer=True), Children(10, 200_000_000)
    async with Fetcher("test", Limits(pause=0, deadline=10), [IPv4Network("127.0.0.0/8")]) as fetcher:
        watcher = Watcher(site, store, threads, fetcher, children)
        yield watcher
    assert_balanced(store, watcher.now)
    children.close()
    threads.close()
    store.close()


def titles(*nodes: Node) -> list[str]:
    return sorted(node.title for node in nodes)


async def test_what_is_published_after_the_first_look_is_new_and_nothing_else_is(site: Site, watcher: Watcher) -> None:
    await watcher.look()
    site.publish(news(1))
    assert (await watcher.look()).new == 1
    assert (await watcher.look()).new == 0
    assert watcher.titles() == titles(news(1))


async def test_more_than_a_page_of_news_is_followed_back_though_sticky_ones_stand_on_every_page(site: Site, watcher: Watcher) -> None:
    await watcher.look()
    published = [news(number) for number in range(14)]
    for node in published:
        site.publish(node)
    site.instead = _without_feed
    await watcher.look()
    assert watcher.titles() == titles(*published)


async def test_what_the_first_page_showed_counts_though_the_second_can_not_be_had(site: Site, watcher: Watcher) -> None:
    await watcher.look()
    published = [news(number) for number in range(14)]
    for node in published:
        site.publish(node)
    site.instead = lambda target, made: _without_feed(target, made) if "page=" not in target else Answer(500, "text/html", b"")
    await watcher.look()
    assert len(watcher.titles()) == 10
    assert set(watcher.titles()) <= set(titles(*published))


async def test_a_notice_of_works_is_no_publication_and_costs_none(site: Site, watcher: Watcher) -> None:
    await watcher.look()
    published = [news(number) for number in range(3)]
    for node in published:
        site.publish(node)
    site.instead = _works
    counts = await watcher.look()
    assert counts.failed == 3 + len(OLD) + len(STICKY)  # the known ones were due to be looked at again
    assert watcher.titles() == []

    site.instead = lambda _, made: made
    await watcher.look()
    assert watcher.titles() == titles(*published)
    assert all(article.revision.number == 1 for article in watcher.store.articles.page(None, 100))


async def test_a_notice_of_works_is_no_edit_of_what_is_known(site: Site, watcher: Watcher) -> None:
    await watcher.look()
    site.instead = lambda target, made: _works(target, made)._replace(last_modified=None)
    for _ in range(3):
        await watcher.look()
    assert {article.revision.number for article in watcher.store.articles.page(None, 100)} == {1}
    assert watcher.titles() == []


@pytest.mark.parametrize(
    "href",
    [
        "http://xn--/",
        "http://127.0.0.1:99999/",
        "/ru/a%00b",
        "javascript:alert(1)",
        "http://[::1",
        "/ru/" + "x" * 3000,
        "//",
        "http://\u3002/",
    ],
)
async def test_an_odd_link_costs_no_other(site: Site, watcher: Watcher, href: str) -> None:
    await watcher.look()
    site.publish(news(1))
    site.publish(news(2))
    path = f'"/ru/{news(1).alias}"'.encode()
    site.instead = lambda target, made: _without_feed(target, made)._replace(body=made.body.replace(path, f'"{href}"'.encode()))
    for _ in range(3):
        await watcher.look()
    assert watcher.titles() == titles(news(2))
    assert watcher.store.sources.states()[0].error == ""


async def test_a_page_that_is_none_costs_no_other(site: Site, watcher: Watcher) -> None:
    await watcher.look()
    site.publish(news(1))
    site.publish(news(2))

    def broken(target: str, made: Answer) -> Answer:
        return Answer(200, "text/html", b"\x00\xff" * 9000) if news(1).alias in target else _without_feed(target, made)

    site.instead = broken
    await watcher.look()
    assert watcher.titles() == titles(news(2))
    assert watcher.links()["failed"] == 1


async def test_a_feed_that_is_read_later_than_the_list_brings_no_old_news(site: Site, watcher: Watcher) -> None:
    for node in STICKY:
        site.remove(node.id)
    for number in range(5):
        site.publish(news(number, hours=24 * 90))
    site.instead = lambda target, made: Answer(503, "text/html", b"") if target == "/rss.xml" else _first_four(target, made)
    await watcher.look()
    site.instead = _first_four
    site.publish(news(9))
    await watcher.look()
    assert watcher.titles() == titles(news(9))


async def test_what_was_listed_is_read_though_the_list_can_not_be_had_any_more(site: Site, watcher: Watcher) -> None:
    await watcher.look()
    site.publish(news(1))
    site.instead = lambda target, made: Answer(500, "text/html", b"") if news(1).alias in target else made
    await watcher.look()
    assert watcher.titles() == []
    site.instead = lambda target, made: Answer(500, "text/html", b"") if target in {"/", "/rss.xml"} else made
    counts = await watcher.look()
    assert (counts.failed, watcher.titles()) == (1, titles(news(1)))
    assert "500" in watcher.store.sources.states()[0].error


async def test_a_neighbours_publication_with_one_of_our_numbers_is_another_article(site: Site, watcher: Watcher) -> None:
    await watcher.look()
    with Site([replace(news(3), id=OLD[0].id, alias="")]) as neighbour:
        heading = f'<h2><a href="{neighbour.url}/node/{OLD[0].id}">Соседи</a></h2>'
        row = f'<div class="views-row"><article class="node--view-mode-teaser">{heading}</article></div>'
        site.instead = lambda target, made: _without_feed(target, made)._replace(
            body=made.body.replace(b'<div class="view-content">', f'<div class="view-content">{row}</div>'.encode()),
        )
        await watcher.look()
    assert watcher.titles() == titles(news(3))


async def test_an_empty_list_is_told_from_a_page_that_is_none(site: Site, watcher: Watcher) -> None:
    await watcher.look()
    site.instead = lambda target, made: Answer(200, "text/html", b"<html><body><p>Access denied</p></body></html>")
    await watcher.look()
    assert "no publications were recognised" in watcher.store.sources.states()[0].error


def _without_feed(target: str, made: Answer) -> Answer:
    return Answer(503, "text/html", b"") if target == "/rss.xml" else made


def _works(target: str, made: Answer) -> Answer:
    if target in {"/", "/rss.xml"} or "page=" in target:
        return made
    notice = "<h1>Технические работы</h1><main><p>Сайт временно недоступен, зайдите на него позднее, спасибо.</p></main>"
    return Answer(200, "text/html; charset=utf-8", f"<html><body>{notice}</body></html>".encode())


def _first_four(target: str, made: Answer) -> Answer:
    """The list shows no more than its four newest rows."""
    if target != "/":
        return made
    rows = made.body.split(b'<div class="views-row">')
    return made._replace(body=b'<div class="views-row">'.join(rows[:5]))


async def test_a_list_that_calls_its_publications_something_else_only_delays_them(site: Site, watcher: Watcher) -> None:
    await watcher.look()
    site.publish(news(1))
    title = news(1).title.encode()
    site.instead = lambda target, made: (
        _without_feed(target, made)._replace(body=made.body.replace(title, b"Read more about this event")) if target == "/" else made
    )
    looks = 0
    while not watcher.titles():
        await watcher.look()
        looks += 1
        assert looks < 9
    assert watcher.titles() == titles(news(1))


async def test_a_notice_that_stood_for_too_long_costs_no_publication_in_the_end(site: Site, watcher: Watcher) -> None:
    await watcher.look()
    published = [news(number) for number in range(3)]
    for node in published:
        site.publish(node)
    site.instead = _works
    for _ in range(6):
        await watcher.look()
    site.instead = lambda _, made: made
    for _ in range(30):
        await watcher.look()
    assert set(titles(*published)) <= set(watcher.titles())


async def test_a_publication_that_was_withdrawn_does_not_make_news_of_the_archive(site: Site, watcher: Watcher) -> None:
    for number in range(30):
        site.publish(news(number, hours=24 * 60 + number))
    await watcher.look()
    site.remove(OLD[0].id)
    site.instead = _without_feed
    await watcher.look()
    assert len(watcher.titles()) <= 1
