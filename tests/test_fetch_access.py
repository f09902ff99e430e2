"""Ways to a source that are its own: headers, passwords, cookies, proxies, certificates. What is meant for one site reaches no other."""

from __future__ import annotations

import asyncio
import base64
import socket
import ssl
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from proxies import proxy
from raw_web import BODY, LIMITS, LOOPBACK, Web, answer, raw_web

from collector.fetch import DIRECT, Access, Fetcher
from collector.page import Page, PageError, Trouble
from storage.model import Validators

SECRET = "top-secret-token"
KEY = (("X-Key", SECRET), ("Authorization", f"Bearer {SECRET}"), ("Cookie", f"session={SECRET}"))


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    async with raw_web() as made:
        made.answers["/"] = answer()
        made.answers["/here"] = answer()
        yield made


async def get(url: str, access: Access = DIRECT) -> Page:
    async with Fetcher("Vestnik-test", LIMITS, LOOPBACK) as fetcher:
        return await fetcher.get(url, access=access)


async def trouble(url: str, access: Access = DIRECT) -> PageError:
    with pytest.raises(PageError) as raised:
        await get(url, access)
    assert SECRET not in str(raised.value)
    assert "pa:ss" not in str(raised.value)
    return raised.value


# --- headers, passwords and cookies -------------------------------------------------------------------------------------------------------


async def test_a_sources_headers_are_sent_to_it(web: Web) -> None:
    await get(web.url(), Access(origin=web.url(""), headers=KEY))
    assert web.heads[0].count(SECRET) == 3


@pytest.mark.parametrize(
    "there",
    ["http://127.0.0.2:{port}/here", "http://localhost:{port}/here", "http://127.0.0.1:{other}/here"],
    ids=["another host", "another name of it", "another port"],
)
async def test_a_redirect_takes_a_sources_headers_nowhere_else(web: Web, there: str) -> None:
    async with raw_web() as other:
        other.answers["/here"] = answer()
        web.answers["/"] = answer(b"", "302 Found", Location=there.format(port=web.port, other=other.port))
        await get(web.url(), Access(origin=f"http://127.0.0.1:{web.port}", headers=KEY))
        heads = [*web.heads, *other.heads]
    assert [head.count(SECRET) for head in heads] == [3, 0]


async def test_a_sources_header_takes_the_place_of_ours_however_it_is_written(web: Web) -> None:
    await get(web.url(), Access(origin=web.url("").removesuffix("/"), headers=(("USER-AGENT", "Mine"),)))
    assert "user-agent: mine\r\n" in web.heads[0].lower()
    assert web.heads[0].lower().count("user-agent") == 1


async def test_validators_are_told_to_nobody_else(web: Web) -> None:
    web.answers["/"] = answer(b"", "302 Found", Location=web.url("/here", host="127.0.0.2"))
    async with Fetcher("Vestnik-test", LIMITS, LOOPBACK) as fetcher:
        await fetcher.get(web.url(), Validators('"7"'))
    assert ["if-none-match" in head.lower() for head in web.heads] == [True, False]


async def test_links_to_other_sites_are_asked_for_without_the_sources_headers(web: Web) -> None:
    await get(web.url(host="127.0.0.2"), Access(origin=f"http://127.0.0.1:{web.port}", headers=KEY))
    assert SECRET not in web.heads[0]


async def test_a_password_in_an_address_is_sent_to_nobody(web: Web) -> None:
    web.answers["/"] = answer(b"", "302 Found", Location=f"http://eve:{SECRET}@127.0.0.1:{web.port}/here")
    page = await get(f"http://me:{SECRET}@127.0.0.1:{web.port}/")
    token = base64.b64encode(f"me:{SECRET}".encode()).decode()
    assert not any(SECRET in head or token in head or "authorization" in head.lower() for head in web.heads)
    assert SECRET not in page.final_url


