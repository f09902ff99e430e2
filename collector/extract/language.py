"""The language of a text, judged from its letters: addresses and labels lie (an untranslated page under `/be` is Russian)."""

from __future__ import annotations

import re

_ENOUGH = 20
"""Letters; fewer say nothing."""
_RARE = 0.002
"""A quotation or a name in another language must not decide; in Belarusian і alone is 6 % of all letters."""


def judge_language(text: str) -> str:
    """ISO 639-1, for the languages that our sources write; empty where the letters don't tell.

    Letters that only one of them has decide: ў is Belarusian alone, ї and є Ukrainian, ә, ғ, қ, ң, ұ Kazakh; і without any of these is
    Belarusian, ы, э and ъ without і Russian.
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
        return "en" if latin / len(letters) > 1 - 5 * _RARE else ""
    return _cyrillic(letters, cyrillic)


def _cyrillic(letters: list[str], cyrillic: int) -> str:
    def often(some: str) -> bool:
        return sum(letter in some for letter in letters) / cyrillic > _RARE

    if often("әғқңұһ"):
        return "kk"
    if often("їє"):
        return "uk"
    return "be" if often("ўі") else "ru"
