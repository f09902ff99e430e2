"""Reading the links that wait: each is fetched, read, identified and recorded by itself, so a broken one never stops the others."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import structlog

from collector.address import shown_address
from collector.cadence import look_again, retry_link
from collector.documents import PATIENCE, read_documents
from collector.extract.listed_document import is_document, is_document_address, untold
from collector.health import is_what_was_listed
from collector.health.repeats import Repeats
from collector.identity import Identity
from collector.page import Page, PageError, Trouble
from collector.reading import read_document_sighting, read_page, seen_at
from collector.removals import believed
from collector.tools import Source, Tools
from storage.model import LinkRead, LinkState, LookCounts, Recorded, Sighting, SourceState, Symptom, Validators, WaitingLink

_log = structlog.get_logger("vestnik.poll")
_ENOUGH_FAILURES = 3
_DOUBTED_AT_FIRST, _DOUBTED_AGAIN = 4, 8
"""Tries, over about a quarter of an hour and four hours, for which a page that is not what it should be is taken for a passing notice. A
list may call its publications what it likes, so the first reading must not wait for long; a known article can."""


@dataclass(frozen=True, slots=True)
class WaitingRead:
    """What reading came to."""

    counts: LookCounts
    error: PageError | None = None
    """The last page that could not be read."""
    noticed: tuple[Symptom, ...] = ()
    """What the pages show together."""
    ruled: int = 0
    unruled: int = 0
    """Pages that were read by the rules of the site's definition, and those that these did not fit."""


@dataclass(slots=True)
class Impressions:
    """What the pages that one look reads show together."""

    repeats: Repeats = field(default_factory=Repeats)
    ruled: int = 0
    unruled: int = 0


async def read_waiting(source: Source, state: SourceState, tools: Tools, counts: LookCounts, last_link: int | None = None) -> WaitingRead:
    """Read what is waiting. Where one page after another fails, the rest is left for the next look.

    `last_link`: the id above which links were first seen at this look; None where it has shown none.
    """
    waiting = await tools.calls.read(tools.store.sources.waiting_links, state.id, tools.now(), source.reads_per_look)
    until = asyncio.get_running_loop().time() + PATIENCE
    in_a_row = 0
    last: PageError | None = None
    impressions = Impressions()
    gone: list[int] = []
    asked = 0
    for link in waiting:
        if in_a_row >= _ENOUGH_FAILURES:
            break
        asked += link.article_id is not None
        try:
            recorded = await read_one(source, state.id, link, until, tools, impressions)
        except PageError as error:
            last = error
            counts = _settled(replace(counts, failed=counts.failed + 1), link, last_link)
            if _is_removal(link, error):
                gone.append(link.id)  # an answer, not a failure: the others are asked
            else:
                in_a_row += error.trouble is not Trouble.DOUBTFUL
            if error.trouble is Trouble.OURS:
                break
        else:
            counts = _counted(counts, link, recorded, last_link)
            in_a_row = 0
    if removed := believed(gone, asked):
        await tools.calls.write(tools.store.sources.record_gone, removed, tools.now())
    return WaitingRead(counts, last, impressions.repeats.noticed(), impressions.ruled, impressions.unruled)


async def read_one(
    source: Source, source_id: int, link: WaitingLink, until: float, tools: Tools, impressions: Impressions | None = None
) -> Recorded | None:
    """Read one link and write down what it is; None where the server says that it is as it was.

    Raises PageError where it can't be had or read; that is written down too. `until`: when its documents have taken long enough, by the
    loop's clock. `impressions`: of the pages that were read before it at this look.
    """
    until_then = None if is_read_back(link) else tools.now() + tools.lease
    await tools.calls.write(tools.store.sources.begin_reading, source_id, link.id, until_then)
    try:
        return await _read_link(source, source_id, link, until, tools, impressions)
    except asyncio.CancelledError:
        await tools.calls.write(tools.store.sources.postpone_link, link.id, link.again_at)
        raise
    except PageError as error:
        await _record_failure(source, link, error, tools)
        raise


def _is_removal(link: WaitingLink, error: PageError) -> bool:
    return link.article_id is not None and error.trouble is Trouble.GONE


def is_read_back(link: WaitingLink) -> bool:
    """Whether the back-fill reads it, which goes on beside the looks and holds no source."""
    return link.backfilled and link.article_id is None


async def _record_failure(source: Source, link: WaitingLink, error: PageError, tools: Tools) -> None:
    _log.warning("link failed", source=source.name, url=shown_address(link.link.url), reason=error.words)
    if error.trouble is Trouble.OURS:
        await tools.calls.write(tools.store.sources.postpone_link, link.id, tools.now() + source.cadence.retry_first)
        return
    # whether a page is gone for good is asked when an edit would have been: it may be missing for minutes while others are worked on
    again = None if _is_removal(link, error) else retry_link(source.cadence, link.tries, error, link.first_seen_at, tools.now())
    if again is None and link.article_id is not None:
        again = look_again(source.cadence, link.first_seen_at, tools.now())
    await tools.calls.write(tools.store.sources.record_link_failure, link.id, error.words, again)


