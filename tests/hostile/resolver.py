"""A name server that lies: names that lead out first and in later, both ways at once, by another name, or nowhere."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from dnslib import AAAA, CNAME, QTYPE, RR, A, DNSRecord
from dnslib.server import BaseResolver, DNSHandler, DNSLogger, DNSServer

PUBLIC = "93.184.215.14"
PRIVATE = ("127.0.0.1", "10.0.0.1", "169.254.169.254")
_Records = list[tuple[str, str]]
"""Kind and value."""


@dataclass
class Name:
    """What is answered to one look-up after the other, in turn, for ever."""

    answers: list[_Records]
    read: bool = False
    """Whether anything may be read under it."""
    _asked: dict[str, Iterator[_Records]] = field(default_factory=dict)

    def answer(self, kind: str) -> _Records:
        """Each kind of question has a turn of its own, since both are asked at once."""
        return next(self._asked.setdefault(kind, itertools.cycle(self.answers)))


def _a(*addresses: str) -> _Records:
    return [("A", address) for address in addresses]


def _aaaa(*addresses: str) -> _Records:
    return [("AAAA", address) for address in addresses]


NAMES = {
    "sound.example.by": Name([_a(PUBLIC)], read=True),
    "rebound.example.by": Name([_a(PUBLIC), _a("127.0.0.1")], read=True),
    "rebound-late.example.by": Name([_a(PUBLIC), _a(PUBLIC), _a(PUBLIC), _a("10.0.0.1")], read=True),
    "rebound-to-six.example.by": Name([_a(PUBLIC), _aaaa("::1")], read=True),
    "both.example.by": Name([_a(PUBLIC, "127.0.0.1")], read=True),
    "both-the-other-way.example.by": Name([_a("127.0.0.1", PUBLIC)], read=True),
    "both-in-six.example.by": Name([_a(PUBLIC) + _aaaa("::1", "::ffff:7f00:1")], read=True),
    "within.example.by": Name([_a("127.0.0.1")]),
    "office.example.by": Name([_a("10.0.0.1")]),
    "cloud.example.by": Name([_a("169.254.169.254")]),
    "zero.example.by": Name([_a("0.0.0.0")]),
    "six.example.by": Name([_aaaa("::1")]),
    "mapped.example.by": Name([_aaaa("::ffff:7f00:1")]),
    "translated.example.by": Name([_aaaa("64:ff9b::7f00:1")]),
    "alias.example.by": Name([[("CNAME", "localhost"), *_a("127.0.0.1")]]),
    "alias-alone.example.by": Name([[("CNAME", "localhost")]]),
    "alias-of-itself.example.by": Name([[("CNAME", "alias-of-itself.example.by")]]),
    "many.example.by": Name([_a(*(f"10.0.{number // 250}.{number % 250 + 1}" for number in range(60)))]),
    "nothing.example.by": Name([[]]),
    "silent.example.by": Name([]),
}
"""`silent` is never answered; what is not here doesn't exist."""
_MAKE: dict[str, Callable[[str], object]] = {"A": A, "AAAA": AAAA, "CNAME": CNAME}


class _Liar(BaseResolver):
    def __init__(self, over: threading.Event) -> None:
        self._over = over

    def resolve(self, request: DNSRecord, _handler: DNSHandler) -> DNSRecord:
        reply, asked = request.reply(), str(request.q.qname).rstrip(".").lower()
        name, kind = NAMES.get(asked), QTYPE[request.q.qtype]
        if name is None:
            reply.header.rcode = 3  # no such name
            return reply
        if not name.answers:
            self._over.wait()
        owner = asked
        for record, value in name.answer(kind) if name.answers else []:
            if record in {kind, "CNAME"}:
                reply.add_answer(RR(owner, getattr(QTYPE, record), rdata=_MAKE[record](value), ttl=0))
            if record == "CNAME":
                owner = value
        return reply


@contextmanager
def lying(host: str = "127.0.0.1", port: int = 53) -> Iterator[None]:
    over = threading.Event()
    servers = [DNSServer(_Liar(over), host, port, tcp=tcp, logger=DNSLogger("-request,-reply,-truncated,-error")) for tcp in (False, True)]
    for server in servers:
        server.start_thread()
    try:
        yield
    finally:
        over.set()
        for server in servers:
            server.stop()
            server.server.server_close()
