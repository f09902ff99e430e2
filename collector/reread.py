"""Reading a source again from the archive, after the rules for its pages have changed.

Only articles that are known are read again, and nobody is alerted. The page that counts is the newest of those that say no less than the
article's latest revision: the last one fetched before that revision was written down, which it was read from, and those fetched since. An
older page is never used, so what was edited meanwhile, or was read while the archive was off, is not undone. The page at the article's main
address goes first; one that can't be read by the rules of today makes way for the next newest.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from collector.address import link_key
from collector.archive import Archived, archived
from collector.child import Lane
from collector.health import is_what_was_listed
from collector.identity import Identity
from collector.page import PageError, Trouble
from collector.reading import read_sighting
from collector.tools import Calls, Source
from storage.model import ReadLink, Sighting
from storage.store import Store

_READ_WITHIN = timedelta(minutes=10)
"""Longest time from a page's fetch to its revision: it waits for its turn to be read, and then for its documents."""
_TRIES = 3
"""Pages of one article that are tried, each in a pass over the archive."""


class Outcome(StrEnum):
    REVISED = "revised"
    UNCHANGED = "as it was"
    FAILED = "not read"
    """Neither the newest page nor those before it can be read by the rules of today."""


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """What reading one article again came to, by the last page that was tried."""

    article_id: int
    url: str
    fetched_at: datetime
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """What a source is read again with. `dry_run`: nothing is written."""

    source: Source
    folder: Path
    store: Store
    calls: Calls
    lane: Lane
    now: datetime
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class _Copy:
    """An archived page of a known article."""

    link: ReadLink
    fetched_at: datetime


async def reread(source_id: int, reader: Reader) -> tuple[ReadAgain, ...]:
    """Read every article of the source again of which a page is archived; one outcome an article, by its number."""
    links = {link_key(link.link.url): link for link in await reader.calls.read(reader.store.sources.read_links, source_id)}
    left = await asyncio.to_thread(_usable, reader.folder, links)
    outcomes: dict[int, ReadAgain] = {}
    for _ in range(_TRIES):
        await _pass(links, left, outcomes, reader)
        left = {article: copies[1:] for article, copies in left.items() if copies[1:] and outcomes[article].outcome is Outcome.FAILED}
    return tuple(outcomes[article] for article in sorted(outcomes))


async def _pass(links: Mapping[str, ReadLink], left: Mapping[int, Sequence[_Copy]], outcomes: dict[int, ReadAgain], reader: Reader) -> None:
    """Go through the archive once, and read the first of the copies that are left of each article."""
    wanted = {copies[0] for copies in left.values()}
    with closing(_pages_of(reader.folder, {key: link for key, link in links.items() if link.article_id in left})) as pages:
        # the disk is read aside, and no further than there is something to find
        while wanted and (found := await asyncio.to_thread(next, pages, None)) is not None:
            copy, page = found
            if copy in wanted:
                wanted.remove(copy)
                outcomes[copy.link.article_id] = await _outcome(copy, page, reader)


def _usable(folder: Path, links: Mapping[str, ReadLink]) -> dict[int, tuple[_Copy, ...]]:
    """The archived pages of each article that may be read again, the best first."""
    copies: dict[int, set[_Copy]] = defaultdict(set)
    for copy, _ in _pages_of(folder, links):
        copies[copy.link.article_id].add(copy)
    usable = {article: _best_first(found) for article, found in copies.items()}
    return {article: found for article, found in usable.items() if found}


def _best_first(copies: set[_Copy]) -> tuple[_Copy, ...]:
    """By the rule that the module's description gives. A revision bears the time at which it was written down, or a page's own."""
    recorded_at = max(copy.link.recorded_at for copy in copies)
    read_from = max((copy.fetched_at for copy in copies if copy.fetched_at <= recorded_at), default=recorded_at)
    oldest = read_from if recorded_at - read_from <= _READ_WITHIN else recorded_at
    usable = [copy for copy in copies if copy.fetched_at >= oldest]
    return tuple(sorted(usable, key=lambda copy: (copy.link.is_main, copy.fetched_at, copy.link.link.key), reverse=True))


def _pages_of(folder: Path, links: Mapping[str, ReadLink]) -> Generator[tuple[_Copy, Archived], None, None]:
    for found in archived(folder, lambda url: link_key(url) in links):
        yield _Copy(links[link_key(found.page.url)], found.at), found


async def _outcome(copy: _Copy, found: Archived, reader: Reader) -> ReadAgain:
    link = copy.link
    try:
        sighting = await _read(link, found, reader)
    except PageError as error:
        return ReadAgain(link.article_id, link.link.url, copy.fetched_at, Outcome.FAILED, error.words)
    revised = await _recorded(link, sighting, copy.fetched_at, reader)
    return ReadAgain(link.article_id, link.link.url, copy.fetched_at, Outcome.REVISED if revised else Outcome.UNCHANGED)


async def _read(link: ReadLink, found: Archived, reader: Reader) -> Sighting:
    """What the page says by the rules of today. Raises PageError where that is not its article: a notice of works is archived too."""
    source = reader.source
    # dates are understood as on the day on which the page was fetched
    sighting = await reader.lane.run(read_sighting, found.page, source.site, source.family, link.link, found.at, doubt=False)
    if not is_what_was_listed(link.link, sighting.content):
        verdict = await reader.calls.read(reader.store.articles.identify, sighting, Identity())
        if verdict.article_id != link.article_id:
            raise PageError(Trouble.DOUBTFUL, f"by the rules of today it says nothing of article {link.article_id} ({verdict.why})")
    return await _with_known_texts(link, sighting, reader)


async def _with_known_texts(link: ReadLink, sighting: Sighting, reader: Reader) -> Sighting:
    """Documents keep what was read of them; one that only the new rules find is read when its page is looked at the next time."""
    found = sighting.content.attachments
    known = {document.url: document for document in await reader.calls.read(reader.store.articles.attachments, link.article_id)}
    read = (replace(one, text=known[one.url].text, error=known[one.url].error) if one.url in known else one for one in found)
    return replace(sighting, content=replace(sighting.content, attachments=tuple(read)))


async def _recorded(link: ReadLink, sighting: Sighting, fetched_at: datetime, reader: Reader) -> bool:
    articles, calls, identity = reader.store.articles, reader.calls, Identity()
    if reader.dry_run:
        return await calls.read(articles.would_record_again, sighting, identity, article_id=link.article_id, revision=link.revision)
    number = await calls.write(
        articles.record_again,
        sighting,
        identity,
        reader.now,
        article_id=link.article_id,
        revision=link.revision,
        fetched_at=fetched_at,
    )
    return number is not None