async def _read_link(
    source: Source, source_id: int, waiting: WaitingLink, until: float, tools: Tools, impressions: Impressions | None
) -> Recorded | None:
    again_at = look_again(source.cadence, waiting.first_seen_at, tools.now())
    if waiting.link.whole is not None:
        # the list is its page: an edit shows there
        sighting = seen_at(waiting.link, source.family, waiting.link.whole)
        return await _record(source, source_id, waiting, LinkRead(waiting.id, Validators(), None), sighting, tools)
    try:
        fetched = await _fetched(source, waiting, tools)
    except PageError as error:
        if error.trouble is not Trouble.TOO_LARGE or not waiting.link.title or not is_document_address(waiting.link.url):
            raise
        # a publication as well, of which its title can be told
        sighting = seen_at(waiting.link, source.family, untold(waiting.link, waiting.link.url, error.words))
        return await _record(source, source_id, waiting, LinkRead(waiting.id, Validators(), again_at), sighting, tools)
    if fetched.not_modified:
        await tools.calls.write(tools.store.sources.record_unchanged, waiting.id, again_at)
        return None
    sighting, page = await _sighting(source, waiting, fetched, tools, impressions)
    hashed = sighting.fingerprint.content_hash
    if waiting.article_id is None and impressions is not None and impressions.repeats.is_repeated(waiting.link, hashed):
        raise PageError(Trouble.DOUBTFUL, "other links, of other names, lead to the very same text; it may be a notice")
    if not is_document(page):
        sighting = await _with_texts(source, source_id, waiting, sighting, until, tools)
    unread = any(attachment.error for attachment in sighting.content.attachments)
    # «not modified» would keep the documents from being tried again
    validators = Validators() if unread else Validators(page.etag, page.last_modified)
    return await _record(source, source_id, waiting, LinkRead(waiting.id, validators, again_at), sighting, tools)


async def _fetched(source: Source, waiting: WaitingLink, tools: Tools) -> Page:
    """The page, or the document, that a link leads to. Raises PageError."""
    limit = tools.document_max if is_document_address(waiting.link.url) else None
    return await tools.fetch(source, waiting.link.url, waiting.validators if waiting.article_id else None, body_limit=limit)


async def _record(source: Source, source_id: int, waiting: WaitingLink, read: LinkRead, sighting: Sighting, tools: Tools) -> Recorded:
    recorded = await tools.calls.write(
        tools.store.articles.record,
        sighting,
        Identity(),
        tools.now(),
        source_id=source_id,
        link=replace(read, burst="" if waiting.article_id else waiting.burst),
        baseline=waiting.baseline and waiting.article_id is None,
        seen_at=_seen_at(waiting, sighting) if waiting.backfilled else None,
    )
    if waiting.article_id is None or recorded.revision:
        told = {"article": recorded.article_id, "revision": recorded.revision, "state": recorded.state, "why": recorded.why}
        _log.info("read", source=source.name, **told, url=shown_address(waiting.link.url))
    return recorded


def _seen_at(waiting: WaitingLink, sighting: Sighting) -> datetime:
    """When a publication of the back-fill counts as first seen: when it was published, but before what the first look showed."""
    published = sighting.content.published
    if published is None:
        return waiting.first_seen_at
    moment = published if isinstance(published, datetime) else datetime.combine(published, datetime.min.time(), UTC)
    return min(moment, waiting.first_seen_at)


async def _sighting(
    source: Source, waiting: WaitingLink, page: Page, tools: Tools, impressions: Impressions | None
) -> tuple[Sighting, Page]:
    """What the page shows, unless it is likely to be something else for a while."""
    link = waiting.link
    if is_document(page):
        lane = tools.children.lane(f"{source.name}, documents", tools.document_deadline)
        return await lane.run(read_document_sighting, page, source.site, source.family, link, tools.now()), page
    doubt = waiting.tries < (_DOUBTED_AGAIN if waiting.article_id else _DOUBTED_AT_FIRST)
    read, page = await tools.read(
        source, page, read_page, source.site, source.family, link, tools.now(), doubt=doubt and not waiting.article_id
    )
    if doubt and waiting.article_id and not is_what_was_listed(link, read.sighting.content):
        verdict = await tools.calls.read(tools.store.articles.identify, read.sighting, Identity())
        if verdict.article_id is None:
            words = f"the page says nothing of article {waiting.article_id} any more; it may be a notice of works"
            raise PageError(Trouble.DOUBTFUL, words)
    if impressions is not None:
        impressions.ruled += read.by_rules is True
        impressions.unruled += read.by_rules is False
    return read.sighting, page


async def _with_texts(source: Source, source_id: int, waiting: WaitingLink, sighting: Sighting, until: float, tools: Tools) -> Sighting:
    """The sighting with the texts of its attachments."""
    found = sighting.content.attachments
    if not found:
        return sighting
    known = await tools.calls.read(tools.store.articles.attachments, waiting.article_id) if waiting.article_id else []
    held = None if is_read_back(waiting) else source_id
    attachments = tuple(await read_documents(source, held, found, known, until, tools))
    return replace(sighting, content=replace(sighting.content, attachments=attachments))


def _counted(counts: LookCounts, link: WaitingLink, recorded: Recorded | None, last_link: int | None) -> LookCounts:
    if recorded is None:
        return counts
    if recorded.state is LinkState.NEW:
        return _settled(replace(counts, new=counts.new + 1), link, last_link)
    if recorded.state is LinkState.BASELINE:
        return _settled(replace(counts, baseline=counts.baseline + 1), link, last_link)
    counts = replace(counts, revised=counts.revised + (recorded.revision is not None))
    # a link looked at again was counted as known when it was seen
    return counts if link.article_id else _settled(replace(counts, known=counts.known + 1), link, last_link)


def _settled(counts: LookCounts, link: WaitingLink, last_link: int | None) -> LookCounts:
    """The same with one link fewer that waits, or one more of earlier looks."""
    if last_link is not None and link.id > last_link:
        return replace(counts, waiting=counts.waiting - 1)
    return replace(counts, earlier=counts.earlier + 1)
