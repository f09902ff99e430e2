"""One pass over a page: its elements, and the words that each holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from collector import html
from collector.charset import decode
from collector.page import Page
from storage.fold import folded_words

_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head"})
_DEEPEST = 200
"""Levels. Real pages have 10 to 40; a selector with an ancestor is looked up level by level, which a page made deep would make slow."""
_MOST = 60_000
"""Elements; the longest of the real listings has 9,000."""


@dataclass(frozen=True, slots=True)
class Element:
    node: html.Node
    parent: int
    """Its place in the outline; -1 for the root."""
    start: int
    end: int
    """Of its words among the page's."""
    last: int
    """The place after its last descendant's."""

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Outline:
    tree: html.Tree
    elements: tuple[Element, ...]
    """In the page's order."""
    words: tuple[str, ...]
    """Folded."""
    places: dict[int, int]
    """Where the element of a node stands, by the node's identity in memory."""
    classes: Counter[str]
    """How many elements have each class."""

    def element(self, node: html.Node | None) -> Element | None:
        place = None if node is None else self.places.get(node.mem_id)
        return None if place is None else self.elements[place]

    def first(self, selector: str) -> Element | None:
        return self.element(html.select_first(self.tree, selector))

    def ancestors(self, element: Element) -> Iterator[Element]:
        """The nearest first."""
        while element.parent >= 0:
            element = self.elements[element.parent]
            yield element


def outline_of(page: Page) -> Outline | None:
    """None for a page too deep or too long to learn from."""
    tree = html.parse(decode(page.body, page.content_type))
    root = tree.body
    if root is None:
        return None
    opened: list[tuple[html.Node, int, int]] = []
    ends: list[tuple[int, int]] = []
    words: list[str] = []
    stack: list[tuple[html.Node | None, int, int]] = [(root, -1, 0)]
    while stack:
        node, parent, depth = stack.pop()
        if node is None:
            ends[parent] = (len(words), len(opened))
        elif node.is_text_node:
            words += folded_words(node.text_content or "")
        elif node.is_element_node and node.tag not in _SILENT:
            if depth > _DEEPEST or len(opened) > _MOST:
                return None
            place = len(opened)
            opened.append((node, parent, len(words)))
            ends.append((0, 0))
            stack.append((None, place, depth))
            stack += [(child, place, depth + 1) for child in reversed(html.children(node))]
    elements = tuple(Element(node, parent, start, *end) for (node, parent, start), end in zip(opened, ends, strict=True))
    classes = Counter(name for element in elements for name in set(html.attribute(element.node, "class").split()))
    return Outline(tree, elements, tuple(words), {element.node.mem_id: place for place, element in enumerate(elements)}, classes)
