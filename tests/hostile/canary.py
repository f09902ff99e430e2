"""A listener where nobody may come."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from types import TracebackType
from typing import Self

_FAMILIES = {"127.0.0.1": socket.AF_INET, "::1": socket.AF_INET6}


class Canary:
    """Listens on this machine's own addresses, and knows whether anybody ever connected: connections wait in the queue unanswered."""

    def __init__(self, *hosts: str, port: int = 0) -> None:
        self.hosts = hosts or ("127.0.0.1", "::1")
        self.port = port
        self._sockets: list[socket.socket] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        for host in self.hosts:
            listener = self._stack.enter_context(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, self.port))
            listener.listen(100)
            listener.setblocking(False)
            self.port = listener.getsockname()[1]
            self._sockets.append(listener)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    def visitors(self) -> int:
        """How many connected since this was last asked."""
        return sum(map(_accepted, self._sockets))


def _accepted(listener: socket.socket) -> int:
    count = 0
    while True:
        try:
            listener.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1
