"""A page as what is needed to judge it: blocks of text in their order, and the boxes that hold them, from one walk over the tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from collector import html
from collector.extract.generic.hints import Hint, decisive, hint_of

# What an element does to the text around it. Plain numbers: they are compared for each element of the page, and an enum's members
# took a third of the walk's time.
_PLAIN = 0
"""Nothing: its text goes on, and nobody gives it telling names."""
_RUN = 1
"""Nothing, unless it has such a name."""
_BORDER = 2
"""It begins a block of text."""
_LINK, _IMAGE = 3, 4
_BOX = 5
"""It begins a block, and may be a column, a menu, a text."""
_LINE, _SILENT = 6, 7
# What is to be done where an element ends.
_OPEN_LINK, _OPEN_BORDER, _OPEN_BOX = 1, 2, 3
_NONE, _BESIDE = int(Hint.NONE), int(Hint.BESIDE)
_PARTS = {
    **dict.fromkeys(("b", "i", "em", "strong", "u", "font", "sup", "sub", "big", "small", "s", "strike", "wbr", "abbr"), _PLAIN),
    **dict.fromkeys((
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "caption", "pre", "summary", "hgroup",
        "legend"
    ), _BORDER),
    **dict.fromkeys(("tr", "tbody", "thead", "tfoot", "hr"), _BORDER),
    **dict.fromkeys((
        "li", "address", "article", "aside", "blockquote", "center", "details", "dialog", "div", "dl", "fieldset", "figcaption",
        "figure", "footer",
        "form", "header", "main", "menu", "nav", "ol", "section", "table", "td", "th", "ul"
    ), _BOX),
    **dict.fromkeys((
        "script", "style", "noscript", "template", "iframe", "svg", "button", "select", "textarea", "object", "head", "title",
        "option", "video",
        "audio", "canvas", "map", "input", "-comment", "-doctype", "embed", "datalist", "math"
    ), _SILENT),
    "a": _LINK, "img": _IMAGE, "br": _LINE
}  # fmt: skip
_TAG_HINTS = {
    **dict.fromkeys(("article", "main"), int(Hint.CONTENT)),
    **dict.fromkeys(("aside", "form", "header", "nav", "menu"), _BESIDE),
    **dict.fromkeys(("footer", "dialog"), int(Hint.OTHER)),
    "figcaption": int(Hint.SMALL),
}
_ROLES = {
    **dict.fromkeys(("article", "main"), int(Hint.CONTENT)),
    **dict.fromkeys(("navigation", "complementary", "banner", "search", "menu", "menubar", "toolbar"), _BESIDE),
    **dict.fromkeys(("contentinfo", "dialog", "alertdialog"), int(Hint.OTHER)),
}
_TOLD_OF_RUNS = frozenset({int(Hint.SMALL), int(Hint.READERS)})
_TELLING = frozenset({"role", "itemprop", "property", "hidden", "style"})
"""Attributes that tell of an element as well as its class and id do."""
_FILES = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".zip", ".rar", ".ppt", ".pptx")
_LONGEST = 300
"""Characters of a class or an id that are looked at, and remembered: their length is the page's to choose."""
_BREAK = "\x1e"


class Box(NamedTuple):
    """An element that stands for itself on the page."""

    node: html.Node
    parent: int
    """Index of the box around it; -1 for the outermost."""
    hint: int
    """A `Hint`."""
    start: int
    end: int
    """The blocks within are those from `start` to before `end`."""
    stop: int
    """The boxes within are those after it to before `stop`."""


class Block(NamedTuple):
    """A piece of text between borders: a paragraph, a heading, an entry of a menu, bare text between two empty lines."""

    text: str
    linked: int
    """Characters of it within links to other pages; links to files are what a publication is about."""
    box: int
    """Index of the innermost box that holds it."""
    tag: str
    """Of the innermost element that makes it a block."""
    nodes: list[html.Node]
    """Its texts."""


class Anchor(NamedTuple):
    node: html.Node
    href: str
    box: int


class Picture(NamedTuple):
    node: html.Node
    src: str
    box: int
    block: int
    """How many blocks stand before it."""


@dataclass(slots=True)
class Outline:
    boxes: list[Box] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


