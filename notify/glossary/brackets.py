"""What stands in a bracket, and before it, as far as it may be a name or an abbreviation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from notify.glossary.letters import Short
from notify.tokens import parts_of
from storage.fold import fold
from storage.store_names import LONGEST_SHORT

_BRACKET = re.compile(r"\(([^()]{2,250})\)")
_BEFORE = 260
"""Code points before a bracket that are looked at: a full name has 200 at most, and the name of a state may follow."""
_MOST_PARTS = 8
"""Things that a bracket lists: a name in three languages with its abbreviations has six, and a longer list is no name."""
_QUOTES = "«»“”„‟\"'‘’‹›"
# A sentence, a list or an aside ends here; a dot behind three letters or fewer ends a shortened word, «им.», «г.», or initials.
_BORDER = re.compile(r"[;:!?()\[\]…•]|(?<=\w{4})\.(?=\s)|\n\s*\n|\s[–—-]\s")
_ASIDE = re.compile(
    r"\s*(?:(?P<outright>дал[её]е|в\s+дальнейшем|далей|hereinafter|hereafter|henceforth)"
    r"|сокращ[её]нно|сокр\.?|скарочана|abbreviated(?:\s+(?:as|to))?|also|known\s+as|called|или|або|or|англ\.|англійск\.|рус\.|бел\."
    r"|на\s+англ(?:\.|ийском)|по\s+тексту|па\s+тэксце|в\s+тексте|у\s+тэксце|(?:[ву]\s+)?(?:настоящ|данн|гэт)\w+\s+\w+"
    r"|(?:имен|назыв|имян)\w+|referred\s+to(?:\s+as)?|соответственно|вместе|адпаведна|разам|the)(?!\w)[\s:,–—-]*|\s*[:–—-]\s*",
    re.IGNORECASE,
)
_PARTED = re.compile(r"[,;]\s*|\s+(?:или|або|or)\s+|\s*/\s*")
# A capital first; letters and digits, perhaps parted by dashes; no dots.
_SHORT = re.compile(r"(?=[^\W\d_])\w[\w&]*(?:[-‑–]\w+)*")
_ROMAN = re.compile("[IVXІХ]+")  # with the Cyrillic letters that pass for them


def _words(written: str) -> frozenset[str]:
    return frozenset(written.split())


_NOT_NAMES = _words(
    "usd eur byn byr rub rur cny kzt uah gbp kgs uzs amd pln "
    "мгц ггц кгц гц мбит гбит кбит мб гб тб кб квт мвт квтч кг км мм см мкм кв дб дбм мин сек час руб тыс млн млрд трлн шт экз "
    "mhz ghz khz hz mbit gbit mb gb tb kb kw mw kg km mm cm db dbm min sec hr "
    "янв фев мар апр май июн июл авг сен сент окт ноя нояб дек jan feb mar apr may jun jul aug sep sept oct nov dec "
    "пн вт ср чт пт сб вс mon tue wed thu fri sat sun "
    "фото видео аудио звук обновлено photo video audio updated pdf doc docx xls xlsx rtf odt zip"
)
"""Units, currencies, months, days, and what is attached: in capitals, and no names."""
_LEGAL_FORMS = _words(
    "ооо оао зао пао ао руп руспуп уп куп чуп чтуп одо ип рунп нируп гуп муп гу гп фгуп сооо сзао ооб ltd llc inc plc ag gmbh"
)
_CAPITALS = 2
_SYLLABLES = 5
"""Letters of the shortest name made of beginnings, «Совмин» has six; a shorter word with one capital is a word: «Совет»."""


class Bracket(NamedTuple):
    """A bracket and what stands before it in the same sentence."""

    before: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a bracket lists, without what introduces it: «далее – РСС»."""

    text: str
    outright: bool
    """The text says that it is the short name from here on."""
    short: Short | None
    """It could be an abbreviation."""


def brackets(text: str) -> Iterator[Bracket]:
    for found in _BRACKET.finditer(text):
        inner = found[1]
        if not any(letter.isupper() for letter in inner):
            continue
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        yield Bracket(_last_sentence(before), tuple(_parts(inner)))


def _last_sentence(before: str) -> str:
    start = 0
    for border in _BORDER.finditer(before):
        start = border.end()
    return before[start:]


def _parts(inner: str) -> Iterator[Part]:
    borders = [*_PARTED.finditer(inner)]
    if len(borders) >= _MOST_PARTS:
        return
    starts, ends = [0, *(border.end() for border in borders)], [*(border.start() for border in borders), len(inner)]
    outright = False
    parts = []
    for start, end in zip(starts, ends, strict=True):
        text, said = _bare(inner[start:end])
        outright = outright or said  # it holds for all that follows: «далее – РСС, Содружество»
        parts.append(Part(text, outright, short_of(text)))
    yield from parts
    named = next((place for place, part in enumerate(parts) if part.short or part.outright), len(parts))
    if named > 1:
        yield Part(_bare(inner[: ends[named - 1]])[0], outright=False, short=None)  # a full name may have commas


def _bare(text: str) -> tuple[str, bool]:
    """Without what introduces it, and whether that says «далее»."""
    outright, place = False, 0
    while (aside := _ASIDE.match(text, place)) and aside.end() > place:
        outright = outright or aside["outright"] is not None
        place = aside.end()
    return text[place:].strip().strip(_QUOTES).strip(), outright


def short_of(text: str) -> Short | None:
    """The text as an abbreviation, where it can be one.

    >>> short_of("РСС").letters, short_of("Оператор"), short_of("г. Минск"), short_of("IV")
    ('рсс', None, None, None)
    """
    if len(text) > LONGEST_SHORT or not _SHORT.fullmatch(text) or not text[0].isupper() or _ROMAN.fullmatch(text):
        return None
    if len(text) > _CAPITALS and text[-1] == "s" and text[:-1].isupper():
        text = text[:-1]  # SDRs
    letters = "".join("".join(parts_of(fold(part))) for part in re.split("[-‑–&]", text))
    if len(letters) < _CAPITALS or letters in _NOT_NAMES:
        return None
    if sum(letter.isupper() for letter in text) < _CAPITALS and len(letters) < _SYLLABLES:
        return None
    short = Short.of(text if len(set(map(_is_cyrillic, filter(str.isalpha, text)))) == 1 else letters.upper(), letters)
    return None if short.is_syllabic and letters.isascii() else short  # English makes no names of beginnings, but `ClassNames`


def _is_cyrillic(letter: str) -> bool:
    return "\u0400" <= letter <= "\u04ff"


def is_legal_form(short: Short) -> bool:
    """«ООО», «РУП»: they stand before many a name, and are abbreviations of none of them."""
    return short.letters in _LEGAL_FORMS
