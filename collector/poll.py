"""One look at one source: discover, fetch, extract, identify, record.

What an entry point shows is written down before anything of it is read, so a crash at any point leaves links waiting, and the next look
goes on with them. A broken link never stops the others; a broken source never stops the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ParamSpec, Protocol, TypeVar

import structlog

from collector.address import Family, join, shown_address
from collector.cadence import Cadence, after_failed_look, after_good_look, look_again, retry_link
from collector.child import Child
from collector.discover import Listed, read_entry_point
from collector.fetch import Fetcher
from collector.health import is_what_was_listed
from collector.identity import Identity
from collector.page import Page, PageError, Trouble
from collector.reading import read_sighting
from collector.sites import Site
from storage.model import Link, LinkRead, LinkState, LookCounts, Recorded, SourceState, Validators, WaitingLink
from storage.store import Store

_log = structlog.get_logger("vestnik.poll")
_CERTAINLY_OLDER = timedelta(hours=48)
_ENOUGH_FAILURES = 3
_DOUBTED_AT_FIRST, _DOUBTED_AGAIN = 4, 8
"""Tries, over about a quarter of an hour and four hours, for which a page that is not what it should be is taken for a passing notice. A
list may call its publications what it likes, so the first reading must not wait for long; a known article can."""
_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")


class Calls(Protocol):
    """The way to the store, whose methods must not be called on the event loop."""

    async def read(self, function: Callable[_Args, _Result], *args: _Args.args, **kwargs: _Args.kwargs) -> _Result: ...

    async def write(self, function: Callable[_Args, _Result], *args: _Args.args, **kwargs: _Args.kwargs) -> _Result: ...


@dataclass(frozen=True, slots=True)
class Source:
    """A source as the configuration defines it."""

    name: str
    site: Site
    family: Family
    cadence: Cadence
    reads_per_look: int = 30
    pages_back: int = 10
    """How far a look follows the pager when it knows none of the links."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What a look works with."""

    store: Store
    calls: Calls
    fetcher: Fetcher
    child: Child
    now: Callable[[], datetime]
    lease: timedelta


@dataclass(frozen=True, slots=True)
class Shown:
    """What a source's entry points showed together."""

    links: tuple[Link, ...]
    validators: dict[str, Validators]
    troubles: tuple[str, ...]
    """Why some of the entry points could not be read, while others could."""
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
    error = ""
    try:
        shown = await discover(source, state, tools)
    except PageError as trouble:
        error = str(trouble)
        due = after_failed_look(source.cadence, state.failures, trouble, tools.now())
        # what was listed earlier can be had, perhaps, while the list can't
        counts = await _read_waiting(source, state, tools, LookCounts(failed=1))
        _log.warning("look failed", source=source.name, reason=error, again=due.isoformat(timespec="seconds"))
    else:
        counts = await _read_waiting(source, state, tools, await _write_down(state, shown, tools))
        more = await tools.calls.read(tools.store.sources.waiting_links, state.id, tools.now(), 1)
        due = tools.now() if more and not counts.failed else after_good_look(source.cadence, tools.now())
        for words in shown.troubles:
            _log.warning("entry point failed", source=source.name, reason=words)
        _log.info("looked", source=source.name, **_told(counts))
    await tools.calls.write(tools.store.sources.finish_look, state.id, started, tools.now(), due, counts, error)
    return counts


async def _write_down(state: SourceState, shown: Shown, tools: Tools) -> LookCounts:
    unknown = await tools.calls.write(
        tools.store.sources.record_links, state.id, shown.links, shown.validators, tools.now(), tools.lease, shown.old
    )
    seen = len({link.key for link in shown.links})
    return LookCounts(seen=seen, unknown=unknown, known=seen - unknown)


async def discover(source: Source, state: SourceState, tools: Tools, *, conditional: bool = True) -> Shown:
    """Ask every entry point; one that works is enough. Raises the first one's PageError where none does.

    `conditional`: an entry point that has not changed since the last look shows nothing.
    """
    known = await tools.calls.read(tools.store.sources.validators, state.id)
    links: dict[str, Link] = {}
    validators: dict[str, Validators] = {}
    fresh: set[str] = set()
    errors: list[PageError] = []
    for entry_point in source.site.entry_points:
        url = join(source.site.url, entry_point.path) or source.site.url
        try:
            page = await tools.fetcher.get(url, known.get(url) if conditional else None)
            found = () if page.not_modified else await _links(source, state, tools, page)
        except PageError as error:
            errors.append(PageError(error.trouble, f"{shown_address(url)}: {error.words}", error.retry_after))
            continue
        validators[url] = Validators(page.etag, page.last_modified)
        for link in found:
            merged = links.get(link.key, link)
            links[link.key] = replace(merged, published=merged.published or link.published, alias_keys=merged.alias_keys or link.alias_keys)
        if url in known:
            fresh.update(link.key for link in found)
    if not validators:
        raise errors[0]
    old = frozenset(key for key, link in links.items() if key not in fresh and _stood_before(link, state))
    return Shown(tuple(links.values()), validators, tuple(map(str, errors)), old)


def _stood_before(link: Link, state: SourceState) -> bool:
    """Whether a link at an entry point that was never read before is older than the watching, as far as can be told."""
    if state.last_good_at is None:
        return True
    if link.published is None:
        return False  # in doubt people are told
    day = link.published.date() if isinstance(link.published, datetime) else link.published
    return day < (state.last_good_at - _CERTAINLY_OLDER).date()


