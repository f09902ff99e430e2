"""The whole service as a process: it serves, it stops when told to, and what was in flight is kept."""

from __future__ import annotations

import json
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from service_runner import FAST, PATIENCE, Command, Running, configured, demo_site, kept, mail_to, running, silent_server, source, started

from collector.demo.site import DemoSite
from collector.demo.texts import texts

WATCH = "[watch.sco]\nquery = 'ШОС'\nchannels = [\"office\"]\n"
IMPATIENT = FAST.replace("[service]", '[service]\nshutdown = "0.5s"')
LATER = texts(datetime.now(UTC)).later
"""A publication of which the watch is told."""


@contextmanager
def site_whose_articles_hang() -> Iterator[tuple[DemoSite, threading.Event, threading.Event]]:
    """Its listing comes at once and its publications don't; the event that one was asked for, and the one that lets them come."""
    asked, let_go = threading.Event(), threading.Event()

    def on_request(path: str) -> None:
        if path not in {"/", "/rss.xml", "/robots.txt"}:
            asked.set()
            let_go.wait(PATIENCE)

    with demo_site(on_request=on_request) as site:
        try:
            yield site, asked, let_go
        finally:
            let_go.set()


def read_once(service: Running) -> None:
    """Wait until the first look has read what there was."""
    service.line("looked", baseline=3)


def test_it_answers_under_health_page_and_both_feeds(workplace: Path, vestnik: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    with demo_site() as site, running(configured(workplace, source(site))) as service:
        read_once(service)
        monkeypatch.setenv("VESTNIK_SERVICE__LISTEN", urlsplit(service.url).netloc)
        assert vestnik("healthcheck").status == 0
        assert json.loads(service.get("/healthz"))["ok"] is True
        title = site.answer("x", "/rss.xml").body.decode().split("<item>")[1].split("<title>")[1].split("</title>")[0]
        for path in ("/", "/feeds/all.atom", "/feeds/all.rss"):
            assert title in service.get(path).decode()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_success_while_a_visitor_keeps_a_connection_open(tmp_path: Path, number: int) -> None:
    with demo_site() as site, running(configured(tmp_path, source(site))) as service:
        read_once(service)
        host, port = urlsplit(service.url).netloc.split(":")
        with socket.create_connection((host, int(port))) as visitor:
            visitor.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /half-a-req")
            visitor.recv(1)
            assert service.ends(number) == 0
        assert json.loads(service.lines[-1])["event"] == "stopped"


def test_a_signal_right_at_the_start_ends_it(tmp_path: Path) -> None:
    with demo_site() as site, started(configured(tmp_path, source(site))) as service:
        assert service.ends() in {0, -signal.SIGTERM}  # the latter while Python itself starts
        assert "Traceback" not in service.said


def test_it_stops_while_a_page_hangs_and_its_link_waits_for_the_next_start(tmp_path: Path) -> None:
    with site_whose_articles_hang() as (site, asked, _), running(configured(tmp_path, source(site), IMPATIENT)) as service:
        assert asked.wait(PATIENCE)
        assert service.ends() == 0
        assert "Traceback" not in service.said
    with kept(tmp_path) as store:
        (state,) = store.sources.states(["demo"])
        assert store.sources.link_states(state.id) == {"waiting": 3}


def test_it_stops_while_a_mail_server_hangs_and_the_alert_is_still_owed(tmp_path: Path) -> None:
    with demo_site() as site, silent_server() as mail, running(told(tmp_path, site, mail.port, IMPATIENT)) as service:
        read_once(service)
        site.publish(LATER)
        assert mail.connected.wait(PATIENCE)
        assert service.ends() == 0
        assert "Traceback" not in service.said
    with kept(tmp_path) as store:
        assert dict(store.outbox.counts()) == {"owed": 1}


def test_with_the_default_patience_it_stops_within_ten_seconds_though_everything_hangs(tmp_path: Path) -> None:
    # ten seconds are what containers are given before they are killed
    hang, asked = threading.Event(), threading.Event()

    def on_request(path: str) -> None:
        if hang.is_set():
            asked.set()
            silent.let_go.wait(PATIENCE)

    with demo_site(on_request=on_request) as site, silent_server() as silent, running(told(tmp_path, site, silent.port)) as service:
        read_once(service)
        site.publish(LATER)
        assert silent.connected.wait(PATIENCE)
        hang.set()
        assert asked.wait(PATIENCE)
        assert service.ends(seconds=10) == 0
    with kept(tmp_path) as store:
        assert dict(store.outbox.counts()) == {"owed": 1}


def test_after_a_stop_it_goes_on_where_it_was(tmp_path: Path) -> None:
    with site_whose_articles_hang() as (site, asked, let_go):
        config = configured(tmp_path, source(site), IMPATIENT)
        with running(config) as service:
            assert asked.wait(PATIENCE)
            service.ends()
        let_go.set()
        with running(config) as service:
            service.line("looked", baseline=3)


def told(folder: Path, site: DemoSite, port: int, fast: str = FAST) -> Path:
    """The sample site, a watch, and a channel whose mail server is at `port`."""
    return configured(folder, source(site) + mail_to(port) + WATCH, fast)
