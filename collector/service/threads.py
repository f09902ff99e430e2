"""Threads for what must not run on the event loop: the store, and senders that wait for a server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from threading import Thread
from typing import ParamSpec, TypeVar

_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")
_READERS = 4


class Threads:
    """One writer for SQLite, which allows no more; a small pool of readers; a thread for each message that is being sent."""

    def __init__(self, *, one_writer: bool) -> None:
        self._writer = ThreadPoolExecutor(1 if one_writer else _READERS, "store-write")
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


async def _run(pool: Executor, call: Callable[[], _Result]) -> _Result:
    return await asyncio.get_running_loop().run_in_executor(pool, call)


def _settle(outcome: Future[_Result], call: Callable[[], _Result]) -> None:
    outcome.set_running_or_notify_cancel()
    try:
        result = call()
    except BaseException as error:  # noqa: BLE001  (whatever it is, the one who waits gets it)
        outcome.set_exception(error)
    else:
        outcome.set_result(result)
