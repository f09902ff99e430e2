"""Owns: Russian words that no dictionary has: names, new words, brands, abbreviations.

Every way to cut a word into a stem and an ending (`paradigms`) is kept: which of them is right can't be told from one form, and a
predictor that chooses chooses differently for each. A word that can't be cut (РСС, Шевченко) stands for itself alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notify.lemmas.ending import VOWELS, Ending
from notify.lemmas.paradigms import POSSESSIVE, POSSESSIVE_ENDINGS, endings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LONGEST_ENDING = 10
_SHORTEST_STEM = 3
_SHORTEST_ON_VOWEL = 2  # Гай, Цой
_SHORTEST_SURNAME = 4
"""Of the stem, with its -ов or -ин: Львов, Пнин."""
_ABBREVIATION = 3
"""Letters of a word that is rather an abbreviation: «ШОСа» is met, but «АСУ» is no form of «АСА»."""
_VOWELS = frozenset(VOWELS)
_NOMINATIVES = {"+H": ("", "а"), "+L": ("ь", "я"), "+J": ("й", "я")}


def keys(folded: str, is_owner: Callable[[str], bool]) -> frozenset[str]:
    """The keys of a word by its endings; the word itself if it has none.

    `is_owner` tells whether the dictionary has a word as the nominative of a noun.

    >>> sorted(keys("шульгану", lambda word: False) & keys("шульганом", lambda word: False))
    ['шульган', 'шульган+H', 'шульгана']
    """
    vowel = next((place for place, letter in enumerate(folded) if letter in _VOWELS), len(folded))
    if vowel == len(folded) or (len(folded) <= _ABBREVIATION and folded[-1] in _VOWELS):
        return frozenset((folded,))
    return frozenset((*_cut(folded, vowel), *surname_keys(folded, is_owner))) or frozenset((folded,))


def _cut(folded: str, vowel: int) -> Iterator[str]:
    """A stem has the first vowel of the word, and some letters."""
    table = endings()
    for cut in range(len(folded), max(vowel, len(folded) - _LONGEST_ENDING - 1, 1), -1):
        stem, ending = folded[:cut], folded[cut:]
        last = stem[-1]
        for reading in table.get(ending, ()):
            if last in reading.before and _allows(stem, reading):
                yield stem + reading.restored + reading.paradigm
                if len(folded) > _ABBREVIATION and not reading.restored:
                    yield from _namesakes(stem, ending, reading.paradigm)


def _allows(stem: str, reading: Ending) -> bool:
    if reading.tails and not stem.endswith(reading.tails):
        return False
    if reading.paradigm == "+H" and not reading.restored and len(stem) >= _SHORTEST_SURNAME and stem[-2:] in POSSESSIVE:
        return False
    return len(stem) + len(reading.restored) >= (_SHORTEST_ON_VOWEL if reading.paradigm == "+J" else _SHORTEST_STEM)


def _namesakes(stem: str, ending: str, paradigm: str) -> Iterator[str]:
    """The dictionary word that some forms of the unknown one are of: «Планка» is of «планка», so «Планком» asks for that too.

    Also of a word that the dictionary declines otherwise: «Заяца» and «Дубовцом» are met.
    """
    for nominative in _NOMINATIVES.get(paradigm, ()):
        if nominative != ending and len(stem) >= _SHORTEST_STEM:
            yield stem + nominative
    if paradigm == "+H" and stem[-1] == "ц":
        yield stem[:-1].rstrip("ьй") + "ец"


def surname_keys(folded: str, is_owner: Callable[[str], bool]) -> Iterator[str]:
    """What a word is as a form of something on -ов, -ев, -ин, -ын.

    «Мухин» is of «муха», so nobody is «с Мухином»; «Чаплин» is of nothing, and may be «с Чаплином» as «Чаплиным».
    """
    for cut in range(len(folded), max(len(folded) - 4, _SHORTEST_SURNAME - 1), -1):
        stem, ending = folded[:cut], folded[cut:]
        if stem[-2:] not in POSSESSIVE or ending not in POSSESSIVE_ENDINGS:
            continue
        letters = POSSESSIVE_ENDINGS[ending]
        if "O" in letters and _has_owner(stem, is_owner):
            letters = letters.replace("O", "")
        for letter in letters:
            yield f"{stem}+{letter}"


def _has_owner(stem: str, is_owner: Callable[[str], bool]) -> bool:
    owner, suffix = stem[:-2], stem[-2:]
    if suffix in ("ов", "ев"):
        return is_owner(owner) or is_owner(owner + ("ь" if suffix == "ев" else "а"))
    return is_owner(owner + "а") or is_owner(owner + "я")
