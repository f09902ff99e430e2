"""What a feed says of one article, decided before any format is written."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from feeds.text import SUMMARY_LIMIT, followable, language_tag, one_line, shorten, shown_html, shown_title
from storage.model import Article, Attachment

# A fixed table: the system's own differs between machines, and equal databases give equal bytes (promise 6).
_DOCUMENT_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
}


@dataclass(frozen=True, slots=True)
class Enclosure:
    url: str
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Every string is free of what XML can't carry; every time is aware and in UTC."""

    id: str
    title: str
    link: str
    author: str
    language: str
    category: str
    html: str
    summary: str
    published: datetime
    updated: datetime
    enclosures: tuple[Enclosure, ...]


def feed_id(instance: uuid.UUID, name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(instance, f'feed/{name}')}"


def entry_of(article: Article, *, instance: uuid.UUID, home_url: str) -> Entry:
    """The entry of an article. Its id is made of the installation and the article's number alone, so no move of either site changes it."""
    content = article.revision.content
    return Entry(
        id=f"urn:uuid:{uuid.uuid5(instance, f'article/{article.id}')}",
        title=shown_title(article),
        link=article.url if followable(article.url) else f"{home_url.rstrip('/')}/articles/{article.id}",
        author=one_line(content.author),
        language=language_tag(content.language),
        category=one_line(article.source),
        html=shown_html(article),
        summary=shorten(content.text, SUMMARY_LIMIT),
        published=published_at(content.published, in_utc(article.first_seen_at)),
        updated=in_utc(article.updated_at),
        enclosures=tuple(_enclosure(attachment) for attachment in content.attachments if followable(attachment.url)),
    )


def in_utc(moment: datetime) -> datetime:
    """A naive time is taken for UTC: a feed with one odd time is better than none."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def published_at(published: date | None, first_seen_at: datetime) -> datetime:
    """When the article was published, as the aware time that both formats ask for; `first_seen_at` without a date.

    A bare date becomes midday UTC, which is the same calendar day from UTC-12 to UTC+11: midnight would show the day before to half the
    world. On the day itself that could lie ahead, and readers hide or misplace entries from the future, so an earlier sighting counts.
    """
    if published is None:
        return first_seen_at
    if isinstance(published, datetime):
        return in_utc(published)
    midnight, midday = (datetime.combine(published, time(hour), UTC) for hour in (0, 12))
    return min(midday, max(midnight, first_seen_at))


def _enclosure(attachment: Attachment) -> Enclosure:
    ending = attachment.url.partition("?")[0].rpartition(".")[2].lower()
    media_type = one_line(attachment.media_type) or _DOCUMENT_TYPES.get(ending, "application/octet-stream")
    return Enclosure(attachment.url, media_type, one_line(attachment.name))
