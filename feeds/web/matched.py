"""Which watches an article matched, with the words in their sentences, as its page shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notify.render.excerpts import Excerpt, document_names, marked, passages, showable
from storage.model import Content, Match

MOST = 50
"""Watches that are shown; thousands may match one article, and a page is to be read."""
_TITLE = 300


@dataclass(frozen=True, slots=True)
class Found:
    where: str
    """`title`, `text`, `attachment` or `author`."""
    document: str
    """The name of the attachment."""
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class MatchedWatch:
    name: str
    found: tuple[Found, ...]


def matched_watches(content: Content, matches: Sequence[Match]) -> tuple[MatchedWatch, ...]:
    """The first ones, by name."""
    return tuple(MatchedWatch(showable(match.watch), tuple(_found(content, match))) for match in matches[:MOST])


def _found(content: Content, match: Match) -> Iterator[Found]:
    if in_title := [span for span in match.spans if span.field == "title"]:
        yield Found("title", "", marked(content.title[:_TITLE], in_title))
    names = document_names(content)
    for field, excerpt in passages(content, match.spans):
        yield Found(field.partition(":")[0], names.get(field, ""), excerpt)
