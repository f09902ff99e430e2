"""The proxy that decides on each address before it connects to it."""

from __future__ import annotations

import asyncio
import socket
import ssl
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

import pytest
import pytest_asyncio
import trustme

from collector.checking_proxy import CheckingProxy, ProxyLimits
from collector.page import Trouble

SITE = "127.0.0.2"
BODY = b"<p>\xd1\x81\xd0\xb2\xd1\x8f\xd0\xb7\xd1\x8c</p>"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: keep-alive\r\n\r\n" % len(BODY) + BODY
Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def admitted(address: IPv4Address | IPv6Address) -> bool:
    return address == ip_address(SITE)


class Site:
    def __init__(self) -> None:
        self.heads: list[str] = []
        self.bodies: list[bytes] = []
        self.connections = 0
        self.answer = ANSWER
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            self.heads.append(head)
            if "Content-Length: " in head:
                self.bodies.append(await reader.readexactly(int(head.partition("Content-Length: ")[2].split("\r\n")[0])))
            writer.write(self.answer)
            await writer.drain()
            await reader.read()  # a server that keeps its connections
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            pass
        finally:
            writer.close()


class World:
    """A site, a canary on the same port of a private address, and ways to ask for them."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self.site = Site()
        self.canary = Site()
        self._stack = stack

    async def open(self, tls: ssl.SSLContext | None = None) -> None:
        self.port = await self.listen(self.site.serve, SITE, 0, tls)
        await self.listen(self.canary.serve, "127.0.0.1", self.port)
        await self.listen(self.canary.serve, "::1", self.port)

    async def listen(self, handler: Handler, address: str, port: int, tls: ssl.SSLContext | None = None) -> int:
        server = await asyncio.start_server(handler, address, port, ssl=tls)
        self._stack.callback(server.close)
        opened: int = server.sockets[0].getsockname()[1]
        return opened

    async def proxy(self, **limits: Any) -> CheckingProxy:
        how = {"ports": frozenset({self.port})} | limits
        return await self._stack.enter_async_context(CheckingProxy(admitted, ProxyLimits(**how)))

    async def connect(self, proxy: CheckingProxy) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        self._stack.callback(writer.close)
        return reader, writer


@pytest_asyncio.fixture
async def world() -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        made = World(stack)
        await made.open()
        yield made


def request(proxy: CheckingProxy, line: str, *fields: str, password: str | None = None) -> bytes:
    word = f"{proxy.username}:{proxy.password if password is None else password}"
    return "\r\n".join((line, f"Proxy-Authorization: Basic {b64encode(word.encode()).decode()}", *fields, "", "")).encode()


async def ask(world: World, proxy: CheckingProxy, line: str, *fields: str, body: bytes = b"", password: str | None = None) -> bytes:
    reader, writer = await world.connect(proxy)
    writer.write(request(proxy, line, *fields, password=password) + body)
    head = await reader.readuntil(b"\r\n\r\n")
    length = next((int(field[16:]) for field in head.decode().split("\r\n") if field.startswith("Content-Length: ")), 0)
    return head + await reader.readexactly(length)


async def test_a_plain_page_is_handed_through(world: World) -> None:
    proxy = await world.proxy()
    answer = await ask(
        world, proxy, f"GET http://{SITE}:{world.port}/news?page=2 HTTP/1.1", f"Host: {SITE}:{world.port}", "Accept: text/html"
    )
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.endswith(BODY)
    [head] = world.site.heads
    assert head.startswith("GET /news?page=2 HTTP/1.1\r\n")
    assert "Accept: text/html" in head
    assert "Proxy-" not in head


async def test_one_connection_serves_one_request(world: World) -> None:
    """A second request on it would be for whom the first one was connected to, whatever address it names."""
    proxy = await world.proxy()
    reader, writer = await world.connect(proxy)
    first = request(proxy, f"GET http://{SITE}:{world.port}/ HTTP/1.1")
    writer.write(first + request(proxy, f"GET http://127.0.0.1:{world.port}/ HTTP/1.1"))
    answer = await reader.read()
    assert b"Connection: close" in answer or answer == b""
    assert len(world.site.heads) == 1
    assert world.canary.connections == 0


async def test_a_form_is_sent_with_its_words(world: World) -> None:
    proxy = await world.proxy()
    answer = await ask(world, proxy, f"POST http://{SITE}:{world.port}/search HTTP/1.1", "Content-Length: 5", body=b"q=abc")
    assert answer.endswith(BODY)
    assert world.site.bodies == [b"q=abc"]


async def test_a_secure_page_is_tunnelled_untouched(world: World) -> None:
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert(SITE).configure_cert(server)
    authority.configure_trust(client)
    secure = await world.listen(world.site.serve, SITE, 0, server)
    proxy = await world.proxy(ports=frozenset({secure}))
    reader, writer = await world.connect(proxy)
    writer.write(request(proxy, f"CONNECT {SITE}:{secure} HTTP/1.1"))
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
    await writer.start_tls(client, server_hostname=SITE)
    writer.write(b"GET / HTTP/1.1\r\n\r\n")
    assert await reader.readexactly(len(ANSWER)) == ANSWER


@pytest.mark.parametrize("method", ["CONNECT", "GET"])
@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "localhost", "LOCALHOST.", "0.0.0.0", "0x7f.1", "2130706433", "127.1", "[::ffff:127.0.0.1]", "[::]"]
)
async def test_a_private_address_is_not_connected_to_however_it_is_written(world: World, method: str, host: str) -> None:
    proxy = await world.proxy()
    target = f"{host}:{world.port}" if method == "CONNECT" else f"http://{host}:{world.port}/"
    answer = await ask(world, proxy, f"{method} {target} HTTP/1.1")
    assert answer.split()[1] in {b"403", b"502"}
    assert world.canary.connections == 0
    trouble = proxy.trouble_with(host, world.port)
    assert trouble is not None
    assert trouble.trouble in {Trouble.REFUSED, Trouble.NAME}
    assert "127" not in trouble.words
    assert proxy.refusals[trouble.words] == 1


async def test_a_name_is_resolved_once_and_what_was_admitted_is_connected_to(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that first names a public address and then a private one."""
    addresses = iter([SITE, "127.0.0.1", "127.0.0.1"])
    asked = []

    def lookup(host: str, port: int, *_how: object, **_named: object) -> list[Any]:
        if host != "rebinding.example":
            return real(host, port, *_how, **_named)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(addresses), port))]

    real: Callable[..., list[Any]] = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    proxy = await world.proxy()
    line = f"GET http://rebinding.example:{world.port}/ HTTP/1.1"
    assert (await ask(world, proxy, line)).endswith(BODY)
    assert asked == ["rebinding.example"]
    assert (await ask(world, proxy, line)).split()[1] == b"403"
    assert world.canary.connections == 0


