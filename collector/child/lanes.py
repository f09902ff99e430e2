"""Whose turn it is. Every source has a lane; lanes take turns, and those known to be slow wait among themselves."""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

_Job = TypeVar("_Job")

_REMEMBERED = 3600.0
"""Seconds for which a lane counts as slow after it was."""
_MOST = 1000
"""Slow lanes that are remembered; there are no more sources than that."""


class Lanes(Generic[_Job]):
    """Jobs that wait, by lane. One job of a lane is done at a time, so that no lane can take every child."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[_Job]] = {}
        """The lane whose turn is next stands first."""
        self._busy: set[str] = set()
        self._slow_until: dict[str, float] = {}

    def add(self, lane: str, job: _Job) -> None:
        self._waiting.setdefault(lane, deque()).append(job)

    def take(self, now: float, *, slow: bool) -> tuple[str, _Job] | None:
        """The next job among slow lanes, or among the others; None where none can begin now. `done` gives its lane free again."""
        lane = next(iter(self._ready(now, slow=slow)), None)
        if lane is None:
            return None
        jobs = self._waiting.pop(lane)
        job = jobs.popleft()
        if jobs:
            self._waiting[lane] = jobs  # at the end, behind all others
        self._busy.add(lane)
        return lane, job

    def done(self, lane: str, now: float, *, was_slow: bool) -> None:
        self._busy.discard(lane)
        if was_slow:
            self._slow_until.pop(lane, None)
            self._slow_until[lane] = now + _REMEMBERED
            if len(self._slow_until) > _MOST:
                del self._slow_until[next(iter(self._slow_until))]  # the one that was slow the longest time ago

    def ready(self, now: float, *, slow: bool) -> int:
        """How many lanes could begin a job now."""
        return len(self._ready(now, slow=slow))

    def clear(self) -> list[_Job]:
        """Forget the jobs that wait; they are returned."""
        jobs = [job for waiting in self._waiting.values() for job in waiting]
        self._waiting.clear()
        return jobs

    def is_slow(self, lane: str, now: float) -> bool:
        return self._slow_until.get(lane, now) > now

    def _ready(self, now: float, *, slow: bool) -> list[str]:
        return [lane for lane in self._waiting if lane not in self._busy and self.is_slow(lane, now) == slow]
