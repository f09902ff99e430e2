"""How commands say what they found: lines for people, JSON for programs; results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from dataclasses import asdict, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

_HALF = re.compile("[\ud800-\udfff]")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def warn(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def say_json(value: Any) -> None:
    """One value, one line."""
    told = json.dumps(value, ensure_ascii=False, default=_plain)
    # half a letter, which may stand in what we were given, can be written in JSON as a number alone
    say(told if told.isascii() or not _HALF.search(told) else json.dumps(value, default=_plain))


def say_table(rows: Iterable[tuple[str, ...]]) -> None:
    """Columns as wide as they must be, but for the last, which may be long."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)] if rows else []
    for row in rows:
        say("  ".join(cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)) + ("  " if len(row) > 1 else "") + row[-1])


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
