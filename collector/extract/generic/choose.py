"""Which box of a page holds its text."""

from __future__ import annotations

from collector.extract.generic.hints import Hint
from collector.extract.generic.judge import Judged

_WEIGHTS = {int(Hint.TEXT): 1.3, int(Hint.CONTENT): 1.1}
"""A box that is called the text is chosen though one around it has a third more: a column beside it, a form below."""
_NEARLY = 0.8
"""Share of the chosen text: the rest are short sentences of columns and footers."""


def choose(judged: Judged) -> int | None:
    """Index of the box that holds the text, None where there is none."""
    best, chosen = 0.0, None
    beside = set()
    for index, box in enumerate(judged.outline.boxes):
        if judged.noise[index] or box.parent in beside:
            beside.add(index)
            continue
        worth = judged.worth[index] * _WEIGHTS.get(box.hint, 1.0)
        if worth >= best and worth > 0:
            best, chosen = worth, index
    if chosen is not None:
        return _narrowed(judged, chosen)
    # a short text that a page has more menus than is still what stands below its title
    return judged.outline.blocks[judged.first].box if judged.first >= 0 else None


def _narrowed(judged: Judged, root: int) -> int:
    """The smallest box that holds the title and nearly all the text: what stands outside it are columns and footers."""
    boxes = judged.outline.boxes
    index = root + 1
    while index < boxes[root].stop:
        box = boxes[index]
        if not box.start <= judged.title < box.end:
            index = box.stop
            continue
        if judged.worth[index] >= _NEARLY * judged.worth[root]:
            root = index
        index += 1
    return root
