"""When a source is looked at again, and when a link that could not be read is tried again. Functions of values alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from collector.page import PageError


@dataclass(frozen=True, slots=True)
class Cadence:
    every: timedelta = timedelta(minutes=15)
    longest: timedelta = timedelta(hours=1)
    retry_first: timedelta = timedelta(minutes=1)
    retry_longest: timedelta = timedelta(hours=12)
    again_first: timedelta = timedelta(hours=1)
    again_longest: timedelta = timedelta(days=30)
    again_until: timedelta = timedelta(days=180)
    """How long a known article is looked at for edits."""
    retry_until: timedelta = timedelta(days=30)
    """How long a link that stays unreadable is tried; then it is let go, with its reason."""


_DAY = timedelta(days=1)
_TRIED_ENOUGH = 50
"""A machine that was off for a month has not tried for a month."""


def after_good_look(cadence: Cadence, now: datetime) -> datetime:
    return now + cadence.every


def after_failed_look(cadence: Cadence, failures: int, error: PageError, now: datetime) -> datetime:
    """The interval doubles with every failure up to the longest; what the server asks for is honoured up to a day."""
    wait: timedelta = min(cadence.every * (1 << min(failures, 10)), max(cadence.longest, cadence.every))
    asked = timedelta(seconds=error.retry_after or 0)
    return now + min(max(wait, asked), _DAY)


def look_again(cadence: Cadence, first_seen_at: datetime, now: datetime) -> datetime | None:
    """When to see whether a known article was edited: at once its age old again, so that the intervals double; None when it is too old."""
    age = now - first_seen_at
    if age > cadence.again_until:
        return None
    return now + min(max(age, cadence.again_first), cadence.again_longest)


def retry_link(cadence: Cadence, tries: int, error: PageError, first_seen_at: datetime, now: datetime) -> datetime | None:
    """When to read a link again after its failure number `tries` + 1; None when it is given up: blocks and outages last for days."""
    if now - first_seen_at > cadence.retry_until and tries >= _TRIED_ENOUGH:
        return None
    wait: timedelta = min(cadence.retry_first * (1 << min(tries, 16)), cadence.retry_longest)
    return now + max(wait, timedelta(seconds=error.retry_after or 0))
