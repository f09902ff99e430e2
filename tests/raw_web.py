"""A web server on loopback that answers what a test wants, byte by byte."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_network

import pytest

from collector.fetch import Fetcher, Limits, Network
from collector.page import Page, PageError
from storage.model import Validators

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
LIMITS = Limits(deadline=10, body=1_000_000, redirects=3, pause=0, robots=False)
TEXT = "Связь. " * 500
BODY = TEXT.encode()

Handler = Callable[[asyncio.StreamWriter], Awaitable[None]]


class Web:
    """A server of raw answers. `events` is what happened, in order; `heads` the requests' head lines."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes | Handler] = {}
        self.events: list[str] = []
        self.heads: list[str] = []

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "0.0.0.0")
        self.port: int = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = head.split(" ")[1]
            self.heads.append(head)
            self.events.append(f"asked {path}")
            made = self.answers.get(path, NOT_FOUND)
            if isinstance(made, bytes):
                writer.write(made)
            else:
                await made(writer)
            self.events.append(f"answered {path}")
            await writer.drain()
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


@asynccontextmanager
async def raw_web() -> AsyncIterator[Web]:
    made = Web()
    await made.open()
    try:
        yield made
    finally:
        await made.close()


def answer(body: bytes = BODY, status: str = "200 OK", **headers: str) -> bytes:
    lines = {"Content-Type": "text/html", "Content-Length": str(len(body)), "Connection": "close"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body


NOT_FOUND = answer(b"", "404 Not Found")


async def get(url: str, allow: Sequence[Network] = LOOPBACK, limits: Limits = LIMITS, validators: Validators | None = None) -> Page:
    async with Fetcher("Vestnik-test", limits, allow) as fetcher:
        return await fetcher.get(url, validators)


async def trouble(url: str, **how: object) -> PageError:
    with pytest.raises(PageError) as raised:
        await get(url, **how)  # type: ignore[arg-type]
    return raised.value
