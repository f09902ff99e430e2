"""Where a source's new publications show: feeds, sitemaps, JSON and listings give links.

Everything here but `survey` is a function of bytes, and runs in the child process.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from collector import html
from collector.charset import decode
from collector.discover.feed import looks_like_feed, read_feed
from collector.discover.json_list import looks_like_json, read_json
from collector.discover.listing import read_listing
from collector.discover.sitemap import looks_like_addresses, looks_like_sitemap, read_sitemap
from collector.page import Page, PageError, Trouble
from collector.scripted import NO_BROWSER, is_written_by_scripts
from collector.sites import Site
from storage.model import Link

_GZIP = b"\x1f\x8b"
_UNPACKED_MOST = 50_000_000
"""Bytes, as much as a sitemap may have (sitemaps.org): a few hundred of them can be packed into one."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What one entry point shows. No links and no exception: it is recognised and empty."""

    links: tuple[Link, ...]
    """All of them, the newest first as far as it shows that."""
    next_page: str = ""
    """Of older publications."""
    kind: str = "listing"
    """`feed`, `sitemap`, `json` or `listing`."""
    how: str = ""
    """In words, what it was recognised as."""
    by_rules: bool | None = None
    """Whether the site's own rules fitted; None where it was no listing, which has rules."""
    whole: int = 0
    """Links that carry their publication, as it has no page."""
    more: tuple[str, ...] = ()
    """The sitemaps that an index of them names, the one with the newest publications first."""
    site: str = ""
    """The page that a feed says it belongs to."""


def read_entry_point(page: Page, site: Site, now: datetime) -> Listed:
    """The links of a feed, a sitemap, a JSON list or a listing, told apart by what came back. Raises PageError where it is none."""
    page, zone = unpacked(page), ZoneInfo(site.zone)
    if looks_like_feed(page.body):
        return _from_feed(page, zone, now)
    if looks_like_sitemap(page.body) or looks_like_addresses(page.body):
        found = read_sitemap(page, zone, now)
        how = f"an index of {len(found.parts)} sitemaps" if found.parts else "a sitemap of news" if found.news else "a sitemap"
        return _listed(Listed(found.links, "", "sitemap", _with_damage(how, found.damage), more=found.parts))
    if looks_like_json(page.body):
        told = read_json(page, zone, now)
        kind, how = ("feed", "a JSON feed") if told.is_feed else ("json", "a list in JSON")
        return _listed(Listed(told.links, told.next_page, kind, how, site=told.site))
    return _from_listing(page, site, now)


def unpacked(page: Page) -> Page:
    """The page itself, where a packed file came (`sitemap.xml.gz`). Raises PageError where it is cut or unfolds into far too much."""
    if not page.body.startswith(_GZIP):
        return page
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        body = unpacker.decompress(page.body, _UNPACKED_MOST)
    except zlib.error:
        raise PageError(Trouble.UNREADABLE, "it is a packed file (gzip) that is damaged") from None
    if unpacker.unconsumed_tail:
        raise PageError(Trouble.TOO_LARGE, f"it is a packed file that unfolds into more than {_UNPACKED_MOST // 1_000_000} MB")
    if not unpacker.eof:
        raise PageError(Trouble.INCOMPLETE, "it is a packed file (gzip) without its end")
    return replace(page, body=body)


def _from_feed(page: Page, zone: ZoneInfo, now: datetime) -> Listed:
    feed = read_feed(page, zone, now)
    if not feed.links and feed.damage:
        raise PageError(Trouble.UNREADABLE, f"the feed is damaged before its first entry: {feed.damage}")
    if not feed.links and feed.entries:
        # not an empty day: there is something, and nothing of it was understood
        raise PageError(Trouble.UNREADABLE, "the feed's entries say nothing: they have neither addresses nor texts")
    return _listed(Listed(feed.links, feed.next_page, "feed", _with_damage("a feed", feed.damage), site=feed.site))


def _from_listing(page: Page, site: Site, now: datetime) -> Listed:
    text = decode(page.body, page.content_type)
    found = read_listing(text, page.final_url, site, now)
    if found is None:
        if is_written_by_scripts(html.parse(text)):
            raise PageError(Trouble.SCRIPTS, NO_BROWSER)
        raise PageError(Trouble.UNREADABLE, "no publications were recognised in it: its layout has changed, or it is no listing")
    return _listed(Listed(found.links, found.next_page, "listing", found.how or "a listing", found.by_rules))


def _listed(listed: Listed) -> Listed:
    whole = sum(link.whole is not None for link in listed.links)
    return replace(listed, whole=whole, how=f"{listed.how} with the whole texts in it" if whole else listed.how)


def _with_damage(how: str, damage: str) -> str:
    return f"{how}, of which a part may be missing ({damage})" if damage else how
