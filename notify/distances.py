"""How near to each other words stand that should stand nearer."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from notify.query import Sought, Words
from notify.reading import FieldRead, Read, places
from storage.model import Span

_MOST = 100_000
"""Places of one word that are compared, which takes a moment; a text that repeats it more often says no more by that."""


class Stretch(NamedTuple):
    words: int
    """How many words it has; between two phrases, how far the second is from the first: 1 is side by side."""
    span: Span


def nearest_together(words: Sequence[Sought], read: Read, fields: Iterable[FieldRead]) -> Stretch | None:
    """The shortest stretch of a field that has all of the words; None where no field has."""
    found = [stretch for field in fields if (stretch := _window(words, read, field)) is not None]
    return min(found, key=lambda stretch: stretch.words, default=None)


def nearest_apart(first: Words, second: Words, read: Read, fields: Iterable[FieldRead]) -> Stretch | None:
    """The least distance between two phrases that are not parts of each other; None where they share no field."""
    found = [stretch for field in fields for stretch in _pairs(first, second, read, field)]
    return min(found, key=lambda stretch: stretch.words, default=None)


def _window(words: Sequence[Sought], read: Read, field: FieldRead) -> Stretch | None:
    """A word that is asked for twice, in whatever forms, has to stand there twice."""
    needed = Counter(tuple(_places(Words((word,)), read, field)) for word in words)
    stand = sorted((place, which) for which, there in enumerate(needed) for place in there)
    lacking = list(needed.values())
    best: tuple[int, int, int] | None = None
    left = 0
    for place, which in stand:
        lacking[which] -= 1
        while max(lacking) <= 0:
            start, leaving = stand[left]
            best = min(best or (place - start + 1, start, place), (place - start + 1, start, place))
            lacking[leaving] += 1
            left += 1
    return None if best is None else Stretch(best[0], field.span(best[1], best[2]))


def _pairs(first: Words, second: Words, read: Read, field: FieldRead) -> Iterator[Stretch]:
    """Of each order the nearest."""
    for one, other in ((first, second), (second, first)):
        length, ends = len(one.words), [place + len(one.words) - 1 for place in _places(one, read, field)]
        apart = ((begin - ends[before], begin) for begin in _places(other, read, field) if (before := bisect_left(ends, begin) - 1) >= 0)
        if nearest := min(apart, default=None):
            distance, begin = nearest
            yield Stretch(distance, field.span(begin - distance - length + 1, begin + len(other.words) - 1))


def _places(words: Words, read: Read, field: FieldRead) -> list[int]:
    return list(islice(places(words, read, field), _MOST))
