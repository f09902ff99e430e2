"""Host names to addresses, by the machine's own resolver.

Each look-up has a thread of its own, which is left behind when nobody waits for it any more: asyncio's few threads would all be taken by
names whose servers are silent, and are waited for when the program ends.
"""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import Future
from threading import Thread
from typing import Any

AddressInfo = tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[Any, ...]]


async def resolve(host: str, port: int, family: int = socket.AF_UNSPEC) -> list[AddressInfo]:
    """As socket.getaddrinfo answers for TCP. Raises OSError."""
    found: Future[list[AddressInfo]] = Future()
    Thread(target=_look_up, args=(found, host, port, family), name="resolve", daemon=True).start()
    return await asyncio.wrap_future(found)


def _look_up(found: Future[list[Any]], host: str, port: int, family: int) -> None:
    if not found.set_running_or_notify_cancel():
        return
    try:
        found.set_result(socket.getaddrinfo(host, port, family, socket.SOCK_STREAM))
    except UnicodeError:
        found.set_exception(socket.gaierror(socket.EAI_NONAME, "no host name"))
    except OSError as error:
        found.set_exception(error)
