"""The notations of dates: where each stands in a text, and which day and hour it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from collector.extract.dates.months import month_of, roman_month

_LONGEST = 5_000
"""Characters that are searched: a field holds a date or it does not."""
_GAP = r"\s{0,3}"
_WORD = r"[^\W\d_]{1,12}"
_DAY = r"(\d{1,2})(?:-?(?:го|ого|га|ага|st|nd|rd|th|er)(?!\w))?"
_TO = rf"{_GAP}(?:[-–—/]|(?:по|да|до|и|і|to|and|bis|und)(?=\s)){_GAP}"
_YEAR = r"(\d{4})(?!\d)"
_OFFSET = r"[+-]\d\d:?\d\d"

_ISO = re.compile(
    r"(?<![\d.])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)"
    rf"(?:[T ]\s?(\d{{1,2}}):(\d\d)(?::(\d\d)(?:[.,]\d{{1,9}})?)?\s?(Z|UTC|GMT|{_OFFSET}|[+-]\d\d(?!\d))?)?"
)
_COMPACT = re.compile(rf"(?<![\w.])(\d{{4}})(\d\d)(\d\d)(?:T(\d\d):?(\d\d)(?::?(\d\d))?\s?(Z|{_OFFSET})?)?(?![\w.])")
_CJK = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_NUMERIC = re.compile(
    rf"(?<![\d.])(?<!\d:)(\d{{1,2}})(?:[./](\d{{1,2}}))?(?:[./]{_YEAR})?{_TO}(?=\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})"
    r"|(?<![\d.])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\5\s?(\d{4}|\d\d)(?![\d:])(?!\.\d)"
)
_DAY_FIRST = re.compile(
    rf"(?<![\d.,:])(?<!№ )(?<!№){_DAY}\.?(?:{_TO}\d{{1,2}})?(?:\s{{1,3}}|\s?[-./]\s?)(?:(?:de|of)\s)?({_WORD})(?!\w)"
    rf"(?:(?:\.?\s{{1,3}}|\s?[-./,]\s?)(?:(?:de|del)\s)?{_YEAR})?\.?"
    rf"(?P<to>{_TO}\d{{1,2}}\s{{1,3}}({_WORD})\.?(?:,?\s{{1,3}}{_YEAR})?)?"
)
_MONTH_FIRST = re.compile(rf"(?<!\w)([A-Za-z]{{3,9}})\.?\s{{1,3}}{_DAY}(?:{_TO}\d{{1,2}})?(?![\d:])(?:\s?,?\s{{1,3}}{_YEAR})?")
_UNIX = re.compile(
    rf"(?<!\w)([A-Za-z]{{3}})\s{{1,2}}(\d{{1,2}})\s(\d\d):(\d\d):(\d\d)\s(?:(UTC|GMT|MSK|[A-Z]{{3,4}}|{_OFFSET})\s)?(\d{{4}})(?!\d)"
)
"""As Unix prints it, and HTTP's third form (RFC 9110, 5.6.7): the hour stands before the year."""
_YEAR_FIRST = re.compile(rf"(?<!\d)(\d{{4}})(?:\sжылғы|\sгода?|\sг\.|,)?\s(\d{{1,2}})\s({_WORD})(?!\w)")

_HOUR_AFTER = re.compile(
    r"(?:\s?(?:года|году|год|г\.|г\b|ж\.))?[\s,|·•/()–—-]{0,6}(?:(?:в|у|ў|о|а|at|um|à|a las|kl\.?|T)\s?)?"
    r"(\d{1,2})(?:[:h]|ч\.?\s?|\.(?=\d\d\s?(?:Uhr|ч)))(\d\d)(?!\d)(?::(\d\d))?(?:[.,]\d{1,6})?\s?(am\b|pm\b|a\.m\.|p\.m\.)?"
    rf"\s?(Z\b|UTC\b|GMT\b|MSK\b|МСК\b|{_OFFSET})?",
    re.IGNORECASE,
)
_HOUR_BEFORE = re.compile(
    rf"(?<![\d:])(\d{{1,2}}):(\d\d)(?::\d\d)?\s?(am\b|pm\b)?(?:[\s,|·•–—-]|on\b){{0,6}}(?:{_WORD}[.,]\s?)?$", re.IGNORECASE
)
_BEFORE_MOST = 30
"""Characters between an hour and the day that follows it, weekday included."""
_SHORT_YEAR = 2
"""Digits."""
_HOURS = 23
_HALF_DAY = 12
_MINUTES = 59
_OFFSETS = {"Z": UTC, "UTC": UTC, "GMT": UTC, "MSK": timezone(timedelta(hours=3)), "МСК": timezone(timedelta(hours=3))}


