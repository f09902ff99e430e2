"""Dates as sites write them. No date rather than a guess."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_EARLIEST = date(1995, 1, 1)
"""Before the web had publications; what claims to be older is a default value or a mistake."""

_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?(?!\d)")
_MIDNIGHT = re.compile(r"00:00(?!:\d\d)|00:00:00")
"""What a field that holds a day alone prints as its hour."""
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)(?:\s*+(?:г\.?)?+[,|\s-]*+(\d{1,2}):(\d\d)(?!\d))?")
_IN_WORDS = re.compile(
    r"(?<!\d)(\d{1,2})(?:\s*[-–—]\s*\d{1,2})?\s+([^\W\d_]{3,12})(?:\s*[-–—]\s*\d{1,2}\s+[^\W\d_]{3,12})?\.?,?\s+(\d{4})(?!\d)(?:\s*+(?:года?|г\.?)?+[,|\s-]*+(\d{1,2}):(\d\d)(?!\d))?"
)
_IN_ADDRESS = re.compile(r"/(?:news/)?(\d\d)-(\d\d)-(\d{4})-\d+(?=[/?#]|$)|/(\d{4})(\d\d)(\d\d)/")
# Whole words, so that «10 марок 2018 года» is no day in March.
_MONTHS = tuple(
    re.compile(pattern)
    for pattern in (
        r"январ[ьяе]|янв|студзен[ья]|студзені|студз|january|jan",
        r"феврал[ьяе]|февр?|лют(?:ы|ага|ым)|february|feb",
        r"март[ае]?|мар|сакавіка?|сак|march|mar",
        r"апрел[ьяе]|апр|красавіка?|крас|april|apr",
        r"ма[йяею]|маі|may",
        r"июн[ьяе]|июн|чэрвен[ья]|чэрвені|чэрв|june?",
        r"июл[ьяе]|июл|ліпен[ья]|ліпені|ліп|july?",
        r"август[ае]?|авг|жнівен[ья]|жніўня|жні|august|aug",
        r"сентябр[ьяе]|сент?|верасен[ья]|верасня|вер|september|sept?",
        r"октябр[ьяе]|окт|кастрычніка?|кастр|october|oct",
        r"ноябр[ьяе]|нояб?|лістапада?|ліст|november|nov",
        r"декабр[ьяе]|дек|снежан[ья]|снежня|снеж|december|dec",
    )
)


def read_date(text: str, zone: ZoneInfo, now: datetime) -> date | None:
    """The first date in a short text (an attribute, a date field), aware where it has an hour; None for none, a future or an absurd one.

    Dates without a zone are the source's own; the day comes before the month.
    """
    for reader in (_iso, _numeric, _in_words):
        found = reader(text, zone)
        if found is not None:
            return found if is_plausible(found, now) else None
    return None


def date_in_address(url: str, now: datetime) -> date | None:
    """The date that an address was made with: `/news/19-03-2018-2858`, `/20240116/1237998.html`."""
    match = _IN_ADDRESS.search(url)
    if match is None:
        return None
    parts = (match[3], match[2], match[1]) if match[1] else (match[4], match[5], match[6])
    found = _date(*map(int, parts))
    return found if found is not None and is_plausible(found, now) else None


def is_plausible(found: date, now: datetime) -> bool:
    """A publication is neither from the future (but for a day, as zones differ) nor older than the web."""
    day = found.date() if isinstance(found, datetime) else found
    return _EARLIEST <= day <= (now + timedelta(days=1)).date()


def _iso(text: str, zone: ZoneInfo) -> date | None:
    match = _ISO.search(text)
    if match is None:
        return None
    day = _date(int(match[1]), int(match[2]), int(match[3]))
    if day is None or match[4] is None or _MIDNIGHT.match(text, match.start(4)):
        return day
    try:
        moment = datetime.fromisoformat(f"{day.isoformat()}T{match[4]}:{match[5]}:{match[6] or '00'}{match[7] or ''}")
    except ValueError:
        return day
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _numeric(text: str, zone: ZoneInfo) -> date | None:
    match = _NUMERIC.search(text)
    return _with_hour(_date(int(match[3]), int(match[2]), int(match[1])), match[4], match[5], zone) if match else None


def _in_words(text: str, zone: ZoneInfo) -> date | None:
    for match in _IN_WORDS.finditer(text):
        month = _month(match[2].lower())
        if month:
            return _with_hour(_date(int(match[3]), month, int(match[1])), match[4], match[5], zone)
    return None


def _month(word: str) -> int:
    return next((number for number, forms in enumerate(_MONTHS, 1) if forms.fullmatch(word)), 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_hour(day: date | None, hour: str | None, minute: str | None, zone: ZoneInfo) -> date | None:
    if day is None or hour is None or minute is None or int(hour) > 23 or int(minute) > 59:  # noqa: PLR2004
        return day
    return datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=zone)
