"""Files of terms, as `terms_file` names them and `watch import` takes them in: what each says of each watch."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from notify.termlist import LARGEST, Row, TermList, read_list

NAME = r"^[\w.-]{1,100}$"
"""What a watch, a source or a channel may be called: it stands in addresses and in names of variables."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What is listed for one watch, each thing once, in the order of the list."""

    terms: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def and_also(self, other: Listed) -> Listed:
        """Both together, what stands here first."""
        return Listed(_once(self.terms, other.terms), _once(self.exclude, other.exclude), _once(self.tags, other.tags))


def read_terms(path: Path) -> TermList:
    """The rows of a file, and its mistakes. Raises OSError where it can't be read."""
    with path.open("rb") as file:
        return read_list(file.read(LARGEST + 1))


def mistakes_in(path: Path, read: TermList) -> list[str]:
    """Each with its file and line."""
    return [f"{path}{f', line {mistake.line}' if mistake.line else ''}: {mistake.words}" for mistake in read.mistakes]


def name_for(heading: str) -> str:
    """What a watch with such a heading is called.

    >>> name_for("Связь и «цифра»")
    'Связь-и-цифра'
    """
    return re.sub(r"[^\w.-]+", "-", heading).strip("-")[:100]


def listed_for(rows: Iterable[Row]) -> Listed:
    """What rows of a file, which are all for one watch, say of it."""
    rows = list(rows)
    terms, exclude = (row.term for row in rows if row.term), (row.exclude for row in rows if row.exclude)
    return Listed(_once(terms), _once(exclude), _once(*(row.tags for row in rows)))


def _once(*lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain(*lists)))
