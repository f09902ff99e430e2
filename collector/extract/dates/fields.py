"""What a date field says: of several dates the one of publication, with the year that was left out."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from collector.extract.dates.months import weekday_in
from collector.extract.dates.notations import Written, dates_in
from collector.extract.dates.plausible import EARLIEST, is_plausible
from collector.extract.dates.relative import relative_date

_BEFORE = 60
"""Characters before a date in which its label stands."""
_CHANGE = (
    r"(?:обновл|измен[её]н|редакти?р|абноўл|зменен|оновлен|updated?|modified|edited|revised|aktualis|actualiz|mis à jour)[^.!?]{0,25}$"
)
_TERM = r"(?<!\w)(?:до|да|не позднее|until|till|deadline|действ\w+ (?:до|по)|срок\w*|окончани\w+)\W{0,3}$"
_EVENT_DAY = r"(?:дата|время) (?:и время |и место )?(?:проведения|начала|события|мероприятия|правядзення)"
_EVENT = rf"(?<!\w)(?:начал[оа]\w*|пачатак|состоится|пройд[её]т|адбудзецца|when|{_EVENT_DAY})\W{{0,3}}$"
_NUMBERED = r"(?:№|\bno?\.?\s?\d)[^,;]{0,25}(?:от|ад|of|dated)\s{0,2}$"
_ACT = r"(?:постановлени|указ|закон|приказ|распоряжени|решени|протокол|пастанов|загад|рашэнн|пратакол)\w{0,4}[^,;]{0,40}\s(?:от|ад)\s{0,2}$"
_OTHER = re.compile(f"{_CHANGE}|{_TERM}|{_EVENT}|{_NUMBERED}|{_ACT}", re.IGNORECASE)
"""Labels of what is no publication: a change, a term, an event, an act that is spoken of."""
_FAR = 6
"""Years after which every day has fallen on every weekday but for the leap years' sake."""


def read_date(text: str, zone: ZoneInfo, now: datetime, *, month_first: bool = False) -> date | None:
    """The first date in a short text (an attribute, a date field), aware where it has an hour; None for none, a future or an absurd one.

    Dates without a zone are the source's own; the day comes before the month unless `month_first`. Only whole dates: what depends on when
    it was written is for `read_field`.
    """
    for written in dates_in(_one_line(text), zone, month_first=month_first):
        if written.has_year and not written.is_short:
            found = written.moment or written.day
            return found if is_plausible(found, now) else None
    return None


def read_field(text: str, zone: ZoneInfo, now: datetime, near: date | None = None, *, month_first: bool = False) -> date | None:
    """The date of publication that a field says, which is known to be one of a date: also without a year, with two digits of it, or told
    from today. `near` is when it was published as far as is known otherwise; without it the latest such day that is past is meant.
    """
    line = _one_line(text)
    end = 0
    for written in dates_in(line, zone, month_first=month_first):
        label = line[max(end, written.start - _BEFORE) : written.start]
        end = written.end
        if _OTHER.search(label):
            continue
        found = _whole(written, _year_of(written, weekday_in(line), near, now))
        if found is not None and is_plausible(found, now):
            return found
        return None
    relative = relative_date(line, zone, now) if not end else None
    return relative if relative is not None and is_plausible(relative, now) else None


def _one_line(text: str) -> str:
    return " ".join(text[:5_000].split())


def _whole(written: Written, year: int | None) -> date | None:
    found = written.moment or written.day
    if written.has_year:
        return found
    try:
        return found.replace(year=year) if year else None
    except ValueError:
        return None


def _year_of(written: Written, weekday: int | None, near: date | None, now: datetime) -> int | None:
    """The year that a day without one belongs to: nearest to `near`, else the latest that fits, also to the weekday."""
    if written.has_year:
        return None
    days = [day for year in range(now.year + 1, EARLIEST.year - 1, -1) if (day := _in_year(written.day, year)) and is_plausible(day, now)]
    if near is not None:
        middle = near.date() if isinstance(near, datetime) else near
        return min((abs(day - middle), day.year) for day in days)[1] if days else None
    if weekday is not None:
        days = [day for day in days if day.weekday() == weekday and now.date() - day < timedelta(days=366 * _FAR)]
    return days[0].year if days else None


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None
