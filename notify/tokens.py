"""A text as the words that queries and articles are compared by.

Both sides go through here, so what is evened out for one is evened out for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from storage.fold import Word, words_in_place

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"

# Letters that look alike in print: a Latin M in «MИНСК», a Cyrillic С in «SСO». Capitals decide (В and B), folding has made them small.
_LOOK_ALIKES = dict(zip("abcehikmoptxy", "авсенікмортху", strict=True))
_TO_CYRILLIC = str.maketrans(_LOOK_ALIKES)
_TO_LATIN = str.maketrans({cyrillic: latin for latin, cyrillic in _LOOK_ALIKES.items()})
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_GENERATION_GAP = re.compile(rf"[{DASHES}\s]?")


class Token(NamedTuple):
    """A folded word and its place in the original text, in code points."""

    folded: str
    start: int
    end: int
    after_dash: bool
    """Nothing but a dash parts it from the word before it."""


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order; parts of hyphenated and glued words are words, «5 G» is 5G, look-alike letters are repaired.

    >>> [token.folded for token in tokens("сети 5 G, г.Шанхай")]
    ['сети', '5g', 'г', 'шанхай']
    """
    held: Word | None = None
    before = 0
    for word in words_in_place(text):
        if held is None:
            held = word
        elif _is_generation(held, word, text):
            held = Word(f"{held.folded}g", held.start, word.end)
        else:
            yield _token(held, text, before)
            before, held = held.end, word
    if held is not None:
        yield _token(held, text, before)


def _is_generation(digits: Word, letter: Word, text: str) -> bool:
    gap = text[digits.end : letter.start]
    return letter.folded == "g" and digits.folded.isdecimal() and _GENERATION_GAP.fullmatch(gap) is not None


def _token(word: Word, text: str, before: int) -> Token:
    gap = text[before : word.start]
    return Token(_repaired(word.folded), word.start, word.end, len(gap) == 1 and gap in DASHES)


def _repaired(folded: str) -> str:
    """A word that mixes Latin and Cyrillic, in one alphabet where its letters allow that (design, section 11)."""
    if not (_LATIN.search(folded) and _CYRILLIC.search(folded)):
        return folded
    for table, foreign in ((_TO_CYRILLIC, _LATIN), (_TO_LATIN, _CYRILLIC)):
        repaired = folded.translate(table)
        if not foreign.search(repaired):
            return repaired
    return folded
