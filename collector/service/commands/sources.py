"""`collect` and `source list`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import asdict

from collector.child import Child
from collector.page import PageError
from collector.poll import Source, Tools, discover, look
from collector.service.app import ServiceError, fetcher_of, utc_now
from collector.service.commands import Config, Json, opened
from collector.service.logs import set_up_logs
from collector.service.matching import Matching
from collector.service.mistakes import ConfigurationError, nearest
from collector.service.output import say, say_json, say_table, warn
from collector.service.parts import channels_of, sources_of, watches_of
from collector.service.settings import Settings
from collector.service.threads import Threads
from notify.match import Matcher
from storage.model import LookCounts, SourceState
from storage.store import Store


def collect(*names: str, dry_run: bool = False, json: Json = False, config: Config = None) -> None:
    """Look once at sources now, due or not, and match what they show; what is owed is sent by the running service.

    Parameters
    ----------
    names
        Sources by their names; all of them where none is given.
    dry_run
        Only show the links that would be read; nothing is written.
    """
    with opened(config) as (settings, store):
        set_up_logs(settings.service.log, "warning")
        sources = sources_of(settings)
        unknown = [name for name in names if name not in sources]
        if unknown:
            raise ConfigurationError([f"there is no source {name!r}{nearest(name, list(sources))}" for name in unknown])
        chosen = {name: source for name, source in sources.items() if not names or name in names}
        failed = asyncio.run(_collect(settings, store, chosen, dry_run=dry_run, as_json=json))
    if failed:
        raise ServiceError(f"{failed} of {len(chosen)} sources could not be read")


def list_(*, json: Json = False, config: Config = None) -> None:
    """Every source: when it was last read, or why it can't be."""
    with opened(config) as (settings, store):
        store.sources.enrol(sources_of(settings), utc_now())
        states = store.sources.states(settings.source)
        links = {state.name: store.sources.link_states(state.id) for state in states}
    if json:
        for state in states:
            say_json(asdict(state) | {"links": links[state.name]})
        return
    say_table((state.name, f"{state.articles} articles", _links(links[state.name]), _condition(state)) for state in states)


async def _collect(settings: Settings, store: Store, sources: dict[str, Source], *, dry_run: bool, as_json: bool) -> int:
    """How many sources could not be read."""
    store.sources.enrol(sources, utc_now())
    threads = Threads(one_writer=store.database.is_sqlite)
    network = settings.network
    async with AsyncExitStack() as stack:
        stack.callback(threads.close)
        child = Child(network.reading_deadline.total_seconds(), network.reading_memory)
        stack.callback(child.close)
        fetcher = await stack.enter_async_context(fetcher_of(network))
        tools = Tools(store, threads, fetcher, child, utc_now, settings.service.lease)
        if dry_run:
            return sum([await _show(source, tools, as_json=as_json) for source in sources.values()])
        failed = sum([await _look(source, tools, as_json=as_json) for source in sources.values()])
        await Matching(store, threads, Matcher(watches_of(settings)), channels_of(settings), utc_now).tick()
    return failed


async def _look(source: Source, tools: Tools, *, as_json: bool) -> bool:
    """Whether it failed."""
    claimed = tools.store.sources.claim_due([source.name], utc_now(), tools.lease, 1, even_if_not_due=True)
    if not claimed:
        warn(f"{source.name}: the running service is looking at it at this moment")
        return False
    counts = await look(source, claimed[0], tools)
    (state,) = tools.store.sources.states([source.name])
    if as_json:
        say_json({"source": source.name, "error": state.error} | asdict(counts))
    elif state.error:
        warn(f"{source.name}: {state.error}")
    else:
        say(f"{source.name}: {_told(counts)}")
    return bool(state.error)


async def _show(source: Source, tools: Tools, *, as_json: bool) -> bool:
    (state,) = tools.store.sources.states([source.name])
    try:
        shown = await discover(source, state, tools, conditional=False)
    except PageError as error:
        warn(f"{source.name}: {error}")
        return True
    known = tools.store.sources.known_keys(state.id, [link.key for link in shown.links])
    for link in shown.links:
        if as_json:
            say_json({"source": source.name, "known": link.key in known} | asdict(link))
        else:
            say(f"{'known' if link.key in known else 'new  '}  {link.published or '----------'!s:.10}  {link.title}  {link.url}")
    return False


def _told(counts: LookCounts) -> str:
    return ", ".join(f"{value} {name}" for name, value in asdict(counts).items() if value or name == "seen")


def _links(states: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in sorted(states.items())) or "no links"


def _condition(state: SourceState) -> str:
    if state.error:
        return f"can't be read: {state.error}"
    return f"last read {state.last_good_at:%Y-%m-%d %H:%M} UTC" if state.last_good_at else "not looked at yet"
