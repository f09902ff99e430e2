"""Where a page may hold a date, and whether it is the one that is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from collector import html
from collector.extract.dates import read_date, read_field
from collector.learning.outline import Element, Outline

LOOKED_INTO = frozenset({"", "datetime", "content"})
"""Attributes that are asked for a date without being named in the rules; the empty one is the element's text."""
_LONGEST = 14
"""Words: weekday, day, month, year, hour, and what stands before («Опубликовано»)."""
_MOST_INSIDE = 10
"""Elements inside one that holds a date; more are a block."""
_MOST = 2000
"""Elements of a page that are asked for a date."""


@dataclass(frozen=True, slots=True)
class When:
    """How dates are to be read."""

    zone: ZoneInfo
    now: datetime


def datable(outline: Outline, begin: int = 0, end: int | None = None) -> Iterator[Element]:
    """Elements short enough to be a date, among those from `begin` to `end`."""
    places = range(begin, len(outline.elements) if end is None else end)
    found = ((place, outline.elements[place]) for place in places)
    return islice((one for place, one in found if one.length <= _LONGEST and one.last - place <= _MOST_INSIDE), _MOST)


def written(element: Element) -> Iterator[tuple[str, str]]:
    """Where an element may hold a date: the attribute's name (empty for its text) and what stands there. Attributes know the hour."""
    for key, value in element.node.attributes.items():
        if value and any(map(str.isdecimal, value)) and ("date" in key or "time" in key or key == "content"):
            yield key, value[:100]
    if element.length:
        yield "", html.line(element.node)[:200]


def day_in(attribute: str, text: str, when: When) -> date | None:
    """As rules read it: an attribute is written for machines, a text that stands for a date may lack the year."""
    return read_date(text, when.zone, when.now) if attribute else read_field(text, when.zone, when.now)


def is_day(attribute: str, text: str, published: date | None, when: When) -> bool:
    found = day_in(attribute, text, when)
    return found is not None and published is not None and same_day(found, published, when)


def same_day(one: date, other: date, when: When) -> bool:
    return _day(one, when) == _day(other, when)


def _day(moment: date, when: When) -> date:
    return moment.astimezone(when.zone).date() if isinstance(moment, datetime) else moment
