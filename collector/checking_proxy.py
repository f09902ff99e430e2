"""The only way out for a browser: a proxy on loopback that decides on each address before it connects to it.

A page's scripts may ask for anything, so what they reach is decided here and not in the browser. A name is resolved once, and what is
connected to is the very address that was admitted: a name that changes its mind in between gains nothing. A tunnel carries TLS or
nothing, which keeps plain WebSockets and other protocols out of it.

It dials by itself, so a source that is read through a proxy of its own can't be rendered through this one.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from base64 import b64encode
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Self
from urllib.parse import urlsplit

from collector.names import resolve
from collector.page import PageError, Trouble

Admitted = Callable[[IPv4Address | IPv6Address], bool]

_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_HEAD_MOST = 65_536
_CHUNK = 65_536
_TLS_HANDSHAKE = 0x16
"""The first byte of every TLS connection (RFC 8446, 5.1)."""
_INTERIM_MOST = 5
_REMEMBERED = 200
# RFC 9110, 7.6.1, and what speaks to a proxy; `expect` would hold back a body that we are about to send anyway
_OF_ONE_HOP = frozenset({
    "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer", "upgrade"
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProxyLimits:
    """Of all that one page asks for."""

    total: int = 30_000_000
    """Bytes in both directions together."""
    connections: int = 24
    """At once; one more waits for its turn."""
    ports: frozenset[int] = frozenset({80, 443})
    connect: float = 10.0
    seconds: float = 30.0
    """That one connection may last."""


class _Refused(Exception):  # noqa: N818  (an answer, and no error of ours)
    """A request that is answered by ourselves."""

    def __init__(self, status: str, words: str, trouble: Trouble = Trouble.REFUSED) -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    host: str
    port: int
    path: str
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str:
        return next((value for known, value in self.headers if known.lower() == name), "")


_Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class CheckingProxy:
    """Use as an async context manager, one for each page. `username` and `password` are what it wants to hear from its browser alone."""

    def __init__(self, admitted: Admitted, limits: ProxyLimits) -> None:
        self._admitted = admitted
        self._limits = limits
        self._turns = asyncio.Semaphore(limits.connections)
        self._troubles: dict[tuple[str, int], PageError] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._spent = 0
        self.username = "vestnik"
        self.password = secrets.token_urlsafe(24)
        self.refusals: Counter[str] = Counter()
        """How often something was refused, by the reason in words."""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=_HEAD_MOST)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *exception: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    @property
    def exceeded(self) -> bool:
        """Whether more bytes were asked for than a page may have; nothing more is carried then."""
        return self._spent > self._limits.total

    def trouble_with(self, host: str, port: int) -> PageError | None:
        """Why this host was last not reached; None where it was, or nobody asked."""
        return self._troubles.get((_plain_host(host), port))

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  (a server's callback runs in one)
        self._tasks.add(task)
        try:
            with suppress(TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                async with self._turns, asyncio.timeout(self._limits.seconds):
                    await self._answer(reader, writer)
        except asyncio.CancelledError:
            if self._server.is_serving():  # not of our closing
                raise
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = self._request(await reader.readuntil(b"\r\n\r\n"))
            async with self._dialled(request) as theirs:
                if request.method == "CONNECT":
                    await self._tunnel((reader, writer), theirs)
                else:
                    await self._exchange(request, (reader, writer), theirs)
        except _Refused as refused:
            self.refusals[refused.words] += 1
            writer.write(_own_answer(refused))
            await writer.drain()

    def _request(self, head: bytes) -> _Request:
        line, *fields = head.decode("latin-1").rstrip("\r\n").split("\r\n")
        headers = tuple((name.strip(), value.strip()) for name, _, value in (field.partition(":") for field in fields))
        method, target = _method_and_target(line)
        request = _Request(method, *_place(method, target), headers)
        self._check(request)
        return request

    def _check(self, request: _Request) -> None:
        if not hmac.compare_digest(request.header("proxy-authorization").encode(), self._credential().encode()):
            raise _Refused("407 Proxy Authentication Required", "somebody else than the browser asked")
        if request.method not in {*_METHODS, "CONNECT"}:
            raise _Refused("403 Forbidden", "the method is none that reading needs")
        if request.header("upgrade") or request.header("transfer-encoding"):
            raise _Refused("403 Forbidden", "it is no plain request (a WebSocket, or a body without a length)")
        _length(request)
        if self.exceeded:
            raise _Refused("403 Forbidden", "the page has had all the bytes that a page may have", Trouble.TOO_LARGE)
        if request.port not in self._limits.ports:
            raise self._remembered(request, _Refused("403 Forbidden", "it leads to a port where no web site is expected"))

    def _credential(self) -> str:
        return f"Basic {b64encode(f'{self.username}:{self.password}'.encode()).decode()}"

    @asynccontextmanager
    async def _dialled(self, request: _Request) -> AsyncIterator[_Streams]:
        """A connection to the host's first admitted address that takes one."""
        addresses = await self._addresses(request)
        for address in addresses:
            try:
                async with asyncio.timeout(self._limits.connect):
                    # a literal address: nothing is resolved again
                    theirs = await asyncio.open_connection(str(address), request.port, limit=_HEAD_MOST)
            except OSError:  # TimeoutError is one
                continue
            self._troubles.pop((request.host, request.port), None)
            try:
                yield theirs
            finally:
                theirs[1].close()
            return
        raise self._remembered(request, _Refused("502 Bad Gateway", "no connection: refused or out of reach", Trouble.TEMPORARY))

    async def _addresses(self, request: _Request) -> list[IPv4Address | IPv6Address]:
        try:
            async with asyncio.timeout(self._limits.connect):
                found = await resolve(request.host, request.port)
        except OSError:
            raise self._remembered(request, _Refused("502 Bad Gateway", "its host name can't be resolved", Trouble.NAME)) from None
        admitted = [address for address in dict.fromkeys(ip_address(entry[4][0]) for entry in found) if self._admitted(address)]
        if not admitted:
            words = "it leads to a private address, which is not connected to; [network] allow admits networks"
            raise self._remembered(request, _Refused("403 Forbidden", words))
        return admitted

    def _remembered(self, request: _Request, refused: _Refused) -> _Refused:
        if len(self._troubles) < _REMEMBERED:
            self._troubles[request.host, request.port] = PageError(refused.trouble, refused.words)
        return refused

    async def _tunnel(self, ours: _Streams, theirs: _Streams) -> None:
        ours[1].write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        first = await ours[0].read(_CHUNK)
        if not first or first[0] != _TLS_HANDSHAKE:
            self.refusals["a tunnel was to carry something else than TLS"] += bool(first)
            return
        self._spend(first)
        theirs[1].write(first)
        await _first_of(self._carry(ours[0], theirs[1]), self._carry(theirs[0], ours[1]))

    async def _exchange(self, request: _Request, ours: _Streams, theirs: _Streams) -> None:
        """One request and its answer. A connection serves once, so that no second request can slip through to the first one's host."""
        theirs[1].write(_head(f"{request.method} {request.path} HTTP/1.1", request.headers))
        if length := _length(request):
            await self._carry(ours[0], theirs[1], length)
        head = await _final_head(theirs[0])
        self._spend(head)
        ours[1].write(head)
        # the browser sends nothing more; that its side ends tells that it has gone
        await _first_of(self._carry(theirs[0], ours[1]), ours[0].read(1))

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, length: int | None = None) -> None:
        while length is None or length > 0:
            chunk = await source.read(_CHUNK if length is None else min(length, _CHUNK))
            if not chunk or not self._spend(chunk):
                return
            target.write(chunk)
            await target.drain()
            length = None if length is None else length - len(chunk)

    def _spend(self, chunk: bytes) -> bool:
        """Count what passes; False where the page has had too much, and this connection is to end."""
        self._spent += len(chunk)
        return not self.exceeded


