"""Threads for what must not run on the event loop: the store, and senders that wait for a server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")
_READERS = 4
_SENDERS = 8


class Threads:
    """One writer for SQLite, which allows no more; small pools for everything else."""

    def __init__(self, *, one_writer: bool) -> None:
        self._writer = ThreadPoolExecutor(1 if one_writer else _READERS, "store-write")
        self._readers = ThreadPoolExecutor(_READERS, "store-read")
        self._senders = ThreadPoolExecutor(_SENDERS, "sender")

    async def read(self, function: Callable[_Args, _Result], *args: _Args.args, **kwargs: _Args.kwargs) -> _Result:
        return await _run(self._readers, partial(function, *args, **kwargs))

    async def write(self, function: Callable[_Args, _Result], *args: _Args.args, **kwargs: _Args.kwargs) -> _Result:
        """Once begun it runs to its end, even if nobody waits for it any more."""
        return await _run(self._writer, partial(function, *args, **kwargs))

    async def send(self, function: Callable[_Args, _Result], *args: _Args.args, **kwargs: _Args.kwargs) -> _Result:
        return await _run(self._senders, partial(function, *args, **kwargs))

    def close(self) -> None:
        """Let the store's threads finish. A sender that still waits for a server is left behind: its delivery stays owed."""
        self._senders.shutdown(wait=False, cancel_futures=True)
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)


async def _run(pool: Executor, call: Callable[[], _Result]) -> _Result:
    return await asyncio.get_running_loop().run_in_executor(pool, call)
