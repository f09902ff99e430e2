"""A document that a list leads to: a publication of its own, read like an attachment, with what the list says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from collector.extract.attachment import read_document
from collector.extract.dates import date_in_address
from collector.extract.document import read_document as read_text
from collector.extract.file_name import shown_name
from collector.page import Page, PageError, Trouble
from collector.sites import Site
from storage.model import Attachment, Content, Link

_MARKS = (b"%PDF-", b"{\\rtf", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_BEGINNING = 1024
"""Bytes; Acrobat looks for a PDF's mark in as many."""
_SUFFIXES = frozenset({".pdf", ".doc", ".docx", ".odt", ".rtf"})
_BOMS = b"\xef\xbb\xbf \t\r\n\x00"


def is_document(page: Page) -> bool:
    """Whether what came is a document and no page, told by its bytes."""
    beginning = page.body[:_BEGINNING].lstrip(_BOMS)
    return beginning.startswith(_MARKS) or (_MARKS[0] in beginning and not beginning.startswith(b"<"))


def is_document_address(url: str) -> bool:
    return PurePosixPath(urlsplit(url).path).suffix.lower() in _SUFFIXES


def read_listed_document(page: Page, site: Site, link: Link, now: datetime) -> Content:
    """The publication that a document is. One without a readable text (a scan, a password) is one as well, by its title.

    Raises PageError where neither the list nor the document gives a title.
    """
    try:
        content = read_text(read_document(page), ZoneInfo(site.zone), now).content
    except PageError as error:
        return untold(link, page.url, error.words) if link.title and error.trouble is Trouble.UNREADABLE else _raised(error)
    # the list names it; a document's first line is often its kind («Постановление») or the name of the body
    title = link.title or content.title
    published = link.published or date_in_address(page.final_url, now) or content.published
    text = content.text if content.title == title or content.title in content.text else f"{content.title}\n\n{content.text}"
    return replace(content, title=title, published=published, text=text)


def untold(link: Link, url: str, reason: str) -> Content:
    """A listed document whose text can't be had, for a reason in words."""
    name = shown_name(unquote(PurePosixPath(urlsplit(url).path).name))
    return Content(title=link.title, text="", published=link.published, attachments=(Attachment(url, name, error=reason),))


def _raised(error: PageError) -> Content:
    raise error
