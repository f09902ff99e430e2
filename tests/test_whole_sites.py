"""Whole sites that common systems print: their way, their lists, the way to older pages, and their publications."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import quote, unquote

import blog_sites
import odd_sites
import portal_sites
import pytest
from raw_web import LIMITS, LOOPBACK
from small_sites import served
from whole_site import NOW, Pub, WholeSite

from collector.address import family_of, host_of, link_key
from collector.cadence import Cadence
from collector.child import Children
from collector.discover import Listed, read_entry_point
from collector.discover.survey import survey
from collector.extract.article import read_article
from collector.fetch import Fetcher
from collector.page import Page
from collector.sites import Site, plain_site
from collector.tools import Source, Tools
from storage.model import Link

BASE = "https://site.example"
MADE = tuple(make() for make in (*blog_sites.SITES, *portal_sites.SITES, *odd_sites.SITES))
PAGES = [pytest.param(site, n, id=f"{site.name}, page {n + 1}") for site in MADE for n in range(len(site.lists))]
ARTICLES = [pytest.param(site, path, pub, id=f"{site.name}, {n}") for site in MADE for n, (path, pub) in enumerate(site.articles)]


def site_of(path: str) -> Site:
    return plain_site("x", BASE + path, ("site.example",))


def page_of(site: WholeSite, path: str) -> Page:
    made = site.pages[path]
    # an old server does not say in which alphabet it writes
    kind, body = ("text/html; charset=utf-8", made.encode()) if isinstance(made, str) else ("text/html", made)
    url = BASE + quote(path, safe="/?&=%:#")
    return Page(url, url, kind, body)


def read(site: WholeSite, n: int) -> Listed:
    path, _ = site.lists[n]
    return read_entry_point(page_of(site, path), site_of(site.lists[0][0]), NOW)


def day_of(link: Link) -> object:
    return link.published.date() if isinstance(link.published, datetime) else link.published


@pytest.mark.parametrize(("site", "n"), PAGES)
def test_a_list_shows_its_publications_and_nothing_else(site: WholeSite, n: int) -> None:
    _, rows = site.lists[n]
    assert [(link.key, link.title, day_of(link)) for link in read(site, n).links] == [
        (link_key(BASE + quote(row.path, safe="/?&=%:#")), row.title, row.day) for row in rows
    ]


@pytest.mark.parametrize(("site", "n"), PAGES)
def test_a_list_leads_to_the_older_page_and_the_last_one_nowhere(site: WholeSite, n: int) -> None:
    older = site.lists[n + 1][0] if n + 1 < len(site.lists) else ""
    assert unquote(read(site, n).next_page.partition("#")[0].removeprefix(BASE)) == unquote(older)


FAILING = {
    "a site of tables and fonts in windows-1251": "the way back to the list, a link alone after the text, stays in it",
}
"""Articles that are not read as they should be, each with its reason."""


@pytest.mark.parametrize(("site", "path", "pub"), ARTICLES)
def test_a_publication_is_read_whole_and_alone(site: WholeSite, path: str, pub: Pub, request: pytest.FixtureRequest) -> None:
    if site.name in FAILING:
        request.applymarker(pytest.mark.xfail(reason=FAILING[site.name], strict=True))
    page = page_of(site, path)
    content = read_article(page, site_of(path), Link(page.url, link_key(page.url)), NOW).content
    assert content.title == pub.title
    assert [one for one in pub.paragraphs if one not in content.text] == []
    assert [words for words in site.furniture if words in content.text] == []


@pytest.mark.parametrize(("site", "path", "pub"), ARTICLES)
def test_a_publication_has_the_day_that_its_list_or_its_page_tells(site: WholeSite, path: str, pub: Pub) -> None:
    page = page_of(site, path)
    content = read_article(page, site_of(path), Link(page.url, link_key(page.url)), NOW).content
    found = content.published.date() if isinstance(content.published, datetime) else content.published
    assert found in ({pub.day} if site.tells_day else {None})


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    made = Children(deadline=5, memory=200_000_000, count=1)
    yield made
    made.close()


@pytest.mark.parametrize("site", MADE, ids=[site.name for site in MADE])
async def test_a_survey_of_the_list_chooses_what_tells_its_publications(site: WholeSite, children: Children) -> None:
    with served(site.pages) as there:
        url = there.url + quote(site.lists[0][0], safe="/?&=%:#")
        hosts = (host_of(url),)
        minute = timedelta(minutes=1)
        source = Source(
            "x", plain_site("x", url, hosts), family_of("x", hosts), Cadence(minute, minute, minute, minute, minute, minute, minute, minute)
        )
        async with Fetcher("Vestnik-test", replace(LIMITS, body=10_000_000), LOOPBACK) as fetcher:
            tools = Tools(cast("Any", None), cast("Any", None), fetcher, children, lambda: NOW, minute)
            found = await survey(source, tools, url)
        assert found.chosen is not None, found.why
        assert (found.chosen.kind, found.chosen.url) == (site.way[0], there.url + quote(site.way[1], safe="/?&=%:#")), found.why
