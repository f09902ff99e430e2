"""Where fetching goes and where it does not: redirects, private addresses, names, and one host's turn."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from ipaddress import ip_network

import pytest
from raw_web import BODY, LIMITS, LOOPBACK, Web, answer, raw_web, trouble

from collector.fetch import Fetcher, Network
from collector.page import Trouble

ONE = (ip_network("127.0.0.1/32"),)
# this machine, in the ways that IPv6 has of writing or translating an IPv4 address; and addresses of nobody
TRANSLATED = ("[64:ff9b:1::7f00:1]", "[2002:7f00:1::1]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]", "[fec0::1]", "[ff02::1]", "224.0.0.1")


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    async with raw_web() as made:
        yield made


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0x7f.1", "2130706433", "0177.0.0.1", "127.1", "0.0.0.0"])
async def test_loopback_is_refused_in_every_spelling_unless_it_is_allowed(web: Web, host: str) -> None:
    web.answers["/"] = answer()
    error = await trouble(web.url(host=host), allow=())
    assert error.trouble in {Trouble.REFUSED, Trouble.TEMPORARY}
    assert web.heads == []


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "192.168.1.1", "169.254.169.254", "[fd00::1]", "[64:ff9b::7f00:1]", "100.64.0.1", *TRANSLATED]
)
async def test_private_addresses_are_refused(host: str) -> None:
    assert (await trouble(f"http://{host}/", allow=())).trouble is Trouble.REFUSED


async def test_a_redirect_does_not_lead_to_a_private_address(web: Web) -> None:
    web.answers["/"] = answer(b"", "302 Found", Location=web.url("/secret", host="127.0.0.2"))
    web.answers["/secret"] = answer()
    assert (await trouble(web.url(), allow=ONE)).trouble is Trouble.REFUSED
    assert web.events == ["asked /", "answered /"]


@pytest.mark.parametrize("location", ["ftp://example.org/x", "file:///etc/passwd", "javascript:alert(1)", "http://["])
async def test_a_redirect_out_of_the_web_is_not_followed(web: Web, location: str) -> None:
    web.answers["/"] = answer(b"", "302 Found", Location=location)
    assert (await trouble(web.url())).trouble in {Trouble.REFUSED, Trouble.INCOMPLETE, Trouble.NAME}
    assert len(web.heads) == 1


async def test_redirects_come_to_an_end(web: Web) -> None:
    web.answers["/"] = answer(b"", "301 Moved", Location="/")
    error = await trouble(web.url())
    assert error.trouble is Trouble.TEMPORARY
    assert len(web.heads) == LIMITS.redirects + 1


@pytest.mark.parametrize(
    "url", ["", "mpt.gov.by", "ftp://example.org/", "file:///etc/passwd", "http://", "javascript:x", "http://a/" + "x" * 2000]
)
async def test_what_is_no_web_address_is_refused_without_asking_anyone(url: str) -> None:
    assert (await trouble(url)).trouble is Trouble.REFUSED


@pytest.mark.parametrize("host", ["nowhere.invalid", "a" * 64 + ".invalid", "a..invalid"])
async def test_a_name_that_nobody_knows_is_said_to_be_the_trouble(host: str) -> None:
    error = await trouble(f"http://{host}/")
    assert error.trouble is Trouble.NAME
    assert "host name" in str(error)


async def test_a_port_where_nobody_listens_is_temporary_trouble() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        error = await trouble(f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert error.trouble is Trouble.TEMPORARY
    assert "no connection" in str(error)


async def test_a_server_that_speaks_no_tls_is_temporary_trouble() -> None:
    async def plain(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"", "400 Bad Request"))
        writer.close()

    async with await asyncio.start_server(plain, "127.0.0.1") as server:
        error = await trouble(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
    assert error.trouble is Trouble.TEMPORARY
    assert "secure" in str(error)


@pytest.mark.parametrize("allow", [(), LOOPBACK])
async def test_an_error_names_no_address_within_the_network(allow: Sequence[Network]) -> None:
    assert "127." not in str(await trouble("http://127.0.0.1:1/", allow=allow))


async def test_a_host_is_asked_one_thing_at_a_time(web: Web) -> None:
    async def unhurried(writer: asyncio.StreamWriter) -> None:
        for _ in range(100):
            await asyncio.sleep(0)  # the other request could come now
        writer.write(answer())

    web.answers |= {"/a": unhurried, "/b": unhurried}
    async with Fetcher("Vestnik-test", LIMITS, LOOPBACK) as fetcher:
        await asyncio.gather(fetcher.get(web.url("/a")), fetcher.get(web.url("/b")))
    assert web.events == ["asked /a", "answered /a", "asked /b", "answered /b"]


async def test_hosts_do_not_wait_for_each_other(web: Web) -> None:
    other_was_asked = asyncio.Event()

    async def waits(writer: asyncio.StreamWriter) -> None:
        await other_was_asked.wait()
        writer.write(answer())

    async def tells(writer: asyncio.StreamWriter) -> None:
        other_was_asked.set()
        writer.write(answer())

    web.answers |= {"/a": waits, "/b": tells}
    async with Fetcher("Vestnik-test", LIMITS, LOOPBACK) as fetcher:
        pages = await asyncio.gather(fetcher.get(web.url("/a")), fetcher.get(web.url("/b", host="127.0.0.2")))
    assert [page.body for page in pages] == [BODY, BODY]


async def test_the_turn_passes_on_after_a_failure(web: Web) -> None:
    web.answers |= {"/a": b"", "/b": answer()}
    async with Fetcher("Vestnik-test", LIMITS, LOOPBACK) as fetcher:
        failed, page = await asyncio.gather(fetcher.get(web.url("/a")), fetcher.get(web.url("/b")), return_exceptions=True)
    assert type(failed).__name__ == "PageError"
    assert getattr(page, "body", None) == BODY
