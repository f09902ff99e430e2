"""Numbers and ordinals in digits, words and Roman numerals, and the numbers of documents."""

from __future__ import annotations

import re

from storage.facts import told
from storage.facts.fact import Fact, FactKind
from storage.facts.text import Text
from storage.fold import fold

_DIGITS = re.compile(r"^\d+$")
_FIRST_THOUSANDS = re.compile(r"^\d{1,3}$")
_THREE_DIGITS = re.compile(r"^\d{3}$")
_THOUSANDS = frozenset((" ", "\u00a0", "\u202f", "\u2009", "'"))
_HYPHENS = frozenset(("-", "\u2011"))
_GLUED_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th|го|й|я|е|му|м|х)$")
_LETTERS_OF_LAW = re.compile(r"^[A-ZА-ЯЁІ]{1,3}$")


def reference(text: Text, at: int) -> Fact | None:
    """«№ 48-З», «N 60», «№ 123/45»; «48-З»."""
    if not text.word(at)[:1].isdigit():
        return None
    numbered = "№" in text.gap(at) or (text.word(at - 1) in {"n", "no"} and text.joined(at))
    end = at + 1
    if text.gap(end) in _HYPHENS and _LETTERS_OF_LAW.match(text.written(end)):
        end += 1
    elif not numbered:
        return None
    while text.gap(end) in {"/", "-", "."} and text.word(end)[:1].isdigit():
        end += 1
    return Fact(FactKind.REFERENCE, "-".join(text.word(place) for place in range(at, end)), at, end)


def number(text: Text, at: int) -> Fact | None:
    """Digits, with thousands and decimals, and what they count; «2-е» is an ordinal."""
    word = text.word(at)
    if not any(letter.isdigit() for letter in word):
        return None
    if glued := _GLUED_ORDINAL.match(word):
        return Fact(FactKind.ORDINAL, _plain(glued[1]), at, at + 1)
    if not _DIGITS.match(word):
        return Fact(FactKind.NUMBER, word, at, at + 1)
    if text.gap(at + 1) in _HYPHENS and text.word(at + 1) in told.ORDINAL_ENDINGS:
        return Fact(FactKind.ORDINAL, _plain(word), at, at + 2)
    digits, end = _thousands(text, at)
    if text.gap(end) in {",", "."} and _DIGITS.match(text.word(end)):
        digits, end = f"{digits}.{text.word(end)}", end + 1
    return _counted(text, digits, at, end)


def _thousands(text: Text, at: int) -> tuple[str, int]:
    """«12 000» as one number, and where it ends."""
    digits, end = [text.word(at)], at + 1
    while _FIRST_THOUSANDS.match(digits[0]) and text.gap(end) in _THOUSANDS and _THREE_DIGITS.match(text.word(end)):
        digits.append(text.word(end))
        end += 1
    return _plain("".join(digits)), end


def _plain(digits: str) -> str:
    return digits.lstrip("0") or "0"


def _counted(text: Text, value: str, start: int, end: int) -> Fact:
    """A number with the scale and the unit that follow it."""
    if text.joined(end) and (scale := told.scale(text.word(end))):
        value, end = f"{value} {scale}", end + 1
    behind, before = text.gap(end).lstrip()[:1], text.gap(start).rstrip()[-1:]
    if unit := told.UNIT_SIGNS.get(behind) or told.UNIT_SIGNS.get(before):
        return Fact(FactKind.NUMBER, f"{value} {unit}", start, end)
    if text.joined(end) and (unit := told.unit(text.word(end))):
        return Fact(FactKind.NUMBER, f"{value} {unit}", start, end + 1)
    return Fact(FactKind.NUMBER, value, start, end)


def number_words(text: Text, at: int) -> Fact | None:
    """«двадцать пять тысяч», «двадцать второе»; «тысяча», «треть»."""
    if part := told.PARTS.get(text.word(at)):
        return Fact(FactKind.NUMBER, part, at, at + 1)
    total, end, room = 0, at, told.LARGEST
    while (value := told.CARDINALS.get(text.word(end))) is not None and value < room and (end == at or text.joined(end)):
        total, end, room = total + value, end + 1, told.room_behind(value)
    ordinal = told.ordinal(text.word(end), belarusian=text.belarusian) if end == at or text.joined(end) else 0
    if 0 < ordinal < room:
        return Fact(FactKind.ORDINAL, str(total + ordinal), at, end + 1)
    if end > at:
        return _counted(text, str(total), at, end)
    scale = told.scale(text.word(at))
    return Fact(FactKind.NUMBER, f"1 {scale}", at, at + 1) if scale else None


def roman(text: Text, at: int) -> Fact | None:
    written = text.written(at)
    value = told.roman(written)
    if not value or (len(written) == 1 and not (written.isascii() and _beside_cyrillic(text, at))):
        return None  # "I" is a word, and «І» and «Х» are letters
    return Fact(FactKind.ORDINAL, str(value), at, at + 1)


def _beside_cyrillic(text: Text, at: int) -> bool:
    return any("а" <= fold(beside[:1]) <= "я" for beside in (text.word(at - 1), text.word(at + 1)))
