"""What of the chosen box is text: without what stands around and between."""

from __future__ import annotations

import re

from collector.extract.clean import is_noise
from collector.extract.generic.judge import NEXT, Judged
from collector.extract.generic.phrases import asks_consent, introduces_others, introduces_readers, is_date, is_said_about, names_other
from collector.extract.generic.sentence import is_link, is_text
from collector.extract.words import words_of

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SENTENCES = frozenset({"p", "li", "blockquote", "pre", *_HEADINGS})
_ABOUT = 100
"""Characters: what is said of a publication between its title and its first sentence is shorter."""
_ENOUGH = 150
_LONG = 250
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


def dead_boxes(judged: Judged, root: int) -> list[bool]:
    """For each box, whether it or what holds it within the root is noise."""
    boxes = judged.outline.boxes
    dead = [False] * len(boxes)
    for index in range(root + 1, boxes[root].stop):
        dead[index] = judged.noise[index] or dead[boxes[index].parent]
    return dead


def kept_blocks(judged: Judged, root: int, dead: list[bool], title: str) -> list[int]:
    """Indexes of the blocks that are text."""
    box, blocks = judged.outline.boxes[root], judged.outline.blocks
    kept = [index for index in range(box.start, box.end) if not dead[blocks[index].box]]
    kept = _without_sections(judged, root, _after_title(judged, kept))
    kept = [index for index in kept if not _is_furniture(blocks[index].text)]
    first = 0
    while first < len(kept) and _is_about(judged, kept[first], title):
        first += 1
    last = len(kept)
    while last > first and _is_left_over(judged, kept[last - 1]):
        last -= 1
    return kept[first:last]


def lead_blocks(judged: Judged, root: int) -> list[int]:
    """The sentences between the title and the box that holds the text: a lead that the theme puts into an element of its own."""
    blocks, boxes = judged.outline.blocks, judged.outline.boxes
    start = boxes[root].start
    if not 0 <= judged.title < start <= judged.title + NEXT:
        return []
    found = [index for index in range(judged.title + 1, start) if is_text(blocks[index]) and not is_said_about(blocks[index].text)]
    return [index for index in found if not blocks[index].linked and not _is_noise_anywhere(judged, blocks[index].box)]


def _is_noise_anywhere(judged: Judged, box: int) -> bool:
    while box >= 0:
        if judged.noise[box]:
            return True
        box = judged.outline.boxes[box].parent
    return False


def _after_title(judged: Judged, kept: list[int]) -> list[int]:
    """Without what stands above the title: the way here, a date.

    Only an `<h1>` is surely the title. What is taken for it in a smaller heading or a paragraph may stand in the midst of a text, whose
    sentences stay.
    """
    if not kept or kept[0] > judged.title:
        return kept
    is_heading = judged.outline.blocks[judged.title].tag == "h1"
    after = [index for index in kept if index > judged.title]
    before = [index for index in kept if index < judged.title and judged.values[index] > 0]
    text = sum(max(judged.values[index], 0) for index in after)
    if is_heading and text >= sum(judged.values[index] for index in before):
        return after
    return before + after


def _without_sections(judged: Judged, root: int, kept: list[int]) -> list[int]:
    """Without what readers wrote below, and the lists of other publications, both known by the words above them."""
    blocks = judged.outline.blocks
    left: list[int] = []
    text, others, past = 0, False, 0
    for index in kept:
        block = blocks[index]
        if index < past:
            continue
        if text >= _ENOUGH and introduces_readers(block.text):
            break
        if introduces_others(block.text):
            past = _end_of_section(judged, root, index)
            others = not past
        elif others:
            others = not (is_text(block) and len(block.text) - block.linked >= _LONG)
        elif 2 * block.linked > len(block.text) and names_other(block.text):
            continue
        if not others and index >= past:
            left.append(index)
            text += len(block.text) if is_text(block) else 0
    return left


def _end_of_section(judged: Judged, root: int, index: int) -> int:
    """Where the box ends that begins with this block; 0 where the block has no box of its own."""
    boxes, end = judged.outline.boxes, 0
    at = judged.outline.blocks[index].box
    while at > root and boxes[at].start == index and 2 * judged.worth[at] < judged.worth[root]:
        if boxes[at].end > index + 1:
            end = boxes[at].end
        at = boxes[at].parent
    return end


def _is_furniture(text: str) -> bool:
    return is_noise(text) or is_said_about(text) or asks_consent(text)


def _is_about(judged: Judged, index: int, title: str) -> bool:
    """At the top: the title again, date, rubric, a line of links."""
    block = judged.outline.blocks[index]
    if title and len(block.text) < 2 * len(title) and words_of(block.text) == words_of(title):
        return True
    if is_text(block):
        return False
    if is_link(block) or is_date(block.text):
        return True
    return len(block.text) < _ABOUT and block.tag not in _SENTENCES


def _is_left_over(judged: Judged, index: int) -> bool:
    """At the end: a line of links, the heading of what was taken away."""
    block = judged.outline.blocks[index]
    if is_link(block) or is_date(block.text) or _ADDRESS.fullmatch(block.text):
        return True
    return block.tag in _HEADINGS
