"""Which page an address of the sample site is: a function from nodes, look and address to an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from collector.demo import files, markup
from collector.demo.feed import feed
from collector.demo.node import Node, SiteLook
from collector.demo.pieces import PAGE_SIZE
from collector.demo.words import WORDS

_ROBOTS = """User-agent: *
# Directories
Disallow: /core/
Disallow: /profiles/
# Paths (clean URLs)
Disallow: /admin/
Disallow: /comment/reply/
Disallow: /filter/tips
Disallow: /node/add/
Disallow: /search/
Disallow: /user/register
Disallow: /user/password
Disallow: /user/login
Disallow: /user/logout
"""


class Answer(NamedTuple):
    status: int
    media_type: str
    body: bytes
    last_modified: datetime | None = None


class _Asked(NamedTuple):
    nodes: Mapping[int, Node]
    look: SiteLook
    match: re.Match[str]
    page: int


def answer(nodes: Mapping[int, Node], look: SiteLook, path: str, page: int = 0) -> Answer:
    """`path` is decoded and without its query, of which only `page` matters; `look` is that of a visitor who names no language."""
    for pattern, handle in _ROUTES:
        if match := re.fullmatch(pattern, path.rstrip("/") or "/"):
            language = match.groupdict().get("language") or look.language
            return handle(_Asked(nodes, replace(look, language=language), match, page))
    return _missing(look)


def _listing(asked: _Asked) -> Answer:
    listed = [node for node in asked.nodes.values() if node.language == asked.look.language and not node.sticky]
    listed.sort(key=lambda node: (node.created, node.id), reverse=True)
    pages = max(1, -(-len(listed) // PAGE_SIZE))
    # Drupal shows the last page for every number beyond it.
    page = min(asked.page, pages - 1)
    shown = listed[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    sticky = [node for node in asked.nodes.values() if node.language == asked.look.language and node.sticky]
    path = asked.match.string
    return _html(markup.listing_page(shown, asked.look, page=page, pages=pages, path=path, sticky=sticky), _newest_change(listed))


def _node(asked: _Asked) -> Answer:
    node = asked.nodes.get(int(asked.match["number"]))
    return _missing(asked.look) if node is None else _html(markup.node_page(node, asked.look), node.last_change)


def _alias(asked: _Asked) -> Answer:
    for node in asked.nodes.values():
        if node.alias == asked.match["alias"]:
            return _html(markup.node_page(node, asked.look), node.last_change)
    return _missing(asked.look)


def _printable(asked: _Asked) -> Answer:
    node = asked.nodes.get(int(asked.match["number"]))
    if node is None:
        return _missing(asked.look)
    if asked.match["kind"] == "pdf":
        return Answer(200, "application/pdf", files.pdf(f"Node {node.id}"), node.last_change)
    return _html(markup.print_page(node, asked.look), node.last_change)


def _feed(asked: _Asked) -> Answer:
    made = feed(tuple(asked.nodes.values()), asked.look).encode()
    return Answer(200, "application/rss+xml; charset=utf-8", made, _newest_change(asked.nodes.values()))


def _picture(asked: _Asked) -> Answer:
    return Answer(200, "image/png", files.png(asked.match["name"]))


def _document(asked: _Asked) -> Answer:
    for node in asked.nodes.values():
        if node.attachment and node.attachment[0] == asked.match["name"]:
            made = files.pdf(f"Primeria, document of node {node.id}", node.attachment[1])
            return Answer(200, "application/pdf", made, node.last_change)
    return _missing(asked.look)


def _robots(_: _Asked) -> Answer:
    return Answer(200, "text/plain; charset=utf-8", _ROBOTS.encode())


def _contacts(asked: _Asked) -> Answer:
    words = WORDS[asked.look.language]
    return _html(markup.plain_page(words.contacts, f"{words.phone} +999 (10) 555 01 00", asked.look), None)


def _missing(look: SiteLook) -> Answer:
    title = WORDS[look.language].missing
    return Answer(404, "text/html; charset=utf-8", markup.plain_page(title, title, look).encode())


def _html(page: str, changed: datetime | None) -> Answer:
    return Answer(200, "text/html; charset=utf-8", page.encode(), changed)


def _newest_change(nodes: Collection[Node]) -> datetime | None:
    return max((node.last_change for node in nodes), default=None)


_LANGUAGE = "(?:/(?P<language>ru|be|en))?"
_ROUTES: tuple[tuple[str, Callable[[_Asked], Answer]], ...] = (
    (r"/", _listing),
    (_LANGUAGE + r"(?:/news)?", _listing),
    (r"/rss\.xml", _feed),
    (r"/robots\.txt", _robots),
    (_LANGUAGE + r"/contacts", _contacts),
    (_LANGUAGE + r"/node/(?P<number>\d{1,9})", _node),
    (_LANGUAGE + r"/news/\d\d-\d\d-\d{4}-(?P<number>\d{1,9})", _node),
    (_LANGUAGE + r"/node/(?P<number>\d{1,9})/printable/(?P<kind>print|pdf)", _printable),
    (r"/sites/default/files/(?:styles/[\w-]+/public/)?(?P<name>[\w/.-]+\.png)", _picture),
    (r"/sites/default/files/(?P<name>[\w/.-]+\.pdf)", _document),
    (_LANGUAGE + r"/(?P<alias>[\w-]+(?:/[\w-]+)*)", _alias),
)
