"""Asking a site, by one address of it, how it publishes: a few requests, once."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

from collector.address import join, link_key
from collector.charset import decode
from collector.discover import Listed, read_entry_point, unpacked
from collector.discover.choice import Found, choose, is_about_its_text
from collector.discover.suggest import Hints, Suggestion, guesses, hints_of, is_front_page, preview_of, sitemaps
from collector.extract.article import read_article
from collector.page import Page, PageError, Trouble
from collector.sites import Site
from storage.model import Content, Link

_REQUESTS = 12
"""Of one survey, the asked page included; each waits for its turn, so that it takes about as many seconds."""
_FEEDS, _SECTIONS, _SITEMAPS, _PARTS = 3, 2, 2, 2
"""Of these, how many of each sort are asked: more of them say the same."""
_TEXT_LEAST = 200
"""Characters of a page that is worth watching for itself: two sentences."""
_RANGE_LEAST = 3
_NUMBER = re.compile(r"^(?P<before>[^?]*/|.*[?&]\w{1,20}=)(?P<number>\d{2,9})(?P<after>/|\.html?|\.php)?$")
_PAGER = re.compile(r"(?:/|[?&])(?:page|p|pagen_\d+|offset|start|from|year|month|date|archive|tag|tags|category)[/=]$", re.IGNORECASE)
_YEARS = range(1990, 2101)

_COMPARED = 1_000
"""Links of each way that are compared with the others', on the loop that serves everybody; lists have a tenth of that."""
_KEPT = 1_000_000
"""Bytes of a page that is kept for a second question while others are asked."""
_PATIENCE = 20.0
"""Seconds after which nothing more is asked: a look must not wait for a server that takes its time with each of a dozen answers."""
_LONG = 0.5
"""Seconds of a reading that failed, after which the site is asked no more: a sound page takes a tenth of that, and one that was made to
break its reader has others like it.
"""
_FAILURES = 2
"""Answers in a row that say no more of the site, other than that a page is not there."""

_Result = TypeVar("_Result")


class Surveyed(Protocol):
    """A source, of which only its site matters here."""

    @property
    def site(self) -> Site: ...


class Reach(Protocol):
    """How pages are had, and read in a child: `collector.tools.Tools`, which stands above this package."""

    @property
    def now(self) -> Callable[[], datetime]: ...

    async def fetch(self, source: Any, url: str) -> Page: ...

    async def read(self, source: Any, page: Page, function: Callable[..., _Result], *args: Any) -> tuple[_Result, Page]: ...


@dataclass(frozen=True, slots=True)
class Survey:
    """How a site publishes."""

    found: tuple[Found, ...]
    """Every way that was asked, the given address first."""
    chosen: Found | None
    second: Found | None
    """Another kind of way, to check the chosen one by."""
    why: str


async def survey(source: Surveyed, tools: Reach, url: str) -> Survey:
    """Ask an address, and what it leads to. Raises PageError where the address itself can't be had."""
    asking = _Asking(source, tools)
    asked = preview_of(url)
    page = await asking.page(asked)
    first, page = await asking.first(page)
    if first.kind == "listing":
        hints = await asking.hints(page)
        alone, first = await asking.alone(page, first)
        address = page.final_url
        del page  # up to 10 MB, which a hundred surveys at once need not hold while they ask on
        found = await _around(asking, first, alone, address, hints)
    else:
        found = [first, *await asking.those([Suggestion(site, "listing", "the page that it belongs to") for site in asking.sites])]
    choice = choose(found, tools.now())
    return Survey(tuple(found), choice.chosen, choice.second, choice.why)


