"""Looks at the sources that are due, several at once, each in a task of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import structlog

from collector.cadence import after_failed_look
from collector.page import PageError, Trouble
from collector.poll import look
from collector.service.catalogue import Catalogue
from collector.tools import Tools
from storage.database import FAILURES, reason_of
from storage.model import LookCounts, LookNotes, SourceState

_log = structlog.get_logger("vestnik.poll")
_AT_ONCE = 100
"""Looks; most of them wait for a server that takes its time, so a few dozen slow ones must not hold up the others."""


class Polling:
    """Takes due sources and looks at them. A source that breaks in a way nobody foresaw is logged and stops nobody else."""

    def __init__(self, sources: Catalogue, tools: Tools, hint: Callable[[], str]) -> None:
        self._sources = sources
        self._hint: Callable[[], str] | None = hint
        self._tools = tools
        self._looks: dict[str, asyncio.Task[None]] = {}
        self._stopping = False

    async def tick(self) -> None:
        """Begin what is due and return; looks go on by themselves."""
        if self._stopping or len(self._looks) >= _AT_ONCE:
            return
        tools = self._tools
        await tools.calls.read(self._sources.refresh)
        # a look that outlasts its lease is not begun a second time
        names = [name for name in self._sources if name not in self._looks]
        due = await tools.calls.write(tools.store.sources.claim_due, names, tools.now(), tools.lease, _AT_ONCE - len(self._looks))
        for state in due:
            self._looks[state.name] = asyncio.create_task(self._look(state), name=f"look {state.name}")
            self._looks[state.name].add_done_callback(partial(self._ended, state.name))

    async def stop(self, seconds: float) -> None:
        """Let looks finish for so long. What they have not read by then is waiting in the database."""
        self._stopping = True
        if self._looks:
            _, late = await asyncio.wait(self._looks.values(), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, name: str, _task: asyncio.Task[None]) -> None:
        del self._looks[name]

    async def _look(self, state: SourceState) -> None:
        try:
            counts = await look(self._sources[state.name], state, self._tools)
            if counts.failed and not counts.seen:
                await self._tell_newcomer()
        except FAILURES as error:
            _log.error("look given up", source=state.name, reason=reason_of(error))  # a full disk is no bug
        except Exception as error:  # noqa: BLE001  (whatever one source does to us, the others are looked at)
            _log.exception("look broke", source=state.name)
            await self._record_broken(state, f"our own mistake: {type(error).__name__}; please report it with the log")

    async def _record_broken(self, state: SourceState, words: str) -> None:
        tools, now = self._tools, self._tools.now()
        due = after_failed_look(self._sources[state.name].cadence, state.failures, PageError(Trouble.UNREADABLE, words), now)
        await tools.calls.write(
            tools.store.sources.finish_look, state.id, now, now, due, LookCounts(failed=1), words, notes=LookNotes("unreadable")
        )

    async def _tell_newcomer(self) -> None:
        """Once, where nothing could ever be read."""
        hint, self._hint = self._hint, None
        if hint is not None and (words := await self._tools.calls.read(hint)):
            _log.warning("hint", words=words)
