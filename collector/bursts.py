"""When so many old or undated links appear at once that they are more likely a rebuilt site than news (promise 4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from storage.model import Link, SourceState

CERTAINLY_OLDER = timedelta(hours=48)
"""Before the last good look: zones differ, and so do the hours at which a day's news are dated."""
MORE_THAN = 20
_TIMES = 5


def held_back(unknown: Sequence[Link], weekly_most: int, state: SourceState) -> frozenset[str]:
    """Keys of the links to be held: those without a date, and those older than the last good look by two days.

    None, unless they are more than 20 and more than five times the most that the source ever published in a week.
    """
    doubtful = frozenset(link.key for link in unknown if link.published is None or stood_before(link, state.last_good_at))
    return doubtful if len(doubtful) > MORE_THAN and len(doubtful) > _TIMES * weekly_most else frozenset()


def stood_before(link: Link, last_good_at: datetime | None) -> bool:
    """Whether a link is older than the last good look, as far as can be told; in doubt people are told."""
    if last_good_at is None:
        return True
    if link.published is None:
        return False
    return day_of(link.published) < (last_good_at - CERTAINLY_OLDER).date()


def day_of(published: date) -> date:
    return published.date() if isinstance(published, datetime) else published
