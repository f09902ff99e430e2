"""Following a list back, page after page, to what earlier looks saw (promise 2); what can't be bridged is a gap.

follow   an entry point's own pages, or the parts of a sitemap
bridge   the gaps of earlier looks, from where following stopped
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, takewhile

import structlog

from collector.address import shown_address
from collector.bursts import day_of, stood_before
from collector.discover import Listed, read_entry_point
from collector.page import PageError, Trouble
from collector.tools import Source, Tools
from storage.model import EntryPointState, Gap, Link, Seen, SourceState, Way

_log = structlog.get_logger("vestnik.poll")
_PARTS_AT_FIRST, _PARTS = 100, 3
"""Sitemaps of an index that are read, the latest changed first: at the first look all but those of a vast archive."""
_LINKS_MOST = 100_000
"""Links that the sitemaps of an index may give at one look, some 100 MB; two sitemaps may name as many."""
_PASSING = frozenset({Trouble.TEMPORARY, Trouble.INCOMPLETE, Trouble.NAME, Trouble.OURS})
"""Why a sitemap can't be had for a while. What the first look has not seen of it would be news at the next."""
_FOLLOWED_FOR = timedelta(days=7)
"""How long looks go on with a gap: some lists have no end, and what is known has gone from others."""
_JUST_BEFORE = timedelta(microseconds=1)


@dataclass(slots=True)
class Course:
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


async def follow(source: Source, state: SourceState, way: Way, before: EntryPointState | None, listed: Listed, tools: Tools) -> Course:
    """The links of an entry point, followed back through its pages until one is known: each look overlaps the one before.

    At the first look nothing is known and nothing followed, but for the parts of a sitemap.
    """
    first = state.first_good_at is None
    course = Course(list(listed.links), listed.next_page, reached=True, keys={link.key for link in listed.links})
    if listed.more:
        await _read_parts(source, state, listed.more, course, tools, first=before is None)
        return course
    if first or await _overlaps(state, tools, listed):
        return course
    if not listed.next_page and not await tools.calls.read(tools.store.finding.latest_links, state.id, 1):
        return course  # it was empty until now, and this is all that there is
    course.since = await _back_to(state, before, listed.links, tools)
    if not await _reaches_known(state, tools, listed.links, course.since, is_whole=not listed.next_page):
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


async def _read_parts(source: Source, state: SourceState, parts: Sequence[str], course: Course, tools: Tools, *, first: bool) -> None:
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


async def _go_back(source: Source, state: SourceState, way: Way, course: Course, most: int, before: datetime | None, tools: Tools) -> None:
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
    state: SourceState,
    tools: Tools,
    links: Sequence[Link],
    since: datetime | None,
    before: datetime | None = None,
    *,
    is_whole: bool = False,
) -> bool:
    """Whether a page of a list goes back to what earlier looks saw. Blocks without dates stand on every page, and prove nothing.

    `is_whole`: the list has no other page, as feeds; then its end tells, however much of it is new. Elsewhere a further page is asked.
    """
    dated = [link for link in links if link.published]
    if dated and all(stood_before(link, since) for link in dated):
        return True  # nothing on it, or behind it, was published since the last good look
    keys = [link.key for link in dated or links]
    moments = [_moment(link.published) for link in dated if link.published]
    if moments and moments[0] < moments[-1] and all(one <= other for one, other in pairwise(moments)):
        keys.reverse()  # channels, and some feeds, show the newest last
    known = await tools.calls.read(tools.store.sources.known_keys, state.id, keys, before)
    return not keys or (known.issuperset(keys[-2:]) and (is_whole or 2 * len(known) >= len(keys)))


async def bridge(source: Source, state: SourceState, seen: Seen, tools: Tools) -> Seen:
    """Go on with the latest gaps of earlier looks, from where following stopped; all of them together no further than one."""
    found: dict[str, Link] = {}
    bridged: set[int] = set()
    moved: dict[int, str] = {}
    meanwhile: dict[str, datetime] = {}
    open_gaps = await tools.calls.read(tools.store.finding.open_gaps, state.id)
    followed = [gap for gap in open_gaps if gap.next_page and tools.now() - gap.noticed_at < _FOLLOWED_FOR][-source.pages_back :]
    for gap in followed:
        course = await _bridged(source, state, gap, max(1, source.pages_back // len(followed)), tools)
        found |= {link.key: link for link in course.links}
        if gap.since is not None:
            dated = (link for link in course.links if link.published and not stood_before(link, gap.since))
            meanwhile |= dict.fromkeys((link.key for link in dated), gap.since)
        if course.reached:
            bridged.add(gap.id)
            _log.info("gap bridged", source=source.name, noticed=gap.noticed_at.isoformat(timespec="seconds"))
        elif course.next_page != gap.next_page:
            moved[gap.id] = course.next_page
    shown = {link.key for link in seen.links}
    links = (*seen.links, *(link for key, link in found.items() if key not in shown))
    return replace(seen, links=links, bridged=frozenset(bridged), moved=moved, meanwhile=meanwhile)


async def _bridged(source: Source, state: SourceState, gap: Gap, most: int, tools: Tools) -> Course:
    course = Course([], gap.next_page, reached=False, pages=0, since=gap.since)
    # links seen from then on include those of the gap's own look, which lie on this side of it
    await _go_back(source, state, Way("listing", gap.url), course, most, gap.noticed_at - _JUST_BEFORE, tools)
    return course


def _moment(published: date) -> datetime:
    return published if isinstance(published, datetime) else datetime.combine(published, time(), UTC)
