"""Connections: to admitted addresses alone, with a trust of their own for each source that needs one, or through a proxy.

aiohttp carries httpx's requests: it is several times as fast as httpx's own transport, its pool does not slow down with the number of
hosts, and it lets us judge the very address that a socket is made for, so that no name can be rebound between the check and the
connection. A proxy is reached by httpx's own transport, which speaks SOCKS too; there it is the proxy that connects.
"""

from __future__ import annotations

import errno
import socket
import ssl
from asyncio import sslproto
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import aiohttp
import certifi
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from httpx_aiohttp import AiohttpTransport

from collector.fetch.admission import Address
from collector.names import resolve
from collector.page import PageError, Trouble

_HEADER = 32_768
"""Bytes of one header, name and value."""
_HEADERS = 200
_MOST_ADDRESSES = 16
"""Of one name; each is tried in turn, and a name server may give thousands."""
_KEPT_ALIVE = 5.0
"""Seconds that an idle connection is kept; a thousand of them with TLS take 130 MB."""
sslproto.SSLProtocol.max_size = 48 * 1024
"""Bytes that asyncio holds for each TLS connection while it is open: its own 256 KB make 400 MB of a thousand. Less than a usual page takes
costs a third more time. There is no other way to set it.
"""


@dataclass(frozen=True, slots=True)
class Access:
    """How a source is to be reached, where it is not like all others."""

    origin: str = ""
    """The scheme, host and port that `headers` are for; nobody else ever gets them."""
    headers: tuple[tuple[str, str], ...] = ()
    proxy: str = ""
    """Its address, with a password where it needs one; http, https, socks5 or socks5h."""
    ca: Path | None = None
    """A file of certificates to trust as well as the usual ones."""
    pause: float | None = None
    """Seconds between two requests; None for as long as for everybody."""

    def __repr__(self) -> str:
        return "Access(…)"  # headers and proxy hold passwords


DIRECT = Access()


class PrivateAddressError(OSError):
    """An address that must not be connected to. An OSError, so that a name's other addresses are tried."""

    def __init__(self) -> None:
        super().__init__(errno.EACCES, "a private address")


def direct_transport(admitted: Callable[[Address], bool], trust: ssl.SSLContext) -> httpx.AsyncBaseTransport:
    def checked(info: aiohttp.AddrInfoType) -> socket.socket:
        family, kind, protocol, _, address = info
        # an IPv6 address may come with its zone
        if not admitted(ip_address(str(address[0]).partition("%")[0])):
            raise PrivateAddressError
        return socket.socket(family, kind, protocol)

    def session() -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            limit=0,  # turns limit it
            ssl=trust,
            resolver=_Resolver(),
            socket_factory=checked,
            keepalive_timeout=_KEPT_ALIVE,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            max_line_size=_HEADER,
            max_field_size=_HEADER,
            max_headers=_HEADERS,
            skip_auto_headers=("User-Agent", "Content-Type"),
        )

    return AiohttpTransport(client=session, verify=trust, trust_env=False)


def proxied_transport(proxy: str, trust: ssl.SSLContext) -> httpx.AsyncBaseTransport:
    return httpx.AsyncHTTPTransport(verify=trust, trust_env=False, proxy=httpx.Proxy(proxy))


def trusting(ca: Path | None) -> ssl.SSLContext:
    """The usual roots, this machine's, and those in the file. Raises PageError where the file can't be read."""
    trust = ssl.create_default_context()
    trust.load_verify_locations(certifi.where())
    trust.set_alpn_protocols(["http/1.1"])
    if ca is not None:
        try:
            trust.load_verify_locations(ca)
        except (OSError, ssl.SSLError) as error:
            reason = "it holds no certificate" if isinstance(error, ssl.SSLError) else error.strerror
            raise PageError(Trouble.CERTIFICATE, f"the certificates in {ca} can't be read: {reason}") from None
    return trust


class _Resolver(AbstractResolver):
    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AddressFamily.AF_INET) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=str(address[0]), port=port, family=kin, proto=protocol, flags=socket.AI_NUMERICHOST)
            for kin, _, protocol, _, address in (await resolve(host, port, family))[:_MOST_ADDRESSES]
        ]

    async def close(self) -> None:
        pass
