"""Receipts: what those whom a watch alerts are told when it is saved, with the latest matches of the archive as samples.

A receipt is kept in no language: which one it is told in, the channel says when it is sent.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from notify.render.excerpts import Excerpt, Piece, document_names, excerpts, marked, passages, shortened, showable
from storage.model import Receipt

if TYPE_CHECKING:
    from notify.query import Query
    from notify.senders.channel import Channel
    from notify.watch import Watch
    from storage.model import Article, Recipient, Span

SAMPLES = 3
_MOST_WATCHES = 30
"""That one receipt shows, some 60 KB; of the others it says how many they are."""
_QUERY = 500
"""Code points of a query that are shown: a list may have ten thousand terms."""
_TITLE = 300


@dataclass(frozen=True, slots=True)
class Caught:
    """What the archive has for a query."""

    articles: int
    latest: Sequence[tuple[Article, tuple[Span, ...]]]
    """The newest first, each with the places of the words that matched."""
    whole: bool = True
    """False where there may be more than were counted."""


Archive = Callable[["Query"], Caught | None]
"""Looks a query up in all that was ever published; None where that can't be done."""


@dataclass(frozen=True, slots=True)
class Sample:
    """An article as a receipt shows it."""

    title: Excerpt
    """Empty where it has none."""
    source: str
    published: str
    """ISO 8601; empty where it is not known."""
    url: str
    excerpt: Excerpt
    document: str = ""
    """What the attachment is called in which the excerpt stands."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A watch as a receipt shows it."""

    name: str
    query: str
    articles: int | None
    """None where the archive could not be searched."""
    samples: tuple[Sample, ...]
    whole: bool = True
    """That many, and no more."""


@dataclass(frozen=True, slots=True)
class Told:
    """All that a receipt says."""

    watches: tuple[Saved, ...]
    more: int = 0
    """Further watches that were saved together with them."""


def receipts_for(watches: Iterable[Watch], channels: Mapping[str, Channel], archive: Archive) -> list[Receipt]:
    """A receipt for those whom the same watches alert, however many watches were saved together; none where they alert nobody."""
    together: dict[tuple[Recipient, ...], list[Watch]] = {}
    for watch in watches:
        reached = [recipient for name in watch.channels if name in channels for recipient in channels[name].recipients]
        recipients = {recipient.key: recipient for recipient in reversed(reached)}
        if recipients:
            together.setdefault(tuple(recipients[key] for key in sorted(recipients)), []).append(watch)
    return [_receipt(recipients, some, archive) for recipients, some in together.items()]


def told_in(detail: str) -> Told:
    """What a kept receipt says."""
    kept = json.loads(detail)
    return Told(tuple(map(_saved, kept["watches"])), kept["more"])


def _receipt(recipients: tuple[Recipient, ...], watches: Sequence[Watch], archive: Archive) -> Receipt:
    shown = tuple(_shown(watch, archive(watch.query)) for watch in watches[:_MOST_WATCHES])
    told = Told(shown, len(watches) - len(shown))
    counts = [saved.articles for saved in shown if saved.articles is not None]
    words = f"saved; {sum(counts)} articles of the archive match" if counts else "saved"
    detail = json.dumps(asdict(told), ensure_ascii=False)
    return Receipt(tuple(watch.name for watch in watches), recipients, words, detail)


def _shown(watch: Watch, caught: Caught | None) -> Saved:
    query = shortened(showable(watch.query.text), _QUERY)
    if caught is None:
        return Saved(watch.name, query, None, ())
    return Saved(watch.name, query, caught.articles, tuple(_sample(*found) for found in caught.latest[:SAMPLES]), caught.whole)


def _sample(article: Article, spans: Sequence[Span]) -> Sample:
    content = article.revision.content
    passage = next((found for found in passages(content, spans, 1) if found.field != "author"), None)
    return Sample(
        title=marked(content.title[:_TITLE], [span for span in spans if span.field == "title"]) if showable(content.title) else (),
        source=showable(article.source),
        published=content.published.isoformat() if content.published else "",
        url=article.url,
        excerpt=passage.excerpt if passage else next(iter(excerpts(content.text, ())), ()),
        document=document_names(content).get(passage.field, "") if passage else "",
    )


def _saved(kept: Mapping[str, Any]) -> Saved:
    return Saved(**{**kept, "samples": tuple(Sample(**sample | _pieces(sample)) for sample in kept["samples"])})


def _pieces(sample: Mapping[str, Any]) -> dict[str, Excerpt]:
    return {name: tuple(Piece(*piece) for piece in sample[name]) for name in ("title", "excerpt")}
