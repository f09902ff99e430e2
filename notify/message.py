"""What is sent, before anything is known of how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Message:
    """One alert in one language. No field but `text` and `html` has line breaks or control characters."""

    subject: str
    text: str
    html: str
    """A whole document that says the same as `text`."""
    message_id: str
    """With its domain and in angle brackets; the same in every attempt."""
    date: datetime
    headers: tuple[tuple[str, str], ...] = ()
    """Further header fields of a mail, in ASCII."""
