"""When so many links appear at once that they are told together, or are more likely a rebuilt site than news (promise 4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from storage.model import Link, SourceState

CERTAINLY_OLDER = timedelta(hours=48)
"""Before the last good look: zones differ, and so do the hours at which a day's news are dated."""
MORE_THAN = 20
_TIMES = 5
_NAME = 60
"""Of a source's name in a burst's: the database keeps 120 characters of that."""


def held_back(unknown: Sequence[Link], weekly_most: int, state: SourceState, meanwhile: Collection[str]) -> frozenset[str]:
    """Keys of the links to be held: those without a date, and those older than the last good look by two days.

    None, unless they are more than 20 and more than five times the most that the source ever published in a week. `meanwhile`: keys of
    those that are known to have appeared between two looks. After a pause whose end is to be told of, what is undated is not held: it is
    what the operator asked for.
    """
    wanted = state.resumed_at is not None
    doubtful = frozenset(
        link.key
        for link in unknown
        if link.key not in meanwhile and (not wanted if link.published is None else stood_before(link, state.last_good_at))
    )
    return doubtful if len(doubtful) > MORE_THAN and len(doubtful) > _TIMES * weekly_most else frozenset()


def told_together(
    told: Collection[str], meanwhile: Mapping[str, datetime], state: SourceState, now: datetime, outage: timedelta
) -> dict[str, datetime]:
    """The keys of the links that are told as one digest, each with the look since which they appeared: those of a look that shows much
    after a pause, or after nobody looked for long; and those that were found later, by following what that look could not bridge.
    """
    found = {key: at for key, at in meanwhile.items() if key in told}
    since = found if len(found) > MORE_THAN else {key: at for key, at in found.items() if now - at > outage}
    if state.last_good_at is None or len(told) <= MORE_THAN:
        return since
    away = state.resumed_at is not None or now - state.last_good_at > outage
    return dict.fromkeys(told, state.last_good_at) | since if away else since


def silenced(unknown: Sequence[Link], resumed_at: datetime, now: datetime, soon: timedelta) -> frozenset[str]:
    """Keys of the links that are baseline as they appeared during a pause: all but those dated after its end.

    What bears the day of its end and no hour may have appeared before or after it: before, where it is seen so `soon`.
    """
    first_day = resumed_at.date() + timedelta(days=1) if now - resumed_at <= soon else resumed_at.date()
    return frozenset(link.key for link in unknown if not _is_after(link.published, resumed_at, first_day))


def _is_after(published: date | None, moment: datetime, first_day: date) -> bool:
    if published is None:
        return False
    return published > moment if isinstance(published, datetime) else published >= first_day


def burst_named(name: str, of: str, at: datetime) -> str:
    """What links that came together are called: `of` says what they are many of."""
    return f"{name[:_NAME]}: {of} {at:%Y-%m-%d %H:%M:%S.%f}"


def stood_before(link: Link, last_good_at: datetime | None) -> bool:
    """Whether a link is older than the last good look, as far as can be told; in doubt people are told."""
    if last_good_at is None:
        return True
    if link.published is None:
        return False
    oldest = last_good_at - CERTAINLY_OLDER
    return link.published < oldest if isinstance(link.published, datetime) else link.published < oldest.date()


def day_of(published: date) -> date:
    return published.date() if isinstance(published, datetime) else published
