"""A child's own side: it takes a work, does it within its limits, and sends what came of it."""

from __future__ import annotations

import math
import pickle
import resource
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from collector.page import PageError, Trouble

LONGEST_ANSWER = 32_000_000
"""Bytes of an answer; the longest honest one, an article of a million letters with its HTML, has a fifth of it."""
_SWOLLEN = 64_000_000
"""Bytes that a child may keep from its works; with more it is exchanged for a new one."""
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it is sent."""

    result: Any = None
    error: PageError | None = None
    seconds: float = 0.0
    """Of the processor that it took."""
    swollen: bool = False
    """The child has kept so much memory that a new one should follow it."""


def serve(pipe: Connection, memory: int) -> None:
    """The child's whole life: it ends when its parent does, as the pipe closes then."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what breaks the reader is a page, which nobody wants as a core file
    at_rest = 0
    while True:
        try:
            function, args, kwargs, deadline = pipe.recv()  # imports the function's module
        except (EOFError, OSError, MemoryError):
            return
        if not at_rest:
            at_rest = _taken()
            _limit_memory(at_rest, memory)
        _limit_time(deadline)
        pipe.send_bytes(b"begun")
        try:
            message = _answered(function, args, kwargs, at_rest)
        except MemoryError:
            return
        del function, args, kwargs
        try:
            pipe.send_bytes(message)
        except OSError:  # nobody is there any more
            return


def _answered(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], at_rest: int) -> bytes:
    began = time.process_time()
    try:
        result = function(*args, **kwargs)
        message = _packed(Reply(result, None, time.process_time() - began, _taken() > at_rest + _SWOLLEN))
    except PageError as refused:
        error = refused
    except SystemError as unsaid:  # selectolax's word for a call back into Python that had no memory
        raise MemoryError(str(unsaid)) from unsaid
    except MemoryError:
        raise
    except Exception as bug:  # noqa: BLE001  (a bug of ours on one page must not take the others along; it is reported with its page)
        error = PageError(Trouble.UNREADABLE, f"our reader failed on it: {type(bug).__name__}: {bug}")
    else:
        return message
    return _packed(Reply(None, error, time.process_time() - began, _taken() > at_rest + _SWOLLEN))


def _packed(reply: Reply) -> bytes:
    message = pickle.dumps(reply)
    if len(message) > LONGEST_ANSWER:
        words = f"what was read of it is longer than {LONGEST_ANSWER // 1_000_000} MB; it may be made to be"
        message = pickle.dumps(Reply(None, PageError(Trouble.TOO_LARGE, words), math.inf, swollen=True))
    return message


def _taken() -> int:
    """Bytes of memory that count against RLIMIT_DATA; 0 where the system does not say."""
    with suppress(OSError):
        for row in _STATUS.read_text(encoding="ascii", errors="replace").splitlines():
            if row.startswith("VmData:"):
                return 1024 * int(row.split()[1])
    return 0


def _limit_memory(at_rest: int, memory: int) -> None:
    """Where the system tells what is taken, what is really used counts (Linux 4.7 and later), else address space."""
    kind, most = (resource.RLIMIT_DATA, at_rest + memory) if at_rest else (resource.RLIMIT_AS, memory)
    resource.setrlimit(kind, (most, most))


def _limit_time(deadline: float) -> None:
    """The parent keeps the deadline; this ends a child whose parent was killed in the meantime."""
    most = math.ceil(time.process_time() + deadline) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
