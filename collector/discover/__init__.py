"""Where a source's new publications show: feeds and listings give links.

Everything here is a function of bytes, and runs in the child process.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from collector import html
from collector.charset import decode
from collector.discover.feed import looks_like_feed, read_feed
from collector.discover.listing import read_listing
from collector.page import Page, PageError, Trouble
from collector.scripted import NO_BROWSER, is_written_by_scripts
from collector.sites import Site
from storage.model import Link

_MOST = 1000
"""Links of one page; a list that shows more is none that people read."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What one entry point shows. No links and no exception: it is recognised and empty."""

    links: tuple[Link, ...]
    next_page: str = ""


def read_entry_point(page: Page, site: Site, now: datetime) -> Listed:
    """The links of a feed or a listing, told apart by what came back. Raises PageError where neither is recognised."""
    if looks_like_feed(page.body):
        return Listed(read_feed(page, now))
    text = decode(page.body, page.content_type)
    found = read_listing(text, page.final_url, site, now)
    if found is None:
        if is_written_by_scripts(html.parse(text)):
            raise PageError(Trouble.SCRIPTS, NO_BROWSER)
        raise PageError(Trouble.UNREADABLE, "no publications were recognised in it: its layout has changed, or it is no listing")
    links, next_page = found
    return Listed(links[:_MOST], next_page)
