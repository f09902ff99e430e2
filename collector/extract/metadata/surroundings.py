"""What stands around a title: the lines of text before and after it, as far as a date or a name may be its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from collector import html
from collector.extract.metadata.declared import ancestors, stands_aside

_SKIPPED = frozenset({"script", "style", "noscript", "template", "iframe", "svg", "form", "select", "button", "nav", "aside", "head"})
_INLINE = frozenset(
    {"span", "a", "b", "i", "em", "strong", "time", "small", "font", "abbr", "u", "s", "sup", "sub", "cite", "label", "data"}
)
_NO_ELEMENTS = frozenset({"-text", "-comment", "-doctype", None})
_LONGEST = 500
"""Characters of one text that are looked at."""
_NODES = 250
"""Nodes that are walked over on each side; templates put a picture and a bar of buttons between the title and its date."""
_NODES_ABOVE = 80
"""Of one element above the title; what holds more is a menu or a neighbour."""
_LINES_AFTER, _LINES_BEFORE = 16, 4
"""Lines: below the title its text begins soon, and above it other things do."""
_LONG = 80
_LONG_LINES = 3
"""Paragraphs after which the text has begun."""
_HOLDERS = frozenset({"article", "main", "body"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, and the element that it ends in."""

    text: str
    node: html.Node
    is_link: bool
    """Whether all of it leads elsewhere."""


class Surroundings:
    """The lines around a title, read when they are first asked for: most pages tell of themselves elsewhere."""

    __slots__ = ("_after", "_before", "title")

    def __init__(self, title: html.Node | None) -> None:
        self.title = title
        self._after: list[Line] | None = None
        self._before: list[Line] | None = None

    @property
    def after(self) -> list[Line]:
        """Those that follow it in what holds it, until its text has begun; none where no element shows the title."""
        if self._after is None:
            self._after = list(_lines_after(self.title)) if self.title is not None else []
        return self._after

    @property
    def before(self) -> list[Line]:
        """Those that stand right above it in what holds it, the nearest first."""
        if self._before is None:
            self._before = _lines_before(self.title) if self.title is not None else []
        return self._before


def _lines_after(title: html.Node) -> Iterator[Line]:
    shared = frozenset(parent.mem_id for parent in ancestors(title))
    long = 0
    for number, line in enumerate(_lines(_following(title, shared)), 1):
        yield line
        long += len(line.text) >= _LONG
        if long >= _LONG_LINES or number >= _LINES_AFTER:
            return


def _lines_before(title: html.Node) -> list[Line]:
    above: list[Line] = []
    node: html.Node | None = title
    while node is not None and node.tag not in _HOLDERS and len(above) < _LINES_BEFORE:
        before = node.prev
        while before is not None and len(above) < _LINES_BEFORE:
            if before.is_text_node or (before.is_element_node and before.tag not in _SKIPPED and not _is_aside(before)):
                above.extend(reversed(list(_lines(_within(before)))))
            before = before.prev
        node = node.parent
    return above[:_LINES_BEFORE]


def _lines(nodes: Iterator[html.Node]) -> Iterator[Line]:
    """Texts in order; inline elements go on in the same line."""
    pieces: list[str] = []
    last: html.Node | None = None
    is_link = True
    block = 0
    for node in nodes:
        text = (node.text_content or "")[:_LONGEST]
        says = bool(text) and not text.isspace()
        around = _block_of(node) if says else 0
        if last is not None and (around != block if says else not text and node.tag not in _INLINE and not node.is_text_node):
            yield Line(" ".join("".join(pieces).split()), last, is_link)
            pieces, last, is_link = [], None, True
        if says:
            last, block, is_link = node.parent, around, is_link and _is_in_link(node)
        pieces.append(text)
    if last is not None:
        yield Line(" ".join("".join(pieces).split()), last, is_link)


def _is_in_link(node: html.Node) -> bool:
    return any(parent.tag == "a" and html.attribute(parent, "rel") != "bookmark" for parent in ancestors(node, 4))


def _block_of(text: html.Node) -> int:
    """The nearest element that begins a line of its own."""
    parent = text.parent
    for _ in range(8):
        if parent is None:
            break
        if parent.tag not in _INLINE:
            return parent.mem_id
        parent = parent.parent
    return 0


def _following(node: html.Node, shared: frozenset[int]) -> Iterator[html.Node]:
    """What comes after an element in the document, up to the end of what holds it."""
    current: html.Node | None = node
    enter = False
    for _ in range(_NODES):
        following = current.first_child if enter and current is not None else None
        while following is None and current is not None:
            following = current.next
            if following is None:
                current = current.parent
                if current is None or current.tag in _HOLDERS:
                    return
        if following is None:
            return
        current = following
        tag = current.tag
        enter = tag not in _NO_ELEMENTS and tag not in _SKIPPED and not _is_aside(current, shared)
        if enter or tag == "-text":
            yield current


def _within(node: html.Node) -> Iterator[html.Node]:
    """An element and what it holds."""
    stack = [node]
    for _ in range(_NODES_ABOVE):
        if not stack:
            return
        current = stack.pop()
        if current.is_text_node or (current.is_element_node and current.tag not in _SKIPPED):
            yield current
            stack.extend(reversed(html.children(current)[:_NODES_ABOVE]))


def _is_aside(node: html.Node, shared: frozenset[int] = frozenset()) -> bool:
    parent = node.parent
    return stands_aside(node, shared | ({parent.mem_id} if parent is not None else frozenset()))
