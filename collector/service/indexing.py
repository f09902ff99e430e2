"""Brings into the search index what it does not hold as it is now: archives from before it, and all that another lexicon has indexed.

New articles are indexed where they are matched; this is for the rest, a little at each tick, and never before what is to be matched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from collector.service.threads import Threads
from notify.indexing import indexed
from notify.lemmas import Lexicon
from notify.reading import Asking, Reading
from storage.model import Indexed
from storage.search import Unindexed
from storage.store import Store

_log = structlog.get_logger("vestnik.search")
_BATCH = 50
_AT_A_TICK = 10
"""Batches: some three seconds' work, so that nothing waits for a million articles."""


class Indexing:
    def __init__(self, store: Store, threads: Threads, lexicon: Lexicon, now: Callable[[], datetime]) -> None:
        self._store = store
        self._threads = threads
        self._lexicon = lexicon
        self._asking = Asking.by(lexicon)
        self._now = now

    async def tick(self) -> None:
        """Index the newest of what is missing, a transaction a batch."""
        for _ in range(_AT_A_TICK):
            batch = await self._threads.read(self._store.search.unindexed, self._lexicon.version, _BATCH)
            if not batch:
                return
            keyed = await self._threads.aside(self._keyed, batch)
            await self._threads.write(self._store.search.record, keyed, self._now())
            _log.info("indexed", articles=len(batch))

    def _keyed(self, batch: Sequence[Unindexed]) -> list[tuple[int, int, Indexed]]:
        return [(one.article_id, one.revision_id, indexed(Reading(one.texts, self._asking), one.watches)) for one in batch]
