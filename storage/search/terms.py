"""Keys as the index holds them: in letters that mean nothing to FTS5 or to a tsquery, and no more of them than a tsvector takes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from storage.keys import storable

ALL = "_all"
"""Borne by every article. Like `UNSURE` it is no key that `written` could make."""
UNSURE = "_unsure"
"""Borne by every article of which not all keys are held."""
LONGEST = 2_000
"""Bytes of a key; PostgreSQL takes 2,046 in a lexeme."""
_MOST_BYTES = 1_000_000
"""Of all keys of an article together; PostgreSQL takes 1,048,575 in a tsvector."""
_BYTES = 4
"""Of a letter at most."""

_BREAK = "\n"
# What FTS5's tokenizer takes for a part of a word as it stands (migration 0006). Capitals are not: it would fold them.
_STRANGE = re.compile(r"[^a-z0-9='+.:\-\x80-\U0010ffff]")
_STRANGE_IN_LINES = re.compile(r"[^a-z0-9='+.:\-\x80-\U0010ffff\n]")


def written(key: str) -> str:
    """Letter by letter, so that what begins alike is written alike; no two keys are written as one (half letters aside)."""
    return storable(_STRANGE.sub(_number, key))


def bag(keys: Collection[str]) -> tuple[list[str], bool]:
    """The keys as they are written, and whether these are all of them. Keys with a mark (`s:…`) are kept before others."""
    told = _all_written([key for key in keys if key])
    longest, together = max(map(len, told), default=0), sum(map(len, told))
    if longest * _BYTES <= LONGEST and together * _BYTES <= _MOST_BYTES:
        return told, True
    kept = _fitting(told)
    return kept, len(kept) == len(told)


def _all_written(keys: Sequence[str]) -> list[str]:
    """All at once, which takes a tenth of the time; a key with a line break in it has them written one by one."""
    lines = _BREAK.join(keys)
    if lines.count(_BREAK) >= max(1, len(keys)):
        return list(map(written, keys))
    return storable(_STRANGE_IN_LINES.sub(_number, lines)).split(_BREAK) if keys else []


def _number(found: re.Match[str]) -> str:
    return f"_{ord(found[0]):02x}"


def _fitting(keys: Iterable[str]) -> list[str]:
    left, fitting = _MOST_BYTES, []
    for key in sorted(keys, key=lambda key: (":" not in key, len(key), key)):
        size = len(key.encode())
        if size <= LONGEST and size <= left:
            left -= size
            fitting.append(key)
    return fitting
