"""The keys by which the glossary knows names: alike for all spellings and forms of one."""

from __future__ import annotations

from notify.lemmas import Lexicon
from notify.tokens import words_of
from storage.facts.names import name_stem
from storage.model import NamePair

_OF_RULES = "+"
"""In keys that are no words of a dictionary."""
_VOWELS = "аяоеуюыіэ"
_BELARUSIAN_LETTERS = frozenset("іў")


def keyed(short: str, long: str, lexicon: Lexicon) -> NamePair:
    """A pair with its keys."""
    words = words_of(long)
    # a form of a Belarusian word has several keys of rules, and no one of them is in all its forms
    belarusian = not _BELARUSIAN_LETTERS.isdisjoint("".join(words))
    lemmas = [_stem(word) if belarusian else _lemma(word, lexicon) for word in words]
    return NamePair(short, long, " ".join(words_of(short)), " ".join(lemmas))


def _lemma(folded: str, lexicon: Lexicon) -> str:
    """One of the keys of a word, the same one for most of its forms: one of a dictionary, then the shortest, then the first."""
    return min(lexicon.keys(folded), key=lambda key: (_OF_RULES in key, len(key), key))


def _stem(folded: str) -> str:
    """A Belarusian word without what changes: у and ў at its beginning, its ending."""
    beginning = "у" + folded[1:] if folded.startswith("ў") else folded
    return name_stem(beginning).rstrip(_VOWELS) or beginning
