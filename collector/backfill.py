"""The back-fill: after the first look, silently, the older pages of a list and what they lead to, one page in ten seconds.

A step reads one publication that was found, or else the next older page of the list. Where it has come to is written down with what it
found, so a crash repeats a step at most.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime

import structlog

from collector.address import shown_address
from collector.bursts import day_of
from collector.discover import Listed, read_entry_point
from collector.documents import PATIENCE
from collector.page import PageError, Trouble
from collector.tools import Source, Tools
from collector.waiting import read_one
from storage.model import Backfill, Link

_log = structlog.get_logger("vestnik.backfill")
_FAILURES = 6
"""Failures in a row at one page of a list, each waited for twice as long, after which what lies behind it is left."""
_KNOWN_PAGES = 10
"""Pages that may show nothing unknown at first: another entry point, such as a feed, shows the newest of them too."""
_OFTEN = 3
"""Undated publications in a row that turn out to be old: one may be out of its place, as a text that is kept on top."""


async def step(source: Source, backfill: Backfill, tools: Tools) -> bool:
    """Do the next step of a back-fill, and write down when the one after it is due. Whether this was the last."""
    link = await tools.calls.read(tools.store.finding.backfill_link, backfill.source_id, tools.now())
    if link is not None:
        until = asyncio.get_running_loop().time() + PATIENCE
        with suppress(PageError):  # written down with the link, which is tried again by itself
            await read_one(source, backfill.source_id, link, until, tools)
        await _postpone(source, backfill, tools)
        return False
    if backfill.next_page:
        await _read_page(source, backfill, tools)
        return False
    if waits := await tools.calls.read(tools.store.finding.backfill_waits, backfill.source_id, tools.now()):
        # what failed is tried again in its time, which may be hours from now
        await _postpone(source, backfill, tools, min(waits, tools.now() + source.cadence.retry_longest))
        return False
    await tools.calls.write(tools.store.finding.end_backfill, backfill.id, backfill.why, tools.now())
    _log.info("back-filled", source=source.name, pages=backfill.pages, links=backfill.links, why=backfill.why)
    return True


async def _read_page(source: Source, backfill: Backfill, tools: Tools) -> None:
    try:
        page = await tools.fetch(source, backfill.next_page)
        listed, _ = await tools.read(source, page, read_entry_point, source.site, tools.now())
    except PageError as error:
        await _fail(source, backfill, error, tools)
        return
    keys = [link.key for link in listed.links]
    known = await tools.calls.read(tools.store.sources.known_keys, backfill.source_id, keys)
    unknown = [link for link in listed.links if link.key not in known]
    oldest = (tools.now() - source.cadence.backfill).date()
    why = ending(listed, unknown, backfill, oldest, source.cadence.backfill_most)
    if not any(link.published for link in listed.links) and (
        old := _all_old(await tools.calls.read(tools.store.finding.backfill_dates, backfill.source_id, _OFTEN), oldest)
    ):
        why, unknown = old, []
    # what was published since the first look is news: the next look follows the list back to it
    wanted = [link for link in unknown if not (link.published and not oldest <= day_of(link.published) <= backfill.begun_at.date())]
    wanted = wanted[: max(0, source.cadence.backfill_most - backfill.links)]
    next_page = "" if why else listed.next_page
    due = tools.now() + source.cadence.backfill_pause
    await tools.calls.write(tools.store.finding.record_page_back, backfill, wanted, next_page, why, tools.now(), due)
    _log.info("page back", source=source.name, url=shown_address(backfill.next_page), links=len(wanted), end=why)


def ending(listed: Listed, unknown: Sequence[Link], backfill: Backfill, oldest: date, most: int) -> str:
    """Why a page of a list is the last to be read, in words; empty where one more is to follow."""
    dated = [day_of(link.published) for link in listed.links if link.published]
    if dated and max(dated) < oldest:
        return f"reached {max(dated)}, which is older than wanted"
    if backfill.links + len(unknown) >= most:
        return f"reached {most} publications"
    if not unknown and (backfill.links or backfill.pages >= _KNOWN_PAGES):
        return "the list repeats itself"
    if listed.next_page in {"", backfill.next_page}:
        return "reached the list's end"
    return ""


def _all_old(read: Sequence[date | None], oldest: date) -> str:
    """The same for a list without dates: by those of the publications that were read last."""
    days = [day_of(published) for published in read if published]
    if len(days) < _OFTEN or max(days) >= oldest:
        return ""
    return f"reached {max(days)}, which is older than wanted"


async def _fail(source: Source, backfill: Backfill, error: PageError, tools: Tools) -> None:
    words = f"{shown_address(backfill.next_page)}: {error.words}"
    _log.warning("page back failed", source=source.name, reason=words)
    if error.trouble is Trouble.OURS:
        await tools.calls.write(tools.store.finding.postpone_backfill, backfill.id, tools.now() + source.cadence.retry_first)
    elif error.trouble is Trouble.GONE or backfill.failures + 1 >= _FAILURES:
        why = "reached the list's end" if error.trouble is Trouble.GONE else words
        due = tools.now() + source.cadence.backfill_pause
        await tools.calls.write(tools.store.finding.record_page_back, backfill, [], "", why, tools.now(), due)
    else:
        due = _after_failure(source, backfill, tools.now())
        await tools.calls.write(tools.store.finding.postpone_backfill, backfill.id, due, words)


def _after_failure(source: Source, backfill: Backfill, now: datetime) -> datetime:
    wait = max(source.cadence.retry_first, source.cadence.backfill_pause) * (1 << min(backfill.failures, 10))
    return now + min(wait, source.cadence.retry_longest)


async def _postpone(source: Source, backfill: Backfill, tools: Tools, until: datetime | None = None) -> None:
    due = max(tools.now() + source.cadence.backfill_pause, until or tools.now())
    await tools.calls.write(tools.store.finding.postpone_backfill, backfill.id, due)
