"""Hostile work in a process that can be killed: reading HTML, which a page can make take minutes that no thread could cut short.

One child works at a time, on the second core. It is started when first needed, and anew after it was killed.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, ParamSpec, TypeVar

from collector.page import PageError, Trouble

_START = 60.0
"""Seconds for a new child to import the steps: a page's own time begins after that."""

_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")


class Child:
    """Runs functions of the steps with a deadline and a limit on memory. Both are the page's fault, so both end in PageError."""

    def __init__(self, deadline: float, memory: int) -> None:
        self._deadline = deadline
        self._memory = memory
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        # a thread waits for the answer; one, since the child does one thing at a time
        self._waiter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="child")

    async def run(self, function: Callable[_Args, _Result], *args: _Args.args, **kwargs: _Args.kwargs) -> _Result:
        """The function's result, or the PageError that it raised. Its arguments and result are pickled.

        Raises PageError as well when it took too long or died (of its memory limit, most likely).
        """
        return await asyncio.get_running_loop().run_in_executor(self._waiter, self._ask, function, args, kwargs)

    def close(self) -> None:
        """End the child at once, whatever it is reading."""
        if (process := self._process) is not None:
            with suppress(ValueError):  # ended by itself just now
                process.kill()
        self._waiter.shutdown(wait=True, cancel_futures=True)
        self._kill()

    def _ask(self, function: Callable[..., _Result], args: Any, kwargs: Any) -> _Result:
        pipe = self._ready()
        try:
            pipe.send((function, args, kwargs))
            if not pipe.poll(_START):
                self._kill()
                raise PageError(Trouble.TEMPORARY, f"the reader did not start within {_START:g} s")
            pipe.recv()
            if not pipe.poll(self._deadline):
                self._kill()
                raise PageError(Trouble.UNREADABLE, f"reading it took longer than {self._deadline:g} s; it may be made to do so")
            outcome, value = pipe.recv()
        except (EOFError, OSError):
            self._kill()
            raise PageError(Trouble.UNREADABLE, "reading it took more memory than is allowed, or broke the reader") from None
        if outcome == "raised":
            raise value
        result: _Result = value
        return result

    def _ready(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self._kill()
            spawn = multiprocessing.get_context("spawn")
            ours, theirs = spawn.Pipe()
            process = spawn.Process(target=_serve, args=(theirs, self._memory), name="vestnik-child", daemon=True)
            try:
                _start_deaf(process)
            except OSError as error:
                ours.close()
                raise PageError(Trouble.TEMPORARY, f"the reader can't be started: {error.strerror}") from error
            finally:
                theirs.close()
            self._pipe, self._process = ours, process
        return self._pipe

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None


def _start_deaf(process: BaseProcess) -> None:
    """Start a process that never hears Ctrl-C, not even while it is importing: its parent decides when it ends."""
    resource_tracker.ensure_running()  # starting it would unblock the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, memory: int) -> None:
    """The child's whole life: it ends when its parent does, as the pipe closes then."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    while True:
        try:
            function, args, kwargs = pipe.recv()  # imports the function's module
        except (EOFError, OSError):
            return
        pipe.send("begun")
        try:
            answer = ("done", function(*args, **kwargs))
        except PageError as error:
            answer = ("raised", error)
        except MemoryError:
            return
        except Exception as error:  # noqa: BLE001  (a bug of ours on one page must not take the others along; it is reported with its page)
            answer = ("raised", PageError(Trouble.UNREADABLE, f"our reader failed on it: {type(error).__name__}: {error}"))
        pipe.send(answer)
