"""A small world for the whole service: sites on loopback, a real mail server, the service as a process of its own."""

from __future__ import annotations

import email
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default as modern
from pathlib import Path
from typing import Any, Self
from urllib.request import urlopen

from aiosmtpd.controller import Controller
from balance import assert_balanced
from databases import NOW

from storage.store import Store, open_store

QUERY = 'ШОС OR "Шанхайская организация сотрудничества"'
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Mailbox:
    """A mail server that keeps what it accepts. `on_letter` runs before it answers."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.on_letter: Callable[[], None] = lambda: None
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=True)

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802  (aiosmtpd's name)
        letter = email.message_from_bytes(envelope.content, policy=modern)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.on_letter()
        return "250 accepted"

    @property
    def url(self) -> str:
        return f"mailto://127.0.0.1:{self._controller.port}?from=vestnik@example.org&to=reader@example.org&mode=insecure"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()


@dataclass
class Installation:
    """A data folder with its configuration, and the service that runs on them."""

    folder: Path
    site_url: str
    hosts: Sequence[str]
    mailbox: Mailbox
    database_url: str = ""
    hold: str = "1h"
    settle: str = "5m"
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def data_dir(self) -> Path:
        return self.folder / "data"

    def configure(self) -> Path:
        """`vestnik.toml` with everything as by default, but faster, and allowed to connect to this machine."""
        database = f"database_url = {json.dumps(self.database_url)}" if self.database_url else ""
        file = self.folder / "vestnik.toml"
        file.write_text(
            f"""
            [service]
            data_dir = {json.dumps(str(self.data_dir))}
            {database}
            listen = "127.0.0.1:{self.port}"
            tick = "0.1s"
            lease = "2s"
            [network]
            allow = ["127.0.0.0/8"]
            control = []
            pause = "1ms"
            [cadence]
            every = "300ms"
            longest = "300ms"
            retry_first = "300ms"
            again_first = "500ms"
            again_longest = "1s"
            backfill_pause = "10ms"
            hold = {json.dumps(self.hold)}
            [health]
            every = "0.1s"
            [outbox]
            retry_first = "200ms"
            settle = {json.dumps(self.settle)}
            [source.ministry]
            use = "mpt.gov.by"
            url = {json.dumps(self.site_url)}
            hosts = {json.dumps(list(self.hosts))}
            [channel.reader]
            url = {json.dumps(self.mailbox.url)}
            [watch.sco]
            query = {json.dumps(QUERY)}
            channels = ["reader"]
            """,
            encoding="utf-8",
        )
        return file

    @contextmanager
    def running(self, *runner: str) -> Iterator[Process]:
        """The service, ended by SIGTERM at the end of the block if it has not ended by then. `runner` replaces the `vestnik` command."""
        command = runner or (str(Path(sys.executable).with_name("vestnik")),)
        with (self.folder / "log").open("ab") as log:
            started = Process(subprocess.Popen([*command, "run", "--config", str(self.configure())], stderr=log))
        try:
            yield started
        finally:
            started.stop()

    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    @contextmanager
    def store(self) -> Iterator[Store]:
        opened = open_store(self.database_url or f"sqlite:///{self.data_dir / 'vestnik.db'}", NOW)
        try:
            yield opened
            assert_balanced(opened)
        finally:
            opened.close()

    def answers(self) -> bool:
        """Whether the service serves by now."""
        try:
            return bool(self.get("/healthz"))
        except OSError:
            return False

    def get(self, path: str) -> bytes:
        with urlopen(f"{self.url}{path}", timeout=10) as answer:
            return bytes(answer.read())


class Process:
    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process

    def kill(self) -> None:
        self.process.kill()

    def stop(self) -> int:
        """SIGTERM; the exit status. It has 10 seconds."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise

    def wait_for_end(self) -> int:
        return self.process.wait(PATIENCE)

    def is_running(self) -> bool:
        return self.process.poll() is None


def until(happened: Callable[[], bool], name: str, process: Process | None = None, patience: float = PATIENCE) -> None:
    """Wait for something that another process does: it is looked for until it is there. Fails where that takes too long."""
    deadline = time.monotonic() + patience
    pause = threading.Event()
    while not happened():
        assert time.monotonic() < deadline, f"this did not happen within {patience} s: {name}"
        assert process is None or process.is_running(), f"the service ended before this happened: {name}"
        pause.wait(0.05)


def all_read(store: Store) -> bool:
    """Every link ever seen was read, and every revision was held against the watches."""
    states = store.sources.states()
    links = {state: count for source in states for state, count in store.sources.link_states(source.id).items()}
    looked = all(source.first_good_at for source in states) and bool(states)
    return looked and not {"waiting", "failed"} & set(links) and not store.matches.unmatched(1)


def nothing_owed(store: Store) -> bool:
    return set(store.outbox.counts()) <= {"sent"}
