"""Fetching: what is a page, and what is trouble. Against a real server on loopback."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from dataclasses import replace

import brotli
import pytest
from backports import zstd
from raw_web import BODY, Handler, Web, answer, get, raw_web, trouble

from collector.fetch import Limits
from collector.page import Page, Trouble
from storage.model import Validators


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    async with raw_web() as made:
        yield made


# --- whole answers ----------------------------------------------------------------------------------------------------------------------


async def test_a_page_comes_with_its_body_type_validators_and_the_address_after_redirects(web: Web) -> None:
    web.answers["/old"] = answer(b"", "302 Found", Location="/new")
    web.answers["/new"] = answer(ETag='"7"', Last_Modified="Fri, 20 Nov 2026 09:00:00 GMT")
    page = await get(web.url("/old"))
    assert ("etag", '"7"') in page.headers
    assert replace(page, headers=()) == Page(web.url("/old"), web.url("/new"), "text/html", BODY, '"7"', "Fri, 20 Nov 2026 09:00:00 GMT")
    assert "user-agent: vestnik-test" in web.heads[0].lower()


def brotlied(body: bytes) -> bytes:
    return bytes(brotli.compress(body))


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("", BODY),
        ("identity", BODY),
        ("gzip", gzip.compress(BODY)),
        ("x-gzip", gzip.compress(BODY)),
        ("deflate", zlib.compress(BODY)),
        ("deflate", raw_deflate(BODY)),
        ("gzip", gzip.compress(BODY[:1000]) + gzip.compress(BODY[1000:])),
        ("gzip", gzip.compress(BODY) + b"\0\0 what nobody reads"),
        ("br", brotlied(BODY)),
        ("BR", brotlied(BODY)),
        ("zstd", zstd.compress(BODY)),
        ("zstd", zstd.compress(BODY[:1000]) + b"\x50\x2a\x4d\x18\x04\0\0\0skip" + zstd.compress(BODY[1000:])),
        ("identity, gzip", gzip.compress(BODY)),
    ],
    ids=[
        "none",
        "identity",
        "gzip",
        "x-gzip",
        "zlib",
        "raw deflate",
        "two gzip members",
        "gzip and a rest",
        "brotli",
        "capitals",
        "zstd",
        "two zstd frames and one to skip",
        "one of two",
    ],
)
async def test_packed_bodies_are_unpacked(web: Web, encoding: str, packed: bytes) -> None:
    web.answers["/"] = answer(packed, Content_Encoding=encoding)
    assert (await get(web.url())).body == BODY


async def test_an_unchanged_page_is_said_to_be_so_when_it_was_asked_for_with_validators(web: Web) -> None:
    web.answers["/"] = answer(b"", "304 Not Modified", Content_Length="")
    page = await get(web.url(), validators=Validators('"7"', "Fri, 20 Nov 2026 09:00:00 GMT"))
    assert page.not_modified
    assert (page.etag, page.last_modified) == ('"7"', "Fri, 20 Nov 2026 09:00:00 GMT")
    assert 'if-none-match: "7"' in web.heads[0].lower()


async def test_an_unchanged_page_that_nobody_asked_about_is_an_error(web: Web) -> None:
    web.answers["/"] = answer(b"", "304 Not Modified", Content_Length="")
    assert (await trouble(web.url())).trouble is Trouble.TEMPORARY


@pytest.mark.parametrize("etag", ['"é"', '"\x01"', '"строка"'])
async def test_a_validator_that_no_header_can_hold_is_not_sent(web: Web, etag: str) -> None:
    web.answers["/"] = answer()
    assert (await get(web.url(), validators=Validators(etag))).body == BODY
    assert "if-none-match" not in web.heads[0].lower()


# --- statuses ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("404 Not Found", Trouble.GONE),
        ("410 Gone", Trouble.GONE),
        ("401 Unauthorized", Trouble.BLOCKED),
        ("403 Forbidden", Trouble.BLOCKED),
        ("429 Too Many Requests", Trouble.BLOCKED),
        ("451 Unavailable For Legal Reasons", Trouble.BLOCKED),
        ("999 Request Denied", Trouble.BLOCKED),
        ("503 Service Unavailable", Trouble.TEMPORARY),
        ("400 Bad Request", Trouble.TEMPORARY),
        ("500 Internal Server Error", Trouble.TEMPORARY),
        ("204 No Content", Trouble.TEMPORARY),
        ("206 Partial Content", Trouble.TEMPORARY),
        ("300 Multiple Choices", Trouble.TEMPORARY),
    ],
)
async def test_a_status_says_what_kind_of_trouble_it_is(web: Web, status: str, kind: Trouble) -> None:
    web.answers["/"] = answer(b"", status)
    error = await trouble(web.url())
    assert error.trouble is kind
    assert status in str(error)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("Fri, 20 Nov 2026 09:02:00 GMT", 120),
        ("Fri, 20 Nov 2026 08:00:00 GMT", 0),
        ("Fri, 20 Nov 2037 08:00:00 GMT", 86400),
        ("99999999999999999999999", 86400),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
        ("Fri, 20 Nov 2026 09:02:00 +99999999999999999999", None),
        ("Fri, 20 Nov 2026 09:02:00", None),
    ],
)
async def test_a_server_may_ask_to_wait_but_not_for_longer_than_a_day(web: Web, value: str, seconds: float | None) -> None:
    web.answers["/"] = answer(b"", "503 Busy", Retry_After=value, Date="Fri, 20 Nov 2026 09:00:00 GMT")
    assert (await trouble(web.url())).retry_after == seconds


# --- answers that break off, are too large or make no sense -------------------------------------------------------------------------------


async def reset(writer: asyncio.StreamWriter) -> None:
    writer.write(answer(Content_Length="1000000"))
    await writer.drain()
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        (answer(Content_Length=str(len(BODY) + 1)), {Trouble.INCOMPLETE}),
        (answer(gzip.compress(BODY)[:-9], Content_Encoding="gzip"), {Trouble.INCOMPLETE}),
        (answer(zlib.compress(BODY)[:-9], Content_Encoding="deflate"), {Trouble.INCOMPLETE}),
        (answer(gzip.compress(BODY) + gzip.compress(BODY)[:-9], Content_Encoding="gzip"), {Trouble.INCOMPLETE}),
        (answer(b"5\r\nabc", Content_Length="", Transfer_Encoding="chunked"), {Trouble.INCOMPLETE}),
        (reset, {Trouble.TEMPORARY, Trouble.INCOMPLETE}),
        (b"", {Trouble.INCOMPLETE}),
        (b"SSH-2.0-OpenSSH_9.2\r\n", {Trouble.INCOMPLETE}),
        (answer(b"not packed at all", Content_Encoding="gzip"), {Trouble.UNREADABLE}),
        (answer(brotlied(BODY)[:-9], Content_Encoding="br"), {Trouble.INCOMPLETE}),
        (answer(zstd.compress(BODY)[:-9], Content_Encoding="zstd"), {Trouble.INCOMPLETE}),
        (answer(zstd.compress(BODY) + zstd.compress(BODY)[:-9], Content_Encoding="zstd"), {Trouble.INCOMPLETE}),
        (answer(Content_Encoding="br"), {Trouble.UNREADABLE}),
        (answer(Content_Encoding="zstd"), {Trouble.UNREADABLE}),
        (answer(Content_Encoding="deflate"), {Trouble.UNREADABLE}),
        (answer(gzip.compress(b"") * 1001, Content_Encoding="gzip"), {Trouble.UNREADABLE}),
        (answer(Content_Encoding="compress"), {Trouble.UNREADABLE}),
        (answer(Content_Encoding="gzip, gzip"), {Trouble.UNREADABLE}),
        (answer(bytes(1_000_001)), {Trouble.TOO_LARGE}),
        (answer(bytes(1_000_001), Content_Length=""), {Trouble.TOO_LARGE}),
    ],
    ids=[
        "short", "cut gzip", "cut zlib", "cut second member", "cut chunk", "reset", "nothing", "no HTTP", "not gzip", "cut brotli",
        "cut zstd", "cut second frame", "not brotli", "not zstd", "not deflate", "a thousand members", "unknown packing",
        "twice packed", "large", "large without length",
    ],
)  # fmt: skip
async def test_an_answer_that_is_not_whole_is_never_a_page(web: Web, given: bytes | Handler, kinds: set[Trouble]) -> None:
    web.answers["/"] = given
    assert (await trouble(web.url())).trouble in kinds


PACKERS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotlied, "zstd": zstd.compress}


@pytest.mark.parametrize("encoding", PACKERS)
async def test_a_small_answer_that_unpacks_to_much_is_stopped_at_the_limit(web: Web, encoding: str) -> None:
    web.answers["/"] = answer(PACKERS[encoding](bytes(40_000_000)), Content_Encoding=encoding)
    tracemalloc.start()
    try:
        assert (await trouble(web.url())).trouble is Trouble.TOO_LARGE
        assert tracemalloc.get_traced_memory()[1] < 15_000_000
    finally:
        tracemalloc.stop()


async def test_an_answer_slower_than_the_deadline_is_given_up(web: Web) -> None:
    given_up = asyncio.Event()

    async def slow(writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"<p>", Content_Length="1000"))
        await given_up.wait()

    web.answers["/"] = slow
    error = await trouble(web.url(), limits=Limits(deadline=0.2, pause=0, robots=False))
    given_up.set()
    assert error.trouble is Trouble.TEMPORARY
    assert "0.2 s" in str(error)
