"""The message of a receipt: what was saved, and what the archive has for it, marked as samples."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from notify.message import Message
from notify.receipts import Sample, Saved, told_in
from notify.render.alert import link, mail_domain, template
from notify.render.excerpts import Excerpt, Piece, shortened, showable
from notify.render.receipt_words import RECEIPTS, ReceiptWords
from notify.render.words import LANGUAGES, Words, counted, in_words

if TYPE_CHECKING:
    from storage.model import NoticeDelivery

_SUBJECT = 160


@dataclass(frozen=True, slots=True)
class _Sample:
    title: Excerpt
    source: str
    published: str
    url: str
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class _Watch:
    """What the templates see: words fit to be shown."""

    name: str
    query: str
    matches: str
    """What the archive has for it."""
    samples: tuple[_Sample, ...]


def render_receipt(delivery: NoticeDelivery, *, language: str, zone: str, base_url: str, now: datetime) -> Message:
    """The message for a receipt; the same delivery gives the same Message-ID at every attempt. `language` and `zone` are its channel's."""
    told, words, domain = told_in(delivery.notice.detail), RECEIPTS[language], mail_domain(base_url)
    watches = tuple(_watch(saved, LANGUAGES[language], ZoneInfo(zone), words) for saved in told.watches)
    alone = len(watches) == 1 and not told.more
    saved = words.saved.format(name=watches[0].name) if alone else words.several.format(count=len(watches) + told.more)
    given = {"subject": saved, "watches": watches, "alone": alone, "more": told.more, "words": words, "language": language}
    return Message(
        subject=shortened(f"Vestnik: {saved}", _SUBJECT),
        text=template("receipt.txt").render(given),
        html=template("receipt.html").render(given),
        message_id=f"<{delivery.message_id}@{domain}>",
        date=now,
        headers=(
            ("Auto-Submitted", "auto-generated"),  # RFC 3834: no holiday notes, please
            ("List-ID", f"Vestnik <receipts.{domain}>"),  # RFC 2919
            ("X-Vestnik-Notice", f"receipt-{delivery.notice.id}"),  # its name has the watch's, in whatever letters
        ),
    )


def _watch(saved: Saved, words: Words, zone: ZoneInfo, receipt: ReceiptWords) -> _Watch:
    return _Watch(
        name=showable(saved.name),
        query=saved.query,
        matches=_matches(saved, words, receipt),
        samples=tuple(_sample(sample, words, zone) for sample in saved.samples),
    )


def _matches(saved: Saved, words: Words, receipt: ReceiptWords) -> str:
    if not saved.articles:
        return receipt.unasked if saved.articles is None else receipt.none
    count = counted(saved.articles, words.publications)
    return f"{receipt.archive}: {count if saved.whole else receipt.or_more.format(count=count)}"


def _sample(sample: Sample, words: Words, zone: ZoneInfo) -> _Sample:
    title = sample.title or (Piece(words.untitled, marked=False),)
    published = in_words(_date(sample.published), words, zone) if sample.published else ""
    label = words.in_attachment.format(name=sample.document)
    within = (Piece(f"{label[:1].upper()}{label[1:]}: ", marked=False),) if sample.document else ()
    return _Sample(title, sample.source, published, link(sample.url), (*within, *sample.excerpt))


def _date(written: str) -> date:
    return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
