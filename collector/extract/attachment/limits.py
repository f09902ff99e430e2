"""How much of a document is read, and the words for what can't be."""

from __future__ import annotations

from dataclasses import dataclass

from collector.page import PageError, Trouble


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    text: int = 1_000_000
    """Characters that are kept; what comes after them is cut."""
    unpacked: int = 50_000_000
    """Bytes that a zipped document may unpack to, in all the parts that are read."""
    pages: int = 2_000
    """Pages that are read; what comes after them is cut."""
    seconds: float = 4.0
    """For the program that reads DOC. Less than the child's own deadline, so that it is not left running behind it."""


def damaged(why: str) -> PageError:
    return PageError(Trouble.UNREADABLE, f"it is damaged: {why}")


def protected() -> PageError:
    return PageError(Trouble.UNREADABLE, "it is protected by a password")


def unpacks_too_far(limit: int) -> PageError:
    return PageError(Trouble.TOO_LARGE, f"it unpacks to more than {limit / 1_000_000:g} MB")
