"""The seed baseline: five publications that users knew before watching began, by what identifies them and without their text.

`seeds.jsonl` holds an object a line: `family`, `url`, `keys`, `title`, `language`, `published` (ISO date or null), `content_hash`, and
`sketch` and `facts` as hexadecimal numbers. Made by `vestnik baseline export`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from importlib.resources import files

from storage.model import BaselineEntry, Fingerprint


def shipped_baseline() -> list[BaselineEntry]:
    """What ships with the program."""
    return [entry_of(line) for line in (files(__name__) / "seeds.jsonl").read_text(encoding="utf-8").splitlines()]


def line_of(entry: BaselineEntry) -> str:
    """An entry as one line of JSON."""
    fingerprint = entry.fingerprint
    return json.dumps(
        {
            "family": entry.family,
            "url": entry.url,
            "keys": entry.keys,
            "title": entry.title,
            "language": entry.language,
            "published": entry.published.isoformat() if entry.published else None,
            "content_hash": fingerprint.content_hash,
            "sketch": _hexadecimal(fingerprint.sketch),
            "facts": _hexadecimal(fingerprint.facts),
        },
        ensure_ascii=False,
    )


def entry_of(line: str) -> BaselineEntry:
    """The entry that `line_of` wrote. Raises ValueError or KeyError for anything else."""
    found = json.loads(line)
    published = found["published"]
    return BaselineEntry(
        family=found["family"],
        url=found["url"],
        keys=tuple(found["keys"]),
        title=found["title"],
        language=found["language"],
        published=None if published is None else _date(published),
        fingerprint=Fingerprint(found["content_hash"], _numbers(found["sketch"]), frozenset(_numbers(found["facts"]))),
    )


def _hexadecimal(hashes: Iterable[int]) -> str:
    return " ".join(f"{number:x}" for number in sorted(hashes))


def _numbers(hexadecimal: str) -> tuple[int, ...]:
    return tuple(int(number, 16) for number in hexadecimal.split())


def _date(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
