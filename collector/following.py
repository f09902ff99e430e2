"""What a source's entry points show at one look, each followed back until something known is reached (promise 2).

ways_of      which entry points there are
_ask         one of them: its links, and where its older ones are
follow       page after page back, until one is known; else a gap, which later looks go on to bridge (`collector.going_back`)
discover     all of them together
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import takewhile

import structlog

from collector.address import link_key, shown_address
from collector.bursts import MORE_THAN, day_of, stood_before
from collector.discover import read_entry_point
from collector.going_back import bridge, follow
from collector.page import Page, PageError
from collector.ranges import keys_below, read_range
from collector.tools import Source, Tools
from collector.ways import ways_of
from storage.model import EntryPointState, Link, NewGap, Seen, SourceState, Validators, Way

_log = structlog.get_logger("vestnik.poll")
_BELIEVED = 3
"""How often in a row an entry point may say that nothing has changed before it is read whole, to see whether that is true."""
_LATEST = 50
"""Links by which it is known where publications stand, as many as the longest common lists show."""
_READ_ANYWAY = 100
"""Links of a first look that are read however old they are: a source that publishes seldom shows what it has."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a source's entry points showed together."""

    seen: Seen
    troubles: tuple[str, ...]
    """Why some of the entry points could not be read, while others could."""
    fresh_for: float
    """Seconds for which, by their own word, none of them changes."""
    unfitting: bool = False
    """The definition's rules for lists fit no more, and the list was read by its structure."""
    listed: Mapping[str, int] = field(default_factory=dict)
    """For each entry point that was read whole, how many links its first page showed."""
    ways: tuple[Way, ...] = ()
    """The entry points that there are."""
    pages_only: bool = False
    """The source is a page whose changes are its revisions: whether it can be had, reading it will show."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one entry point showed."""

    way: Way
    state: EntryPointState
    links: tuple[Link, ...] = ()
    fresh_for: float = float("inf")
    gap: NewGap | None = None
    older: str = ""
    unfitting: bool = False
    is_first: bool = False
    """It was never read before."""
    listed: int = 0
    """Links on its first page, where it was read whole."""
    stood: frozenset[str] = frozenset()
    """Keys of links that certainly stood there before it was read for the first time."""


async def discover(source: Source, state: SourceState, tools: Tools, *, conditional: bool = True) -> Shown:
    """Ask the entry points that are due; one that works is enough. Raises the first one's PageError where none does.

    `conditional`: an entry point that has not changed since the last look shows nothing, and what is found is remembered.
    """
    ways = await ways_of(source, state, tools, keep=conditional)
    known = await tools.calls.read(tools.store.sources.entry_points, state.id)
    answers: list[_Answer] = []
    errors: list[PageError] = []
    for way in sorted(ways, key=lambda way: way.daily):
        needed = not answers or any(answer.gap for answer in answers)
        if way.daily and not needed and not _is_due(source, known.get(way.url), tools.now()):
            continue
        try:
            answers.append(await _ask(source, state, way, known.get(way.url), tools, conditional=conditional))
        except PageError as error:
            errors.append(PageError(error.trouble, f"{shown_address(way.url)}: {error.words}", error.retry_after))
    if not answers:
        raise errors[0]
    before = await tools.calls.read(tools.store.finding.latest_links, state.id, _LATEST)
    answers = [replace(answer, links=_alike(answer, answers, before)) for answer in answers]
    links, gaps = _merged(answers), _left(answers)
    for gap in gaps:
        _log.warning("gap", source=source.name, reason=f"{gap.words}; older publications may have been missed")
    seen = Seen(
        links=links,
        entry_points={answer.way.url: answer.state for answer in answers},
        old=_old(answers, links, state),
        beyond=_beyond(source, links, tools.now()) if any(answer.is_first for answer in answers) else frozenset(),
        again=frozenset(link.key for answer in answers if answer.way.kind == "page" for link in answer.links),
        gaps=gaps,
        older={answer.way.url: answer.older for answer in answers if answer.older},
    )
    return Shown(
        seen=await bridge(source, state, seen, tools) if conditional else seen,
        troubles=tuple(map(str, errors)),
        fresh_for=min(answer.fresh_for for answer in answers),
        unfitting=any(answer.unfitting for answer in answers),
        listed={answer.way.url: answer.listed for answer in answers if answer.listed},
        ways=ways,
        pages_only=all(answer.way.kind == "page" for answer in answers),
    )


def _is_due(source: Source, before: EntryPointState | None, now: datetime) -> bool:
    # a time ahead of now was noted by a clock that has been put right since
    return before is None or before.read_at is None or not now - source.cadence.check < before.read_at <= now


async def _ask(source: Source, state: SourceState, way: Way, before: EntryPointState | None, tools: Tools, *, conditional: bool) -> _Answer:
    """Read one entry point, followed back to what is known. Raises PageError."""
    if way.kind == "page":
        link = Link(url=way.url, key=link_key(way.url))
        return _Answer(way, EntryPointState(Validators(), read_at=tools.now()), (link,), fresh_for=0, is_first=before is None)
    if way.kind == "nodes":
        return await _ask_range(source, state, way, before, tools)
    page = await tools.fetch(source, way.url, _asked_with(before) if conditional else None)
    if page.not_modified:
        return _Answer(way, await _after(before, page, (), state, tools), fresh_for=page.fresh_for)
    listed, page = await tools.read(source, page, read_entry_point, source.site, tools.now())
    course = await follow(source, state, way, before, listed, tools)
    after = await _after(before, page, course.links, state, tools)
    gap = None if course.reached or state.first_good_at is None else NewGap(way.url, course.next_page, course.words, course.since)
    return _Answer(
        way,
        replace(after, ruled=after.ruled or listed.by_rules is True),
        tuple(course.links),
        page.fresh_for,
        gap=gap,
        older=listed.next_page if state.first_good_at is None and source.cadence.backfill else "",
        # a list that the rules never fitted is read by its structure, as the definition meant it
        unfitting=listed.by_rules is False and before is not None and before.ruled,
        is_first=before is None,
        listed=len(listed.links) or len(course.links),
        stood=await _stood(state, course.links, tools) if listed.kind == "sitemap" and before is None else frozenset(),
    )


