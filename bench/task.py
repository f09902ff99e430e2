"""What a reader of the benchmark's site is told to read, and what it reports of itself: the two values that cross the process border."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from bench.site import host_names


@dataclass(frozen=True, slots=True)
class Task:
    """So many pages, spread evenly over so many hosts: page 0 of host 0, page 1 of host 1, and so on around."""

    hosts: int
    pages: int
    scheme: str
    port: int
    ca: str
    at_once: int
    """Pages that may be under way at a time in all."""
    per_host: int
    """The same for one host."""
    passes: int
    """How often a reader that can repeat itself reads them all."""

    def urls(self) -> list[str]:
        names = host_names(self.hosts)
        return [f"{self.scheme}://{names[n % self.hosts]}:{self.port}/documents/{n}" for n in range(self.pages)]

    def as_text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Self:
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that one pass over the pages took, by the clock on the wall and of the processor."""

    wall: float
    cpu: float

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.wall - other.wall, self.cpu - other.cpu)

    @classmethod
    def so_far(cls) -> Spent:
        return cls(time.perf_counter(), time.process_time())


@dataclass(frozen=True, slots=True)
class Measured:
    """What one process saw of itself."""

    pages: int
    """In each pass."""
    first: Spent
    """The pass from nothing: a host's robots.txt, connections and handshakes are in it."""
    again: tuple[Spent, ...]
    """Further passes, over connections that are open: what a page costs when its host is known."""
    memory: int
    """The most that was resident, in bytes."""
    connections: int = 0
    """That it opened in all; it is the site that counts them."""

    def as_text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Self:
        read = json.loads(text)
        return cls(read["pages"], Spent(**read["first"]), tuple(Spent(**spent) for spent in read["again"]), read["memory"])


def peak_memory() -> int:
    """Of this program alone; `ru_maxrss` would begin with what the process that started us had."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("/proc/self/status names no VmHWM")
