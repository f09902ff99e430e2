"""HTML as a tree, and the few questions that we ask of it. The home of selectolax.

Runs in the child process alone: a page made to explode takes Lexbor minutes that no thread could cut short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

Node = LexborNode
Tree = LexborHTMLParser

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
    "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"
})  # fmt: skip
_BREAKS = ",".join(("br", *sorted(_BLOCKS - {"body"})))
_SILENT = frozenset(["script", "style", "noscript", "template", "iframe", "svg", "button", "select", "textarea", "object", "head", "title"])
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0]+")


def parse(text: str) -> Tree:
    try:
        return LexborHTMLParser(text)
    except SelectolaxError as error:  # HTML knows no errors: there was no memory for it
        raise MemoryError(str(error)) from error


def select(where: Tree | Node, selector: str) -> list[Node]:
    """The elements that a selector finds, in the document's order. A selector that is none finds nothing."""
    if not selector:
        return []
    try:
        return list(where.css(selector))
    except (SelectolaxError, ValueError):
        return []


def select_first(where: Tree | Node, selector: str) -> Node | None:
    if not selector:
        return None
    try:
        return where.css_first(selector)
    except (SelectolaxError, ValueError):
        return None


def attribute(node: Node | None, name: str) -> str:
    """The value of an attribute, stripped; empty where either is absent."""
    return (node.attributes.get(name) or "").strip() if node is not None else ""


def line(node: Node | None) -> str:
    """The text of an element in one line."""
    if node is None:
        return ""
    text = " ".join(paragraphs(node)) if node.css_first(_BREAKS) is not None else node.text(deep=True, separator="")
    return _SPACES.sub(" ", text).strip()


def paragraphs(node: Node) -> list[str]:
    """The text of an element, a string for each block; `<br>` begins a new line within it."""
    collected: list[str] = []
    current: list[str] = []
    for piece in _pieces(node):
        if piece is None:
            _end_block(collected, current)
        else:
            current.append(piece)
    _end_block(collected, current)
    return collected


def _end_block(collected: list[str], current: list[str]) -> None:
    lines = (_SPACES.sub(" ", part).strip() for part in "".join(current).split("\x1e"))
    block = "\n".join(filter(None, lines))
    if block:
        collected.append(block)
    current.clear()


def _pieces(root: Node) -> Iterator[str | None]:
    """Texts in order, `None` at the borders of blocks, a record separator for `<br>`. No recursion: depth is the page's to choose."""
    stack: list[tuple[Node | None, bool]] = [(root, False)]
    while stack:
        node, closing = stack.pop()
        if node is None or closing:
            yield None
            continue
        if node.is_text_node:
            yield (node.text_content or "").replace("\x1e", " ")
            continue
        tag = node.tag or ""
        if tag in _SILENT or not node.is_element_node:
            continue
        if tag == "br":
            yield "\x1e"
            continue
        if tag in _BLOCKS:
            yield None
            stack.append((None, True))
        stack.extend((child, False) for child in reversed(children(node)))


def children(node: Node) -> list[Node]:
    """An element's children, texts included."""
    found = []
    child = node.first_child
    while child is not None:
        found.append(child)
        child = child.next
    return found


def inner_html(node: Node) -> str:
    return node.inner_html or ""
