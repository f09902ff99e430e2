"""Ends a child of this process by SIGKILL in the middle of something, as a power failure would."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, event


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def is_killed(work: Callable[[], object], prepare: Callable[[], object]) -> bool:
    """Whether a child that does the work, after `prepare` made it die somewhere, was killed; False where it came to its end."""
    child = os.fork()
    if child == 0:
        try:
            prepare()
            work()
        except BaseException:  # noqa: BLE001  (else the child would go on as a second pytest)
            traceback.print_exc(file=sys.__stderr__)
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the child failed by itself"
    return False


def at_statement(number: int) -> Callable[[], None]:
    """Die before the statement of this number, counted from 1."""

    def prepare() -> None:
        seen = 0

        @event.listens_for(Engine, "before_cursor_execute")
        def count(*_: object) -> None:
            nonlocal seen
            seen += 1
            if seen == number:
                die()

    return prepare


def instead_of(place: Any, name: str, number: int = 1) -> Callable[[], None]:
    """Die in the place of a function, at its call of this number."""

    def prepare() -> None:
        real, calls = getattr(place, name), 0

        def replaced(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            return die() if calls == number else real(*args, **kwargs)

        pytest.MonkeyPatch().setattr(place, name, replaced)

    return prepare
