"""From a source's history to what is wrong with it: one pass over all the signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from collector.health.limits import HealthLimits
from collector.health.reach import condition_of
from collector.health.signs import signs
from storage.model import Cause, Condition, SourceHistory, Symptom


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a source is, as of the last of its looks."""

    source_id: int
    at: datetime
    """When that look ended."""
    condition: Condition
    symptoms: tuple[Symptom, ...]
    """One for each cause but those of `condition`."""
    good: tuple[datetime, ...] = ()
    """The ends of the good looks since the last that failed; while our own connection was down, nothing was learnt."""


def assess(history: SourceHistory, limits: HealthLimits, now: datetime) -> Assessment:
    """`history` has one look at least."""
    by_cause: dict[Cause, Symptom] = {}
    for symptom in signs(history, limits, now):
        known = by_cause.get(symptom.cause)
        if known is None or (symptom.firm and not known.firm):
            by_cause[symptom.cause] = symptom
    good = []
    for look in reversed(history.looks):
        if look.error:
            break
        good.append(look)
    return Assessment(
        source_id=history.source_id,
        at=history.looks[-1].finished_at,
        condition=condition_of(history.source_id, history.looks, history.condition, limits),
        symptoms=tuple(by_cause.values()),
        good=tuple(look.finished_at for look in good),
    )
