"""Fetching: one polite, bounded request at a time for each host. The home of httpx.

Everything from outside is limited: which addresses are connected to, how long an answer may take, how many redirects it may send us
through, and how large it may be once unpacked. An answer that breaks off is an error, never a short page.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import zlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Self

import httpcore
import httpx
from httpx_secure import SSRFProtectionError, httpx_ssrf_protection

from collector.address import host_of, is_web_address
from collector.page import Page, PageError, Trouble
from storage.model import Validators

Network = IPv4Network | IPv6Network
_GZIP = b"\x1f\x8b"
_LAST_FOUR_BYTES = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")))
"""Prefixes whose last four bytes are an IPv4 address: NAT64 (RFC 6052, RFC 8215), compatible (RFC 4291) and translated (RFC 2765)."""
_DAY = 86400.0
_BLOCKED = frozenset({401, 403, 407, 429, 451, 503, 999})
_GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one request, in seconds and bytes."""

    deadline: float = 60.0
    connect: float = 20.0
    body: int = 10_000_000
    redirects: int = 5
    pause: float = 1.0
    """Between two requests to one host."""


class Fetcher:
    """Use as an async context manager: it holds the connections."""

    def __init__(self, user_agent: str, limits: Limits, allow: Sequence[Network] = ()) -> None:
        self._limits = limits
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._stack = AsyncExitStack()
        self._client = httpx.AsyncClient(
            headers={"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"},
            timeout=httpx.Timeout(limits.deadline, connect=limits.connect),
            follow_redirects=True,
            max_redirects=limits.redirects,
            trust_env=False,
        )
        httpx_ssrf_protection(self._client, check_globally_reachable=False, custom_validator=_validator(allow))

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self._client)
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._stack.aclose()

    async def get(self, url: str, validators: Validators | None = None) -> Page:
        """One page. Raises PageError, and nothing else, where it can't be had whole."""
        if not is_web_address(url):
            raise PageError(Trouble.REFUSED, f"{url[:200]} is no web address")
        async with self._turn(host_of(url)):
            try:
                async with asyncio.timeout(self._limits.deadline):
                    return await self._get(url, validators or Validators())
            except TimeoutError:
                raise PageError(Trouble.TEMPORARY, f"no complete answer within {self._limits.deadline:g} s") from None
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ssl.SSLError, zlib.error) as error:
                raise _page_error(error) from error
            except (ValueError, ExceptionGroup) as error:
                # names that are none (`xn--`) and ports beyond all ports, also behind a redirect, raise what httpx does not wrap
                raise PageError(Trouble.REFUSED, "it leads to something that is no web address") from error

    @asynccontextmanager
    async def _turn(self, host: str) -> AsyncIterator[None]:
        """Hosts are asked one thing at a time, with a pause after each answer that nobody but the next request waits for."""
        turn = self._turns[host]
        await turn.acquire()
        try:
            yield
        finally:
            asyncio.get_running_loop().call_later(self._limits.pause, turn.release)

    async def _get(self, url: str, validators: Validators) -> Page:
        headers = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
        # the values are the server's own, which may be none that a header can hold
        headers = {name: value for name, value in headers.items() if value and value.isascii() and value.isprintable()}
        async with self._client.stream("GET", url, headers=headers) as response:
            asked_conditionally = bool(headers)
            if response.status_code == httpx.codes.NOT_MODIFIED and asked_conditionally:
                return Page(url, str(response.url), "", b"", validators.etag, validators.last_modified, not_modified=True)
            _check_status(response)
            body = await _body(response, self._limits.body)
            return Page(
                url=url,
                final_url=str(response.url),
                content_type=response.headers.get("content-type", ""),
                body=body,
                etag=response.headers.get("etag", ""),
                last_modified=response.headers.get("last-modified", ""),
            )


def _validator(allow: Sequence[Network]) -> Callable[[str, IPv4Address | IPv6Address, int], bool]:
    """Which addresses may be connected to: global ones and those of the allowed networks, also when written as IPv6."""

    def admitted(_host: str, address: IPv4Address | IPv6Address, _port: int) -> bool:
        inner = _carried(address) or address
        if any(inner in network for network in allow):
            return True
        return inner.is_global and not inner.is_multicast and not (isinstance(inner, IPv6Address) and inner.is_site_local)

    return admitted


