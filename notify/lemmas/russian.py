"""Owns: the keys of Russian words. The one home of pymorphy3.

A word of the dictionary stands for the lemmas of all its readings, likely or not: a wrong "not this word" would lose an alert. Other
words go by their endings (`unknown`): pymorphy3 predicts those too, but not in all forms alike.
"""

from __future__ import annotations

from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import pymorphy3

from notify.lemmas import compounds, unknown
from notify.lemmas.ending import VOWELS
from notify.lemmas.function_words import NEVER_OF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST = 60  # a longer "word" is glued text or a key: predicting its endings would only cost time

_LOADING = Lock()
"""Only loading must not be done by two threads at once. Looking a word up changes nothing in the dictionary."""
_VOWELS = frozenset(VOWELS)
_PAST_MASCULINE = frozenset(("VERB", "past", "masc"))
_SHORT_MASCULINE = frozenset(("ADJS", "masc"))
_NOUN_PLURAL = frozenset(("NOUN", "plur"))
_OF_MANY = ("ов", "цев")
_OF_ADJECTIVES = frozenset(("ой", "ою", "ым", "ых", "ыми"))
_INDECLINABLE_PLACE = frozenset(("Fixd", "Geox"))
_COMPARATIVES = {"меньше": ("малый",), "поменьше": ("малый",), "старше": ("старый",), "постарше": ("старый",)}


class Reading(NamedTuple):
    """One way the dictionary understands a word."""

    lemma: str
    """Folded."""
    marks: frozenset[str]
    """Of the form: `NOUN`, `Surn`, `Geox`, `Fixd`, `COMP`, … (opencorpora.org)."""


def keys(folded: str) -> frozenset[str]:
    """All that a folded word of Russian letters can be a form of, never empty. Two words meet if their sets intersect.

    >>> keys("министру") & keys("министров")
    frozenset({'министр'})
    """
    if len(folded) > _LONGEST:
        return frozenset((folded,))
    readings = _readings(folded)
    return known_keys(folded, readings) if readings else unknown_keys(folded)


def unknown_keys(folded: str) -> frozenset[str]:
    """What it is by its ending, and by its second half."""
    highest = _lemmas(folded[3:]) if folded.startswith("наи") else ()  # наипротивнейший
    return unknown.keys(folded, is_owner).union(compounds.keys(folded, _lemmas), highest)


def is_known(folded: str) -> bool:
    """Whether the dictionary has this word."""
    return bool(_readings(folded))


def known_keys(folded: str, readings: tuple[Reading, ...]) -> frozenset[str]:
    """Its lemmas, and what else it may be that the dictionary doesn't think of."""
    # «под Ивановом» is in a town: «Иваново детство» is said of hardly anything that a name has forms for
    likely = tuple(reading for reading in readings if "Poss" not in reading.marks) or readings
    lemmas = {reading.lemma for reading in likely} - NEVER_OF.get(folded, frozenset())
    return frozenset((*lemmas, *_compared(folded, likely), *_surnames(folded, likely), *_indeclinable(folded, likely)))


def _compared(folded: str, readings: tuple[Reading, ...]) -> Iterator[str]:
    """Forms of comparison that the dictionary gives to another adjective, or to none."""
    yield from _COMPARATIVES.get(folded, ())
    for reading in readings:
        if reading.lemma == "больший":
            yield "большой"
        elif reading.lemma == "малый" and "Supr" in reading.marks:
            yield "маленький"
        elif reading.lemma == "высоко" and "COMP" in reading.marks:
            yield "высокий"


def _surnames(folded: str, readings: tuple[Reading, ...]) -> Iterator[str]:
    """«Грибов» is a form of «гриб», and a man; «Рогачева» is of a man, and of a village; «Ковал» is past of «ковать», and a man."""
    if folded[-1] not in _VOWELS and any(reading.marks >= _SHORT_MASCULINE or reading.marks >= _PAST_MASCULINE for reading in readings):
        yield folded
    men = {reading.lemma for reading in readings if "Surn" in reading.marks}
    for key in unknown.surname_keys(folded, is_owner):
        stem, letter = key.split("+")
        if stem in men:
            yield from _beside_a_man(folded, stem, letter)
        elif letter == "S" and _may_be_a_man(folded, stem, readings):
            yield key
    if folded.endswith(_OF_MANY) and all("Surn" in reading.marks for reading in readings):
        yield from _of_many(folded)


def _of_many(folded: str) -> Iterator[str]:
    """«Промптов» is a man to the dictionary, and to us the genitive plural of a word that it lacks too."""
    if not _readings(folded[:-2]):
        yield f"{folded[:-2]}+H"


def _beside_a_man(folded: str, stem: str, letter: str) -> Iterator[str]:
    """The dictionary has the surname, not the village, the foreigner or the surname in -ой: Рогачёво, «Чаплином», Гаевой."""
    if letter in "NO":
        yield f"{stem}+{letter}"
    if letter == "S" and folded.removeprefix(stem) in _OF_ADJECTIVES:
        yield f"{stem}+A"


def _may_be_a_man(folded: str, stem: str, readings: tuple[Reading, ...]) -> bool:
    """Not the forms of «машина», whom «машин» meets by that word, nor of «финансовый», for «финансов» must not meet it."""
    if any(reading.lemma == f"{stem}а" for reading in readings):
        return folded == stem
    return not (any("ADJF" in reading.marks for reading in readings) and any(reading.marks >= _NOUN_PLURAL for reading in _readings(stem)))


def _indeclinable(folded: str, readings: tuple[Reading, ...]) -> Iterable[str]:
    """«Гродно» is indeclinable to the dictionary, while people write «в Гродне» too."""
    if folded.endswith("но") and all(reading.marks >= _INDECLINABLE_PLACE for reading in readings):
        return unknown.keys(folded, is_owner)
    return ()


def is_owner(folded: str) -> bool:
    """Whether the dictionary has this as the nominative of a noun, which a surname may come from."""
    return any(reading.lemma == folded and "NOUN" in reading.marks for reading in _readings(folded))


def _lemmas(folded: str) -> set[str]:
    return {reading.lemma for reading in _readings(folded)}


@lru_cache(maxsize=1024)  # a word is asked for more than once in a row, to see if it is known and for its keys
def _readings(folded: str) -> tuple[Reading, ...]:
    found = _analyzer().dictionary.words.similar_items(folded, _analyzer().char_substitutes)
    return tuple(_reading(spelt, paradigm, form) for spelt, readings in found for paradigm, form in readings)


def _reading(spelt: str, paradigm: int, form: int) -> Reading:
    dictionary = _analyzer().dictionary
    lemma = cast("str", dictionary.build_normal_form(paradigm, form, spelt))
    return Reading(lemma.replace("ё", "е"), _marks(paradigm, form))


@cache
def _marks(paradigm: int, form: int) -> frozenset[str]:
    """There are some thousands of paradigms, and asking for their grammar takes long."""
    return frozenset(map(str, _analyzer().dictionary.build_tag_info(paradigm, form).grammemes))


def _analyzer() -> Any:
    with _LOADING:
        return _loaded()


@cache
def _loaded() -> Any:
    return pymorphy3.MorphAnalyzer()