@dataclass(frozen=True, slots=True)
class Written:
    """A date in a text: where it stands, and what it says. Without a year, `day` is in the leap year 4, and `has_year` is False."""

    start: int
    end: int
    day: date
    moment: datetime | None = None
    has_year: bool = True
    is_short: bool = False
    """The year has two digits."""


_NO_YEAR = 4
"""A leap year, so that 29 February is a day, and none that is ever meant."""


def dates_in(text: str, zone: ZoneInfo, *, month_first: bool = False) -> list[Written]:
    """Every date that a text has, in its order; of overlapping readings the earliest, then the longest.

    `month_first`: how `03/04/2024` is meant where both are possible; elsewhere the only possible reading holds.
    """
    text = text[:_LONGEST]
    if not any(letter.isdigit() for letter in text):
        return []
    found = sorted(
        (reading for notation in _NOTATIONS for reading in notation(text, zone, month_first)), key=lambda one: (one.start, -one.end)
    )
    kept: list[Written] = []
    for reading in found:
        if not kept or reading.start >= kept[-1].end:
            kept.append(reading)
    return kept


def _iso(text: str, zone: ZoneInfo, _month_first: bool) -> Iterator[Written]:  # noqa: FBT001  (one shape for all notations)
    for match in _ISO.finditer(text):
        if day := _day(match[1], match[3], match[4]):
            reading = Written(match.start(), match.end(), day)
            yield _timed(reading, (match[5], match[6], match[7]), match[8], zone) if match[5] else _hour_around(text, reading, zone)
    for match in _COMPACT.finditer(text):
        if day := _day(match[1], match[2], match[3]):
            yield _timed(Written(match.start(), match.end(), day), (match[4], match[5], match[6]), match[7], zone)
    for match in _CJK.finditer(text):
        if day := _day(match[1], match[2], match[3]):
            yield _hour_around(text, Written(match.start(), match.end(), day), zone)


def _numeric(text: str, zone: ZoneInfo, month_first: bool) -> Iterator[Written]:  # noqa: FBT001
    start: re.Match[str] | None = None
    for match in _NUMERIC.finditer(text):
        if match[4] is None:
            start = match  # the first day of a range, whose last one follows
            continue
        last = _numeric_day(match, month_first=month_first)
        if last is None:
            continue
        ranged = start if start is not None and start.end() == match.start() else None
        day = _range_start(ranged, last) if ranged else last
        reading = Written((ranged or match).start(), match.end(), day, is_short=len(match[7]) == _SHORT_YEAR)
        yield _hour_around(text, reading, zone)


def _numeric_day(match: re.Match[str], *, month_first: bool) -> date | None:
    if len(match[7]) == _SHORT_YEAR and match[5] == "-":
        return None  # the end of a telephone's number
    year = match[7] if len(match[7]) > _SHORT_YEAR else f"{_century(int(match[7]))}{match[7]}"
    as_day_first, as_month_first = _day(year, match[6], match[4]), _day(year, match[4], match[6])
    # dots are nowhere written month first where the other way is possible
    if month_first and match[5] != ".":
        return as_month_first or as_day_first
    return as_day_first or as_month_first


def _century(year: int) -> int:
    return 20 if year < 90 else 19  # noqa: PLR2004  (dates older than the web are refused anyway)


def _range_start(start: re.Match[str], last: date) -> date:
    if start[3]:
        return _day(start[3], start[2], start[1]) or last
    month = int(start[2]) if start[2] else last.month
    year = last.year - (month > last.month)
    return _day(str(year), str(month), start[1]) or last


