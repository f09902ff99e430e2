"""What browsers are answered."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from web_shelf import FEEDS, Shelf, StoreDownError, article, client, source, tree, words_of

from feeds.web.contract import Health
from feeds.web.pages import PAGE_SIZE
from storage.model import Attachment

PAGES = ("/", "/?before=5", "/articles/1", "/articles/404", "/nowhere", *FEEDS, "/healthz", "/robots.txt", "/static/vestnik.css")


async def test_the_list_shows_of_each_article_what_one_chooses_by():
    attached = article(
        title="О <заседании>",
        published=date(2026, 3, 13),
        language="be",
        revision=2,
        attachments=(Attachment("https://mpt.gov.by/a.pdf", "a"), Attachment("https://mpt.gov.by/b.pdf", "b")),
    )
    async with client(Shelf([attached])) as web:
        shown = (await tree(web, "/")).css_first("article")
    assert shown.attributes["lang"] == "be"
    assert (shown.css_first("h2 a").text(), shown.css_first("h2 a").attributes["href"]) == ("О <заседании>", "/articles/1")
    meta = words_of(shown.css_first(".meta"))
    for said in ("Минсвязи", "13 марта 2026 г.", "беларуская", "2 вложения", "редакция 2"):
        assert said in meta
    assert shown.css_first(".meta").attributes["lang"] == "ru"
    assert shown.css_first(".meta a").attributes["href"] == "https://mpt.gov.by/ru/node/1"


async def test_an_undated_article_is_said_to_be_so_with_the_time_in_the_readers_zone():
    async with client() as web:
        assert "без даты, замечена 14 марта 2026 г., 12:05" in words_of((await tree(web, "/")).css_first("article .meta"))


async def test_paging_back_shows_every_article_once():
    numbers = list(range(PAGE_SIZE * 2 + 5, 0, -1))
    seen, path = [], "/"
    async with client(Shelf([article(number) for number in numbers])) as web:
        while path:
            shown = await tree(web, path)
            seen += [int(link.attributes["href"].rpartition("/")[2]) for link in shown.css("article h2 a")]
            onward = shown.css_first("a[rel=next]")
            path = onward and onward.attributes["href"]
    assert seen == numbers


@pytest.mark.parametrize("count", [0, 1, PAGE_SIZE])
async def test_there_is_no_link_to_earlier_articles_where_there_are_none(count):
    async with client(Shelf([article(number) for number in range(count, 0, -1)])) as web:
        assert (await tree(web, "/")).css_first("a[rel=next]") is None


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({}, "прочитан 14 марта 2026 г., 12:05 · 5 публикаций"),
        ({"failures": 2, "error": "HTTP 503"}, "не читается: HTTP 503; последний раз прочитан 14 марта 2026 г., 12:05"),
        ({"failures": 1, "error": "", "first_good_at": None, "last_good_at": None}, "не читается: причина не записана"),
        ({"first_good_at": None, "last_good_at": None}, "ещё не читали"),
    ],
)
async def test_each_source_tells_its_state_in_words(state, said):
    async with client(Shelf(watched=[source("ШОС", **state)])) as web:
        assert words_of((await tree(web, "/")).css_first(".sources li")) == f"ШОС {said}"


@pytest.mark.parametrize(
    ("watched", "demo"),
    [([], True), ([source(first_good_at=None, last_good_at=None)], True), ([source(), source(first_good_at=None)], False)],
)
async def test_where_nothing_has_been_read_yet_the_demo_is_mentioned(watched, demo):
    async with client(Shelf([], watched)) as web:
        assert ("vestnik demo" in (await web.get("/")).text) is demo


async def test_a_long_list_of_sources_does_not_push_the_articles_away():
    async with client(Shelf(watched=[source(f"Источник {number}", failures=number % 2) for number in range(44)])) as web:
        sources = (await tree(web, "/")).css_first("details.sources")
    assert "open" not in sources.attributes
    assert words_of(sources.css_first("summary")) == "44 источника, 22 не читаются"


async def test_an_articles_page_has_all_that_is_known_of_it():
    known = article(
        html="<h2>Повестка</h2><p>Весь <b>текст</b></p>",
        author="Пресс-служба",
        language="en",
        revision=3,
        published=datetime(2026, 3, 13, 21, 30, tzinfo=UTC),
        attachments=(Attachment("https://mpt.gov.by/a.pdf", "Протокол № 5"),),
    )
    known = replace(known, locations=(known.url, "https://минсвязи.бел/node/1", "javascript:alert(1)"))
    async with client(Shelf([known])) as web:
        shown = (await tree(web, "/articles/1")).css_first("article")
    assert shown.attributes["lang"] == "en"
    assert shown.css_first("h1").text() == "О заседании"
    assert shown.css_first(".text").inner_html == "<h2>Повестка</h2><p>Весь <b>текст</b></p>"
    meta = words_of(shown.css_first(".meta"))
    for said in ("опубликована 14 марта 2026 г., 00:30", "Автор: Пресс-служба", "редакция 3, записана 14 марта 2026 г., 12:05"):
        assert said in meta
    assert shown.css_first(".original a").attributes["href"] == "https://mpt.gov.by/ru/node/1"
    links = [(link.text(), link.attributes["href"]) for link in shown.css(".links a")]
    assert links == [("Протокол № 5", "https://mpt.gov.by/a.pdf"), ("https://минсвязи.бел/node/1", "https://минсвязи.бел/node/1")]


async def test_a_document_is_shown_with_its_text_or_with_the_reason_why_there_is_none():
    read = Attachment("https://mpt.gov.by/a.pdf", "Протокол", text=f"Решили: {HOSTILE}\n\nСрок — до мая.")
    refused = Attachment("https://mpt.gov.by/b.pdf", "Таблица", error="it is protected by a password")
    async with client(Shelf([article(attachments=(read, refused))])) as web:
        first, second = (await tree(web, "/articles/1")).css(".links li")
    said, until = (paragraph.text() for paragraph in first.css("details p"))
    assert HOSTILE.startswith(said.removeprefix("Решили: "))
    assert until == "Срок — до мая."
    assert words_of(second).endswith("Текст не прочитан: it is protected by a password")


async def test_an_article_whose_text_is_not_kept_says_so():
    async with client(Shelf([replace(article(text="", revision=0), url="", source="")])) as web:
        shown = await tree(web, "/articles/1")
    assert "Текст этой публикации ещё не прочитан." in words_of(shown.body)
    assert shown.css_first(".original") is None


async def test_images_of_other_sites_are_named_and_not_loaded():
    async with client(Shelf([article(html='<p>Фото <img src="https://mpt.gov.by/a.jpg" alt="x"></p>')])) as web:
        shown = await tree(web, "/articles/1")
    assert shown.css("img") == []
    assert "Изображения не загружаются" in words_of(shown.body)


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)><style>*{}</style><iframe src="//x"></iframe>\x00\ud800'


async def test_nothing_hostile_comes_through_as_markup():
    bad = article(
        title=HOSTILE,
        text=HOSTILE,
        html=HOSTILE,
        author=HOSTILE,
        language=HOSTILE,
        attachments=(Attachment("javascript:alert(1)", HOSTILE),),
    )
    bad = replace(bad, source=HOSTILE, url="javascript:alert(1)", locations=("javascript:alert(1)",))
    async with client(Shelf([bad], [source(HOSTILE, failures=1, error=HOSTILE)])) as web:
        for path in ("/", "/articles/1"):
            answer = await web.get(path)
            shown = LexborHTMLParser(answer.text)
            assert answer.status_code == 200
            assert shown.css("script, style, img, iframe, [onerror], [style]") == []
            assert [link for link in shown.css("[href], [src]") if "javascript" in (link.attributes.get("href") or "")] == []
            assert "&lt;script&gt;" in answer.text


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=50))
def test_any_text_makes_a_page_that_is_whole(text):
    async def look():
        async with client(Shelf([replace(article(title=text, text=text, html=text, author=text), source=text)])) as web:
            return [await web.get(path) for path in ("/", "/articles/1")]

    for answer in asyncio.run(look()):
        assert answer.status_code == 200
        assert answer.content.rstrip().endswith(b"</html>")


@pytest.mark.parametrize("path", PAGES)
async def test_every_answer_forbids_what_a_page_of_ours_never_needs(path):
    async with client() as web:
        headers = (await web.get(path)).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", "/articles/1", "/nowhere"])
async def test_a_page_loads_nothing_from_elsewhere_and_nothing_inline(path):
    async with client() as web:
        shown = await tree(web, path)
        loaded = [link.attributes["href"] for link in shown.css('link[rel="stylesheet"], link[rel="icon"]')]
        assert [(await web.get(address)).status_code for address in loaded] == [200, 200]
        style = (await web.get("/static/vestnik.css")).text
    assert all(address.startswith("/static/") for address in loaded)
    assert shown.css("script, style, [style], [onclick], img, iframe") == []
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("path", ["/", "/articles/1", "/nowhere"])
async def test_a_page_is_built_for_those_who_listen_to_it(path):
    async with client() as web:
        shown = await tree(web, path)
    assert shown.css_first("html").attributes["lang"] == "ru"
    assert shown.css_first("title").text().strip()
    assert [len(shown.css(name)) for name in ("h1", "main")] == [1, 1]
    assert shown.css_first("a.skip").attributes["href"] == f"#{shown.css_first('main').id}"
    assert all(link.text().strip() for link in shown.css("a"))


async def test_feeds_are_found_from_every_page():
    async with client() as web:
        for path in ("/", "/articles/1"):
            found = (await tree(web, path)).css('link[rel="alternate"]')
            for link in found:
                answer = await web.get(link.attributes["href"])
                assert answer.headers["content-type"].startswith(link.attributes["type"])
            assert len(found) == 2


async def test_behind_a_proxy_that_adds_a_path_every_link_has_it():
    async with client(Shelf([article(number) for number in range(40, 0, -1)]), base_url="https://news.example/vestnik/") as web:
        shown = await tree(web, "/")
        parsed = feedparser.parse((await web.get("/feeds/all.rss")).content)
    ours = [link.attributes["href"] for link in shown.css("[href]")]
    ours = [address for address in ours if not address.startswith(("#", "https://mpt.gov.by/"))]
    assert {address.startswith(("/vestnik/", "https://news.example/vestnik/feeds/")) for address in ours} == {True}
    assert parsed.feed.link == "https://news.example/vestnik/"


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/articles/1/",
        "/articles/2",
        "/articles/0x1",
        "/articles/-1",
        "/articles/" + "9" * 19,
        "/articles/" + "9" * 5000,
        "/articles/١",
    ],
)
async def test_what_is_not_there_is_said_in_words(path):
    async with client() as web:
        answer = await web.get(path)
    assert answer.status_code == 404
    assert "Такой страницы нет" in answer.text


@pytest.mark.parametrize("before", ["", "x", "-1", "1_0", "9" * 19, "9" * 5000])
async def test_a_wrong_page_address_is_told_from_an_empty_page(before):
    async with client() as web:
        assert (await web.get("/", params={"before": before})).status_code == 400
        assert (await web.get("/", params={"before": "1"})).status_code == 200


@pytest.mark.parametrize("path", ["/", "/articles/1", *FEEDS, "/healthz", "/robots.txt", "/static/vestnik.css"])
async def test_pages_can_be_read_and_asked_about_but_not_written_to(path):
    async with client() as web:
        got, asked, written = await web.get(path), await web.head(path), await web.post(path)
    assert (got.status_code, asked.status_code, written.status_code) == (200, 200, 405)
    assert set(written.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert "Страницы можно только читать." in written.text
    assert {name: asked.headers[name] for name in ("content-length", "content-type")} == {
        name: got.headers[name] for name in ("content-length", "content-type")
    }


@pytest.mark.parametrize("path", ["/", "/articles/1", *FEEDS])
@pytest.mark.parametrize(
    ("error", "status", "said"), [(StoreDownError("disk\nSELECT secret"), 503, "База данных"), (RuntimeError("secret"), 500, "не удалось")]
)
async def test_a_store_that_fails_is_told_in_words_without_a_traceback(path, error, status, said):
    async with client(Shelf(down=error)) as web:
        answer = await web.get(path)
    assert answer.status_code == status
    assert said in answer.text
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_a_store_that_fails_is_logged_without_its_statement(caplog):
    async with client(Shelf(down=StoreDownError("disk I/O error\n[SQL: SELECT secret]"))) as web:
        await web.get("/")
    assert "disk I/O error" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("health", "status", "told"),
    [
        (Health(ok=True, words=("все источники читаются",)), 200, {"ok": True, "words": ["все источники читаются"]}),
        (Health(ok=False, words=("диск полон", "x")), 503, {"ok": False, "words": ["диск полон", "x"]}),
        (StoreDownError("x"), 503, {"ok": False, "words": ["the database does not answer (StoreDownError)"]}),
    ],
)
async def test_health_is_told_to_machines_and_in_words(health, status, told):
    async with client(health=health) as web:
        answer = await web.get("/healthz")
    assert (answer.status_code, answer.json()) == (status, told)
    assert answer.headers["cache-control"] == "no-store"


async def test_search_engines_are_sent_away_and_feed_readers_are_not():
    async with client() as web:
        assert (await web.get("/robots.txt")).text == "User-agent: *\nAllow: /feeds/\nDisallow: /\n"
