"""`source probe`: how a site publishes, found by one address of it, without keeping anything."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from collector.address import is_web_address
from collector.discover.choice import Found
from collector.discover.survey import Survey, survey
from collector.extract.article import read_article
from collector.page import PageError
from collector.service.app import ServiceError, utc_now
from collector.service.commands import Config, Json, opened
from collector.service.equipment import open_tools
from collector.service.logs import set_up_logs
from collector.service.mistakes import ConfigurationError
from collector.service.output import say, say_json
from collector.service.parts import extracted, source_of, sources_of
from collector.service.settings import Settings, SourceTable
from collector.service.threads import Threads
from collector.tools import Source, Tools
from storage.model import Content, Link
from storage.store import Store

_TITLES = 3
_LETTERS = 200
"""Of a text: enough to see whether it begins with the publication or with a menu."""
_WAY_OUT = (
    "give the address of a page that lists publications, or of a feed; or write rules for the site, "
    "which `vestnik source record` and `vestnik source test` help with"
)
_NAMES = {
    "feed": "feed", "sitemap": "sitemap", "listing": "list", "json": "list in JSON", "nodes": "range of numbers", "page": "page by itself"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sample:
    """The newest publication of the chosen way, as it would be read; or why it can't be."""

    link: Link
    content: Content | None
    error: str = ""


def probe(url: str, *, json: Json = False, config: Config = None) -> None:
    """Show every way in which a site's publications can be learnt of, which would be taken, and how its newest one would be read.

    Nothing is kept. Exit status 1 if no way was found.

    Parameters
    ----------
    url
        Any address of the site: its front page, a section, a feed, a channel's page.
    """
    with opened(config) as (settings, store):
        if not is_web_address(url):
            raise ConfigurationError([f"{url[:200]!r} is no web address; write one such as 'https://example.org/news'"])
        set_up_logs(settings.service.log, "warning")
        try:
            made, sample = asyncio.run(_probe(settings, store, url))
        except PageError as error:
            raise ServiceError(f"{url} can't be read: {error.words}") from None
    if json:
        say_json(_told(url, made, sample))
    else:
        for line in _lines(made, sample):
            say(line)
    if made.chosen is None:
        raise ServiceError(f"no way to the publications of {url} was found: {_WAY_OUT}")


async def _probe(settings: Settings, store: Store, url: str) -> tuple[Survey, _Sample | None]:
    source = source_at(url, settings)
    threads = Threads(one_writer=store.database.is_sqlite)
    async with AsyncExitStack() as stack:
        stack.callback(threads.close)
        tools = await open_tools(stack, settings, store, threads, utc_now, archive=False)
        made = await survey(source, tools, source.site.url)
        return made, await _sample(source, tools, made.chosen) if made.chosen is not None else None


def source_at(url: str, settings: Settings) -> Source:
    """A source of which the address alone is known, reached as the configured one with the same host is: its proxy, its headers."""
    plain = source_of("probe", SourceTable(url=url), settings)
    known = next((source for source in sources_of(settings).values() if source.family.holds(url)), None)
    return plain if known is None else replace(plain, access=known.access, site=replace(plain.site, zone=known.site.zone))


async def _sample(source: Source, tools: Tools, chosen: Found) -> _Sample | None:
    if not chosen.links:
        return None
    link = _newest_first(chosen)[0]
    if link.whole is not None:
        return _Sample(link, link.whole)
    try:
        page = await tools.fetch(source, link.url)
        reading, _ = await tools.read(source, page, read_article, source.site, link, tools.now())
    except PageError as error:
        return _Sample(link, None, error.words)
    return _Sample(link, reading.content)


def _newest_first(found: Found) -> list[Link]:
    """In its own order, where it tells no dates."""
    return sorted((link for link in found.links if link.published), key=_moment, reverse=True) or list(found.links)


def _moment(link: Link) -> datetime:
    """For ordering alone: a day is as good as its beginning."""
    published = link.published
    return published if isinstance(published, datetime) else datetime.combine(published or date.min, time(), UTC)


def _shown(published: date | None) -> str:
    if isinstance(published, datetime):
        return published.isoformat(" ", "minutes")
    return str(published) if published is not None else "undated"


# --- words ------------------------------------------------------------------------------------------------------------------------------


def _lines(made: Survey, sample: _Sample | None) -> Iterator[str]:
    for found in made.found:
        yield from _way(found)
        yield ""
    if made.chosen is None:
        yield f"nothing chosen: {made.why}"
        return
    yield f"chosen: the {_NAMES[made.chosen.kind]} {made.chosen.url}"
    yield f"why: {made.why}"
    second = made.second
    yield f"checked once a day by: the {_NAMES[second.kind]} {second.url}" if second is not None else "checked by: nothing else was found"
    if sample is not None:
        yield ""
        yield from _read(sample)


def _way(found: Found) -> Iterator[str]:
    yield f"{_NAMES[found.kind]}  {found.url}"
    if found.how:
        yield f"  {found.how}"
    if found.error:
        yield f"  gives nothing: {found.error}"
        return
    newest = _newest_first(found)
    dated = sum(link.published is not None for link in found.links)
    yield f"  {len(found.links)} entries, {dated} of them dated{f', the newest {_shown(newest[0].published)}' if dated else ''}"
    if found.next_page:
        yield f"  older ones: {found.next_page}"
    for link in newest[:_TITLES]:
        yield f"    {_shown(link.published)}  {link.title or link.url}"


def _read(sample: _Sample) -> Iterator[str]:
    content = sample.content
    if content is None:
        yield f"its newest publication {sample.link.url} can't be read: {sample.error}"
        return
    yield "its newest publication, as it would be read:"
    yield f"  {content.title}"
    yield f"  {_shown(content.published)}, {sample.link.url}"
    yield f"  {_beginning(content.text)}"


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LETTERS else f"{words[:_LETTERS]}…"


# --- JSON -------------------------------------------------------------------------------------------------------------------------------


def _told(url: str, made: Survey, sample: _Sample | None) -> dict[str, object]:
    read: dict[str, object] | None = None
    if sample is not None:
        read = {"url": sample.link.url, "error": sample.error} | (extracted(sample.content) if sample.content is not None else {})
    return {
        "url": url,
        "ways": [_told_way(found) for found in made.found],
        "chosen": _named(made.chosen),
        "second": _named(made.second),
        "why": made.why,
        "newest": read,
    }


def _named(found: Found | None) -> dict[str, str] | None:
    return {"kind": found.kind, "url": found.url} if found is not None else None


def _told_way(found: Found) -> dict[str, object]:
    newest = _newest_first(found)
    dated = [link.published for link in newest if link.published]
    return {
        "kind": found.kind,
        "url": found.url,
        "how": found.how,
        "error": found.error,
        "entries": len(found.links),
        "dated": len(dated),
        "newest": dated[0] if dated else None,
        "next_page": found.next_page,
        "sample": [{"title": link.title, "published": link.published, "url": link.url} for link in newest[:_TITLES]],
    }