async def _around(asking: _Asking, first: Found, alone: Found, address: str, hints: Hints) -> list[Found]:
    """Everything else that a page leads to; `alone` is the page as a publication of its own."""
    found = [first]
    named = [one for one in hints.suggestions if one.kind == "feed"]
    found += await asking.those(named[:_FEEDS])
    if asking.about_feeds is not None and not any(one.works and one.kind == "feed" for one in found):
        told = await asking.hints(asking.about_feeds)
        found += await asking.those([one for one in told.suggestions if one.kind == "feed"][:_FEEDS])
    found += await asking.those([one for one in hints.suggestions if one.kind == "json"][:1])
    if not any(one.works and one.kind == "feed" for one in found):
        found += await asking.first_that_works(guesses(address))
    found += await asking.sitemaps(address)
    if not any(one.works for one in found if one.kind != "sitemap"):
        sections = [one for one in hints.suggestions if one.kind == "listing"]
        found += await asking.those(sections[:_SECTIONS])
    # the asked page's own before those of the rest of the site
    numbers = range_of(_addresses([first])) or range_of([*_addresses(found), *hints.numbered])
    found += [numbers] if numbers is not None else []
    return [*found, alone] if not first.lists else found


@dataclass(slots=True)
class _Asking:
    """A survey under way: what was asked, and how much more may be."""

    source: Surveyed
    tools: Reach
    left: int = _REQUESTS
    asked: set[str] = field(default_factory=set)
    sites: list[str] = field(default_factory=list)
    """Pages that feeds say they belong to."""
    until: float = field(default_factory=lambda: asyncio.get_running_loop().time() + _PATIENCE)
    failures: int = 0
    about_feeds: Page | None = None
    """A page that came where a feed was named: many sites tell there of all their feeds."""

    async def page(self, url: str) -> Page:
        self.left -= 1
        self.asked.add(link_key(url))
        page = await self.tools.fetch(self.source, url)
        self.asked.add(link_key(page.final_url))
        return page

    async def first(self, page: Page) -> tuple[Found, Page]:
        """The asked address itself, with its page as it was read: a browser may have had to write it.

        Raises PageError for one that breaks its reader.
        """
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            listed, page = await self.tools.read(self.source, page, read_entry_point, self.source.site, self.tools.now())
        except PageError as error:
            if error.trouble is Trouble.TOO_LARGE or loop.time() - began > _LONG:
                raise
            return Found(page.url, "listing", error=error.words), page
        if listed.site:
            self.sites.append(listed.site)
        return await self._found(page.url, listed), page

    async def hints(self, page: Page) -> Hints:
        try:
            return (await self.tools.read(self.source, page, _hints))[0]
        except PageError:  # a page made to be unreadable names nothing
            return Hints((), ())

    async def those(self, suggestions: Iterable[Suggestion]) -> list[Found]:
        found = [await self._ask(one) for one in suggestions if self._may_ask(one.url)]
        return [one for one in found if one is not None]

    async def first_that_works(self, suggestions: Sequence[Suggestion]) -> list[Found]:
        """Guesses until one is right; the wrong ones are told of together."""
        wrong: list[str] = []
        # so much is left for what says more than a guess does
        for one in suggestions[: self.left - _PARTS - 2]:
            for found in await self.those([one]):
                if found.works and found.kind == "feed":
                    return [found]
                wrong.append(urlsplit(one.url).path)
        if not wrong:
            return []
        return [Found(suggestions[0].url, "feed", error=f"the page names no feed, and none is at {', '.join(wrong)}", guessed=True)]

    async def sitemaps(self, base: str) -> list[Found]:
        named = sitemaps("", base)
        address = join(base, "/robots.txt")
        if address and self._may_ask(address):
            with suppress(PageError):
                named, _ = await self.tools.read(self.source, await self.page(address), _sitemaps, base)
        return await self.those(named[:_SITEMAPS])

    async def alone(self, page: Page, first: Found) -> tuple[Found, Found]:
        """The page as a publication of its own, and what it lists, which may stand aside of that."""
        link = Link(page.url, link_key(page.url))
        try:
            content, _ = await self.tools.read(self.source, page, _content, self.source.site, link, self.tools.now())
        except PageError as error:
            return Found(page.url, "page", error=error.words), first
        if len(content.text) < _TEXT_LEAST:
            return Found(page.url, "page", error="the page has next to no text"), first
        if first.works and not is_front_page(page.url) and is_about_its_text(content, first.links):
            first = replace(first, how=f"{first.how}, beside the text that the page is about", aside=True)
        return Found(
            page.url, "page", (replace(link, title=content.title, published=content.published),), how="one page with a text"
        ), first

    def _may_ask(self, url: str) -> bool:
        patient = self.failures < _FAILURES and asyncio.get_running_loop().time() < self.until
        return patient and self.left > 0 and link_key(url) not in self.asked

    async def _ask(self, one: Suggestion) -> Found | None:
        nothing = Found(one.url, one.kind, how=one.why, about=one.about, guessed=one.guessed)
        try:
            page = await self.page(one.url)
        except PageError as error:
            self.failures = 0 if error.trouble is Trouble.GONE else self.failures + 1
            return replace(nothing, error=error.words)
        self.failures = 0
        listed, refused = await self._listed(page)
        if listed is None or listed.kind != one.kind:
            if one.kind == "feed" and not one.guessed and self.about_feeds is None and len(page.body) <= _KEPT:
                self.about_feeds = page
            return replace(nothing, error=refused or f"it is no {_NAMES[one.kind]} but a {_NAMES[listed.kind if listed else 'listing']}")
        found = await self._found(one.url, listed)
        return replace(found, how=f"{found.how}; {one.why}", about=one.about, guessed=one.guessed)

    async def _listed(self, page: Page) -> tuple[Listed | None, str]:
        """What a page lists, or why it lists nothing."""
        try:
            listed, _ = await self.tools.read(self.source, page, read_entry_point, self.source.site, self.tools.now())
        except PageError as error:
            return None, error.words
        return listed, ""

    async def _found(self, url: str, listed: Listed) -> Found:
        links = listed.links
        # an index names no pages itself: what its first parts name is what it shows
        for part in listed.more[:_PARTS] if not links else ():
            if self._may_ask(part):
                with suppress(PageError):
                    told, _ = await self._listed(await self.page(part))
                    links += told.links if told is not None else ()
        error = "" if links or listed.kind != "sitemap" else "it names no pages that could be read"
        return Found(url, listed.kind, links[:_COMPARED], listed.next_page, listed.how, error)


