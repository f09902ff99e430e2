"""The message of a notice: what is wrong with a source, since when, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from notify.message import Message
from notify.render.alert import mail_domain, template
from notify.render.excerpts import shortened, showable
from notify.render.notice_words import NOTICES, NoticeWords
from notify.render.words import LANGUAGES, in_words
from storage.model import Cause, NoticeKind

if TYPE_CHECKING:
    from datetime import datetime

    from storage.model import Notice, NoticeDelivery

_SUBJECT = 160
_DETAILS = 100
"""Lines."""
_LINE = 500


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the templates see: words fit to be shown."""

    subject: str
    since: str
    until: str
    """Empty while it lasts."""
    told: str
    detail_label: str
    detail: tuple[str, ...]
    advice: str
    """Empty when it is over."""


def render_notice(delivery: NoticeDelivery, *, language: str, zone: str, base_url: str, now: datetime) -> Message:
    """The message for a notice; the same delivery gives the same Message-ID at every attempt. `language` and `zone` are its channel's."""
    words, domain = NOTICES[language], mail_domain(base_url)
    shown = _shown(delivery.notice, language, ZoneInfo(zone))
    given = {"notice": shown, "words": words, "language": language}
    return Message(
        subject=shown.subject,
        text=template("notice.txt").render(given),
        html=template("notice.html").render(given),
        message_id=f"<{delivery.message_id}@{domain}>",
        date=now,
        headers=(
            ("Auto-Submitted", "auto-generated"),  # RFC 3834: no holiday notes, please
            ("List-ID", f"Vestnik <notices.{domain}>"),  # RFC 2919
            ("X-Vestnik-Notice", delivery.notice.name),
        ),
    )


def _shown(notice: Notice, language: str, zone: ZoneInfo) -> _Shown:
    words = NOTICES[language]
    over = notice.kind is NoticeKind.CLOSED
    return _Shown(
        subject=shortened(f"{words.product}: {_subject(notice, words)}", _SUBJECT),
        since=in_words(notice.since, LANGUAGES[language], zone),
        until=in_words(notice.until, LANGUAGES[language], zone) if notice.until else "",
        told=shortened(showable(notice.words), _LINE),
        detail_label=_label(notice, words),
        detail=() if over else tuple(shortened(_line(line), _LINE) for line in notice.detail.splitlines()[:_DETAILS]),
        advice="" if over else words.causes[_cause(notice)].advice,
    )


def _subject(notice: Notice, words: NoticeWords) -> str:
    about, over = showable(notice.about), notice.kind is NoticeKind.CLOSED
    if notice.cause is Cause.CONNECTION:
        return words.ours_well if over else words.causes[_cause(notice)].wrong
    if _is_of_many(notice):
        return (words.many_well if over else words.many_unreachable).format(about=about)
    return (words.source_well if over else words.causes[_cause(notice)].wrong).format(about=about)


def _cause(notice: Notice) -> Cause:
    assert notice.cause is not None, notice.name  # noqa: S101  (a receipt is rendered by `receipt`)
    return notice.cause


def _label(notice: Notice, words: NoticeWords) -> str:
    if notice.cause is Cause.RULES:
        return words.proposal
    return words.sources if _is_of_many(notice) else words.told


def _line(line: str) -> str:
    """As it stands, but for what can't be shown: rules lose their meaning with their indentation."""
    kept = showable(line)
    return line[: len(line) - len(line.lstrip(" "))] + kept if kept else ""


def _is_of_many(notice: Notice) -> bool:
    return not notice.scope.startswith("source:")
