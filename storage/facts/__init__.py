"""Owns: the facts that a text states, with their places among its words: numbers, ordinals, dates, times of day, names.

Two spellings of one fact have one value: «второе», «2-е» and «II» are ordinal 2; «9 апреля 2025 г.» and «09.04.2025» are `2025-04-09`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from storage.facts import told
from storage.facts.dates import month_alone, numeric_date, spoken_date, time_of_day, weekday, year
from storage.facts.fact import Fact, FactKind
from storage.facts.names import name, name_stem
from storage.facts.numbers import number, number_words, reference, roman
from storage.facts.text import Text, sentences
from storage.fold import Word

__all__ = ["Fact", "FactKind", "Reading", "facts_of", "name_stem", "read_together"]

_Reader = Callable[[Text, int], Fact | None]
_OF_DIGITS: tuple[_Reader, ...] = (numeric_date, time_of_day, spoken_date, year, reference, number)
_OF_LETTERS: tuple[_Reader, ...] = (month_alone, weekday, number_words)
_OF_CAPITALS: tuple[_Reader, ...] = (roman, name)


class Reading:
    """A text as its words and what they state."""

    __slots__ = ("facts", "text", "words")

    def __init__(self, text: Text) -> None:
        self.text = text.original
        self.words: Sequence[Word] = text.words
        self.facts = tuple(_facts(text))


def facts_of(text: str) -> tuple[Fact, ...]:
    """`start` and `end` are places in `storage.fold.words_in_place(text)`."""
    return read_together(text)[0].facts


def read_together(*texts: str) -> tuple[Reading, ...]:
    """Read texts by each other's light: a word that begins a sentence in one is a name where any has it inside a sentence."""
    cut = [sentences(text) for text in texts]
    names = frozenset(name_stem(word) for text in cut for word in text.capitalised())
    common = frozenset(name_stem(word) for text in cut for word in text.lowercase())
    return tuple(Reading(Text(text, names, common)) for text in cut)


def _facts(text: Text) -> Iterator[Fact]:
    at = 0
    while at < len(text.words):
        found = next((fact for reader in _readers(text, at) if (fact := reader(text, at))), None)
        if found:
            yield found
        at = found.end if found else at + 1


def _readers(text: Text, at: int) -> Iterator[_Reader]:
    """Those that a word can be meant for, the one that reads more first."""
    word = text.words[at]
    if not word.folded.isalpha() and any(letter.isdigit() for letter in word.folded):
        yield from _OF_DIGITS
    elif told.is_telling(word.folded):
        yield from _OF_LETTERS
    if text.original[word.start].isupper():
        yield from _OF_CAPITALS
