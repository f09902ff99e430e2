"""What a fact is."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class FactKind(StrEnum):
    NUMBER = "number"
    """`12`, `12.5`, `12 тыс`, `5 руб`, `5g`: digits or words, with the scale and the unit that they count."""
    REFERENCE = "reference"
    """The number of a document, «№ 48-З» or «48-З»: `48-з`."""
    ORDINAL = "ordinal"
    DATE = "date"
    """ISO 8601 with what is not told left out: `2025-04-09`, `--04-09`, `2025-04`, `--04`, `2025`; also `weekday 3` and `today+1`."""
    TIME = "time"
    """Of day, `10:00`."""
    NAME = "name"
    """The folded word without its ending; an initial is `и.`."""


class Fact(NamedTuple):
    kind: FactKind
    value: str
    start: int
    """Its first word, and the one behind its last."""
    end: int
    sure: bool = True
    """False for a name that is perhaps none: a word that begins a sentence, or stands in a line of capitals."""
