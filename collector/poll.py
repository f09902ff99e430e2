"""One look at one source: discover, fetch, extract, identify, record.

What an entry point shows is written down before anything of it is read, so a crash at any point leaves links waiting, and the next look
goes on with them. A broken link never stops the others; a broken source never stops the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from collector.bursts import MORE_THAN, burst_named, held_back, silenced, told_together
from collector.cadence import after_failed_look, after_good_look
from collector.following import Shown, discover
from collector.page import PageError, Trouble
from collector.relearning import proposal
from collector.tools import Source, Tools
from collector.waiting import WaitingRead, read_waiting
from storage.model import Cause, Link, LookCounts, LookNotes, Seen, SourceState, Symptom

_log = structlog.get_logger("vestnik.poll")
_A_YEAR = timedelta(days=365)
_ENOUGH_PAGES = 3
"""Pages of one look that the rules do not fit, when none fits, for them to be told of."""


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
    last_link = await tools.calls.read(tools.store.sources.last_link)
    read = await read_waiting(source, state, tools, await _write_down(source, state, shown.seen, tools), last_link)
    counts = read.counts
    for words in shown.troubles:
        _log.warning("entry point failed", source=source.name, reason=words)
    if shown.pages_only and read.error is not None:
        return await _finish_failed(source, state, tools, started, read.error, counts)
    unfitting = await _unfitting(source, state, shown, read, started, tools)
    notes = LookNotes(listed=shown.listed, noticed=(*unfitting, *read.noticed))
    due = await _next_look(source, state, tools, counts, shown.fresh_for)
    _log.info("looked", source=source.name, **_told(counts))
    await tools.calls.write(tools.store.sources.finish_look, state.id, started, tools.now(), due, counts, notes=notes)
    return counts


async def _unfitting(
    source: Source, state: SourceState, shown: Shown, read: WaitingRead, started: datetime, tools: Tools
) -> tuple[Symptom, ...]:
    """Rules of the definition that fitted once and fit no more. What they were for was read without them, and new ones are proposed."""
    ruled_once = (read.ruled or read.unruled) and await tools.calls.read(tools.store.finding.has_ruled, state.id)
    if read.ruled and not ruled_once:
        await tools.calls.write(tools.store.finding.note_ruled, state.id)
    pages = bool(ruled_once and read.unruled and not read.ruled)
    if not shown.unfitting and not pages:
        return ()
    parts = " and ".join([*(["its list"] if shown.unfitting else []), *(["its articles"] if pages else [])])
    told = [one for one in await tools.calls.read(tools.store.health.of, state.id) if one.cause is Cause.RULES]
    # one page may be of another kind; a list is always the same
    firm = shown.unfitting or read.unruled >= _ENOUGH_PAGES
    detail = told[0].detail if told else await proposal(source, state, shown.ways, started, tools) if firm else ""
    words = f"{parts} could not be read by the rules of {source.site.name}, which fitted before, and was read by the structure alone"
    return (Symptom(Cause.RULES, words, detail, firm=firm),)


async def _next_look(source: Source, state: SourceState, tools: Tools, counts: LookCounts, fresh_for: float) -> datetime:
    """When to look next after a good look: at once where more is waiting, and in time for what could not be read."""
    more = await tools.calls.read(tools.store.sources.waiting_links, state.id, tools.now(), 1)
    if more and not counts.failed:
        return tools.now()
    due = after_good_look(source.cadence, tools.now(), fresh_for)
    retry = await tools.calls.read(tools.store.sources.next_retry, state.id)
    return max(min(due, retry or due), tools.now())


async def _finish_failed(
    source: Source, state: SourceState, tools: Tools, started: datetime, trouble: PageError, counts: LookCounts | None = None
) -> LookCounts:
    """`counts`: what was read all the same, where that was tried."""
    due = after_failed_look(source.cadence, state.failures, trouble, tools.now())
    ours = trouble.trouble is Trouble.OURS
    if counts is None:
        counts = LookCounts(failed=1)
        if not ours:
            # what was listed earlier can be had, perhaps, while the list can't
            counts = (await read_waiting(source, state, tools, counts)).counts
    _log.warning("look failed", source=source.name, reason=str(trouble), again=due.isoformat(timespec="seconds"))
    finish, notes = tools.store.sources.finish_look, LookNotes(trouble=trouble.trouble)
    await tools.calls.write(finish, state.id, started, tools.now(), due, counts, str(trouble), blameless=ours, notes=notes)
    return counts


async def _write_down(source: Source, state: SourceState, seen: Seen, tools: Tools) -> LookCounts:
    seen = await _sorted_out(source, state, seen, tools)
    beyond = await _never_read(state, seen, tools) if seen.beyond else 0
    unknown = await tools.calls.write(tools.store.sources.record_links, state.id, seen, tools.now(), tools.lease)
    shown, held = len({link.key for link in seen.links}), len(seen.held)
    return LookCounts(
        seen=shown, unknown=unknown, known=shown - unknown, held=held, baseline=beyond, waiting=max(unknown - held - beyond, 0)
    )


async def _never_read(state: SourceState, seen: Seen, tools: Tools) -> int:
    """How many of the links are baseline that nobody reads."""
    beyond = seen.beyond if state.first_good_at is None else seen.beyond & seen.old
    return len(beyond - await tools.calls.read(tools.store.sources.known_keys, state.id, beyond))


async def _sorted_out(source: Source, state: SourceState, seen: Seen, tools: Tools) -> Seen:
    """The same with what is silent after a pause, what is held of a burst, and what is told together."""
    if state.first_good_at is None or (len(seen.links) <= MORE_THAN and not state.silent and not seen.meanwhile):
        return seen
    unknown = await _unknown(state, seen, tools)
    if state.silent and state.resumed_at is not None:
        appeared = [link for link in unknown if link.key not in seen.meanwhile]
        silent = silenced(appeared, state.resumed_at, tools.now(), source.cadence.longest)
        # what lies beyond the pages that were followed is as silent as what was found on them
        seen = replace(seen, old=seen.old | silent, gaps=())
        unknown = [link for link in unknown if link.key not in silent]
    held = await _held(source, state, unknown, seen, tools)
    told = [link.key for link in unknown if link.key not in held]
    since = told_together(told, seen.meanwhile, state, tools.now(), source.cadence.outage)
    bursts = {key: burst_named(source.name, "since", at) for key, at in since.items()}
    bursts |= dict.fromkeys(held, burst_named(source.name, "held", tools.now()))
    until = dict.fromkeys(held, tools.now() + source.cadence.hold) if source.cadence.hold else {}
    return replace(seen, held=until, bursts=bursts)


async def _held(source: Source, state: SourceState, unknown: Sequence[Link], seen: Seen, tools: Tools) -> frozenset[str]:
    if len(unknown) <= MORE_THAN:
        return frozenset()
    weekly_most = await tools.calls.read(tools.store.finding.weekly_most, state.id, tools.now() - _A_YEAR)
    held = held_back(unknown, weekly_most, state, seen.meanwhile)
    if held:
        until = tools.now() + source.cadence.hold
        _log.warning("held", source=source.name, links=len(held), until=until.isoformat(timespec="seconds"))
    return held


async def _unknown(state: SourceState, seen: Seen, tools: Tools) -> Sequence[Link]:
    known = await tools.calls.read(tools.store.sources.known_keys, state.id, [link.key for link in seen.links])
    return [link for link in seen.links if link.key not in known and link.key not in seen.old]


def _told(counts: LookCounts) -> dict[str, int]:
    """What the log says of a look: what is zero goes without saying, but for what was seen."""
    return {name: value for name in LookCounts.__dataclass_fields__ if (value := getattr(counts, name)) or name == "seen"}
