"""The message of a digest: publications that came together, each with what is worth knowing before it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from notify.match import merged
from notify.message import Message
from notify.render.alert import link, mail_domain, render, template
from notify.render.excerpts import Excerpt, Piece, document_names, marked, shortened, showable, texts_of
from notify.render.words import LANGUAGES, Words, change_in_words, counted, in_words

if TYPE_CHECKING:
    from datetime import datetime

    from storage.model import Delivery, Digest

_SUBJECT = 120
_TITLE = 300
_MATCHED = 5
"""Different words of one publication that are shown: they say which watch meant what, and no more."""
_MATCHED_LENGTH = 60
_LOOKED_AT = 1000
"""Places that are looked at for different words: a word may stand a million times in a hostile text."""


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
        matched=_different(_matched(delivery, words), _MATCHED),
        watches=tuple(map(showable, delivery.watches)),
    )


def _different(words: Iterator[str], most: int) -> tuple[str, ...]:
    """The first ones, each once; no further word is made than are asked for."""
    found: dict[str, None] = {}
    for word in words:
        found[word] = None
        if len(found) == most:
            break
    return tuple(found)


def _matched(delivery: Delivery, words: Words) -> Iterator[str]:
    """The words that matched, as they stand there; of those in a document, in which."""
    content = delivery.article.revision.content
    texts, names = texts_of(content), document_names(content)
    for spans in delivery.watches.values():
        for span in spans[:_LOOKED_AT]:
            found = texts.get(span.field, "")[span.start : min(span.end, span.start + 4 * _MATCHED_LENGTH)]
            if word := shortened(showable(found), _MATCHED_LENGTH):
                yield f"{words.in_attachment.format(name=names[span.field])}: {word}" if span.field in names else word
