"""Links out of JSON: JSON Feed, WordPress's posts, and whatever else holds a list of things with an address and a title."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from collector.address import join
from collector.charset import decode
from collector.discover.entry import Entry, link_of
from collector.extract.dates import is_plausible, read_date
from collector.page import Page, PageError, Trouble
from storage.model import Link

_DEPTH, _VALUES = 20, 500_000
"""Of what is looked through; a list of publications lies near the root, and the largest page has fewer values."""
_MOST = 50_000
"""As of a sitemap's addresses."""
_IN_MILLISECONDS = 100_000_000_000
"""Seconds of a date in the year 5138; a larger number of them counts milliseconds."""
_EPOCH_LEAST = 800_000_000
"""1995: a smaller number is no time of a publication."""
_NUMERIC = re.compile(r"\d{9,13}(?:\.\d+)?")
_NAMELESS = re.compile(r"[_\-:@]")
_NEXT_LINK = re.compile(r"""<([^<>]{1,2000})>\s*;[^,<]{0,500}?\brel\s*=\s*"?next\b""", re.IGNORECASE)

# Names of keys, in lower case and without underscores; the surest first.
_PAGES = (
    "htmlurl",
    "permalink",
    "link",
    "url",
    "href",
    "weburl",
    "canonicalurl",
    "detailurl",
    "detailpageurl",
    "path",
    "externalurl",
    "uri",
)
_NAMES = ("guid", "id", "slug", "uuid", "code")
_TITLES = ("title", "headline", "name", "header", "subject", "caption", "heading")
_DATES = (
    "datepublished", "publishedat", "published", "dategmt", "publicationdate", "publishdate", "publishedon", "publishedtime", "pubdate",
    "date", "datetime", "createdat", "created", "datecreated", "timestamp", "time"
)  # fmt: skip
_TEXTS = ("contenthtml", "contenttext", "content", "body", "fulltext", "html", "text", "description", "summary", "excerpt", "message")
_AUTHORS = ("author", "authorname", "byline")
_NEXT = ("nexturl", "nextpageurl", "next", "nextpage", "nextlink")
_AROUND_NEXT = ("links", "paging", "pagination", "meta", "pageinfo")
_VALUES_OF = ("rendered", "value", "text", "ru", "be", "en", "href", "url", "name")


@dataclass(frozen=True, slots=True)
class JsonList:
    """What a JSON document shows."""

    links: tuple[Link, ...]
    next_page: str = ""
    is_feed: bool = False
    """It is a JSON Feed (jsonfeed.org)."""
    site: str = ""
    """The page that it is the feed of, as it says itself."""


def looks_like_json(body: bytes) -> bool:
    """An object or a list from its first sign to its last."""
    whole = (
        body.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").strip()
        if len(body) < _MOST
        else body.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    )
    return whole[:1] + whole[-1:] in {b"{}", b"[]"}


def read_json(page: Page, zone: ZoneInfo, now: datetime) -> JsonList:
    """The publications of the list in it that looks most like one. Raises PageError where none does."""
    told = _parsed(page)
    if isinstance(told, dict) and str(told.get("version", "")).startswith("https://jsonfeed.org/"):
        return _json_feed(told, page, zone, now)
    rows = max(_lists(told), key=lambda rows: _merit(rows, zone, now), default=[])
    links = _links(rows, page, zone, now)
    if not links:
        raise PageError(Trouble.UNREADABLE, "it is JSON in which no list of publications was recognised")
    return JsonList(links, _next_of(told, page))


def _json_feed(told: Mapping[str, Any], page: Page, zone: ZoneInfo, now: datetime) -> JsonList:
    rows = told.get("items")
    if not isinstance(rows, list):
        raise PageError(Trouble.UNREADABLE, "it calls itself a JSON Feed and has no items")
    site = join(page.final_url, _text(told.get("home_page_url"))) or ""
    return JsonList(_links([row for row in rows if isinstance(row, dict)], page, zone, now), _next_of(told, page), is_feed=True, site=site)


def _parsed(page: Page) -> Any:
    try:
        return json.loads(decode(page.body, page.content_type))
    except (ValueError, RecursionError) as error:
        raise PageError(Trouble.UNREADABLE, f"it looks like JSON but is none ({type(error).__name__})") from None


def _lists(told: Any) -> Iterator[list[dict[str, Any]]]:
    """Every list of objects, wherever it lies. No recursion: depth is the page's to choose."""
    stack: list[tuple[Any, int]] = [(told, 0)]
    seen = 0
    while stack and seen < _VALUES:
        value, depth = stack.pop()
        seen += 1
        if isinstance(value, list):
            rows = [row for row in value if isinstance(row, dict)]
            if rows:
                yield rows
        inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        if depth < _DEPTH:
            stack.extend((one, depth + 1) for one in reversed(inner) if isinstance(one, dict | list))


