"""Owns: which English words are forms of one word: inflection, and no derivation.

A word that rules alone can't decide gets every reading that could be true: a reading that is no word («visite») meets nothing. What
counts is that no reading is another real word, so the rules follow spelling closely («planing» is of plane: plan would double its n),
and tables name the rest. British and American spellings are one word: both have the American key.
"""

from __future__ import annotations

import re

from notify.lemmas.english_forms import (
    COMPARED,
    COUNTED_ICS,
    IRREGULAR,
    NOT_MEN,
    PLURAL_ENDS,
    PLURAL_IN_IS,
    PLURAL_IN_US,
    SELF_ONLY,
)
from notify.lemmas.english_spelling import american

_VOWELS = frozenset("aeiouy")
_DOUBLED = frozenset("bdgmnprtv")  # doubled before -ed and -ing only as «stopped»; ll, ss, ff and zz may be of the word itself
_VERB_IN_ING = re.compile("[a-z]*[aeiouy][a-z]*")
_U_OF_Q = re.compile("([qg])u(?=[aeio])")  # sounds no vowel of its own: quoted is quote, guided is guide
_VOWEL_GROUPS = re.compile("[aeiouy]+")
_LONG_VOWELS = frozenset(("ee", "oo", "oa", "ai", "oi", "ay", "oy"))  # before one consonant these need no silent e: needed, loaned
_TWO_SYLLABLES = ("iall", "uell")  # dialled, fuelled
_SHORTEST = 3  # of two letters (us, as, is) nothing can be taken away
_LONGEST_EXACT_IES = 4  # dies, ties, lies: longer words in -ies are of -y or -ie


def keys(folded: str) -> frozenset[str]:
    """The dictionary words that a folded English word may be a form of. Two words meet if their sets intersect.

    >>> sorted(keys("found")), sorted(keys("planing")), sorted(keys("organised"))
    (['find', 'found'], ['plane', 'planing'], ['organise', 'organised', 'organize'])
    """
    word = _without_possessive(folded)
    found = set(IRREGULAR[word]) if word in IRREGULAR else {word, *_regular(word)}
    found.update([american(lemma) for lemma in found])
    return frozenset(found)


def _without_possessive(folded: str) -> str:
    for ending in ("'s", "s'"):
        if folded.endswith(ending) and len(folded) > len(ending):
            return folded[: -len(ending)] + ending.strip("'")[: ending == "s'"]
    return folded


def _regular(word: str) -> list[str]:
    if word in SELF_ONLY or "'" in word:
        return []
    for ending, single in PLURAL_ENDS:
        if word.endswith(ending) and word not in NOT_MEN:
            return [word[: -len(ending)] + single]
    return [*_of_s(word), *_of_ed(word), *_of_ing(word), *_of_comparison(word)]


def _of_s(word: str) -> list[str]:
    """The words of which this may be the plural, or he, she and it."""
    if not word.endswith("s") or len(word) < _SHORTEST:
        return []
    stem = word[:-1]
    if word.endswith("ss") or not _is_plural(word):
        return []
    if word.endswith("ies"):
        return [stem] if len(word) <= _LONGEST_EXACT_IES else [word[:-3] + "y", stem]
    if word.endswith(("shes", "sses", "xes")):
        return [word[:-2]]
    if word.endswith("zzes"):
        return [word[:-2], word[:-3]]
    if word.endswith(("ches", "oes", "uses", "ases", "nses", "tzes")):
        return [stem, word[:-2]]
    return [stem]


def _is_plural(word: str) -> bool:
    if word.endswith("us"):
        return word in PLURAL_IN_US
    if word.endswith("is"):
        return word in PLURAL_IN_IS
    return not word.endswith("ics") or word in COUNTED_ICS


def _of_ed(word: str) -> list[str]:
    if not word.endswith("ed") or len(word) <= _SHORTEST or word.endswith("eed"):
        return []
    stem = word[:-2]
    if stem.endswith("i"):
        return [stem[:-1] + "y", *([stem + "e"] if len(word) <= _LONGEST_EXACT_IES else [])]
    return _verbs(stem) if _has_vowel(stem) else []


def _of_ing(word: str) -> list[str]:
    """The verbs of which this may be the -ing; with -ings the noun of it alone is the word: «meetings» are no form of meet."""
    stem = word[:-3]
    if not word.endswith("ing") or len(word) <= _SHORTEST + 1 or not _has_vowel(stem):
        return []
    return [stem] if stem.endswith(("e", "i")) else _verbs(stem)


def _has_vowel(stem: str) -> bool:
    return _VERB_IN_ING.fullmatch(stem) is not None


def _verbs(stem: str) -> list[str]:
    """The verbs that lose or double something before -ed and -ing to become this stem."""
    last, before = stem[-1], stem[-2:-1]
    if last in "aeiouy":
        return [stem + "e"] if last in "eu" else [stem]
    if last == before and last in _DOUBLED:
        return [stem[:-1]]
    if last == before:
        longer = len(_VOWEL_GROUPS.findall(stem)) > 1 or stem.endswith(_TWO_SYLLABLES)
        return [stem, stem[:-1]] if last == "l" and longer else [stem]
    if stem.endswith("ick") and len(_VOWEL_GROUPS.findall(stem)) > 1:
        return [stem, stem[:-1]]
    sounded = _U_OF_Q.sub(r"\1", stem)
    if sounded[-2] not in _VOWELS:
        return _after_consonant(stem)
    if last in "wx":
        return [stem]
    return _after_vowel(stem, sounded)


def _after_consonant(stem: str) -> list[str]:
    """«asked» of ask, «handled» of handle, «changed» of change, «belonged» of belong."""
    if stem.endswith(("c", "v", "z", "dg", "lg", "s")) or (stem[-1] in "lr" and stem[-2] not in "lrw"):
        return [stem + "e"]
    return [stem, stem + "e"] if stem.endswith(("g", "th", "rl")) and not stem.endswith("ong") else [stem]


def _after_vowel(stem: str, sounded: str) -> list[str]:
    """«hoped» of hope alone, for hop would double its p; «visited» and «united» can't be told apart by rule."""
    if sounded[-3:-2] in _VOWELS:
        if stem[-1] in "svzc":
            return [stem + "e"]
        return [stem] if sounded[-3:-1] in _LONG_VOWELS else [stem, stem + "e"]
    if len(_VOWEL_GROUPS.findall(sounded)) == 1 or stem[-1] in "vcz" or (stem[-1] == "s" and stem[-2] != "u"):
        return [stem + "e"]
    return [stem, stem + "e"]


def _of_comparison(word: str) -> list[str]:
    """The adjectives of which this may be the comparative or the superlative; only those known to be compared."""
    for ending in ("er", "est"):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            tried = (stem, stem + "e", stem[:-1], stem[:-1] + "y")
            return [found for found, fits in zip(tried, _fits(stem), strict=True) if fits and found in COMPARED]
    return []


def _fits(stem: str) -> tuple[bool, bool, bool, bool]:
    doubled = stem[-1:] == stem[-2:-1] and stem[-1:] not in "ls"
    return (True, True, doubled, stem.endswith("i"))
