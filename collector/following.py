"""What a source's entry points show at one look, each followed back until something known is reached (promise 2).

ways_of      which entry points there are
_ask         one of them: its links, and where its older ones are
_follow      page after page back, until one is known; else a gap, which later looks go on to bridge
discover     all of them together
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from itertools import takewhile

import structlog

from collector.address import link_key, shown_address
from collector.bursts import MORE_THAN, day_of, stood_before
from collector.discover import Listed, read_entry_point
from collector.page import Page, PageError, Trouble
from collector.ranges import keys_below, read_range
from collector.tools import Source, Tools
from collector.ways import ways_of
from storage.model import EntryPointState, Gap, Link, NewGap, Seen, SourceState, Validators, Way

_log = structlog.get_logger("vestnik.poll")
_BELIEVED = 3
"""How often in a row an entry point may say that nothing has changed before it is read whole, to see whether that is true."""
_PARTS_AT_FIRST, _PARTS = 100, 3
"""Sitemaps of an index that are read, the latest changed first: at the first look all but those of a vast archive."""
_LINKS_MOST = 100_000
"""Links that the sitemaps of an index may give at one look, some 100 MB; two sitemaps may name as many."""
_PASSING = frozenset({Trouble.TEMPORARY, Trouble.INCOMPLETE, Trouble.NAME, Trouble.OURS})
"""Why a sitemap can't be had for a while. What the first look has not seen of it would be news at the next."""
_FOLLOWED_FOR = timedelta(days=7)
"""How long looks go on with a gap: some lists have no end, and what is known has gone from others."""
_JUST_BEFORE = timedelta(microseconds=1)
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


@dataclass(slots=True)
class _Course:
    """Pages followed back from an entry point."""

    links: list[Link]
    next_page: str
    reached: bool
    """Something known was reached, or all that there is was read."""
    words: str = ""
    """Why nothing known was reached."""
    pages: int = 1
    since: datetime | None = None
    """The look that it is followed back to; None at the first."""
    keys: set[str] = field(default_factory=set)


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
    answers = [replace(answer, links=_alike(answer, answers)) for answer in answers]
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
        seen=await _bridge(source, state, seen, tools) if conditional else seen,
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
    course = await _follow(source, state, way, before, listed, tools)
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


# --- following back ------------------------------------------------------------------------------------------------------------------


async def _follow(source: Source, state: SourceState, way: Way, before: EntryPointState | None, listed: Listed, tools: Tools) -> _Course:
    """The links of an entry point, followed back through its pages until one is known: each look overlaps the one before.

    At the first look nothing is known and nothing followed, but for the parts of a sitemap.
    """
    first = state.first_good_at is None
    course = _Course(list(listed.links), listed.next_page, reached=True, keys={link.key for link in listed.links})
    if listed.more:
        await _read_parts(source, state, listed.more, course, tools, first=before is None)
        return course
    if first or await _overlaps(state, tools, listed):
        return course
    course.since = await _back_to(state, before, listed.links, tools)
    if not await _reaches_known(state, tools, listed.links, course.since):
        course.reached = False
        await _go_back(source, state, way, course, source.pages_back, None, tools)
        if not course.reached and not course.words:
            course.words = f"{shown_address(way.url)} shows {len(listed.links)} publications, and none that is known"
    return course


async def _overlaps(state: SourceState, tools: Tools, listed: Listed) -> bool:
    """Whether a sitemap shows anything known: it names all that there is, in an order that says nothing, and among much else."""
    if listed.kind != "sitemap" or any(link.published for link in listed.links):
        return False
    return bool(await tools.calls.read(tools.store.sources.known_keys, state.id, [link.key for link in listed.links]))


async def _back_to(state: SourceState, before: EntryPointState | None, links: Sequence[Link], tools: Tools) -> datetime | None:
    """The time to which a list is to be followed back: when it was read before, which may be long before the source's last good look.

    Where links that are unknown stand above those that are known and bear older dates, its dates are not those at which it shows
    something (decisions of courts are listed weeks after they were made), and the oldest of them is taken.
    """
    read_at = before.read_at if before is not None else None
    since = min((at for at in (state.last_good_at, read_at) if at is not None), default=None)
    known = await tools.calls.read(tools.store.sources.known_keys, state.id, [link.key for link in links])
    above = takewhile(lambda link: link.key not in known, links)
    late = [day_of(link.published) for link in above if link.published and stood_before(link, since)]
    return datetime.combine(min(late), time(), UTC) if late else since


