"""Links out of RSS and Atom. The home of feedparser."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser

from collector.address import join, link_key, node_key
from collector.charset import decode
from collector.extract.dates import is_plausible
from collector.html import line, parse
from collector.page import Page, PageError, Trouble
from storage.model import Link

_FEED = re.compile(rb"<\s*(?:\w+:)?(rss|feed|rdf)[\s>]", re.IGNORECASE)
_DRUPAL_GUID = re.compile(r"^(\d{1,18}) at https?://")
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
_MOST = 1000
_LONGEST_TITLE = 1000
"""Characters."""
_MOST_ENTRIES = 50_000
"""As in a sitemap (sitemaps.org), which is the longest list there is; a feed with more is made to take memory."""
_ENTRY = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)


def looks_like_feed(body: bytes) -> bool:
    """Told by the root element; the media type is often wrong."""
    head = body[:2048].replace(b"\0", b"")
    return bool(_FEED.search(head)) and b"<html" not in head.lower()


def read_feed(page: Page, now: datetime) -> tuple[Link, ...]:
    """The entries' links, in the feed's order. A whole feed without entries is empty.

    Raises PageError for what is no feed after all, for one too damaged to show an entry, for one whose entries have no addresses, and for
    one with far too many.
    """
    parsed = _parsed(page)
    links = [_link(entry, page.final_url, now) for entry in parsed.entries[:_MOST]]
    found = {link.key: link for link in links if link is not None}
    if links and not found:
        raise PageError(Trouble.UNREADABLE, "the feed's entries have no addresses")
    return tuple(found.values())


def _parsed(page: Page) -> Any:
    # feedparser believes a wrong charset and takes `text/xml` for ASCII, so it is given UTF-8
    text = decode(page.body, page.content_type)
    if sum(1 for _ in _ENTRY.finditer(text)) > _MOST_ENTRIES:
        raise PageError(
            Trouble.TOO_LARGE, f"the feed has more than {_MOST_ENTRIES:,} entries; give it in parts, or take another entry point"
        )
    body = text.encode("utf-8")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": page.final_url}
    try:
        parsed: Any = feedparser.parse(body, response_headers=headers)
    except (ValueError, OverflowError, AttributeError, KeyError) as error:
        # feedparser raises on odd character references and dates
        raise PageError(Trouble.UNREADABLE, f"the feed is damaged ({type(error).__name__})") from error
    if not parsed.get("version"):
        raise PageError(Trouble.UNREADABLE, "it looks like a feed but is none")
    if parsed.bozo and not parsed.entries and not isinstance(parsed.bozo_exception, _HARMLESS):
        raise PageError(Trouble.UNREADABLE, f"the feed is damaged before its first entry ({type(parsed.bozo_exception).__name__})")
    return parsed


def _link(entry: Any, base: str, now: datetime) -> Link | None:
    guid = str(entry.get("id", ""))
    url = join(base, str(entry.get("link", "")) or guid) if entry.get("link") or guid.startswith("http") else None
    if url is None:
        return None
    number = _DRUPAL_GUID.match(guid)
    return Link(
        url=url,
        key=link_key(url),
        title=_plain(str(entry.get("title", "")))[:_LONGEST_TITLE],
        # feedparser's own get() warns of the fallback that is made here on purpose
        published=_moment(dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed"), now),
        # Drupal 8 and later begin the summary with the author and the hour: it is never taken for the text
        alias_keys=(node_key(number[1]),) if number else (),
    )


def _plain(markup: str) -> str:
    return line(parse(markup).body) if "<" in markup or "&" in markup else " ".join(markup.split())


def _moment(parsed: struct_time | None, now: datetime) -> datetime | None:
    if parsed is None:
        return None
    try:
        found = datetime(*parsed[:6], tzinfo=UTC)
    except ValueError:
        return None
    return found if is_plausible(found, now) else None
