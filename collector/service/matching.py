"""Holds every watch against every revision that no watch was held against yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

import structlog

from collector.service.threads import Threads
from collector.service.watching import Watching
from notify.match import decide
from notify.senders.channel import Channel
from storage.model import UnmatchedRevision
from storage.store import Store

_log = structlog.get_logger("vestnik.match")
_BATCH = 50


class Matching:
    def __init__(
        self, store: Store, threads: Threads, watching: Watching, channels: Mapping[str, Channel], now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._threads = threads
        self._watching = watching
        self._decide = partial(decide, matcher=watching.matcher, channels=channels)
        self._now = now

    async def tick(self) -> None:
        """Match all that is unmatched, a transaction a batch."""
        while True:
            batch = await self._threads.read(self._store.matches.unmatched, _BATCH)
            # after the batch: a watch that was saved before a revision was written down is there when it is matched
            if changes := await self._threads.read(self._watching.changes):
                await self._threads.aside(self._watching.apply, changes)
            if not batch:
                return
            await self._match(batch)

    async def _match(self, batch: Sequence[UnmatchedRevision]) -> None:
        # dictionaries are slow to look words up in: not on the loop
        matched = await self._threads.aside(lambda revisions: [self._decide(revision) for revision in revisions], batch)
        owed = await self._threads.write(self._store.matches.record, matched, self._now())
        matches = sum(len(revision.matches) for revision in matched)
        (_log.info if matches else _log.debug)("matched", revisions=len(batch), matches=matches, owed=owed)
