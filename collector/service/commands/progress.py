"""A back-fill that somebody waits for: its steps one after another, with progress on a terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from collector.backfill import step
from collector.tools import Source, Tools
from storage.model import Backfill

_WAIT = 0.2
"""Seconds at most between two looks at what is due."""
_TOO_LONG = timedelta(minutes=2)
"""What can't be read is tried again for a month: the running service does that, and nobody waits here for it."""


async def read_back(sources: Mapping[str, Source], tools: Tools) -> None:
    """Do all steps of the sources' back-fills, each when it is due."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.fields[reach]}"))
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        await asyncio.gather(*(_read_back(source, tools, progress) for source in sources.values()))


async def _read_back(source: Source, tools: Tools, progress: Progress) -> None:
    task: TaskID | None = None
    (state,) = tools.store.sources.states([source.name])
    while backfills := [one for one in tools.store.finding.backfills(state.id) if one.ended_at is None]:
        task = progress.add_task(source.name, total=source.cadence.backfill_most, reach="") if task is None else task
        progress.update(task, completed=sum(one.links for one in backfills), reach=_reach(backfills[0]))
        claimed = tools.store.finding.claim_backfills([source.name], tools.now(), tools.lease, 1)
        for _, backfill in claimed:
            await step(source, backfill, tools)
        if not claimed:
            if not any(one.next_page for one in backfills) and _is_long(tools.store.finding.backfill_waits(state.id, tools.now()), tools):
                return
            await asyncio.sleep(min(_WAIT, source.cadence.backfill_pause.total_seconds()))


def _is_long(waits: datetime | None, tools: Tools) -> bool:
    return waits is not None and waits - tools.now() > _TOO_LONG


def _reach(backfill: Backfill) -> str:
    return f"{backfill.pages} pages{f', back to {backfill.oldest:%Y-%m-%d}' if backfill.oldest else ''}"
