"""Links out of sitemaps: XML, an index of others, plain text; with the extension for news. A home of lxml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from zoneinfo import ZoneInfo

from lxml import etree

from collector.address import is_web_address, join, link_key
from collector.charset import decode
from collector.extract.dates import is_plausible, read_date
from collector.page import Page, PageError, Trouble
from storage.model import Link

_ROOT = re.compile(rb"<\s*(?:\w+:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_MOST = 50_000
"""Addresses (sitemaps.org): a longer one breaks the protocol, and is made to take memory."""
_TEXT_WINDOW = 65_536
_LONGEST_TITLE = 1000
_PUBLICATIONS = re.compile(r"news|novost|navin|post|article|stat(?:ya|i|ji)|press|publi|blog|event|sobyt", re.IGNORECASE)
"""What programs that write sitemaps call the part with publications; it is asked first, and nothing depends on it."""
_OTHERS = re.compile(r"categor|tag|taxonom|author|user|profile|image|video|product|shop|term", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_END, _TAIL = re.compile(rb"</(?:\w+:)?(?:urlset|sitemapindex)\s*>\s*(?:<!--.*)?$", re.IGNORECASE | re.DOTALL), 1000
_OLDEST = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap shows."""

    links: tuple[Link, ...]
    """The newest first, as far as it tells; those of which it tells nothing last, in its order."""
    parts: tuple[str, ...] = ()
    """Addresses of the sitemaps that an index names, the one with the newest publications first."""
    news: bool = False
    """It names titles and dates of publication, as a feed does."""
    damage: str = ""
    """Why there may be more in it than was read."""


@dataclass(slots=True)
class _Named:
    """One `url` or `sitemap` of it."""

    address: str = ""
    changed: str = ""
    title: str = ""
    published: str = ""


def looks_like_sitemap(body: bytes) -> bool:
    head = body[:4096].replace(b"\0", b"")
    return bool(_ROOT.search(head)) and b"<html" not in head.lower()


def looks_like_addresses(body: bytes) -> bool:
    """Whether it is a list of addresses, one a line, and nothing else."""
    head, _, _ = body[:_TEXT_WINDOW].rpartition(b"\n") if len(body) > _TEXT_WINDOW else (body, b"", b"")
    lines = [line.strip() for line in head.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()]
    return bool(lines) and all(line.startswith((b"http://", b"https://")) and b" " not in line for line in lines)


def names_publications(address: str) -> bool:
    """Whether a sitemap's address says that publications are in it."""
    return bool(_PUBLICATIONS.search(_path(address)))


def _path(address: str) -> str:
    return address.partition("//")[2].partition("/")[2]


def read_sitemap(page: Page, zone: ZoneInfo, now: datetime) -> Sitemap:
    """What is in a sitemap. `lastmod` orders it and is no date of publication: every edit moves it.

    Raises PageError for one that is damaged before its first address, and for one with far too many. One without any is empty.
    """
    named = [_Named(line) for line in _lines(page)] if looks_like_addresses(page.body) else []
    parts: list[_Named] = []
    elements = _Elements(page.body)
    for kind, one in () if named else elements:
        (parts if kind == "sitemap" else named).append(one)
        if len(named) + len(parts) > _MOST:
            raise PageError(Trouble.TOO_LARGE, f"the sitemap names more than {_MOST:,} addresses, which none may; give another entry point")
    links: dict[str, Link] = {}
    for one in sorted(named, key=lambda one: _moment(one.published or one.changed, zone), reverse=True):
        if link := _link(one, page.final_url, zone, now):
            links.setdefault(link.key, link)
    if named and not links:
        raise PageError(Trouble.UNREADABLE, "the sitemap names no address that can be asked")
    return Sitemap(tuple(links.values()), _ordered(parts, page.final_url, zone), any(one.published for one in named), elements.damage)


