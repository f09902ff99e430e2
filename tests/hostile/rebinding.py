"""Asks for every name of the lying resolver, in a namespace where its answers lead to this machine. Prints what came of it, as JSON.

Started with `unshare --net --mount`; argument: a working folder.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import socket
import struct
import subprocess
import sys
from pathlib import Path

from collector.fetch import Fetcher, Limits
from collector.page import PageError
from hostile.canary import Canary
from hostile.case import LISTING, PAGE
from hostile.resolver import NAMES, PRIVATE, PUBLIC, lying

_SET_FLAGS, _UP_AND_RUNNING, _SET_ADDRESS = 0x8914, 0x41, 0x8916
_TIMES = 4
LIMITS = Limits(deadline=3, connect=1, pause=0)


def have_addresses(*addresses: str) -> None:
    """Bring up this namespace's loopback, with these addresses as well."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh", b"lo", _UP_AND_RUNNING))
        for number, address in enumerate(addresses):
            label = f"lo:{number + 1}".encode()
            fcntl.ioctl(any_socket, _SET_ADDRESS, struct.pack("16sHH4s8x", label, socket.AF_INET, 0, socket.inet_aton(address)))


def resolve_by(folder: Path, server: str) -> None:
    file = folder / "resolv.conf"
    file.write_text(f"nameserver {server}\noptions timeout:1 attempts:1\n", encoding="ascii")
    subprocess.run(["mount", "--bind", str(file), "/etc/resolv.conf"], check=True)


async def _ask_all() -> dict[str, list[str]]:
    """Each name several times."""

    async def public(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(PAGE)
        writer.close()

    async with await asyncio.start_server(public, PUBLIC, 80):
        names = list(NAMES)
        outcomes = await asyncio.gather(*map(_ask, names))
        return dict(zip(names, outcomes, strict=True))


async def _ask(name: str) -> list[str]:
    """By a new fetcher each time, as an old one remembers for a while what a name led to."""
    outcomes = []
    for number in range(_TIMES):
        async with Fetcher("Vestnik-test", LIMITS) as fetcher:
            try:
                page = await fetcher.get(f"http://{name}/{number}")
                outcomes.append("read" if page.body == LISTING else "something else")
            except PageError as error:
                outcomes.append(f"{error.trouble}: {error.words}")
    return outcomes


def main(folder: str) -> None:
    have_addresses(PUBLIC, *PRIVATE[1:])
    resolve_by(Path(folder), "127.0.0.1")
    with Canary(*PRIVATE, "::1", port=80) as canary, lying():
        outcomes = asyncio.run(_ask_all())
        sys.stdout.write(json.dumps({"outcomes": outcomes, "visitors": canary.visitors()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
