"""The words of the pages in one language: sentences, plurals, dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from feeds.entry import in_utc
from feeds.web.locales import be, en, ru

LANGUAGE_NAMES = {"ru": "русский", "be": "беларуская", "en": "English"}
"""In themselves, as a reader looks for them."""

_CATALOGUES = {"ru": ru, "be": be, "en": en}


@dataclass(frozen=True, slots=True)
class Locale:
    language: str
    words: Mapping[str, str]
    plurals: Mapping[str, tuple[str, str, str]]
    """For one, for few, for many; English has the last two alike."""
    months: tuple[str, ...]
    day_form: str
    zone: ZoneInfo

    def say(self, key: str, **values: object) -> str:
        """The sentence with the values in their places."""
        return self.words[key].format(**values)

    def count(self, key: str, number: int) -> str:
        """So many of a thing, such as «3 вложения»."""
        return self.plurals[key][plural_form(self.language, number)].format(number=number)

    def when(self, moment: date) -> str:
        """The day, with the hour in the reader's zone where it is known."""
        if not isinstance(moment, datetime):
            return self._day(moment)
        here = in_utc(moment).astimezone(self.zone)
        return f"{self._day(here)}, {here:%H:%M}"

    def _day(self, day: date) -> str:
        return self.day_form.format(day=day.day, month=self.months[day.month - 1], year=day.year)


def locale_of(language: str, zone: str) -> Locale:
    """The locale of a language and an IANA time zone. Raises ValueError or ZoneInfoNotFoundError where there is none."""
    if language not in _CATALOGUES:
        raise ValueError(f"pages are not available in language {language!r}; choose one of {', '.join(sorted(_CATALOGUES))}")
    catalogue = _CATALOGUES[language]
    return Locale(language, catalogue.WORDS, catalogue.PLURALS, catalogue.MONTHS, catalogue.DAY, ZoneInfo(zone))


def plural_form(language: str, number: int) -> int:
    """0 for one, 1 for few, 2 for many, by the rules of Unicode CLDR.

    >>> [plural_form("ru", number) for number in (1, 3, 5, 11, 21)]
    [0, 1, 2, 2, 0]
    """
    if language == "en":
        return 0 if number == 1 else 2
    ones, tens = number % 10, number % 100
    if ones == 1 and tens != 11:  # noqa: PLR2004
        return 0
    return 1 if ones in {2, 3, 4} and tens not in {12, 13, 14} else 2
