"""Servers that take their time, and servers that never stop."""

from __future__ import annotations

import itertools
import os

from collector.page import Trouble
from hostile.case import LISTING, PAGE, Case, Handler, Visit, chunk, ends, head

_LATE = ends(Trouble.TEMPORARY)
_DRIP = 0.2
"""Seconds between two bytes: each comes sooner than any patience for a single read ends."""
_TOO_MUCH = ends(Trouble.TOO_LARGE, Trouble.TEMPORARY, Trouble.INCOMPLETE, Trouble.UNREADABLE)
_HTML = "Content-Type: text/html; charset=utf-8"
_CHUNKED = head(_HTML, "Transfer-Encoding: chunked")


async def hang_at_once(visit: Visit) -> None:
    await visit.hang()


def then_hang(start: bytes) -> Handler:
    async def answer(visit: Visit) -> None:
        await visit.send(start)
        await visit.hang()

    return answer


def dripping(start: bytes, drops: bytes) -> Handler:
    """The start, then the drops one by one, again and again."""

    async def answer(visit: Visit) -> None:
        await visit.send(start)
        await visit.send_for_ever((bytes([drop]) for drop in itertools.cycle(drops)), _DRIP)

    return answer


def endless(start: bytes, again: bytes) -> Handler:
    async def answer(visit: Visit) -> None:
        await visit.send(start)
        await visit.send_for_ever(itertools.repeat(again))

    return answer


async def half_closed(visit: Visit) -> None:
    """It says that it will say no more, in the middle of an answer, and keeps listening."""
    await visit.send(head(_HTML, f"Content-Length: {len(LISTING)}") + LISTING[:100])
    visit.writer.write_eof()
    await visit.hang()


async def endless_numbered_headers(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\n")
    await visit.send_for_ever(b"".join(b"X-%d: %d\r\n" % (n, n) for n in range(start, start + 1000)) for start in itertools.count(0, 1000))


async def deaf(visit: Visit) -> None:
    """It answers with much, and reads nothing of what it is told: a visitor that asks again on the same connection waits."""
    await visit.send(PAGE.replace(b"Connection: close\r\n", b""))
    await visit.hang()


SLOW = (
    Case("hangs before the answer", hang_at_once, _LATE),
    Case("hangs in the status line", then_hang(b"HTTP/1.1 20"), _LATE),
    Case("hangs in the headers", then_hang(b"HTTP/1.1 200 OK\r\nContent-Type: text/ht"), _LATE),
    Case("hangs after the headers", then_hang(head(_HTML, "Content-Length: 1000")), _LATE),
    Case("hangs in the body", then_hang(head(_HTML, "Content-Length: 1000000") + LISTING), _LATE),
    Case("hangs in a body without length", then_hang(head(_HTML) + LISTING), _LATE),
    Case("hangs before the last chunk", then_hang(_CHUNKED + chunk(LISTING)), _LATE),
    Case("hangs after the greeting of another protocol", then_hang(b"SSH-2.0-OpenSSH_9.2\r\n"), _TOO_MUCH, speaks_first=True),
    Case("slow status line", dripping(b"HTTP/1.1 200 ", b"O"), _LATE),
    Case("slow headers", dripping(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"), _LATE),
    Case("slow header line", dripping(b"HTTP/1.1 200 OK\r\nX: ", b"y"), _LATE),
    Case("slow body", dripping(head(_HTML, "Content-Length: 1000000"), b"<p>"), _LATE),
    Case("slow chunks", dripping(_CHUNKED, b"1\r\nx\r\n"), _LATE),
    Case("slow zeros in the size of a chunk", dripping(_CHUNKED, b"0"), _LATE | ends(Trouble.INCOMPLETE)),
    Case("half closed", half_closed, ends(Trouble.INCOMPLETE)),
    Case("keeps the connection and is deaf from then on", deaf, _LATE | ends(None), links=_LATE | ends(None), text="порядок"),
    Case("no connection can be made", b"", _LATE, accepts=False),
)

ENDLESS = (
    Case("endless body", endless(head(_HTML), b"<p>x" * 4096), ends(Trouble.TOO_LARGE)),
    Case("endless chunks", endless(_CHUNKED, chunk(b"<p>x" * 4096)), ends(Trouble.TOO_LARGE)),
    Case("endless small chunks", endless(_CHUNKED, chunk(b"x") * 4096), ends(Trouble.TOO_LARGE, Trouble.TEMPORARY)),
    Case("endless noise", endless(head(), os.urandom(65536)), ends(Trouble.TOO_LARGE)),
    Case("endless headers", endless(b"HTTP/1.1 200 OK\r\n", b"X-Again: and again\r\n" * 100), _TOO_MUCH),
    Case("endless numbered headers", endless_numbered_headers, _TOO_MUCH),
    Case("endless header line", endless(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 4096), _TOO_MUCH),
    Case("endless name of a header", endless(b"HTTP/1.1 200 OK\r\n", b"y" * 4096), _TOO_MUCH),
    Case("endless folded header", endless(b"HTTP/1.1 200 OK\r\nX: y\r\n", b" and more\r\n" * 400), _TOO_MUCH),
    Case("endless words of the status", endless(b"HTTP/1.1 200 ", b"O" * 4096), _TOO_MUCH),
    Case("endless cookies", endless(b"HTTP/1.1 200 OK\r\n", b"Set-Cookie: a=b; Path=/\r\n" * 200), _TOO_MUCH),
    Case("endless empty lines", endless(b"", b"\r\n" * 4096), _TOO_MUCH),
    Case("endless continues", endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 200), _TOO_MUCH),
    Case("endless early hints", endless(b"", head("Link: </a.css>; rel=preload", status="103 Early Hints") * 100), _TOO_MUCH),
    Case("endless extension of a chunk", endless(_CHUNKED + b"1;", b"x" * 4096), _TOO_MUCH),
    Case("endless zeros in the size of a chunk", endless(_CHUNKED, b"0" * 4096), _TOO_MUCH),
    Case("endless trailers", endless(_CHUNKED + chunk(LISTING) + b"0\r\n", b"X-Again: and again\r\n" * 100), _TOO_MUCH),
    Case("endless answers to one question", endless(b"", PAGE.replace(b"Connection: close\r\n", b"")), ends(None, Trouble.INCOMPLETE)),
)

CASES = (*SLOW, *ENDLESS)
