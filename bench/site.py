"""The site that the fetch benchmark reads: 1,000 loopback addresses, each answering /robots.txt and pages of about 40 KB.

Owns: what is served and how it is started. It is a process of its own, so that it takes no time from those who are measured, and it
writes ready-made answers from a bare asyncio protocol, so that it is not what they wait for. It counts what it was asked: so a reader
that skipped robots.txt, or opened a connection for each page, would be seen.

Linux alone answers on all of 127.0.0.0/8 without being set up for it.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import trustme

PAGE_BYTES = 40_000
_PARAGRAPH = (
    "<p>Приказ № {n}. Оператор связи, у которого изменился тариф на услугу, сообщает об этом не позднее чем за десять дней"
    " и публикует новый перечень на своём сайте; прежний хранится там же ещё год.</p>\n"
)
_ROBOTS = b"User-agent: *\nDisallow: /search\nDisallow: /*?print=\nAllow: /search/about\n"


@dataclass(slots=True)
class Asked:
    """What the site was asked since it was last looked at."""

    connections: int = 0
    robots: int = 0
    pages: int = 0


def host_names(count: int) -> list[str]:
    """Addresses rather than names: nothing is resolved, so that nobody's resolver is measured."""
    return [f"127.1.{n // 250}.{n % 250 + 1}" for n in range(count)]


def raise_file_limit() -> None:
    """As many open files as the system grants: a thousand hosts at eight connections each need more than the usual 1,024."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def take_core(*, site: bool) -> None:
    """The last core for the site, the others for who reads it: else the kernel likes to put both ends of a connection onto one."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        os.sched_setaffinity(0, cores[-1:] if site else cores[:-1])


@dataclass(frozen=True, slots=True)
class Site:
    """A running site, as its readers see it."""

    process: subprocess.Popen[str]
    plain: int
    """The port of http://; all hosts have the same."""
    tls: int
    ca: Path
    """The authority that signed each host's certificate."""

    def asked(self) -> Asked:
        """What it was asked since the last call."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return Asked(**json.loads(self.process.stdout.readline()))


@contextmanager
def running_site(hosts: int, folder: Path) -> Iterator[Site]:
    """The site on that many hosts until the block ends; its authority's certificate is written into `folder`."""
    ca = folder / "ca.pem"
    command = [sys.executable, "-m", "bench.site", str(hosts), str(ca)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        ports = json.loads(process.stdout.readline())
        yield Site(process, ports["plain"], ports["tls"], ca)
        process.stdin.close()  # it ends with us, however we end


def _answer(kind: str, body: bytes) -> bytes:
    head = (
        "HTTP/1.1 200 OK",
        "Server: nginx",
        "Date: Fri, 20 Nov 2026 09:00:00 GMT",
        f"Content-Type: {kind}; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Last-Modified: Thu, 19 Nov 2026 15:30:00 GMT",
        'ETag: "654a1f-9c40"',
        "Vary: Accept-Encoding",
        "X-Content-Type-Options: nosniff",
    )
    return "\r\n".join((*head, "", "")).encode() + body


def _page() -> bytes:
    paragraphs = "".join(_PARAGRAPH.format(n=n) for n in range(1, 200)).encode()
    head, foot = "<!doctype html><title>Приказы</title><article>\n".encode(), b"</article>\n"
    # cut to the byte, then mended: the length is what every reader checks
    middle = paragraphs[: PAGE_BYTES - len(head) - len(foot)].decode(errors="ignore").encode()
    return head + middle.ljust(PAGE_BYTES - len(head) - len(foot)) + foot


class _Connection(asyncio.Protocol):
    page = _answer("text/html", _page())
    robots = _answer("text/plain", _ROBOTS)

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._head = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._asked.connections += 1

    def data_received(self, data: bytes) -> None:
        self._head += data
        while b"\r\n\r\n" in self._head:
            head, _, self._head = self._head.partition(b"\r\n\r\n")
            if head.startswith(b"GET /robots.txt "):
                self._asked.robots += 1
                self._transport.write(self.robots)
            else:
                self._asked.pages += 1
                self._transport.write(self.page)


async def _serve(hosts: list[str], ca: Path) -> None:
    loop, asked = asyncio.get_running_loop(), Asked()
    authority = trustme.CA()
    authority.cert_pem.write_to_path(ca)
    plain = await loop.create_server(lambda: _Connection(asked), "0.0.0.0", 0, backlog=4096)
    tls = 0
    for host in hosts:
        # a certificate for each host, as in life: one that names them all would be 20 KB in every handshake
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(host).configure_cert(context)
        server = await loop.create_server(lambda: _Connection(asked), host, tls, ssl=context, backlog=4096)
        tls = server.sockets[0].getsockname()[1]
    print(json.dumps({"plain": plain.sockets[0].getsockname()[1], "tls": tls}), flush=True)
    ended = asyncio.Event()
    loop.add_reader(sys.stdin, _report, asked, ended)
    await ended.wait()


def _report(asked: Asked, ended: asyncio.Event) -> None:
    if not sys.stdin.readline():
        ended.set()
        return
    print(json.dumps(asdict(asked)), flush=True)
    asked.connections = asked.robots = asked.pages = 0


if __name__ == "__main__":
    raise_file_limit()
    take_core(site=True)
    asyncio.run(_serve(host_names(int(sys.argv[1])), Path(sys.argv[2])))
