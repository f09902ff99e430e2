"""What each box of a page is: text, something beside it, or what readers wrote."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from collector.extract.generic.hints import Hint
from collector.extract.generic.outline import Block, Outline
from collector.extract.generic.sentence import LINKED, is_text
from collector.extract.generic.sums import Sums
from collector.extract.generic.title import title_block

_READERS, _OTHER, _BESIDE, _SMALL, _NONE = map(int, (Hint.READERS, Hint.OTHER, Hint.BESIDE, Hint.SMALL, Hint.NONE))
_BESIDE_OR_OTHER = frozenset({_BESIDE, _OTHER})
LINK_COST = 20
"""Characters of text that a link which stands alone, or a box of something else, takes from what holds it: of two boxes with the same text
the one with fewer menus is better, and a lead is worth more than one menu."""
_MOST = 0.8
"""Share of a box's text that makes it what the box within is called."""
_NEAR = 200
"""Characters that the first sentence after the title is worth more than it is long: a notice of two sentences is the page's text, though
its footer be longer."""
NEXT = 25
"""Blocks between a title and its text, at most: dates, authors, share bars. More are a column of something else."""
_REST = 150
"""Characters: what a small box has less of, and what a page has at least beside its readers' comments."""


@dataclass(slots=True)
class Judged:
    """An outline with what has been made of it; lists run beside those of the outline."""

    outline: Outline
    title: int
    """Index of the block that is the page's title; -1 where none is known."""
    first: int
    """Index of the first text below the title; -1 where none is near."""
    values: list[float]
    """For each block: characters of text, below nought for a link that stands alone."""
    noise: list[bool]
    """For each box: whether it is something else than text, whatever holds it."""
    worth: list[float]
    """For each box: the text that it would give."""


def judge(found: Outline, title: str | None) -> Judged:
    """What is text and what is not. `title` tells where the text begins; None where all that is outlined is known to be the text."""
    at = -1 if title is None else title_block(found, title)
    values = [_value(block) for block in found.blocks]
    judged = Judged(found, at, -1, values, [False] * len(found.boxes), [0.0] * len(found.boxes))
    _leave_out_readers(judged)
    if at >= 0:
        _prefer_what_follows(judged)
    _sum_up(judged)
    return judged


def _leave_out_readers(judged: Judged) -> None:
    """Readers may write more than the publication has. But no text at all beside them would mean that the name misleads."""
    found = judged.outline
    if _READERS not in [box.hint for box in found.boxes]:
        return
    sums = [0.0, *accumulate(max(value, 0.0) for value in judged.values)]
    page = sums[-1]
    index = 1
    while index < len(found.boxes):
        box = found.boxes[index]
        if box.hint == _READERS and not box.start <= judged.title < box.end:
            text = sums[box.end] - sums[box.start]
            if page - text >= _REST:
                judged.noise[index] = True
                judged.values[box.start : box.end] = [0.0] * (box.end - box.start)
                page -= text
                index = box.stop
                continue
        index += 1


def _value(block: Block) -> float:
    text, linked = block[:2]
    if linked >= LINKED * len(text):  # most blocks of a page, and never text
        return -LINK_COST
    return len(text) - linked if is_text(block) else 0.0


def _prefer_what_follows(judged: Judged) -> None:
    at, values = judged.title, judged.values
    for index in range(at):
        if values[index] > 0:
            values[index] /= 2
    judged.first = next((index for index in range(at + 1, min(at + NEXT, len(values))) if values[index] > 0), -1)


def _sum_up(judged: Judged) -> None:
    """From the innermost boxes outwards: what each would give, and whether it is noise."""
    boxes, noise, title = judged.outline.boxes, judged.noise, judged.title
    sums = [Sums() for _ in boxes]
    for block, value in zip(judged.outline.blocks, judged.values, strict=True):
        if value:
            sums[block.box].add(value)
    page = sum([value for value in judged.values if value > 0])
    for index in range(len(boxes) - 1, -1, -1):
        box, own = boxes[index], sums[index]
        _, parent, _, start, end, _ = box
        inner = own.inner
        if inner:
            _compare(judged, own, sums)
        if start <= title < end:
            own.called = 0
        else:
            _recognise(judged, index, own, page)
        if inner and not own.announces:
            _leave_out_announcements(noise, own, sums)
        judged.worth[index] = own.text - LINK_COST * (own.links + own.dropped)
        if not index:
            break
        if noise[index]:
            sums[parent].dropped += 1
        else:
            sums[parent].inner += (index,)
    at = judged.outline.blocks[judged.first].box if judged.first >= 0 else -1
    while at >= 0:
        judged.worth[at] += _NEAR
        at = boxes[at].parent


def _recognise(judged: Judged, index: int, own: Sums, page: float) -> None:
    """What a box is that does not hold the title."""
    _, _, hint, start, end, _ = judged.outline.boxes[index]
    if hint < _NONE:
        if hint in _BESIDE_OR_OTHER:
            own.called = min(own.called, hint)
        elif hint == _SMALL and own.text < _REST:
            judged.noise[index] = True
    if own.texts and (own.links or own.aside):
        begins = start < end and judged.values[start] < 0
        own.announces = own.is_teaser(begins_with_link=begins) or (own.is_list() and 2 * own.text < page)


def _compare(judged: Judged, own: Sums, sums: list[Sums]) -> None:
    """Take in the boxes right within; of those that are called so, the ones that stand beside a larger text are noise."""
    whole = own.text + sum([sums[index].text for index in own.inner])
    for index in own.inner:
        inner = sums[index]
        if inner.called and _stands_beside(judged, index, inner, whole):
            judged.noise[index] = True
            own.dropped += 1
            own.aside += inner.links
        else:
            own.take_in(inner)
            if inner.text > _MOST * whole:
                own.called = min(own.called, inner.called)


def _stands_beside(judged: Judged, index: int, inner: Sums, whole: float) -> bool:
    """A short text below the title may have a footer that is longer, but the footer is not where the text begins."""
    if 2 * inner.text < whole or not inner.text:
        return True
    box = judged.outline.boxes[index]
    around = judged.outline.boxes[box.parent]
    return inner.called == _OTHER and around.start <= judged.first < box.start


def _leave_out_announcements(noise: list[bool], own: Sums, sums: list[Sums]) -> None:
    """Other publications announced beside a text or in the midst of it. Lists within lists wait for the outermost."""
    for index in own.inner:
        inner = sums[index]
        if inner.announces and not noise[index]:
            noise[index] = True
            own.text -= inner.text
            own.texts -= inner.texts
            own.links -= inner.links
            own.dropped += 1
