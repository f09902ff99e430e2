"""Reading the links that wait: each is fetched, read, identified and recorded by itself, so a broken one never stops the others."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import structlog

from collector.address import shown_address
from collector.cadence import look_again, retry_link
from collector.documents import PATIENCE, read_documents
from collector.health import is_what_was_listed
from collector.identity import Identity
from collector.page import Page, PageError, Trouble
from collector.reading import read_sighting
from collector.tools import Source, Tools
from storage.model import LinkRead, LinkState, LookCounts, Recorded, Sighting, SourceState, Validators, WaitingLink

_log = structlog.get_logger("vestnik.poll")
_ENOUGH_FAILURES = 3
_DOUBTED_AT_FIRST, _DOUBTED_AGAIN = 4, 8
"""Tries, over about a quarter of an hour and four hours, for which a page that is not what it should be is taken for a passing notice. A
list may call its publications what it likes, so the first reading must not wait for long; a known article can."""


async def read_waiting(source: Source, state: SourceState, tools: Tools, counts: LookCounts) -> LookCounts:
    """Read what is waiting. Where one page after another fails, the rest is left for the next look."""
    waiting = await tools.calls.read(tools.store.sources.waiting_links, state.id, tools.now(), source.reads_per_look)
    until = asyncio.get_running_loop().time() + PATIENCE
    in_a_row = 0
    for link in waiting:
        if in_a_row >= _ENOUGH_FAILURES:
            break
        await tools.calls.write(tools.store.sources.begin_reading, state.id, link.id, tools.now() + tools.lease)
        try:
            recorded = await _read_link(source, state.id, link, until, tools)
        except asyncio.CancelledError:
            await tools.calls.write(tools.store.sources.postpone_link, link.id, link.again_at)
            raise
        except PageError as error:
            counts = replace(counts, failed=counts.failed + 1)
            await _record_failure(source, link, error, tools)
            in_a_row += error.trouble is not Trouble.DOUBTFUL
            if error.trouble is Trouble.OURS:
                break
        else:
            counts = _counted(counts, link, recorded)
            in_a_row = 0
    return counts


async def _record_failure(source: Source, link: WaitingLink, error: PageError, tools: Tools) -> None:
    _log.warning("link failed", source=source.name, url=shown_address(link.link.url), reason=error.words)
    if error.trouble is Trouble.OURS:
        await tools.calls.write(tools.store.sources.postpone_link, link.id, tools.now() + source.cadence.retry_first)
        return
    again = retry_link(source.cadence, link.tries, error, link.first_seen_at, tools.now())
    if again is None and link.article_id is not None:
        again = look_again(source.cadence, link.first_seen_at, tools.now())
    await tools.calls.write(tools.store.sources.record_link_failure, link.id, error.words, again)


async def _read_link(source: Source, source_id: int, waiting: WaitingLink, until: float, tools: Tools) -> Recorded | None:
    """Read one link and record what it is; None where the server says that it is as it was.

    Raises PageError where it can't be had or read.
    """
    again_at = look_again(source.cadence, waiting.first_seen_at, tools.now())
    fetched = await tools.fetch(source, waiting.link.url, waiting.validators if waiting.article_id else None)
    if fetched.not_modified:
        await tools.calls.write(tools.store.sources.record_unchanged, waiting.id, again_at)
        return None
    sighting, page = await _sighting(source, waiting, fetched, tools)
    sighting = await _with_texts(source, source_id, waiting, sighting, until, tools)
    unread = any(attachment.error for attachment in sighting.content.attachments)
    # «not modified» would keep the documents from being tried again
    validators = Validators() if unread else Validators(page.etag, page.last_modified)
    recorded = await tools.calls.write(
        tools.store.articles.record,
        sighting,
        Identity(),
        tools.now(),
        source_id=source_id,
        link=LinkRead(waiting.id, validators, again_at),
        baseline=waiting.baseline and waiting.article_id is None,
    )
    if waiting.article_id is None or recorded.revision:
        told = {"article": recorded.article_id, "revision": recorded.revision, "state": recorded.state, "why": recorded.why}
        _log.info("read", source=source.name, **told, url=shown_address(waiting.link.url))
    return recorded


async def _sighting(source: Source, waiting: WaitingLink, page: Page, tools: Tools) -> tuple[Sighting, Page]:
    """What the page shows, unless it is likely to be something else for a while."""
    link = waiting.link
    doubt = waiting.tries < (_DOUBTED_AGAIN if waiting.article_id else _DOUBTED_AT_FIRST)
    sighting, page = await tools.read(
        source, page, read_sighting, source.site, source.family, link, tools.now(), doubt=doubt and not waiting.article_id
    )
    if doubt and waiting.article_id and not is_what_was_listed(link, sighting.content):
        verdict = await tools.calls.read(tools.store.articles.identify, sighting, Identity())
        if verdict.article_id is None:
            words = f"the page says nothing of article {waiting.article_id} any more; it may be a notice of works"
            raise PageError(Trouble.DOUBTFUL, words)
    return sighting, page


async def _with_texts(source: Source, source_id: int, waiting: WaitingLink, sighting: Sighting, until: float, tools: Tools) -> Sighting:
    """The sighting with the texts of its attachments."""
    found = sighting.content.attachments
    if not found:
        return sighting
    known = await tools.calls.read(tools.store.articles.attachments, waiting.article_id) if waiting.article_id else []
    attachments = tuple(await read_documents(source, source_id, found, known, until, tools))
    return replace(sighting, content=replace(sighting.content, attachments=attachments))


def _counted(counts: LookCounts, link: WaitingLink, recorded: Recorded | None) -> LookCounts:
    if recorded is None:
        return counts
    if recorded.state is LinkState.NEW:
        return replace(counts, new=counts.new + 1)
    if recorded.state is LinkState.BASELINE:
        return replace(counts, baseline=counts.baseline + 1)
    # a link looked at again was counted as known when it was seen
    return replace(counts, known=counts.known + (link.article_id is None), revised=counts.revised + (recorded.revision is not None))