_NAMES = {"feed": "feed", "sitemap": "sitemap", "json": "list in JSON", "listing": "page"}


def range_of(addresses: Iterable[str]) -> Found | None:
    """The addresses that differ in their last number alone, where there are several, with the highest number seen.

    Years, months and pages of a list end addresses too, and name no publication.
    """
    ranges: dict[str, dict[int, str]] = defaultdict(dict)
    for url in addresses:
        found = _NUMBER.match(url)
        if found is not None and not _PAGER.search(found["before"]):
            ranges[f"{found['before']}{{n}}{found['after'] or ''}"][int(found["number"])] = url
    ranges = {
        template: told for template, told in ranges.items() if len(told) >= _RANGE_LEAST and not all(number in _YEARS for number in told)
    }
    if not ranges:
        return None
    template, told = max(ranges.items(), key=lambda one: len(one[1]))
    links = tuple(Link(told[number], link_key(told[number])) for number in sorted(told, reverse=True))
    highest = max(told)
    how = f"addresses that differ in their number alone; {len(told)} were seen, the highest is {highest}"
    return Found(template, "nodes", links, how=how, highest=highest)


def _addresses(found: Iterable[Found]) -> list[str]:
    return [link.url for one in found if one.works and one.kind in {"listing", "feed", "json"} for link in one.links]


def _hints(page: Page) -> Hints:
    return hints_of(decode(unpacked(page).body, page.content_type), page.final_url)


def _sitemaps(page: Page, base: str) -> tuple[Suggestion, ...]:
    return sitemaps(decode(unpacked(page).body, page.content_type), base)


def _content(page: Page, site: Site, link: Link, now: datetime) -> Content:
    return read_article(page, site, link, now).content
