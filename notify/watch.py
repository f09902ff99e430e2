"""Watches: saved queries with the channels that they alert. A watch list is a watch of many queries, with those that refuse."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from notify.query import And, Or, Query, negated, parse, printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from notify.query import Node
    from storage.model import SavedWatch

NEW = "new"
EDIT = "edit"
REMOVED = "removed"
MOST_TERMS = 100_000
"""Of one watch: it takes 200 MB at some 2 KB a term."""


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
    tags: tuple[str, ...] = ()
    changed_at: datetime | None = None
    """When it was saved last; None where that is not known, as of those of the configuration."""

    def __post_init__(self) -> None:
        """Raises WatchError for what `on` can't hold."""
        if unknown := sorted(self.on - {NEW, EDIT, REMOVED}):
            raise WatchError(f'watch {self.name}: on has "{unknown[0]}", which is neither "new" nor "edit" nor "removed"')
        if NEW not in self.on:
            raise WatchError(f'watch {self.name}: on without "new" is not supported in this version')


def combined(query: Query | None, terms: Sequence[Query] = (), exclude: Sequence[Query] = ()) -> Query:
    """What a watch list asks for: the query or any of the terms, and none of the exclusions. Raises WatchError where nothing is asked for.

    >>> combined(None, [parse("ШОС"), parse("РСС")], [parse("аукцион")]).text
    '(шос OR рсс) -аукцион'
    """
    asked = [*([query] if query is not None else []), *terms]
    if not asked:
        raise WatchError("it asks for nothing: refusing words alone accepts nearly all; give a query or terms")
    if len(asked) + len(exclude) > MOST_TERMS:
        raise WatchError(f"it has {len(asked) + len(exclude)} queries; {MOST_TERMS} are the limit of one watch")
    if len(asked) == 1 and not exclude:
        return asked[0]
    wanted = _one(Or, (one.root for one in asked))
    if isinstance(wanted, Or) and len(wanted.parts) > MOST_TERMS:
        raise WatchError(f"it asks for any of {len(wanted.parts)} things; {MOST_TERMS} are the limit of one watch")
    root = _one(And, [wanted, *(negated(one.root) for one in exclude)])
    return Query(printed(root), root)


def watch_of(saved: SavedWatch) -> Watch:
    """A watch as it is kept. Raises QueryError or WatchError where it can't be read any more."""
    query = combined(parse(saved.query) if saved.query else None, list(map(parse, saved.terms)), list(map(parse, saved.exclude)))
    return Watch(saved.name, query, saved.channels, frozenset(saved.on), saved.tags, saved.changed_at)


def _one(kind: type[And | Or], nodes: Iterable[Node]) -> Node:
    """The nodes as one, each of them once."""
    parts = tuple(dict.fromkeys(chain.from_iterable(node.parts if isinstance(node, kind) else (node,) for node in nodes)))
    return parts[0] if len(parts) == 1 else kind(parts)
