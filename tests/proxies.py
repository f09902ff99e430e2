"""Proxies on loopback that note what they are asked for and connect to a server of the test, whatever the name."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

USER, PASSWORD = "reader", "pa:ss"


class Proxy:
    """`asked` are the hosts and ports that it was to connect to."""

    def __init__(self, kind: str, target_port: int, *, wants_password: bool) -> None:
        self.kind = kind
        self.asked: list[str] = []
        self.port = 0
        self._target_port = target_port
        self._wants_password = wants_password

    @property
    def url(self) -> str:
        return f"{self.kind}://127.0.0.1:{self.port}"

    @property
    def url_with_password(self) -> str:
        return f"{self.kind}://{USER}:pa%3Ass@127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = await (self._socks(reader, writer) if self.kind.startswith("socks") else self._http(reader, writer))
            if head is not None:
                await self._through(head, reader, writer)
        await _close(writer)

    async def _http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes | None:
        head = await reader.readuntil(b"\r\n\r\n")
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        self.asked.append(target)
        password = base64.b64encode(f"{USER}:{PASSWORD}".encode())
        if self._wants_password and password not in head:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            return None
        if method != "CONNECT":
            return head.replace(f" {target} ".encode(), b" / ", 1)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        return b""

    async def _socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes | None:
        """RFC 1928 and 1929, names and IPv4 addresses alone."""
        methods = await reader.readexactly((await reader.readexactly(2))[1])
        if self._wants_password:
            writer.write(b"\x05\x02" if 2 in methods else b"\x05\xff")
            if 2 not in methods:
                return None
            user = await reader.readexactly((await reader.readexactly(2))[1])
            password = await reader.readexactly((await reader.readexactly(1))[0])
            good = (user.decode(), password.decode()) == (USER, PASSWORD)
            writer.write(b"\x01\x00" if good else b"\x01\x01")
            if not good:
                return None
        else:
            writer.write(b"\x05\x00")
        kind = (await reader.readexactly(4))[3]
        host = await reader.readexactly(4 if kind == 1 else (await reader.readexactly(1))[0])
        port = int.from_bytes(await reader.readexactly(2), "big")
        self.asked.append(f"{'.'.join(map(str, host)) if kind == 1 else host.decode()}:{port}")
        writer.write(b"\x05\x00\x00\x01\0\0\0\0\0\0")
        return b""

    async def _through(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_target, to_target = await asyncio.open_connection("127.0.0.1", self._target_port)
        to_target.write(head)
        # whichever side closes ends both: then the other's pump reads nothing more
        await asyncio.gather(_pump(reader, to_target), _pump(from_target, writer))


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while piece := await source.read(65536):
            sink.write(piece)
            await sink.drain()
    await _close(sink)


@asynccontextmanager
async def proxy(kind: str, target_port: int, *, wants_password: bool = False) -> AsyncIterator[Proxy]:
    made = Proxy(kind, target_port, wants_password=wants_password)
    serving: list[asyncio.Task[None]] = []
    server = await asyncio.start_server(lambda *streams: serving.append(asyncio.create_task(made.serve(*streams))), "127.0.0.1")
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        await asyncio.gather(*serving)
