"""A channel as the rest sees it: a name, whom it reaches, and a way to send. What its address is stays inside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from notify.message import Message
    from storage.model import Recipient

_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff]+")
_LONGEST_WORDS = 500


class ChannelError(ValueError):
    """A channel that can't be opened. The message names it, and never has its address or a part of it."""


class SendError(Exception):
    """A message was not accepted; `words` are the receiver's or our own, on one line; `permanent` if trying again is of no use."""

    def __init__(self, words: str, *, permanent: bool = False) -> None:
        self.words = one_line(words)
        self.permanent = permanent
        super().__init__(self.words)


class Sender(Protocol):
    def send(self, message: Message, recipient: Recipient) -> str:
        """As `Channel.send`."""
        ...


@dataclass(frozen=True, slots=True)
class Channel:
    name: str
    language: str
    """Of its messages: `ru`, `be` or `en`."""
    zone: str
    """In which its messages give the time: an IANA name."""
    recipients: tuple[Recipient, ...]
    sender: Sender = field(repr=False, compare=False)

    def send(self, message: Message, recipient: Recipient) -> str:
        """Blocks until the receiver has taken the message, and returns its words as a receipt; raises SendError, and nothing is logged."""
        if all(recipient.key != known.key for known in self.recipients):
            raise SendError(f"channel {self.name} does not reach this recipient any more", permanent=True)
        return self.sender.send(message, recipient)


def one_line(words: str) -> str:
    """What a server said, fit to be kept and shown."""
    return _UNPRINTABLE.sub(" ", words).strip()[:_LONGEST_WORDS]
