"""The service as its user starts it: the installed command in a process of its own, its log read as it comes."""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from collector.demo.site import DemoSite
from collector.demo.texts import texts
from collector.service.cli import main
from storage.store import Store, open_store

VESTNIK = Path(sys.executable).with_name("vestnik")
PATIENCE = 30.0
"""Seconds after which what was awaited counts as not happening."""
FAST = """
[service]
listen = "127.0.0.1:0"
data_dir = "data"
tick = "0.1s"
log = "json"
log_level = "debug"
[network]
allow = ["127.0.0.0/8"]
control = []
pause = "0.005s"
[cadence]
every = "0.3s"
longest = "0.3s"
retry_first = "0.2s"
retry_longest = "0.2s"
[outbox]
retry_first = "0.2s"
retry_longest = "0.2s"
"""
ENVIRONMENT = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}


def configured(folder: Path, more: str = "", fast: str = FAST) -> Path:
    """A configuration in `folder`, which also holds what the service keeps."""
    file = folder / "vestnik.toml"
    file.write_text(fast.replace('"data"', f'"{folder / "data"}"') + more, encoding="utf-8")
    return file


def source(site: DemoSite) -> str:
    """The table of a sample site."""
    return f'[source.demo]\nuse = "mpt.gov.by"\nurl = "{site.url}/"\nhosts = ["127.0.0.1:{site.port}"]\n'


def mail_to(port: int, password: str = "") -> str:
    """The table of a channel whose mail server is at `port`."""
    login = f"teller:{password}@" if password else ""
    return f'[channel.office]\nurl = "mailto://{login}127.0.0.1:{port}?from=vestnik@example.org&to=reader@example.org&mode=insecure"\n'


@contextmanager
def demo_site(count: int = 3, on_request: Callable[[str], None] | None = None) -> Iterator[DemoSite]:
    """A sample ministry with few publications."""
    with DemoSite([node for node in texts(datetime.now(UTC)).nodes if node.language == "ru"][:count], on_request=on_request) as site:
        yield site


class Ended(NamedTuple):
    """A command that came to its end."""

    status: int
    out: str
    err: str

    @property
    def values(self) -> list[Any]:
        """Its output as JSON, a value a line."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Command:
    """`vestnik` with arguments, run in this process: a start of its own would take seconds."""

    capfd: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str) -> Ended:
        status = 0
        try:
            main(arguments)
        except SystemExit as ended:
            status = int(ended.code or 0)
        told = self.capfd.readouterr()
        assert "Traceback" not in told.err
        return Ended(status, told.out, told.err)


def command(*arguments: str, above: Sequence[str] = ()) -> Ended:
    """`vestnik` with arguments, run to its end in a process of its own; `above` are the words of a command that runs it."""
    words = [*above, str(VESTNIK), *arguments]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False, env=ENVIRONMENT)
    return Ended(ended.returncode, ended.stdout, ended.stderr)


@dataclass
class Running:
    """A service that was started; `lines` is all that it wrote to standard error so far."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    _fresh: queue.Queue[str | None] = field(default_factory=queue.Queue)
    url: str = ""

    def read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._fresh.put(line)
        self._fresh.put(None)

    def line(self, name: str, **told: Any) -> dict[str, Any]:
        """The next event of this name, which says at least this."""
        return self.matching(lambda event: event["event"] == name and told.items() <= event.items())

    def matching(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The next wanted event of a log in JSON; AssertionError if the service ends or does other things for long."""
        patient_until = time.monotonic() + PATIENCE
        while time.monotonic() < patient_until:
            event: dict[str, Any] = json.loads(self.next_line())
            if wanted(event):
                return event
        raise AssertionError(f"it did not happen: {self.said[-4000:]}")

    def next_line(self) -> str:
        """AssertionError if the service ends, queue.Empty if it is silent for long."""
        line = self._fresh.get(timeout=PATIENCE)
        assert line is not None, f"the service ended: {self.said}"
        self.lines.append(line)
        return line

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"{self.url}{path}", timeout=PATIENCE) as answer:
            body: bytes = answer.read()
            return body

    def ends(self, number: int = signal.SIGTERM, seconds: float = 10.0) -> int:
        """Its exit status after a signal; TimeoutExpired where it takes longer."""
        self.process.send_signal(number)
        return self.status(seconds)

    def status(self, seconds: float = PATIENCE) -> int:
        status = self.process.wait(seconds)
        while (line := self._fresh.get(timeout=PATIENCE)) is not None:
            self.lines.append(line)
        return status

    @property
    def said(self) -> str:
        return "".join(self.lines)


@contextmanager
def started(config: Path, above: Sequence[str] = ()) -> Iterator[Running]:
    """`vestnik run`, not yet serving; killed at the end of the block where it still runs."""
    words = [*above, str(VESTNIK), "run", "--config", str(config)]
    with subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=ENVIRONMENT) as process:
        service = Running(process)
        reader = threading.Thread(target=service.read)
        reader.start()
        try:
            yield service
        finally:
            process.kill()
            reader.join()


@contextmanager
def running(config: Path, above: Sequence[str] = ()) -> Iterator[Running]:
    """`vestnik run`, serving at `url`. Its log must be in JSON."""
    with started(config, above) as service:
        service.url = service.line("serving")["url"]
        yield service


@contextmanager
def kept(folder: Path) -> Iterator[Store]:
    """What a service that has ended left behind."""
    store = open_store(f"sqlite:///{folder / 'data' / 'vestnik.db'}", datetime.now(UTC))
    try:
        yield store
    finally:
        store.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Silent:
    """A server that takes connections and never says a word, until it is let go."""

    port: int
    connected: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)


@contextmanager
def silent_server() -> Iterator[Silent]:
    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            silent.connected.set()
            silent.let_go.wait(PATIENCE)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        silent = Silent(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield silent
        finally:
            silent.let_go.set()
            server.shutdown()
            thread.join()
