"""Whether a source is silent for longer than it ever used to be, by the gaps between its own publications."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from math import ceil

from collector.health.limits import HealthLimits


def usual_silence(published: Iterable[date], limits: HealthLimits) -> timedelta | None:
    """The longest silence that says nothing; None where too few gaps are known.

    Three times the 95th percentile of the gaps. A source that publishes by the dozen has hardly any gaps but minutes, so 95 in 100 of them
    know no weekend: the pause within which 95 hundredths of its time lie does, and is taken where it is the longer.
    """
    gaps = sorted(later - earlier for earlier, later in pairwise(sorted(map(moment_of, published))))
    if len(gaps) < limits.silent_gaps:
        return None
    usual = gaps[ceil(limits.silent_percentile * len(gaps)) - 1]
    return max(limits.silent_times * usual, limits.silent_pause * _pause(gaps, limits.silent_percentile), limits.silent_least)


def moment_of(published: date) -> datetime:
    """A day without an hour counts from its beginning: what is said of gaps is the same, and of silence at most a day early."""
    return published if isinstance(published, datetime) else datetime.combine(published, time(), UTC)


def _pause(gaps: Sequence[timedelta], share: float) -> timedelta:
    """The gap, of rising ones, up to which this share of all time lies."""
    passed, whole = timedelta(), sum(gaps, timedelta())
    for gap in gaps:
        passed += gap
        if passed >= share * whole:
            return gap
    return timedelta()
