"""Those who read the benchmark's site, each in a process of its own: `python -m bench.peers NAME TASK` reports as `Measured`.

vestnik    Fetcher as the service uses it: addresses checked, robots.txt honoured, certificates verified, eight at a time per host.
transport  What carries Fetcher, called by itself: what is between the two is the price of our own care.
httpx      A plain httpx.AsyncClient: what there would be without that transport.
"""

from __future__ import annotations

import asyncio
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from ipaddress import ip_network
from pathlib import Path

import aiohttp
import httpx
import httpx_aiohttp

from bench.site import PAGE_BYTES, raise_file_limit, take_core
from bench.task import Measured, Spent, Task, peak_memory
from collector.fetch import Access, Fetcher, Limits

Get = Callable[[str], Awaitable[int]]
"""Reads one page and tells its length."""


@asynccontextmanager
async def vestnik(task: Task) -> AsyncIterator[Get]:
    limits = Limits(pause=0, per_host=task.per_host, at_once=task.at_once)
    access = Access(ca=Path(task.ca))
    async with Fetcher("Vestnik-bench/1.0", limits, [ip_network("127.0.0.0/8")]) as fetcher:

        async def get(url: str) -> int:
            return len((await fetcher.get(url, access=access)).body)

        yield get


@asynccontextmanager
async def transport(task: Task) -> AsyncIterator[Get]:
    trusted = ssl.create_default_context(cafile=task.ca)
    connector = aiohttp.TCPConnector(limit=task.at_once, limit_per_host=task.per_host, ssl=trusted)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:
        carrier = httpx_aiohttp.AiohttpTransport(client=session)
        headers = {"User-Agent": "Vestnik-bench/1.0", "Accept-Encoding": "gzip"}

        async def get(url: str) -> int:
            response = await carrier.handle_async_request(httpx.Request("GET", url, headers=headers))
            try:
                return len(await response.aread())
            finally:
                await response.aclose()

        yield get


@asynccontextmanager
async def plain_httpx(task: Task) -> AsyncIterator[Get]:
    trusted = ssl.create_default_context(cafile=task.ca)
    # its own limits would close the connections to most of the hosts after each page, and now and then one that was just given out
    unlimited = httpx.Limits(keepalive_expiry=None)
    async with httpx.AsyncClient(verify=trusted, limits=unlimited, timeout=60, trust_env=False) as client:

        async def get(url: str) -> int:
            return len((await client.get(url)).content)

        yield get


async def read_all(task: Task, get: Get) -> Spent:
    """Every page once, whole, with as many readers as may be busy at once."""

    async def reader(urls: Iterator[str]) -> None:
        for url in urls:
            length = await get(url)
            if length != PAGE_BYTES:
                raise ValueError(f"{url} came with {length} bytes instead of {PAGE_BYTES}")

    waiting = iter(task.urls())
    before = Spent.so_far()
    async with asyncio.TaskGroup() as readers:
        for _ in range(task.at_once):
            readers.create_task(reader(waiting))
    return Spent.so_far() - before


async def measure(name: str, task: Task) -> Measured:
    async with PEERS[name](task) as get:
        first, *again = [await read_all(task, get) for _ in range(task.passes)]
        return Measured(task.pages, first, tuple(again), peak_memory())


PEERS = {"vestnik": vestnik, "transport": transport, "httpx": plain_httpx}

if __name__ == "__main__":
    raise_file_limit()
    take_core(site=False)
    print(asyncio.run(measure(sys.argv[1], Task.from_text(sys.argv[2]))).as_text())
