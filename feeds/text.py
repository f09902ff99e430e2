"""What comes from outside, made fit to be shown: characters that XML and HTML can carry, addresses that may be followed."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from storage.model import Article

TITLE_LIMIT = 120
SUMMARY_LIMIT = 300

# The Char production of XML 1.0 (section 2.2) less DEL and the C1 controls, which it discourages: the complement is what goes.
_NOT_XML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Not \s: a no-break space in «г. Минск» is there for a reason.
_BREAKS = re.compile("[ \t\n\r\x85\u2028\u2029]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def xml_text(text: str) -> str:
    """The text without the characters (controls, lone surrogates) that would make a feed or a page unreadable as a whole."""
    return _NOT_XML.sub("", text)


def unbroken(text: str) -> str:
    """A stretch of a line: its breaks are spaces, and stay where they begin or end it."""
    return _BREAKS.sub(" ", xml_text(text))


def one_line(text: str) -> str:
    return unbroken(text).strip()


def shorten(text: str, limit: int) -> str:
    """At most `limit` code points of it on one line, cut between words."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    cut = line[:limit]
    return cut.rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def shown_title(article: Article) -> str:
    """The title, or the best there is to call the article by; never empty, which no feed reader would accept."""
    content = article.revision.content
    return one_line(content.title) or shorten(content.text, TITLE_LIMIT) or one_line(article.url) or f"№ {article.id}"


def shown_html(article: Article) -> str:
    """The article's HTML, made of its text where a page gave none; empty where nothing has been read."""
    content = article.revision.content
    if content.html.strip():
        return xml_text(content.html)
    paragraphs = (one_line(paragraph) for paragraph in re.split(r"\n\s*\n", content.text))
    return "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs if paragraph)


def language_tag(language: str) -> str:
    """The language for a `lang` attribute; empty, which HTML defines as unknown, unless it looks like one."""
    return language if _LANGUAGE.fullmatch(language) else ""


def followable(url: str) -> bool:
    """Whether the address may be a link: http or https with a host. A `javascript:` one would act in the reader's name."""
    if url != one_line(url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
