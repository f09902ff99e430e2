"""News that never was: Russian-like publications of about 280 words, each the same whenever it is asked for by its number.

Words follow Zipf's law, as in real news: frequent ones are real, the long tail is made of syllables. Sentences are built on patterns whose
fixed words never stand three in a row, so that what two unrelated texts share is chance alone.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

SEED = 20_261
WORDS = 280

_PARTS = {name: words.split() for name, words in tomllib.loads((Path(__file__).parent / "vocabulary.toml").read_text("utf-8")).items()}
_ONSETS, _VOWELS, _ENDINGS, _VERBS, MONTHS = (_PARTS[name] for name in ("onsets", "vowels", "endings", "verbs", "months"))
_CODAS = ["", "", "", "н", "р", "л", "м", "с", "т", "в", "к"]
_PATTERNS = (
    "%(v)s %(w)s %(w)s и %(w)s в %(place)s.",
    "По словам %(name)s, %(w)s %(w)s %(w)s за %(year)s год выросла на %(n)s %%, а %(w)s %(w)s — на %(n)s.",
    "%(day)s %(month)s %(w)s %(w)s %(v)s %(w)s %(w)s, %(w)s %(w)s и %(w)s.",
    "В %(place)s %(v)s %(w)s %(w)s для %(n)s %(w)s %(w)s.",
    "%(name)s и %(name)s %(v)s, что %(w)s %(w)s %(w)s не %(w)s до %(day)s %(month)s.",
    "Ранее %(w)s %(w)s %(v)s %(n)s %(w)s, %(w)s %(w)s %(w)s — %(n)s.",
    "«%(w)s %(w)s %(w)s %(w)s, %(w)s %(w)s %(w)s», — %(v)s %(name)s.",
    "%(w)s %(w)s %(w)s %(v)s %(w)s %(w)s %(w)s %(w)s под %(place)s.",
    "Для %(w)s %(w)s %(w)s это %(w)s %(w)s, которые %(v)s %(w)s %(w)s %(w)s.",
    "%(w)s %(w)s, %(w)s %(w)s, %(w)s %(w)s %(v)s в %(year)s году.",
    "Кроме того, %(w)s %(w)s %(v)s %(w)s %(w)s с %(day)s %(month)s.",
    "Как %(v)s %(w)s %(w)s, %(n)s %(w)s %(w)s %(w)s и %(n)s %(w)s %(w)s.",
)
_TITLES = (
    "%(w)s %(w)s %(v)s %(w)s %(w)s в %(place)s",
    "В %(place)s %(v)s %(w)s %(w)s %(w)s",
    "%(name)s: %(w)s %(w)s %(w)s %(w)s",
    "%(w)s %(w)s %(w)s: %(w)s %(w)s",
)


@dataclass(frozen=True, slots=True)
class Publication:
    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


def _word(rng: Random) -> str:
    syllables = (rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(rng.choice((1, 1, 2))))
    return "".join(syllables) + rng.choice(_ENDINGS)


def _tail(rng: Random, words: int) -> list[str]:
    return list(dict.fromkeys(_word(rng) for _ in range(words)))


_rng = Random(SEED)
_VOCABULARY = [*_PARTS["frequent"], *_tail(_rng, 12_000)]
# Zipf–Mandelbrot; the offset keeps single words from filling the text, as function words would that say nothing here.
_WEIGHTS = list(accumulate(1 / (rank + 30) for rank in range(len(_VOCABULARY))))
_NAMES = [
    f"{rng_first}. {stem.capitalize()}{end}"
    for rng_first in "АВГДЕИКЛМНОПРСТ"
    for stem in (_rng.choice(_ONSETS) + _rng.choice(_VOWELS) + _rng.choice(_ONSETS) + _rng.choice("аеио") for _ in range(40))
    for end in ("ров", "ский", "венко", "мич")
]
_PLACES = sorted(
    {
        (_rng.choice(_ONSETS) + _rng.choice(_VOWELS) + _rng.choice(_ONSETS) + "о").capitalize() + end
        for end in ("вске", "граде", "ле", "мине")
        for _ in range(150)
    }
)


class _Slots(dict[str, str]):
    """What a pattern asks for, drawn as it asks: `pattern % slots`."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._words = iter(rng.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=WORDS + 80))

    def __getitem__(self, slot: str) -> str:
        if slot == "w":
            return next(self._words)
        rng = self._rng
        match slot:
            case "v":
                return _VERBS[int(rng.random() * len(_VERBS))]
            case "name":
                return _NAMES[int(rng.random() * len(_NAMES))]
            case "place":
                return _PLACES[int(rng.random() * len(_PLACES))]
            case "month":
                return MONTHS[int(rng.random() * 12)]
            case "day":
                return str(1 + int(rng.random() * 28))
            case "year":
                return str(2019 + int(rng.random() * 8))
        return str(1 + int(rng.random() * 900))


def publication(number: int, *, words: int = WORDS, series: str = "") -> Publication:
    """A publication like no other; those of another `series` are others."""
    rng = Random(f"{SEED} {series} {number}")
    slots = _Slots(rng)
    title = _sentence(_TITLES[number % len(_TITLES)] % slots)
    paragraphs, count = [], 0
    while count < words:
        sentences = [_sentence(_PATTERNS[int(rng.random() * len(_PATTERNS))] % slots) for _ in range(3 + number % 2)]
        paragraphs.append(" ".join(sentences))
        count += paragraphs[-1].count(" ") + 1
    return Publication(title, tuple(paragraphs))


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


# --- what makes texts alike ----------------------------------------------------------------------------------------------------------

_FILLED = " Номер %(n)s-%(n)s, %(day)s %(month)s %(year)s года, %(name)s, %(place)s."
BOILERPLATES = 20
TEMPLATES = 200


def with_boilerplate(number: int, share: float) -> Publication:
    """Ends in paragraphs that thousands of others end in too; they are `share` of the text."""
    own = publication(number, words=round(WORDS * (1 - share)), series="own")
    if not share:
        return own
    about = publication(number % BOILERPLATES, words=round(WORDS * share), series="about")
    return Publication(own.title, own.paragraphs + about.paragraphs)


def of_template(template: int, number: int) -> Publication:
    """One of a series that differ in numbers, dates and names alone: the 3-grams of a dozen places of nearly 300 words."""
    frame = publication(template, series="template")
    rng = Random(f"{SEED} filled {template} {number}")
    slots = _Slots(rng)
    filled = _FILLED % slots
    return Publication(frame.title, tuple(f"{paragraph}{filled if place % 2 else ''}" for place, paragraph in enumerate(frame.paragraphs)))


def of_million(number: int) -> Publication:
    """One of many, of which a tenth ends in boilerplate, a tenth is of a series, and every fiftieth has a title that says nothing."""
    match number % 10:
        case 0:
            return with_boilerplate(number, 0.25 if number % 20 else 0.4)
        case 1:
            return of_template(number // 10 % TEMPLATES, number)
    one = publication(number)
    return Publication("Объявление", one.paragraphs) if number % 50 == 2 else one
