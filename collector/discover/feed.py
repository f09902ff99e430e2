"""Links out of RSS, RDF and Atom. The home of feedparser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from time import struct_time
from typing import Any
from zoneinfo import ZoneInfo

import feedparser

from collector.address import join
from collector.charset import decode
from collector.discover.entry import Entry, link_of
from collector.extract.dates import is_plausible, read_date
from collector.page import Page, PageError, Trouble
from storage.model import Link

_ROOT = re.compile(rb"<\s*(?:\w+:)?(rss|feed|rdf)[\s>]", re.IGNORECASE)
_ATOM = re.compile(rb"""<(?:\w+:)?feed\s[^>]{0,200}?xmlns(?::\w+)?\s*=\s*["']http://www\.w3\.org/2005/Atom["']""")
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
_MOST_ENTRIES = 50_000
"""As in a sitemap (sitemaps.org), which is the longest list there is; a feed with more is made to take memory."""
_ENTRY = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_EMPTY_ENTRY = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)\s{0,20}/>", re.IGNORECASE)
_HOUR = re.compile(r"\d:\d\d")
_HOURLESS = re.compile(r"\d{4}-?\d\d-?\d\d|(?:[a-z]{3,9}\.?,?\s{1,9})?\d{1,2}\s{1,9}[a-z]{3,9}\.?\s{1,9}\d{4}", re.IGNORECASE)
_ZONED = re.compile(r"(?:[+-]\d\d:?\d\d|\b[A-Z]{1,5}|\d[Zz])$|\b(?:UTC?|GMT)\b")
_MOSCOW, _MOSCOW_TIME = re.compile(r"\bMSK$"), timezone(timedelta(hours=3))


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed shows."""

    links: tuple[Link, ...]
    """In its order, each publication once."""
    entries: int
    """As they stand in it: those that say nothing and those that say the same are counted too."""
    next_page: str = ""
    """Of a feed in several parts (RFC 5005)."""
    site: str = ""
    """The page that it is the feed of, as it says itself."""
    damage: str = ""
    """Why there may be more in it than was read."""


def looks_like_feed(body: bytes) -> bool:
    """Told by the root element; the media type is often wrong. Atom's own name space makes a feed even within a page around it."""
    head = body[:2048].replace(b"\0", b"")
    return bool(_ATOM.search(head)) or (bool(_ROOT.search(head)) and b"<html" not in head.lower())


def read_feed(page: Page, zone: ZoneInfo, now: datetime) -> Feed:
    """What is in a feed; a date that names no zone is the source's, which `zone` is. A whole feed without entries is empty.

    Raises PageError for what is no feed after all, and for one with far too many entries.
    """
    text = decode(page.body, page.content_type)
    if sum(1 for _ in _ENTRY.finditer(text)) > _MOST_ENTRIES:
        raise PageError(
            Trouble.TOO_LARGE, f"the feed has more than {_MOST_ENTRIES:,} entries; give it in parts, or take another entry point"
        )
    # where it stands within an entry, feedparser takes the empty one's end for the end of both
    text, empty = _EMPTY_ENTRY.subn("", text)
    parsed = _parsed(text, page.final_url)
    found: dict[str, Link] = {}
    for entry in parsed.entries:
        if (link := link_of(_entry(entry, zone, now), page.final_url)) is not None:
            found.setdefault(link.key, link)
    return Feed(
        links=tuple(found.values()),
        entries=len(parsed.entries) + empty,
        next_page=next((join(page.final_url, href) or "" for href in _hrefs(parsed.feed, "next")), ""),
        site=join(page.final_url, str(parsed.feed.get("link", ""))) or "",
        damage=_damage(parsed),
    )


def _parsed(text: str, url: str) -> Any:
    # feedparser believes a wrong charset and takes `text/xml` for ASCII, so it is given UTF-8
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        # what is kept of texts is cleaned by our own means, which take a hundredth of the time
        parsed: Any = feedparser.parse(text.encode("utf-8"), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, OverflowError, AttributeError, KeyError) as error:
        # feedparser raises on odd character references and dates
        raise PageError(Trouble.UNREADABLE, f"the feed is damaged ({type(error).__name__})") from error
    if not parsed.get("version"):
        raise PageError(Trouble.UNREADABLE, "it looks like a feed but is none")
    return parsed


def _damage(parsed: Any) -> str:
    if not parsed.bozo or isinstance(parsed.bozo_exception, _HARMLESS):
        return ""
    return f"it is no well-formed XML ({type(parsed.bozo_exception).__name__})"


def _entry(entry: Any, zone: ZoneInfo, now: datetime) -> Entry:
    return Entry(
        addresses=tuple(_addresses(entry)),
        guid=_said(entry, "id"),
        title=_said(entry, "title"),
        text=next((str(part.get("value", "")) for part in entry.get("content", ()) if part.get("value")), "") or _said(entry, "summary"),
        # feedparser's own get() warns of the fallback that is made here on purpose
        published=_moment(entry, "published", zone, now) or _moment(entry, "updated", zone, now),
        author=_said(entry, "author"),
    )


def _addresses(entry: Any) -> Iterator[str]:
    """Where an entry can be read, the best first."""
    # what a counting redirector in between leads to (feedburner); its own address changes with the feed's
    yield _said(entry, "feedburner_origlink")
    yield _said(entry, "link")
    yield from _hrefs(entry, "alternate")
    guid = _said(entry, "id")
    if guid.startswith(("http://", "https://")):
        yield guid
    yield from _hrefs(entry, "enclosure")


def _hrefs(where: Any, relation: str) -> Iterator[str]:
    for link in where.get("links", ()):
        if link.get("rel") == relation and link.get("href"):
            yield str(link["href"])


def _said(entry: Any, name: str) -> str:
    said = dict.get(entry, name)
    return said.strip() if isinstance(said, str) else ""


def _moment(entry: Any, name: str, zone: ZoneInfo, now: datetime) -> date | None:
    written = _said(entry, name)
    found = _read(written, dict.get(entry, f"{name}_parsed"), zone) or read_date(written, zone, now)
    return found if found is not None and is_plausible(found, now) else None


def _read(written: str, parsed: struct_time | None, zone: ZoneInfo) -> date | None:
    """A time without a zone is one in UTC to feedparser, as is one with a zone that it does not know."""
    if parsed is None:
        return None
    try:
        found = datetime(*parsed[:6], tzinfo=UTC)
    except ValueError:
        return None
    if not _HOUR.search(written):
        return found.date() if _HOURLESS.fullmatch(written) else None
    if _MOSCOW.search(written):
        return found.replace(tzinfo=_MOSCOW_TIME)
    return found if _ZONED.search(written) else found.replace(tzinfo=zone)
