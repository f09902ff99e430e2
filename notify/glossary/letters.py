"""Whether the words before a bracket spell the abbreviation within it, and which of them is the first.

Each step over a word has a price, and the cheapest way through the words wins. An abbreviation is believed as long as its way costs no
more than its letters can pay for: two letters meet by chance in every other sentence, four in next to none. The prices and limits were set
on the judged cases of `tests/data/names.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from storage.fold import fold

MOST_WORDS = 15
"""Of a full name. A ministry in charge of many things has twelve."""


def _words(written: str) -> frozenset[str]:
    return frozenset(written.split())


_FUNCTION = _words(
    "и в во на по с со к ко о об от до для за из у при над под а или не of the and for in on at to a an by with or over per via "
    "і па з са са ад да дзеля пры аб й ды ці"
)
_LINK = _words("области сфере сферы вопросам делам рамках field area sphere галіне сферы пытаннях справах вобласці")
"""Nouns that join a name to its subject: «в области связи», `in the field of communications`. Abbreviations pass over them."""
_FIRST_PARTS = re.compile(
    "(?:сверх|меж|гос|спец|проф|мед|авиа|hyper|inter|multi|over|under|broad|wide|cyber|super|tele|micro|net|time)(?=..)"
)
"""Parts of compounds that end in no joining vowel."""
_JOINED = re.compile("(?<=..[оеаиэў])(?=[^ьъ]...)|(?<=..[іэ])(?=...)")
"""In a compound the second part follows a vowel: электро|связь, документо|оборот."""
_STATE_PAIRS = _words("республики республика республике рэспублікі рэспубліка рэспубліцы российской российская")
_STATES = _words("беларуси беларусь беларусі россии рф рб казахстана belarus russia")
_OF_STATE = ("of", "the", "republic", "of")

_SKIPPED, _LINKED, _FUNCTION_TAKEN = 1.0, 0.25, 0.2
_JOINT, _INNER, _LONGER, _OTHER_ENDING = 0.3, 1.0, 0.6, 0.3
_SMALL_ALONE, _BEFORE_SMALL = 1.0, 0.4
_FREE = 0.0
_FOUR = 4
_LONGEST_PIECE = 8
"""Letters that one word gives: «сельхоз» is two, «здрав» one."""
_LEAST_ALIKE, _LONGEST_ENDING = 4, 2
"""«Минцифры» of цифрового: so many letters alike, and so many of another ending."""
_HIGHEST = 99.0


class Word(NamedTuple):
    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Short:
    """An abbreviation as its letters."""

    written: str
    letters: str
    """Folded, without dashes."""
    small: tuple[bool, ...]
    """For each letter, whether it is written small: it continues a word, like «ин» in «Мининформ»."""

    @classmethod
    def of(cls, written: str, repaired: str) -> Short:
        plain = "".join(sign for sign in written if sign.isalnum())
        small = tuple(letter.islower() for letter in plain)
        return cls(written, repaired, small if len(plain) == len(repaired) else (False,) * len(repaired))

    @property
    def is_syllabic(self) -> bool:
        """«Минсвязи», «Белтелеком»: made of the beginnings of words, not of their letters."""
        return sum(self.small) > len(self.small) / 2

    def affords(self, *, explicit: bool) -> float:
        """What its way through the words may cost; more where the text says outright that it is the short name."""
        if self.is_syllabic:
            return 1.3
        match len(self.letters):
            case 2:
                return 0.3
            case 3:
                return 1.0 if explicit else 0.7
            case count:
                return (1.6 if explicit else 1.3) + (count - _FOUR) * 0.25


def words_in(text: str) -> list[Word]:
    """Words with their places; parts of hyphenated ones are words."""
    return [Word(folded, found.start(), found.end()) for found in _WORD.finditer(text) if (folded := _evened(found.group()))]


@lru_cache(maxsize=20_000)
def _evened(written: str) -> str:
    """Folded. In Belarusian ў begins words after vowels, and у all others and abbreviations."""
    folded = fold(written)
    return "у" + folded[1:] if folded.startswith("ў") else folded


_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")


def first_word(words: Sequence[Word], short: Short, *, explicit: bool) -> tuple[int, int] | None:
    """Where the full name that ends with these words begins, and where it ends without its state; None where there is none.

    What stands behind a name of a state, «Министерство связи Республики Беларусь (Минсвязи)», is no part of it unless its letters are.
    """
    ends = reversed([*_ends(words)]) if short.is_syllabic else _ends(words)  # a syllabic name may leave out anything at its end
    for end in ends:
        if (start := _start(words[max(0, end - MOST_WORDS) : end], short, explicit=explicit)) is not None:
            return max(0, end - MOST_WORDS) + start, end
    return None


def is_function_word(folded: str) -> bool:
    return folded in _FUNCTION


def without_state(words: Sequence[Word]) -> int:
    """How many of the words there are before the name of a state that they may end with."""
    return list(_ends(words))[-1]


def _ends(words: Sequence[Word]) -> Iterator[int]:
    """How many words there are, and how many before the name of a state that they may end with."""
    count = len(words)
    yield count
    folded = [word.folded for word in words[-5:]]
    if tuple(folded[-5:-1]) == _OF_STATE:
        yield count - 5
    elif len(folded) > 1 and folded[-2] in _STATE_PAIRS:
        yield count - 2
    elif folded and folded[-1] in _STATES:
        yield count - 2 if len(folded) > 1 and folded[-2] == "of" else count - 1


def _start(words: Sequence[Word], short: Short, *, explicit: bool) -> int | None:
    """The cheapest first word that can be paid for; of several the nearest."""
    if len(words) < 2:  # noqa: PLR2004  (one word and its beginning are no name and abbreviation)
        return None
    way = _Way(tuple(word.folded for word in words), short)
    found = [(way.cost_from(place), -place) for place in range(len(words) - 1)]
    if not found:
        return None
    cost, place = min(found)
    return -place if cost <= short.affords(explicit=explicit) + 1e-9 else None


class _Way:
    """Prices of all ways through the words, each worked out once."""

    def __init__(self, words: tuple[str, ...], short: Short) -> None:
        self._words, self._short = words, short
        self._cost = cache(self._cost_at)

    def cost_from(self, place: int) -> float:
        word = self._words[place]
        if word in _FUNCTION or word[0] != self._short.letters[0]:
            return _HIGHEST
        taken = ((price, count) for price, count in _takes(word, self._short, 0) if count < len(self._short.letters))
        return min((price + self._cost(place + 1, count) for price, count in taken), default=_HIGHEST)

    def _cost_at(self, place: int, letter: int) -> float:
        letters = len(self._short.letters)
        if letter == letters and self._short.is_syllabic:
            return _FREE  # «Минприроды»: what the ministry is for besides is left out
        if place == len(self._words):
            return _FREE if letter == letters else _HIGHEST
        word = self._words[place]
        cost = _price_of_passing(word) + self._cost(place + 1, letter)
        for price, count in _takes(word, self._short, letter):
            cost = min(cost, price + self._cost(place + 1, letter + count))
        return cost


def _price_of_passing(word: str) -> float:
    if word in _FUNCTION:
        return _FREE
    return _LINKED if word in _LINK else _SKIPPED


def _takes(word: str, short: Short, at: int) -> Iterator[tuple[float, int]]:
    """How many of the letters from `at` on the word can give, each with its price."""
    letters = short.letters[at : at + _LONGEST_PIECE]
    if not letters or word[0] != letters[0]:
        if letters and letters[0].isdecimal() and word.isdecimal():
            yield from _takes_digits(word, letters)
        return
    yield _price_of_one(word, short, at), 1
    yield from _takes_beginning(word, letters, short, at)
    yield from _takes_inside(word, letters)
    yield from _takes_with_other_ending(word, short, at)


def _price_of_one(word: str, short: Short, at: int) -> float:
    """Of a single letter. A small one begins no word alone, unless that is a function word, `IoT`; nor does one before a small one."""
    if word in _FUNCTION:
        return _FUNCTION_TAKEN
    if short.small[at]:
        return _SMALL_ALONE
    return _BEFORE_SMALL if short.small[at + 1 : at + 2] == (True,) else _FREE


def _takes_digits(word: str, letters: str) -> Iterator[tuple[float, int]]:
    """«ВКР-23» of 2023."""
    digits = re.match("[0-9]+", letters)
    if digits and word.endswith(digits.group()):
        yield _FREE, digits.end()


def _takes_beginning(word: str, letters: str, short: Short, at: int) -> Iterator[tuple[float, int]]:
    cost = _FREE
    for count in range(2, min(len(word), len(letters)) + 1):
        if word[count - 1] != letters[count - 1]:
            return
        cost += _FREE if short.small[at + count - 1] else _LONGER
        yield cost, count


def _takes_inside(word: str, letters: str) -> Iterator[tuple[float, int]]:
    """A second letter, and a third, of the later parts of a compound; any other letter is dear."""
    joints = {found.start() for found in _JOINED.finditer(word)}
    if first := _FIRST_PARTS.match(word):
        joints.add(first.end())
    cost, place = _FREE, 0
    for count, letter in enumerate(letters[1:3], start=2):
        nearest = word.find(letter, place + 1)
        joint = min((one for one in joints if one > place and word[one] == letter), default=-1)
        if nearest < 0:
            return
        place = joint if joint > 0 else nearest
        cost += _JOINT if joint > 0 else _INNER
        yield cost, count


def _takes_with_other_ending(word: str, short: Short, at: int) -> Iterator[tuple[float, int]]:
    rest = short.letters[at:]
    alike = next((place for place, (one, other) in enumerate(zip(rest, word, strict=False)) if one != other), min(len(rest), len(word)))
    if alike >= _LEAST_ALIKE and len(rest) - alike <= _LONGEST_ENDING and short.is_syllabic:
        yield _OTHER_ENDING, len(rest)