async def _first_of(*sides: Coroutine[Any, Any, object]) -> None:
    """Run both until one has ended, and end the other."""
    tasks = [asyncio.ensure_future(side) for side in sides]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _method_and_target(line: str) -> tuple[str, str]:
    parts = line.split(" ")
    if len(parts) != len(("GET", "http://example.org/", "HTTP/1.1")):
        raise _Refused("400 Bad Request", "it is no HTTP")
    return parts[0], parts[1]


def _place(method: str, target: str) -> tuple[str, int, str]:
    """Host, port and path of a target: `host:port` of CONNECT, else an absolute address."""
    try:
        parts = urlsplit(f"//{target}" if method == "CONNECT" else target)
        host, port = _plain_host(parts.hostname or ""), parts.port
    except ValueError:
        raise _Refused("400 Bad Request", "it leads to something that is no web address") from None
    if not host or (method == "CONNECT" and port is None) or (method != "CONNECT" and parts.scheme != "http"):
        raise _Refused("400 Bad Request", "it leads to something that is no web address")
    return host, 80 if port is None else port, f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


def _plain_host(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()


def _length(request: _Request) -> int:
    """Bytes of its body. Refuses what is no number."""
    value = request.header("content-length")
    if value and not (value.isascii() and value.isdecimal()):
        raise _Refused("400 Bad Request", "it is no HTTP")
    return int(value or 0)


async def _final_head(reader: asyncio.StreamReader) -> bytes:
    """The head of the answer proper, which tells the browser that this connection ends with it."""
    for _ in range(_INTERIM_MOST):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, *fields = head.rstrip("\r\n").split("\r\n")
        status = line.split(" ")[1:2]
        if status == ["101"]:
            break
        if not (status and status[0].startswith("1")):
            return _head(line, ((name, value.strip()) for name, _, value in (field.partition(":") for field in fields)))
    raise _Refused("502 Bad Gateway", "the server's answer is no plain one", Trouble.INCOMPLETE)


def _head(line: str, headers: Iterable[tuple[str, str]]) -> bytes:
    kept = [f"{name}: {value}" for name, value in headers if name.lower() not in _OF_ONE_HOP]
    return "\r\n".join((line, *kept, "Connection: close", "", "")).encode("latin-1")


def _own_answer(refused: _Refused) -> bytes:
    asking = 'Proxy-Authenticate: Basic realm="vestnik"\r\n' if refused.status.startswith("407") else ""
    return f"HTTP/1.1 {refused.status}\r\n{asking}Content-Length: 0\r\nConnection: close\r\n\r\n".encode()
