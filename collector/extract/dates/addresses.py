"""Dates in addresses: of the day, and of the month alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from collector.extract.dates.months import month_of
from collector.extract.dates.plausible import is_plausible

_YEAR, _MONTH, _DAY = r"((?:19|20)\d\d)", r"(\d{1,2})", r"(\d{1,2})"
_TWO = r"(\d\d)"
# What goes on after the day shows that it is one: `/2018/03/19` may be the nineteenth publication of March, `/node/20240116` a number.
_YEAR_FIRST = tuple(
    re.compile(pattern)
    for pattern in (
        rf"/{_YEAR}/{_MONTH}/{_DAY}[/-]",
        rf"/{_YEAR}[-_.]{_TWO}[-_.]{_TWO}(?=[/_-]|$|\.html?$|\.php$)",
        rf"/t?{_YEAR}{_TWO}{_TWO}(?=/|[-_][^/\d]|_\d)",
        rf"/{_YEAR}-{_TWO}/{_TWO}/",
    )
)
_DAY_FIRST = tuple(
    re.compile(pattern)
    for pattern in (
        rf"/{_TWO}[-_.]{_TWO}[-_.]{_YEAR}(?:-\d+)?(?=[/]|$|\.html?$|\.php$)",
        rf"/{_TWO}[-_.]{_TWO}[-_.]{_YEAR}(?=[-_][^/\d])",
        rf"/{_DAY}/{_MONTH}/{_YEAR}(?=/|$)",
    )
)
_NAMED_MONTH = re.compile(rf"/{_YEAR}/([a-z]{{3,9}})/{_DAY}/[^/]")
_MONTH_ALONE = re.compile(rf"/{_YEAR}(?:/|-|_)?(0[1-9]|1[0-2])(?=/)")
_NAMED_MONTH_ALONE = re.compile(rf"/{_YEAR}/([a-z]{{3,9}})(?=/)")


def date_in_address(url: str, now: datetime) -> date | None:
    """The date that an address was made with: `/news/19-03-2018-2858`, `/20240116/1237998.html`.

    One at the end of a title (`/forum-19-03-2018`) is the event's, and is not taken.
    """
    path = _path(url)
    return next((found for found in _days(path) if is_plausible(found, now)), None)


def month_in_address(url: str, now: datetime) -> date | None:
    """The first day of the month that an address names without a day: `/files/2024-04/photo.jpg`, `/2018/march/115/`."""
    path = _path(url)
    if match := _MONTH_ALONE.search(path):
        found = _date(match[1], match[2], "1")
    elif match := _NAMED_MONTH_ALONE.search(path):
        found = _date(match[1], month_of(match[2]), "1")
    else:
        return None
    return found if found is not None and is_plausible(found, now) else None


def _path(url: str) -> str:
    """Without host, query and fragment, in lower case."""
    bare = url[:2_000].partition("?")[0].partition("#")[0].lower()
    _, scheme, rest = bare.partition("://")
    return f"/{rest.partition('/')[2]}" if scheme else bare


def _days(path: str) -> Iterator[date]:
    for pattern in _YEAR_FIRST:
        if (match := pattern.search(path)) and (found := _date(match[1], match[2], match[3])):
            yield found
    for pattern in _DAY_FIRST:
        if (match := pattern.search(path)) and (found := _date(match[3], match[2], match[1])):
            yield found
    if (match := _NAMED_MONTH.search(path)) and (month := month_of(match[2])) and (found := _date(match[1], month, match[3])):
        yield found


def _date(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
