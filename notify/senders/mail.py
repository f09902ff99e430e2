"""Mail over SMTP, one recipient a message. The server's reply codes decide what is tried again (RFC 5321, section 4.2.1)."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from base64 import b64encode
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from notify.senders.channel import SendError, one_line
from notify.senders.letter import Mailbox, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from notify.message import Message
    from storage.model import Recipient

# Replies that tell of our account, not of the message or its recipient: the operator can mend them (RFC 4954, section 6).
_ABOUT_OUR_LOGIN = frozenset((530, 534, 535, 538))
_ADDRESS = re.compile(r"<?[^\s<>:;,]+@[^\s<>:;,]+>?")
_PERMANENT = 500


class Security(StrEnum):
    INSECURE = "insecure"
    STARTTLS = "starttls"
    SSL = "ssl"


@dataclass(frozen=True, slots=True)
class Server:
    host: str
    port: int
    security: Security
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    verify: bool = True
    """Whether its certificate must be good."""
    timeout: float = 30.0
    """Seconds for each step."""


@dataclass(frozen=True, slots=True)
class MailSender:
    """Sends to the mailboxes of one channel; keeps no connection between messages, so that no server's idle limit matters."""

    server: Server = field(repr=False)
    author: Mailbox = field(repr=False)
    author_name: str = field(repr=False)
    mailboxes: Mapping[str, Mailbox] = field(repr=False)
    """By the recipient's key."""
    reply_to: tuple[Mailbox, ...] = field(default=(), repr=False)

    def send(self, message: Message, recipient: Recipient) -> str:
        """The server's words after the last byte. Raises SendError, permanent if the server refused the message or the address for good."""
        to = self.mailboxes[recipient.key]
        mail = written(message, self.author, self.author_name, to, self.reply_to)
        try:
            with self._session() as smtp:
                return self._deliver(smtp, mail, to)
        except smtplib.SMTPResponseException as error:
            # Reached by connecting, greeting and login only: what they meet is no verdict on this message.
            raise SendError(self._words(error.smtp_code, error.smtp_error)) from None
        except smtplib.SMTPException as error:
            raise SendError(self._without_secrets(f"{type(error).__name__}: {error}")) from None
        except TimeoutError:
            raise SendError("the mail server does not answer in time") from None
        except socket.gaierror:
            raise SendError("the mail server's name can't be resolved") from None
        except OSError as error:
            raise SendError(self._without_secrets(f"no connection to the mail server: {error.strerror or error}")) from None
        except UnicodeError:
            raise SendError("the mail server's name, or our user name or password there, has letters that SMTP can't carry") from None

    @contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        smtp = self._connected()
        try:
            smtp.ehlo_or_helo_if_needed()
            if self.server.security is Security.STARTTLS:
                # It raises if the server doesn't offer it: then nothing more is said, least of all the password.
                smtp.starttls(context=self._tls())
                smtp.ehlo_or_helo_if_needed()
            if self.server.user and self.server.password:
                smtp.login(self.server.user, self.server.password)
            yield smtp
            with suppress(smtplib.SMTPException, OSError):  # the message is taken, or refused, already
                smtp.quit()
        finally:
            smtp.close()

    def _connected(self) -> smtplib.SMTP:
        server = self.server
        # Our name in the greeting is the author's domain: smtplib would ask the name service for the machine's, which can take minutes.
        if server.security is Security.SSL:
            return smtplib.SMTP_SSL(server.host, server.port, self.author.domain, timeout=server.timeout, context=self._tls())
        return smtplib.SMTP(server.host, server.port, self.author.domain, timeout=server.timeout)

    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if not self.server.verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    def _deliver(self, smtp: smtplib.SMTP, mail: bytes, to: Mailbox) -> str:
        international = any(mailbox.international for mailbox in (to, self.author, *self.reply_to))
        if international and not smtp.has_extn("smtputf8"):
            raise SendError("the mail server does not take internationalised addresses (SMTPUTF8, RFC 6531)", permanent=True)
        self._accepted(*smtp.mail(self.author.address, ["SMTPUTF8", "BODY=8BITMIME"] if international else []))
        self._accepted(*smtp.rcpt(to.address))
        try:
            return self._accepted(*smtp.data(mail))
        except smtplib.SMTPDataError as error:
            return self._accepted(error.smtp_code, error.smtp_error)

    def _accepted(self, code: int, words: bytes | str) -> str:
        said = self._words(code, words)
        # No code at all (-1) is a connection that broke.
        if not 200 <= code < 300:  # noqa: PLR2004  (success, by RFC 5321)
            raise SendError(said, permanent=code >= _PERMANENT and code not in _ABOUT_OUR_LOGIN)
        return said

    def _words(self, code: int, words: bytes | str) -> str:
        said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
        return one_line(self._without_secrets(f"{code} {said}"))

    def _without_secrets(self, words: str) -> str:
        """A server, or what sits between, may repeat what it was told: our login, or whom a message is for."""
        user, password = self.server.user, self.server.password
        if password:
            login = b64encode(f"\0{user}\0{password}".encode()).decode()
            for secret in (login, b64encode(password.encode()).decode(), password):
                words = words.replace(secret, "***")
        return _ADDRESS.sub("<address>", words)
