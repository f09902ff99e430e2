"""The sample site as a web server on loopback, in threads of its own."""

from __future__ import annotations

import hashlib
import re
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qs, unquote

from collector.demo.node import Generation, Node, SiteLook
from collector.demo.routes import Answer, answer


class Request(NamedTuple):
    """A request that was answered. `path` is as it was sent, with its query."""

    method: str
    host: str
    path: str
    status: int


class DemoSite:
    """Serves nodes until it is closed; what it serves may change meanwhile, from any thread.

    The Host header decides the address that pages and feed claim to have, so that one site can be asked under several names.
    A port of 0 lets the system choose.
    """

    def __init__(
        self,
        nodes: Iterable[Node] = (),
        *,
        generation: Generation = Generation.DRUPAL10,
        history_id: bool = False,
        port: int = 0,
        on_request: Callable[[str], None] | None = None,
    ) -> None:
        self.generation = generation
        self.history_id = history_id
        self.on_request = on_request
        self._port = port
        self._lock = threading.Lock()
        self._nodes = {node.id: node for node in nodes}
        self._requests: list[Request] = []
        self._server: _Server | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """OSError where the port is taken. A closed site may be started again: at the port it had."""
        if self._server is not None:
            raise RuntimeError("the sample site is running already")
        self._server = _Server(self, self._port)
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="demo-site", daemon=True).start()

    def close(self) -> None:
        """Stops listening and cuts open connections; closing twice is no error."""
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()
            server.cut_connections()

    @property
    def port(self) -> int:
        return self._port

    @property
    def url(self) -> str:
        """Without a final slash."""
        return f"http://127.0.0.1:{self._port}"

    # --- what it serves -----------------------------------------------------------------------------------------------------------------

    def publish(self, node: Node) -> None:
        """ValueError where the number is taken."""
        with self._lock:
            if node.id in self._nodes:
                raise ValueError(f"node {node.id} is published already")
            self._nodes[node.id] = node

    def edit(self, node_id: int, change: Callable[[Node], Node]) -> None:
        """KeyError where there is no such node. A change that moves `changed` moves Last-Modified; the entity tag follows by itself."""
        with self._lock:
            self._nodes[node_id] = change(self._nodes[node_id])

    def remove(self, node_id: int) -> None:
        """KeyError where there is no such node."""
        with self._lock:
            del self._nodes[node_id]

    # --- what was asked -----------------------------------------------------------------------------------------------------------------

    @property
    def requests(self) -> tuple[Request, ...]:
        with self._lock:
            return tuple(self._requests)

    def record(self, request: Request) -> None:
        with self._lock:
            self._requests.append(request)

    def answer(self, host: str, target: str) -> Answer:
        """What a request for `target` (path and query) under the name `host` gets."""
        with self._lock:
            nodes = dict(self._nodes)
        path, _, query = target.partition("?")
        page = parse_qs(query).get("page", ["0"])[0]
        look = SiteLook(f"http://{host}", self.generation, history_id=self.history_id)
        return answer(nodes, look, unquote(path), int(page) if re.fullmatch("[0-9]{1,9}", page) else 0)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, site: DemoSite, port: int) -> None:
        self.site = site
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def server_bind(self) -> None:
        # HTTPServer would ask the resolver for its own name, which takes seconds where there is none.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def connected(self, connection: socket.socket) -> None:
        with self._open_lock:
            self._open.add(connection)

    def disconnected(self, connection: socket.socket) -> None:
        with self._open_lock:
            self._open.discard(connection)

    def cut_connections(self) -> None:
        """Clients keep connections open; without this their threads would wait for the next request for ever."""
        with self._open_lock:
            for connection in self._open:
                # One that the client has closed meanwhile is as good as cut.
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A visitor who leaves in the middle of an answer is none.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    # One packet an answer: headers and body apart would wait for the client's delayed acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.server.connected(self.connection)

    def finish(self) -> None:
        self.server.disconnected(self.connection)
        super().finish()

    def do_GET(self) -> None:
        site = self.server.site
        if site.on_request is not None:
            site.on_request(self.path)
        host = self.headers.get("Host") or f"127.0.0.1:{site.port}"
        made = site.answer(host, self.path)
        etag = f'"{hashlib.sha256(made.body).hexdigest()[:24]}"'
        last_modified = format_datetime(made.last_modified.astimezone(UTC), usegmt=True) if made.last_modified else ""
        status = HTTPStatus.NOT_MODIFIED if made.status == HTTPStatus.OK and self._is_known(etag, last_modified) else made.status
        site.record(Request(self.command, host, self.path, status))
        self._send(made._replace(status=status), etag, last_modified)

    do_HEAD = do_GET  # noqa: N815 - the name is the base class's

    def _is_known(self, etag: str, last_modified: str) -> bool:
        """RFC 9110, section 13.2.2: the date counts only where no tag is sent. Drupal compares it for equality."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return tags.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
        return bool(last_modified) and self.headers.get("If-Modified-Since") == last_modified

    def _send(self, made: Answer, etag: str, last_modified: str) -> None:
        self.send_response(made.status)
        if made.status != HTTPStatus.NOT_FOUND:
            self.send_header("ETag", etag)
            if last_modified:
                self.send_header("Last-Modified", last_modified)
        if made.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", made.media_type)
            self.send_header("Content-Length", str(len(made.body)))
        self.end_headers()
        if self.command != "HEAD" and made.status != HTTPStatus.NOT_MODIFIED:
            self.wfile.write(made.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - so is the argument's
        """Says nothing: who wants to know reads `requests`."""
