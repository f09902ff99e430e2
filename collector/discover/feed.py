"""Links out of RSS and Atom. The home of feedparser."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser

from collector.address import join, link_key, node_key
from collector.html import line, parse
from collector.page import Page, PageError, Trouble
from storage.model import Link

_FEED = re.compile(rb"<\s*(?:\w+:)?(rss|feed|rdf)[\s>]", re.IGNORECASE)
_DRUPAL_GUID = re.compile(r"^(\d+) at https?://")
_MOST = 1000


def looks_like_feed(body: bytes) -> bool:
    """Told by the root element; the media type is often wrong."""
    head = body[:2048].replace(b"\0", b"")
    return bool(_FEED.search(head)) and b"<html" not in head.lower()


def read_feed(page: Page) -> tuple[Link, ...]:
    """The entries' links, in the feed's order. A feed without entries is empty; raises PageError for what is no feed after all."""
    try:
        parsed: Any = feedparser.parse(page.body, response_headers={"content-type": page.content_type, "content-location": page.final_url})
    except (ValueError, OverflowError, AttributeError, KeyError) as error:
        # feedparser raises on odd character references and dates
        raise PageError(Trouble.UNREADABLE, f"the feed is damaged ({type(error).__name__})") from error
    if not parsed.get("version"):
        raise PageError(Trouble.UNREADABLE, "it looks like a feed but is none")
    links = (_link(entry, page.final_url) for entry in parsed.entries[:_MOST])
    return tuple({link.key: link for link in links if link is not None}.values())


def _link(entry: Any, base: str) -> Link | None:
    guid = str(entry.get("id", ""))
    url = join(base, str(entry.get("link", "")) or guid) if entry.get("link") or guid.startswith("http") else None
    if url is None:
        return None
    number = _DRUPAL_GUID.match(guid)
    return Link(
        url=url,
        key=link_key(url),
        title=_plain(str(entry.get("title", ""))),
        published=_moment(entry.get("published_parsed") or entry.get("updated_parsed")),
        # Drupal 8 and later begin the summary with the author and the hour: it is never taken for the text
        alias_keys=(node_key(number[1]),) if number else (),
    )


def _plain(markup: str) -> str:
    return line(parse(markup).body) if "<" in markup or "&" in markup else " ".join(markup.split())


def _moment(parsed: struct_time | None) -> datetime | None:
    if parsed is None:
        return None
    try:
        return datetime(*parsed[:6], tzinfo=UTC)
    except ValueError:
        return None
