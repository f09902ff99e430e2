"""The language of a text, judged from its letters and little words: addresses and labels lie (a page under `/be` may be Russian)."""

from __future__ import annotations

import re
from collections import Counter
from string import ascii_lowercase

_ENOUGH = 20
"""Letters; fewer say nothing."""
_ENOUGH_SIGNS = 8
"""Of a writing whose letters are words or syllables."""
_LONGEST = 20_000
"""Characters that are judged; no text changes its language for good after that."""
_COUNTED = 1_500
"""Characters that tell the writing, evenly out of those: to count each kind among all takes twice as long as the rest."""
_FOREIGN = 0.01
"""Share of letters beyond a to z that English borrows in names."""
_KAZAKH = 0.03
_UKRAINIAN = 0.005
"""Shares that a quotation or a name in another language does not reach; in the language itself they are four times that."""
_LITTLE_WORDS = {
    "en": "the of and to in is that for was with are this has been by from it not which",
    "de": "der die das und den von zu mit ist im für auf nicht ein eine dem des sich auch wird",
    "fr": "le la les des et du une est dans pour que qui sur pas par au avec ce sont aux",
    "es": "el la los las del y en que por con una para es se al como más su lo fue",
    "it": "il di che la e un della per una sono del non con gli nel alla più anche le dei",
    "pt": "o os da do dos das em um uma para com não que por mais ao foi na no se",
    "pl": "w na z do się nie jest że to oraz przez dla od po jak które są za przy ze",
    "nl": "de het een van en in dat op te voor met zijn niet aan er bij ook door naar wordt",
    "tr": "ve bir bu için ile olarak da de daha çok olan gibi sonra kadar en ne olduğu göre ise",
}
"""Of each twenty, which make a fifth to a third of its texts."""
_WORDS = {language: frozenset(words.split()) for language, words in _LITTLE_WORDS.items()}
_SURE_SHARE = 0.08
_SURE_LEAD = 1.3
"""Little words among all, and how far a language has to be ahead of the next: neighbours share half of theirs."""
_SCRIPTS = (
    ("ja", "\u3040", "\u30ff"),
    ("ko", "\uac00", "\ud7af"),
    ("el", "\u0370", "\u03ff"),
    ("ka", "\u10a0", "\u10ff"),
    ("hy", "\u0530", "\u058f"),
)
_SCRIPT_SHARE = 0.5
_KANA_SHARE = 0.05
"""Japanese has Chinese signs for most of its words."""


def judge_language(text: str) -> str:
    """ISO 639-1, for the languages that our sources write; empty where the letters don't tell.

    Letters that only one of them has decide: ї and є are Ukrainian alone, ә, ғ, қ, ң, ұ Kazakh. Belarusian has і and ў where Russian has и,
    щ and ъ, so the more of them win; a sentence with none of these is Belarusian if a verb in -ць tells so. Of languages in Latin letters
    the little words decide.
    """
    lowered = text[:_LONGEST].lower()
    step = len(lowered) // _COUNTED + 1
    letters = Counter(lowered[::step])
    cyrillic = latin = marked = total = 0
    for letter, number in letters.items():
        if not letter.isalpha():
            continue
        total += number
        if "a" <= letter <= "z":
            latin += number
        elif "\u0400" <= letter <= "\u04ff":
            cyrillic += number
        elif "\u00df" <= letter <= "\u024f":
            marked += number
    if cyrillic + latin + marked < total and (by_script := _by_script(letters, total)):
        return by_script
    if total < _ENOUGH or max(cyrillic, latin + marked) < total / 2:
        return ""
    return _latin(lowered) if latin > cyrillic else _cyrillic(lowered, step * cyrillic)


def _by_script(letters: Counter[str], total: int) -> str:
    """The language that alone is written so."""
    if total < _ENOUGH_SIGNS:
        return ""
    shares = {name: sum(number for letter, number in letters.items() if first <= letter <= last) / total for name, first, last in _SCRIPTS}
    chinese = sum(number for letter, number in letters.items() if "\u4e00" <= letter <= "\u9fff") / total
    if chinese + shares["ja"] > _SCRIPT_SHARE:
        return "ja" if shares["ja"] > _KANA_SHARE else "zh"
    return next((name for name, share in shares.items() if share > _SCRIPT_SHARE), "")


def _latin(lowered: str) -> str:
    words = re.findall(r"[^\W\d_]+", lowered)
    count = Counter(words).get
    found = sorted(((sum([count(word, 0) for word in little]), language) for language, little in _WORDS.items()), reverse=True)
    (most, language), (next_most, _) = found[:2]
    if most >= _SURE_SHARE * len(words) and most >= _SURE_LEAD * next_most:
        return language
    if most >= _SURE_SHARE * len(words):
        return ""
    # headlines have no little words; other languages use marks beyond a to z
    plain = sum(map(lowered.count, ascii_lowercase))
    return "en" if plain > (1 - _FOREIGN) * sum(map(str.isalpha, lowered)) else ""


def _cyrillic(lowered: str, cyrillic: int) -> str:
    def count(some: str) -> int:
        return sum(map(lowered.count, some))  # all of them, as some are rare

    if count("әғқңұһ") / cyrillic > _KAZAKH:
        return "kk"
    if count("їє") / cyrillic > _UKRAINIAN:
        return "uk"
    belarusian, russian = count("ўі"), count("ищъ")
    return "be" if belarusian > russian or (belarusian == russian == 0 and "ць" in lowered) else "ru"
