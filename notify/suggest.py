"""Further queries for what somebody means by a term, each with the number of archived articles that it finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from notify.glossary import Glossary, phrase
from notify.lemmas import Lexicon
from notify.lemmas.related import aspect_partners, derived_words
from notify.tokens import words_of
from storage.model import KnownPair, NameState

MOST_DERIVED = 12
MOST_TRIED = 150
"""Derived words that are counted for one term: a count may take milliseconds, and those farther from the term are seldom meant."""
MOST_NAMES = 20

_SIGNS = re.compile(r"[^\w\s.,/&'’-]")
_OPERATORS = frozenset({"AND", "OR", "NOT", "NEAR", "И", "ИЛИ", "НЕ"})

Count = Callable[[str], int]
"""How many archived articles a query finds."""


class Why(StrEnum):
    """What a suggested query has to do with the term."""

    NAME = "accepted name"
    OFFERED = "offered name"
    """Texts say so, and the operator has not decided on it."""
    ASPECT = "aspect partner"
    DERIVED = "derived word"


@dataclass(frozen=True, slots=True)
class Suggestion:
    query: str
    why: Why
    count: int


def suggest(term: str, pairs: Sequence[KnownPair], count: Count, lexicon: Lexicon) -> tuple[Suggestion, ...]:
    """Names from the glossary in both directions, the other aspect of a verb, words of the same root.

    Names and partners are told even where nothing in the archive has them; derived words only where something has, most articles first.
    """
    words = words_of(term)
    if not words:
        return ()
    names = [*_names(term, pairs, NameState.ACCEPTED, lexicon), *_names(term, pairs, NameState.OFFERED, lexicon)]
    partners: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    if len(words) == 1:
        partners = aspect_partners(words[0])
        derived = tuple(_others(words[0], derived_words(words[0]), partners, lexicon))
    told = [*names, *((partner, Why.ASPECT) for partner in partners)]
    first: dict[str, Why] = {}
    for query, why in told:
        first.setdefault(query, why)
    return (*(Suggestion(query, why, count(query)) for query, why in first.items()), *_found(derived[:MOST_TRIED], count))


def _names(term: str, pairs: Iterable[KnownPair], state: NameState, lexicon: Lexicon) -> list[tuple[str, Why]]:
    of_state = [known.pair for known in pairs if known.state in (state, NameState.ACCEPTED)]
    spelled = {_folded(name): name for pair in of_state for name in (pair.long, pair.short)}
    names = Glossary(of_state, lexicon).names_of(phrase(term))
    why = Why.NAME if state is NameState.ACCEPTED else Why.OFFERED
    return [
        (_as_query(spelled[found]), why) for name in names[:MOST_NAMES] if (found := tuple(word.folded for word in name.words)) in spelled
    ]


def _folded(name: str) -> tuple[str, ...]:
    return tuple(words_of(name))


def _as_query(name: str) -> str:
    """The name as people would write it in a query, without signs that mean something there."""
    plain = " ".join(_SIGNS.sub(" ", name).split())
    return plain if plain.isalnum() and plain not in _OPERATORS else f'"{plain}"'


def _others(word: str, derived: Iterable[str], partners: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    """Derived words that the term does not find by itself, one of each."""
    asked, told = lexicon.asked(word), set(partners)
    for other in derived:
        if other not in told and asked.isdisjoint(lexicon.keys(other)):
            told.add(other)
            yield other


def _found(queries: Sequence[str], count: Count) -> list[Suggestion]:
    counted = (Suggestion(query, Why.DERIVED, count(query)) for query in queries)
    some = sorted((one for one in counted if one.count), key=lambda one: (-one.count, one.query))
    return some[:MOST_DERIVED]