def _merit(rows: list[dict[str, Any]], zone: ZoneInfo, now: datetime) -> tuple[bool, int]:
    """Publications have dates and menus have none, so that the longest dated list is the one; else the longest."""
    told = [entry for row in rows[:_MOST] if (entry := _entry(row, zone, now)) is not None]
    if 2 * len(told) < len(rows):
        return False, 0
    return 2 * sum(entry.published is not None for entry in told) >= len(told), len(told)


def _links(rows: list[dict[str, Any]], page: Page, zone: ZoneInfo, now: datetime) -> tuple[Link, ...]:
    if len(rows) > _MOST:
        raise PageError(Trouble.TOO_LARGE, f"its list has more than {_MOST:,} entries; give another entry point")
    found: dict[str, Link] = {}
    for row in rows:
        entry = _entry(row, zone, now)
        if entry is not None and (link := link_of(entry, page.final_url)) is not None:
            found.setdefault(link.key, link)
    return tuple(found.values())


def _entry(row: Mapping[str, Any], zone: ZoneInfo, now: datetime) -> Entry | None:
    """None for an object that has nothing to tell it from others by, or nothing to call it by."""
    said = {_NAMELESS.sub("", str(key)).lower(): value for key, value in row.items()}
    addresses = tuple(filter(_is_address, (_text(said.get(name)) for name in _PAGES)))
    guid = next(filter(None, (_text(said.get(name)) for name in _NAMES)), "")
    if not addresses and guid.startswith(("http://", "https://")):
        addresses = (guid,)
    title, text = _first(said, _TITLES), _first(said, _TEXTS)
    if not (addresses or guid) or not (title or text):
        return None
    return Entry(addresses, guid, title, text, _published(said, zone, now), _first(said, _AUTHORS))


def _is_address(said: str) -> bool:
    """An address is written whole or from the root on; a word alone may be a category's or a file's."""
    return said.startswith(("http://", "https://", "/", "?", "./", "../")) and not any(sign.isspace() for sign in said)


def _first(said: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next(filter(None, (_text(said.get(name)) for name in names)), "")


def _text(value: Any) -> str:
    """A text, or the one that an object around it holds (`{"rendered": …}`, a text in several languages)."""
    if isinstance(value, dict):
        value = next((value[name] for name in _VALUES_OF if isinstance(value.get(name), str) and value[name]), "")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    # a lone half of a pair, which JSON can spell, is no text
    return value.encode("utf-8", "ignore").decode("utf-8").strip() if isinstance(value, str) else ""


def _published(said: Mapping[str, Any], zone: ZoneInfo, now: datetime) -> date | None:
    for name in _DATES:
        found = _moment(said.get(name), UTC if name.endswith("gmt") else zone, zone, now)
        if found is not None and is_plausible(found, now):
            return found
    return None


def _moment(value: Any, own: Any, zone: ZoneInfo, now: datetime) -> date | None:
    if isinstance(value, str) and not _NUMERIC.fullmatch(value.strip()):
        try:
            found = datetime.fromisoformat(value.strip())
        except ValueError:
            return read_date(value[:200], zone, now)
        day_alone = ":" not in value
        return found.date() if day_alone else found if found.tzinfo else found.replace(tzinfo=own)
    return _epoch(value)


def _epoch(value: Any) -> datetime | None:
    """Seconds or milliseconds since 1970."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        seconds = float(value)
        if abs(seconds) > _IN_MILLISECONDS:
            seconds /= 1000
        return datetime.fromtimestamp(seconds, UTC) if seconds >= _EPOCH_LEAST else None
    except (ValueError, OverflowError, OSError):
        return None


def _next_of(told: Any, page: Page) -> str:
    """Of the older entries: as the document says, or the answer's own `Link` (RFC 8288), as WordPress's."""
    for around in (told, *_around(told)):
        said = {_NAMELESS.sub("", str(key)).lower(): value for key, value in around.items()} if isinstance(around, dict) else {}
        for name in _NEXT:
            address = _text(said.get(name))
            if _is_address(address) and (url := join(page.final_url, address)):
                return url
    headers = " , ".join(value for name, value in page.headers if name.lower() == "link")
    found = _NEXT_LINK.search(headers)
    return (join(page.final_url, found[1]) or "") if found else ""


def _around(told: Any) -> list[Any]:
    return [value for key, value in told.items() if _NAMELESS.sub("", str(key)).lower() in _AROUND_NEXT] if isinstance(told, dict) else []
