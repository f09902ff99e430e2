"""Threads for what must not run on the event loop: the store, and senders that wait for a server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, ParamSpec, TypeVar

_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")
_READERS = 4
_TOGETHER = 50
"""Writes in one transaction: as many as wait, up to so many that a reader of the log of writes is not kept waiting for long."""

Together = Callable[[], AbstractContextManager[None]]
"""Makes one transaction of what is written within it (`storage.database.Database.together`)."""


class Threads:
    """One writer for SQLite, which allows no more; a small pool of readers; a thread for each message that is being sent.

    `together`: how the one writer commits several writes at once, where many wait; without it each is committed by itself.
    """

    def __init__(self, *, one_writer: bool, together: Together | None = None) -> None:
        self._writer = _Writer(together) if one_writer else ThreadPoolExecutor(_READERS, "store-write")
        self._readers = ThreadPoolExecutor(_READERS, "store-read")

    async def read(self, function: Callable[_Args, _Result], *args: _Args.args, **kwargs: _Args.kwargs) -> _Result:
        return await _run(self._readers, partial(function, *args, **kwargs))

    async def write(self, function: Callable[_Args, _Result], *args: _Args.args, **kwargs: _Args.kwargs) -> _Result:
        """Once begun it runs to its end, even if nobody waits for it any more."""
        return await _run(self._writer, partial(function, *args, **kwargs))

    async def aside(self, function: Callable[_Args, _Result], *args: _Args.args, **kwargs: _Args.kwargs) -> _Result:
        """In a thread of its own, which may outlive us: neither a silent server nor a huge text keeps the program from ending."""
        outcome: Future[_Result] = Future()
        Thread(target=_settle, args=(outcome, partial(function, *args, **kwargs)), name="aside", daemon=True).start()
        return await asyncio.wrap_future(outcome)

    def close(self) -> None:
        """Let the store's threads finish. A sender that still waits for a server is left behind: its delivery stays owed."""
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)


class _Writer(Executor):
    """A thread that does one write after another, and commits those together that have come meanwhile."""

    def __init__(self, together: Together | None) -> None:
        self._together = together
        self._waiting: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        self._closed = False
        self._thread = Thread(target=self._work, name="store-write", daemon=True)
        self._thread.start()

    def submit(self, fn: Callable[_Args, _Result], /, *args: _Args.args, **kwargs: _Args.kwargs) -> Future[_Result]:
        if self._closed:
            raise RuntimeError("the store's threads are closed")
        outcome: Future[_Result] = Future()
        self._waiting.put((outcome, partial(fn, *args, **kwargs)))
        return outcome

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  (the executor's form)
        """What was given is done; nothing more is taken."""
        if not self._closed:
            self._closed = True
            self._waiting.put(None)
        if wait:
            self._thread.join()

    def _work(self) -> None:
        open_ = True
        while open_:
            taken = self._take()
            open_ = None not in taken
            jobs = [job for job in taken if job is not None and job[0].set_running_or_notify_cancel()]
            if len(jobs) < 2 or self._together is None or not self._done_together(jobs, self._together):  # noqa: PLR2004
                for outcome, call in jobs:
                    _finish(outcome, call)

    def _take(self) -> list[tuple[Future[Any], Callable[[], Any]] | None]:
        taken = [self._waiting.get()]
        while taken[-1] is not None and len(taken) < _TOGETHER:
            try:
                taken.append(self._waiting.get_nowait())
            except Empty:
                break
        return taken

    def _done_together(self, jobs: list[tuple[Future[Any], Callable[[], Any]]], together: Together) -> bool:
        """Whether all were done and committed. If not, nothing was, and each is to be done by itself: who is to blame then sees it."""
        try:
            with together():
                results = [call() for _, call in jobs]
        except BaseException:  # noqa: BLE001  (as above)
            return False
        for (outcome, _), result in zip(jobs, results, strict=True):
            outcome.set_result(result)
        return True


async def _run(pool: Executor, call: Callable[[], _Result]) -> _Result:
    return await asyncio.get_running_loop().run_in_executor(pool, call)


def _settle(outcome: Future[_Result], call: Callable[[], _Result]) -> None:
    outcome.set_running_or_notify_cancel()
    _finish(outcome, call)


def _finish(outcome: Future[_Result], call: Callable[[], _Result]) -> None:
    try:
        result = call()
    except BaseException as error:  # noqa: BLE001  (whatever it is, the one who waits gets it)
        outcome.set_exception(error)
    else:
        outcome.set_result(result)