def _lines(page: Page) -> list[str]:
    lines = [line.strip() for line in decode(page.body, page.content_type).splitlines()]
    found = [line for line in lines if is_web_address(line)]
    if len(found) > _MOST:
        raise PageError(Trouble.TOO_LARGE, f"the list names more than {_MOST:,} addresses, which none may; give another entry point")
    return found


class _Elements:
    """The `url` and `sitemap` elements of a document, streamed: 50 MB of XML as a tree would take ten times as much."""

    def __init__(self, body: bytes) -> None:
        self._parser = etree.iterparse(
            # an empty line before the declaration, as careless programs write it, is an error to XML
            BytesIO(body.lstrip()), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
        )  # fmt: skip
        self._is_cut = not _END.search(body[-_TAIL:].replace(b"\0", b""))
        self.damage = ""

    def __iter__(self) -> Iterator[tuple[str, _Named]]:
        last: tuple[str, _Named] | None = None
        try:
            for _, element in self._parser:
                if (kind := _name(element)) in {"url", "sitemap"}:
                    if last is not None:
                        yield last
                    last = kind, _named(element)
                    _forget(element)
        except etree.XMLSyntaxError as error:
            self.damage = str(error.msg)
        log = self._parser.error_log
        self.damage = self.damage or (str(log.last_error.message) if log.last_error is not None else "")
        self._check(found=last is not None)
        # where the document breaks off, its last address may be half of one
        if last is not None and not (self.damage and self._is_cut):
            yield last

    def _check(self, *, found: bool) -> None:
        if self.damage and not found:
            raise PageError(Trouble.UNREADABLE, f"the sitemap is damaged before its first address ({self.damage})")
        if not found and _name(self._parser.root) not in {"urlset", "sitemapindex"}:
            raise PageError(Trouble.UNREADABLE, "it looks like a sitemap but is none")


def _forget(element: etree._Element) -> None:
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _name(element: etree._Element | None) -> str:
    return etree.QName(element).localname.lower() if element is not None and isinstance(element.tag, str) else ""


def _named(element: etree._Element) -> _Named:
    """Direct children alone: pictures and films have addresses and titles of their own."""
    one = _Named((element.text or "").strip())
    for child in element:
        text = (child.text or "").strip() if isinstance(child.tag, str) else ""
        match _name(child):
            case "loc" if not one.address or etree.QName(child).namespace == etree.QName(element).namespace:
                one.address = text or one.address
            case "lastmod":
                one.changed = text
            case "news":
                for told in child:
                    if _name(told) == "title":
                        one.title = " ".join((told.text or "").split())
                    elif _name(told) == "publication_date":
                        one.published = (told.text or "").strip()
    return one


def _link(one: _Named, base: str, zone: ZoneInfo, now: datetime) -> Link | None:
    url = join(base, one.address)
    if url is None:
        return None
    published = read_date(one.published, zone, now) if one.published else None
    return Link(url, link_key(url), one.title[:_LONGEST_TITLE], published if published and is_plausible(published, now) else None)


def _moment(written: str, zone: ZoneInfo) -> datetime:
    """For ordering alone: W3C dates, a day as its beginning; what can't be read is the oldest."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        try:
            found = datetime.combine(date.fromisoformat(written[:10]), time())
        except ValueError:
            return _OLDEST
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _ordered(parts: list[_Named], base: str, zone: ZoneInfo) -> tuple[str, ...]:
    """By the word for publications in their addresses, then by their dates, then by number: numbered parts grow at the end."""

    def rank(one: _Named) -> tuple[int, datetime, list[int]]:
        name = _path(one.address)
        kind = int(names_publications(one.address)) - 2 * int(bool(_OTHERS.search(name)))
        return kind, _moment(one.changed, zone), [int(number[:9]) for number in _NUMBER.findall(name)]

    ordered = sorted(parts, key=rank, reverse=True)
    return tuple(dict.fromkeys(url for one in ordered if (url := join(base, one.address))))