def _carried(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for, in any of the ways to write or to translate it."""
    if isinstance(address, IPv4Address):
        return None
    if any(address in prefix for prefix in _LAST_FOUR_BYTES):
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


async def _body(response: httpx.Response, limit: int) -> bytes:
    """The body, unpacked by ourselves: httpx would inflate a small bomb whole, and take a cut gzip stream for a complete one."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower() or "identity"
    if encoding not in {"identity", "gzip", "x-gzip", "deflate"}:
        raise PageError(Trouble.UNREADABLE, f"the answer is packed as {encoding[:40]!r}, which was not asked for")
    unpack = _Unpacker(encoding, limit)
    async for chunk in response.aiter_raw():
        unpack.feed(chunk)
    return unpack.close()


class _Unpacker:
    def __init__(self, encoding: str, limit: int) -> None:
        self._encoding = encoding
        self._limit = limit
        self._body = bytearray()
        # 47: gzip or zlib, told by the header
        self._inflate = None if encoding == "identity" else zlib.decompressobj(47)
        self._fed = False

    def feed(self, chunk: bytes) -> None:
        if self._inflate is None:
            self._body += chunk
        else:
            if self._encoding == "deflate" and not self._fed and chunk[:1] and chunk[0] & 0x0F != zlib.DEFLATED:
                self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)  # many servers send deflate without zlib's header
            self._body += self._inflate.decompress(chunk, self._limit + 1 - len(self._body))
            while self._inflate.eof and self._inflate.unused_data.startswith(_GZIP):
                # RFC 1952, 2.2: a gzip file is a series of members
                rest, self._inflate = self._inflate.unused_data, zlib.decompressobj(47)
                self._body += self._inflate.decompress(rest, self._limit + 1 - len(self._body))
        self._fed = self._fed or bool(chunk)
        if len(self._body) > self._limit:
            raise PageError(Trouble.TOO_LARGE, f"the answer is larger than {self._limit // 1_000_000} MB")

    def close(self) -> bytes:
        if self._inflate is not None and self._fed and not self._inflate.eof:
            raise PageError(Trouble.INCOMPLETE, "the packed answer broke off before its end")
        return bytes(self._body)


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status == httpx.codes.OK:
        return
    words = f"the server answered {status} {response.reason_phrase}".strip()
    if status in _GONE:
        raise PageError(Trouble.GONE, words)
    trouble = Trouble.BLOCKED if status in _BLOCKED else Trouble.TEMPORARY
    raise PageError(trouble, words, _retry_after(response))


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds by RFC 9110, 10.2.3 (a number or a date), between nothing and a day; None where the header is absent or senseless."""
    value = response.headers.get("retry-after", "").strip()
    try:
        if value.isdecimal():
            seconds = float(value[:9])
        else:
            seconds = (parsedate_to_datetime(value) - parsedate_to_datetime(response.headers["date"])).total_seconds()
    except (ValueError, KeyError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0.0), _DAY)


def _page_error(error: Exception) -> PageError:
    """Our words for a transport's error. Its own may hold an address within the network, so only the kind is taken from it."""
    for kind, trouble, words in _KINDS:
        if isinstance(error, kind):
            return PageError(trouble, words)
    return _of_connection(error, _root_cause(error))


_KINDS: tuple[tuple[type[Exception], Trouble, str], ...] = (
    (SSRFProtectionError, Trouble.REFUSED, "it leads to a private address, which is not connected to; [network] allow admits networks"),
    (httpx.TooManyRedirects, Trouble.TEMPORARY, "it redirects without end"),
    (httpx.RemoteProtocolError, Trouble.INCOMPLETE, "the answer broke off, or is no HTTP"),
    (httpx.TimeoutException, Trouble.TEMPORARY, "no answer in time"),
    (zlib.error, Trouble.UNREADABLE, "the packed answer is damaged"),
    (httpx.InvalidURL, Trouble.REFUSED, "it leads to something that is no web address"),
    (httpx.UnsupportedProtocol, Trouble.REFUSED, "it leads to something that is no web address"),
)


def _of_connection(error: Exception, cause: BaseException) -> PageError:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return PageError(Trouble.CERTIFICATE, f"its certificate is not trusted: {cause.verify_message}")
    if isinstance(cause, ssl.SSLError):
        return PageError(Trouble.TEMPORARY, f"no secure connection: {cause.reason or 'broken off'}")
    if isinstance(cause, OSError) and cause.__class__.__name__ == "gaierror":
        return PageError(Trouble.NAME, "its host name can't be resolved")
    if isinstance(error, httpx.ConnectError):
        return PageError(Trouble.TEMPORARY, f"no connection: {_os_words(cause)}")
    return PageError(Trouble.TEMPORARY, f"the connection failed ({type(error).__name__})")


def _root_cause(error: BaseException) -> BaseException:
    while (inner := error.__cause__ or error.__context__) is not None and not isinstance(error, httpcore.TimeoutException):
        if isinstance(error, ssl.SSLError):
            break
        error = inner
    return error


def _os_words(cause: BaseException) -> str:
    # not `strerror`: asyncio writes the address into it
    return os.strerror(cause.errno).lower() if isinstance(cause, OSError) and cause.errno else "refused or out of reach"
