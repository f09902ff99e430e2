"""What the Russian dictionary says of a word beside its lemmas."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple, cast

from notify.lemmas.russian import _analyzer

_VERBAL = frozenset({"VERB", "INFN", "GRND"})
_OF_VERBS = _VERBAL | {"PRTF", "PRTS"}
_ORGANISATION = frozenset({"Orgn", "Abbr", "Trad"})


def is_verb(folded: str) -> bool:
    """Whether a word can be nothing but a verb."""
    readings = _readings(folded)
    return bool(readings) and all(reading.tag.POS in _VERBAL for reading in readings)


def is_organisation(folded: str) -> bool:
    """Whether the dictionary has it as the name of an organisation, such as «Роскомнадзор»."""
    return any(not _ORGANISATION.isdisjoint(reading.tag.grammemes) for reading in _readings(folded))


def infinitives(folded: str) -> list[str]:
    """The verbs that a word can be a form of."""
    return sorted({reading.lemma for reading in _readings(folded) if reading.tag.POS in _OF_VERBS})


def aspects(infinitive: str) -> frozenset[str]:
    """`perf`, `impf`, or both; none where it is no verb of the dictionary."""
    return frozenset(reading.tag.aspect for reading in _readings(infinitive) if reading.tag.POS == "INFN" and reading.tag.aspect)


def words_from(beginning: str) -> frozenset[str]:
    """Every dictionary word, in its first form, of which a form begins so."""
    known = _analyzer().dictionary.iter_known_words(prefix=beginning)
    return frozenset(_plain(cast("str", lemma)) for _, _, lemma, *_ in known)


class _Reading(NamedTuple):
    lemma: str
    tag: Any


@lru_cache(maxsize=20_000)
def _readings(folded: str) -> tuple[_Reading, ...]:
    """What a word of the dictionary can be; е may stand for ё.

    `parse` of pymorphy3 also tells how likely each is, and takes five times as long.
    """
    dictionary = _analyzer().dictionary
    found = dictionary.words.similar_items(folded, _analyzer().char_substitutes)
    return tuple(
        _Reading(_plain(dictionary.build_normal_form(paradigm, form, spelt)), dictionary.build_tag_info(paradigm, form))
        for spelt, readings in found
        for paradigm, form in readings
    )


def _plain(word: str) -> str:
    return word.replace("ё", "е")
