"""Children at work: a few for everybody, and one more for those who took long before, so that nobody else waits behind them."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

from collector.child.lanes import Lanes
from collector.child.process import Child, Work

_SLOW = 0.2
"""Share of its deadline, in time of the processor, that a work may take without its lane being held for slow."""

_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class _Job:
    work: Work
    future: Future[Any] = field(default_factory=Future)


@dataclass(slots=True)
class _Crew:
    """Threads, each with its child, and how many of them have something to do."""

    most: int
    children: list[Child] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)
    busy: int = 0


@dataclass(frozen=True, slots=True)
class Lane:
    """The way for one source's work; see `Children.lane`."""

    children: Children
    name: str
    deadline: float

    async def run(self, function: Callable[_Args, _Result], *args: _Args.args, **kwargs: _Args.kwargs) -> _Result:
        """The function's result, or the PageError that it raised. Its arguments and result are pickled.

        Raises PageError as well when it took too long, took too much memory, broke the child, or had too long a result.
        """
        result: _Result = await self.children.result(self.name, Work(function, args, kwargs, self.deadline))
        return result


class Children:
    """Runs functions of the steps within limits, none of which is the loop's: each child is waited for by a thread of its own.

    `deadline`: seconds for a page; `memory`: bytes that a page may take beyond what a child has at rest (about 20 MB).
    Children are started when there is work for them.
    """

    def __init__(self, deadline: float, memory: int, count: int = 2, clock: Callable[[], float] = time.monotonic) -> None:
        self._deadline = deadline
        self._memory = memory
        self._clock = clock
        self._turn = threading.Condition()
        self._lanes: Lanes[_Job] = Lanes()
        self._crews = {False: _Crew(count), True: _Crew(1)}
        """By whether the lanes that they serve are slow."""
        self._closed = False

    def lane(self, name: str, deadline: float | None = None) -> Lane:
        """The lane of a source. Its works are done one at a time; lanes take turns.

        One that took long, or killed its child, is served by the slow lanes' child for the next hour.
        """
        return Lane(self, name, self._deadline if deadline is None else deadline)

    async def result(self, lane: str, work: Work) -> Any:
        """What `Lane.run` returns."""
        job = _Job(work)
        with self._turn:
            if self._closed:
                raise RuntimeError("the children are closed")
            self._lanes.add(lane, job)
            self._see_to_workers(slow=self._lanes.is_slow(lane, self._clock()))
            self._turn.notify_all()
        return await asyncio.wrap_future(job.future)

    def close(self) -> None:
        """End every child at once, whatever it is reading; what waits is cancelled."""
        with self._turn:
            self._closed = True
            for job in self._lanes.clear():
                job.future.cancel()
            self._turn.notify_all()
        crews = self._crews.values()
        for child in [child for crew in crews for child in crew.children]:
            child.stop()
        for thread in [thread for crew in crews for thread in crew.threads]:
            thread.join()

    def _see_to_workers(self, *, slow: bool) -> None:
        crew = self._crews[slow]
        free = len(crew.threads) - crew.busy
        if len(crew.threads) < crew.most and free < self._lanes.ready(self._clock(), slow=slow):
            child = Child(self._memory)
            thread = threading.Thread(target=self._work, args=(child,), kwargs={"slow": slow}, name="child", daemon=True)
            crew.children.append(child)
            crew.threads.append(thread)
            thread.start()

    def _work(self, child: Child, *, slow: bool) -> None:
        """A thread's whole life."""
        try:
            while (taken := self._next(slow=slow)) is not None:
                lane, job = taken
                self._do(child, lane, job, slow=slow)
        finally:
            child.close()

    def _next(self, *, slow: bool) -> tuple[str, _Job] | None:
        with self._turn:
            while not self._closed:
                if taken := self._lanes.take(self._clock(), slow=slow):
                    self._crews[slow].busy += 1
                    return taken
                self._turn.wait()
        return None

    def _do(self, child: Child, lane: str, job: _Job, *, slow: bool) -> None:
        was_slow = False
        if job.future.set_running_or_notify_cancel():
            answer = child.do(job.work)
            was_slow = answer.seconds > _SLOW * job.work.deadline
        with self._turn:
            self._crews[slow].busy -= 1
            self._lanes.done(lane, self._clock(), was_slow=was_slow)
            self._see_to_workers(slow=self._lanes.is_slow(lane, self._clock()))
            self._turn.notify_all()
        if job.future.cancelled():
            return
        if answer.error is not None:
            job.future.set_exception(answer.error)
        else:
            job.future.set_result(answer.result)
