"""One process that reads what others made, and can be killed: a page can make a parser take minutes that no thread could cut short.

It is started when first needed, and anew after it was killed. That takes 0.1 s and 20 MB; a server to fork from would take 0.01 s, which is
nothing beside the seconds for which a page was hostile before, and would be one more process to look after.
"""

from __future__ import annotations

import math
import multiprocessing
import pickle
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from collector.child.serve import LONGEST_ANSWER, Reply, serve
from collector.page import PageError, Trouble

_START = 60.0
"""Seconds for a new child to import the steps: a page's own time begins after that."""
_BOOKKEEPING = threading.Lock()
"""Held while a process is started or reaped: what multiprocessing remembers of its processes is not made for several threads."""


@dataclass(frozen=True, slots=True)
class Work:
    """A function of the steps with its arguments, and the seconds that it may take."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    deadline: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a work: its result, or why there is none."""

    result: Any = None
    error: PageError | None = None
    seconds: float = 0.0
    """Of the processor; infinite where the child had to be killed, or died."""


class Child:
    """Does one work after another. `memory`: bytes that a work may take beyond what the child needs at rest."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._stopped = False

    def do(self, work: Work) -> Answer:
        """Waits for the answer. Never raises: what goes wrong with a page is an answer too."""
        try:
            pipe = self._ready()
        except PageError as error:
            return Answer(error=error)
        try:
            pipe.send((work.function, work.args, work.kwargs, work.deadline))
            if not pipe.poll(_START):
                self._kill()
                return Answer(error=PageError(Trouble.TEMPORARY, f"the reader did not start within {_START:g} s"))
            pipe.recv_bytes()
            if not pipe.poll(work.deadline):
                self._kill()
                return _hostile(f"reading it took longer than {work.deadline:g} s; it may be made to do so")
            reply: Reply = pickle.loads(pipe.recv_bytes(LONGEST_ANSWER))  # noqa: S301  (our own process made it)
        except (EOFError, OSError):
            self._kill()
            if self._stopped:
                return Answer(error=PageError(Trouble.TEMPORARY, "the reader was stopped"))
            return _hostile("reading it took more memory than is allowed, or broke the reader")
        if reply.swollen:
            self._kill()
        return Answer(reply.result, reply.error, reply.seconds)

    def stop(self) -> None:
        """End the process at once, whatever it is doing, and for good. For any thread to call."""
        with _BOOKKEEPING:
            self._stopped = True
            process = self._process
        if process is not None:
            with suppress(ValueError):  # ended just now
                process.kill()

    def close(self) -> None:
        """Stop, and wait for its end. For the thread that gives it work."""
        self.stop()
        self._kill()

    def _ready(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self._kill()
            with _BOOKKEEPING:
                self._start()
        assert self._pipe is not None  # noqa: S101
        return self._pipe

    def _start(self) -> None:
        if self._stopped:
            raise PageError(Trouble.TEMPORARY, "the reader was stopped")
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        process = spawn.Process(target=serve, args=(theirs, self._memory), name="vestnik-child", daemon=True)
        try:
            _start_deaf(process)
        except OSError as error:
            ours.close()
            raise PageError(Trouble.TEMPORARY, f"the reader can't be started: {error.strerror}") from error
        finally:
            theirs.close()
        self._pipe, self._process = ours, process

    def _kill(self) -> None:
        with _BOOKKEEPING:
            if self._process is not None:
                self._process.kill()
                self._process.join()
                self._process.close()
            if self._pipe is not None:
                self._pipe.close()
            self._process = self._pipe = None


def _hostile(words: str) -> Answer:
    return Answer(error=PageError(Trouble.UNREADABLE, words), seconds=math.inf)


def _start_deaf(process: BaseProcess) -> None:
    """Start a process that never hears Ctrl-C, not even while it is importing: its parent decides when it ends."""
    resource_tracker.ensure_running()  # starting it would unblock the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
