"""Places of a page where something else stands at every look: the weather, rates of exchange, a saying of the day."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from storage.edits.noise import said
from storage.fold import folded_words
from storage.model import Content

_Line = tuple[str, ...]
_OFTEN = 3
"""Edits in a row in which a line changed while its neighbours stood."""
_ANNOUNCED = re.compile(
    r"^(?:погода|надвор\w+|температура|тэмпература|weather|курс\w*|валют\w*|usd|eur|rub|rates?|exchange|цитата|"
    r"цытата|афоризм\w*|афарызм\w*|quote|мысль|думка|именины|праздники|календарь|каляндар|calendar|опрос|апытанне|poll|реклама|рэклама)$"
)
"""Words by which such a line is known, in it or in the one before. A line of the text itself may change as often, and then it is news:
«Число пострадавших: 16»."""
_LONGEST = 60
_FIRST_WORDS = 4


class Place(NamedTuple):
    """Between two lines that stand; the folded words of each, empty at the ends of the text."""

    before: _Line
    after: _Line


NOWHERE: frozenset[Place] = frozenset()


def volatile(revisions: Sequence[Content]) -> frozenset[Place]:
    """Places at which a line changed at each of the last three edits; `revisions` are an article's states, the latest at the end."""
    lately = [list(said(content.text)) for content in revisions[-_OFTEN - 1 :]]
    if len(lately) <= _OFTEN:
        return NOWHERE
    if any(map(_ANNOUNCED.match, folded_words(revisions[-1].title))):
        return NOWHERE  # what others have beside their text is the text itself here
    changed = [_changed(one, other) for one, other in pairwise(lately)]
    return frozenset(set.intersection(*changed))


def without(lines: Sequence[_Line], places: Collection[Place]) -> list[_Line]:
    """The lines but for those at the places."""
    return [line for line, place in zip(lines, _places(lines), strict=True) if place not in places]


def _places(lines: Sequence[_Line]) -> Iterator[Place]:
    for at in range(len(lines)):
        yield Place(lines[at - 1] if at else (), lines[at + 1] if at + 1 < len(lines) else ())


def _changed(one: Sequence[_Line], other: Sequence[_Line]) -> set[Place]:
    """Places where both have one line, and another one."""
    here = {place: line for line, place in zip(one, _places(one), strict=True)}
    there = {place: line for line, place in zip(other, _places(other), strict=True)}
    return {place for place in here.keys() & there.keys() if here[place] != there[place] and _is_announced(place, there[place])}


def _is_announced(place: Place, line: _Line) -> bool:
    words = (*line[:_FIRST_WORDS], *place.before[:_FIRST_WORDS])
    return len(line) <= _LONGEST and any(map(_ANNOUNCED.match, words))
