"""`source add`, `source remove` and `source held`: what is made by hand, and kept in the database."""

from __future__ import annotations

import asyncio
import json as json_format
import re
from contextlib import AsyncExitStack

from pydantic import ValidationError

from collector.address import credentials_of, host_of, is_web_address, link_key, shown_address
from collector.discover.survey import survey
from collector.extract.article import read_article
from collector.page import PageError
from collector.service.app import ServiceError, utc_now
from collector.service.catalogue import Catalogue
from collector.service.commands import Config, Json, opened
from collector.service.commands.sources import check_names
from collector.service.equipment import open_tools
from collector.service.logs import set_up_logs
from collector.service.mistakes import ConfigurationError
from collector.service.output import say, say_json
from collector.service.parts import source_of
from collector.service.settings import Settings, SourceTable
from collector.service.threads import Threads
from collector.tools import Source
from collector.ways import ways_found
from storage.model import Link, Way
from storage.store import Store


def add(
    url: str, *, name: str = "", page: bool = False, every: str = "", backfill: str = "", json: Json = False, config: Config = None
) -> None:
    """Find how a site publishes, and watch it from now on. What it shows at its first look is known, and not alerted.

    Parameters
    ----------
    url
        A page that lists publications, a feed, a sitemap, a Telegram channel, or one page whose changes matter.
    name
        What to call it; by default its host.
    page
        Watch the page at the address itself, whatever it lists: its changes are its revisions.
    every
        The time between two looks, such as 30m.
    backfill
        How far to read back, silently, such as 30d; 0s for not at all.
    """
    table = {key: value for key, value in {"url": url, "every": every, "backfill": backfill}.items() if value}
    if is_web_address(url) and credentials_of(url) is not None:
        raise ConfigurationError(["url: a password is not kept in the database; write the source into the configuration, as [source.NAME]"])
    with opened(config) as (settings, store):
        set_up_logs(settings.service.log, "error")
        catalogue = Catalogue(settings, store)
        called = _name(name, url, catalogue)
        source = source_of(called, _checked(table), settings)
        ways, why = asyncio.run(_found(source, settings, store, page=page))
        store.finding.define(called, json_format.dumps(table), ways, utc_now())
    if json:
        say_json({"source": called, "ways": ways, "why": why})
        return
    say(f"{called} is watched from now on: by its {ways[0].kind} {shown_address(ways[0].url)}")
    say(why)
    if len(ways) > 1:
        say(f"checked daily by its {ways[1].kind} {shown_address(ways[1].url)}")


def remove(name: str, *, config: Config = None) -> None:
    """No longer watch a source that was added by `source add`. What it published is kept."""
    with opened(config) as (settings, store):
        catalogue = Catalogue(settings, store)
        check_names([name], catalogue)
        if catalogue.is_configured(name):
            raise ConfigurationError([f"[source.{name}] stands in the configuration; take it out there"])
        store.finding.define(name, None, (), utc_now())
    say(f"{name} is not watched any more; what it published is kept")


def held(name: str, *, release: bool = False, refuse: bool = False, json: Json = False, config: Config = None) -> None:
    """Links of a source that are held, as many old or undated ones appeared at once. They are read by themselves after a while.

    Parameters
    ----------
    release
        Read them now.
    refuse
        Never read them.
    """
    if release and refuse:
        raise ConfigurationError(["--release and --refuse say opposite things; give one of them"])
    with opened(config) as (settings, store):
        check_names([name], Catalogue(settings, store))
        states = store.sources.states([name])
        links = store.finding.held(states[0].id) if states else []
        if links and (release or refuse):
            store.finding.judge_held(states[0].id, utc_now(), release=release)
    for link in links:
        if json:
            say_json({"url": link.url, "title": link.title, "published": link.published})
        else:
            say(f"{link.published or '----------'!s:.10}  {link.title}  {link.url}")
    if not json:
        say(f"{len(links)} links {'released' if release else 'refused' if refuse else 'held'}")


async def _found(source: Source, settings: Settings, store: Store, *, page: bool) -> tuple[tuple[Way, ...], str]:
    """The ways into a source, and why these. Raises ServiceError where there is none."""
    threads = Threads(one_writer=store.database.is_sqlite)
    url = source.site.url
    async with AsyncExitStack() as stack:
        stack.callback(threads.close)
        tools = await open_tools(stack, settings, store, threads, utc_now, archive=False)
        try:
            if page:
                fetched = await tools.fetch(source, url)
                await tools.read(source, fetched, read_article, source.site, Link(url, link_key(url)), utc_now())
                return (Way("page", url),), "the page itself is watched; its changes are its revisions"
            found = await survey(source, tools, url)
            return ways_found(found), found.why
        except PageError as error:
            raise ServiceError(f"{shown_address(url)}: {error}; `vestnik source probe` tells what was tried") from None


def _checked(table: dict[str, str]) -> SourceTable:
    try:
        return SourceTable.model_validate(table)
    except ValidationError as error:
        raise ConfigurationError(
            [f"{mistake['loc'][0] if mistake['loc'] else 'source'}: {mistake['msg']}" for mistake in error.errors()]
        ) from None


def _name(wanted: str, url: str, catalogue: Catalogue) -> str:
    """The name for a new source: the one that is wanted, else its host, with its path where that is taken."""
    if wanted:
        if wanted in catalogue:
            raise ConfigurationError([f"there is a source {wanted!r} already; choose another name, or remove that one first"])
        return wanted
    host = host_of(url).replace(":", "-") or "source"
    path = re.sub(r"[^\w.-]+", "-", re.sub(r"^\w+://[^/]*", "", url)).strip("-.")[:60]
    names = [host, f"{host}-{path}", *(f"{host}-{number}" for number in range(2, 1000))]
    return next(name for name in names if name not in catalogue and not name.endswith("-"))
