"""What goes into a search and what comes out of it."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import date, datetime

from storage.model import Texts


class WantedTooLargeError(Exception):
    """A search asks for more words at once than can be looked up; the message says how many."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Which articles are searched; None leaves a limit out."""

    source: str | None = None
    """By its name."""
    since: datetime | None = None
    """First seen then or later."""
    until: datetime | None = None
    """First seen before then."""
    language: str | None = None
    watch: str | None = None
    """Those that this watch has ever matched."""


UNLIMITED = Limits()


@dataclass(frozen=True, slots=True)
class Found:
    """An article as the index knows it: in its latest state that watches were held against."""

    place: int
    """Where it stands; the newer the article, the higher."""
    article_id: int
    revision_id: int
    source: str
    url: str
    title: str
    published: date | None
    language: str
    first_seen_at: datetime
    whole: bool
    """False where the index does not hold all of its words, so that it may be none of those that are wanted."""
    texts: Texts


@dataclass(frozen=True, slots=True)
class Places:
    """All articles that were found, eight bytes each."""

    places: array[int]
    """Newest first."""
    unsure: frozenset[int]
    """Those of them that may be none of those that are wanted."""


@dataclass(frozen=True, slots=True)
class Unindexed:
    """An article that the index does not hold as it is now."""

    article_id: int
    revision_id: int
    texts: Texts
    watches: frozenset[str]
    """Those that have ever matched it."""