async def test_a_site_that_wants_its_cookie_back_gets_it(web: Web) -> None:
    async def wall(writer: asyncio.StreamWriter) -> None:
        asked_with = "seen=1" in web.heads[-1]
        writer.write(answer() if asked_with else answer(b"", "302 Found", Location="/wall", Set_Cookie="seen=1; Path=/; HttpOnly"))

    web.answers["/wall"] = wall
    assert (await get(web.url("/wall"))).body == BODY


async def test_cookies_stay_with_the_site_that_set_them_and_are_forgotten_with_the_page(web: Web) -> None:
    web.answers["/"] = answer(b"", "302 Found", Location=web.url("/here", host="127.0.0.2"), Set_Cookie="id=7; Domain=0.0.1")
    async with Fetcher("Vestnik-test", LIMITS, LOOPBACK) as fetcher:
        await fetcher.get(web.url())
        await fetcher.get(web.url("/here"))
    assert not any("cookie: " in head.lower() for head in web.heads)


@pytest.mark.parametrize(
    "line", ["=", "", "a" * 5000 + "=1", "a=\x01", "a=1; Max-Age=0", "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "no pair at all"]
)
async def test_a_cookie_that_can_not_be_sent_back_is_none(web: Web, line: str) -> None:
    web.answers["/"] = answer(b"", "302 Found", Location="/here", Set_Cookie=line)
    with suppress(PageError):  # a control character is no HTTP
        await get(web.url())
    assert not any("cookie: " in head.lower() for head in web.heads)


async def test_cookies_are_not_kept_with_the_page(web: Web) -> None:
    web.answers["/"] = answer(Set_Cookie=f"session={SECRET}")
    assert SECRET not in str(await get(web.url()))


def test_an_access_shows_none_of_its_secrets() -> None:
    assert SECRET not in repr(Access(headers=KEY, proxy=f"http://me:{SECRET}@proxy.example.org"))


# --- proxies ------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["http", "socks5", "socks5h"])
@pytest.mark.parametrize("wants_password", [False, True])
async def test_a_source_may_be_reached_through_a_proxy(web: Web, kind: str, wants_password: bool) -> None:
    async with proxy(kind, web.port, wants_password=wants_password) as through:
        way = Access(proxy=through.url_with_password if wants_password else through.url)
        assert (await get("http://news.example.org/", way)).body == BODY
    assert through.asked == ["http://news.example.org/" if kind == "http" else "news.example.org:80"]


async def test_a_name_that_is_not_latin_is_asked_for_as_the_network_writes_it(web: Web) -> None:
    async with proxy("http", web.port) as through:
        page = await get("http://минсвязи.бел/", Access(proxy=through.url))
    assert page.final_url == through.asked[0] == "http://xn--b1akbcqh2a7i.xn--90ais/"
    assert "host: xn--b1akbcqh2a7i.xn--90ais\r\n" in web.heads[0].lower()


async def test_what_needs_a_secure_connection_goes_through_a_tunnel(authority: trustme.CA, bundle: Path) -> None:
    async with tls(authority, "news.example.org") as port, proxy("http", port) as through:
        page = await get("https://news.example.org/", Access(proxy=through.url, ca=bundle))
    assert page.body == BODY
    assert through.asked == ["news.example.org:443"]


@pytest.mark.parametrize("kind", ["http", "socks5"])
async def test_a_proxy_that_is_down_is_our_trouble(kind: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        error = await trouble("http://news.example.org/", Access(proxy=f"{kind}://127.0.0.1:{taken.getsockname()[1]}"))
    assert (error.trouble, str(error)) == (Trouble.OURS, "no connection to the proxy: connection refused")


async def test_a_connection_that_is_reset_behind_the_proxy_is_not_the_proxys_fault(bundle: Path) -> None:
    async def slam(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    async with await asyncio.start_server(slam, "127.0.0.1") as server, proxy("http", server.sockets[0].getsockname()[1]) as through:
        error = await trouble("https://news.example.org/", Access(proxy=through.url, ca=bundle))
    assert error.trouble is not Trouble.OURS


async def test_a_proxy_that_wants_a_password_is_our_trouble(web: Web, bundle: Path) -> None:
    async with proxy("http", web.port, wants_password=True) as through:
        error = await trouble("https://news.example.org/", Access(proxy=through.url, ca=bundle))
    assert (error.trouble, str(error)) == (Trouble.OURS, "the proxy wants a password")


async def test_a_proxy_is_not_sent_to_a_private_address(web: Web) -> None:
    async with proxy("http", web.port) as through:
        error = await trouble("http://10.0.0.1/", Access(proxy=through.url))
    assert error.trouble is Trouble.REFUSED
    assert through.asked == []


# --- certificates -------------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA(organization_name="A national root")


@pytest.fixture
def bundle(authority: trustme.CA, tmp_path: Path) -> Path:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return tmp_path / "ca.pem"


@asynccontextmanager
async def tls(authority: trustme.CA, *names: str, **how: datetime) -> AsyncIterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **how).configure_cert(context)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", ssl=context) as server:
        yield server.sockets[0].getsockname()[1]


async def test_a_source_may_bring_its_own_roots(authority: trustme.CA, bundle: Path) -> None:
    async with tls(authority, "127.0.0.1") as port:
        assert (await get(f"https://127.0.0.1:{port}/", Access(ca=bundle))).body == BODY
        error = await trouble(f"https://127.0.0.1:{port}/")
    words = "its certificate is not trusted: its issuer is not trusted; `ca` names a file of further ones"
    assert (error.trouble, str(error)) == (Trouble.CERTIFICATE, words)


@pytest.mark.parametrize(
    ("names", "days", "words"),
    [
        (["127.0.0.2"], (-1, 1), "it is for another host"),
        (["127.0.0.1"], (-9, -1), "it has expired"),
        (["127.0.0.1"], (1, 9), "it is not valid yet (is the clock right here?)"),
    ],
)
async def test_what_is_wrong_with_a_certificate_is_told(
    authority: trustme.CA, bundle: Path, names: list[str], days: tuple[int, int], words: str
) -> None:
    begins, ends = (datetime.now(UTC) + timedelta(days=day) for day in days)
    async with tls(authority, *names, not_before=begins, not_after=ends) as port:
        error = await trouble(f"https://127.0.0.1:{port}/", Access(ca=bundle))
    assert (error.trouble, str(error)) == (Trouble.CERTIFICATE, f"its certificate is not trusted: {words}")


@pytest.mark.parametrize(("content", "words"), [(None, "No such file or directory"), ("no certificate", "it holds no certificate")])
async def test_a_file_of_certificates_that_can_not_be_read_is_named(tmp_path: Path, content: str | None, words: str) -> None:
    file = tmp_path / "roots.pem"
    if content is not None:
        file.write_text(content)
    error = await trouble("https://127.0.0.1:9/", Access(ca=file))
    assert error.trouble is Trouble.CERTIFICATE
    assert words in str(error)
    assert str(file) in str(error)


# --- what is sent -------------------------------------------------------------------------------------------------------------------------


async def test_something_can_be_posted_to_an_admitted_address_and_redirects_are_answers(web: Web) -> None:
    web.answers["/hook"] = answer(b"", "302 Found", Location="/here")
    async with Fetcher("Vestnik-test", LIMITS, LOOPBACK) as fetcher:
        answered = await fetcher.post(web.url("/hook"), b"{}", {"Content-Type": "application/json"})
    assert (answered.status, web.events) == (302, ["asked /hook", "answered /hook"])
    assert "content-type: application/json\r\n" in web.heads[0]


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/hook", "http://localhost:1/hook", "ftp://example.org/"])
async def test_nothing_is_posted_to_a_private_address(url: str) -> None:
    async with Fetcher("Vestnik-test", replace(LIMITS, robots=False)) as fetcher:
        with pytest.raises(PageError) as raised:
            await fetcher.post(url, b"{}", {})
    assert raised.value.trouble is Trouble.REFUSED
