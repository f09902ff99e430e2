"""How a site publishes, found by one address of it: whole small sites, and the choice as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest
import small_sites
from hypothesis import given
from hypothesis import strategies as st
from raw_web import LIMITS, LOOPBACK
from small_sites import NOW, Pages, Served, served

from collector.address import family_of, host_of, link_key
from collector.cadence import Cadence
from collector.child import Children
from collector.discover.choice import Found, choose, is_about_its_text
from collector.discover.suggest import About, guesses, is_front_page, preview_of, sitemaps, suggested
from collector.discover.survey import Survey, range_of, survey
from collector.fetch import Fetcher
from collector.page import PageError, Trouble
from collector.sites import plain_site
from collector.tools import Source, Tools
from storage.model import Content, Link

BASE = "https://example.org"


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    made = Children(deadline=5, memory=200_000_000, count=1)
    yield made
    made.close()


async def surveyed(site: Served, children: Children, path: str = "/") -> Survey:
    url = f"{site.url}{path}"
    hosts = (host_of(url),)
    minute = timedelta(minutes=1)
    cadence = Cadence(minute, minute, minute, minute, minute, minute, minute, minute)
    source = Source("x", plain_site("x", url, hosts), family_of("x", hosts), cadence)
    async with Fetcher("Vestnik-test", replace(LIMITS, body=10_000_000), LOOPBACK) as fetcher:
        tools = Tools(cast("Any", None), cast("Any", None), fetcher, children, lambda: NOW, minute)
        return await survey(source, tools, url)


def shown(found: Found | None, site: Served) -> tuple[str, str]:
    return (found.kind, found.url.removeprefix(site.url)) if found is not None else ("", "")


# --- whole sites ------------------------------------------------------------------------------------------------------------------------

PRESS, TARIFFS = "/category/press/", "/uslugi/tarify"
EDITS, RULES = "/index.php?title=%D0%A1%D0%BB%D1%83%D0%B6:%D0%9F%D1%80&feed=atom", "/index.php/%D0%9F%D1%80%D0%B0%D0%B2%D0%B8%D0%BB%D0%B0"
SITES: dict[str, tuple[Pages, str, tuple[str, str], tuple[str, str]]] = {
    "WordPress": (small_sites.wordpress(), "/", ("feed", "/feed/"), ("listing", "/")),
    "a section of WordPress": (small_sites.wordpress(), PRESS, ("feed", f"{PRESS}feed/"), ("listing", PRESS)),
    "WordPress by its feed": (small_sites.wordpress(), "/feed/", ("feed", "/feed/"), ("listing", "/")),
    "WordPress by its interface": (small_sites.wordpress(), "/wp-json/wp/v2/posts", ("json", "/wp-json/wp/v2/posts"), ("", "")),
    "WordPress by its sitemap": (small_sites.wordpress(), "/wp-sitemap.xml", ("sitemap", "/wp-sitemap.xml"), ("", "")),
    "a list of Hugo, without dates": (small_sites.hugo(), "/posts/", ("feed", "/posts/index.xml"), ("listing", "/posts/")),
    "Hugo's front page, without a list": (small_sites.hugo(), "/", ("feed", "/index.xml"), ("sitemap", "/sitemap.xml")),
    "a list of Bitrix, without a feed": (small_sites.bitrix(), "/novosti/", ("listing", "/novosti/"), ("nodes", "/novosti/{n}/")),
    "Bitrix's front page, without a list": (small_sites.bitrix(), "/", ("listing", "/novosti/"), ("nodes", "/novosti/{n}/")),
    "Drupal, whose feed an icon leads to": (small_sites.drupal(), "/", ("feed", "/rss.xml"), ("listing", "/")),
    "a page that tells of feeds": (small_sites.page_of_feeds(), "/", ("feed", "/rss/all.xml"), ("listing", "/")),
    "a feed that ended years ago": (small_sites.stale_feed(), "/", ("listing", "/"), ("nodes", "/news/{n}/")),
    "a feed that is none": (small_sites.broken_feed(), "/", ("listing", "/"), ("nodes", "/news/{n}/")),
    "a feed of comments": (small_sites.comments_only(), "/", ("listing", "/"), ("nodes", "/news/{n}/")),
    "a section that the site's feed leaves out": (small_sites.section(), "/orders/", ("listing", "/orders/"), ("nodes", "/orders/{n}/")),
    "a page with nothing but a text": (small_sites.text_alone(), TARIFFS, ("page", TARIFFS), ("", "")),
    "a page with a text on a site with a feed": (small_sites.text_with_feed(), TARIFFS, ("feed", "/rss.xml"), ("page", TARIFFS)),
    "a page with a text beside a list": (small_sites.text_beside_list(feed=False), TARIFFS, ("page", TARIFFS), ("listing", TARIFFS)),
    "a page with a text beside a list, and a feed": (small_sites.text_beside_list(), TARIFFS, ("feed", "/rss.xml"), ("page", TARIFFS)),
    "pages that scripts write": (small_sites.scripted(), "/", ("feed", "/rss.xml"), ("nodes", "/news/{n}/")),
    "MediaWiki": (small_sites.mediawiki(), "/", ("feed", "/index.php?title=Special:NewPages&feed=atom"), ("page", "/")),
    "MediaWiki without new pages": (small_sites.mediawiki(new_pages=False), "/", ("feed", EDITS), ("page", "/")),
    "a page of MediaWiki without new pages": (small_sites.mediawiki(new_pages=False), RULES, ("page", RULES), ("", "")),
    "DokuWiki": (small_sites.dokuwiki(), "/", ("feed", "/feed.php?linkto=current"), ("page", "/")),
}  # fmt: skip


@pytest.mark.parametrize(("pages", "path", "chosen", "second"), SITES.values(), ids=SITES)
async def test_a_site_is_found_by_an_address_of_it(
    pages: Pages, path: str, chosen: tuple[str, str], second: tuple[str, str], children: Children
) -> None:
    with served(pages) as site:
        found = await surveyed(site, children, path)
        assert (shown(found.chosen, site), shown(found.second, site)) == (chosen, second), found.why
        assert found.why
        assert len(site.asked) <= 12
        assert len(set(site.asked)) == len(site.asked)


async def test_what_was_chosen_shows_the_newest_publications(children: Children) -> None:
    with served(small_sites.wordpress()) as site:
        found = await surveyed(site, children)
        assert found.chosen is not None
        newest = found.chosen.links[0]
        (first, *_) = small_sites.posts(8, "/{date:%Y/%m}/post-{number}/")
        assert (newest.url, newest.title) == (site.url + first.path, first.title)
        assert newest.published == first.at


async def test_a_channels_preview_is_a_list_with_the_whole_texts(children: Children) -> None:
    with served(small_sites.channel()) as site:
        found = await surveyed(site, children, "/s/vedomstvo")
        assert shown(found.chosen, site) == ("listing", "/s/vedomstvo")
        assert found.chosen is not None
        assert len(found.chosen.links) == 6
        assert all(link.whole is not None and small_sites.TEXT.strip() in link.whole.text for link in found.chosen.links)


async def test_every_way_is_told_of_with_what_it_gives_or_why_not(children: Children) -> None:
    with served(small_sites.broken_feed()) as site:
        found = await surveyed(site, children)
        told = {one.url.removeprefix(site.url): (one.kind, bool(one.error)) for one in found.found}
        assert told["/"] == ("listing", False)
        assert told["/rss.xml"] == ("feed", True)
        assert told["/sitemap.xml"] == ("sitemap", True)


async def test_an_index_of_sitemaps_shows_what_its_parts_name(children: Children) -> None:
    with served(small_sites.wordpress()) as site:
        found = await surveyed(site, children, "/wp-sitemap.xml")
        assert found.chosen is not None
        assert "/wp-sitemap-posts-post-1.xml" in site.asked
        assert len(found.chosen.links) >= 8


async def test_scripts_are_named_where_they_write_the_page_and_nothing_else_is_there(children: Children) -> None:
    pages = small_sites.scripted()
    with served({"/": pages["/"].replace("alternate", "nothing")}) as site:
        found = await surveyed(site, children)
        assert found.chosen is None
        assert "scripts write the page" in found.why


async def test_an_address_that_can_not_be_had_is_trouble_and_nothing_else_is_asked(children: Children) -> None:
    with served({}) as site:
        with pytest.raises(PageError) as raised:
            await surveyed(site, children, "/none")
        assert raised.value.trouble is Trouble.GONE
        assert site.asked == ["/none"]


@pytest.mark.parametrize(
    "made", ["<div>" * 200_000, "<p><b><i><a href=x>" * 60_000, "<a href=x>x</a>" * 60_000], ids=["deep", "wrongly nested", "links"]
)
async def test_a_page_made_to_take_long_ends_in_words_and_its_site_is_asked_no_more(made: str, children: Children) -> None:
    with served({"/": f"<html><body>{made}"}) as site:
        with pytest.raises(PageError) as raised:
            await surveyed(site, children)
        assert raised.value.words
        assert site.asked == ["/"]


# --- the choice -------------------------------------------------------------------------------------------------------------------------


def links(*numbers: int, days: int | None = 0, host: str = BASE, path: str = "/news/") -> tuple[Link, ...]:
    """Publications, the first of them so many days old, and each a day older than the one before; `None` for undated ones."""
    return tuple(
        Link(f"{host}{path}{number}", link_key(f"{host}{path}{number}"), f"Министерство сообщает о событии {number}", _day(days, age))
        for age, number in enumerate(numbers)
    )


def _day(days: int | None, age: int) -> date | None:
    return None if days is None else (NOW - timedelta(days=days + age)).date()


FRONT, SECTION = f"{BASE}/", f"{BASE}/press/"
NEW, OLD, OTHER = links(*range(20, 10, -1)), links(*range(20, 10, -1), days=200), links(*range(90, 80, -1))
UNDATED = links(*range(20, 10, -1), days=None)
FEED, SITEMAP, JSON = f"{BASE}/rss.xml", f"{BASE}/sitemap.xml", f"{BASE}/api/news"


def listing(shown: tuple[Link, ...] = NEW, url: str = FRONT, error: str = "") -> Found:
    return Found(url, "listing", shown, error=error)


def feed(shown: tuple[Link, ...] = NEW, **more: Any) -> Found:
    return Found(FEED, "feed", shown, **more)


NONE = listing((), error="no list")
DEEP_NONE = listing((), SECTION, "no list")
ASIDE_LIST = Found(SECTION, "listing", NEW, aside=True)
TEXT = Found(SECTION, "page", links(1))
FRONT_TEXT = Found(FRONT, "page", links(1))
POSTS, PAGES = Found(JSON, "json", NEW), Found(SITEMAP, "sitemap", links(*range(40, 0, -1), days=None))
NEWS = Found(SITEMAP, "sitemap", NEW)
NODES = Found(f"{BASE}/news/{{n}}", "nodes", NEW, highest=20)

CHOICES: dict[str, tuple[tuple[Found, ...], Found | None, Found | None]] = {
    "a feed that shows what the page shows": ((listing(), feed()), feed(), listing()),
    "a feed without dates that shows what the page shows": ((listing(UNDATED), feed(UNDATED)), feed(UNDATED), listing(UNDATED)),
    "a feed of five on a page of ten": ((listing(), feed(NEW[:5])), feed(NEW[:5]), listing()),
    "a section's feed": ((listing(NEW, SECTION), feed()), feed(), listing(NEW, SECTION)),
    "a section that the feed leaves out": ((listing(NEW, SECTION), feed(OTHER)), listing(NEW, SECTION), None),
    "a front page beside the feed of the whole site": ((listing(NEW), feed(OTHER)), feed(OTHER), None),
    "an old feed at a front page without dates": (
        (listing(links(1, 2, 3, days=None)), feed(links(7, 8, 9, days=90))), listing(links(1, 2, 3, days=None)), None),
    "a feed that ended": ((listing(), feed(OLD)), listing(), None),
    "a feed a month behind, as caches are not": ((listing(), feed(links(*range(20, 10, -1), days=31))), listing(), None),
    "a feed a week behind": ((listing(), feed(links(*range(20, 10, -1), days=7))), feed(links(*range(20, 10, -1), days=7)), listing()),
    "the first feed that fits": (
        (listing(NEW, SECTION), feed(OTHER), feed(NEW, how="second")), feed(NEW, how="second"), listing(NEW, SECTION)),
    "an empty feed": ((listing(), feed(())), listing(), None),
    "a feed that can't be read": ((listing(), feed((), error="it is damaged")), listing(), None),
    "a page without a list, and a feed": ((NONE, feed()), feed(), None),
    "a page with a text, whose head names a feed": ((DEEP_NONE, feed(), TEXT), feed(), TEXT),
    "a page with a text, and a feed that was guessed": ((DEEP_NONE, feed(guessed=True), TEXT), TEXT, None),
    "a front page with a text, and a feed that was guessed": ((NONE, feed(guessed=True), FRONT_TEXT), feed(guessed=True), FRONT_TEXT),
    "a text beside a list": ((ASIDE_LIST, TEXT), TEXT, ASIDE_LIST),
    "a text beside a list, and a feed that shows it": ((ASIDE_LIST, feed(), TEXT), feed(), TEXT),
    "a text beside a list, and a feed of something else": ((ASIDE_LIST, feed(OTHER), TEXT), TEXT, ASIDE_LIST),
    "a text beside a list, and a feed that was guessed": ((ASIDE_LIST, feed(guessed=True), TEXT), TEXT, ASIDE_LIST),
    "a feed of comments and a list": ((listing(), feed(about=About.COMMENTS)), listing(), None),
    "a feed of comments and nothing else": ((NONE, feed(about=About.COMMENTS)), feed(about=About.COMMENTS), None),
    "a wiki's edits and a text": ((DEEP_NONE, feed(about=About.EDITS), TEXT), TEXT, None),
    "a wiki's edits and its front page": ((NONE, feed(about=About.EDITS), FRONT_TEXT), feed(about=About.EDITS), FRONT_TEXT),
    "a wiki's edits and nothing else": ((NONE, feed(about=About.EDITS)), feed(about=About.EDITS), None),
    "a list and the posts of WordPress": ((listing(), POSTS), listing(), POSTS),
    "the posts of WordPress alone": ((NONE, POSTS, PAGES), POSTS, PAGES),
    "a sitemap alone, at the front page": ((NONE, PAGES, FRONT_TEXT), PAGES, FRONT_TEXT),
    "a sitemap alone, at a page with a text": ((DEEP_NONE, PAGES, TEXT), TEXT, None),
    "a sitemap beside a list at the front page": ((listing(), PAGES), listing(), PAGES),
    "a sitemap of the whole site beside a section": (
        (listing(NEW[5:], SECTION), PAGES), listing(NEW[5:], SECTION), None),
    "a sitemap of news is a feed": ((listing(), NEWS), NEWS, listing()),
    "numbers beside a list": ((listing(), NODES), listing(), NODES),
    "numbers far apart beside a list": (
        (listing(), Found(NODES.url, "nodes", links(9000, 5000, 20), highest=9000)), listing(), None),
    "numbers alone": ((NONE, NODES), NODES, None),
    "the address itself is a feed": ((feed(), listing()), feed(), listing()),
    "the address itself is an empty feed": ((feed(()),), feed(()), None),
    "the address itself is a sitemap": ((PAGES, feed()), PAGES, feed()),
    "a list that is empty today": ((listing(()),), listing(()), None),
    "nothing at all": ((NONE,), None, None),
}  # fmt: skip


@pytest.mark.parametrize(("found", "chosen", "second"), CHOICES.values(), ids=CHOICES)
def test_the_best_way_is_chosen_and_another_that_checks_it(found: tuple[Found, ...], chosen: Found | None, second: Found | None) -> None:
    made = choose(found, NOW)
    assert (made.chosen, made.second) == (chosen, second), made.why
    assert made.why


ROWS = tuple(replace(link, teaser=f"Сегодня по вопросу {link.url[-2:]} состоялось совещание с участием операторов") for link in NEW)
PLAIN_TEXT = small_sites.TEXT * 20


@pytest.mark.parametrize(
    ("text", "shown", "about"),
    [
        (PLAIN_TEXT, ROWS[:4], True),
        # an introduction
        (PLAIN_TEXT[:400], ROWS[:4], False),
        # the list says more
        (PLAIN_TEXT, ROWS * 4, False),
        # the text is the list's own
        ("\n\n".join(f"{row.title}\n{PLAIN_TEXT[:600]}" for row in NEW), NEW, False),
        (f"{ROWS[0].teaser}. {PLAIN_TEXT}", ROWS[:4], False),
        # one of the others is named in it
        (f"{PLAIN_TEXT} {NEW[0].title}.", NEW[:6], True),
    ],
)
def test_a_page_is_about_its_text_where_that_is_no_list(text: str, shown: tuple[Link, ...], about: bool) -> None:
    assert is_about_its_text(Content("Тарифы", text), shown) is about


def test_mirrors_and_titles_tell_that_two_ways_show_the_same() -> None:
    mirrored = links(*range(20, 10, -1), host="https://www.example.net")
    elsewhere = tuple(Link(f"{BASE}/go?x={link.url[-2:]}", f"go{link.url[-2:]}", link.title) for link in NEW)
    assert choose((listing(NEW, SECTION), feed(mirrored)), NOW).chosen == feed(mirrored)
    assert choose((listing(NEW, SECTION), feed(elsewhere)), NOW).chosen == feed(elsewhere)


ASIDE = (("/c", "Comments"), ("https://feeds.example.net/x", ""), ("/feed/", ""))


# --- what a page names ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<link rel='alternate' type='application/rss+xml' href='/rss'>", [("feed", "/rss")]),
        ("<link rel='ALTERNATE' type='application/atom+xml; charset=utf-8' href='atom.xml'>", [("feed", "/atom.xml")]),
        ("<link rel='alternate' type='application/feed+json' href='/feed.json'>", [("feed", "/feed.json")]),
        ("<link rel='alternate' type='application/json' title='JSON Feed' href='/feed.json'>", [("feed", "/feed.json")]),
        ("<link rel='alternate' type='application/json' title='JSON' href='/wp-json/wp/v2/pages/2'>", []),
        ("<link rel='alternate' hreflang='be' href='/be/'>", []),
        ("<link rel='alternate' type='application/json+oembed' href='/oembed'>", []),
        ("<link rel='stylesheet' type='text/css' href='/rss.css'>", []),
        # comments last, the own host first
        (
            "".join(small_sites.named(href, title=title) for href, title in ASIDE),
            [("feed", "/feed/"), ("feed", "https://feeds.example.net/x"), ("feed", "/c")],
        ),
        ("<a href='/rss.xml'><img src='/feed.png'></a>", [("feed", "/rss.xml")]),
        ("<a href='/last-news-feed'></a><a href='/ru/rss'>Подписаться</a>", [("feed", "/last-news-feed"), ("feed", "/ru/rss")]),
        ("<a href='/_services/rss/'>RSS</a>", [("feed", "/_services/rss/")]),
        ("<a href='/export'>RSS-лента</a>", [("feed", "/export")]),
        ("<a href='https://reader.example/add?url=http%3A%2F%2Fexample.org%2Frss'>RSS</a>", []),
        ("<a href='https://reader.example/feed/http://example.org/rss'>RSS</a>", []),
        ("<a href='/feedback'>Обратная связь</a><a href='/feedback.html'>Feedback</a><a href='/o-rss.html'>Что это</a>", []),
        ("<link rel='https://api.w.org/' href='/wp-json/'>", [("json", "/wp-json/wp/v2/posts")]),
        ("<link rel='https://api.w.org/' href='/index.php?rest_route=/'>", [("json", "/index.php?rest_route=/wp/v2/posts")]),
        ("<a href='/novosti/'>Новости</a><a href='/be/naviny'>Усе навіны</a>", [("listing", "/novosti/"), ("listing", "/be/naviny")]),
        ("<a href='https://t.me/vedomstvo'>Наш канал</a>", [("listing", "https://t.me/s/vedomstvo")]),
        ("<a href='https://t.me/share/url?url=x'>Поделиться</a><a href='https://t.me/vedomstvo/15'>Сообщение</a>", []),
        ("<!-- <link rel='alternate' type='application/rss+xml' href='/old'> -->", []),
    ],
)
def test_a_page_names_feeds_interfaces_sections_and_channels(markup: str, expected: list[tuple[str, str]]) -> None:
    found = suggested(f"<html><head></head><body>{markup}</body></html>", f"{BASE}/")
    assert [(one.kind, one.url.removeprefix(BASE)) for one in found] == expected


@pytest.mark.parametrize(
    ("href", "title", "about"),
    [
        ("/index.php?title=Special:RecentChanges&feed=atom", "Wiki Atom feed", About.EDITS),
        ("/index.php?title=Служебная:Свежие_правки&feed=atom", "Вики — Atom", About.EDITS),
        ("/index.php?title=Адмысловае:X&feed=rss", "", About.EDITS),
        ("/feed.php", "Последние изменения", About.EDITS),
        ("/feed.php?mode=list&ns=news", "Текущее пространство", About.PUBLICATIONS),
        ("/comments/feed/", "", About.COMMENTS),
        ("/feed/", "Ведомство » Лента комментариев", About.COMMENTS),
        ("/rss.xml", "Ведомство", About.PUBLICATIONS),
    ],
)
def test_feeds_of_edits_and_of_comments_are_told_from_those_of_publications(href: str, title: str, about: About) -> None:
    (found,) = suggested(f"<link rel='alternate' type='application/rss+xml' title='{title}' href='{href}'>", f"{BASE}/")
    assert found.about is about


def test_what_stands_below_a_single_publication_goes_after_the_sites_feed() -> None:
    head = small_sites.named("/2026/11/post/feed/", title="Lausunnot") + small_sites.named("/feed/")
    article = "<meta property='og:type' content='article'>"
    found = [suggested(head + more, f"{BASE}/2026/11/post/")[-1].url.removeprefix(BASE) for more in (article, "")]
    assert sorted(found) == ["/2026/11/post/feed/", "/feed/"]


def test_wikis_are_asked_for_pages_and_not_for_differences() -> None:
    head = "<meta name='generator' content='MediaWiki 1.43'><link rel='alternate' type='application/atom+xml' href='{}'>"
    found = suggested(head.format("/w/index.php?title=Служебная:Свежие_правки&amp;feed=atom"), FRONT)
    assert [one.about for one in found] == [About.PUBLICATIONS, About.EDITS]
    assert found[0].url == f"{BASE}/w/index.php?title=Special:NewPages&feed=atom"
    named = "".join(small_sites.named(href, title="Последние изменения") for href in ("/feed.php", "/feed.php?mode=list&amp;ns=news"))
    found = suggested(f"<meta name='generator' content='DokuWiki'>{named}", FRONT)
    assert [one.url.removeprefix(BASE) for one in found] == ["/feed.php?linkto=current", "/feed.php?mode=list&ns=news&linkto=current"]
    assert {one.about for one in found} == {About.PUBLICATIONS}


def test_a_sections_own_feed_goes_before_the_whole_sites() -> None:
    head = small_sites.named("/feed/") + small_sites.named("/press/feed/")
    assert [one.url.removeprefix(BASE) for one in suggested(head, f"{BASE}/press/")] == ["/press/feed/", "/feed/"]
    assert [one.url.removeprefix(BASE) for one in guesses(f"{BASE}/press")][:2] == ["/press/feed/", "/press/rss/"]
    assert all(one.guessed for one in guesses(f"{BASE}/"))


@given(
    st.text(),
    st.lists(st.sampled_from(["<a href=", "<link rel=alternate type=application/rss+xml href=", "/rss", ">", "'", "http://[", "RSS"])),
)
def test_any_page_and_any_robots_name_addresses_or_nothing(words: str, pieces: list[str]) -> None:
    found = [*suggested(words + "".join(pieces), FRONT), *sitemaps(f"Sitemap: {words}", FRONT)]
    assert all(one.url.startswith(("http://", "https://")) for one in found)
    assert range_of([words, *(one.url for one in found)]) is None


def test_robots_name_sitemaps() -> None:
    assert [one.url for one in sitemaps("User-agent: *\r\nDisallow: /x\r\nSITEMAP: /map.xml\r\n", FRONT)] == [f"{BASE}/map.xml"]
    several = "Sitemap: https://example.org/sitemap.xml\nSitemap: https://example.org/news-sitemap.xml"
    assert [one.url.removeprefix(BASE) for one in sitemaps(several, FRONT)] == ["/news-sitemap.xml", "/sitemap.xml"]
    assert [one.url for one in sitemaps("# Sitemap: none\n", FRONT)] == [f"{BASE}/sitemap.xml"]


@pytest.mark.parametrize(
    ("url", "read_at"),
    [
        ("https://t.me/vedomstvo", "https://t.me/s/vedomstvo"),
        ("http://T.me/vedomstvo/", "https://t.me/s/vedomstvo"),
        ("https://t.me/s/vedomstvo", "https://t.me/s/vedomstvo"),
        ("https://t.me/vedomstvo/15", "https://t.me/vedomstvo/15"),
        ("https://t.me/+AbCdEf", "https://t.me/+AbCdEf"),
        ("https://example.org/vedomstvo", "https://example.org/vedomstvo"),
    ],
)
def test_a_channel_is_read_at_its_public_preview(url: str, read_at: str) -> None:
    assert preview_of(url) == read_at


@pytest.mark.parametrize(
    ("path", "front"),
    [("", True), ("/", True), ("/ru", True), ("/be/", True), ("/news", False), ("/?page=1", False), ("/ru/index.php", True)],
)
def test_a_front_page_is_known_by_its_address(path: str, front: bool) -> None:
    assert is_front_page(BASE + path) is front


@pytest.mark.parametrize(
    ("paths", "template", "highest"),
    [
        (("/node/11", "/node/12", "/node/15"), "/node/{n}", 15),
        (("/press/news74776.htm", "/press/news74777.htm"), "", 0),
        (("/a/id=71", "/x?id=71", "/x?id=72", "/x?id=75"), "/x?id={n}", 75),
        (("/doc/9998.html", "/doc/10001.html", "/doc/10002.html"), "/doc/{n}.html", 10002),
        # what ends addresses and names no publication
        (("/archive/2024/", "/archive/2025/", "/archive/2026/"), "", 0),
        (("/news?page=12", "/news?page=13", "/news?page=14"), "", 0),
        (("/news?PAGEN_1=12", "/news?PAGEN_1=13", "/news?PAGEN_1=14"), "", 0),
        (("/page/12/", "/page/13/", "/page/14/"), "", 0),
        (("/node/11", "/node/12"), "", 0),
        (("/o-svyazi-11", "/o-markah-12", "/o-sovete-13"), "", 0),
    ],
)
def test_a_range_of_numbers_is_known_by_addresses_alike_in_all_else(paths: tuple[str, ...], template: str, highest: int) -> None:
    found = range_of(BASE + path for path in paths)
    assert (found.url.removeprefix(BASE), found.highest) == (template, highest) if found else not template


def test_dates_of_both_kinds_are_compared() -> None:
    hour = tuple(Link(link.url, link.key, link.title, datetime(2026, 11, 20 - age, 9, tzinfo=UTC)) for age, link in enumerate(NEW))
    assert choose((listing(NEW), feed(hour)), NOW).chosen == feed(hour)
