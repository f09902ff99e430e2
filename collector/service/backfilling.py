"""Takes back-fills whose next step is due, several sources at once, each in a task of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial

import structlog

from collector.backfill import step
from collector.tools import Source, Tools
from storage.database import FAILURES, reason_of
from storage.model import Backfill

_log = structlog.get_logger("vestnik.backfill")
_AT_ONCE = 20
"""Sources: old publications must not take the places of looks for new ones."""


class Backfilling:
    """A back-fill that breaks in a way nobody foresaw is logged, and goes on when its lease has ended."""

    def __init__(self, sources: Mapping[str, Source], tools: Tools) -> None:
        self._sources = sources
        self._tools = tools
        self._steps: dict[str, asyncio.Task[None]] = {}
        self._stopping = False

    async def tick(self) -> None:
        """Begin the steps that are due, and return."""
        if self._stopping or len(self._steps) >= _AT_ONCE:
            return
        tools = self._tools
        names = [name for name in self._sources if name not in self._steps]
        room = _AT_ONCE - len(self._steps)
        claim = tools.store.finding.claim_backfills
        for name, backfill in await tools.calls.write(claim, names, tools.now(), tools.lease, room, behind_looks=True):
            if name in self._steps:  # a source may have two lists, which take turns
                await tools.calls.write(tools.store.finding.postpone_backfill, backfill.id, tools.now() + tools.lease / 10)
            else:
                self._steps[name] = asyncio.create_task(self._step(name, backfill), name=f"back-fill {name}")
                self._steps[name].add_done_callback(partial(self._ended, name))

    async def stop(self, seconds: float) -> None:
        """Let steps finish for so long; what they have not written down is done again."""
        self._stopping = True
        if self._steps:
            _, late = await asyncio.wait(self._steps.values(), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, name: str, _task: asyncio.Task[None]) -> None:
        del self._steps[name]

    async def _step(self, name: str, backfill: Backfill) -> None:
        try:
            await step(self._sources[name], backfill, self._tools)
        except FAILURES as error:
            _log.error("back-fill given up for now", source=name, reason=reason_of(error))  # a full disk is no bug
        except Exception:  # noqa: BLE001  (as in looks: one source must not stop the others)
            _log.exception("back-fill broke", source=name)