async def test_of_several_addresses_only_the_admitted_ones_are_tried(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(host: str, port: int, *_how: object, **_named: object) -> list[Any]:
        addresses = ["127.0.0.1", SITE] if host == "both.example" else [host]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    assert (await ask(world, await world.proxy(), f"GET http://both.example:{world.port}/ HTTP/1.1")).endswith(BODY)
    assert world.canary.connections == 0


@pytest.mark.parametrize(
    ("line", "fields", "status"),
    [
        ("GET http://127.0.0.2:22/ HTTP/1.1", (), b"403"),
        ("CONNECT 127.0.0.2:25 HTTP/1.1", (), b"403"),
        ("TRACE http://127.0.0.2:PORT/ HTTP/1.1", (), b"403"),
        ("PUT http://127.0.0.2:PORT/ HTTP/1.1", ("Content-Length: 1",), b"403"),
        ("GET http://127.0.0.2:PORT/ HTTP/1.1", ("Upgrade: websocket", "Connection: Upgrade"), b"403"),
        ("POST http://127.0.0.2:PORT/ HTTP/1.1", ("Transfer-Encoding: chunked",), b"403"),
        ("POST http://127.0.0.2:PORT/ HTTP/1.1", ("Content-Length: -1",), b"400"),
        ("GET / HTTP/1.1", (), b"400"),
        ("GET https://127.0.0.2:PORT/ HTTP/1.1", (), b"400"),
        ("GET ftp://127.0.0.2:PORT/ HTTP/1.1", (), b"400"),
        ("GET http:// HTTP/1.1", (), b"400"),
        ("GET http://[::1/ HTTP/1.1", (), b"400"),
        ("GET http://127.0.0.2:99999/ HTTP/1.1", (), b"400"),
        ("CONNECT 127.0.0.2 HTTP/1.1", (), b"400"),
        ("nonsense", (), b"400"),
    ],
)
async def test_what_no_page_needs_is_refused(world: World, line: str, fields: tuple[str, ...], status: bytes) -> None:
    proxy = await world.proxy()
    answer = await ask(world, proxy, line.replace("PORT", str(world.port)), *fields)
    assert answer.split()[1] == status
    assert sum(proxy.refusals.values()) == 1
    assert world.site.heads == []


async def test_nobody_but_its_browser_may_use_it(world: World) -> None:
    proxy = await world.proxy()
    answer = await ask(world, proxy, f"GET http://{SITE}:{world.port}/ HTTP/1.1", password="guessed")
    assert answer.startswith(b"HTTP/1.1 407 ")
    assert b"\r\nProxy-Authenticate: Basic realm=" in answer
    assert world.site.connections == 0
    assert (await world.proxy()).password != proxy.password


async def test_a_tunnel_carries_nothing_but_tls(world: World) -> None:
    proxy = await world.proxy()
    reader, writer = await world.connect(proxy)
    writer.write(request(proxy, f"CONNECT {SITE}:{world.port} HTTP/1.1"))
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"GET /socket HTTP/1.1\r\nUpgrade: websocket\r\n\r\n")
    assert await reader.read() == b""
    assert world.site.heads == []


