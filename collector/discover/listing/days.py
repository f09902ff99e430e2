"""Days in short texts of a listing: whether a line is a date and nothing else, and which."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from collector.discover.listing.words import words_in
from collector.extract.dates import Written, dates_in, is_plausible, read_date, read_field
from collector.extract.dates.relative import relative_date, without_relative

SHORT = 60
"""Characters of a line that may be a date with its label; what is longer is prose, and speaks of other days."""
_TOLD_FROM_TODAY = 30
"""Characters: «Опубликовано: 2 часа назад»."""
_LABEL = 2
"""Words of a label beside such a day."""
_WORDS_BESIDE = 3
""""Published on Wednesday", «Дата публикации:»"""
_LEFT_AT_LEAST = 10
"""Characters that a title must have without its date: «3 июля 2026 года» may be the whole of it."""
_SEPARATORS = " \t\u00a0-–—|:.,;/•·"
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:\d{4}|\d\d)(?![\d/])")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{6,40})[)\]]\W{0,3}$")
_TWELVE = 12
_OTHER_DAY = re.compile(
    r"\b(?:до|по|срок|действу\w+|until|till|due|expires?|deadline|closes?|effective|updated|modified|"
    r"revised|обновл\w+|абноўл\w+|измен[её]н\w*|от|№)\b",
    re.IGNORECASE,
)
"""What stands before a day that is not the day of publication; «от» names a document's own."""


@dataclass(slots=True)
class Days:
    """No frozen value: it remembers what it read, as rows of several groups share their lines."""

    zone: ZoneInfo
    now: datetime
    month_first: bool = False
    known: dict[str, tuple[Written, ...]] = field(default_factory=dict)

    def whole(self, text: str) -> date | None:
        """A date that has its year."""
        if not self._found(text):
            return None
        found = read_date(text, self.zone, self.now, month_first=self.month_first)
        return found if found is not None and is_plausible(found, self.now) else None

    def of_field(self, text: str, near: date | None = None) -> date | None:
        """The day of a text that is known to be one, also without a year or told from today."""
        found = read_field(text, self.zone, self.now, near, month_first=self.month_first)
        return found if found is not None and is_plausible(found, self.now) else None

    def is_day(self, text: str) -> bool:
        """Whether a line is a date and little more."""
        if not text or len(text) > SHORT:
            return False
        found = self._found(text)
        if not found:
            return (
                len(text) <= _TOLD_FROM_TODAY
                # «issued today» is a label; «what the court issues today» is prose, and dates nothing
                and words_in(without_relative(text)) <= _LABEL
                and relative_date(text, self.zone, self.now) is not None
            )
        rest = _rest(text, found)
        return words_in(rest) <= _WORDS_BESIDE and not _OTHER_DAY.search(rest)

    def may_date(self, line: str) -> bool:
        """Whether a short line beside a title gives its day: «Опубликовано 7 декабря 2015 г. пресс-службой», not «приём до 7 декабря»."""
        found = self._found(line) if len(line) <= SHORT else ()
        return bool(found) and found[0].has_year and not _OTHER_DAY.search(line[: found[0].start])

    def starts_with_day(self, line: str) -> str:
        """The numeric date that a longer line begins with: a label, and no sentence that speaks of a day."""
        found = self._found(line[:SHORT])
        if not found or found[0].start or not found[0].has_year:
            return ""
        written = line[: found[0].end]
        return "" if words_in(written) else written

    def ending(self, title: str) -> date | None:
        """The date in brackets that ends a title: «Против оператора (дело 12) (5 марта 2026 г.)»."""
        bracketed = _BRACKETED.search(title[-SHORT:])
        return self.whole(bracketed[1]) if bracketed and self.is_day(bracketed[1]) else None

    def without_day(self, title: str) -> str:
        """The title without a date glued to its beginning: «12.03.2026 Министр …», and not «3 июля 2026 года состоялось …»."""
        found = self._found(title[:SHORT])
        if not found or found[0].start or not found[0].has_year:
            return title
        written, rest = title[: found[0].end], title[found[0].end :]
        rest = re.sub(r"^\s*(?:года?|г\.)", "", rest)
        bare = rest.strip(_SEPARATORS)
        is_glued = words_in(written) == 0 or bare[:1].isupper() or bare[:1] in '«"“' or rest.lstrip()[:1] in set("-–—|:")
        return bare if is_glued and len(bare) >= _LEFT_AT_LEAST else title

    def _found(self, text: str) -> tuple[Written, ...]:
        if not any(map(str.isdecimal, text)):
            return ()
        if text not in self.known:
            self.known[text] = tuple(dates_in(text, self.zone, month_first=self.month_first))
        return self.known[text]


def _rest(text: str, found: Iterable[Written]) -> str:
    kept, end = [], 0
    for written in found:
        kept.append(text[end : written.start])
        end = written.end
    return " ".join((*kept, text[end:]))


def is_month_first(texts: Iterable[str], language: str) -> bool:
    """Whether slashed dates begin with the month, by those of the page that can be read in one way alone; else by the page's language."""
    days, months = 0, 0
    for text in texts:
        for first, second in _SLASHED.findall(text):
            days += int(first) > _TWELVE >= int(second)
            months += int(second) > _TWELVE >= int(first)
    return months > days if months or days else language.lower().replace("_", "-") == "en-us"
