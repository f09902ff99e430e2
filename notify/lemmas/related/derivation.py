"""Words of one root: лицензия, лицензионный, лицензиат; agree and agreement; for Belarusian the beginning that they share.

A root is what is left when endings and suffixes are taken off a word. Russian words on the same root are taken from the dictionary where
their remainder is made of suffixes again, and a few that are made anew every year, цифровизация, are put together. English has no
dictionary here: the words are put together, and it is for the archive to say which there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from notify.lemmas.related.dictionary import words_from

_LEAST_ROOT = 4
"""Letters: «связ», «цифр». Shorter beginnings belong to too many roots."""
_RUSSIAN = re.compile("[а-я]+")
_LATIN = re.compile("[a-z]+")
_CYRILLIC = re.compile("[а-яіў']+")

_SUFFIX = (
    "изациони|изацион|ационн|ационно|изац|изатор|атор|итор|атик|атив|ацион|ац|яц|иц|изир|изов|ир|ова|ева|ыва|ива|ов|ев|ан|ян|ен|ен|ин|н|нн"
    "|онн|енн|ическ|ическ|ск|к|ик|ник|чик|щик|ист|изм|ат|ант|ент|ар|яр|ер|ор|тор|ятор|тель|тельств|ств|еств|ость|ност|ост|от|б|еб|ебн|льн|альн"
    "|ельн|ивн|ичн|очн|ечн|лив|чив|т|в|л|м|ни|ти|и|а|е|ь|ци|ион|ионн|авани|овани|ани|ени|яни|ени|яж|ш|иц"
)
_ENDING = "а|я|о|е|ь|ый|ий|ой|ия|ие|ье|ья|ать|ить|еть|ять|нуть|ти|ка|ок|ец|ство|ость|ота|ие"
_REMAINDER = re.compile(f"(?:{_SUFFIX})*(?:{_ENDING})?(?:ся)?")
_ENDING_OFF = re.compile("(?:овый|евый|овой|евой|ный|ной|ний|ский|ской|ый|ий|ой|ия|ие|ье|ья|а|я|о|е|ь|ы|и|й)$")
_SUFFIXES_OFF = re.compile(
    "(?:(?:изация|изирование|ирование|изировать|ировать|овать|евать|ывать|ивать|ация|яция|иция|ция|ование|евание|ывание|ивание|ание|ение"
    "|яние|тие|ический|ческий|ственный|ательный|ительный|тельный|тель|ельный|альный|ционный|онный|енный|анный|ство|ность|ость|ник|щик|чик"
    "|ист|ать|ять|ить|еть|уть|ка|ик|ок|ец)(?:ся)?|изацион|ацион|ицион|цион|изац|изир|иров|ир|ов|ев|ат|ит|аци|ци|ск|ств|н)$"
)
_LEAST_AFTER_SUFFIX = 5
"""Letters: «спут» of спутник would be that of спутать."""


def _listed(written: str) -> tuple[str, ...]:
    return tuple(written.split())


_MADE_ANEW = _listed("изация овизация ация ирование ировать изировать изационный овский ский ный овый овой ность щик ист")

_ENGLISH_OFF = _listed(
    "ment ation ion ition ization isation ication ator or er ing ed ative ive al ial ical ic ally ly able ible ability "
    "ibility ity ness ance ence ant ent atory ory ist ship ize ise ify ate e y"
)
_ENGLISH_BASE = ("", "e", "ate", "y", "ify", "ize", "ise")
_ENGLISH_ON = _listed(
    "ment ation ion or er ing ive al able ity ance ence ant ent ator ative ization isation ication ition ical ic ability "
    "ness ly ship ist ory atory ize ise"
)
_LEAST_ENGLISH = 3
_BELARUSIAN_OFF = re.compile(
    "(?:ізацыя|ацыя|ыцыя|цыя|аванне|яванне|анне|енне|насць|асць|ступа|ства|скі|цкі|альны|ельны|ённы|енны|анны|ны|авы|евы|івы|вы|ы|і|аваць|яваць|аць|яць|іць"
    "|ыць|ець|ія|ыя|ік|нік|іст|ка|а|я|о|е|у|ю|ь|й|аў|яў|оў|ам|ям|ах|ях|амі|ямі|ай|яй|ага|яга|аму|яму|ых|іх|ым|ім)(?:ца)?$"
)


def derived_words(folded: str) -> tuple[str, ...]:
    """Queries for words on the root of a word, itself left out, the likeliest first.

    Not all of them exist: what no dictionary has is for the archive to count.
    """
    if _LATIN.fullmatch(folded):
        found: Iterable[str] = _english(folded)
    elif _RUSSIAN.fullmatch(folded):
        found = _russian(folded) or _belarusian(folded)
    elif _CYRILLIC.fullmatch(folded):
        found = _belarusian(folded)
    else:
        found = ()
    return tuple(word for word in dict.fromkeys(found) if word != folded)


def root_of(folded: str) -> str:
    """What is left of a Russian word without endings and suffixes; empty where that is too short.

    >>> root_of("информатизация"), root_of("цифровой"), root_of("связь"), root_of("спутник")
    ('информ', 'цифр', 'связ', 'спутник')
    """
    root = folded
    while len(shorter := _SUFFIXES_OFF.sub("", root)) >= _LEAST_AFTER_SUFFIX and shorter != root and (root != folded or not _is_bare(root)):
        root = shorter
    if len(shorter := _ENDING_OFF.sub("", root)) >= _LEAST_ROOT:
        root = shorter
    while root != folded and len(shorter := _SUFFIXES_OFF.sub("", root)) >= _LEAST_AFTER_SUFFIX and shorter != root:
        root = shorter
    return root if len(root) >= _LEAST_ROOT else ""


def _is_bare(folded: str) -> bool:
    """A word that ends in a consonant of its root, like закон: only a whole suffix can be taken off it."""
    return _BARE.search(folded) is not None


_BARE = re.compile("(?:(?<!ци)он|ов|ев|ир|ат|ит|ск|н)$")


def _russian(folded: str) -> list[str]:
    """Those of the dictionary first, those nearest in length before others; then those that are made anew."""
    root = root_of(folded)
    if not root:
        return []
    known = {
        word
        for variant in _variants(root)
        for word in words_from(variant)
        if word.startswith(variant) and _REMAINDER.fullmatch(word, len(variant))
    }
    made = [root + ending for ending in _MADE_ANEW] if known else []
    return [*sorted(known, key=lambda word: (abs(len(word) - len(folded)), word)), *made]


def _variants(root: str) -> list[str]:
    """The root, and as it is before other suffixes: министр, министер-; наук, науч-."""
    softened = root[:-1] + _SOFTENED[root[-1]] if root[-1] in _SOFTENED else root
    opened = f"{root[:-1]}е{root[-1]}" if root.endswith(_CLOSED) else root
    return list(dict.fromkeys((root, softened, opened)))


_SOFTENED = {"к": "ч", "г": "ж", "х": "ш"}
_CLOSED = ("тр", "др", "бр", "гр")


def _english(folded: str) -> list[str]:
    word = folded.removesuffix("s") if len(folded) > _LEAST_ENGLISH and not folded.endswith("ss") else folded
    stems = [word.removesuffix(ending) for ending in _ENGLISH_OFF if word.endswith(ending)]
    stems = [stem for stem in stems if len(stem) >= _LEAST_ENGLISH]
    bases = [stem + ending for stem in stems for ending in _ENGLISH_BASE]
    return [*bases, *(stem + ending for stem in (word, word.removesuffix("e"), *stems) for ending in _ENGLISH_ON)]


def _belarusian(folded: str) -> list[str]:
    root = _BELARUSIAN_OFF.sub("", folded)
    return [f"{root}*"] if len(root) >= _LEAST_ROOT else []
