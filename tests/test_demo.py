"""The demo, as somebody without a network runs it."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

VESTNIK = str(Path(sys.executable).with_name("vestnik"))
PATIENCE = 90


@pytest.fixture(scope="module")
def ended() -> subprocess.CompletedProcess[str]:
    return subprocess.run([VESTNIK, "demo", "--once", "--port", "0"], capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_it_ends_by_itself_with_a_summary_and_status_0(ended: subprocess.CompletedProcess[str]) -> None:
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert re.search(r"articles \(\d+ baseline, 1 new\), 1 edited, 1 alert sent\.$", ended.stdout.strip())


def test_it_shows_the_mail_the_feed_and_the_page(ended: subprocess.CompletedProcess[str]) -> None:
    assert "| To: reader@example.org" in ended.stdout
    assert re.search(r"\| Message-ID: <\S+>", ended.stdout)
    assert "*Шанхайской организации сотрудничества*" in ended.stdout
    assert re.search(r"feed +http://127\.0\.0\.1:\d+/feeds/all\.atom", ended.stdout)
    assert re.search(r"page +http://127\.0\.0\.1:\d+/", ended.stdout)


def test_it_says_nothing_on_standard_error(ended: subprocess.CompletedProcess[str]) -> None:
    assert ended.stderr == ""


@pytest.fixture
def going_on() -> Iterator[subprocess.Popen[str]]:
    """The demo at a port that is taken, started for longer."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        process = subprocess.Popen([VESTNIK, "demo", "--port", port], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        yield process
        process.kill()
        process.communicate()


def test_it_takes_another_port_where_one_is_taken_and_ends_when_it_is_told(going_on: subprocess.Popen[str]) -> None:
    assert going_on.stdout is not None
    page = next(found[1] for line in going_on.stdout if (found := re.search(r"page +(http://\S+)", line)))
    with urlopen(page, timeout=PATIENCE) as answer:
        assert "Вестник" in answer.read().decode()
    going_on.send_signal(signal.SIGINT)
    assert going_on.wait(10) == 0
