"""Minds the sources: judges those that were looked at since, and has the operator told of what begins and of what ends."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

import structlog

from collector.address import host_of
from collector.fetch.turns import registrable
from collector.health.assess import Assessment, assess
from collector.health.incidents import merge
from collector.health.limits import HealthLimits
from collector.health.scopes import Place
from collector.service.threads import Threads
from collector.tools import Source
from storage.model import Condition, Incident, IncidentChange, NoticeKind, Recipient
from storage.store import Store

_log = structlog.get_logger("vestnik.health")
_AT_ONCE = 200
"""Sources judged at one tick, at some 10 ms each; after a long pause all of them are due."""


class Minding:
    """`recipients`: whom the operator's channel reaches; without any, notices are logged and listed only."""

    def __init__(
        self,
        sources: Mapping[str, Source],
        store: Store,
        threads: Threads,
        limits: HealthLimits,
        recipients: Iterable[Recipient],
        now: Callable[[], datetime],
    ) -> None:
        self._sources = sources
        self._store = store
        self._threads = threads
        self._limits = limits
        self._recipients = tuple(recipients)
        self._now = now
        self._minded_at: datetime | None = None

    async def tick(self) -> None:
        """Judge every source that was looked at since the last time; a crash before the end changes nothing, and all is judged again."""
        now = self._now()
        if self._minded_at is not None and self._minded_at <= now < self._minded_at + self._limits.every:
            return
        self._minded_at = now
        places, assessed = await self._threads.read(self._judge, now)
        if not assessed:
            return

        def decide(taken: Collection[int], conditions: Mapping[int, Condition], known: Sequence[Incident]) -> list[IncidentChange]:
            fresh = [assessment for assessment in assessed if assessment.source_id in taken]
            return merge(fresh, conditions, known, places, self._limits, now)

        judged = [assessment.condition for assessment in assessed]
        health, lately = self._store.health, self._limits.returns_within
        for change in await self._threads.write(health.record, judged, decide, self._recipients, now, lately):
            _tell(change)

    def _judge(self, now: datetime) -> tuple[dict[int, Place], list[Assessment]]:
        health, sources = self._store.health, dict(self._sources)  # one may be taken away while this goes on
        histories = health.histories(health.changed(sources)[:_AT_ONCE], self._limits.unread_tries)
        places = {source_id: place_of(source_id, sources[name]) for name, source_id in health.ids(sources).items()}
        return places, [assess(history, self._limits, now) for history in histories]


def place_of(source_id: int, source: Source) -> Place:
    host = host_of(source.site.url)
    return Place(source_id, source.name, host, registrable(host))


def in_words(incident: Incident) -> str:
    """An incident on one line, without its source."""
    until = f" until {incident.closed_at:%Y-%m-%d %H:%M}" if incident.closed_at else ""
    return f"{incident.cause} since {incident.opened_at:%Y-%m-%d %H:%M}{until} UTC: {incident.words}"


def _tell(change: IncidentChange) -> None:
    incident = change.incident
    told = {"cause": str(incident.cause), "of": incident.about or incident.scope, "words": incident.words}
    if change.tell is NoticeKind.OPENED:
        _log.warning("incident", **told)
    elif change.tell is NoticeKind.CLOSED:
        _log.info("incident over", **told)
