"""The most memory that a process held, as the system counts it: what libraries take behind Python's back is in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_MEGABYTE = 1_000_000


def forget_peak() -> None:
    """Begin counting this process's peak anew; where the system doesn't let us, it goes on from the old one."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak(pid: int | str = "self") -> float:
    """The peak, in MB; 0 where the process is gone."""
    return _status(pid, "VmHWM")


def held(pid: int | str = "self") -> float:
    """What it holds now, in MB."""
    return _status(pid, "VmRSS")


def children_of(pid: int) -> Iterator[int]:
    """The processes that it started, and theirs; not those still being started, which share its memory until then."""
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, file.read_text(encoding="ascii").split()):
                if _command(child) != _command(pid):
                    yield child
                yield from children_of(child)


def _command(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def _status(pid: int | str, name: str) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024 / _MEGABYTE
    return 0
