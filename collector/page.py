"""What came back for an address, and the kinds of ways in which nothing does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Page:
    """One answer, whole. `body` is decoded from its transfer encodings, not from its charset."""

    url: str
    """As it was asked for."""
    final_url: str
    """After redirects; relative addresses in the page are relative to it."""
    content_type: str
    body: bytes
    etag: str = ""
    last_modified: str = ""
    not_modified: bool = False
    """Nothing changed since the validators that it was asked with."""
    headers: tuple[tuple[str, str], ...] = ()
    """Of the final answer, as they came, but for cookies."""
    fresh_for: float = 0
    """Seconds for which the server says that its answer stays as it is (RFC 9111, 4.2)."""


class Trouble(StrEnum):
    """Why a page could not be had. The kind decides when it is asked for again."""

    TEMPORARY = "temporary"
    GONE = "gone"
    BLOCKED = "blocked"
    """The server does not want us now: asked too often, not from here, not without a password."""
    REFUSED = "refused"
    """We refuse: a private address, not a web address, robots.txt."""
    TOO_LARGE = "too large"
    INCOMPLETE = "incomplete"
    CERTIFICATE = "certificate"
    """No secure connection can be had: its certificate is not to be trusted, or it speaks no TLS of today."""
    NAME = "name"
    OURS = "ours"
    """Our own connection is down; nothing is said of the site."""
    SCRIPTS = "scripts"
    """It came, and its scripts would have to write it first."""
    UNREADABLE = "unreadable"
    """It came, and nothing in it was understood."""
    DOUBTFUL = "doubtful"
    """It came, and is not what it should be; that may pass."""


_BLOCKED = frozenset({401, 403, 407, 429, 451, 999})
_GONE = frozenset({404, 410})


def trouble_of(status: int) -> Trouble:
    """The kind of trouble that an HTTP status other than 200 means."""
    if status in _GONE:
        return Trouble.GONE
    return Trouble.BLOCKED if status in _BLOCKED else Trouble.TEMPORARY


class PageError(Exception):
    """A page could not be had or not be read; the message says why in words, for people."""

    def __init__(self, trouble: Trouble, words: str, retry_after: float | None = None) -> None:
        super().__init__(words)
        self.trouble = trouble
        self.words = words
        self.retry_after = retry_after
        """Seconds the server asked to wait, None where it did not."""

    def __reduce__(self) -> tuple[type[PageError], tuple[Trouble, str, float | None]]:
        # so that a child process can raise it into ours
        return PageError, (self.trouble, self.words, self.retry_after)
