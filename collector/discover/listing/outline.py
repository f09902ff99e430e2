"""A page in one traversal: its elements, texts and links with their places, so that every later question costs little.

Elements are no frozen values: their ends are known only when the traversal leaves them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from collector import html

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "label", "li", "main", "nav", "ol",
    "option", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_SILENT = frozenset(["script", "style", "noscript", "template", "iframe", "svg", "select", "textarea", "object", "head", "title"])
_SPACES = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_NUMBER = re.compile(r"[-_]*\d+|[-_](?:first|last|odd|even|active|current)(?=$)")
_ORNAMENTS = frozenset(["odd", "even", "first", "last", "active", "current", "selected", "sticky", "new", "clearfix"])
"""Classes that tell a row's place among its neighbours, not what it is."""
_ROW_TAGS = frozenset(["article", "li", "tr", "dt", "dd", "p", "a", "td", "th", "h2", "h3", "h4"])
_MANY = 4
"""Neighbours of one tag; fewer `div`s are as likely the columns of a page, which their classes tell apart."""
_MOST_CLASSES = 20
"""Of one element; a page made to explode writes thousands."""


@dataclass(slots=True, eq=False)
class Element:
    """`texts` and `links` are counted through the page: an element holds those from its first up to, not including, its last."""

    tag: str
    node: html.Node
    parent: Element | None
    depth: int
    text_from: int
    link_from: int
    text_to: int = 0
    link_to: int = 0
    attributes: dict[str, str | None] = field(default_factory=dict)
    classes: tuple[str, ...] = ()
    path: int = 0
    """The same number for elements whose names, and whose ancestors' names, are the same."""
    inside: list[Element] = field(default_factory=list)

    def has(self, name: str) -> str:
        """The value of an attribute, stripped; empty where it is absent."""
        return (self.attributes.get(name) or "").strip()

    def up(self, levels: int) -> Element:
        """The ancestor so many levels up, or the outermost."""
        found = self
        for _ in range(levels):
            if found.parent is None:
                break
            found = found.parent
        return found

    def ancestors(self, most: int) -> Iterator[Element]:
        found = self.parent
        while found is not None and most:
            yield found
            found, most = found.parent, most - 1

    def walk(self) -> Iterator[Element]:
        """Itself and the elements in it, in the page's order."""
        stack = [self]
        while stack:
            found = stack.pop()
            yield found
            stack.extend(reversed(found.inside))


@dataclass(slots=True)
class Outline:
    root: Element
    elements: list[Element]
    """In the page's order."""
    texts: list[str]
    """White space evened out; none is empty."""
    owners: list[Element]
    """The element that each text stands in."""
    opens_line: list[bool]
    """Whether a new line begins with the text."""
    links: list[Element]
    """Every `<a>` with an address."""
    length: list[int]
    """Characters before each text, and after the last."""

    def lines(self, start: int, end: int, kept: Callable[[int], bool] = lambda _: True) -> list[str]:
        """The texts from one place up to another, joined to lines; of those alone whose place is `kept`."""
        found: list[str] = []
        fresh = True
        for number in range(start, min(end, len(self.texts))):
            fresh = fresh or self.opens_line[number]
            if not kept(number):
                continue
            if fresh:
                found.append(self.texts[number])
            else:
                found[-1] += self.texts[number]
            fresh = False
        return [line for line in (_SPACES.sub(" ", line).strip() for line in found) if line]

    def text(self, element: Element) -> str:
        return " ".join(self.lines(element.text_from, element.text_to))

    def weight(self, element: Element) -> int:
        """Characters of its texts."""
        return self.length[element.text_to] - self.length[element.text_from]


def outline(tree: html.Tree) -> Outline | None:
    """None for a page without a root."""
    if tree.root is None:
        return None
    root = Element(tree.root.tag or "", tree.root, None, 0, 0, 0)
    made = Outline(root, [], [], [], [], [], [0])
    _fill(made)
    _name_paths(made)
    return made


def _fill(made: Outline) -> None:
    stack: list[tuple[html.Node | None, Element]] = [(made.root.node, made.root)]
    at_line = True
    while stack:
        node, owner = stack.pop()
        if node is None:  # the traversal leaves `owner`
            owner.text_to, owner.link_to = len(made.texts), len(made.links)
            at_line = at_line or owner.tag in _BLOCKS
        elif node.is_text_node:
            at_line = _add_text(made, node, owner, opens_line=at_line)
        elif node.is_element_node and (node.tag or "") not in _SILENT:
            element = _enter(made, node, owner)
            at_line = at_line or element.tag in _BLOCKS
            stack.append((None, element))
            stack.extend((child, element) for child in reversed(html.children(node)))


def _add_text(made: Outline, node: html.Node, owner: Element, *, opens_line: bool) -> bool:
    """Whether the next text still begins the line."""
    text = _SPACES.sub(" ", node.text_content or "")
    if not text or (opens_line and text == " "):
        return opens_line
    made.texts.append(text)
    made.owners.append(owner)
    made.opens_line.append(opens_line)
    made.length.append(made.length[-1] + len(text))
    return False


def _enter(made: Outline, node: html.Node, owner: Element) -> Element:
    if node.mem_id == made.root.node.mem_id:
        element = made.root
    else:
        element = Element(node.tag or "", node, owner, owner.depth + 1, len(made.texts), len(made.links))
        owner.inside.append(element)
    element.attributes = node.attributes
    element.classes = tuple(element.has("class").split()[:_MOST_CLASSES])
    made.elements.append(element)
    if element.tag == "a" and element.has("href"):
        made.links.append(element)
    return element


def _name_paths(made: Outline) -> None:
    """Numbers the paths: by tags, and by the classes that an element shares with its neighbours."""
    known: dict[tuple[int, str, tuple[str, ...]], int] = {}
    made.root.path = known.setdefault((0, made.root.tag, ()), 1)
    for element in made.elements:
        for tag, alike in _by_tag(element.inside).items():
            shared = _shared_classes(tag, alike)
            for child in alike:
                names = _names(child, shared)
                child.path = known.setdefault((element.path, tag, names), len(known) + 1)


def _by_tag(elements: list[Element]) -> dict[str, list[Element]]:
    found: dict[str, list[Element]] = {}
    for element in elements:
        found.setdefault(element.tag, []).append(element)
    return found


def _shared_classes(tag: str, alike: list[Element]) -> frozenset[str] | None:
    """Classes that nine in ten have; None where the neighbours are too few to be rows.

    A row's other classes tell its rubric, its tags and its number (WordPress prints all of them on each article).
    """
    if len(alike) < (2 if tag in _ROW_TAGS else _MANY):
        return None
    counted = Counter(name for element in alike for name in {_plain(name) for name in element.classes})
    return frozenset(name for name, count in counted.items() if name and count * 10 >= len(alike) * 9 and name not in _ORNAMENTS)


def _names(element: Element, shared: frozenset[str] | None) -> tuple[str, ...]:
    """One class for what may be a row, so that a row with fewer parts is named as its neighbours are; all of them for a page's columns."""
    own = [name for name in map(_plain, element.classes) if name and name not in _ORNAMENTS]
    if shared is not None or element.tag in _ROW_TAGS:
        return tuple([name for name in own if name in (shared or ())][:1] or own[:1])
    marked = _plain(element.has("id"))
    return (*sorted(own), f"#{marked}") if marked else tuple(sorted(own))


def _plain(name: str) -> str:
    return _NUMBER.sub("", name)
