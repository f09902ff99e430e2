"""From all symptoms to incidents, one for each cause: seven sources of a country that fail at once are one, and our own outage is theirs
in nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from collector.health.assess import Assessment
from collector.health.ledger import Ledger, Whom
from collector.health.limits import HealthLimits
from collector.health.reach import REACH
from collector.health.scopes import Joint, Place, is_of_many, joint, scopes_of, still_failing
from storage.model import Cause, Condition, Incident, IncidentChange, Symptom

OURS = Whom("ours", "")
_SETTLES = frozenset({Cause.FIELDS_LOST, Cause.LIST_SHRUNK, Cause.TEXTS_SHRUNK, Cause.GAP})
"""How a source is now, after a while, or what can't be made good any more."""


def merge(
    assessed: Sequence[Assessment],
    conditions: Mapping[int, Condition],
    known: Iterable[Incident],
    places: Mapping[int, Place],
    limits: HealthLimits,
    now: datetime,
) -> list[IncidentChange]:
    """What becomes of the incidents.

    `assessed`: the sources that were looked at since the last time; `conditions`: of all sources, these included; `known`: the open
    incidents, and those closed within `limits.returns_within`; `places`: of all sources that are watched now, by their ids.
    """
    ledger = Ledger((_not_ahead(incident, limits, now) for incident in known), limits)
    conditions = {source_id: condition for source_id, condition in conditions.items() if source_id in places}
    _close_forgotten(ledger, places, now)
    blameless = _judge_connection(ledger, conditions, places, limits, now)
    if not blameless:
        blameless = _judge_groups(ledger, conditions, places, limits, now)
    _judge_reach(ledger, assessed, conditions, places, blameless, limits)
    for assessment in assessed:
        if assessment.source_id in places:
            _judge_signs(ledger, assessment, places[assessment.source_id], limits, now)
    return ledger.changes


def _not_ahead(incident: Incident, limits: HealthLimits, now: datetime) -> Incident:
    """What was noted by a clock that has been put right since counts as long ago, or it would never end."""
    long_ago = now - limits.returns_within
    last_seen_at = incident.last_seen_at if incident.last_seen_at <= now else long_ago
    closed_at = long_ago if incident.closed_at is not None and incident.closed_at > now else incident.closed_at
    return replace(incident, opened_at=min(incident.opened_at, now), last_seen_at=last_seen_at, closed_at=closed_at)


def whom(place: Place) -> Whom:
    return Whom(f"source:{place.source_id}", place.name, place.source_id)


def _close_forgotten(ledger: Ledger, places: Mapping[int, Place], now: datetime) -> None:
    """Nobody wants to hear of a source that is not watched any more, or of what was one with others when there were others."""
    common = {OURS.scope, *(who.scope for who, _ in scopes_of(places.values()))}
    for incident in ledger.open():
        if incident.source_id not in places if incident.source_id is not None else incident.scope not in common:
            ledger.close(incident, now, quietly=True)


def _judge_connection(
    ledger: Ledger, conditions: Mapping[int, Condition], places: Mapping[int, Place], limits: HealthLimits, now: datetime
) -> set[int]:
    """Whether our own connection is down: the control addresses say so, or every source fails at once. Whom nobody may blame then."""
    read_at = max((condition.good_at for condition in conditions.values() if condition.good_at), default=None)
    blind = [
        condition
        for condition in conditions.values()
        if condition.cause is Cause.CONNECTION and condition.since is not None and (read_at is None or condition.since >= read_at)
    ]
    everyone = [] if blind else _everyone(ledger, conditions, places, limits)
    down = blind or everyone
    if down:
        since = min(condition.since or condition.at for condition in down)
        words = down[0].words if blind else f"all {len(down)} sources fail at once, in different countries"
        ledger.see(OURS, Symptom(Cause.CONNECTION, words, firm=any(one.firm for one in down), since=since), now)
    elif (
        (incident := ledger.get(OURS.scope, Cause.CONNECTION))
        and incident.closed_at is None
        and read_at
        and read_at > incident.last_seen_at
    ):
        ledger.close(incident, now)
    return set(conditions) if ledger.is_open(OURS.scope, Cause.CONNECTION) else set()


def _everyone(
    ledger: Ledger, conditions: Mapping[int, Condition], places: Mapping[int, Place], limits: HealthLimits
) -> tuple[Condition, ...] | list[Condition]:
    """The sources that fail, where that is all of them, and no country is what they have in common."""
    members = [place for source_id, place in places.items() if source_id in conditions]
    if ledger.is_open(OURS.scope, Cause.CONNECTION):
        failing, well = still_failing(members, conditions)
        return [conditions[place.source_id] for place in failing] if len(failing) > well else []
    found = joint(members, conditions, limits)
    if found is None or found.of > len(found.failing):
        return []
    zones = {places[condition.source_id].zone or places[condition.source_id].domain for condition in found.failing}
    return found.failing if len(zones) > 1 else []


