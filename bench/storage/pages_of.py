"""How much of a SQLite file a table takes: pysqlite3 is built without `dbstat`, so the pages of its tree are counted."""

from __future__ import annotations

import struct
from contextlib import closing
from pathlib import Path

from storage.database import sqlite_module

_INTERIOR = {0x02: 12, 0x05: 12}
"""Kinds of pages that point to others, and how long their headers are; SQLite's file format, section 1.6."""
_RIGHTMOST = 8


def bytes_of(file: Path, table: str) -> int:
    """Of a table that is its own index. Nobody may be writing, and nothing may be left in the log."""
    with closing(sqlite_module().connect(str(file))) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with file.open("rb") as pages:
        count, left = 0, [root]
        while left:
            number = left.pop()
            pages.seek((number - 1) * size)
            below = _children(pages.read(size))
            left += below
            count += 1
    return count * size


def _children(page: bytes) -> list[int]:
    """The pages that one points to; none for a leaf."""
    if page[0] not in _INTERIOR:
        return []
    (cells,) = struct.unpack_from(">H", page, 3)
    places = struct.unpack_from(f">{cells}H", page, _INTERIOR[page[0]])
    return [*(struct.unpack_from(">I", page, place)[0] for place in places), struct.unpack_from(">I", page, _RIGHTMOST)[0]]
