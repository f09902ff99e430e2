"""A transport's errors in our words, for people. Their own may hold an address within the network, so only the kind is taken from them."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Iterator

import aiohttp
import httpx
from aiohttp.http_exceptions import BadHttpMessage, LineTooLong

from collector.fetch.transport import PrivateAddressError
from collector.page import PageError, Trouble

EXPECTED = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, aiohttp.ClientError, OSError)
"""What transports raise when an answer can't be had; everything else is a mistake of ours."""

NO_ADDRESS = "it leads to something that is no web address"
_LARGE_HEADERS = "its headers are too large"
NO_CONNECTION = "no connection"
_BROKE_OFF = "the answer broke off, or is no HTTP"

_KINDS: tuple[tuple[type[BaseException], Trouble, str], ...] = (
    (LineTooLong, Trouble.TOO_LARGE, _LARGE_HEADERS),
    (aiohttp.ClientPayloadError, Trouble.INCOMPLETE, _BROKE_OFF),
    (aiohttp.ServerDisconnectedError, Trouble.INCOMPLETE, _BROKE_OFF),
    (aiohttp.ClientResponseError, Trouble.INCOMPLETE, _BROKE_OFF),
    (httpx.RemoteProtocolError, Trouble.INCOMPLETE, _BROKE_OFF),
    (aiohttp.InvalidURL, Trouble.REFUSED, NO_ADDRESS),
    (httpx.InvalidURL, Trouble.REFUSED, NO_ADDRESS),
    (httpx.UnsupportedProtocol, Trouble.REFUSED, NO_ADDRESS),
    (httpx.LocalProtocolError, Trouble.REFUSED, "the request can't be made: a header that the configuration names is none"),
    (TimeoutError, Trouble.TEMPORARY, "no answer in time"),
    (httpx.TimeoutException, Trouble.TEMPORARY, "no answer in time"),
)

_CERTIFICATES = {
    9: "it is not valid yet (is the clock right here?)",
    10: "it has expired",
    18: "it is signed by itself",
    19: "its issuer is not trusted; `ca` names a file of further ones",
    20: "its issuer is not trusted; `ca` names a file of further ones",
    21: "its issuer is not trusted; `ca` names a file of further ones",
    23: "it was revoked",
    62: "it is for another host",
    64: "it is for another host",
    66: "its key is too weak",
    68: "its signature is too weak",
}
"""What X509_V_ERR codes of OpenSSL mean (x509_vfy.h)."""

_TLS = {
    "WRONG_VERSION_NUMBER": (Trouble.TEMPORARY, "what answers there speaks no TLS"),
    "HTTP_REQUEST": (Trouble.TEMPORARY, "what answers there speaks no TLS"),
    "UNSUPPORTED_PROTOCOL": (Trouble.CERTIFICATE, "the server knows only outdated TLS"),
    "TLSV1_ALERT_PROTOCOL_VERSION": (Trouble.CERTIFICATE, "the server knows only outdated TLS"),
    "UNSAFE_LEGACY_RENEGOTIATION_DISABLED": (Trouble.CERTIFICATE, "the server knows only outdated TLS"),
    "DH_KEY_TOO_SMALL": (Trouble.CERTIFICATE, "the server's key is too weak"),
    "SSLV3_ALERT_HANDSHAKE_FAILURE": (Trouble.CERTIFICATE, "the server and we have no cipher in common"),
    "TLSV13_ALERT_CERTIFICATE_REQUIRED": (Trouble.CERTIFICATE, "the server demands a certificate of ours"),
    "TLSV1_UNRECOGNIZED_NAME": (Trouble.CERTIFICATE, "the server does not know its own name"),
    "TLSV1_ALERT_INTERNAL_ERROR": (Trouble.TEMPORARY, "the server failed to begin a secure connection"),
}
"""By OpenSSL's names of reasons."""


def private_address() -> PageError:
    return PageError(Trouble.REFUSED, "it leads to a private address, which is not connected to; [network] allow admits networks")


def page_error(error: BaseException, *, proxied: bool = False) -> PageError:
    """What the error of a transport means. Through a proxy, a failed connection is one to the proxy."""
    causes = list(_causes(error))
    if any(isinstance(cause, aiohttp.ClientError) for cause in causes):
        # httpx-aiohttp calls every failed connection a timeout
        causes = [cause for cause in causes if not isinstance(cause, httpx.HTTPError)]
    if any(isinstance(cause, PrivateAddressError) for cause in causes):
        return private_address()
    # the deepest first: what was raised around it may be called something else
    for cause in reversed(causes):
        if isinstance(cause, ssl.SSLError):
            return _of_tls(cause)
        if isinstance(cause, httpx.ProxyError):
            return _of_proxy(cause)
        if isinstance(cause, BadHttpMessage) and "Too many headers" in str(cause):
            return PageError(Trouble.TOO_LARGE, _LARGE_HEADERS)
        for kind, trouble, words in _KINDS:
            if isinstance(cause, kind):
                return PageError(trouble, words)
    return _of_connection(causes, proxied=proxied)


def _of_connection(causes: list[BaseException], *, proxied: bool) -> PageError:
    if proxied and _is_of_the_proxy(causes):
        return PageError(Trouble.OURS, f"{NO_CONNECTION} to the proxy: {_system_words(causes)}")
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return PageError(Trouble.NAME, "its host name can't be resolved")
    if any(isinstance(cause, httpx.ReadError | httpx.WriteError) for cause in causes):
        return PageError(Trouble.INCOMPLETE, _BROKE_OFF)
    return PageError(Trouble.TEMPORARY, f"{NO_CONNECTION}: {_system_words(causes)}")


def _is_of_the_proxy(causes: list[BaseException]) -> bool:
    """Whether the proxy itself could not be reached; a reset may come through it."""
    reset = any(isinstance(cause, ConnectionResetError | BrokenPipeError) for cause in causes)
    return not reset and any(isinstance(cause, httpx.ConnectError) for cause in causes)


def _of_tls(error: ssl.SSLError) -> PageError:
    if isinstance(error, ssl.SSLCertVerificationError):
        words = _CERTIFICATES.get(error.verify_code, error.verify_message)
        return PageError(Trouble.CERTIFICATE, f"its certificate is not trusted: {words}")
    reason = error.reason or ""
    trouble, words = _TLS.get(reason, (Trouble.TEMPORARY, reason.lower().replace("_", " ") or "it broke off"))
    return PageError(trouble, f"no secure connection: {words}")


def _of_proxy(error: httpx.ProxyError) -> PageError:
    """In httpx, the proxy's answer stands in the words alone."""
    status = str(error)[:3]
    if status == "407" or "password" in str(error).lower():
        return PageError(Trouble.OURS, "the proxy wants a password")
    if status.isdecimal():
        return PageError(Trouble.TEMPORARY, f"the proxy could not reach it: {status}")
    return PageError(Trouble.TEMPORARY, "the proxy could not reach it")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error, what it was raised from, and so on."""
    seen = set[int]()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        nested = getattr(error, "os_error", None)
        error = nested if isinstance(nested, BaseException) else error.__cause__ or error.__context__


def _system_words(causes: list[BaseException]) -> str:
    """Not `strerror`: asyncio writes the address into it."""
    numbers = [cause.errno for cause in causes if isinstance(cause, OSError) and cause.errno and not isinstance(cause, socket.gaierror)]
    return os.strerror(numbers[-1]).lower() if numbers else "refused or out of reach"
