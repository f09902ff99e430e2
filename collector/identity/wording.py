"""Texts as they are compared: their words, the facts that they state, and where their sentences begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from collector.identity.noise import without_headlines, without_noise
from collector.identity.passages import Passage, shared
from storage.facts import Fact, FactKind, read_together

NEAR = 0.7
"""Share of 3-grams that two copies of one text have in common; a footer or a paragraph added leaves more."""
LONGEST = 30_000
"""Words up to which texts are compared one by one: a statute book has as many; what is longer must be equal."""
LETTERS = 4
"""Shorter words carry little meaning, and are a letter apart from too many others."""
_BREAK = re.compile(r"[.!?…;:\n]")
_STOP = re.compile(r"[.!?…]")
_DATE = re.compile(r"^(\d{4}|-)?-?(?:-?(\d\d))?(?:-(\d\d))?$")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as it is compared."""

    words: tuple[str, ...]
    facts: tuple[Fact, ...]
    breaks: frozenset[int]
    """Words that begin a sentence or a line, and the place behind the last."""
    stops: frozenset[int]
    """Places behind the last words of sentences."""

    def of(self, passage: Passage) -> tuple[str, ...]:
        return self.words[passage.start : passage.end]

    def sure(self) -> list[Fact]:
        """Without names that are perhaps none."""
        return [fact for fact in self.facts if fact.sure]

    def within(self, passage: Passage, *, sure: bool = True) -> list[Fact]:
        return [fact for fact in self.facts if fact.sure >= sure and fact.start < passage.end and fact.end > passage.start]


def worded(text: str) -> Wording:
    (found,) = read_together(text)
    words = found.words
    gaps = [(place, text[words[place - 1].end : words[place].start]) for place in range(1, len(words))]
    gaps += [(len(words), text[words[-1].end :] + "\n")] if words else []
    breaks = {0, *(place for place, gap in gaps if _BREAK.search(gap))}
    stops = frozenset(place for place, gap in gaps if _STOP.search(gap))
    return Wording(tuple(word.folded for word in words), found.facts, frozenset(breaks), stops)


def wording(text: str) -> Wording:
    """Without labels and the like."""
    return _remembered(without_noise(text))


def _between_headlines(text: str) -> Wording:
    return _remembered(without_headlines(without_noise(text)))


def _remembered(text: str) -> Wording:
    return _of_a_page(text) if len(text) < _PAGE else _of_a_book(text)


_PAGE = 20_000
"""Letters of a text of which many are remembered; what is made of the longest ones takes some 10 MB each."""
_of_a_page = lru_cache(maxsize=64)(worded)  # a sighting is held against a dozen candidates, by one rule after another
_of_a_book = lru_cache(maxsize=3)(worded)


def compared(one: str, other: str, *, across: bool) -> tuple[Wording, Wording]:
    """Two texts as they are compared: whole; on two sources, without the headlines that a mirror puts around what it copies, where they
    are not alike with these.
    """
    whole = wording(one), wording(other)
    if not across or min(overlap(*whole)) >= NEAR:
        return whole
    return _between_headlines(one), _between_headlines(other)


def is_long(text: str) -> bool:
    return text.count(" ") + text.count("\n") > LONGEST


def overlap(one: Wording, other: Wording) -> tuple[float, float]:
    """How much of each stands in the other."""
    return shared(one.words, other.words), shared(other.words, one.words)


def stems(words: Sequence[str]) -> set[str]:
    """Beginnings of the words that carry a meaning: longer ones, without their endings."""
    return {word[:5] for word in words if len(word) >= LETTERS}


def absent(facts: Sequence[Fact], told: Sequence[Fact]) -> list[Fact]:
    """Those that are told nowhere else."""
    values = {(fact.kind, fact.value) for fact in told}
    dates = {fact.value for fact in told if fact.kind is FactKind.DATE}
    rest = [fact for fact in facts if (fact.kind, fact.value) not in values]
    return [fact for fact in rest if fact.kind is not FactKind.DATE or not any(_one_date(fact.value, date) for date in dates)]


def differing(ours: Sequence[Fact], theirs: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Facts of one kind of which each side has some that the other has not."""
    for kind in FactKind:
        mine, others = ([fact for fact in facts if fact.kind is kind] for facts in (ours, theirs))
        added, dropped = (absent(these, those) for these, those in ((mine, others), (others, mine)))
        if added and dropped:
            yield added[0], dropped[0]


def _one_date(one: str, other: str) -> bool:
    """Whether one is the other with something left out: «9 апреля» and «9 апреля 2025 г.»."""
    ours, theirs = _DATE.match(one), _DATE.match(other)
    if ours is None or theirs is None:
        return False
    told = [(a, b) for a, b in zip(ours.groups(), theirs.groups(), strict=True) if a and b]
    return bool(told) and all(a == b for a, b in told)
