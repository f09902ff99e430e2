"""Dates, days of the week, and times of day."""

from __future__ import annotations

import re

from storage.facts import told
from storage.facts.fact import Fact, FactKind
from storage.facts.text import Text

_DAY = re.compile(r"^(?:0?[1-9]|[12]\d|3[01])$")
_ENGLISH_DAY = re.compile(r"^(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?$")
_MONTH = re.compile(r"^(?:0?[1-9]|1[0-2])$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_SHORT_YEAR = re.compile(r"^\d\d$")
_HOUR = re.compile(r"^(?:[01]?\d|2[0-4])$")
_MINUTE = re.compile(r"^[0-5]\d$")
_HYPHENS = frozenset(("-", "\u2011"))
_FURTHER_DAYS = 4
"""So many further days are told before their month («9, 10 и 11 апреля»)."""
_BETWEEN_DAYS = told.words("и по до and to і па да або или")
_AFTER_YEAR = told.words("г гг год года году годом годы годов годах годзе гады гадоў гадах")
_BEFORE_YEAR = told.words("in of since until by from")
_BEFORE_TIME = told.words("в к с до а у з да па at from to until till by около каля пасля после")
_BEFORE_WEDNESDAY = told.words("в на эту каждую следующую прошлую")


def numeric_date(text: Text, at: int) -> Fact | None:
    """`09.04.2025`, `9/4/25`, `2025-04-09`."""
    parts = [text.word(at), text.word(at + 1), text.word(at + 2)]
    gap = text.gap(at + 1)
    if gap not in {".", "/", "-"} or text.gap(at + 2) != gap:
        return None
    day, month, year = reversed(parts) if _YEAR.match(parts[0]) else parts
    if not _DAY.match(day) or not _MONTH.match(month) or not (_YEAR.match(year) or (_SHORT_YEAR.match(year) and gap != "-")):
        return None
    end = at + 3
    if text.word(end) in _AFTER_YEAR and text.joined(end):
        end += 1
    return _date(year if _YEAR.match(year) else f"20{year}", int(month), day, at, end)


def _date(year: str, month: int, day: str, start: int, end: int) -> Fact:
    of_month = f"-{int(day):02}" if day else ""
    return Fact(FactKind.DATE, f"{year or '-'}-{month:02}{of_month}", start, end)


def spoken_date(text: Text, at: int) -> Fact | None:
    """«9 апреля 2025 г.», also the first of «9–11 апреля» and of «9 и 10 апреля»; "9th of April"."""
    day, behind = _day(text, at)
    month_at = behind + (text.word(behind) == "of")
    for further in range(_FURTHER_DAYS + 1 if day else 0):
        if month := _month_at(text, month_at):
            year, end = _year_at(text, month_at + 1)
            return _date(year, month, day, at, behind if further else end)
        next_day, month_at = _day(text, month_at + (text.word(month_at) in _BETWEEN_DAYS))
        if not next_day:
            break
    return None


def _day(text: Text, at: int) -> tuple[str, int]:
    """A day of the month at this place, and where it ends; empty for none."""
    found = _ENGLISH_DAY.match(text.word(at))
    if not found or "\n" in text.gap(at + 1) or (text.gap(at + 1) == "." and text.word(at + 1).isdecimal()):
        return "", at
    return found[1], at + 1 + (text.word(at + 1) in told.ORDINAL_ENDINGS and text.gap(at + 1) in _HYPHENS)


def _month_at(text: Text, at: int) -> int:
    word = text.word(at)
    month = told.month(word)
    if month and word in told.AMBIGUOUS_MONTHS:
        before, after = text.word(at - 1), text.word(at + 1)
        introduced = before in told.BEFORE_MONTHS and text.written(at) != "may"
        if not (before[:1].isdigit() or after[:1].isdigit() or introduced):
            return 0  # «мае» and «маю» are «has» and «I have» in Belarusian
    return month


def _year_at(text: Text, at: int) -> tuple[str, int]:
    """A year at this place, and where it ends; empty for none."""
    gap = text.gap(at)
    if not _YEAR.match(text.word(at)) or gap.strip() not in {"", ","} or "\n" in gap:
        return "", at
    return text.word(at), at + 1 + (text.word(at + 1) in _AFTER_YEAR and text.joined(at + 1))


def month_alone(text: Text, at: int) -> Fact | None:
    """«апрель 2025 года», "April 9, 2025"."""
    month = _month_at(text, at)
    if not month:
        return None
    day = _ENGLISH_DAY.match(text.word(at + 1)) if text.word(at).isascii() and text.joined(at + 1) else None
    year, end = _year_at(text, at + 2 if day else at + 1)
    return _date(year, month, day[1] if day else "", at, end)


def year(text: Text, at: int) -> Fact | None:
    """«2025 год», «в 2024–2025 годах», "in 2025"."""
    if not _YEAR.match(text.word(at)):
        return None
    after = at + 1
    if text.word(after) in _AFTER_YEAR and text.joined(after):
        return Fact(FactKind.DATE, text.word(at), at, after + 1)
    spanned = _YEAR.match(text.word(after)) and text.gap(after).strip() in {"-", "–", "—", "/"} and text.word(after + 1) in _AFTER_YEAR
    return Fact(FactKind.DATE, text.word(at), at, after) if spanned or text.word(at - 1) in _BEFORE_YEAR else None


def weekday(text: Text, at: int) -> Fact | None:
    word = text.word(at)
    if (days := told.RELATIVE_DAYS.get(word)) is not None:
        return Fact(FactKind.DATE, f"today{days:+d}" if days else "today", at, at + 1)
    day = told.weekday(word)
    if not day or (word in {"среда", "среду"} and text.word(at - 1) not in _BEFORE_WEDNESDAY):
        return None  # «среда» is «environment» too
    return Fact(FactKind.DATE, f"weekday {day}", at, at + 1)


def time_of_day(text: Text, at: int) -> Fact | None:
    """`10:00`, and «в 10.00»."""
    hour, minute, gap = text.word(at), text.word(at + 1), text.gap(at + 1)
    if not (_HOUR.match(hour) and _MINUTE.match(minute)):
        return None
    with_dot = gap in {".", "-"} and text.word(at - 1) in _BEFORE_TIME and text.gap(at + 2) not in {".", "/"}
    return Fact(FactKind.TIME, f"{int(hour)}:{minute}", at, at + 2) if gap == ":" or with_dot else None
