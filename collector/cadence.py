"""When a source is looked at again, and when a link that could not be read is tried again. Functions of values alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from collector.page import PageError, Trouble


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
    check: timedelta = timedelta(days=1)
    """How often a second entry point is asked, to check the first one by."""
    hold: timedelta = timedelta(hours=1)
    """How long many old or undated links at once are held for the operator to refuse."""
    outage: timedelta = timedelta(hours=6)
    """After so long without a good look, much that is new is told as one digest: nobody waits for the minute any more."""
    backfill: timedelta = timedelta(days=365)
    """How far older pages are followed after the first look."""
    backfill_pause: timedelta = timedelta(seconds=10)
    """Between two pages of the back-fill."""
    backfill_most: int = 1000
    """Publications that a back-fill reads."""


_DAY = timedelta(days=1)
_TRIED_ENOUGH = 50
"""A machine that was off for a month has not tried for a month."""
_SOON_OVER = frozenset({Trouble.TEMPORARY, Trouble.INCOMPLETE, Trouble.NAME})
"""What often passes within minutes; what was published meanwhile should not wait for the next interval."""
_UNWANTED = frozenset({Trouble.BLOCKED, Trouble.REFUSED})
"""To ask soon again would be impolite, or change nothing."""


def after_good_look(cadence: Cadence, now: datetime, fresh_for: float = 0) -> datetime:
    """`fresh_for`: seconds for which the source says that nothing will change; it is believed up to the longest interval."""
    return now + max(cadence.every, min(timedelta(seconds=min(fresh_for, _DAY.total_seconds())), cadence.longest))


def after_failed_look(cadence: Cadence, failures: int, error: PageError, now: datetime) -> datetime:
    """The wait doubles with every failure up to the longest interval, and begins by the kind of trouble; what the server asks for is
    honoured up to a day.
    """
    longest = max(cadence.longest, cadence.every)
    if error.trouble is Trouble.OURS:
        return now + cadence.retry_first
    if error.trouble in _UNWANTED:
        first = longest
    else:
        first = min(cadence.retry_first, cadence.every) if error.trouble in _SOON_OVER else cadence.every
    return now + _at_least(_doubled(first, failures, longest), error)


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
    first = max(cadence.every, cadence.retry_first) if error.trouble in _UNWANTED else cadence.retry_first
    return now + _at_least(_doubled(first, tries, cadence.retry_longest), error)


def _doubled(first: timedelta, times: int, longest: timedelta) -> timedelta:
    wait: timedelta = min(first * (1 << min(max(times, 0), 16)), longest)
    return wait


def _at_least(wait: timedelta, error: PageError) -> timedelta:
    return max(wait, min(timedelta(seconds=error.retry_after or 0), _DAY))
