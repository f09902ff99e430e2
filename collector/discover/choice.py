"""Which of the ways into a site is the best, and which other one checks it. A function of what they showed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from collector.address import host_of
from collector.discover.suggest import About, is_front_page
from storage.fold import folded_words
from storage.model import Content, Link

_STALE = timedelta(days=30)
"""A feed whose newest entry is that much older than the page's is not written any more; caches and holidays take less."""
_NEWEST = 10
"""Publications that are compared: as many as the shortest common feeds show."""
_HALF = 2
_TITLE_LEAST = 4
"""Words from which on equal titles are no chance («Новости», «О проекте»)."""
_SAME_DAYS = timedelta(days=2)
"""Between two dates of one publication: the day it was written, the day it was put up, and zones."""
_TEXT_LEAST = 500
"""Characters of a text that a page may be about: shorter ones introduce a list."""
_TEASER_LEAST, _TEASER_BEGINS = 40, 6
"""Characters of a teaser that says something, and words that it is known by."""
_MANY = 5
_SPARSE = 5
"""Numbers in a range for each that is known: where more of them lead elsewhere, asking them finds next to nothing."""
_NUMBER = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Found:
    """One way into a site, and what it showed."""

    url: str
    """With `{n}` for the number in a range."""
    kind: str
    """`feed`, `sitemap`, `listing`, `json`, `nodes` or `page`."""
    links: tuple[Link, ...] = ()
    next_page: str = ""
    how: str = ""
    """In words, what it is and how it was learnt of."""
    error: str = ""
    """Why nothing was read of it; empty where something was."""
    about: About = About.PUBLICATIONS
    guessed: bool = False
    """The page does not name it."""
    highest: int = 0
    """Of a range, the highest number seen."""
    aside: bool = False
    """A list that stands beside a text which the page is about."""

    @property
    def works(self) -> bool:
        return not self.error and bool(self.links or self.kind == "page")

    @property
    def lists(self) -> bool:
        """Whether a page is a list, and does not only have one beside its text."""
        return self.works and not self.aside


@dataclass(frozen=True, slots=True)
class Choice:
    chosen: Found | None
    second: Found | None
    why: str
    """In words."""


def choose(found: Sequence[Found], now: datetime) -> Choice:
    """The best of the ways, of which the first is the address that was asked for; the second one checks it once a day."""
    asked = found[0]
    works = [one for one in found if one.works]
    if asked.kind in {"feed", "sitemap", "json"} and not asked.error:
        return Choice(asked, _second(asked, asked, works), f"the address itself is {asked.how}")
    against: list[str] = []
    for feed in [one for one in works if _is_feed(one)]:
        fits, why = _speaks_for(feed, asked, works, now)
        if fits:
            return Choice(feed, _second(feed, asked, works), why)
        against.append(f"not the feed {feed.url}: {why}")
        works.remove(feed)
    chosen, why = _without_feeds(asked, works, against)
    return Choice(chosen, _second(chosen, asked, works) if chosen is not None else None, why)


def _without_feeds(asked: Found, works: Sequence[Found], against: Sequence[str]) -> tuple[Found | None, str]:
    """`against`: which feeds there are, and why none of them is taken."""
    if asked.lists:
        return asked, "; ".join(["the page itself lists its publications", *against])
    front = is_front_page(asked.url)
    for kind in _REST if front else sorted(_REST, key=lambda kind: kind != "page"):
        for one in works:
            if _sort(one) == kind and not one.aside:
                return one, "; ".join([_REST[kind], *against])
    if not asked.error:
        return asked, "the page's list is empty today, and nothing else lists its publications"
    return None, f"nothing was found that lists publications: {asked.error}"


def _sort(one: Found) -> str:
    return one.kind if one.about is About.PUBLICATIONS else one.about.name


_REST = {
    "listing": "the page itself shows no list, and this one of its site does",
    "json": "the page shows no list and there is no feed, and this lists its publications",
    "sitemap": "neither a feed nor a list was found; the sitemap names every page of the site, publications among them",
    "nodes": "nothing lists the publications; their addresses differ in a number that rises, so that the next ones can be asked for",
    "EDITS": "nothing lists the publications; this feed tells of every edit, new pages among them",
    "page": "no list of publications was found; the page itself is watched, and its changes are its revisions",
    "COMMENTS": "nothing but a feed of comments was found",
}
"""In the order in which they are taken, and why. Whoever names a page deep in a site means that page."""


def _is_feed(one: Found) -> bool:
    """A sitemap of news has titles and dates as a feed has."""
    news = one.kind == "sitemap" and bool(one.links) and all(link.published and link.title for link in one.links)
    return (one.kind == "feed" or news) and one.about is About.PUBLICATIONS


