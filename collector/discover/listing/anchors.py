"""Links that may lead to publications: without the page itself, the sections above it, orderings, tags, pictures and doors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from ada_url import URL

from collector.address import join, link_key, normal_host
from collector.discover.listing.outline import Element, Outline
from collector.discover.listing.zones import Zone, zones

_DOCUMENTS = frozenset(["pdf", "doc", "docx", "rtf", "odt", "xls", "xlsx", "ods", "ppt", "pptx", "wpd", "txt"])
_DOWNLOAD = "download"
"""What an address ends with that gives a file and does not say of which kind: `/media/123/download` of Drupal."""
_OTHER_FILES = frozenset({
    "jpg", "jpeg", "png", "gif", "webp", "svg", "bmp", "ico", "mp3", "mp4", "avi", "mov", "webm", "wav", "xml", "rss", "atom", "ics",
    "css", "js", "json", "exe", "apk", "zip", "rar", "7z",
})  # fmt: skip
_FEED = re.compile(r"/(?:feed|rss)/?$", re.IGNORECASE)
_RELATIONS = frozenset(["tag", "author", "category", "license", "next", "prev", "previous", "search", "help", "home", "alternate", "me"])
_ORDERINGS = frozenset({
    "page", "offset", "start", "sort", "order", "order_by", "orderby", "sort_by", "dir", "limit", "per_page", "lang", "language",
    "replytocom", "share", "print",
})  # fmt: skip
"""Query arguments that show the same list otherwise, where the path is the list's own; Bitrix numbers its `PAGEN_1`."""
_ACTIONS = re.compile(
    r"[?&](?:(?:action|do)=(?:edit|history|info|login|delete|watch|raw|index|recent|backlink|revisions|diff|media|register|profile|admin|"
    r"search|subscribe|print|export\w*)|(?:oldid|diff|veaction|add-to-cart|redirect_to|returnto)=)"
)
"""Of wikis and shops: what to do with a page. Other engines say so which publication to show (`?do=view`)."""
_DOORS = re.compile(
    r"/(?:login|logout|signin|signup|register|wp-login|wp-admin|cart|basket|add-?to-?(?:cart|basket)|sharer|user/(?:login|register|password))"
    r"(?:\.\w{2,5})?$"
)
_NUMBERED = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Anchor:
    """One link of the page."""

    element: Element
    url: str
    key: str
    number: int
    """Its place among the page's links."""
    zone: Zone
    is_own: bool
    """Whether it leads to the site itself."""
    extension: str
    """Of a document, in lower case; empty for a page."""
    shape: tuple[str, ...]
    """What addresses of one kind have in common: sections as they are, numbers as numbers, the last part as anything."""

    @property
    def is_document(self) -> bool:
        return bool(self.extension)

    @property
    def stem(self) -> str:
        """The key without a document's extension: one document in two formats is one publication."""
        return self.key.removesuffix(f".{self.extension}") if self.extension else self.key


@dataclass(frozen=True, slots=True)
class _Target:
    """An address in its parts."""

    host: str
    path: str
    names: tuple[str, ...]
    """Of the query's arguments, in order."""
    extension: str
    does: bool
    """Whether it does something to a page and is none."""


def anchors(page: Outline, base: str, hosts: frozenset[str]) -> list[Anchor]:
    """In the page's order."""
    by_element = dict(zip(map(id, page.elements), zones(page), strict=True))
    here = _target(base)
    found = []
    for number, element in enumerate(page.links):
        href = element.has("href")
        url = None if href.startswith("#") else join(base, href)
        if url is None:
            continue
        to = _target(url)
        if not _is_other(to, here, element.has("rel")):
            extension = to.extension if to.extension in _DOCUMENTS else _DOWNLOAD if to.path.endswith(f"/{_DOWNLOAD}") else ""
            found.append(Anchor(element, url, link_key(url), number, by_element[id(element)], to.host in hosts, extension, _shape(to)))
    return found


def _target(url: str) -> _Target:
    parsed = URL(url)
    path = parsed.pathname.rstrip("/")
    last = path.rpartition("/")[2]
    query = parsed.search.removeprefix("?")
    names = tuple(sorted({name.lower() for name, _ in parse_qsl(query, keep_blank_values=True)})) if query else ()
    return _Target(
        _normal(parsed.host), path, names, last.rpartition(".")[2].lower() if "." in last else "", bool(_ACTIONS.search(parsed.search))
    )


@lru_cache(maxsize=1000)
def _normal(host: str) -> str:
    return normal_host(host)


def _shape(to: _Target) -> tuple[str, ...]:
    parts = [part for part in to.path.split("/") if part]
    return (to.host, *("#" if _NUMBERED.search(part) else part for part in parts[:-1]), "*", *to.names)


def _is_other(to: _Target, here: _Target, relation: str) -> bool:
    """Whether an address is certainly no publication of this list."""
    if relation and _RELATIONS.intersection(relation.lower().split()):
        return True
    if not to.path and not to.names:
        return True
    if to.host == here.host and _is_this_list(to, here):
        return True
    if to.extension in _OTHER_FILES or to.does:
        return True
    return bool(_FEED.search(to.path) or _DOORS.search(to.path.lower()))


def _is_this_list(to: _Target, here: _Target) -> bool:
    """The list itself, in this order or another, or a section above it."""
    if to.path == here.path:
        return not to.names or bool(_ORDERINGS.intersection(to.names)) or any(name.startswith("pagen_") for name in to.names)
    return not to.names and here.path.startswith(f"{to.path}/")
