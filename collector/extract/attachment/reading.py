"""The one way in: what kind of document it is, told by its bytes, and the reader for that kind."""

from __future__ import annotations

import re

from collector.extract.attachment.archive import Archive
from collector.extract.attachment.doc import is_word, read_doc
from collector.extract.attachment.limits import DocumentLimits
from collector.extract.attachment.markup import is_docx, read_docx, read_odt
from collector.extract.attachment.pdf import read_pdf
from collector.extract.attachment.rtf import read_rtf
from collector.page import Page, PageError, Trouble

_PDF, _RTF, _ZIP, _COMPOUND = b"%PDF-", b"{\\rtf", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNING = 1024
"""Bytes; Acrobat looks for a PDF's mark in as many, and many files have something before it."""
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|meta)\b", re.IGNORECASE)
_OPEN_TEXT = b"application/vnd.oasis.opendocument.text"
_MARKS = b"\xef\xbb\xbf \t\r\n\x00"


def read_document(page: Page, limits: DocumentLimits = DocumentLimits()) -> str:  # noqa: B008  (a frozen value)
    """The text of a document: paragraphs parted by blank lines, cut with "…" where it is longer than is kept.

    Name and media type are not asked: servers and editors are often wrong about both. Raises PageError in words for people.
    """
    text = _read(page.body, limits)
    if not text:
        raise PageError(Trouble.UNREADABLE, "it has no text")
    return text


def _read(body: bytes, limits: DocumentLimits) -> str:
    beginning = body[:_BEGINNING]
    start = beginning.lstrip(_MARKS)
    if not start:
        raise PageError(Trouble.UNREADABLE, "it is empty")
    if _HTML.match(start):
        raise PageError(Trouble.UNREADABLE, "it is a page, not a document")
    if _PDF in beginning:
        return read_pdf(body, limits)
    if start.startswith(_RTF):
        return read_rtf(body, limits)
    if start.startswith(_ZIP):
        return _read_zipped(body, limits)
    if start.startswith(_COMPOUND) and is_word(body):
        return read_doc(body, limits)
    if _HTML.search(beginning):
        raise PageError(Trouble.UNREADABLE, "it is a page, not a document")
    raise _unknown()


def _read_zipped(body: bytes, limits: DocumentLimits) -> str:
    with Archive(body, limits.unpacked) as archive:
        if is_docx(archive.names):
            return read_docx(archive, limits)
        if "mimetype" in archive.names and archive.whole("mimetype").startswith(_OPEN_TEXT):
            return read_odt(archive, limits)
    raise _unknown()


def _unknown() -> PageError:
    return PageError(Trouble.UNREADABLE, "its format is not one that Vestnik reads (PDF, DOCX, DOC, ODT, RTF)")
