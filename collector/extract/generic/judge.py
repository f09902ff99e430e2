"""What each box of a page is: text, something beside it, or what readers wrote."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from collector.extract.generic.hints import Hint
from collector.extract.generic.lists import LIST, is_list, is_teaser
from collector.extract.generic.outline import Block, Outline
from collector.extract.generic.sentence import LINKED, is_text
from collector.extract.generic.title import title_block

_READERS, _OTHER, _BESIDE, _SMALL = map(int, (Hint.READERS, Hint.OTHER, Hint.BESIDE, Hint.SMALL))
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


_NOTHING: list[int] = []


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


def _sum_up(judged: Judged) -> None:  # noqa: C901, PLR0912, PLR0915  one loop over lists: an object and four calls for each box took twice as long
    """From the innermost boxes outwards: what each would give, and whether it is noise."""
    boxes, noise, values, title = judged.outline.boxes, judged.noise, judged.values, judged.title
    size = len(boxes)
    text, longest = [0.0] * size, [0.0] * size
    texts, links, dropped = [0] * size, [0] * size, [0] * size
    aside = [0] * size  # links in headers and the like, which a teaser's title may be
    called = [0] * size  # the hint that it, or nearly all of it, stands beside the text or is something else
    announces = [False] * size  # whether it is links with a few words about where they lead
    inners: list[list[int]] = [_NOTHING] * size
    for block, value in zip(judged.outline.blocks, values, strict=True):
        if value < 0:
            links[block[2]] += 1
        elif value:
            index = block[2]
            text[index] += value
            texts[index] += 1
            longest[index] = max(longest[index], value)
    page = sum(text)
    for index in range(size - 1, -1, -1):
        _, parent, hint, start, end, _ = boxes[index]
        inner = inners[index]
        if inner:
            whole = text[index] + sum([text[one] for one in inner])
            for one in inner:
                # of those that are called so, the ones that stand beside a larger text are noise
                if called[one] and _stands_beside(judged, one, called[one], text[one], whole):
                    noise[one] = True
                    dropped[index] += 1
                    aside[index] += links[one]
                    continue
                links[index] += links[one]
                dropped[index] += dropped[one]
                aside[index] += aside[one]
                if texts[one]:
                    text[index] += text[one]
                    texts[index] += texts[one]
                    longest[index] = max(longest[index], longest[one])
                    if called[one] < called[index] and text[one] > _MOST * whole:
                        called[index] = called[one]
        if start <= title < end:
            called[index] = 0
        else:
            if hint in _BESIDE_OR_OTHER:
                called[index] = min(called[index], hint)
            elif hint == _SMALL and text[index] < _REST:
                noise[index] = True
            some = links[index]
            if texts[index] and some + aside[index] and start < end and values[start] < 0:
                announces[index] = is_teaser(some + aside[index], texts[index], longest[index])
            if some >= LIST and not announces[index]:
                announces[index] = 2 * text[index] < page and is_list(some, texts[index], text[index], longest[index])
        if inner and not announces[index]:
            for one in inner:
                # other publications announced beside a text or in the midst of it; lists within lists wait for the outermost
                if announces[one] and not noise[one]:
                    noise[one] = True
                    text[index] -= text[one]
                    texts[index] -= texts[one]
                    links[index] -= links[one]
                    dropped[index] += 1
        judged.worth[index] = text[index] - LINK_COST * (links[index] + dropped[index])
        if not index:
            break
        if noise[index]:
            dropped[parent] += 1
        elif inners[parent]:
            inners[parent].append(index)
        else:
            inners[parent] = [index]
    at = judged.outline.blocks[judged.first].box if judged.first >= 0 else -1
    while at >= 0:
        judged.worth[at] += _NEAR
        at = boxes[at].parent


def _stands_beside(judged: Judged, index: int, called: int, text: float, whole: float) -> bool:
    """A short text below the title may have a footer that is longer, but the footer is not where the text begins."""
    if 2 * text < whole or not text:
        return True
    box = judged.outline.boxes[index]
    around = judged.outline.boxes[box.parent]
    return called == _OTHER and around.start <= judged.first < box.start
