"""Pages and feeds made to take time or memory: each ends as the trouble of that page, and the next page is read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from collector.child import Children
from collector.discover import read_entry_point
from collector.discover.listing import read_listing
from collector.extract.article import read_article
from collector.page import Page, PageError, Trouble
from collector.sites import ListingRules, Site, plain_site
from storage.model import Link

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SITE = plain_site("example", "http://example.org/", ("example.org",))
LINK = Link("http://example.org/a", "example.org/a")
RSS = '<?xml version="1.0"?><rss version="2.0"><channel>'


def page(text: str) -> Page:
    return Page("http://example.org/a", "http://example.org/a", "text/html", text.encode())


def rows(count: int, title: str = "Министерство связи сообщает новость номер") -> str:
    return "".join(f"<p><a href='/{number}'>{title} {number}</a></p>" for number in range(count))


@pytest.fixture
async def children() -> AsyncIterator[Children]:
    made = Children(deadline=1, memory=200_000_000)
    yield made
    made.close()


async def goes_on(children: Children) -> bool:
    """Whether the next page of the same source, and of another, is read as ever."""
    read = [
        await children.lane(name, 30).run(read_entry_point, page(f"<main>{rows(5)}</main>"), SITE, NOW) for name in ("hostile", "other")
    ]
    return [len(listed.links) for listed in read] == [5, 5]


# --- time ---------------------------------------------------------------------------------------------------------------------------------

ENDLESS = {
    "unclosed elements, a megabyte": lambda: "<div>" * 200_000,
    "nested elements that are closed": lambda: "<div>" * 200_000 + "</div>" * 200_000,
    "nested lists": lambda: "<ul><li>" * 150_000,
    "attributes of one element": lambda: f"<div {' '.join(f'a{number}=1' for number in range(200_000))}>",
    "formatting nested wrongly": lambda: "<p>" + "<b><i><a href=x>" * 100_000 + "<table>" * 60_000,
    "options": lambda: "<select>" + "<option>" * 1_000_000,
    "feed: nested entries": lambda: RSS + "<item>" * 300_000,
    "feed: nested markup": lambda: f'{RSS}<item><link>http://example.org/1</link><description type="xhtml">' + "<div>" * 1_000_000,
}


@pytest.mark.parametrize("made", ENDLESS.values(), ids=ENDLESS)
async def test_a_page_made_to_take_long_ends_in_trouble_and_the_next_is_read(made: Callable[[], str], children: Children) -> None:
    with pytest.raises(PageError):
        await children.lane("hostile").run(read_entry_point, page(made()), SITE, NOW)
    assert await goes_on(children)


# --- memory -------------------------------------------------------------------------------------------------------------------------------

HUNGRY = {
    "elements, four million": lambda: "<h1>Новость</h1><p>" + "<br>" * 4_000_000,
    "paragraphs": lambda: "<h1>Новость</h1>" + "<p>" * 3_000_000,
    "feed: a deep tree": lambda: RSS + "<a>" * 3_000_000,
}


@pytest.mark.parametrize("made", HUNGRY.values(), ids=HUNGRY)
async def test_a_page_made_to_take_memory_ends_in_trouble_and_the_next_is_read(made: Callable[[], str], children: Children) -> None:
    body = page(made())
    with pytest.raises(PageError, match="memory"):
        await children.lane("hostile", 60).run(read_entry_point if "<rss" in made() else read_article, *arguments(body))
    assert await goes_on(children)


def arguments(body: Page) -> tuple[object, ...]:
    return (body, SITE, NOW) if b"<rss" in body.body else (body, SITE, LINK, NOW)


# --- numbers ------------------------------------------------------------------------------------------------------------------------------

FLOODS = {
    "links": lambda: "<main>" + "<A HREF='/x'>y</A>" * 300_000,
    "entries": lambda: RSS + "<item><link>http://example.org/1</link></item>" * 60_000 + "</channel></rss>",
    "entries with a prefix": lambda: "<rdf:RDF>" + "<rss:item />" * 60_000,
}


@pytest.mark.parametrize("made", FLOODS.values(), ids=FLOODS)
def test_far_too_many_links_are_too_large_before_any_is_made(made: Callable[[], str]) -> None:
    with pytest.raises(PageError, match="50,000") as raised:
        read_entry_point(page(made()), SITE, NOW)
    assert raised.value.trouble is Trouble.TOO_LARGE


@pytest.mark.parametrize("entities", ["&#1;", "&nbsp;", "&#x10ffff;", "&lt;"])
async def test_ten_megabytes_of_entities_are_read_or_refused_and_the_next_page_is_read(entities: str, children: Children) -> None:
    made = "<h1>Новость</h1><p>" + entities * (10_000_000 // len(entities))
    with suppress(PageError):
        reading = await children.lane("hostile", 20).run(read_article, page(made), SITE, LINK, NOW)
        assert len(reading.content.text) <= 1_000_001
    assert await goes_on(children)


ENTITIES = '<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n > 1 else "&a;" * 10}">' for n in range(1, 10))
DOCTYPES = {
    "entities of entities": f"<!DOCTYPE rss [{ENTITIES}]>",
    "a long one": "<!DOCTYPE rss [" + '<!ENTITY a "aaaaaaaaaa">' * 100_000 + "]>",
}


@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES)
async def test_a_feed_is_not_unfolded_by_its_doctype(doctype: str, children: Children) -> None:
    # the root must stand near the beginning to be known for a feed
    made = f'<?xml version="1.0"?><!-- <rss > -->{doctype}<rss version="2.0"><channel><item><link>http://example.org/1</link><title>&a9;</title>'
    with suppress(PageError):
        listed = await children.lane("hostile", 20).run(read_entry_point, page(f"{made}</item></channel></rss>"), SITE, NOW)
        assert all(len(link.title) <= 1000 for link in listed.links)
    assert await goes_on(children)


def test_titles_and_teasers_are_cut() -> None:
    long = "новость " * 1000
    rules = ListingRules(container="main", row="p", link="a", teaser="i")
    found = read_listing(f"<main><p><a href=/1>{long}</a><i>{long}</i></p></main>", SITE.url, with_rules(rules), NOW)
    assert found is not None
    (link,) = found.links
    assert (len(link.title), len(link.teaser)) == (1000, 2000)
    (link,) = read_entry_point(
        page(f"{RSS}<item><link>http://example.org/1</link><title>{long}</title></item></channel></rss>"), SITE, NOW
    ).links
    assert len(link.title) == 1000


def with_rules(rules: ListingRules) -> Site:
    return replace(SITE, listing=(rules,))


def test_a_directory_of_files_is_cut() -> None:
    files = "".join(f"<a href='/{number}.pdf'>{'приказ ' * 500}</a>" for number in range(600))
    made = f"<h1>Приказы</h1><article><p>{'Министерство публикует приказы. ' * 5}</p><p>{files}</p></article>"
    attachments = read_article(page(made), SITE, LINK, NOW).content.attachments
    assert len(attachments) == 500
    assert all(len(found.name) <= 1001 for found in attachments)


def test_a_list_without_rows_is_read_in_one_go() -> None:
    # counting the links around each link anew would take minutes
    made = "<main>" + "".join(f"<a href='/{number}'>Министерство связи сообщает {number}</a><br>" for number in range(20_000))
    assert len(read_entry_point(page(made), SITE, NOW).links) == 20_000
