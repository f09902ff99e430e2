"""Where articles stand in the index: a number for each, which it keeps. The newer the article, the higher.

It is the hour in which the article was first seen, counted from 1970, and a number within that hour. The numbers of an hour begin in the
middle and grow both ways, since the older articles of an hour may be indexed after the newer ones. An hour that is full spills into the
hour before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, desc, select

from storage import schema
from storage.among import among

_BITS = 16
_MIDDLE, _TOP = 1 << _BITS - 1, (1 << _BITS) - 1


def hour_of(moment: datetime) -> int:
    return max(0, int(moment.timestamp()) // 3600)


def moment_of(place: int) -> datetime:
    """The hour in which the article at a place was first seen; one of a full hour counts for an hour before."""
    return datetime.fromtimestamp((place >> _BITS) * 3600, UTC)


def first_of(hour: int) -> int:
    """The lowest place of an hour."""
    return hour << _BITS


def lowest_of(connection: Connection, moment: datetime) -> int:
    """No article that was first seen at this moment or later stands below this place."""
    hour = hour_of(moment)
    while connection.scalar(_TAKEN, {"place": first_of(hour)}) is not None:  # only a full hour spills
        hour -= 1
    return first_of(hour)


class _Seen(NamedTuple):
    """By what articles stand in order."""

    first_seen_at: datetime
    article_id: int


def new_places(connection: Connection, article_ids: AbstractSet[int]) -> dict[int, int]:
    """A place for each of the articles, which have none yet. Nobody else may be giving places meanwhile."""
    if not article_ids:
        return {}
    seen = [_Seen(*row) for row in connection.execute(_SEEN, {"ids": list(article_ids)}).all()]
    by_hour: dict[int, list[_Seen]] = defaultdict(list)
    for one in sorted(seen):
        by_hour[hour_of(one.first_seen_at)].append(one)
    hours: dict[int, _Hour] = {}
    given: dict[int, int] = {}
    for hour, articles in by_hour.items():
        for one in _in_order_of_taking(_hour(connection, hours, hour), articles):
            given[one.article_id] = _taken(connection, hours, hour, one)
    return given


@dataclass(slots=True)
class _Hour:
    """The lowest and the highest place that are taken in an hour, and by whom; None for an hour without any."""

    first: int
    lowest: tuple[int, _Seen] | None = None
    highest: tuple[int, _Seen] | None = None

    def take(self, one: _Seen) -> int | None:
        """None where the hour is full."""
        if self.lowest is None or self.highest is None:
            place = self.first + _MIDDLE
            self.lowest = self.highest = (place, one)
            return place
        room_above, room_below = self.highest[0] < self.first + _TOP, self.lowest[0] > self.first
        if room_above and (one > self.lowest[1] or not room_below):
            self.highest = (self.highest[0] + 1, max(one, self.highest[1]))
            return self.highest[0]
        if room_below:
            self.lowest = (self.lowest[0] - 1, min(one, self.lowest[1]))
            return self.lowest[0]
        return None


def _in_order_of_taking(hour: _Hour, articles: Sequence[_Seen]) -> Sequence[_Seen]:
    """Away from those that are there, so that each is next to its neighbour."""
    return articles[::-1] if hour.lowest and articles[-1] < hour.lowest[1] else articles


def _taken(connection: Connection, hours: dict[int, _Hour], hour: int, one: _Seen) -> int:
    for earlier in count():
        place = _hour(connection, hours, hour - earlier).take(one)
        if place is not None:
            return place
    raise AssertionError  # there is no end of hours


def _hour(connection: Connection, hours: dict[int, _Hour], hour: int) -> _Hour:
    if hour not in hours:
        first = first_of(hour)
        span = {"first": first, "top": first + _TOP}
        hours[hour] = _Hour(first, _end(connection.execute(_LOWEST, span).first()), _end(connection.execute(_HIGHEST, span).first()))
    return hours[hour]


def _end(row: Any) -> tuple[int, _Seen] | None:
    return row and (row.place, _Seen(row.first_seen_at, row.id))


_search, _article = schema.search.c, schema.article.c
_TAKEN = select(_search.place).where(_search.place == bindparam("place"))
_SEEN = select(_article.first_seen_at, _article.id).where(among(_article.id, "ids"))
_IN_HOUR = (
    select(_search.place, _article.first_seen_at, _article.id)
    .join(schema.article, _article.id == _search.article_id)
    .where(_search.place >= bindparam("first"), _search.place <= bindparam("top"))
    .limit(1)
)
_LOWEST, _HIGHEST = _IN_HOUR.order_by(_search.place), _IN_HOUR.order_by(desc(_search.place))
