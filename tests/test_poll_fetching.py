"""Looks at a site through what fetching knows: validators that lie, freshness, our own outage, documents, pages that scripts write."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
from balance import assert_balanced
from databases import Databases
from documents import docx, docx_xml, word_paragraph
from raw_web import Handler, Web, answer, raw_web
from world import free_port

from collector.address import family_of
from collector.browser import Browser, BrowserLimits
from collector.cadence import Cadence
from collector.child import Children
from collector.fetch import Fetcher, Limits
from collector.page import Page
from collector.poll import look
from collector.service.threads import Threads
from collector.sites import EntryPoint, ListingRules, plain_site
from collector.tools import Source, Tools
from collector.waiting import read_waiting
from storage.model import Article, LookCounts, SourceState
from storage.store import Store, open_store

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LOOPBACK = [ip_network("127.0.0.0/8")]
RULES = ListingRules(container=".news", row=".news li", link="a", date="time")
LIMITS = Limits(pause=0, deadline=10, robots=False)


def article_page(number: int, more: str = "") -> bytes:
    words = " ".join(f"слово{number}{letter}" for letter in "абвгдежзиклмнопрстуфхцчшщ")
    return (
        f"<html><head><title>Новость {number}</title></head><body><article><h1>Министерство сообщает, новость номер {number}</h1>"
        f"<p>Сообщение министерства связи под номером {number}. {words}.</p><p>{words}</p>{more}</article></body></html>"
    ).encode()


def listing(*numbers: int) -> bytes:
    rows = "".join(
        f"<li><a href='/news/{number}'>Министерство сообщает, новость номер {number}</a> <time datetime='2026-11-20'>20.11.2026</time></li>"
        for number in numbers
    )
    return f"<html><body><main><h1>Новости</h1><ul class='news'>{rows}</ul></main></body></html>".encode()


class Watcher:
    """Looks at a raw site by hand."""

    def __init__(self, web: Web, store: Store, threads: Threads, fetcher: Fetcher, children: Children) -> None:
        self.web, self.store, self.now = web, store, NOW
        self.tools = Tools(store, threads, fetcher, children, lambda: self.now, timedelta(minutes=5))
        host = f"127.0.0.1:{web.port}"
        site = replace(plain_site("site", web.url(), (host,)), entry_points=(EntryPoint("listing", "/"),), listing=(RULES,))
        self.source = Source("site", site, family_of(host, [host]), Cadence())
        store.sources.enrol(["site"], NOW)

    async def look(self) -> LookCounts:
        self.now += timedelta(hours=2)
        (state,) = self.store.sources.claim_due(["site"], self.now, timedelta(minutes=5), 1, even_if_not_due=True)
        return await look(self.source, state, self.tools)

    @property
    def state(self) -> SourceState:
        (state,) = self.store.sources.states()
        return state

    def show(self, *numbers: int, **headers: str) -> None:
        self.web.answers["/"] = answer(listing(*numbers), **headers)
        for number in numbers:
            self.web.answers.setdefault(f"/news/{number}", answer(article_page(number)))

    def article(self, number: int) -> Article:
        listed = next(found for found in self.store.articles.page(None, 100) if found.url.endswith(f"/news/{number}"))
        article = self.store.articles.article(listed.id)
        assert article is not None
        return article


@asynccontextmanager
async def watching(databases: Databases, control: Callable[[], list[tuple[str, int]]] = list) -> AsyncIterator[Watcher]:
    store = open_store(databases.make("sqlite"), NOW)
    threads, children = Threads(one_writer=True), Children(10, 200_000_000)
    async with raw_web() as web, Fetcher("test", LIMITS, LOOPBACK, control()) as fetcher:
        watcher = Watcher(web, store, threads, fetcher, children)
        yield watcher
    assert_balanced(store, watcher.now)
    children.close()
    threads.close()
    store.close()


@pytest.fixture
async def watcher(databases: Databases) -> AsyncIterator[Watcher]:
    async with watching(databases) as made:
        yield made


# --- validators ---------------------------------------------------------------------------------------------------------------------------


def with_validators(watcher: Watcher, body: Callable[[], bytes], *, honest: bool) -> Handler:
    """A list that says «not modified» to whoever has its validators; an honest one changes them when it changes."""

    async def serve(writer: asyncio.StreamWriter) -> None:
        etag = f'"{len(body())}"' if honest else '"always"'
        unchanged = f"if-none-match: {etag}" in watcher.web.heads[-1].lower()
        writer.write(answer(b"", "304 Not Modified", Content_Length="", ETag=etag) if unchanged else answer(body(), ETag=etag))

    return serve


async def test_an_unchanged_list_is_not_sent_again_but_for_every_fourth_look(watcher: Watcher) -> None:
    watcher.show(1, 2)
    watcher.web.answers["/"] = with_validators(watcher, lambda: listing(1, 2), honest=True)
    for _ in range(9):
        await watcher.look()
    asked = [head for head in watcher.web.heads if head.startswith("GET / ")]
    assert ["if-none-match" in head.lower() for head in asked] == [False, True, True, True, False, True, True, True, False]


async def test_a_list_that_lies_about_its_validators_hides_nothing_for_long_and_is_believed_no_more(watcher: Watcher) -> None:
    shown = [1, 2]
    watcher.show(1, 2, 3, 4)
    watcher.web.answers["/"] = with_validators(watcher, lambda: listing(*shown), honest=False)
    await watcher.look()
    shown.insert(0, 3)
    found = [(await watcher.look()).new for _ in range(4)]
    assert found == [0, 0, 0, 1]
    shown.insert(0, 4)
    assert (await watcher.look()).new == 1


async def test_an_article_that_always_claims_to_be_unchanged_is_read_whole_every_other_time(watcher: Watcher) -> None:
    watcher.show(1)
    text = [article_page(1)]
    watcher.web.answers["/news/1"] = with_validators(watcher, lambda: text[0], honest=False)
    await watcher.look()
    text[0] = article_page(1, "<p>Добавлено: срок продлён до 25 декабря 2026 года по просьбе операторов связи.</p>")
    assert [(await watcher.look()).revised for _ in range(2)] == [0, 1]


# --- when to look again -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cache", "minutes"), [("max-age=60", 15), ("max-age=1800", 30), ("max-age=31536000", 60), ("no-store", 15)])
async def test_a_list_that_says_it_stays_as_it_is_is_left_alone_for_so_long_up_to_the_longest_interval(
    watcher: Watcher, cache: str, minutes: int
) -> None:
    watcher.show(1, Cache_Control=cache)
    await watcher.look()
    assert watcher.state.due_at == watcher.now + timedelta(minutes=minutes)


async def test_what_a_server_asks_for_is_waited_for(watcher: Watcher) -> None:
    watcher.web.answers["/"] = answer(b"", "429 Too Many Requests", Retry_After="7200")
    await watcher.look()
    assert watcher.state.due_at == watcher.now + timedelta(hours=2)
    assert watcher.state.error.endswith("the server answered 429 Too Many Requests")


# --- our own outage -----------------------------------------------------------------------------------------------------------------------


async def test_our_own_outage_is_not_held_against_the_source(databases: Databases) -> None:
    async with watching(databases, lambda: [("127.0.0.1", free_port())]) as watcher:
        watcher.show(1)
        watcher.source = replace(watcher.source, site=replace(watcher.source.site, url=f"http://127.0.0.1:{free_port()}/"))
        await watcher.look()
        assert watcher.state.failures == 0
        assert "our own connection seems to be down" in watcher.state.error
        assert watcher.state.due_at == watcher.now + timedelta(minutes=1)


async def test_a_source_that_is_down_while_something_else_answers_is_to_blame(databases: Databases) -> None:
    async with raw_web() as up, watching(databases, lambda: [("127.0.0.1", free_port()), ("127.0.0.1", up.port)]) as watcher:
        watcher.source = replace(watcher.source, site=replace(watcher.source.site, url=f"http://127.0.0.1:{free_port()}/"))
        await watcher.look()
    assert watcher.state.failures == 1
    assert watcher.state.error.endswith("no connection: connection refused")


async def test_a_link_that_our_outage_met_has_lost_no_try(databases: Databases) -> None:
    async with watching(databases) as watcher, Fetcher("test", LIMITS, LOOPBACK, [("127.0.0.1", free_port())]) as cut_off:
        watcher.web.answers["/"] = answer(listing(1).replace(b"/news/1", f"http://127.0.0.1:{free_port()}/news/1".encode()))
        await watcher.look()
        watcher.now += timedelta(hours=1)
        counts = (await read_waiting(watcher.source, watcher.state, replace(watcher.tools, fetcher=cut_off), LookCounts())).counts
        watcher.now += timedelta(hours=1)
        (waiting,) = watcher.store.sources.waiting_links(watcher.state.id, watcher.now, 10)
    assert (counts.failed, waiting.tries) == (1, 1)


async def test_a_link_that_is_stopped_in_the_middle_has_lost_no_try(watcher: Watcher) -> None:
    asked, let_go = asyncio.Event(), asyncio.Event()

    async def hangs(_writer: asyncio.StreamWriter) -> None:
        asked.set()
        await let_go.wait()

    watcher.show(1)
    watcher.web.answers["/news/1"] = hangs
    looking = asyncio.create_task(watcher.look())
    await asked.wait()
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)
    let_go.set()
    (waiting,) = watcher.store.sources.waiting_links(watcher.state.id, watcher.now, 10)
    assert waiting.tries == 0


async def test_what_could_not_be_read_is_tried_again_in_its_own_time_and_not_in_the_lists(watcher: Watcher) -> None:
    watcher.show(1, Cache_Control="max-age=3600")
    watcher.web.answers["/news/1"] = answer(b"", "503 Service Unavailable")
    await watcher.look()
    assert watcher.state.due_at == watcher.now + timedelta(minutes=1)


async def test_a_link_that_our_outage_met_holds_up_no_other(databases: Databases) -> None:
    async with watching(databases) as watcher:
        watcher.show(2)
        watcher.web.answers["/"] = answer(listing(2, 1).replace(b"/news/1", f"http://127.0.0.1:{free_port()}/news/1".encode()))
        watcher.tools = replace(watcher.tools, fetcher=Fetcher("test", LIMITS, LOOPBACK, [("127.0.0.1", free_port())]))
        async with watcher.tools.fetcher:
            await watcher.look()
            await watcher.look()
        assert watcher.article(2).revision.number == 1


# --- documents ----------------------------------------------------------------------------------------------------------------------------


def document(text: str) -> bytes:
    return docx(docx_xml(word_paragraph(text)))


def with_documents(*paths: str) -> bytes:
    return "".join(f"<p><a href='{path}'>Приложение {path}</a></p>" for path in paths).encode()


async def test_the_documents_of_an_article_are_read_with_it(watcher: Watcher) -> None:
    watcher.show(1)
    watcher.web.answers["/news/1"] = answer(article_page(1, with_documents("/a.docx", "/b.pdf", "/c.doc").decode()))
    watcher.web.answers["/a.docx"] = answer(document("Порядок выдачи лицензий изменён."), Content_Type="application/octet-stream")
    watcher.web.answers["/b.pdf"] = answer(b"<html><body>Session expired</body></html>", Content_Type="application/pdf")
    watcher.web.answers["/c.doc"] = answer(b"", "404 Not Found")
    await watcher.look()
    texts = [(found.text, found.error) for found in watcher.article(1).revision.content.attachments]
    assert texts == [
        ("Порядок выдачи лицензий изменён.", ""),
        ("", "it is a page, not a document"),
        ("", "the server answered 404 Not Found"),
    ]


async def test_a_document_is_asked_for_once_and_one_that_failed_again_with_its_article(watcher: Watcher) -> None:
    watcher.show(1)
    watcher.web.answers["/news/1"] = answer(article_page(1, with_documents("/a.docx", "/b.docx").decode()))
    watcher.web.answers["/a.docx"] = answer(document("Порядок выдачи лицензий изменён."))
    watcher.web.answers["/b.docx"] = answer(b"", "500 Broken")
    await watcher.look()
    watcher.web.answers["/b.docx"] = answer(document("Тарифы на связь остаются прежними."))
    await watcher.look()
    texts = [(found.text, found.error) for found in watcher.article(1).revision.content.attachments]
    assert texts == [("Порядок выдачи лицензий изменён.", ""), ("Тарифы на связь остаются прежними.", "")]
    assert watcher.article(1).revision.number == 1
    assert watcher.web.events.count("asked /a.docx") == 1


async def test_a_document_at_a_private_address_is_not_asked_for_and_its_article_is_kept(databases: Databases) -> None:
    async with raw_web() as forbidden, watching(databases) as watcher:
        watcher.tools = replace(watcher.tools, fetcher=Fetcher("test", LIMITS, [ip_network("127.0.0.1/32")]))
        path = f"http://127.0.0.2:{forbidden.port}/a.pdf"
        watcher.show(1)
        watcher.web.answers["/news/1"] = answer(article_page(1, with_documents(path).decode()))
        async with watcher.tools.fetcher:
            await watcher.look()
        (found,) = watcher.article(1).revision.content.attachments
    assert "private address" in found.error
    assert forbidden.events == []


async def test_documents_that_take_too_long_keep_nobody_waiting(watcher: Watcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collector.waiting.PATIENCE", 0.0)
    watcher.show(1)
    watcher.web.answers["/news/1"] = answer(article_page(1, with_documents("/a.docx").decode()))
    await watcher.look()
    (found,) = watcher.article(1).revision.content.attachments
    assert found.error.startswith("not read yet")


async def test_lists_of_articles_do_not_load_the_texts_of_documents(watcher: Watcher) -> None:
    watcher.show(1)
    watcher.web.answers |= {
        "/news/1": answer(article_page(1, with_documents("/a.docx").decode())),
        "/a.docx": answer(document("Порядок выдачи лицензий изменён.")),
    }
    await watcher.look()
    (listed,) = watcher.store.articles.latest(watcher.now)
    assert [found.text for found in listed.revision.content.attachments] == [""]
    assert watcher.article(1).revision.content.attachments[0].text == "Порядок выдачи лицензий изменён."


async def test_a_document_that_is_too_large_is_recorded_in_words(watcher: Watcher) -> None:
    watcher.tools = replace(watcher.tools, document_max=100_000)
    watcher.show(1)
    watcher.web.answers["/news/1"] = answer(article_page(1, with_documents("/a.pdf").decode()))
    watcher.web.answers["/a.pdf"] = answer(b"%PDF-1.7" + bytes(200_000))
    await watcher.look()
    (found,) = watcher.article(1).revision.content.attachments
    assert found.error == "the answer is larger than 0.1 MB"


# --- pages that scripts write -------------------------------------------------------------------------------------------------------------

SHELL = b"""<html><head><title>News</title><script src='/app.js'></script></head>
<body><div id='root'></div><script>start()</script></body></html>"""


class Rendering(Browser):
    """Gives what a real browser gives; tests/test_browser.py has the real one."""

    def __init__(self, made: dict[str, bytes]) -> None:
        super().__init__(BrowserLimits())
        self.made = made

    async def render(self, url: str, *_args: object, **_more: object) -> Page:
        return Page(url, url, "text/html; charset=utf-8", self.made[url])


async def test_a_page_that_only_scripts_write_is_told_to_be_one(watcher: Watcher) -> None:
    watcher.web.answers["/"] = answer(SHELL)
    await watcher.look()
    assert "vestnik[browser]" in watcher.state.error
    assert watcher.state.first_good_at is None


async def test_a_page_that_only_scripts_write_is_read_where_there_is_a_browser(watcher: Watcher) -> None:
    watcher.web.answers |= {"/": answer(SHELL, ETag='"shell"'), "/news/1": answer(SHELL)}
    browser = Rendering({watcher.web.url(): listing(1), watcher.web.url("/news/1"): article_page(1)})
    watcher.tools = replace(watcher.tools, browser=browser)
    await watcher.look()
    assert watcher.article(1).revision.content.title == "Министерство сообщает, новость номер 1"
    browser.made |= {watcher.web.url(): listing(2, 1), watcher.web.url("/news/2"): article_page(2)}
    watcher.web.answers["/news/2"] = answer(SHELL)
    assert (await watcher.look()).new == 1, "the shell's validators say nothing of what its scripts write"


def written_by(script: str) -> bytes:
    page = "<!DOCTYPE html><meta charset=utf-8><title>News</title><body><div id=root></div><script>{}</script></body>"
    return answer(page.format(f"document.getElementById('root').innerHTML = {json.dumps(script)}").encode())


def inside(page: bytes) -> str:
    """What a script would write: the page's body."""
    return page.decode().partition("<body>")[2].partition("</body>")[0]


@pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed here")
async def test_a_site_that_only_scripts_write_is_read_by_a_real_browser(watcher: Watcher) -> None:
    pytest.importorskip("playwright.async_api", reason="the extra `browser` is not installed")
    watcher.web.answers |= {"/": written_by(inside(listing(1))), "/news/1": written_by(inside(article_page(1)))}
    async with Browser(BrowserLimits()) as browser:
        watcher.tools = replace(watcher.tools, browser=browser)
        counts = await watcher.look()
    assert counts.baseline == 1
    assert "Сообщение министерства связи под номером 1" in watcher.article(1).revision.content.text
