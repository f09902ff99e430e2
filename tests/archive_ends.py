"""Keeps pages in a process that comes to a bad end. Arguments: `killed` or `full`, and the folder."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from structlog.testing import capture_logs

from collector.archive import Archive, archived
from collector.page import Page

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
_write = os.write
_writes = 0


def page(number: int, size: int = 100) -> Page:
    url = f"https://news.example/ru/node/{number}"
    return Page(url, url, "text/html", os.urandom(size))


def write(descriptor: int, piece: bytes) -> int:
    """What a file begins with and two pages are written; the third is written half, and then the process is gone."""
    global _writes  # noqa: PLW0603
    _writes += 1
    if _writes == 4:
        _write(descriptor, piece[: len(piece) // 2])
        os.kill(os.getpid(), signal.SIGKILL)
    return _write(descriptor, piece)


async def killed(folder: Path) -> None:
    os.write = write
    archive = Archive(folder, 30)
    for number in range(1, 9):
        await archive.keep(page(number), NOW)


async def full(folder: Path) -> None:
    """Fill a small disk, go on for a while, make room, and go on."""
    filler = folder / "filler"
    filler.write_bytes(bytes(1_000_000))
    archive = Archive(folder / "archive", 30)
    with capture_logs() as logs:
        for number in range(40):
            await archive.keep(page(number, 100_000), NOW + timedelta(seconds=number))
        filler.unlink()
        await archive.keep(page(40), NOW + timedelta(minutes=2))
    archive.close()
    for file in (folder / "archive").iterdir():
        gzip.decompress(file.read_bytes())  # raises where a record was left half written
    kept = [int(found.page.url.rpartition("/")[2]) for found in archived(folder / "archive", lambda _: True)]
    sys.stdout.write(json.dumps({"logs": logs, "kept": kept}))


if __name__ == "__main__":
    asyncio.run({"killed": killed, "full": full}[sys.argv[1]](Path(sys.argv[2])))
