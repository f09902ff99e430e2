"""One look at one source: discover, fetch, extract, identify, record.

What an entry point shows is written down before anything of it is read, so a crash at any point leaves links waiting, and the next look
goes on with them. A broken link never stops the others; a broken source never stops the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from collector.address import join, shown_address
from collector.cadence import after_failed_look, after_good_look
from collector.discover import Listed, read_entry_point
from collector.page import Page, PageError, Trouble
from collector.tools import Source, Tools
from collector.waiting import read_waiting
from storage.model import EntryPointState, Link, LookCounts, SourceState, Validators

_log = structlog.get_logger("vestnik.poll")
_CERTAINLY_OLDER = timedelta(hours=48)
_BELIEVED = 3
"""How often in a row an entry point may say that nothing has changed before it is read whole, to see whether that is true."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a source's entry points showed together."""

    links: tuple[Link, ...]
    entry_points: dict[str, EntryPointState]
    """Those that could be read, by their addresses, as they are now."""
    troubles: tuple[str, ...]
    """Why some of the entry points could not be read, while others could."""
    fresh_for: float
    """Seconds for which, by their own word, none of them changes."""
    old: frozenset[str] = frozenset()
    """Keys of links that stood already at an entry point which could not be read before now; they are baseline."""


async def look(source: Source, state: SourceState, tools: Tools) -> LookCounts:
    """Look once, and write down what came of it: counts for a good look, the reason for a failed one."""
    try:
        return await _look(source, state, tools)
    except asyncio.CancelledError:
        # stopped in the middle: whoever is started next need not wait for the lease to end
        await tools.calls.write(tools.store.sources.renew, state.id, tools.now())
        raise


async def _look(source: Source, state: SourceState, tools: Tools) -> LookCounts:
    started = tools.now()
    try:
        shown = await discover(source, state, tools)
    except PageError as trouble:
        return await _finish_failed(source, state, tools, started, trouble)
    counts = await read_waiting(source, state, tools, await _write_down(state, shown, tools))
    due = await _next_look(source, state, tools, counts, shown.fresh_for)
    for words in shown.troubles:
        _log.warning("entry point failed", source=source.name, reason=words)
    _log.info("looked", source=source.name, **_told(counts))
    await tools.calls.write(tools.store.sources.finish_look, state.id, started, tools.now(), due, counts)
    return counts


async def _next_look(source: Source, state: SourceState, tools: Tools, counts: LookCounts, fresh_for: float) -> datetime:
    """When to look next after a good look: at once where more is waiting, and in time for what could not be read."""
    more = await tools.calls.read(tools.store.sources.waiting_links, state.id, tools.now(), 1)
    if more and not counts.failed:
        return tools.now()
    due = after_good_look(source.cadence, tools.now(), fresh_for)
    retry = await tools.calls.read(tools.store.sources.next_retry, state.id)
    return max(min(due, retry or due), tools.now())


async def _finish_failed(source: Source, state: SourceState, tools: Tools, started: datetime, trouble: PageError) -> LookCounts:
    due = after_failed_look(source.cadence, state.failures, trouble, tools.now())
    counts = LookCounts(failed=1)
    ours = trouble.trouble is Trouble.OURS
    if not ours:
        # what was listed earlier can be had, perhaps, while the list can't
        counts = await read_waiting(source, state, tools, counts)
    _log.warning("look failed", source=source.name, reason=str(trouble), again=due.isoformat(timespec="seconds"))
    await tools.calls.write(tools.store.sources.finish_look, state.id, started, tools.now(), due, counts, str(trouble), blameless=ours)
    return counts


async def _write_down(state: SourceState, shown: Shown, tools: Tools) -> LookCounts:
    unknown = await tools.calls.write(
        tools.store.sources.record_links, state.id, shown.links, shown.entry_points, tools.now(), tools.lease, shown.old
    )
    seen = len({link.key for link in shown.links})
    return LookCounts(seen=seen, unknown=unknown, known=seen - unknown)


