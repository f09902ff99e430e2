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
_BREAKS = (_BLOCKS | {"br"}) - {"body"}
_SILENT = frozenset(["script", "style", "noscript", "template", "iframe", "svg", "button", "select", "textarea", "object", "head", "title"])
_LEAVES = frozenset(["-text", "br", "-comment", "-doctype", "-document", ""])
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
    only = node.first_child
    if only is not None and only.next is None and only.is_text_node:  # most headings and links
        return _SPACES.sub(" ", only.text_content or "").strip()
    text = " ".join(paragraphs(node)) if _has_breaks(node) else node.text(deep=True, separator="")
    return _SPACES.sub(" ", text).strip()


def _has_breaks(node: Node) -> bool:
    """Whether words of the element stand apart though there may be no space between them."""
    return any(inner.tag in _BREAKS for inner in node.traverse())


def paragraphs(node: Node) -> list[str]:
    """The text of an element, a string for each block; `<br>` begins a new line within it."""
    collected: list[str] = []
    current: list[str] = []
    for piece in _pieces(node):
        if piece is not None:
            current.append(piece)
        elif current:
            _end_block(collected, current)
    if current:
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
    if root.is_text_node:
        yield (root.text_content or "").replace("\x1e", " ")
    if root.tag in _SILENT or not root.is_element_node:
        return
    open_elements: list[Node] = []
    node = root.first_child
    while True:
        while node is None:
            if not open_elements:
                return
            closed = open_elements.pop()
            if closed.tag in _BLOCKS:
                yield None
            node = closed.next
        tag = node.tag or ""
        if tag in _LEAVES or tag in _SILENT:
            yield from _leaf(node, tag)
            node = node.next
            continue
        if tag in _BLOCKS:
            yield None
        open_elements.append(node)
        node = node.first_child


def _leaf(node: Node, tag: str) -> tuple[str, ...]:
    if tag == "-text":
        return ((node.text_content or "").replace("\x1e", " "),)
    return ("\x1e",) if tag == "br" else ()


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
