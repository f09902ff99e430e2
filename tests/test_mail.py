"""Mail as a real SMTP server receives it."""

from __future__ import annotations

import email
import shutil
import socket
import socketserver
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from notify.message import Message
from notify.senders.addresses import open_channel
from notify.senders.channel import Channel, SendError

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
MESSAGE = Message(
    subject="Саммит ШОС", text="Текст\n.точка\n", html="<p>Текст</p>", message_id="<1.2.uuid@example.org>", date=NOW,
    headers=(("Auto-Submitted", "auto-generated"), ("List-ID", "Vestnik <alerts.example.org>")),
)  # fmt: skip


@dataclass
class Postbox:
    """What the server took, and the answers it was told to give."""

    answers: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.answers.get("DATA", "250 2.0.0 queued as 42")
        if answer.startswith("2"):
            mail = email.message_from_bytes(envelope.content, policy=default)
            assert isinstance(mail, EmailMessage)
            self.taken.append((list(envelope.rcpt_tos), mail))
        return answer

    def login(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success="AUTH" not in self.answers, handled=False)


@dataclass(frozen=True)
class Running:
    box: Postbox
    port: int

    def channel(self, recipients: str = "anna@example.org", query: str = "", scheme: str = "mailto", login: str = "") -> Channel:
        return open_channel("office", f"{scheme}://{login}127.0.0.1:{self.port}/{recipients}?from=vestnik@example.org{query}")


@pytest.fixture
def serve() -> Iterator[Callable[..., Running]]:
    with ExitStack() as stack:

        def start(answers: dict[str, str] | None = None, **options: Any) -> Running:
            box, port = Postbox(answers or {}), free_port()
            options.setdefault("authenticator", box.login)
            controller = Controller(box, hostname="127.0.0.1", port=port, server_hostname="mail.test", **options)
            controller.start()
            stack.callback(controller.stop)
            return Running(box, port)

        yield start


def free_port() -> int:
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def send(channel: Channel, message: Message = MESSAGE) -> list[str]:
    return [channel.send(message, recipient) for recipient in channel.recipients]


def failure(channel: Channel, message: Message = MESSAGE) -> SendError:
    with pytest.raises(SendError) as refused:
        channel.send(message, channel.recipients[0])
    return refused.value


def test_two_recipients_get_a_message_each_and_never_see_each_other(serve: Callable[..., Running]) -> None:
    server = serve()
    receipts = send(server.channel("anna@example.org/boris@example.org"))
    assert receipts == ["250 2.0.0 queued as 42"] * 2
    assert [(to, mail["To"]) for to, mail in server.box.taken] == [
        (["anna@example.org"], "anna@example.org"),
        (["boris@example.org"], "boris@example.org"),
    ]


def test_a_mail_says_in_text_and_html_what_the_message_says(serve: Callable[..., Running]) -> None:
    server = serve()
    send(server.channel(query="&name=Vestnik%20Минск&reply=desk@example.org"))
    ((_, mail),) = server.box.taken
    assert mail["Subject"] == "Саммит ШОС"
    assert mail["From"] == "Vestnik Минск <vestnik@example.org>"
    assert mail["Reply-To"] == "desk@example.org"
    assert mail["Message-ID"] == "<1.2.uuid@example.org>"
    assert mail["Date"].datetime == NOW
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-ID"] == "Vestnik <alerts.example.org>"
    assert {part.get_content_type(): part.get_content().replace("\r\n", "\n") for part in mail.iter_parts()} == {
        "text/plain": "Текст\n.точка\n",
        "text/html": "<p>Текст</p>\n",
    }


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "permanent"),
    [
        ("421 closing", False),
        ("450 busy", False),
        ("452 full", False),
        ("550 no such user", True),
        ("554 spam", True),
        ("530 log in", False),
    ],
)
def test_the_reply_code_decides_whether_it_is_tried_again(serve: Callable[..., Running], step: str, answer: str, permanent: bool) -> None:
    server = serve({step: answer})
    error = failure(server.channel())
    assert (error.words, error.permanent) == (answer, permanent)
    assert server.box.taken == []


def test_a_login_that_is_refused_is_for_the_operator_to_mend_and_shows_no_password(serve: Callable[..., Running]) -> None:
    server = serve({"AUTH": "no"}, auth_require_tls=False)
    error = failure(server.channel(login="user:top%20secret@"))
    assert error.words.startswith("535")
    assert not error.permanent
    assert "secret" not in error.words
    assert server.box.logins[0] == (b"user", b"top secret")


