"""Keeps what is remembered: every night a verified copy of the database, and then old looks and deliveries go.

When the last copy was made stands in its name, so a night that was missed while the service was down is made up for soon after it starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from collector.service.hours import following, latest
from collector.service.settings import Settings
from collector.service.threads import Threads
from storage.backup import Backup, back_up, default_file, ending_of, kept_backups, rotate
from storage.database import FAILURES, StorageError, reason_of
from storage.locks import Claim
from storage.retention import Forgotten
from storage.store import Store

_log = structlog.get_logger("vestnik.keeping")
_TROUBLES: tuple[type[Exception], ...] = (StorageError, OSError, *FAILURES)
_RENEWED = timedelta(minutes=1)
"""How often the server is asked whether it still knows that a service runs on its database."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is kept, and for how long."""

    on: bool
    """Whether copies are made; what is old goes in any case."""
    at: time
    zone: tzinfo
    folder: Path
    daily: int
    weekly: int
    others: int
    """Copies made before an upgrade or a restore."""
    retry_first: timedelta
    retry_longest: timedelta
    polls: timedelta
    deliveries: timedelta
    at_once: int
    """Rows of a kind that go in one transaction: other writers wait for as long."""


def plan_of(settings: Settings) -> Plan:
    backup, retention = settings.backup, settings.retention
    return Plan(
        on=backup.on,
        at=backup.at,
        zone=ZoneInfo(settings.service.zone),
        folder=settings.backups,
        daily=backup.daily,
        weekly=backup.weekly,
        others=backup.others,
        retry_first=backup.retry_first,
        retry_longest=backup.retry_longest,
        polls=retention.polls,
        deliveries=retention.deliveries,
        at_once=retention.at_once,
    )


class Keeping:
    def __init__(self, store: Store, threads: Threads, claim: Claim, plan: Plan, now: Callable[[], datetime]) -> None:
        self._store = store
        self._threads = threads
        self._claim = claim
        self._plan = plan
        self._now = now
        self._due_at: datetime | None = None
        self._asked_at: datetime | None = None
        self._renewed_at: datetime | None = None
        self._failures = 0

    async def tick(self) -> None:
        """Do the night's work when it is due. A clock that was put back has everything thought over again."""
        now = self._now()
        if self._renewed_at is None or not self._renewed_at <= now < self._renewed_at + _RENEWED:
            self._renewed_at = now
            await self._threads.read(self._claim.renew)
        if self._due_at is None or (self._asked_at is not None and now < self._asked_at):
            self._due_at = await self._threads.read(self._next, now)
        self._asked_at = now
        if now >= self._due_at:
            self._due_at = now + self._plan.retry_longest  # whatever breaks, it is not tried at every tick
            self._due_at = await self._work(now)

    def _next(self, now: datetime) -> datetime:
        """Now, if a night was missed; a database that is younger than the last night has missed none."""
        plan = self._plan
        made = [one.made_at for one in kept_backups(plan.folder) if not one.reason] if plan.on else []
        # a clock that was ahead left copies from the future
        done = [at for at in (*made, self._store.created_at()) if at <= now]
        missed = not done or max(done) < latest(plan.at, plan.zone, now)
        return now if missed else following(plan.at, plan.zone, now)

    async def _work(self, now: datetime) -> datetime:
        """When to work next. Nothing goes before a copy of it was made."""
        try:
            if self._plan.on:
                await self._back_up(now)
            await self._forget(now)
        except _TROUBLES as error:
            self._failures += 1
            again_at = now + min(self._plan.retry_first * (1 << min(self._failures - 1, 16)), self._plan.retry_longest)
            _log.error("backup failed", reason=reason_of(error), again_at=again_at.isoformat(timespec="seconds"))
            return again_at
        self._failures = 0
        return following(self._plan.at, self._plan.zone, now)

    async def _back_up(self, now: datetime) -> None:
        # in a thread of its own: it may take minutes, and nobody else may wait for it
        made, removed = await self._threads.aside(self._copy, now)
        _log.info("backup", file=str(made.file), size=made.size, articles=made.rows.get("article", 0), removed=len(removed))

    def _copy(self, now: datetime) -> tuple[Backup, list[Path]]:
        plan, database = self._plan, self._store.database
        made = back_up(database, default_file(plan.folder, now, ending_of(database)))
        return made, rotate(plan.folder, plan.daily, plan.weekly, plan.others, plan.zone)

    async def _forget(self, now: datetime) -> None:
        """In small steps, between which others write."""
        plan, went = self._plan, Forgotten()
        before = {"looks_before": now - plan.polls, "deliveries_before": now - plan.deliveries}
        while step := await self._threads.write(self._store.retention.forget, **before, limit=plan.at_once):
            went += step
        if went:
            _log.info("forgot what is old", looks=went.looks, deliveries=went.deliveries, incidents=went.incidents, notices=went.notices)
