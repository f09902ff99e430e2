"""Watches that people might keep: mostly rare terms, names, places, organisations, technical terms; one to three of them, joined."""

from __future__ import annotations

from collections import Counter
from functools import cache
from random import Random

from bench.watches.texts import content_words, publication, word_forms
from bench.watches.words import SEED, Forms, vocabulary
from notify.lemmas import Lexicon
from notify.query import parse
from notify.tokens import words_of
from notify.watch import Watch

_FREQUENT = 1_500
"""So many words stand in more than one text of a hundred; they are asked for beside a rare one only."""
_RARE = 0.01
"""A rare term stands in fewer texts. What is rare is judged by its word forms: the name of Togo, «Того», is common."""
_SAMPLE = 1_000
_SHAPES = (
    (35, "{0}"),
    (25, "{0} AND {1}"),
    (7, "{0} {often}"),
    (10, "{0} OR {1}"),
    (7, "{0} OR {1} OR {2}"),
    (6, "{0} AND ({1} OR {2})"),
    (4, "{0} AND {1} AND {2}"),
    (3, "{0} AND NOT {1}"),
    (3, "{0} -{often}"),
)
_PREFIXES = 0.03


def queries(count: int, series: str = "") -> list[str]:
    """The same ones whenever asked for; those of another `series` are others."""
    rng = Random(f"{SEED} queries {series}")
    shares, shapes = zip(*_SHAPES, strict=True)
    return [_query(shape, rng) for shape in rng.choices(shapes, weights=shares, k=count)]


def watches(count: int) -> list[Watch]:
    return [Watch(f"watch-{number}", parse(query), ()) for number, query in enumerate(queries(count))]


def rare_terms(rng: Random, count: int) -> list[str]:
    """Different ones, each in fewer than one article of a hundred."""
    found: dict[str, None] = {}
    while len(found) < count:
        if is_rare(term := _term(rng)):
            found[term] = None
    return list(found)


def is_rare(term: str) -> bool:
    """One of its words is."""
    words = words_of(term.rstrip("*"))
    return any(len(word) > 1 and not _common().intersection(Lexicon().asked(word)) for word in words)


@cache
def _common() -> frozenset[str]:
    lexicon, seen = Lexicon(), Counter[str]()
    for number in range(_SAMPLE):
        one = publication(number, "sample")
        seen.update(word_forms(words_of(f"{one.title}\n{one.text}"), lexicon))
    return frozenset(key for key, texts in seen.items() if texts >= _RARE * _SAMPLE)


def _query(shape: str, rng: Random) -> str:
    often = rng.choice(content_words()[:_FREQUENT])
    return shape.format(*rare_terms(rng, 3), often=_written(often, rng))


def _term(rng: Random) -> str:
    known = vocabulary()
    match rng.choices(("word", "surname", "place", "organisation", "phrase", "whole name"), weights=(40, 20, 12, 10, 15, 3))[0]:
        case "word":
            rank = _FREQUENT * (len(content_words()) / _FREQUENT) ** rng.random()  # of ten times as rare words a tenth is asked for
            word = _written(content_words()[int(rank)], rng)
            return f"{word[:-2]}*" if rng.random() < _PREFIXES and len(word) > 8 else word
        case "surname":
            return _written(rng.choice(known.surnames), rng).title()
        case "place":
            return _written(rng.choice(known.places), rng).title()
        case "organisation":
            return _written(rng.choice(known.organisations), rng).title()
        case "phrase":
            return f'"{_written(rng.choice(known.phrases), rng)}"'
    return f'"{rng.choice("АВИЛМНС")}. {_written(rng.choice(known.surnames), rng).title()}"'


def _written(forms: Forms, rng: Random) -> str:
    """Most people write the dictionary form, some the one that they have just read."""
    return forms[0] if rng.random() < 0.8 else rng.choice(forms[:12])
