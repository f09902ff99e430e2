"""Owns: which words are forms of one word, in Russian, Belarusian and English.

Every word is known by keys: the dictionary words that it may be a form of, and, of words that no dictionary has, what the rules make of
it. A word of a query finds a word of a text if they share a key. Nothing is translated: a Latin word has English keys, a Cyrillic one
Russian and Belarusian ones.

What a word may be in Belarusian counts in texts alone that look like Belarusian anywhere: Belarusian rules join Russian words that have
nothing in common, as «Шевченко» and «Шевченка». And where Russian has a word too («год», «рада»), the text bears its Belarusian
keys under one mark and the query asks for the other, so that Russian words don't meet by them in such a text either.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, lru_cache

from notify.lemmas import belarusian, english, russian
from notify.tokens import words_of

EXACT = "="
"""Begins a key that is no lemma but a form as it stands."""
RULES = "1"
"""To be changed with the rules: what is indexed by older ones is then indexed anew."""

_RUSSIAN = re.compile("[а-я]+")
_LATIN = re.compile("[a-z']+")
# Letters that Belarusian has not, and о in two syllables: it is written under stress alone.
_NO_BELARUSIAN = re.compile("[ищъ]|о.*о")
_BELARUSIAN = re.compile("[а-яіў']+")
# Letters that stand beside each other in Belarusian and hardly ever in Russian.
_BELARUSIAN_PAIR = re.compile("[жшч][ыэ]|[рдтлнсзвбпмгк]э|шч|ць|цц|дз[яе]|[нлсз]{2}[яю]|ыя(?: |$)")
_SHORT = 60
"""Different words. Every twentieth letter of Belarusian is і: a longer text that has none is not in it."""
_ONE_IN = 10
"""So many words of a short text without і and ў must have such a pair of letters: one «мэр» makes no Belarusian of a Russian text."""
_STRANGE_IN = 3
"""Or so many of them must be none that Russian knows: «Работа на пошце»."""
_TWO = 2
"""Words, of which one is strange: rather a name, «Визит Мазуро»."""
_LONGEST = 60  # a longer "word" is glued text or a key: working out its forms would only cost time
_CACHED = 200_000
_ASKED = 5_000
"""Words of queries: whoever keeps many queries keeps what they ask for."""
_BELARUSIAN_KEY = "b+"
_NOMINAL = re.compile("b[+]([^+-]+)([+-])[MFAEmfa]")
_ALSO_BELARUSIAN = "r"
"""Marks what Belarusian makes of a word that Russian knows."""


class Lexicon:
    """The word forms of three languages, and of the user's own words beside them."""

    def __init__(self, own_words: Iterable[Iterable[str]] = ()) -> None:
        """`own_words`: for each word its forms, in whatever spelling, which then find each other."""
        self._own = _own_forms(own_words)
        words = repr(sorted((form, sorted(keys)) for form, keys in self._own.items()))
        self.version = f"{RULES}.{hashlib.sha256(words.encode()).hexdigest()[:8]}" if self._own else RULES

    def keys(self, folded: str) -> frozenset[str]:
        """By what a folded word is found in a text of whatever language; never empty."""
        return frozenset(_keys_in_any(folded))

    def keys_in(self, forms: Collection[str]) -> Callable[[str], tuple[str, ...]]:
        """What gives the keys of each folded word of a text, in which these words stand."""
        keys_of = _keys_in_any if _looks_belarusian(forms) else _keys_in_russian
        return _with_form(keys_of) if self._own else keys_of

    def asked(self, folded: str) -> frozenset[str]:
        """What a folded word of a query asks for: keys of words, and forms as they stand, `=связи`."""
        own = self._own.get(folded)
        return _query_keys(folded) | own if own else _query_keys(folded)


@cache
def _with_form(keys_of: Callable[[str], tuple[str, ...]]) -> Callable[[str], tuple[str, ...]]:
    """The form itself is a key too: the user's words are found by it."""
    return lambda folded: (*keys_of(folded), EXACT + folded)


def _looks_belarusian(forms: Collection[str]) -> bool:
    together = " ".join(forms)
    if "і" in together or "ў" in together:
        return True
    if not 0 < len(forms) <= _SHORT:
        return False
    if _ONE_IN * len(_BELARUSIAN_PAIR.findall(together)) >= len(forms):
        return True
    strange = sum(map(_is_strange, forms))
    return _STRANGE_IN * strange >= len(forms) and (strange > 1 or len(forms) > _TWO)


@lru_cache(maxsize=_CACHED // 10)
def _is_strange(folded: str) -> bool:
    """No word of Russian, and perhaps one of Belarusian: «пошце», and names too."""
    return _RUSSIAN.fullmatch(folded) is not None and not _NO_BELARUSIAN.search(folded) and not russian.is_known(folded)


def _own_forms(own_words: Iterable[Iterable[str]]) -> Mapping[str, frozenset[str]]:
    together: dict[str, set[str]] = defaultdict(set)
    for forms in own_words:
        folded = {word for form in forms for word in words_of(form)}
        for form in folded:
            together[form] |= {EXACT + other for other in folded}
    return {form: frozenset(keys) for form, keys in together.items()}


@lru_cache(maxsize=_CACHED)
def _keys_in_russian(folded: str) -> tuple[str, ...]:
    return tuple(russian.keys(folded) if len(folded) <= _LONGEST and _RUSSIAN.fullmatch(folded) else _both(folded)[0])


@lru_cache(maxsize=_CACHED)
def _keys_in_any(folded: str) -> tuple[str, ...]:
    plain, also = _both(folded)
    return (*plain, *(_ALSO_BELARUSIAN + key for key in also)) if also else tuple(plain)


@lru_cache(maxsize=_ASKED)
def _query_keys(folded: str) -> frozenset[str]:
    plain, also = _both(folded)
    if also:
        # forms that only Belarusian has, and those that Russian knows as another word
        return plain | also | {_ALSO_BELARUSIAN + key for key in also if _stem_changes(key, folded)}
    return plain | {_ALSO_BELARUSIAN + key for key in plain if key.startswith(_BELARUSIAN_KEY)}


def _stem_changes(key: str, folded: str) -> bool:
    """Whether Belarusian writes the stem otherwise in other forms: «год» and «гады», «рубель» and «рубля». By such a key hardly any two
    words of Russian meet.
    """
    found = _NOMINAL.fullmatch(key)
    return found is not None and (found[2] == "-" or not folded.startswith(found[1]))


def _both(folded: str) -> tuple[frozenset[str], frozenset[str]]:
    """The keys of a word, and those that Belarusian would give it where Russian knows it."""
    if len(folded) > _LONGEST:
        return frozenset((folded,)), frozenset()
    if _LATIN.fullmatch(folded):
        return english.keys(folded), frozenset()
    if _RUSSIAN.fullmatch(folded):
        if _NO_BELARUSIAN.search(folded):
            return russian.keys(folded), frozenset()
        if russian.is_known(folded):
            return russian.keys(folded), belarusian.keys(folded)
        return russian.keys(folded) | belarusian.keys(folded), frozenset()
    if _BELARUSIAN.fullmatch(folded):
        return belarusian.keys(folded), frozenset()
    return frozenset((folded,)), frozenset()
