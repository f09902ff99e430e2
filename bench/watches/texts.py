"""News that never was, of real words: about 280 of them, frequent and rare as in real news, each the same whenever asked for by its number.

What nobody can be sure to meet twice, names and places and technical terms, stands in every text; which ones, hangs on chance.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from itertools import accumulate
from random import Random

from bench.storage.texts import Publication
from bench.watches.words import PARTS, SEED, Forms, vocabulary
from notify.lemmas import Lexicon

WORDS = 280
_FORMS = tuple(accumulate(1 / place for place in range(1, 7)))
"""Of one word stand in texts, the first ones oftener: of the hundred that a verb has most are never read."""
_PATTERNS = (
    "%(w)s %(w)s %(w)s %(b)s %(w)s %(w)s %(j)s %(w)s %(b)s %(place)s.",
    "По словам %(name)s, %(w)s %(w)s %(w)s за %(year)s год %(w)s на %(n)s %%, %(j)s %(w)s %(w)s — на %(n)s.",
    "%(day)s %(month)s %(w)s %(w)s %(w)s %(b)s %(w)s %(w)s, %(w)s %(w)s %(j)s %(w)s.",
    "В %(place)s %(w)s %(w)s %(b)s %(n)s %(w)s, %(term)s %(j)s %(w)s.",
    "%(name)s %(j)s %(name)s %(w)s, что %(w)s %(w)s %(w)s не %(w)s до %(day)s %(month)s.",
    "Ранее %(organisation)s %(w)s %(w)s %(w)s %(n)s %(w)s, %(w)s %(b)s %(w)s %(w)s — %(n)s.",
    "«%(w)s %(w)s %(w)s %(b)s %(w)s, %(w)s %(w)s %(w)s», — %(w)s %(name)s.",
    "%(w)s %(term)s %(w)s %(w)s %(b)s %(w)s %(w)s %(w)s под %(place)s.",
    "Для %(w)s %(w)s %(w)s это %(w)s %(w)s, которые %(w)s %(b)s %(w)s %(w)s %(w)s.",
    "%(w)s %(w)s, %(w)s %(j)s %(w)s, %(w)s %(w)s %(w)s в %(year)s году.",
    "Кроме того, %(organisation)s %(w)s %(w)s %(b)s %(w)s %(w)s с %(day)s %(month)s.",
    "Как %(w)s %(w)s %(w)s, %(n)s %(w)s %(w)s %(w)s %(j)s %(n)s %(w)s %(w)s.",
)
_TITLES = (
    "%(w)s %(w)s %(b)s %(w)s %(w)s в %(place)s",
    "В %(place)s %(w)s %(term)s",
    "%(name)s: %(w)s %(w)s %(b)s %(w)s %(w)s",
    "%(organisation)s %(w)s %(w)s %(w)s",
)


@cache
def content_words() -> tuple[Forms, ...]:
    """From the most frequent word to the rarest."""
    known = vocabulary()
    rare = [*known.nouns, *known.adjectives, *known.verbs]
    Random(SEED).shuffle(rare)
    return (*known.frequent, *rare)


@cache
def _weights() -> list[float]:
    # Zipf-Mandelbrot, by which the 10,000 most frequent of these words make nine tenths of a text, as in real news; the offset stands for
    # the words between, which are drawn by themselves
    return list(accumulate((rank + 10) ** -1.2 for rank in range(len(content_words()))))


@cache
def _of_slot(slot: str) -> tuple[Sequence[Forms], list[float]]:
    """Some are written of a hundred times as often as others."""
    known = vocabulary()
    drawn = {"name": known.surnames, "place": known.places, "organisation": known.organisations, "term": known.phrases}[slot]
    return drawn, list(accumulate(1 / (rank + len(drawn) / 100) for rank in range(len(drawn))))


class _Slots(dict[str, str]):
    """What a pattern asks for, drawn as it asks: `pattern % slots`."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._words = iter(rng.choices(content_words(), cum_weights=_weights(), k=WORDS + 80))

    def __getitem__(self, slot: str) -> str:
        rng = self._rng
        match slot:
            case "w":
                return _form(next(self._words), rng)
            case "b":
                return rng.choice(PARTS["between"])
            case "j":
                return rng.choice(PARTS["joining"])
            case "name":
                first = rng.choice(vocabulary().first_names)
                return f"{first[0][0].upper()}. {_form(_drawn(slot, rng), rng).title()}"
            case "term":
                return _form(_drawn(slot, rng), rng)
            case "place" | "organisation":
                return _form(_drawn(slot, rng), rng).title()
            case "month":
                return rng.choice(PARTS["months"])
        return str(rng.randrange(*{"day": (1, 29), "year": (2019, 2027)}.get(slot, (1, 900))))


def publication(number: int, series: str = "") -> Publication:
    """A publication like no other; those of another `series` are others."""
    rng = Random(f"{SEED} {series} {number}")
    slots = _Slots(rng)
    title = _sentence(_TITLES[number % len(_TITLES)] % slots)
    paragraphs: list[str] = []
    count = title.count(" ") + 1
    while count < WORDS - 20:
        sentences = [_sentence(rng.choice(_PATTERNS) % slots) for _ in range(3 + number % 2)]
        paragraphs.append(" ".join(sentences))
        count += paragraphs[-1].count(" ") + 1
    return Publication(title, tuple(paragraphs))


def word_forms(words: Collection[str], lexicon: Lexicon) -> frozenset[str]:
    """The lemmas of a text's folded words."""
    distinct = frozenset(words)
    keys_of = lexicon.keys_in(distinct)
    return frozenset(key for word in distinct for key in keys_of(word))


def _drawn(slot: str, rng: Random) -> Forms:
    words, weights = _of_slot(slot)
    return rng.choices(words, cum_weights=weights)[0]


def _form(forms: Forms, rng: Random) -> str:
    forms = forms[: len(_FORMS)]
    return rng.choices(forms, cum_weights=_FORMS[: len(forms)])[0]


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