async def discover(source: Source, state: SourceState, tools: Tools, *, conditional: bool = True) -> Shown:
    """Ask every entry point; one that works is enough. Raises the first one's PageError where none does.

    `conditional`: an entry point that has not changed since the last look shows nothing.
    """
    known = await tools.calls.read(tools.store.sources.entry_points, state.id)
    links: dict[str, Link] = {}
    read: dict[str, EntryPointState] = {}
    fresh: set[str] = set()
    fresh_for = float("inf")
    errors: list[PageError] = []
    for entry_point in source.site.entry_points:
        url = join(source.site.url, entry_point.path) or source.site.url
        before = known.get(url)
        try:
            page = await tools.fetch(source, url, _asked_with(before) if conditional else None)
            found, page = ((), page) if page.not_modified else await _links(source, state, tools, page)
        except PageError as error:
            errors.append(PageError(error.trouble, f"{shown_address(url)}: {error.words}", error.retry_after))
            continue
        read[url] = await _after(before, page, found, state, tools)
        fresh_for = min(fresh_for, page.fresh_for)
        for link in found:
            merged = links.get(link.key, link)
            links[link.key] = replace(merged, published=merged.published or link.published, alias_keys=merged.alias_keys or link.alias_keys)
        if before is not None:
            fresh.update(link.key for link in found)
    if not read:
        raise errors[0]
    old = frozenset(key for key, link in links.items() if key not in fresh and _stood_before(link, state))
    return Shown(tuple(links.values()), read, tuple(map(str, errors)), fresh_for, old)


def _asked_with(before: EntryPointState | None) -> Validators | None:
    """What to ask an entry point with, so that it may say that nothing has changed; None where it is to be read whole."""
    return before.validators if before is not None and not before.lies and before.unchanged < _BELIEVED else None


async def _after(before: EntryPointState | None, page: Page, found: Sequence[Link], state: SourceState, tools: Tools) -> EntryPointState:
    """What is to be remembered of an entry point that was just read.

    One that shows something new under the validators of what it showed before would also say «not modified» of it.
    """
    sent = Validators(page.etag, page.last_modified)
    if before is None:
        return EntryPointState(sent)
    if page.not_modified:
        return EntryPointState(sent, before.unchanged + 1)
    lies = before.lies
    if not lies and sent == before.validators != Validators():
        keys = {link.key for link in found}
        lies = not keys <= await tools.calls.read(tools.store.sources.known_keys, state.id, keys)
    return EntryPointState(sent, 0, lies)


def _stood_before(link: Link, state: SourceState) -> bool:
    """Whether a link at an entry point that was never read before is older than the watching, as far as can be told."""
    if state.last_good_at is None:
        return True
    if link.published is None:
        return False  # in doubt people are told
    day = link.published.date() if isinstance(link.published, datetime) else link.published
    return day < (state.last_good_at - _CERTAINLY_OLDER).date()


async def _links(source: Source, state: SourceState, tools: Tools, page: Page) -> tuple[Sequence[Link], Page]:
    """The links of an entry point, followed back through its pages until one is known: each look overlaps the one before. With the first
    page as it was read.

    A page further back that can't be read is a gap; what was shown before it counts all the same.
    """
    listed, first = await tools.read(source, page, read_entry_point, source.site, tools.now())
    links = list(listed.links)
    visited = {page.url}
    gap = ""
    while state.first_good_at is not None and listed.next_page and not gap and not await _reaches_known(state, tools, listed):
        if listed.next_page in visited or len(visited) > source.pages_back:
            gap = f"nothing known within {len(visited)} pages"
            continue
        visited.add(listed.next_page)
        await tools.calls.write(tools.store.sources.renew, state.id, tools.now() + tools.lease)
        try:
            page = await tools.fetch(source, listed.next_page)
            listed, _ = await tools.read(source, page, read_entry_point, source.site, tools.now())
        except PageError as error:
            gap = f"{shown_address(listed.next_page)}: {error.words}"
        else:
            # what is certainly older was not published meanwhile: something before it was withdrawn, and it moved up
            links += (link for link in listed.links if not (link.published and _stood_before(link, state)))
    if gap:
        _log.warning("gap", source=source.name, reason=f"{gap}; older publications may have been missed")
    return links, first


async def _reaches_known(state: SourceState, tools: Tools, listed: Listed) -> bool:
    """Whether a page of a list goes back to what earlier looks saw. Blocks without dates stand on every page, and prove nothing."""
    dated = [link for link in listed.links if link.published]
    if dated and all(_stood_before(link, state) for link in dated):
        return True  # nothing on it, or behind it, was published since the last good look
    keys = [link.key for link in dated or listed.links]
    known = await tools.calls.read(tools.store.sources.known_keys, state.id, keys)
    return not keys or (known.issuperset(keys[-2:]) and 2 * len(known) >= len(keys))


def _told(counts: LookCounts) -> dict[str, int]:
    """What the log says of a look: what is zero goes without saying, but for what was seen."""
    return {name: value for name in LookCounts.__dataclass_fields__ if (value := getattr(counts, name)) or name == "seen"}