def test_the_password_is_not_said_where_starttls_is_not_offered(serve: Callable[..., Running]) -> None:
    server = serve(auth_require_tls=False)
    error = failure(server.channel(scheme="mailtos", login="user:secret@"))
    assert "STARTTLS" in error.words
    assert not error.permanent
    assert (server.box.logins, server.box.taken) == ([], [])


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=mail.test"
    subprocess.run([openssl, *made.split(), "-keyout", "both.pem", "-out", "certificate.pem"], cwd=folder, check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_text(both.read_text() + (folder / "certificate.pem").read_text())
    return both


def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def test_the_password_is_not_said_to_a_server_with_a_wrong_certificate(serve: Callable[..., Running], certificate: Path) -> None:
    server = serve(tls_context=tls(certificate))
    error = failure(server.channel(scheme="mailtos", login="user:secret@"))
    assert "certificate verify failed" in error.words
    assert not error.permanent
    assert (server.box.logins, server.box.taken) == ([], [])


@pytest.mark.parametrize(("mode", "option"), [("starttls", "tls_context"), ("ssl", "ssl_context")])
def test_a_mail_goes_encrypted_with_a_login(serve: Callable[..., Running], certificate: Path, mode: str, option: str) -> None:
    server = serve(**{option: tls(certificate)}, auth_require_tls=mode == "starttls", require_starttls=mode == "starttls")
    send(server.channel(scheme="mailtos", login="user:secret@", query=f"&mode={mode}&verify=no"))
    assert server.box.logins == [(b"user", b"secret")]
    assert len(server.box.taken) == 1


def test_no_server_is_a_failure_that_may_pass() -> None:
    error = failure(Running(Postbox(), free_port()).channel())
    assert "refused" in error.words
    assert not error.permanent


def test_an_international_address_reaches_a_server_that_takes_it(serve: Callable[..., Running]) -> None:
    server = serve(enable_SMTPUTF8=True)
    send(server.channel("анна@пример.бел"))
    ((to, mail),) = server.box.taken
    assert to == ["анна@xn--e1afmkfd.xn--90ais"]
    assert "To: анна@xn--e1afmkfd.xn--90ais" in mail.as_bytes().decode()


def test_an_international_domain_reaches_any_server(serve: Callable[..., Running]) -> None:
    server = serve(enable_SMTPUTF8=False)
    send(server.channel("anna@пример.бел"))
    assert server.box.taken[0][0] == ["anna@xn--e1afmkfd.xn--90ais"]


def test_an_international_name_is_refused_in_words_where_the_server_lacks_it(serve: Callable[..., Running]) -> None:
    server = serve(enable_SMTPUTF8=False)
    error = failure(server.channel("анна@пример.бел"))
    assert "internationalised" in error.words
    assert error.permanent


def test_a_channel_that_lost_a_recipient_says_so(serve: Callable[..., Running]) -> None:
    server = serve()
    gone = server.channel("gone@example.org").recipients[0]
    with pytest.raises(SendError, match="does not reach this recipient") as refused:
        server.channel().send(MESSAGE, gone)
    assert refused.value.permanent


SUBJECTS = [
    " ".join(["О заседании Совета операторов электросвязи"] * 5),
    "A meeting of the Council " * 60 + "ended",
    "=?utf-8?q?Council=0D=0ABcc:_evil@example.org?=",
    "Совет =?utf-8?q?=0ABcc:_evil@example.org?=",
    '"Council", <b@example.org>; {{ 7*7 }}',
]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_arrives_as_it_was_and_is_no_other_header(serve: Callable[..., Running], subject: str) -> None:
    server = serve()
    send(server.channel(), replace(MESSAGE, subject=subject))
    ((to, mail),) = server.box.taken
    assert mail["Subject"] == subject
    assert to == ["anna@example.org"]
    assert "Bcc" not in mail


@pytest.mark.parametrize("breaking", [{"subject": "a\nBcc: evil@example.org"}, {"headers": (("X-A", "1\r\nBcc: evil@example.org"),)}])
def test_a_line_break_in_a_header_is_never_sent(serve: Callable[..., Running], breaking: dict[str, Any]) -> None:
    server = serve()
    with pytest.raises(ValueError, match="a line break in the header field"):
        send(server.channel(), replace(MESSAGE, **breaking))
    assert server.box.taken == []


@pytest.fixture
def scripted() -> Iterator[Callable[..., Running]]:
    """A server that greets, answers each command by its verb, and hangs up after the last byte of a mail."""
    with ExitStack() as stack:

        def start(greeting: str) -> Running:
            class Script(socketserver.StreamRequestHandler):
                def handle(self) -> None:
                    self.wfile.write(f"{greeting}\r\n".encode())
                    for line in self.rfile:
                        if line == b".\r\n":
                            self.wfile.write(b"250 taken\r\n")
                            return
                        if line[:4].upper() in {b"EHLO", b"MAIL", b"RCPT"}:
                            self.wfile.write(b"250 ok\r\n")
                        elif line.upper() == b"DATA\r\n":
                            self.wfile.write(b"354 go on\r\n")

            server = stack.enter_context(socketserver.TCPServer(("127.0.0.1", 0), Script))
            thread = Thread(target=server.serve_forever, args=(0.01,))
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            return Running(Postbox(), server.server_address[1])

        yield start


def test_a_mail_that_was_taken_is_sent_even_if_the_server_hangs_up_then(scripted: Callable[..., Running]) -> None:
    assert send(scripted("220 mail").channel()) == ["250 taken"]


def test_a_server_that_turns_us_away_at_the_door_has_not_refused_the_mail(scripted: Callable[..., Running]) -> None:
    error = failure(scripted("554 not you").channel())
    assert (error.words, error.permanent) == ("554 not you", False)
