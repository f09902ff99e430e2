"""Dates that are told from today: «сегодня, 14:30», «вчера», "2 hours ago"."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_DAYS_BACK = {
    **dict.fromkeys(("сегодня", "сёння", "сення", "сьогодні", "today", "бүгін", "heute"), 0),
    **dict.fromkeys(("вчера", "учора", "ўчора", "вчора", "yesterday", "кеше", "gestern"), 1),
    **dict.fromkeys(("позавчера", "пазаўчора", "заўчора", "позавчора"), 2),
}
_NAMED = re.compile(
    rf"(?<!\w)({'|'.join(_DAYS_BACK)})(?!\w|['’]s)(?:[\s,|·•–—-]{{0,4}}(?:(?:в|у|ў|о|а|at|um)\s)?(\d{{1,2}}):(\d\d)(?!\d))?", re.IGNORECASE
)
_NOW = re.compile(r"(?<!\w)(?:только что|толькі што|щойно|just now)(?!\w)", re.IGNORECASE)
_AGO = re.compile(
    r"(?<!\w)(?:(\d{1,3})\s|(an?|one)\s)?(секунд\w?|минут\w?|мин\.?|час\w{0,2}|ч\.?|дн\w{1,2}|день|хвілін\w?|гадзін\w?|дз?е?н\w{1,2}|дзён|годин\w?|хвилин\w?"
    r"|seconds?|minutes?|min|hours?|days?)\s(?:назад|таму(?:\sназад)?|тому|ago)(?!\w)",
    re.IGNORECASE,
)
_SPANS = (
    (re.compile(r"секунд|second", re.IGNORECASE), timedelta(seconds=1)),
    (re.compile(r"мин|хвілін|хвилин|min", re.IGNORECASE), timedelta(minutes=1)),
    (re.compile(r"ч|гадзін|годин|hour", re.IGNORECASE), timedelta(hours=1)),
    (re.compile(r"д|day", re.IGNORECASE), timedelta(days=1)),
)


def relative_date(text: str, zone: ZoneInfo, now: datetime) -> date | None:
    """The day that a short text tells from today; None for none.

    An hour is given only where the text has it: «2 часа назад» is rounded, and sure of no more than the day. «Неделю назад» is sure of
    nothing.
    """
    here = now.astimezone(zone)
    if named := _NAMED.search(text):
        day = here.date() - timedelta(days=_DAYS_BACK[named[1].lower()])
        return _at(day, named[2], named[3], zone)
    if _NOW.search(text):
        return here.date()
    if (ago := _AGO.search(text)) and (back := _span(ago)):
        return (here - back).date()
    return None


def without_relative(text: str) -> str:
    """What a text says beside the days that it tells from today."""
    for notation in (_NAMED, _NOW, _AGO):
        text = notation.sub(" ", text)
    return text


def _span(ago: re.Match[str]) -> timedelta | None:
    unit = next((span for pattern, span in _SPANS if pattern.match(ago[3])), None)
    return unit * int(ago[1] or 1) if unit else None


def _at(day: date, hour: str | None, minute: str | None, zone: ZoneInfo) -> date:
    try:
        return datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=zone) if hour and minute else day
    except ValueError:
        return day
