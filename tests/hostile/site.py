"""All cases served at once, in a thread: each on a loopback address of its own, so that none waits for another's turn."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections import defaultdict
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import trustme

from hostile.canary import Canary
from hostile.case import Case, Visit, whole

_A_NET = 200
_NO_ROBOTS = whole(b"", status="404 Not Found")
_FILLING = 3
"""Connections that fill a queue of none: the system lets one or two more in."""
NETWORK = "127.9.0.0/16"


class HostileSite:
    """Use as a context manager. All cases listen on one port, and so does the canary on 127.0.0.1 and [::1], which nobody may visit."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self.cases = {case.name: case for case in cases}
        self.hosts = {name: f"127.9.{number // _A_NET}.{number % _A_NET + 1}" for number, name in enumerate(self.cases)}
        self.authority = trustme.CA()
        self.asked: dict[str, list[str]] = defaultdict(list)
        """The paths that each case was asked for."""
        self.canary = Canary()
        self.mistakes: list[BaseException] = []
        """Of the cases themselves; raised at the end."""
        self._stack = ExitStack()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="hostile site")
        self._failed: BaseException | None = None

    def __enter__(self) -> Self:
        self._stack.enter_context(self.canary)
        self._thread.start()
        self._ready.wait()
        if self._failed is not None:
            self._thread.join()
            raise self._failed
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()
        self._stack.close()
        if self.mistakes and error is None:
            raise self.mistakes[0]

    @property
    def port(self) -> int:
        return self.canary.port

    def url(self, name: str, path: str = "/") -> str:
        scheme = "https" if self.cases[name].https else "http"
        return f"{scheme}://{self.hosts[name]}:{self.port}{path}"

    def busy(self) -> int:
        """How many visits go on now."""
        return len(self._visits)

    def write_authority(self, file: Path) -> Path:
        """The certificate by which visitors know the trusted ones of the cases."""
        self.authority.cert_pem.write_to_path(file)
        return file

    async def _run(self) -> None:
        self._loop, self._over, self._visits = asyncio.get_running_loop(), asyncio.Event(), set[asyncio.Task[None]]()
        self._loop.set_exception_handler(lambda *_: None)  # visitors break off handshakes as they like
        try:
            servers = [await self._open(case) for case in self.cases.values() if case.accepts]
            self._refuse(case for case in self.cases.values() if not case.accepts)
        except BaseException as error:  # noqa: BLE001  (raised in the thread that waits for us)
            self._failed = error
            return
        finally:
            self._ready.set()
        await self._over.wait()
        for server in servers:
            server.close()
        for visit in self._visits:
            visit.cancel()
        await asyncio.gather(*self._visits, return_exceptions=True)

    async def _open(self, case: Case) -> asyncio.Server:
        async def visited(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._visits.add(task)
            task.add_done_callback(self._visits.discard)
            await self._serve(case, reader, writer)

        host = self.hosts[case.name]
        context = case.secure(self.authority, host) if case.secure else None
        return await asyncio.start_server(visited, host, self.port, ssl=context, backlog=100)

    def _refuse(self, cases: Iterable[Case]) -> None:
        """Take addresses where connections are never made: their queue is full."""
        for case in cases:
            address = (self.hosts[case.name], self.port)
            listener = self._stack.enter_context(socket.socket())
            listener.bind(address)
            listener.listen(0)
            for _ in range(_FILLING):
                filling = self._stack.enter_context(socket.socket())
                filling.setblocking(False)
                filling.connect_ex(address)

    async def _serve(self, case: Case, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
                await self._visit(case, Visit(reader, writer, "/", self.port))
        except Exception as error:  # noqa: BLE001  (it would end in the loop's log alone)
            self.mistakes.append(error)
        finally:
            writer.close()
            with suppress(ConnectionError, OSError):
                await writer.wait_closed()

    async def _visit(self, case: Case, visit: Visit) -> None:
        if not case.speaks_first:
            request = (await visit.reader.readuntil(b"\r\n\r\n")).split(b" ")
            visit.path = request[1].decode("latin-1")
        self.asked[case.name].append(visit.path)
        answer = case.answer
        if visit.path == "/robots.txt":
            answer = _NO_ROBOTS if case.robots is None else case.robots
        if isinstance(answer, bytes):
            await visit.send(answer)
        else:
            await answer(visit)
