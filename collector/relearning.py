"""New rules for a definition that fits no more, learnt from what is stored: a proposal for the operator, never used by itself."""

from __future__ import annotations

from datetime import datetime

import structlog

from collector.address import shown_address
from collector.learning import KnownListing, KnownPage, as_toml, propose
from collector.page import Page, PageError
from collector.sites import Site
from collector.tools import Source, Tools
from storage.model import SourceState, Way

_log = structlog.get_logger("vestnik.poll")
_EXAMPLES = 5
"""Known publications whose pages are asked for once more: what two of them have in common may be chance."""
_LINKS = 50
"""Known links by which the rows of a list are told, as many as the longest common lists show."""


async def proposal(source: Source, state: SourceState, ways: tuple[Way, ...], before: datetime, tools: Tools) -> str:
    """Rules that find on today's pages what is known of them, as TOML for the operator's own definition; empty where none were learnt.

    `before`: publications seen until then were read while the old rules fitted.
    """
    known = await tools.calls.read(tools.store.finding.examples, state.id, before, _EXAMPLES)
    pages = [KnownPage(page, one.title, one.text, one.published) for one in known if (page := await _page(source, one.url, tools))]
    listing = await _listing(source, state, ways, tools)
    if not pages and listing is None:
        return ""
    try:
        return await tools.children.lane(source.name).run(learnt, pages, source.site, tools.now(), listing)
    except PageError as error:
        _log.warning("no rules learnt", source=source.name, reason=error.words)
        return ""


def learnt(pages: list[KnownPage], site: Site, now: datetime, listing: KnownListing | None) -> str:
    """The child's part of it."""
    made = propose(pages, site, now, listing)
    return as_toml(made) if made is not None else ""


async def _listing(source: Source, state: SourceState, ways: tuple[Way, ...], tools: Tools) -> KnownListing | None:
    way = next((way for way in ways if way.kind == "listing"), None)
    page = await _page(source, way.url, tools) if way is not None else None
    if page is None:
        return None
    return KnownListing(page, tuple(await tools.calls.read(tools.store.finding.latest_links, state.id, _LINKS)))


async def _page(source: Source, url: str, tools: Tools) -> Page | None:
    try:
        return await tools.fetch(source, url)
    except PageError as error:
        _log.warning("not learnt from", source=source.name, url=shown_address(url), reason=error.words)
        return None