async def _read_parts(source: Source, state: SourceState, parts: Sequence[str], course: _Course, tools: Tools, *, first: bool) -> None:
    """The sitemaps of an index, as long as they show something unknown. One that can't be had is asked again at the next look.

    Raises PageError, where the index was never read before (`first`), for one that is out of reach for a while.
    """
    news = True
    for number, part in enumerate(parts[: _PARTS_AT_FIRST if first else _PARTS + source.pages_back]):
        if len(course.links) >= _LINKS_MOST or (number >= _PARTS and not news):
            break
        await tools.calls.write(tools.store.sources.renew, state.id, tools.now() + tools.lease)
        try:
            page = await tools.fetch(source, part)
            listed, _ = await tools.read(source, page, read_entry_point, source.site, tools.now())
        except PageError as error:
            if first and error.trouble in _PASSING:
                raise
            _log.warning("part failed", source=source.name, url=shown_address(part), reason=error.words)
        else:
            course.links += listed.links
            keys = {link.key for link in listed.links}
            news = first or not keys <= await tools.calls.read(tools.store.sources.known_keys, state.id, keys)


async def _go_back(source: Source, state: SourceState, way: Way, course: _Course, most: int, before: datetime | None, tools: Tools) -> None:
    """Follow the course page by page, `most` of them, until it reaches what was seen by the look at its `since`. A page that can't be read
    leaves a gap; what was shown before it counts all the same. `before`: only links seen up to then count as known.
    """
    visited, since, read = {way.url}, course.since, 0
    while course.next_page and not course.reached:
        if course.next_page in visited or read >= most:
            course.words = f"nothing known within {course.pages} pages"
            return
        visited.add(course.next_page)
        await tools.calls.write(tools.store.sources.renew, state.id, tools.now() + tools.lease)
        try:
            page = await tools.fetch(source, course.next_page)
            listed, _ = await tools.read(source, page, read_entry_point, source.site, tools.now())
        except PageError as error:
            course.words = f"{shown_address(course.next_page)}: {error.words}"
            return
        read += 1
        course.pages += 1
        keys = {link.key for link in listed.links}
        # some sites repeat their last page for every number that is too big: then all has been read
        ended = keys <= course.keys
        course.keys |= keys
        # what is certainly older was not published meanwhile: something before it was withdrawn, and it moved up
        course.links += (link for link in listed.links if not (link.published and stood_before(link, since)))
        course.reached = ended or not listed.next_page or await _reaches_known(state, tools, listed.links, since, before)
        course.next_page = listed.next_page


async def _reaches_known(
    state: SourceState, tools: Tools, links: Sequence[Link], since: datetime | None, before: datetime | None = None
) -> bool:
    """Whether a page of a list goes back to what earlier looks saw. Blocks without dates stand on every page, and prove nothing."""
    dated = [link for link in links if link.published]
    if dated and all(stood_before(link, since) for link in dated):
        return True  # nothing on it, or behind it, was published since the last good look
    keys = [link.key for link in dated or links]
    known = await tools.calls.read(tools.store.sources.known_keys, state.id, keys, before)
    return not keys or (known.issuperset(keys[-2:]) and 2 * len(known) >= len(keys))


async def _bridge(source: Source, state: SourceState, seen: Seen, tools: Tools) -> Seen:
    """Go on with the latest gaps of earlier looks, from where following stopped; all of them together no further than one."""
    found: dict[str, Link] = {}
    bridged: set[int] = set()
    moved: dict[int, str] = {}
    open_gaps = await tools.calls.read(tools.store.finding.open_gaps, state.id)
    followed = [gap for gap in open_gaps if gap.next_page and tools.now() - gap.noticed_at < _FOLLOWED_FOR][-source.pages_back :]
    for gap in followed:
        course = await _bridged(source, state, gap, max(1, source.pages_back // len(followed)), tools)
        found |= {link.key: link for link in course.links}
        if course.reached:
            bridged.add(gap.id)
            _log.info("gap bridged", source=source.name, noticed=gap.noticed_at.isoformat(timespec="seconds"))
        elif course.next_page != gap.next_page:
            moved[gap.id] = course.next_page
    shown = {link.key for link in seen.links}
    links = (*seen.links, *(link for key, link in found.items() if key not in shown))
    return replace(seen, links=links, bridged=frozenset(bridged), moved=moved)


async def _bridged(source: Source, state: SourceState, gap: Gap, most: int, tools: Tools) -> _Course:
    course = _Course([], gap.next_page, reached=False, pages=0, since=gap.since)
    # links seen from then on include those of the gap's own look, which lie on this side of it
    await _go_back(source, state, Way("listing", gap.url), course, most, gap.noticed_at - _JUST_BEFORE, tools)
    return course


# --- together ------------------------------------------------------------------------------------------------------------------------


def _merged(answers: Iterable[_Answer]) -> tuple[Link, ...]:
    """Each link once, with what any of the entry points says of it."""
    links: dict[str, Link] = {}
    for answer in answers:
        for link in answer.links:
            merged = links.get(link.key, link)
            links[link.key] = replace(merged, published=merged.published or link.published, alias_keys=merged.alias_keys or link.alias_keys)
    return tuple(links.values())


def _alike(answer: _Answer, answers: Sequence[_Answer]) -> tuple[Link, ...]:
    """Of a sitemap beside another entry point only what stands where that one's publications stand: a sitemap names every page."""
    others = [link for other in answers if other is not answer and other.way.kind != "sitemap" for link in other.links]
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
