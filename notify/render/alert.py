"""The message of one delivery: what was published, which of its words matched, where to read it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from jinja2 import PackageLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from notify.match import merged
from notify.message import Message
from notify.render.excerpts import Excerpt, Piece, document_names, excerpts, marked, passages, shortened, showable
from notify.render.words import LANGUAGES, Words, change_in_words, in_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.model import Content, Delivery, Span

NO_DOMAIN = "vestnik.invalid"
_SUBJECT = 120
_ALSO_AT = 5
_TITLE = 300
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_NO_ADDRESS = re.compile('[\\s\x00-\x20\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff<>"]')


@dataclass(frozen=True, slots=True)
class _Alert:
    """What the templates see: words fit to be shown, and links that are links."""

    change: str
    """What has become of a known publication; empty for a new one."""
    subject: str
    title: Excerpt
    source: str
    published: str
    url: str
    excerpts: tuple[Excerpt, ...]
    also_at: tuple[str, ...]
    watches: tuple[str, ...]


def render(delivery: Delivery, *, language: str, zone: str, base_url: str, now: datetime) -> Message:
    """The alert for a delivery; the same delivery gives the same Message-ID at every attempt. `language` and `zone` are its channel's."""
    words = LANGUAGES[language]
    alert = _alert(delivery, words, ZoneInfo(zone))
    domain = mail_domain(base_url)
    given = {"alert": alert, "words": words, "language": language}
    return Message(
        subject=alert.subject,
        text=template("alert.txt").render(given),
        html=template("alert.html").render(given),
        message_id=f"<{delivery.message_id}@{domain}>",
        date=now,
        headers=(
            ("Auto-Submitted", "auto-generated"),  # RFC 3834: no holiday notes, please
            ("List-ID", f"Vestnik <alerts.{domain}>"),  # RFC 2919
            ("X-Vestnik-Article", str(delivery.article.id)),
            ("X-Vestnik-Revision", str(delivery.article.revision.number)),
        ),
    )


def mail_domain(base_url: str) -> str:
    """The domain that message ids end in: the host of our own address where it has a name, in ASCII."""
    try:
        domain = (urlsplit(base_url).hostname or "").encode("idna").decode().lower()
    except ValueError:  # UnicodeError is one
        return NO_DOMAIN
    return domain if _DOMAIN.fullmatch(domain) and not _is_number(domain) else NO_DOMAIN


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _alert(delivery: Delivery, words: Words, zone: ZoneInfo) -> _Alert:
    article, content = delivery.article, delivery.article.revision.content
    change = change_in_words(article.revision, words)
    spans = merged(span for of_watch in delivery.watches.values() for span in of_watch)
    title = marked(content.title[:_TITLE], [span for span in spans if span.field == "title"])
    name = shortened(showable(content.title), _SUBJECT) or words.untitled
    url = link(article.url)
    locations = dict.fromkeys(filter(None, map(link, article.locations)))
    return _Alert(
        change=change,
        subject=f"{change}: {name}" if change else name,
        title=title if showable(content.title) else (Piece(words.untitled, marked=False),),
        source=showable(article.source),
        published=in_words(content.published, words, zone) if content.published else "",
        url=url,
        excerpts=_excerpts(content, spans, words),
        also_at=tuple(location for location in locations if location != url)[:_ALSO_AT],
        watches=tuple(map(showable, delivery.watches)),
    )


def _excerpts(content: Content, spans: Sequence[Span], words: Words) -> tuple[Excerpt, ...]:
    """The matched words around which the text, the attachments and the author's name have them; without any, the text's beginning."""
    labels = {field: words.in_attachment.format(name=name) for field, name in document_names(content).items()} | {"author": words.author}
    found = tuple(
        (Piece(f"{_capitalised(labels[field])}: ", marked=False), *excerpt) if field in labels else excerpt
        for field, excerpt in passages(content, spans)
    )  # fmt: skip
    return found or excerpts(content.text, ())


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def link(url: str) -> str:
    """The address if it is one of the web's, otherwise nothing: `javascript:` and the like are never made links."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc and not _NO_ADDRESS.search(url) else ""


def _plain(excerpt: Excerpt) -> str:
    return "".join(f"*{piece.text}*" if piece.marked else piece.text for piece in excerpt).strip()


def template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=PackageLoader("notify.render"),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["plain"] = _plain
    return environment
