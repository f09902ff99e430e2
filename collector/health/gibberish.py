"""Whether a text was read in a wrong charset. Each way in which that happens leaves its own mark; a sound text has none of them.

Told from letters, digits and marks that people do write together: capitals, model numbers, other languages' letters, emoji.
"""

from __future__ import annotations

import re

_LOOKED_AT = 4000
"""Code points; a text is in one charset from its beginning to its end."""
_SHARE = 0.3
"""Words that are gibberish, among those that could be. The others are short words, of which not all can be told, and ASCII within."""
_LOST_SHARE = 0.02
"""U+FFFD among all that is no space: one in a long text is a slip of its author's program."""
_LEAST = 4
"""Letters of a word that can be told: two or three may be valid in another charset by chance."""


def _letters(first: int, last: int, charset: str) -> str:
    """What a range of bytes is in a charset. Browsers read those that have no letter as controls, which then are their own code."""
    letters = (bytes([byte]).decode(charset, "ignore") or chr(byte) for byte in range(first, last + 1))
    return f"[{re.escape(''.join(letters))}]"


def _utf_8_in(charset: str) -> str:
    """Several characters of UTF-8, beyond ASCII, read in another charset: each has a first byte that says how many follow (RFC 3629).
    The last one may be cut, as a no-break space within it is white space.
    """
    two, three, four = _letters(0xC2, 0xDF, charset), _letters(0xE0, 0xEF, charset), _letters(0xF0, 0xF4, charset)
    more = _letters(0x80, 0xBF, charset)
    return f"(?:{two}{more}|{three}{more}{{2}}|{four}{more}{{3}}){{2,}}(?:{two}|{three}{more}?|{four}{more}{{0,2}})?"


_WORD = re.compile(r"[^\s\x00-\x20]{1,200}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]{4,}")
_UTF_8 = re.compile(f"{_utf_8_in('cp1251')}|{_utf_8_in('cp1252')}")
_LATIN_ROW = re.compile(r"[À-ÿ¨¸]{4,}")
"""windows-1251 or koi8-r read as Latin-1. No language that is written so has four accented letters in a row."""
_CONTROLS = re.compile(r"[\x80-\x84\x86-\x9f]")
_BOXES = re.compile(r"[\u2500-\u256c\u2591-\u2593][Ѐ-ӿ]|[Ѐ-ӿ][\u2500-\u256c\u2591-\u2593]|[§¬®¦][а-яё]")
"""Letters of Windows read as DOS wrote them, or the other way round: frames of tables, or signs, in the middle of words."""
_INVERTED = re.compile(r"[а-яёўі][А-ЯЁЎІ]{3,}[^\w]*")
"""koi8-r read as windows-1251, or the other way round: capitals and small letters change places."""
_ORDINARY = re.compile(r"[А-ЯЁЎІ]?[а-яёўі]{2,}[^\w]*")


def is_mojibake(text: str) -> bool:
    """Whether a title or a text is gibberish.

    >>> is_mojibake("РџСЂРёРІРµС‚"), is_mojibake("Ïðèêàç ìèíèñòðà"), is_mojibake("ПРИКАЗ № 5-а")
    (True, True, False)
    """
    text = text[:_LOOKED_AT]
    words = _WORD.findall(text)
    solid = sum(map(len, words))
    if text.count("\ufffd") > max(1, _LOST_SHARE * solid) or len(_CONTROLS.findall(text)) > max(1, _LOST_SHARE * solid):
        return True
    foreign = [word for word in words if sum(letter > "\x7f" for letter in word) >= _LEAST]
    wrong = sum(map(_is_wrong, foreign))
    return wrong > _SHARE * len(foreign) or _are_inverted(words) or _are_questions(words)


def _is_wrong(word: str) -> bool:
    rows = _BEYOND_ASCII.findall(word)
    return any(_UTF_8.fullmatch(row) for row in rows) or bool(_LATIN_ROW.search(word)) or bool(_BOXES.search(word))


def _are_inverted(words: list[str]) -> bool:
    """Whether small and capital letters have changed places: a few words show it, and none is as it should be."""
    inverted = sum(bool(_INVERTED.fullmatch(word)) for word in words)
    return inverted >= 2 and inverted > sum(bool(_ORDINARY.fullmatch(word)) for word in words)  # noqa: PLR2004  (one may be a brand)


def _are_questions(words: list[str]) -> bool:
    """Whether letters were lost to a database that did not know them, one mark for each; «что???» has letters before its marks."""
    lost = sum("???" in word and not any(map(str.isalnum, word)) for word in words)
    return lost >= 2 and lost > _SHARE * len(words)  # noqa: PLR2004  (a lone «???» is what an author thought)