def _speaks_for(feed: Found, asked: Found, works: Sequence[Found], now: datetime) -> tuple[bool, str]:
    """Whether a feed is to be read instead of the page that was asked for, and why."""
    if asked.aside and feed.guessed:
        return False, "the page does not name it, and is about its own text"
    if not asked.works:
        if feed.guessed and not is_front_page(asked.url) and any(one.kind == "page" for one in works):
            return False, "the page does not name it and shows no list, so that it may be about something else"
        return True, "there is a feed, and no list was recognised in the page itself"
    front = is_front_page(asked.url)
    shared, of = _shared(_newest(asked), feed), min(_NEWEST, len(_newest(asked)), len(feed.links))
    ours, theirs = _latest(feed), _latest(asked)
    if ours and theirs and ours < theirs - _STALE:
        return False, f"its newest entry is of {ours}, and the page shows one of {theirs}"
    if _HALF * shared >= of:
        return True, f"the feed shows {shared} of the {of} newest publications of the page"
    if not front:
        return False, f"it shows {shared} of the {of} newest publications of the page, so that it is about something else"
    if not shared and ours and ours < (now - _STALE).date():
        return False, f"its newest entry is of {ours}, and it shows nothing that the page shows"
    return True, "it is the feed of the whole site, and its front page was asked for"


def _second(chosen: Found, asked: Found, works: Sequence[Found]) -> Found | None:
    """Another kind of way that shows what the chosen one shows, so that what one of them leaves out is noticed."""
    if chosen.kind == "page":
        # should it be what the page is for after all, it is not lost
        return next((one for one in works if one.aside), None)
    others = [one for one in works if one.kind != chosen.kind and one.about is About.PUBLICATIONS]
    front = is_front_page(asked.url)
    alone = next((one for one in others if one.kind == "page"), None)
    if alone is not None and not front:
        return alone  # it lists nothing, and what was chosen may not tell of its changes
    for kind in ("listing", "feed", "json", "sitemap", "nodes"):
        for one in others:
            if one.kind == kind and _checks(one, chosen, whole_site=front):
                return one
    return alone


def _checks(one: Found, chosen: Found, *, whole_site: bool) -> bool:
    """A section is not checked by what tells of the whole site: all the rest would be taken for missed."""
    if one.kind == "nodes" and not _is_dense(one):
        return False
    ours, theirs = _newest(one), _newest(chosen)
    if ours and _HALF * _shared(ours, chosen) >= min(len(ours), len(chosen.links)):
        return True
    return whole_site and bool(theirs) and _HALF * _shared(theirs, one) >= min(len(theirs), len(one.links))


def _is_dense(one: Found) -> bool:
    numbers = [int(_NUMBER.findall(link.url)[-1]) for link in one.links]
    return max(numbers) - min(numbers) < _SPARSE * len(numbers)


def is_about_its_text(content: Content, links: Sequence[Link]) -> bool:
    """Whether a page is one publication, with a list of others beside it; a list's page has a text too: its entries.

    In doubt it is a list: of 122 article pages on which a list was found 74 were known so, of 25 pages of lists one was taken for a text,
    which is why both are watched then.
    """
    text = f" {' '.join(folded_words(content.text))} "
    titles = sum(f" {title} " in text for link in links if (title := _title(link)))
    teasers = any(
        f" {' '.join(folded_words(link.teaser)[:_TEASER_BEGINS])} " in text for link in links if len(link.teaser) >= _TEASER_LEAST
    )
    others = sum(len(link.title) + len(link.teaser) for link in links)
    return len(content.text) >= max(_TEXT_LEAST, _HALF * others) and not teasers and _MANY * titles <= len(links)


def _newest(one: Found) -> list[Link]:
    """The newest of its own site, as far as it shows that; a site's page lists its friends' publications too."""
    own = [link for link in one.links if link.whole is not None or host_of(link.url) == host_of(one.url)] or list(one.links)
    dated = [link for link in own if link.published]
    if _HALF * len(dated) >= len(own):
        return sorted(dated, key=_day, reverse=True)[:_NEWEST]
    return own[:_NEWEST]


def _shared(links: Sequence[Link], other: Found) -> int:
    """How many of the links the other way shows too: at the same address but for its host, which mirrors and `www` change; under the same
    node number; or under the same title on the same days, as yearly events have one title.
    """
    marks = {mark for link in other.links for mark in _marks(link)}
    titles: dict[str, list[date | None]] = defaultdict(list)
    for link in other.links:
        titles[_title(link)].append(_day(link) if link.published else None)
    return sum(not marks.isdisjoint(_marks(link)) or _is_titled(link, titles) for link in links)


def _marks(link: Link) -> set[str]:
    path = link.key.partition("/")[2]
    return {*link.alias_keys, *([path] if path else [])}


def _title(link: Link) -> str:
    words = folded_words(link.title)
    return " ".join(words) if len(words) >= _TITLE_LEAST else ""


def _is_titled(link: Link, titles: Mapping[str, Sequence[date | None]]) -> bool:
    title = _title(link)
    return bool(title) and any(
        day is None or link.published is None or abs(day - _day(link)) <= _SAME_DAYS for day in titles.get(title, ())
    )


def _latest(one: Found) -> date | None:
    return max((_day(link) for link in one.links if link.published), default=None)


def _day(link: Link) -> date:
    assert link.published is not None  # noqa: S101  (asked of dated ones alone)
    return link.published.date() if isinstance(link.published, datetime) else link.published
