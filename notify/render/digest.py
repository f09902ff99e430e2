"""The message of a digest: publications that came together, each with what is worth knowing before it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from notify.match import merged
from notify.message import Message
from notify.render.alert import link, mail_domain, render, template
from notify.render.excerpts import Excerpt, Piece, marked, shortened, showable
from notify.render.words import LANGUAGES, Words, change_in_words, counted, in_words

if TYPE_CHECKING:
    from datetime import datetime

    from storage.model import Delivery, Digest

_SUBJECT = 120
_TITLE = 300
_MATCHED = 5
"""Different words of one publication that are shown: they say which watch meant what, and no more."""
_MATCHED_LENGTH = 60


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the templates see of one publication: words fit to be shown, and a link that is one."""

    change: str
    title: Excerpt
    source: str
    published: str
    url: str
    matched: tuple[str, ...]
    watches: tuple[str, ...]


def render_digest(digest: Digest, *, language: str, zone: str, base_url: str, now: datetime) -> Message:
    """One message for several deliveries; the same digest gives the same Message-ID at every attempt. One of a single delivery is told as
    any other.
    """
    if len(digest.deliveries) == 1:
        return render(digest.deliveries[0], language=language, zone=zone, base_url=base_url, now=now)
    words, domain = LANGUAGES[language], mail_domain(base_url)
    entries = [_entry(delivery, words, ZoneInfo(zone)) for delivery in digest.deliveries]
    heading = counted(len(entries), words.publications)
    titles = "; ".join("".join(piece.text for piece in entry.title) for entry in entries[:_MATCHED])
    subject = shortened(f"{heading}: {titles}", _SUBJECT)
    given = {"heading": heading, "subject": subject, "entries": entries, "words": words, "language": language}
    return Message(
        subject=subject,
        text=template("digest.txt").render(given),
        html=template("digest.html").render(given),
        message_id=f"<{digest.message_id}@{domain}>",
        date=now,
        headers=(
            ("Auto-Submitted", "auto-generated"),  # RFC 3834: no holiday notes, please
            ("List-ID", f"Vestnik <alerts.{domain}>"),  # RFC 2919
            ("X-Vestnik-Publications", str(len(entries))),
        ),
    )


def _entry(delivery: Delivery, words: Words, zone: ZoneInfo) -> _Entry:
    article, content = delivery.article, delivery.article.revision.content
    spans = merged(span for of_watch in delivery.watches.values() for span in of_watch)
    title = marked(content.title[:_TITLE], [span for span in spans if span.field == "title"])
    return _Entry(
        change=change_in_words(article.revision, words),
        title=title if showable(content.title) else (Piece(words.untitled, marked=False),),
        source=showable(article.source),
        published=in_words(content.published, words, zone) if content.published else "",
        url=link(article.url),
        matched=tuple(dict.fromkeys(_matched(delivery)))[:_MATCHED],
        watches=tuple(map(showable, delivery.watches)),
    )


def _matched(delivery: Delivery) -> Iterator[str]:
    """The words that matched, as they stand there."""
    content = delivery.article.revision.content
    texts = {"title": content.title, "text": content.text}
    for spans in delivery.watches.values():
        for span in spans:
            yield shortened(showable(texts[span.field][span.start : span.end]), _MATCHED_LENGTH)
