"""What copies are called, which of them there are, and which of them are kept.

A file bears its name only after it was verified, so a name says that the copy was good.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

_WRITTEN = "%Y%m%d-%H%M%S"
_NAME = re.compile(r"vestnik-(\d{8}-\d{6})(?:-(upgrade-\w+-\w+|replaced))?(?:\.\d+)?\.(?:db|zip)")
PARTIAL = ".partial"


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy in the folder of copies."""

    file: Path
    made_at: datetime
    reason: str = ""
    """`upgrade-0004-0005` or `replaced`; empty for one that is made by the clock or by hand."""

    @property
    def size(self) -> int:
        return self.file.stat().st_size


def default_file(folder: Path, now: datetime, ending: str, reason: str = "") -> Path:
    """A name that is free. Its time is in UTC."""
    stem = f"vestnik-{now.astimezone(UTC):{_WRITTEN}}{f'-{reason}' if reason else ''}"
    names = (f"{stem}{ending}", *(f"{stem}.{number}{ending}" for number in range(2, 1000)))
    return next(folder / name for name in names if not (folder / name).exists())


def kept_backups(folder: Path) -> list[Kept]:
    """The copies in a folder, the newest first. What has another name is not ours."""
    if not folder.is_dir():
        return []
    found = [(file, match) for file in folder.iterdir() if (match := _NAME.fullmatch(file.name)) and file.is_file()]
    kept = [Kept(file, at, match[2] or "") for file, match in found if (at := _time(match[1])) is not None]
    return sorted(kept, key=lambda one: (one.made_at, one.file.name), reverse=True)


def is_ours(name: str) -> bool:
    """Whether a file of this name is a copy of ours."""
    return bool(_NAME.fullmatch(name))


def last_backup(folder: Path) -> Kept | None:
    """The newest copy that was made by the clock or by hand."""
    return next((one for one in kept_backups(folder) if not one.reason), None)


def rotate(folder: Path, daily: int, weekly: int, others: int, zone: tzinfo) -> list[Path]:
    """Remove the copies that are not to be kept; which they were.

    Kept are the newest of each of the last `daily` days and of the last `weekly` ISO weeks that have one, as they are counted in `zone`,
    the newest of all in any case, and of the copies made before an upgrade or a restore the `others` newest.
    """
    everything = kept_backups(folder)
    regular = [one for one in everything if not one.reason]
    keep = {
        one.file
        for one in [*regular[:1], *_newest_of_each(regular, "%Y-%m-%d", daily, zone), *_newest_of_each(regular, "%G-%V", weekly, zone)]
    }
    keep |= {one.file for one in [one for one in everything if one.reason][:others]}
    removed = [one.file for one in everything if one.file not in keep]
    for file in removed:
        file.unlink(missing_ok=True)
    return removed


def _newest_of_each(kept: Iterable[Kept], span: str, count: int, zone: tzinfo) -> list[Kept]:
    """Of the latest `count` days or weeks that have a copy at all: after a long pause the old copies are the only ones."""
    newest: dict[str, Kept] = {}
    for one in kept:
        newest.setdefault(one.made_at.astimezone(zone).strftime(span), one)
    return list(newest.values())[:count]


def _time(written: str) -> datetime | None:
    try:
        return datetime.strptime(written, _WRITTEN).replace(tzinfo=UTC)
    except ValueError:
        return None
