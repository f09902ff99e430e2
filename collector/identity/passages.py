"""Two texts side by side: the passages of each that the other doesn't have, and which stand in the place of which.

Order says nothing here: what was moved, doubled or cut off is no passage, or one that stands in nobody's place. The time is linear in both
texts, whatever they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

SEAM = _RUN = 4
"""Words in a row that both texts must have to be the same; three are a phrase of the language («в том числе и»)."""
_AROUND = 3
"""Words before or behind by which two passages are known to stand in the same place."""
EDGE = ("", "", "")
"""Before the first word, and behind the last."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words `start` to `end` of a text, the last one not included."""

    start: int
    end: int
    before: tuple[str, ...]
    behind: tuple[str, ...]

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Place:
    """Where two texts differ. None: this one has nothing there, and goes on with what stands behind."""

    one: Passage | None
    other: Passage | None

    @property
    def is_exact(self) -> bool:
        """The same words stand before and behind."""
        return self.one is None or self.other is None or (self.one.before, self.one.behind) == (self.other.before, self.other.behind)


@dataclass(frozen=True, slots=True)
class Differences:
    places: tuple[Place, ...]
    ones: tuple[Passage, ...]
    """What the one has, in nobody's place: at its beginning or end, or where the other was cut."""
    others: tuple[Passage, ...]
    one_seams: tuple[int, ...]
    """Places in the one where four words stand together that do so nowhere in the other, though it has each of them in some run."""
    other_seams: tuple[int, ...]


def differences(one: Sequence[str], other: Sequence[str]) -> Differences:
    """Where two texts, as folded words, differ."""
    ones, others = list(_unshared(one, other)), list(_unshared(other, one))
    places: list[Place] = []
    for alike in (_both, _before, _behind):
        found = list(_paired(ones, others, alike))
        ones = _without(ones, [place.one for place in found])
        others = _without(others, [place.other for place in found])
        places += found
    added, dropped = _between(ones, other), _between(others, one)
    places += [*(Place(passage, None) for passage in added), *(Place(None, passage) for passage in dropped)]
    left = tuple(_without(ones, added)), tuple(_without(others, dropped))
    return Differences(tuple(places), *left, tuple(_seams(one, other)), tuple(_seams(other, one)))


def shared(part: Sequence[str], whole: Sequence[str]) -> float:
    """The share of the part's word 3-grams, each counted once, that stand in the whole; 0.0 for a part without any."""
    grams = _grams(part, 3)
    return len(grams & _grams(whole, 3)) / len(grams) if grams else 0.0


def _grams(words: Sequence[str], length: int) -> set[tuple[str, ...]]:
    return set(zip(*(words[i:] for i in range(length)), strict=False))


def _unshared(words: Sequence[str], other: Sequence[str]) -> Iterator[Passage]:
    """Stretches of words that stand in no run which the other text has too."""
    covered = _covered(words, other)
    start = covered.find(0)
    while start >= 0:
        end = covered.find(1, start)
        end = len(words) if end < 0 else end
        yield Passage(start, end, _before_of(words, start), _behind_of(words, end))
        start = covered.find(0, end)


def _covered(words: Sequence[str], other: Sequence[str]) -> bytearray:
    """1 for each word that stands in a run which both have."""
    length = min(_RUN, len(words), max(len(other), 1))
    theirs = _grams(other, length)
    covered = bytearray(len(words))
    for start in range(len(words) - length + 1):
        if tuple(words[start : start + length]) in theirs:
            covered[start : start + length] = b"\1" * length
    return covered


def _seams(words: Sequence[str], other: Sequence[str]) -> Iterator[int]:
    theirs, covered = _grams(other, _RUN), _covered(words, other)
    for start in range(len(words) - _RUN + 1):
        if all(covered[start : start + _RUN]) and tuple(words[start : start + _RUN]) not in theirs:
            yield start


def _before_of(words: Sequence[str], start: int) -> tuple[str, ...]:
    return (*EDGE, *words[max(0, start - _AROUND) : start])[-_AROUND:]


def _behind_of(words: Sequence[str], end: int) -> tuple[str, ...]:
    return (*words[end : end + _AROUND], *EDGE)[:_AROUND]


def _both(passage: Passage) -> object:
    return passage.before, passage.behind


def _before(passage: Passage) -> object:
    return passage.before


def _behind(passage: Passage) -> object:
    return passage.behind


def _paired(ones: list[Passage], others: list[Passage], alike: Callable[[Passage], object]) -> Iterator[Place]:
    """Those that stand in the same place, in their order."""
    theirs: dict[object, list[Passage]] = {}
    for passage in reversed(others):
        theirs.setdefault(alike(passage), []).append(passage)
    for passage in ones:
        if stack := theirs.get(alike(passage)):
            yield Place(passage, stack.pop())


def _between(passages: list[Passage], other: Sequence[str]) -> list[Passage]:
    """Those at whose place the other text has nothing and goes on."""
    joints = _grams(other, 2 * (_AROUND - 1))
    return [passage for passage in passages if (*passage.before[1:], *passage.behind[:-1]) in joints]


def _without(passages: list[Passage], taken: Iterable[Passage | None]) -> list[Passage]:
    starts = {passage.start for passage in taken if passage is not None}
    return [passage for passage in passages if passage.start not in starts]
