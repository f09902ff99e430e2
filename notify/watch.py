"""Watches: saved queries with the channels that they alert."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notify.query import Query

NEW = "new"
EDIT = "edit"
REMOVED = "removed"


class WatchError(ValueError):
    """A watch that asks for what can't be done; says what, for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Watch:
    name: str
    query: Query
    channels: tuple[str, ...]
    """Names of channels, in the order they are to be used for an address that several of them have."""
    on: frozenset[str] = frozenset((NEW,))
    """`new`; `edit` for every further revision that matches and changes a number, a date, a name, an attachment or the status; `removed`
    for a publication that the site has taken away. An edit that newly matches counts as new.
    """

    def __post_init__(self) -> None:
        """Raises WatchError for what `on` can't hold."""
        if unknown := sorted(self.on - {NEW, EDIT, REMOVED}):
            raise WatchError(f'watch {self.name}: on has "{unknown[0]}", which is neither "new" nor "edit" nor "removed"')
        if NEW not in self.on:
            raise WatchError(f'watch {self.name}: on without "new" is not supported in this version')
