"""The site that `bench.smoke` reads: the real article pages, three times, spread over loopback hosts whose front pages list them.

A process of its own that writes ready-made answers, like `bench.site`, whose hosts it lends: so it is not what the readers wait for.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

from bench.quality.truth import samples
from bench.site import host_names, raise_file_limit
from bench.smoke_task import HOSTS, PAGES, PER_HOST

TIMES = 3
_MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n"


def answers() -> dict[tuple[str, str], bytes]:
    """By host and path."""
    pages = [(sample.told["title"], sample.body) for sample in samples("article")] * TIMES
    if len(pages) != PAGES:
        raise SystemExit(f"../shared/pages has {len(pages) // TIMES} article pages; this benchmark is made for {PAGES // TIMES}")
    made: dict[tuple[str, str], bytes] = {}
    for turn, host in enumerate(host_names(HOSTS)):
        listed = range(turn * PER_HOST, (turn + 1) * PER_HOST)
        rows = "".join(f'<li><a href="/news/{number}">{escape(pages[number][0])}</a></li>' for number in listed)
        front = f"<!doctype html><meta charset=utf-8><title>News</title><ul class=news>{rows}</ul>"
        made[host, "/"] = _answer(front.encode())
        made[host, "/robots.txt"] = _answer(b"User-agent: *\nDisallow: /search\n", "text/plain")
        made |= {(host, f"/news/{number}"): _answer(pages[number][1]) for number in listed}
    return made


def _answer(body: bytes, kind: str = "text/html") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


class _Connection(asyncio.Protocol):
    def __init__(self, made: dict[tuple[str, str], bytes]) -> None:
        self._made = made
        self._head = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._head += data
        while b"\r\n\r\n" in self._head:
            head, _, self._head = self._head.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode()
            host = self._transport.get_extra_info("sockname")[0]
            self._transport.write(self._made.get((host, path), _MISSING))


@contextmanager
def running_site() -> Iterator[int]:
    """The site until the block ends; the port at which all its hosts answer."""
    command = [sys.executable, "-m", "bench.smoke_site"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        yield int(json.loads(process.stdout.readline()))
        process.stdin.close()  # it ends with us, however we end


async def _serve() -> None:
    loop, made, ended = asyncio.get_running_loop(), answers(), asyncio.Event()
    server = await loop.create_server(lambda: _Connection(made), "0.0.0.0", 0, backlog=1024)
    print(json.dumps(server.sockets[0].getsockname()[1]), flush=True)
    loop.add_reader(sys.stdin, ended.set)
    await ended.wait()


if __name__ == "__main__":
    raise_file_limit()
    asyncio.run(_serve())
