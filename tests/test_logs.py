"""What the log tells the operator, and what it never tells anybody."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from service_runner import FAST, PATIENCE, Running, configured, demo_site, free_port, mail_to, running, source, started

from collector.demo.texts import texts

SECRET = "top-secret-password"
READER = "reader@example.org"
WATCH = "[watch.sco]\nquery = 'ШОС'\nchannels = [\"office\"]\n"


@contextmanager
def tactless_server() -> Iterator[tuple[int, threading.Event]]:
    """A mail server that refuses for now, repeating all that it was told; and the event that it did so twice."""
    asked: list[str] = []
    twice = threading.Event()

    class Box:
        async def handle_RCPT(self, _server: Any, _session: Any, _envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
            asked.append(address)
            if len(asked) > 1:
                twice.set()
            return f"451 <{address}> is greylisted, mailto://teller:{SECRET}@127.0.0.1"

    controller = Controller(
        Box(), hostname="127.0.0.1", port=free_port(), auth_require_tls=False, authenticator=lambda *_: AuthResult(success=True)
    )
    controller.start()
    try:
        yield controller.port, twice
    finally:
        controller.stop()


def publish_what_is_watched_for(site: Any) -> None:
    site.publish(texts(datetime.now(UTC)).later)


def test_neither_address_nor_password_is_in_the_log_and_each_line_is_json(tmp_path: Path) -> None:
    with demo_site() as site, tactless_server() as (port, twice):
        with running(configured(tmp_path, source(site) + mail_to(port, SECRET) + WATCH)) as service:
            service.line("looked", baseline=3)
            publish_what_is_watched_for(site)
            told = service.line("not sent")
            assert twice.wait(PATIENCE)
            assert service.ends() == 0
        assert "451" in told["reason"]
        assert told["channel"] == "office"
        _keeps_its_counsel(service)
        assert all({"timestamp", "level", "event"} <= json.loads(line).keys() for line in service.lines)


def test_a_line_for_people_is_one_event_and_as_discreet(tmp_path: Path) -> None:
    config = configured(tmp_path, "", FAST.replace('log = "json"', 'log = "text"'))
    with demo_site() as site, tactless_server() as (port, twice):
        config.write_text(config.read_text() + source(site) + mail_to(port, SECRET) + WATCH)
        with started(config) as service:
            while "event=looked" not in service.next_line():
                pass
            publish_what_is_watched_for(site)
            assert twice.wait(PATIENCE)
            assert service.ends(signal.SIGTERM) == 0
    _keeps_its_counsel(service)
    assert all(line.startswith("timestamp=") and " level=" in line and " event=" in line for line in service.lines)
    assert 'event="not sent"' in service.said


def _keeps_its_counsel(service: Running) -> None:
    assert SECRET not in service.said
    assert READER not in service.said
    assert "Traceback" not in service.said


def test_a_refused_start_names_the_setting_and_not_the_secret(tmp_path: Path) -> None:
    config = configured(tmp_path, f'[channel.office]\nurl = "nosuch://teller:{SECRET}@example.org"\n')
    with started(config) as service:
        assert service.status() == 2
    assert "[channel.office] url: nosuch:// is no service that messages can be sent to" in service.said
    assert SECRET not in service.said


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_source_that_fails_is_told_by_its_name_and_reason(form: str, tmp_path: Path) -> None:
    config = configured(tmp_path, '[source.far]\nurl = "http://nobody.invalid/"\n', FAST.replace('log = "json"', f'log = "{form}"'))
    with started(config) as service:
        while "look failed" not in (line := service.next_line()):
            pass
    assert "far" in line
    assert "its host name can't be resolved" in line
