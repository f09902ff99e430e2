"""The words in which hostile behaviour is described: a case, a visit, and what an answer is put together from."""

from __future__ import annotations

import asyncio
import ssl
import struct
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from socket import SO_LINGER, SOL_SOCKET

import trustme

from collector.page import Trouble

Ending = Trouble | None
"""What an attempt ends in; None: nothing is wrong, it is had."""
HAD: frozenset[Ending] = frozenset({None})
TITLES = tuple(f"Министерство утвердило порядок оказания услуг связи № {number}" for number in range(1, 6))
PARAGRAPH = "Документ вступает в силу с первого дня следующего месяца и касается всех операторов электросвязи страны. "


@dataclass(slots=True)
class Visit:
    """One connection to a case, its request read already (unless the case speaks first)."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    path: str
    port: int
    """Of the site; canaries have the same one."""

    async def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.writer.write(piece)
            await self.writer.drain()

    async def send_for_ever(self, pieces: Iterable[bytes], pause: float = 0) -> None:
        """Until the visitor has had enough, which it shows by going."""
        for piece in pieces:
            await self.send(piece)
            await asyncio.sleep(pause)

    async def hang(self) -> None:
        """Say nothing more until the visitor goes."""
        while await self.reader.read(65536):
            pass

    def reset(self) -> None:
        """End the connection by RST."""
        self.writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Handler = Callable[[Visit], Awaitable[None]]
Secure = Callable[[trustme.CA, str], ssl.SSLContext]
"""How a server makes itself known: from the authority that visitors trust, and its own address."""


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile server."""

    name: str
    answer: bytes | Handler
    """Sent to each request, or what happens at a visit."""
    ends: frozenset[Ending] = HAD
    """What fetching its front page may end in."""
    reads: frozenset[Ending] = HAD
    """What reading that page as a list may end in, once it is had."""
    links: frozenset[Ending] = HAD
    """What fetching and reading the publications of that list may end in."""
    text: str = ""
    """What the page must hold, once it is had and decoded."""
    says: str = ""
    """A pattern that the words of the error match."""
    robots: bytes | Handler | None = None
    """Its robots.txt, where that is hostile too; none by default."""
    secure: Secure | None = None
    https: bool = False
    """Its address begins with https: true without `secure` where it can't speak TLS."""
    speaks_first: bool = False
    """It doesn't wait for a request."""
    accepts: bool = True
    """False: connections to it are never made."""

    @property
    def slug(self) -> str:
        """The name as that of a source in the configuration."""
        return "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in self.name)


def ends(*troubles: Ending) -> frozenset[Ending]:
    return frozenset(troubles)


def head(*lines: str, status: str = "200 OK") -> bytes:
    """Status line and header lines, with the empty line after them."""
    return "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", *lines, "")).encode("latin-1", "replace")


def whole(body: bytes, *lines: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """A complete answer, the connection closed after it."""
    return head(f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close", *lines, status=status) + body


def chunk(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(body), body)


def listing_page(titles: Iterable[str] = TITLES, meta: str = "") -> str:
    """A list of publications as any site has it, each at an address of its own."""
    rows = "".join(f'<div class="row"><h3><a href="/n/{number}">{title}</a></h3></div>\n' for number, title in enumerate(titles, 1))
    return f"<!DOCTYPE html><html><head>{meta}<title>Новости</title></head><body><main>\n{rows}</main></body></html>"


def article_page(title: str, meta: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head>{meta}<title>{title}</title></head><body><main><article><h1>{title}</h1>"
        f"<p>{PARAGRAPH * 3}</p><p>{PARAGRAPH * 2}</p></article></main></body></html>"
    )


LISTING = listing_page().encode()
PAGE = whole(LISTING)


def site_page(path: str, meta: str = "") -> str:
    """The list, or the publication that one of its links leads to."""
    number = path.removeprefix("/n/")
    return article_page(TITLES[int(number) - 1], meta) if number.isdecimal() else listing_page(meta=meta)
