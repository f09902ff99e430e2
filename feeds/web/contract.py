"""What the web asks of the rest of the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from storage.model import Article, FeedState, Match, SourceState


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the program does its work, and what there is to say of it, a sentence each."""

    ok: bool
    words: tuple[str, ...]


class ArticleReader(Protocol):
    """The store as pages and feeds see it. Synchronous, and called in the thread pool only."""

    def feed_state(self) -> FeedState:
        """What decides the bytes of a feed."""
        ...

    def latest(self, now: datetime) -> Sequence[Article]:
        """What a feed holds: last seen first, at least 100 articles and all of the 30 days before `now`, at most 500."""
        ...

    def page(self, before: int | None, limit: int) -> Sequence[Article]:
        """At most `limit` articles with ids below `before`, the highest id first."""
        ...

    def article(self, article_id: int) -> Article | None:
        """The article, None where there is none of that number."""
        ...

    def matches(self, revision_id: int) -> Sequence[Match]:
        """The watches that the state of an article matched, by their names."""
        ...

    def sources(self) -> Sequence[SourceState]:
        """All that is watched, in the order in which it is shown."""
        ...