def _judge_groups(
    ledger: Ledger, conditions: Mapping[int, Condition], places: Mapping[int, Place], limits: HealthLimits, now: datetime
) -> set[int]:
    """Whole hosts, domains and countries. Whom nobody may blame for being out of reach with the others."""
    covered: set[int] = set()
    for who, members in scopes_of(places.values()):
        left = [place for place in members if place.source_id not in covered]
        incident = ledger.get(who.scope, Cause.UNREACHABLE)
        if incident is not None and incident.closed_at is None:
            failing, well = still_failing(left, conditions)
            if len(failing) > well and len(failing) > 1:
                ledger.see(who, Symptom(Cause.UNREACHABLE, incident.words, firm=False), now)
                covered.update(place.source_id for place in failing)
            else:
                ledger.close(incident, now)
            continue
        found = joint(left, conditions, limits)
        if found is not None and is_of_many(who, [places[condition.source_id] for condition in found.failing]):
            _open_joint(ledger, who, found, places, now)
            covered.update(condition.source_id for condition in found.failing)
    return covered


def _open_joint(ledger: Ledger, who: Whom, found: Joint, places: Mapping[int, Place], now: datetime) -> None:
    """The incidents of single sources that were its first signs end in it."""
    names = sorted(places[condition.source_id].name for condition in found.failing)
    firm = next(condition for condition in found.failing if condition.firm)
    words = f"{len(found.failing)} of {found.of} sources can't be reached: {firm.words}"
    for condition in found.failing:
        for cause in REACH:
            single = ledger.get(f"source:{condition.source_id}", cause)
            if single is not None and single.closed_at is None and single.opened_at >= found.since:
                ledger.close(single, now, quietly=True)
    ledger.see(who, Symptom(Cause.UNREACHABLE, words, "\n".join(names), since=found.since), now)


def _judge_reach(
    ledger: Ledger,
    assessed: Iterable[Assessment],
    conditions: Mapping[int, Condition],
    places: Mapping[int, Place],
    blameless: set[int],
    limits: HealthLimits,
) -> None:
    """Single sources: out of reach, and reached again. Who failed with others has to fail once more after they were reached."""
    fresh = {assessment.source_id: assessment for assessment in assessed}
    ended = _ended(ledger)
    for source_id, condition in conditions.items():
        who = whom(places[source_id])
        still_open = [found for cause in REACH if (found := ledger.get(who.scope, cause)) and found.closed_at is None]
        if condition.cause in REACH and condition.cause is not None:
            last_end = max((at for scope, at in ended if scope in _scopes(places[source_id])), default=None)
            nothing_new = source_id not in fresh and still_open
            if source_id in blameless or nothing_new or (last_end is not None and condition.at <= last_end and not still_open):
                continue
            # blocked or unreachable, it is one cause while it lasts
            cause = still_open[0].cause if still_open else condition.cause
            ledger.see(who, Symptom(cause, condition.words, firm=condition.firm, since=condition.since), condition.at)
        elif source_id in fresh:
            for incident in still_open:
                if _is_well(incident, fresh[source_id].good, limits):
                    ledger.close(incident, fresh[source_id].at)


def _ended(ledger: Ledger) -> list[tuple[str, datetime]]:
    """When what concerned many ended, of late."""
    return [(scope, closed_at) for scope, closed_at in ledger.closed() if not scope.startswith("source:")]


def _scopes(place: Place) -> set[str]:
    return {OURS.scope, f"zone:{place.zone}", f"domain:{place.domain}", f"host:{place.host}"}


def _judge_signs(ledger: Ledger, assessment: Assessment, place: Place, limits: HealthLimits, now: datetime) -> None:
    """Everything but being out of reach."""
    who, there = whom(place), {symptom.cause for symptom in assessment.symptoms}
    for symptom in assessment.symptoms:
        known = ledger.get(who.scope, symptom.cause)
        if known is not None and _has_settled(known, limits):
            ledger.close(known, now, quietly=True)  # it shows still, as in seldom sources for months: nobody is told a second time
        else:
            ledger.see(who, symptom, assessment.at)
    for incident in ledger.of(who.scope):
        if incident.cause in REACH:
            continue
        if incident.cause in _SETTLES and now - incident.opened_at >= limits.settled:
            ledger.close(incident, now, quietly=True)
        elif incident.cause not in there and _is_well(incident, assessment.good, limits):
            ledger.close(incident, assessment.at)


def _has_settled(incident: Incident, limits: HealthLimits) -> bool:
    """Whether it was closed for having lasted, and for nothing else."""
    closed_at = incident.closed_at
    return incident.cause in _SETTLES and incident.told and closed_at is not None and closed_at - incident.opened_at >= limits.settled


def _is_well(incident: Incident, good: Iterable[datetime], limits: HealthLimits) -> bool:
    return sum(at > incident.last_seen_at for at in good) >= limits.good_looks
