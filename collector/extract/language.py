"""The language of a text, judged from its letters: addresses and labels lie (an untranslated page under `/be` is Russian)."""

from __future__ import annotations

import re

_ENOUGH = 20
"""Letters; fewer say nothing."""
_FOREIGN = 0.01
"""Share of letters beyond a to z that English borrows in names."""
_KAZAKH = 0.03
_UKRAINIAN = 0.005
"""Shares that a quotation or a name in another language does not reach; in the language itself they are four times that."""


def judge_language(text: str) -> str:
    """ISO 639-1, for the languages that our sources write; empty where the letters don't tell.

    Letters that only one of them has decide: ї and є are Ukrainian alone, ә, ғ, қ, ң, ұ Kazakh. Belarusian has і and ў where Russian has и,
    щ and ъ, so the more of them win; a sentence with none of these is Belarusian if a verb in -ць tells so.
    """
    letters = re.findall(r"[^\W\d_]", text.lower())
    if len(letters) < _ENOUGH:
        return ""
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
    latin = sum("a" <= letter <= "z" for letter in letters)
    if max(cyrillic, latin) < len(letters) / 2:
        return ""
    if latin > cyrillic:
        # other languages in Latin letters use marks beyond a to z
        return "en" if latin / len(letters) > 1 - _FOREIGN else ""
    return _cyrillic(letters, cyrillic)


def _cyrillic(letters: list[str], cyrillic: int) -> str:
    def count(some: str) -> int:
        return sum(letter in some for letter in letters)

    if count("әғқңұһ") / cyrillic > _KAZAKH:
        return "kk"
    if count("їє") / cyrillic > _UKRAINIAN:
        return "uk"
    belarusian, russian = count("ўі"), count("ищъ")
    return "be" if belarusian > russian or (belarusian == russian == 0 and "ць" in "".join(letters)) else "ru"
