"""Owns: the judged cases of `tests/data/watches`: what a query must find and must not, written by judgement, with a reason each.

A file is a kind. Further cases of the same form, kept elsewhere, are read by `cases(folder)`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.model import Texts

FOLDER = Path(__file__).parents[2] / "tests" / "data" / "watches"


@dataclass(frozen=True, slots=True)
class Case:
    kind: str
    """The name of its file."""
    number: int
    """Its place in the file, from 1 on."""
    query: str
    reason: str
    texts: Texts
    match: bool = False
    words: tuple[str, ...] = ()
    """What must be shown as matched, as it stands in the texts; empty where the case leaves it open."""
    refused: bool = False
    marked: str = ""
    """The part of a refused query that the mark must take in; empty where the case leaves it open."""

    @property
    def name(self) -> str:
        """What pytest can show: it writes other letters than Latin ones as codes, so the query is left out."""
        answer = "refused" if self.refused else "found" if self.match else "not found"
        return f"{self.kind} {self.number}, {answer}: {self.reason}"


def cases(folder: Path = FOLDER) -> tuple[Case, ...]:
    return tuple(case for path in sorted(folder.glob("*.toml")) for case in _of_file(path))


def _of_file(path: Path) -> Iterator[Case]:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return (_case(path.stem, number, row) for number, row in enumerate(rows, start=1))


def _case(kind: str, number: int, row: dict[str, Any]) -> Case:
    texts = Texts(
        title=row.pop("title", ""),
        text=row.pop("text", ""),
        attachments=tuple(row.pop("attachments", ())),
        author=row.pop("author", ""),
        language=row.pop("language", ""),
        source=row.pop("source", ""),
    )
    return Case(kind, number, texts=texts, words=tuple(row.pop("spans", ())), **row)
