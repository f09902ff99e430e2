"""Incidents as they are being changed: opened, kept, closed, and opened once more. What is told of each follows from that alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from collector.health.limits import HealthLimits
from storage.model import Cause, Incident, IncidentChange, NoticeKind, Symptom


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom an incident concerns."""

    scope: str
    about: str
    source_id: int | None = None


class Ledger:
    """`known`: every open incident, and those that were closed lately. `changes` are all that became of them."""

    def __init__(self, known: Iterable[Incident], limits: HealthLimits) -> None:
        self._limits = limits
        self._latest: dict[tuple[str, Cause], Incident] = {}
        self._changed: dict[tuple[str, Cause], IncidentChange] = {}
        for incident in sorted(known, key=lambda incident: (incident.closed_at is None, incident.id)):
            self._latest[incident.scope, incident.cause] = incident

    @property
    def changes(self) -> list[IncidentChange]:
        return list(self._changed.values())

    def open(self) -> list[Incident]:
        return [incident for incident in self._latest.values() if incident.closed_at is None]

    def closed(self) -> list[tuple[str, datetime]]:
        """The scopes of incidents that were closed lately, and when."""
        return [(incident.scope, incident.closed_at) for incident in self._latest.values() if incident.closed_at is not None]

    def of(self, scope: str) -> list[Incident]:
        """Its open incidents."""
        return [incident for cause in Cause if (incident := self._latest.get((scope, cause))) and incident.closed_at is None]

    def get(self, scope: str, cause: Cause) -> Incident | None:
        """The open incident, or the one that was closed lately."""
        return self._latest.get((scope, cause))

    def is_open(self, scope: str, cause: Cause) -> bool:
        incident = self.get(scope, cause)
        return incident is not None and incident.closed_at is None

    def see(self, whom: Whom, symptom: Symptom, at: datetime) -> None:
        """The symptom is there, as of `at`. A firm one opens an incident; any keeps one open."""
        incident = self.get(whom.scope, symptom.cause)
        if incident is not None and incident.closed_at is None:
            self._keep(incident, symptom, at)
        elif symptom.firm:
            self._open(whom, symptom, at, incident)

    def close(self, incident: Incident, at: datetime, *, quietly: bool = False) -> None:
        """Nobody is told of the end of what nobody was told of. `quietly`: nobody is told at all, so that it is news if it comes back."""
        tell = NoticeKind.CLOSED if incident.told and not quietly else None
        self._put(replace(incident, closed_at=at, told=incident.told and quietly), tell)

    def _keep(self, incident: Incident, symptom: Symptom, at: datetime) -> None:
        kept = replace(incident, last_seen_at=max(at, incident.last_seen_at))
        if symptom.firm:
            kept = replace(kept, words=symptom.words, detail=symptom.detail)
        came_back = incident.reopened_at
        stays = not incident.told and came_back is not None and at - came_back >= self._limits.returns_within
        self._put(_told(kept) if stays else kept, NoticeKind.OPENED if stays else None)

    def _open(self, whom: Whom, symptom: Symptom, at: datetime, before: Incident | None) -> None:
        lately = before is not None and before.closed_at is not None and at - before.closed_at < self._limits.returns_within
        if before is not None and lately and not before.told:
            again = replace(before, closed_at=None, reopened_at=at, last_seen_at=at, words=symptom.words, detail=symptom.detail)
            self._put(again, None)
            return
        incident = Incident(
            id=0, scope=whom.scope, source_id=whom.source_id, cause=symptom.cause, about=whom.about, words=symptom.words,
            detail=symptom.detail, opened_at=min(symptom.since or at, at), last_seen_at=at,
        )  # fmt: skip
        self._put(_told(incident), NoticeKind.OPENED)

    def _put(self, incident: Incident, tell: NoticeKind | None) -> None:
        key = (incident.scope, incident.cause)
        self._latest[key] = incident
        self._changed[key] = IncidentChange(incident, tell)


def _told(incident: Incident) -> Incident:
    return replace(incident, told=True, tellings=incident.tellings + 1)
