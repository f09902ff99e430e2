"""A text as the words that queries and articles are compared by.

Both sides go through here, so what is evened out for one is evened out for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
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
# A year, an amount or a number is glued to what it counts: «2024г.», «100Мбит/с», «4го». Latin letters are a part of the name: 5G, 4K.
_GLUED = re.compile("([0-9]+)([\u0400-\u04ff].*)", re.DOTALL)

# Of these letters and signs every one folds to one, and most texts hold nothing else: such a text is folded whole, which takes a fifth
# of the time that folding word by word takes.
_ODD = re.compile(
    "[^\x00-\x7f\xa0\xa7\xa9\xab\xae\xb0\xb1\xb7\xbb\xd7\u0401\u0404\u0406\u0407\u040e\u0410-\u044f\u0451\u0454\u0456\u0457\u045e\u0490\u0491"
    "\u2009\u2010-\u2022\u2026\u202f\u2030\u2039\u203a\u20ac\u20bd\u2116\u2122\u2212]"
)
_APOSTROPHES = "’‘`"
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_PART = 1 << 17
"""Code points cut at a time, so that a book's words are not all held twice."""


class Token(NamedTuple):
    """A folded word and its place in the original text, in code points."""

    folded: str
    start: int
    end: int
    after_dash: bool
    """Nothing but a dash parts it from the word before it, or nothing at all: «4-го», «4го»."""


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order; parts of hyphenated and glued words are words, «5 G» is 5G, look-alike letters are repaired.

    >>> [token.folded for token in tokens("сети 5 G, г.Шанхай, 2024г.")]
    ['сети', '5g', 'г', 'шанхай', '2024', 'г']
    """
    before = 0
    for word in _generations(_raw(text), text):
        gap = text[before : word.start]
        dash = len(gap) == 1 and gap in DASHES
        first, *second = parts_of(word.folded)
        if second:
            middle = word.start + _first_letter(text, word)
            yield Token(first, word.start, middle, dash)
            yield Token(second[0], middle, word.end, True)  # noqa: FBT003  (a field, not a flag)
        else:
            yield Token(first, word.start, word.end, dash)
        before = word.end


_REMEMBERED = 200_000
_known_plain: set[str] = set()
"""Words that are one part each, as nearly all are: leaving them out takes a tenth of the time that asking for each takes."""


class Cut(NamedTuple):
    """The folded words of a text alone, as `tokens` gives them, in a fifth of the time."""

    words: list[str]
    plain: bool
    """They are the stretches of letters and digits, one by one: none was parted, none put together."""

    def bounds(self, text: str) -> Sequence[tuple[int, int]]:
        """Where each of them begins and ends in the text that they were cut from."""
        if self.plain:
            return list(_found_in_order(self.words, _flat(text)))
        return [(token.start, token.end) for token in tokens(text)]


def _found_in_order(words: Sequence[str], flat: str) -> Iterator[tuple[int, int]]:
    """Between two words there is no letter, so the next one is where it is found first: half as long as having them cut again takes."""
    end = 0
    for word in words:
        start = flat.find(word, end)
        end = start + len(word)
        yield start, end


def words_of(text: str) -> list[str]:
    """The folded words of a text."""
    return cut(text).words


def cut(text: str) -> Cut:
    if _ODD.search(text):
        return _with_tokens(text)
    words = _found(_flat(text))
    distinct = set(words)
    if "g" in distinct:
        return _with_tokens(text)
    if len(_known_plain) > _REMEMBERED:
        _known_plain.clear()
    odd = {word: parts for word in distinct - _known_plain if (parts := parts_of(word)) != (word,)}
    if not odd:
        _known_plain.update(distinct)
        return Cut(words, plain=True)
    return Cut([part for word in words for part in odd.get(word, (word,))], plain=False)


def _with_tokens(text: str) -> Cut:
    known: dict[str, str] = {}
    return Cut([known.setdefault(token.folded, token.folded) for token in tokens(text)], plain=False)


def _found(flat: str) -> list[str]:
    """The words of a folded text; of a long one equal words are one object."""
    if len(flat) <= _PART:
        return _WORD.findall(flat)
    known: dict[str, str] = {}
    return [known.setdefault(word, word) for start, end in _stretches(flat) for word in _WORD.findall(flat, start, end)]


def _stretches(flat: str) -> Iterator[tuple[int, int]]:
    """Parts of a long text that end between words."""
    start = 0
    while start < len(flat):
        gap = _NO_WORD.search(flat, start + _PART)
        end = gap.end() if gap else len(flat)
        yield start, end
        start = end


_NO_WORD = re.compile(r"[^\w']")


def _flat(text: str) -> str:
    """A text without odd signs, folded: as long as it was."""
    flat = text.lower().replace("ё", "е")
    for sign in _APOSTROPHES:
        flat = flat.replace(sign, "'")
    return flat


def _raw(text: str) -> Iterator[Word]:
    if _ODD.search(text):
        return words_in_place(text)
    return (Word(found.group(), found.start(), found.end()) for found in _WORD.finditer(_flat(text)))


def _generations(words: Iterator[Word], text: str) -> Iterator[Word]:
    """«5 G» made one word."""
    held: Word | None = None
    for word in words:
        if held is None:
            held = word
        elif word.folded == "g" and held.folded.isdecimal() and _GENERATION_GAP.fullmatch(text, held.end, word.start):
            held = Word(f"{held.folded}g", held.start, word.end)
        else:
            yield held
            held = word
    if held is not None:
        yield held


@lru_cache(maxsize=20_000)
def parts_of(folded: str) -> tuple[str, ...]:
    """A word in one alphabet where its letters allow that (design, section 11), parted from the number that it is glued to."""
    if _LATIN.search(folded) and _CYRILLIC.search(folded):
        folded = _repaired(folded)
    glued = _GLUED.fullmatch(folded)
    return glued.groups() if glued else (folded,)


def _repaired(folded: str) -> str:
    for table, foreign in ((_TO_CYRILLIC, _LATIN), (_TO_LATIN, _CYRILLIC)):
        repaired = folded.translate(table)
        if not foreign.search(repaired):
            return repaired
    return folded


def _first_letter(text: str, word: Word) -> int:
    """Where the letters begin in a number that they are glued to, counted from its start."""
    written = text[word.start : word.end]
    return next(place for place, character in enumerate(written) if character.isalpha())