def _day_first(text: str, zone: ZoneInfo, _month_first: bool) -> Iterator[Written]:  # noqa: FBT001
    for match in _DAY_FIRST.finditer(text):
        # «5 і» is no January: a Roman numeral needs its year
        if month := month_of(match[2]) or (roman_month(match[2]) if match[3] else 0):
            yield from _in_words(text, match, (match[3], month, match[1]), zone)


def _in_words(text: str, match: re.Match[str], said: tuple[str | None, int, str], zone: ZoneInfo) -> Iterator[Written]:
    year, month, number = said
    end = match.end()
    if match["to"]:
        last_month = month_of(match[5])
        if not last_month:
            end = match.start("to")
        elif year is None and match[6]:
            year = str(int(match[6]) - (month > last_month))
    if day := _day(year or str(_NO_YEAR), str(month), number):
        yield _hour_around(text, Written(match.start(), end, day, has_year=year is not None), zone)


def _by_month_first(text: str, zone: ZoneInfo, _month_first: bool) -> Iterator[Written]:  # noqa: FBT001
    for match in _MONTH_FIRST.finditer(text):
        month = month_of(match[1]) if len(match[1]) > 2 else 0  # noqa: PLR2004
        if month and (day := _day(match[3] or str(_NO_YEAR), str(month), match[2])):
            yield _hour_around(text, Written(match.start(), match.end(), day, has_year=match[3] is not None), zone)
    for match in _UNIX.finditer(text):
        if (month := month_of(match[1])) and (day := _day(match[7], str(month), match[2])):
            known = match[6] if match[6] in _OFFSETS or (match[6] or "")[:1] in {"+", "-"} else None
            yield _timed(Written(match.start(), match.end(), day), (match[3], match[4], match[5]), known, zone)
    for match in _YEAR_FIRST.finditer(text):
        month = month_of(match[3])
        if month and (day := _day(match[1], str(month), match[2])):
            yield _hour_around(text, Written(match.start(), match.end(), day), zone)


_NOTATIONS: tuple[Callable[[str, ZoneInfo, bool], Iterator[Written]], ...] = (_iso, _numeric, _day_first, _by_month_first)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _hour_around(text: str, reading: Written, zone: ZoneInfo) -> Written:
    """The hour that follows the day, else the one that goes before it."""
    if after := _HOUR_AFTER.match(text, reading.end):
        timed = _timed(reading, (after[1], after[2], after[3]), after[5], zone, after[4] or "")
        if timed.moment:
            return Written(reading.start, after.end(), reading.day, timed.moment, reading.has_year, reading.is_short)
    begins = max(0, reading.start - _BEFORE_MOST)
    if before := _HOUR_BEFORE.search(text[begins : reading.start]):
        timed = _timed(reading, (before[1], before[2], None), None, zone, before[3] or "")
        return Written(begins + before.start(), reading.end, reading.day, timed.moment, reading.has_year, reading.is_short)
    return reading


def _timed(
    reading: Written, clock: tuple[str | None, str | None, str | None], offset: str | None, zone: ZoneInfo, half: str = ""
) -> Written:
    """With the moment, where there is an hour that can be. Midnight is what a field that holds a day alone prints as its hour."""
    if clock[0] is None or clock[1] is None:
        return reading
    hour, minute, second = int(clock[0]), int(clock[1]), int(clock[2] or 0)
    if half:
        hour = hour % _HALF_DAY + (_HALF_DAY if half.lower().startswith("p") else 0)
    if hour > _HOURS or minute > _MINUTES or second > _MINUTES or hour == minute == second == 0:
        return reading
    day = reading.day
    moment = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=_zone(offset, zone))
    return Written(reading.start, reading.end, day, moment, reading.has_year, reading.is_short)


def _zone(offset: str | None, zone: ZoneInfo) -> ZoneInfo | timezone:
    if not offset:
        return zone
    if known := _OFFSETS.get(offset.upper()):
        return known
    digits = offset[1:].replace(":", "")
    try:
        ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
        return timezone(ahead if offset[0] == "+" else -ahead)
    except ValueError:
        return zone
