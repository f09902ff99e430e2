"""The dictionary words that a word may be a form of. The one home of pymorphy3 and snowballstemmer.

Russian: every reading that pymorphy3 knows or predicts, likely or not: a wrong "not this word" would lose an alert. Names that no
dictionary has are predicted by their endings, and not in all forms alike (it reads «Просвировым» as the surname, «Просвиров» not), so the
word as it stands is always among its lemmas. English: the Snowball stem. Belarusian words with і or ў, and words with digits, stand for
themselves alone, in their exact folded form; an initial ў counts as у.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, cast

import pymorphy3
import snowballstemmer

from storage.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable

_RUSSIAN = re.compile("[а-я]+")
_LATIN = re.compile("[a-z']+")
_LONGEST = 60  # a longer "word" is glued text or a key: predicting its endings would only cost time
_CACHED = 200_000
_ONE_AT_A_TIME = Lock()  # the stemmer keeps its state in itself


@lru_cache(maxsize=_CACHED)
def lemmas(folded: str) -> frozenset[str]:
    """All lemmas of a folded word, folded as well, never empty. Two words meet if their sets intersect.

    >>> lemmas("министру") & lemmas("министров")
    frozenset({'министр'})
    """
    if len(folded) > _LONGEST:
        return frozenset((folded,))
    if _RUSSIAN.fullmatch(folded):
        return frozenset((folded, *_readings(folded)))
    if _LATIN.fullmatch(folded):
        return frozenset((_stem(folded),))
    return frozenset(("у" + folded[1:] if folded.startswith("ў") else folded,))


def _readings(folded: str) -> list[str]:
    with _ONE_AT_A_TIME:
        # It tries ё for every е by itself and answers with ё.
        return [fold(cast("str", parse.normal_form)) for parse in _analyzer().parse(folded)]


def _stem(folded: str) -> str:
    with _ONE_AT_A_TIME:
        return _english()(folded)


@cache
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@cache
def _english() -> Callable[[str], str]:
    return cast("Callable[[str], str]", snowballstemmer.stemmer("english").stemWord)
