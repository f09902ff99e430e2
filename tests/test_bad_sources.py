"""Sources that can't be read: each is told with its reason, and none keeps the others from being read."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from service_runner import FAST, Ended, command, configured, demo_site, source

HTML = "text/html; charset=utf-8"
ANSWERS: dict[str, tuple[int, str, bytes]] = {
    "missing": (404, HTML, b"<h1>Not found</h1>"),
    "broken": (500, HTML, b"<h1>Oops</h1>"),
    "forbidden": (403, HTML, b"<h1>No</h1>"),
    "captcha": (200, HTML, "<title>Проверка</title><form>Введите символы с картинки<input></form>".encode()),
    "empty": (200, HTML, b""),
    "bare": (200, HTML, "<html><body><main><h1>Новости</h1></main></body></html>".encode()),
    "binary": (200, "application/octet-stream", bytes(range(256)) * 64),
    "hostile": (200, HTML, b"<div " + b" ".join(b"a%d" % number for number in range(60_000)) + b">"),
    "endless": (200, HTML, b"<p>" * 1000),
}
WORDS = {
    "missing": "the server answered 404",
    "broken": "the server answered 500",
    "forbidden": "the server answered 403",
    "captcha": "no publications were recognised in it",
    "empty": "no publications were recognised in it",
    "bare": "no publications were recognised in it",
    "binary": "no publications were recognised in it",
    "hostile": "",  # a quick machine reads it in time, and recognises nothing
    "endless": "the answer is larger than 1 MB",
    "nowhere": "its host name can't be resolved",
    "closed": "no connection: ",
    "private": "it leads to a private address",
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, kind, body = ANSWERS.get(self.path.strip("/"), (404, "text/plain", b""))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        with suppress(ConnectionError):  # who has read enough hangs up
            self.wfile.write(body)
            while self.path == "/endless":
                self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """The test tells what was asked."""


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ended, Ended]]:
    """One look at all of them and at a sound one, and the list of sources after it."""
    folder = tmp_path_factory.mktemp("bad-sources")
    fast = FAST.replace("[network]", '[network]\npage_max = "1MB"\nreading_deadline = "3s"')
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server, demo_site() as site:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        tables = [f'[source.{name}]\nurl = "http://127.0.0.1:{server.server_port}/{name}"\n' for name in ANSWERS]
        tables += ['[source.nowhere]\nurl = "http://nobody.invalid/"\n', '[source.closed]\nurl = "http://127.0.0.1:1/"\n']
        tables += ['[source.private]\nurl = "http://10.1.2.3/"\n']
        config = str(configured(folder, "".join(tables) + source(site), fast))
        yield command("collect", "--json", "--config", config), command("source", "list", "--config", config)
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("name", WORDS)
def test_why_a_source_cannot_be_read_is_told_in_one_line(name: str, collected: tuple[Ended, Ended]) -> None:
    looks = {look["source"]: look for look in collected[0].values}
    assert looks[name]["error"]
    assert WORDS[name] in looks[name]["error"]
    (line,) = [line for line in collected[1].out.splitlines() if line.startswith(f"{name} ")]
    assert f"can't be read: {looks[name]['error']}" in line


def test_a_sound_source_beside_them_is_read(collected: tuple[Ended, Ended]) -> None:
    (look,) = [look for look in collected[0].values if look["source"] == "demo"]
    assert (look["error"], look["baseline"]) == ("", 3)


def test_it_ends_in_words_and_a_status(collected: tuple[Ended, Ended]) -> None:
    assert collected[0].status == 1
    assert f"{len(WORDS)} of {len(WORDS) + 1} sources could not be read" in collected[0].err
    assert "Traceback" not in collected[0].err
