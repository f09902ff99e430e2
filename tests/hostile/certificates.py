"""Servers that make themselves known badly, or that can't speak TLS at all."""

from __future__ import annotations

import asyncio
import itertools
import ssl
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import trustme
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509 import CertificateBuilder, IPAddress, Name, NameAttribute, SubjectAlternativeName, random_serial_number
from cryptography.x509.oid import NameOID

from collector.page import Trouble
from hostile.case import LISTING, PAGE, Case, Handler, Secure, Visit, ends, head
from hostile.slowness import endless, hang_at_once

_DAY = timedelta(days=1)
_UNTRUSTED = ends(Trouble.CERTIFICATE)
_NO_TLS = ends(Trouble.CERTIFICATE, Trouble.TEMPORARY)
_BROKEN_OFF = ends(Trouble.INCOMPLETE, Trouble.TEMPORARY)


def server_context() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)


def trusted(authority: trustme.CA, host: str) -> ssl.SSLContext:
    context = server_context()
    authority.issue_cert(host).configure_cert(context)
    return context


def _expired(authority: trustme.CA, host: str) -> ssl.SSLContext:
    context = server_context()
    authority.issue_cert(host, not_before=datetime.now(UTC) - 9 * _DAY, not_after=datetime.now(UTC) - _DAY).configure_cert(context)
    return context


def _not_yet_valid(authority: trustme.CA, host: str) -> ssl.SSLContext:
    context = server_context()
    authority.issue_cert(host, not_before=datetime.now(UTC) + _DAY, not_after=datetime.now(UTC) + 9 * _DAY).configure_cert(context)
    return context


def _of_another_host(authority: trustme.CA, _host: str) -> ssl.SSLContext:
    return trusted(authority, "other.example.org")


def _of_an_unknown_authority(_authority: trustme.CA, host: str) -> ssl.SSLContext:
    return trusted(trustme.CA(), host)


def _with_many_names(authority: trustme.CA, host: str) -> ssl.SSLContext:
    context = server_context()
    authority.issue_cert(host, *(f"n{number}.example.org" for number in range(3000))).configure_cert(context)
    return context


def _old_protocol(authority: trustme.CA, host: str) -> ssl.SSLContext:
    context = trusted(authority, host)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def _asks_who_we_are(version: ssl.TLSVersion) -> Secure:
    def context_of(authority: trustme.CA, host: str) -> ssl.SSLContext:
        context = trusted(authority, host)
        context.maximum_version = version
        authority.configure_trust(context)
        context.verify_mode = ssl.CERT_REQUIRED
        return context

    return context_of


def _signed_by_itself(bits: int) -> Secure:
    def context_of(_authority: trustme.CA, host: str) -> ssl.SSLContext:
        key = rsa.generate_private_key(65537, bits)
        name = Name([NameAttribute(NameOID.COMMON_NAME, host)])
        made = CertificateBuilder(name, name, key.public_key(), random_serial_number(), datetime.now(UTC) - _DAY, datetime.now(UTC) + _DAY)
        signed = made.add_extension(SubjectAlternativeName([IPAddress(ip_address(host))]), critical=False).sign(key, hashes.SHA256())
        context = server_context()
        context.set_ciphers("ALL:@SECLEVEL=0")
        plain, pem = serialization.NoEncryption(), serialization.Encoding.PEM
        private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
        with trustme.Blob(private + signed.public_bytes(pem)).tempfile() as file:
            context.load_cert_chain(file)
        return context

    return context_of


async def cut_without_goodbye(visit: Visit) -> None:
    """The body ends as if it were whole, and TLS was not closed: anybody on the way may have cut it.

    Browsers take such a body for whole, as many servers never say goodbye, and asyncio can't tell.
    """
    await visit.send(head("Content-Type: text/html") + LISTING[:300])
    await asyncio.sleep(0.05)  # else what was written is thrown away
    visit.writer.transport.abort()


async def cut_within_its_length(visit: Visit) -> None:
    await visit.send(head("Content-Type: text/html", f"Content-Length: {len(LISTING)}") + LISTING[:300])
    await asyncio.sleep(0.05)
    visit.writer.transport.abort()


def refused(alert: int) -> Handler:
    """The greeting is answered by an alert, as by servers that find nothing to agree on."""

    async def answer(visit: Visit) -> None:
        await visit.reader.read(1)
        await visit.send(bytes.fromhex("1503010002") + bytes([2, alert]))
        await visit.hang()

    return answer


async def drips_handshake(visit: Visit) -> None:
    await visit.send_for_ever((bytes([byte]) for byte in itertools.chain(b"\x16\x03\x03\x40\x00", itertools.repeat(2))), 0.2)


def _secure(
    name: str, secure: Secure, ends: frozenset[Trouble | None] = _UNTRUSTED, answer: bytes | Callable[[Visit], object] = PAGE
) -> Case:
    return Case(name, answer, ends, secure=secure, https=True)  # type: ignore[arg-type]


CASES = (
    _secure("expired certificate", _expired),
    _secure("certificate of tomorrow", _not_yet_valid),
    _secure("self-signed certificate", _signed_by_itself(2048)),
    _secure("certificate with a weak key", _signed_by_itself(1024), _NO_TLS),
    _secure("certificate of another host", _of_another_host),
    _secure("certificate of an unknown authority", _of_an_unknown_authority),
    _secure("certificate with 3,000 names", _with_many_names, ends(None, *_NO_TLS)),
    _secure("TLS of 1999, and breaks off", _old_protocol, _NO_TLS),
    _secure("wants our certificate", _asks_who_we_are(ssl.TLSVersion.TLSv1_2), _NO_TLS | _BROKEN_OFF),
    _secure("wants our certificate, and says so late", _asks_who_we_are(ssl.TLSVersion.TLSv1_3), _NO_TLS | _BROKEN_OFF),
    # asyncio can't tell it from the end: what came is a page, and no list is found in half of one
    replace(
        _secure("TLS cut without goodbye", trusted, _BROKEN_OFF | ends(None), cut_without_goodbye), reads=ends(None, Trouble.UNREADABLE)
    ),
    _secure("TLS cut within the length", trusted, _BROKEN_OFF, cut_within_its_length),
    _secure("TLS with an endless body", trusted, ends(Trouble.TOO_LARGE), endless(head("Content-Type: text/html"), b"<p>x" * 4096)),
    _secure("TLS that hangs after the handshake", trusted, ends(Trouble.TEMPORARY), hang_at_once),
    Case("no TLS where there should be", PAGE, _NO_TLS, https=True, speaks_first=True),
    Case("handshake hangs", hang_at_once, ends(Trouble.TEMPORARY), https=True, speaks_first=True),
    Case("handshake drips", drips_handshake, _NO_TLS, https=True, speaks_first=True),
    Case("handshake of noise", endless(b"", bytes(65536)), _NO_TLS, https=True, speaks_first=True),
    Case("handshake of endless warnings", endless(b"", bytes.fromhex("15030300020100") * 1000), _NO_TLS, https=True, speaks_first=True),
    Case("handshake is closed", b"", _NO_TLS, https=True, speaks_first=True),
    *(
        Case(f"handshake is refused: {name}", refused(alert), _NO_TLS, https=True, speaks_first=True)
        for name, alert in {"nothing in common": 40, "old protocol": 70, "name unknown": 112, "trouble of its own": 80, "99": 99}.items()
    ),
)
