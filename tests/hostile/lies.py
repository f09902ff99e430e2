"""Answers that say what is not so, break off, or are no HTTP; and every status that is no page."""

from __future__ import annotations

import asyncio
import os

from collector.page import Trouble
from hostile.case import LISTING, PAGE, Case, Visit, chunk, ends, head, whole

_HTML = "Content-Type: text/html; charset=utf-8"
_NO_HTTP = ends(Trouble.INCOMPLETE)
_EITHER = ends(None, Trouble.INCOMPLETE, Trouble.TOO_LARGE, Trouble.UNREADABLE)
"""Readers differ on what is a page still; none may hang or crash."""
_BROKEN_OFF = ends(Trouble.INCOMPLETE, Trouble.TEMPORARY)
_CHUNKED = head(_HTML, "Transfer-Encoding: chunked")


async def reset_at_once(visit: Visit) -> None:
    visit.reset()


async def reset_in_headers(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nContent-Ty")
    visit.reset()


async def reset_in_body(visit: Visit) -> None:
    await visit.send(head(_HTML, "Content-Length: 1000000") + LISTING)
    await asyncio.sleep(0.05)  # so that something of it arrives before the reset discards what is under way
    visit.reset()


def _length(value: str) -> bytes:
    return head(_HTML, f"Content-Length: {value}", "Connection: close") + LISTING


BROKEN_OFF = (
    Case("reset at once", reset_at_once, _BROKEN_OFF, speaks_first=True),
    Case("reset before the answer", reset_at_once, _BROKEN_OFF),
    Case("reset in the headers", reset_in_headers, _BROKEN_OFF),
    Case("reset in the body", reset_in_body, _BROKEN_OFF),
    Case("closes without a word", b"", _BROKEN_OFF),
    Case("closes in the headers", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", _BROKEN_OFF),
    Case("shorter than its length", _length(str(len(LISTING) + 1)), ends(Trouble.INCOMPLETE)),
    Case("length of a terabyte", _length(str(10**12)), ends(Trouble.INCOMPLETE, Trouble.TOO_LARGE)),
    Case("chunk breaks off", _CHUNKED + chunk(LISTING)[:-100], ends(Trouble.INCOMPLETE)),
    Case("last chunk is missing", _CHUNKED + chunk(LISTING), ends(Trouble.INCOMPLETE)),
)

LENGTHS = (
    Case("longer than its length", _length(str(len(LISTING) - 100)), _EITHER),
    Case("length below zero", _length("-1"), _EITHER),
    Case("length in words", _length("many"), _EITHER),
    Case("length of a hundred digits", _length("9" * 100), _EITHER),
    Case("length with an underscore", _length("1_000"), _EITHER),
    Case("two different lengths", head(_HTML, f"Content-Length: {len(LISTING)}", "Content-Length: 5") + LISTING, _EITHER),
    Case("length and chunks", head(_HTML, "Content-Length: 5", "Transfer-Encoding: chunked") + chunk(LISTING) + b"0\r\n\r\n", _EITHER),
    Case("chunk larger than all numbers", _CHUNKED + b"FFFFFFFFFFFFFFFFF\r\n" + LISTING, _EITHER),
    Case("chunk of 2^63 bytes", _CHUNKED + b"8000000000000000\r\n" + LISTING, _EITHER),
    Case("chunk below zero", _CHUNKED + b"-5\r\n" + LISTING, _EITHER),
    Case("chunk without a number", _CHUNKED + b"pieces\r\n" + LISTING, _EITHER),
    Case("chunked twice", head(_HTML, "Transfer-Encoding: chunked, chunked") + chunk(LISTING) + b"0\r\n\r\n", _EITHER),
    Case("transferred as nobody knows", head(_HTML, "Transfer-Encoding: snow", "Connection: close") + LISTING, _EITHER),
    Case("transferred as gzip that is none", head(_HTML, "Transfer-Encoding: gzip, chunked") + chunk(LISTING) + b"0\r\n\r\n", _EITHER),
)

HEADERS = (
    Case("header line of 1 MB", head(_HTML, "X: " + "y" * 1_000_000, "Connection: close") + LISTING, _EITHER),
    Case("10,000 header lines", head(_HTML, *(f"X-{n}: {n}" for n in range(10_000)), "Connection: close") + LISTING, _EITHER),
    Case("5,000 cookies", whole(LISTING, *(f"Set-Cookie: c{n}={n}; Path=/; Domain=.by" for n in range(5000))), _EITHER),
    Case("content type of 60 KB", whole(LISTING, kind="text/html; " + "a=b; " * 12_000), _EITHER),
    Case("charset of 60 KB", whole(LISTING, kind="text/html; charset=" + "u" * 60_000), _EITHER),
    Case("header with a zero byte", whole(LISTING, "X: a\0b"), _EITHER),
    Case("header without a colon", whole(LISTING, "this is no header"), _EITHER),
    Case("header with a bare line feed", whole(LISTING, "X: a\nY: b"), _EITHER),
    Case("header that nothing can decode", head(_HTML, "Connection: close")[:-2] + b"X: \xff\xfe\x80\r\n\r\n" + LISTING, _EITHER),
    Case("etag of 60 KB", whole(LISTING, 'ETag: "' + "e" * 60_000 + '"'), _EITHER),
    Case("two content types", whole(LISTING, "Content-Type: image/png"), _EITHER),
    Case("asks to wait for 10^400 seconds", whole(b"", f"Retry-After: 1{'0' * 400}", status="503 Busy"), ends(Trouble.TEMPORARY)),
)

OTHER_PROTOCOLS = (
    Case("page without headers", LISTING, _NO_HTTP),
    Case("greeting of ssh", b"SSH-2.0-OpenSSH_9.2\r\n", _NO_HTTP, speaks_first=True),
    Case("greeting of a mail server", b"220 mail.example.org ESMTP\r\n", _NO_HTTP, speaks_first=True),
    Case("noise instead of HTTP", bytes([0x80]) + os.urandom(4096), _NO_HTTP),
    Case("zeros instead of HTTP", bytes(65536), _NO_HTTP),
    Case("HTTP of the future", PAGE.replace(b"HTTP/1.1", b"HTTP/9.9"), _NO_HTTP | ends(None)),
    Case("HTTP/2 unasked", bytes.fromhex("000000040000000000") * 10, _NO_HTTP),
    Case("status in words", PAGE.replace(b"200 OK", b"fine"), _NO_HTTP),
    Case("status of 40 digits", PAGE.replace(b"200", b"2" * 40), _NO_HTTP | ends(Trouble.TEMPORARY)),
    Case("answers as if it were asked by another protocol", head("Upgrade: websocket", status="101 Switching"), _BROKEN_OFF),
)

_STATUSES = {
    Trouble.GONE: ("404 Not Found", "410 Gone"),
    Trouble.BLOCKED: (
        "401 Unauthorized",
        "403 Forbidden",
        "407 Proxy",
        "429 Too Many",
        "451 Legal Reasons",
        "999 Request denied",
    ),
    Trouble.TEMPORARY: (
        "204 No Content",
        "205 Reset",
        "206 Partial Content",
        "300 Choices",
        "304 Not Modified",
        "418 Teapot",
        "500 Oh",
        "503 Busy",
        "599 No",
    ),
}
STATUSES = tuple(
    Case(
        f"status {status}",
        head("Connection: close", status=status) if status[:3] in {"204", "304"} else whole(LISTING, status=status),
        ends(trouble),
        says=status[:3],
    )
    for trouble, statuses in _STATUSES.items()
    for status in statuses
)

CASES = (*BROKEN_OFF, *LENGTHS, *HEADERS, *OTHER_PROTOCOLS, *STATUSES)
