"""What a reader of the article pages is told, and what it reports of itself: the values that cross the process border."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

HOSTS, PER_HOST = 33, 15
"""A few dozen sites that each have published some pages since they were last looked at, which is how a service meets pages in practice."""
PAGES = HOSTS * PER_HOST
LISTED = "ul.news"
"""The list of publications on each host's front page."""


@dataclass(frozen=True, slots=True)
class Task:
    """Every page that the front pages of these hosts list: to be fetched, read and stored."""

    hosts: tuple[str, ...]
    port: int
    folder: Path
    """For the database, which is new."""

    def front_pages(self) -> list[str]:
        return [f"http://{host}:{self.port}/" for host in self.hosts]

    def as_text(self) -> str:
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_text(cls, text: str) -> Self:
        read = json.loads(text)
        return cls(tuple(read["hosts"]), read["port"], Path(read["folder"]))


@dataclass(frozen=True, slots=True)
class Reported:
    """What one process saw of itself, from its first request to its last commit."""

    stored: int
    """Pages in which a publication was found, and which are in the database."""
    refused: int
    """Pages that were had, and in which none was found."""
    seconds: float
    slow: float
    """Seconds within which 95 of 100 pages were done, each from when it was asked for to when it was committed."""
    processor: float
    """Seconds that all its processes spent, on however many cores."""
    memory: int
    """The most that was resident, in bytes, of all its processes together."""

    def as_text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Self:
        return cls(**json.loads(text))


def within(seconds: list[float]) -> float:
    """The time within which 95 of 100 were done."""
    return sorted(seconds)[int(0.95 * len(seconds))]
