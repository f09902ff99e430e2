"""The clock that starts the work: a few fixed jobs. The home of apscheduler.

What is due when stands in the database; a job only asks. Jobs are never stored, so nothing of them can go stale.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from storage.database import reason_of

_log = structlog.get_logger("vestnik.schedule")


class Schedule:
    """Calls each job every `tick`, the first time at once; never twice at the same time, and late rather than not at all.

    `expected` are the errors by which a job says that it could not work this time (a database that doesn't answer): they are told in
    words, and the next call tries again.
    """

    def __init__(
        self,
        jobs: Mapping[str, Callable[[], Awaitable[None]]],
        tick: timedelta,
        now: Callable[[], datetime],
        expected: tuple[type[Exception], ...],
    ) -> None:
        self._now = now
        self._expected = expected
        self._running: set[asyncio.Task[Any]] = set()
        self._scheduler: Any = AsyncIOScheduler(timezone=UTC)
        self.last_tick: datetime | None = None
        for name, job in jobs.items():
            self._scheduler.add_job(
                partial(self._call, name, job),
                "interval",
                seconds=tick.total_seconds(),
                next_run_time=now(),
                id=name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,  # by default a job that is a second late is left out
            )

    def start(self) -> None:
        self._scheduler.start()

    async def stop(self, seconds: float) -> None:
        """No further call begins; those that run may finish for so long. (APScheduler's own shutdown cancels them.)"""
        deadline = asyncio.get_running_loop().time() + seconds
        self._scheduler.remove_all_jobs()
        await asyncio.sleep(0)  # calls that were about to begin do so now, and are waited for with the others
        while self._running and (left := deadline - asyncio.get_running_loop().time()) > 0:
            await asyncio.wait(self._running, timeout=left)
        self._scheduler.shutdown(wait=False)

    async def _call(self, name: str, job: Callable[[], Awaitable[None]]) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  (APScheduler runs coroutines as tasks)
        self._running.add(task)
        try:
            await job()
            self.last_tick = self._now()
        except self._expected as error:
            _log.error("could not work", job=name, reason=reason_of(error))  # a user can cause it: words, no traceback
        finally:
            self._running.discard(task)
