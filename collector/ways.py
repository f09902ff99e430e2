"""Which entry points a source is asked by: those of its definition, else those that a survey found."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from collector.address import join, shown_address
from collector.discover.survey import Survey, survey
from collector.page import PageError, Trouble
from collector.ranges import NUMBER
from collector.tools import Source, Tools
from storage.model import SourceState, Way

_log = structlog.get_logger("vestnik.poll")
_LOST_AFTER = 3
"""Looks failed in a row, after which the way that was found once may have gone, and another be found."""
_SURVEY_AGAIN = timedelta(days=1)


async def ways_of(source: Source, state: SourceState, tools: Tools, *, keep: bool = True) -> tuple[Way, ...]:
    """The entry points of a source, the first of them the one to ask. They are looked for at the first look, and anew where those found
    have failed for a while. `keep`: whether what is found is remembered.

    Raises PageError where none is found.
    """
    site = source.site
    if site.entry_points:
        return tuple(Way(entry.kind, _address(site.url, entry.path), entry.daily) for entry in site.entry_points)
    if state.ways and not await _are_lost(state, tools):
        return state.ways
    try:
        found = ways_found(await survey(source, tools, site.url))
    except PageError:
        if state.ways:
            return state.ways  # what was found once may work again
        raise
    if keep:
        await tools.calls.write(tools.store.finding.keep_ways, state.id, found, tools.now())
    _log.info("found", source=source.name, ways=[f"{way.kind} {shown_address(way.url)}" for way in found])
    return found


def ways_found(made: Survey) -> tuple[Way, ...]:
    """The entry points that a survey chose. Raises PageError where it chose none."""
    if made.chosen is None:
        raise PageError(Trouble.UNREADABLE, made.why)
    first = Way(made.chosen.kind, made.chosen.url, highest=made.chosen.highest)
    second = made.second
    return (first,) if second is None else (first, Way(second.kind, second.url, daily=True, highest=second.highest))


async def _are_lost(state: SourceState, tools: Tools) -> bool:
    if not state.error or state.failures < _LOST_AFTER:
        return False
    surveyed_at: datetime | None = await tools.calls.read(tools.store.finding.surveyed_at, state.id)
    return surveyed_at is None or tools.now() - surveyed_at > _SURVEY_AGAIN


def _address(base: str, path: str) -> str:
    """The address of an entry point; the place of a number in it stays readable."""
    return (join(base, path) or base).replace("%7Bn%7D", NUMBER)
