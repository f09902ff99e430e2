"""A sample alert, so that a channel can be tried before anything is published."""

from __future__ import annotations

from datetime import datetime

from storage.model import Article, Content, Delivery, Recipient, Revision, Span

_TEXTS = {
    "ru": (
        "Проба: так выглядит оповещение",
        "Это проба канала. Ничего не опубликовано; так будут выделены найденные слова.",
        "найденные слова",
    ),
    "be": (
        "Проба: так выглядае абвестка",
        "Гэта проба канала. Нічога не апублікавана; так будуць вылучаны знойдзеныя словы.",
        "знойдзеныя словы",
    ),
    "en": (
        "Sample: this is what an alert looks like",
        "This tries a channel. Nothing was published; matched words will be marked like this.",
        "matched words",
    ),
}


def sample_delivery(recipient: Recipient, *, language: str, base_url: str, now: datetime) -> Delivery:
    """A delivery that stands in no outbox, in the channel's language; each call makes a message of its own, with its own Message-ID."""
    title, text, marked = _TEXTS[language]
    start = text.index(marked)
    content = Content(title=title, text=text, published=now, language=language)
    article = Article(
        id=0,
        source="Vestnik",
        url=f"{base_url}/",
        locations=(f"{base_url}/",),
        first_seen_at=now,
        updated_at=now,
        baseline=False,
        revision=Revision(id=0, number=1, recorded_at=now, content=content),
    )
    return Delivery(
        id=0,
        recipient=recipient,
        message_id=f"sample.{now.timestamp():.6f}.{recipient.key[:16]}",
        attempts=0,
        owed_since=now,
        article=article,
        watches={marked: (Span("text", start, start + len(marked)),)},
    )