async def _links(source: Source, state: SourceState, tools: Tools, page: Page) -> Sequence[Link]:
    """The links of an entry point, followed back through its pages until one is known: each look overlaps the one before.

    A page further back that can't be read is a gap; what was shown before it counts all the same.
    """
    listed = await tools.child.run(read_entry_point, page, source.site, tools.now())
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
            page = await tools.fetcher.get(listed.next_page)
            listed = await tools.child.run(read_entry_point, page, source.site, tools.now())
        except PageError as error:
            gap = f"{shown_address(listed.next_page)}: {error.words}"
        else:
            # what is certainly older was not published meanwhile: something before it was withdrawn, and it moved up
            links += (link for link in listed.links if not (link.published and _stood_before(link, state)))
    if gap:
        _log.warning("gap", source=source.name, reason=f"{gap}; older publications may have been missed")
    return links


async def _reaches_known(state: SourceState, tools: Tools, listed: Listed) -> bool:
    """Whether a page of a list goes back to what earlier looks saw. Blocks without dates stand on every page, and prove nothing."""
    dated = [link for link in listed.links if link.published]
    if dated and all(_stood_before(link, state) for link in dated):
        return True  # nothing on it, or behind it, was published since the last good look
    keys = [link.key for link in dated or listed.links]
    known = await tools.calls.read(tools.store.sources.known_keys, state.id, keys)
    return not keys or (known.issuperset(keys[-2:]) and 2 * len(known) >= len(keys))


async def _read_waiting(source: Source, state: SourceState, tools: Tools, counts: LookCounts) -> LookCounts:
    """Read what is waiting. Where one page after another fails, the rest is left for the next look."""
    waiting = await tools.calls.read(tools.store.sources.waiting_links, state.id, tools.now(), source.reads_per_look)
    in_a_row = 0
    for link in waiting:
        if in_a_row >= _ENOUGH_FAILURES:
            break
        await tools.calls.write(tools.store.sources.begin_reading, state.id, link.id, tools.now() + tools.lease)
        try:
            recorded = await _read_link(source, state.id, link, tools)
        except PageError as error:
            again = retry_link(source.cadence, link.tries, error, link.first_seen_at, tools.now())
            if again is None and link.article_id is not None:
                again = look_again(source.cadence, link.first_seen_at, tools.now())
            await tools.calls.write(tools.store.sources.record_link_failure, link.id, error.words, again)
            _log.warning("link failed", source=source.name, url=shown_address(link.link.url), reason=error.words)
            counts = replace(counts, failed=counts.failed + 1)
            in_a_row += error.trouble is not Trouble.DOUBTFUL
        else:
            counts = _counted(counts, link, recorded)
            in_a_row = 0
    return counts


async def _read_link(source: Source, source_id: int, waiting: WaitingLink, tools: Tools) -> Recorded | None:
    """Read one link and record what it is; None where the server says that it is as it was.

    Raises PageError where it can't be had or read.
    """
    link = waiting.link
    again_at = look_again(source.cadence, waiting.first_seen_at, tools.now())
    page = await tools.fetcher.get(link.url, waiting.validators if waiting.article_id else None)
    if page.not_modified:
        await tools.calls.write(tools.store.sources.record_unchanged, waiting.id, again_at)
        return None
    doubt = waiting.tries < (_DOUBTED_AGAIN if waiting.article_id else _DOUBTED_AT_FIRST)
    sighting = await tools.child.run(
        read_sighting, page, source.site, source.family, link, tools.now(), doubt=doubt and not waiting.article_id
    )
    if doubt and waiting.article_id and not is_what_was_listed(link, sighting.content):
        verdict = await tools.calls.read(tools.store.articles.identify, sighting, Identity())
        if verdict.article_id is None:
            words = f"the page says nothing of article {waiting.article_id} any more; it may be a notice of works"
            raise PageError(Trouble.DOUBTFUL, words)
    recorded = await tools.calls.write(
        tools.store.articles.record,
        sighting,
        Identity(),
        tools.now(),
        source_id=source_id,
        link=LinkRead(waiting.id, Validators(page.etag, page.last_modified), again_at),
        baseline=waiting.baseline and waiting.article_id is None,
    )
    if waiting.article_id is None or recorded.revision:
        told = {"article": recorded.article_id, "revision": recorded.revision, "state": recorded.state, "why": recorded.why}
        _log.info("read", source=source.name, **told, url=shown_address(link.url))
    return recorded


def _counted(counts: LookCounts, link: WaitingLink, recorded: Recorded | None) -> LookCounts:
    if recorded is None:
        return counts
    if recorded.state is LinkState.NEW:
        return replace(counts, new=counts.new + 1)
    if recorded.state is LinkState.BASELINE:
        return replace(counts, baseline=counts.baseline + 1)
    # a link looked at again was counted as known when it was seen
    return replace(counts, known=counts.known + (link.article_id is None), revised=counts.revised + (recorded.revision is not None))


def _told(counts: LookCounts) -> dict[str, int]:
    """What the log says of a look: what is zero goes without saying, but for what was seen."""
    return {name: value for name in LookCounts.__dataclass_fields__ if (value := getattr(counts, name)) or name == "seen"}