def outline(root: html.Node) -> Outline:  # noqa: C901, PLR0912, PLR0915  one loop: a call for each node made it twice as long
    """Walk an element once. No recursion: depth is the page's to choose."""
    found = Outline()
    boxes, blocks, anchors, pictures = found.boxes, found.blocks, found.anchors, found.pictures
    pieces: list[str] = []
    texts: list[html.Node] = []
    box, linked, in_link, block_tag = 0, 0, 0, root.tag or ""
    unknown = Box(root, -1, _NONE, 0, 0, 0)  # what stands for a box until it ends
    boxes.append(unknown)
    open_nodes, open_kinds = [root], [_OPEN_BOX]
    # of each border that is open: the box around, its hint, how many blocks went before, how many links and pictures, the tag around
    open_borders = [(-1, _NONE, 0, 0, "")]
    part_of, tag_hints, tells_nothing = _PARTS.get, _TAG_HINTS, _TELLING.isdisjoint
    make = tuple.__new__  # the classes' own constructors take thrice as long, and there are 600 values on a page
    node = root.first_child
    while True:
        while node is None:
            left = open_nodes.pop()
            if kind := open_kinds.pop():
                if kind == _OPEN_LINK:
                    in_link -= 1
                else:
                    if pieces:
                        _end_block(blocks, pieces, texts, linked, box, block_tag)
                        pieces, texts, linked = [], [], 0
                    parent, hint, start, seen, block_tag = open_borders.pop()
                    if kind == _OPEN_BOX:
                        empty = start == len(blocks) and seen == len(anchors) + len(pictures) and box == len(boxes) - 1
                        if empty and hint >= _NONE and open_nodes:
                            boxes.pop()  # nothing in it to judge
                        else:
                            boxes[box] = make(Box, (left, parent, hint, start, len(blocks), len(boxes)))
                        if not open_nodes:
                            return found
                        box = parent
            node = left.next
        text = node.text_content
        if text is not None:
            if not text.isspace():
                pieces.append(text)
                texts.append(node)
                if in_link:
                    linked += len(text)
            elif pieces:
                pieces.append(" ")
            node = node.next
            continue
        tag = node.tag or ""
        part = part_of(tag, _RUN)
        if part >= _LINE:
            if part == _LINE and pieces and _breaks_twice(pieces):
                _end_block(blocks, pieces, texts, linked, box, block_tag)
                pieces, texts, linked = [], [], 0
            node = node.next
            continue
        kind, hint = 0, _NONE
        if part:
            attributes = node.attributes
            if part == _IMAGE:
                if src := _source(attributes):
                    pictures.append(make(Picture, (node, src, box, len(blocks))))
                node = node.next
                continue
            if part == _BOX:
                hint = tag_hints.get(tag, _NONE)
            if attributes:
                name, ident = attributes.get("class"), attributes.get("id")
                if name or ident:
                    hint = _hint(tag, part, name, ident)
                if not tells_nothing(attributes):
                    hint = _told(tag, attributes, hint)
            if part == _BOX or hint < _NONE:
                kind = _OPEN_BOX
            elif part == _BORDER:
                kind = _OPEN_BORDER
            elif part == _LINK and (href := (attributes.get("href") or "").strip()):
                anchors.append(make(Anchor, (node, href, box)))
                if ("." not in href[-5:] and "?" not in href) or not href.partition("?")[0].lower().endswith(_FILES):
                    kind = _OPEN_LINK
                    in_link += 1
            if kind >= _OPEN_BORDER:
                if pieces:
                    _end_block(blocks, pieces, texts, linked, box, block_tag)
                    pieces, texts, linked = [], [], 0
                open_borders.append((box, hint, len(blocks), len(anchors) + len(pictures), block_tag))
                block_tag = tag
                if kind == _OPEN_BOX:
                    box = len(boxes)
                    boxes.append(unknown)
        open_nodes.append(node)
        open_kinds.append(kind)
        node = node.first_child


def _end_block(blocks: list[Block], pieces: list[str], texts: list[html.Node], linked: int, box: int, tag: str) -> None:
    text = "".join(pieces)
    text = (
        " ".join(text.split()) if _BREAK not in text else "\n".join(filter(None, (" ".join(line.split()) for line in text.split(_BREAK))))
    )
    if text:
        blocks.append(tuple.__new__(Block, (text, min(linked, len(text)), box, tag, texts)))


def _breaks_twice(pieces: list[str]) -> bool:
    """Two breaks with nothing between them are how pages without `<p>` part paragraphs."""
    while pieces and pieces[-1] == " ":
        pieces.pop()
    if not pieces or pieces[-1] == _BREAK:
        return bool(pieces)
    pieces.append(_BREAK)
    return False


def _source(attributes: dict[str, str | None]) -> str:
    src = (attributes.get("src") or "").strip()
    if not src or src.startswith("data:"):
        # scripts put the real address in its place when the picture comes into view
        src = (attributes.get("data-src") or attributes.get("data-original") or attributes.get("data-lazy-src") or "").strip()
    return src


def _hint(tag: str, part: int, name: str | None, ident: str | None) -> int:
    """What an element's class and id say, remembered apart: classes recur on a site's pages, while ids are numbered."""
    found = hint_of(name[:_LONGEST]) if name else _NONE
    if ident and (numbered := ident[:_LONGEST].rstrip("0123456789")):
        found = decisive(found, hint_of(numbered))
    if part != _BOX or tag == "td":
        # Names of paragraphs and runs of text say where they float and how they look; a few say that they are something else.
        return found if found in _TOLD_OF_RUNS else _NONE
    return _stronger(_TAG_HINTS[tag], found) if tag in _TAG_HINTS else found


def _told(tag: str, attributes: dict[str, str | None], hint: int) -> int:
    """The hint with what attributes beside class and id say."""
    style = attributes.get("style")
    if "hidden" in attributes or (style and "none" in style and "display:none" in style.replace(" ", "").lower()):
        return min(hint, _BESIDE)
    names, more, role = attributes.get("itemprop"), attributes.get("property"), attributes.get("role")
    found = hint_of(f"{names or ''} {more or ''}"[:_LONGEST]) if names or more else _NONE
    if found == Hint.CONTENT:
        found = _NONE  # `name`, `text`: words of every vocabulary
    if _PARTS.get(tag) != _BOX:
        return hint if found >= _NONE else found
    told = _stronger(hint, found) if found else hint
    return _stronger(told, _ROLES.get(role.strip().lower(), _NONE)) if role else told


def _stronger(one: int, other: int) -> int:
    """What speaks against text is the stronger; else what speaks for it."""
    return min(one, other) if min(one, other) < _NONE else max(one, other)
