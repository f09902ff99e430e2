# mypy: disable-error-code="import-untyped"
"""Real words in real forms: a vocabulary of the Russian dictionary, the same whenever it is drawn."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import pymorphy3

SEED = 20_266
PARTS = {name: words.split() for name, words in tomllib.loads((Path(__file__).parent / "vocabulary.toml").read_text("utf-8")).items()}

_KINDS = {"noun": 40_000, "adjective": 15_000, "verb": 6_000, "surname": 9_000, "first name": 400, "place": 6_000, "organisation": 6_000}
"""How many of each. Participles and aspects make a verb many words, so verbs are fewer than in the dictionary."""
_UNUSUAL = {"Arch", "Slng", "Infr", "Erro", "Dist", "Abbr", "Patr"}
_CASES = ("nomn", "gent", "datv", "ablt", "loct")
"""Those in which an adjective's form does not hang on whether its noun lives."""

Forms = tuple[str, ...]
"""The forms of one word, its dictionary form first."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    frequent: tuple[Forms, ...]
    nouns: tuple[Forms, ...]
    adjectives: tuple[Forms, ...]
    verbs: tuple[Forms, ...]
    surnames: tuple[Forms, ...]
    first_names: tuple[Forms, ...]
    places: tuple[Forms, ...]
    organisations: tuple[Forms, ...]
    phrases: tuple[tuple[str, ...], ...]
    """An adjective and a noun that agree, such as `узловая станция`, in all cases."""


@cache
def vocabulary() -> Vocabulary:
    """Takes some 15 seconds, as the whole dictionary is walked through."""
    rng = Random(SEED)
    found: dict[str, list[tuple[str, int]]] = {kind: [] for kind in _KINDS}
    for kind, word, paradigm in _lemmas():
        found[kind].append((word, paradigm))
    drawn = {kind: rng.sample(sorted(words), min(_KINDS[kind], len(words))) for kind, words in found.items()}
    forms = {kind: tuple(_forms(word, paradigm) for word, paradigm in words) for kind, words in drawn.items()}
    phrases = tuple(_agreed(drawn["adjective"], drawn["noun"]))
    return Vocabulary(
        frequent=tuple(map(_known, PARTS["frequent"])),
        nouns=forms["noun"],
        adjectives=forms["adjective"],
        verbs=forms["verb"],
        surnames=forms["surname"],
        first_names=forms["first name"],
        places=forms["place"],
        organisations=forms["organisation"],
        phrases=phrases,
    )


@cache
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


def _lemmas() -> Iterator[tuple[str, str, int]]:
    dictionary = _analyzer().dictionary
    for word, (paradigm, place) in dictionary.words.iteritems():
        tag = dictionary.build_tag_info(paradigm, 0)
        if place == 0 and word.isalpha() and len(word) > 3 and (kind := _kind(tag)):
            yield kind, word, paradigm


def _kind(tag: pymorphy3.tagset.OpencorporaTag) -> str:
    grammemes = tag.grammemes
    if grammemes & _UNUSUAL:
        return ""
    for grammeme, kind in (("Surn", "surname"), ("Name", "first name"), ("Geox", "place"), ("Orgn", "organisation")):
        if grammeme in grammemes:
            return kind if "NOUN" in grammemes else ""
    return {"NOUN": "noun", "ADJF": "adjective", "INFN": "verb"}.get(str(tag.POS), "")


def _tagged(word: str, paradigm: int) -> list[tuple[frozenset[str], str]]:
    """All forms of a word of the dictionary with what they are, without asking for each: that would take minutes."""
    parts = _analyzer().dictionary.build_paradigm_info(paradigm)
    stem = word.removeprefix(parts[0][0])
    stem = stem[: len(stem) - len(parts[0][2])]
    return [(tag.grammemes, f"{prefix}{stem}{suffix}") for prefix, tag, suffix in parts]


def _forms(word: str, paradigm: int) -> Forms:
    return tuple(dict.fromkeys(form for _, form in _tagged(word, paradigm)))


def _known(word: str) -> Forms:
    lexeme = next(parse for parse in _analyzer().parse(word) if parse.normal_form == word and parse.word == word).lexeme
    return (word, *dict.fromkeys(form.word for form in lexeme if form.word != word))


def _agreed(adjectives: Sequence[tuple[str, int]], nouns: Sequence[tuple[str, int]]) -> Iterator[tuple[str, ...]]:
    for adjective, noun in zip(adjectives, nouns, strict=False):
        forms = _tagged(*noun)
        gender = next(iter(forms[0][0] & {"masc", "femn", "neut"}), "")
        of_adjective, of_noun = (_by_case(one, gender) for one in (_tagged(*adjective), forms))
        agreed = tuple(f"{of_adjective[case]} {of_noun[case]}" for case in _CASES if case in of_adjective and case in of_noun)
        if gender and agreed and "nomn" in of_noun:
            yield agreed


def _by_case(forms: Sequence[tuple[frozenset[str], str]], gender: str) -> dict[str, str]:
    singular = [(tag, form) for tag, form in forms if {"sing", gender} <= tag]
    return {case: next(form for tag, form in singular if case in tag) for case in _CASES if any(case in tag for tag, _ in singular)}
