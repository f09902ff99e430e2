"""Vestnik's side of `bench.smoke`, as the service does it: `main(TASK)` prints its `Reported`.

Every host is a source. All are looked at at once: their links are written down, then each page is fetched, read in a child process,
identified and recorded, in the order and with the commits that keep a crash from losing anything. Nothing is left out but the pause
between two requests to a host.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import structlog

from bench.site import raise_file_limit
from bench.smoke_task import LISTED, Reported, Task, within
from collector.address import family_of, host_of, link_key, name_of
from collector.cadence import Cadence
from collector.child import Children
from collector.fetch import DIRECT, Access, Fetcher, Limits
from collector.page import Page, PageError, Trouble
from collector.poll import look
from collector.reading import read_sighting
from collector.service.threads import Threads
from collector.sites import EntryPoint, ListingRules, Site, plain_site
from collector.tools import Source, Tools
from storage.model import Link, LinkState, SourceState, Validators
from storage.store import Store, open_store

_LEASE = timedelta(minutes=5)
_WARM = b"<!doctype html><title>A page for the start</title><h1>A page for the start</h1>" + b"<p>It says little, in many words.</p>" * 20


class LocalFetcher(Fetcher):
    """Asks nobody but this machine: real pages link to documents that stand elsewhere."""

    async def get(self, url: str, validators: Validators | None = None, access: Access = DIRECT, *, body_limit: int | None = None) -> Page:
        try:
            local = ip_address(name_of(url)).is_loopback
        except ValueError:
            local = False
        if not local:
            raise PageError(Trouble.REFUSED, "it stands elsewhere")
        return await super().get(url, validators, access, body_limit=body_limit)


@dataclass(slots=True)
class TimedCalls:
    """The way to the store, noting when a link's turn came and when it was committed."""

    threads: Threads
    began: dict[int, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)

    async def read(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return await self.threads.read(function, *args, **kwargs)

    async def write(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if function.__name__ == "begin_reading":
            self.began[args[1]] = time.perf_counter()
        result = await self.threads.write(function, *args, **kwargs)
        if function.__name__ == "record":
            self.took.append(time.perf_counter() - self.began[kwargs["link"].id])
        return result


def sources_of(task: Task) -> dict[str, Source]:
    rules = ListingRules(container=LISTED, row=f"{LISTED} li", link="a[href]")
    made = {}
    for url in task.front_pages():
        host = host_of(url)
        site = Site(host, url, (host,), (EntryPoint("listing", ""),), listing=(rules,))
        made[host] = Source(host, site, family_of(host, [host]), Cadence())
    return made


@contextmanager
def opened(task: Task) -> Iterator[tuple[Store, Threads, Children]]:
    store = open_store(f"sqlite:///{task.folder / 'vestnik.db'}", datetime.now(UTC))
    threads, children = Threads(one_writer=True, together=store.database.together), Children(5, 200_000_000)  # as by default
    try:
        yield store, threads, children
    finally:
        children.close()
        threads.close()
        store.close()


async def read_all(task: Task) -> Reported:
    sources = sources_of(task)
    with opened(task) as (store, threads, children):
        store.sources.enrol(sources, datetime.now(UTC))
        calls = TimedCalls(threads)
        await _start(children)
        async with LocalFetcher("Vestnik-bench/1.0", Limits(pause=0), [ip_network("127.0.0.0/8")]) as fetcher:
            tools = Tools(store, calls, fetcher, children, lambda: datetime.now(UTC), _LEASE)
            began, spent = time.perf_counter(), _processor()
            async with asyncio.TaskGroup() as looks:
                for state in store.sources.claim_due(list(sources), tools.now(), _LEASE, len(sources)):
                    looks.create_task(_look(sources[state.name], state, tools))
            seconds, spent = time.perf_counter() - began, _processor() - spent
        counts = [store.sources.link_states(state.id) for state in store.sources.states()]
        stored = sum(count.get(LinkState.BASELINE, 0) + count.get(LinkState.KNOWN, 0) for count in counts)
        refused = sum(count.get(LinkState.FAILED, 0) for count in counts)
        return Reported(stored, refused, seconds, within(calls.took), spent, _memory())


async def _look(source: Source, state: SourceState, tools: Tools) -> None:
    """Look until no link waits: three broken pages in a row end a look."""
    await look(source, state, tools)
    while await tools.calls.read(_never_tried, tools.store, state.id):
        await look(source, state, tools)


def _never_tried(store: Store, source_id: int) -> int:
    return store.sources.link_states(source_id).get(LinkState.WAITING, 0)


async def _start(children: Children) -> None:
    """Both children, before the clock runs: the service has them from its first look on."""
    url = "http://127.0.0.1/"
    site, page, link = plain_site("start", url, ("127.0.0.1",)), Page(url, url, "text/html", _WARM), Link(url, link_key(url))
    family = family_of("start", ["127.0.0.1"])
    lanes = [children.lane(name) for name in ("first", "second")]
    await asyncio.gather(*(lane.run(read_sighting, page, site, family, link, datetime.now(UTC), doubt=False) for lane in lanes))


def _processes() -> list[Path]:
    return [Path("/proc") / process for process in ("self", *(str(child.pid) for child in active_children()))]


def _memory() -> int:
    """The peaks of all, which need not have been at one time."""
    status = [line for process in _processes() for line in (process / "status").read_text(encoding="utf-8", errors="replace").splitlines()]
    return sum(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))


def _processor() -> float:
    """Seconds in user and system mode (proc(5), stat), counted after the name, which may hold anything."""
    fields = [(process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split() for process in _processes()]
    return sum(int(ticks) for process in fields for ticks in process[11:13]) / os.sysconf("SC_CLK_TCK")


def main(task: str) -> None:
    """Not run by `-m`: the children would import this module too, which those of the service need not."""
    raise_file_limit()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    print(asyncio.run(read_all(Task.from_text(task))).as_text())
