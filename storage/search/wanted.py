"""What is asked of the search index: keys joined by and, or, not. Made of a query by `notify.search`; made into SQL by this package."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Has:
    """Articles with this key."""

    key: str


@dataclass(frozen=True, slots=True)
class Begins:
    """Articles with any key that begins so."""

    key: str


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Lacks:
    part: Wanted


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article that is indexed."""


Wanted = Has | Begins | All | Any | Lacks | Everything
