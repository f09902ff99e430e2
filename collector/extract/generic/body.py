"""The text of a page as a value: its paragraphs, and the same as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from collector import html
from collector.extract.generic.choose import choose
from collector.extract.generic.hints import Hint
from collector.extract.generic.judge import Judged, judge
from collector.extract.generic.outline import Block, Picture, outline
from collector.extract.generic.prune import dead_boxes, kept_blocks, lead_blocks

_NO_PICTURE = re.compile(r"sprite|spacer|pixel|blank|1x1|counter|/icons?/|favicon|logo|avatar|emoji|smil|\.svg(?:$|\?)", re.IGNORECASE)
_SMALLEST = 100
"""Pixels; icons and counters are smaller."""
_ABOVE = 6
"""Blocks between a picture and the text below it: its caption, a date, an author."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a page publishes."""

    paragraphs: tuple[str, ...]
    """Blocks of clean text, without labels, captions, share bars and the title said again."""
    html: str
    """What holds them: inner HTML without the same noise, not yet safe."""
    links: tuple[tuple[str, str], ...]
    """Addresses as written, and texts, of the links within."""
    image: str = ""
    """The address, as written, of the first picture within or just above."""


def find_body(tree: html.Tree, title: str = "") -> Body | None:
    """The text of a page, None where it has none. The tree is changed.

    Without a title the page's `<title>` tells where its text begins.
    """
    if tree.body is None:
        return None
    judged = judge(outline(tree.body), title or html.line(html.select_first(tree, "title")))
    root = choose(judged)
    return None if root is None else _body(judged, root, title, lead_blocks(judged, root))


def body_within(node: html.Node, title: str = "") -> Body | None:
    """The text of an element that a rule names, None where it has none. The tree is changed."""
    return _body(judge(outline(node), None), 0, title, ())


def _body(judged: Judged, root: int, title: str, lead: Sequence[int]) -> Body | None:
    found = judged.outline
    dead = dead_boxes(judged, root)
    kept = kept_blocks(judged, root, dead, title)
    within = range(root, found.boxes[root].stop)
    links = tuple((anchor.href, html.line(anchor.node)) for anchor in found.anchors if anchor.box in within and not dead[anchor.box])
    image = _image(judged, root, dead)
    if not kept and not links and not image:
        return None
    above = "".join(f"<p>{_escaped(found.blocks[index].text)}</p>" for index in lead)
    _take_out(judged, root, dead, set(kept))
    paragraphs = tuple(found.blocks[index].text for index in (*lead, *kept))
    return Body(paragraphs, above + html.inner_html(found.boxes[root].node), links, image)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")


def _take_out(judged: Judged, root: int, dead: list[bool], kept: set[int]) -> None:
    """Take out of the tree what was not kept, each element once: a box whole where nothing in it is text, else its texts."""
    found = judged.outline
    box = found.boxes[root]
    texts = _counted(len(found.blocks), kept)
    pictures = _counted(len(found.boxes), (picture.box for picture in found.pictures))
    gone = 0
    index = root + 1
    while index < box.stop:
        inner = found.boxes[index]
        empty = inner.start < inner.end and texts[inner.start] == texts[inner.end] and pictures[index] == pictures[inner.stop]
        if not dead[index] and not empty:
            index += 1
            continue
        _silence(found.blocks[max(gone, box.start) : inner.start], kept, max(gone, box.start))
        inner.node.decompose()
        gone, index = inner.end, inner.stop
    _silence(found.blocks[max(gone, box.start) : box.end], kept, max(gone, box.start))


def _silence(blocks: Sequence[Block], kept: set[int], first: int) -> None:
    """Take the texts out of the tree that were not kept; `first` is the index of the first of the blocks."""
    for index, block in enumerate(blocks, first):
        if index not in kept:
            for node in block.nodes:
                node.decompose()


def _counted(size: int, some: Iterable[int]) -> list[int]:
    """For each number up to the size, how many of some are below it."""
    marks = [0] * (size + 1)
    for number in some:
        marks[number + 1] += 1
    return list(accumulate(marks))


def _image(judged: Judged, root: int, dead: list[bool]) -> str:
    """The first picture within; else the last one a little above, below the title."""
    found = judged.outline
    box = found.boxes[root]
    above, first = "", max(judged.title, box.start - _ABOVE)
    for picture in found.pictures:
        if picture.block >= box.end:
            break
        if root <= picture.box < box.stop:
            if not dead[picture.box] and _is_picture(picture):
                return picture.src
        elif first <= picture.block <= box.start and found.boxes[picture.box].hint >= Hint.SMALL and _is_picture(picture):
            above = picture.src
    return above


def _is_picture(picture: Picture) -> bool:
    sizes = (html.attribute(picture.node, name) for name in ("width", "height"))
    if any(size.isdecimal() and int(size) < _SMALLEST for size in sizes):
        return False
    return _NO_PICTURE.search(picture.src) is None
