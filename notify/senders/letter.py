"""A message written out as a mail: RFC 5322 with MIME, in ASCII but for addresses in other scripts (RFC 6532).

The header fields are written here, not by `email.policy`: on assignment that decodes encoded words in what a source said, line breaks in
them included (CVE-2024-6923), and when it folds long Cyrillic it loses spaces (both seen with Python 3.11.7).
"""

from __future__ import annotations

from dataclasses import dataclass
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notify.message import Message

_LONGEST_LINE = 900  # RFC 5322 allows 998 with the field's name
_BODY = SMTP.clone(cte_type="7bit")  # every server takes it


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address with its domain in ASCII (RFC 5890); `local` is as it was given, and may be in any script."""

    local: str
    domain: str

    @property
    def address(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def international(self) -> bool:
        return not self.local.isascii()


def written(message: Message, author: Mailbox, author_name: str, to: Mailbox, reply_to: tuple[Mailbox, ...] = ()) -> bytes:
    """The mail as it goes over the wire, lines ended by CR LF. Raises ValueError where a header field of `message` has a line break."""
    body = EmailMessage(policy=_BODY)
    body.set_content(message.text)
    body.add_alternative(message.html, subtype="html")
    fields = [
        ("From", _author(author, author_name)),
        ("To", to.address),
        ("Subject", _words("Subject", message.subject)),
        ("Date", format_datetime(message.date)),
        ("Message-ID", message.message_id),
        *message.headers,
    ]
    if reply_to:
        fields.append(("Reply-To", ", ".join(mailbox.address for mailbox in reply_to)))
    return b"".join(_field(name, value) for name, value in fields) + body.as_bytes()


def _author(author: Mailbox, name: str) -> str:
    return formataddr((name, author.address)) if name.isascii() else f"{_words('From', name)} <{author.address}>"


def _words(name: str, value: str) -> str:
    """Encoded (RFC 2047) unless it is plain ASCII that nobody would decode."""
    if value.isascii() and "=?" not in value and len(value) < _LONGEST_LINE:
        return value
    return Header(value, "utf-8", header_name=name).encode(linesep="\r\n")


def _field(name: str, value: str) -> bytes:
    if any(character in value.replace("\r\n ", "") for character in "\r\n\0"):
        raise ValueError(f"a line break in the header field {name}")
    return f"{name}: {value}\r\n".encode()