async def test_a_server_that_changes_the_protocol_is_not_followed(world: World) -> None:
    world.site.answer = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\nhello"
    answer = await ask(world, await world.proxy(), f"GET http://{SITE}:{world.port}/ HTTP/1.1")
    assert answer.startswith(b"HTTP/1.1 502 ")
    assert b"hello" not in answer


async def test_an_early_word_of_the_server_is_passed_over(world: World) -> None:
    world.site.answer = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + ANSWER
    answer = await ask(world, await world.proxy(), f"GET http://{SITE}:{world.port}/ HTTP/1.1")
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")


async def test_a_page_gets_so_many_bytes_and_no_more(world: World) -> None:
    size = 1_000_000
    world.site.answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size + b"x" * size
    proxy = await world.proxy(total=200_000)
    reader, writer = await world.connect(proxy)
    writer.write(request(proxy, f"GET http://{SITE}:{world.port}/ HTTP/1.1"))
    assert len(await reader.read()) < size
    assert proxy.exceeded
    assert (await ask(world, proxy, f"GET http://{SITE}:{world.port}/ HTTP/1.1")).split()[1] == b"403"


async def test_a_connection_that_says_nothing_is_closed(world: World) -> None:
    reader, _writer = await world.connect(await world.proxy(seconds=0.1))
    assert await reader.read() == b""


async def test_more_connections_than_allowed_wait_for_their_turn(world: World) -> None:
    proxy = await world.proxy(connections=1)
    _reader, silent = await world.connect(proxy)
    silent.write(b"GET ")
    waiting = asyncio.ensure_future(ask(world, proxy, f"GET http://{SITE}:{world.port}/ HTTP/1.1"))
    await asyncio.sleep(0)
    silent.close()
    assert (await waiting).endswith(BODY)


async def test_a_head_without_end_is_not_read_to_its_end(world: World) -> None:
    proxy = await world.proxy()
    reader, writer = await world.connect(proxy)
    writer.write(b"GET http://a/ HTTP/1.1\r\n" + b"X-A: b\r\n" * 20_000)
    with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
        await reader.readexactly(1)


async def test_a_name_that_is_none_and_a_silent_port_are_told_apart(world: World) -> None:
    proxy = await world.proxy(ports=frozenset({world.port, 9}))
    assert (await ask(world, proxy, f"GET http://nobody.invalid:{world.port}/ HTTP/1.1")).split()[1] == b"502"
    assert (await ask(world, proxy, f"GET http://{SITE}:9/ HTTP/1.1")).split()[1] == b"502"
    name, silent = proxy.trouble_with("nobody.invalid", world.port), proxy.trouble_with(SITE, 9)
    assert name is not None
    assert silent is not None
    assert (name.trouble, silent.trouble) == (Trouble.NAME, Trouble.TEMPORARY)


async def test_its_end_ends_what_it_carries(world: World) -> None:
    proxy = CheckingProxy(admitted, ProxyLimits())
    async with proxy:
        reader, _writer = await world.connect(proxy)
    with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
        await reader.readexactly(1)