async def _stood(state: SourceState, links: Sequence[Link], tools: Tools) -> frozenset[str]:
    """What a sitemap that was never read before shows of the past, though it dates nothing, as it names all that there ever was: everything
    but a few links above all that is known, where it shows the newest first.
    """
    keys = [link.key for link in links if not link.published]
    known = await tools.calls.read(tools.store.sources.known_keys, state.id, keys)
    above = list(takewhile(lambda key: key not in known, keys))
    return frozenset(keys if not known or len(above) > MORE_THAN else keys[len(above) :])


async def _ask_range(source: Source, state: SourceState, way: Way, before: EntryPointState | None, tools: Tools) -> _Answer:
    highest = before.position if before is not None and before.position is not None else way.highest
    below = keys_below(way, highest)
    known = await tools.calls.read(tools.store.sources.known_keys, state.id, below)
    turn = before.unchanged + 1 if before is not None else 0
    ranged = await read_range(source, way, highest, known, turn if before is not None else None, tools)
    after = EntryPointState(Validators(), unchanged=turn, read_at=tools.now(), position=ranged.highest)
    stood = frozenset(below) if before is None else frozenset()
    return _Answer(way, after, ranged.links, fresh_for=0, is_first=before is None, stood=stood)


def _asked_with(before: EntryPointState | None) -> Validators | None:
    """What to ask an entry point with, so that it may say that nothing has changed; None where it is to be read whole."""
    return before.validators if before is not None and not before.lies and before.unchanged < _BELIEVED else None


async def _after(before: EntryPointState | None, page: Page, found: Sequence[Link], state: SourceState, tools: Tools) -> EntryPointState:
    """What is to be remembered of an entry point that was just read.

    One that shows something new under the validators of what it showed before would also say «not modified» of it.
    """
    sent = Validators(page.etag, page.last_modified)
    if before is None:
        return EntryPointState(sent, read_at=tools.now())
    if page.not_modified:
        return replace(before, validators=sent, unchanged=before.unchanged + 1, lies=False, read_at=tools.now())
    lies = before.lies
    if not lies and sent == before.validators != Validators():
        keys = {link.key for link in found}
        lies = not keys <= await tools.calls.read(tools.store.sources.known_keys, state.id, keys)
    return replace(before, validators=sent, unchanged=0, lies=lies, read_at=tools.now())


# --- together ------------------------------------------------------------------------------------------------------------------------


def _merged(answers: Iterable[_Answer]) -> tuple[Link, ...]:
    """Each link once, with what any of the entry points says of it."""
    links: dict[str, Link] = {}
    for answer in answers:
        for link in answer.links:
            merged = links.get(link.key, link)
            links[link.key] = replace(merged, published=merged.published or link.published, alias_keys=merged.alias_keys or link.alias_keys)
    return tuple(links.values())


def _alike(answer: _Answer, answers: Sequence[_Answer], before: Sequence[Link]) -> tuple[Link, ...]:
    """Of a sitemap beside another entry point only what stands where that one's publications stand: a sitemap names every page. `before`:
    links of earlier looks, for where the other one shows none, as it has not changed or can't be had.
    """
    others = [link for other in answers if other is not answer and other.way.kind != "sitemap" for link in other.links] or before
    if answer.way.kind != "sitemap" or not answer.way.daily or not others:
        return answer.links
    places = {_place(link) for link in others}
    return tuple(link for link in answer.links if _place(link) in places)


def _place(link: Link) -> str:
    """The folder that an address stands in; the digits of a year or a month say nothing."""
    folder = link.key.split("?")[0].rpartition("/")[0]
    return "".join("#" if letter.isdecimal() else letter for letter in folder)


def _left(answers: Sequence[_Answer]) -> tuple[NewGap, ...]:
    """The gaps that no other entry point bridges: by one that reaches what is known and shows the last that the gap's own showed."""
    reaching: set[str] = {link.key for answer in answers if answer.gap is None for link in answer.links}
    return tuple(answer.gap for answer in answers if answer.gap is not None and answer.links and answer.links[-1].key not in reaching)


def _old(answers: Sequence[_Answer], links: Collection[Link], state: SourceState) -> frozenset[str]:
    """Links that stood already at an entry point which could not be read before now."""
    stood = {key for answer in answers for key in answer.stood}
    fresh = {link.key for answer in answers if not answer.is_first for link in answer.links}
    return frozenset(link.key for link in links if link.key not in fresh and (link.key in stood or stood_before(link, state.last_good_at)))


def _beyond(source: Source, links: Sequence[Link], now: datetime) -> frozenset[str]:
    """Links of a first look that are known and never read: a sitemap names all that there ever was."""
    oldest = (now - source.cadence.backfill).date()
    far = [
        link.key
        for number, link in enumerate(links)
        if number >= _READ_ANYWAY and (number >= source.cadence.backfill_most or (link.published and day_of(link.published) < oldest))
    ]
    return frozenset(far)
