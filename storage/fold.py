"""Text folded for comparing: what two spellings of the same words have in common.

Display keeps the original; only hashes, keys and matching see folded text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Stress marks are stripped after composing: й and ё decompose too, and must keep theirs.
_STRESS = "\u0300\u0301"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DROP = _STRESS + _INVISIBLE
# The two vowels that compose with a grave stress mark are no letters of our languages.
_EVENED = tuple(zip("ѐѝЀЍ’ʼ‘`´", "еиЕИ'''''", strict=True))
_WORD = re.compile(r"\w+(?:'\w+)*")
# In the original, letters may still be followed by their marks (и and U+0306 for й).
_LETTERS = rf"[^\W_ʼ](?:[^\W_ʼ]|[\u0300-\u036f{_INVISIBLE}])*+"
_WORD_IN_PLACE = re.compile(rf"{_LETTERS}(?:['’ʼ‘`´]{_LETTERS})*")


class Word(NamedTuple):
    """A folded word and where it stands in the original, in code points."""

    folded: str
    start: int
    end: int


def fold(text: str) -> str:
    """Compatibility forms, case, ё, stress marks, soft hyphens and apostrophes evened out; й and ў are kept.

    >>> fold("Просви\u0301ров — Всё")
    'просвиров — все'
    """
    # Casefolding can decompose (İ), so it is composed once more.
    composed = unicodedata.normalize("NFKC", compose(text))
    return _without_marks(unicodedata.normalize("NFC", _without_marks(composed).casefold())).replace("ё", "е")


def compose(text: str) -> str:
    """The same letters in one form each, in their case and without stress marks: what a word can be cut out of."""
    composed = _without_marks(unicodedata.normalize("NFC", text))
    for odd, even in _EVENED:
        composed = composed.replace(odd, even)
    return composed


def _without_marks(text: str) -> str:
    # one by one: what is not there costs a search alone, while `translate` asks for every letter, which took 4 times as long
    for mark in _DROP:
        text = text.replace(mark, "")
    return text


def folded_words(text: str) -> list[str]:
    """The words of the folded text; punctuation, white space and line breaks say nothing.

    >>> folded_words("г.Минск,  «5 G»")
    ['г', 'минск', '5', 'g']
    """
    return _WORD.findall(fold(text).replace("_", " "))


def words_in_place(text: str) -> Iterator[Word]:
    """The same words, each with its place in the original text.

    Folding changes lengths, so the original is cut into words first and each is folded by itself.
    """
    for found in _WORD_IN_PLACE.finditer(text):
        if folded := fold(found.group()):
            yield Word(folded, found.start(), found.end())
