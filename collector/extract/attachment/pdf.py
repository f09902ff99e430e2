"""PDF. The home of pypdfium2, which no two threads may use at once: the child process has one."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium

from collector.extract.attachment.limits import DocumentLimits, damaged, protected
from collector.extract.attachment.lines import Line, paragraphs
from collector.extract.attachment.tidy import joined
from collector.page import PageError, Trouble

_TORN = 0x02
"""PDFium's sign for a hyphen at the end of a line, together with that end."""
_LINE_ENDS = frozenset({0x0A, 0x0D, _TORN})
_SPACES = frozenset({0x20, 0xA0})
_LAST_CHARACTER = 0x10FFFF


def read_pdf(body: bytes, limits: DocumentLimits) -> str:
    with _opened(body) as document:
        count = len(document)
        if count < 1:
            raise damaged("it has no pages")
        pages: list[list[Line]] = []
        left, broken = limits.text, 0
        for number in range(min(count, limits.pages)):
            try:
                pages.append(_lines(document, number, left))
            except pypdfium2.PdfiumError:
                # the other pages may hold what people wait for
                pages.append([])
                broken += 1
            left -= sum(len(line.text) + 1 for line in pages[-1])
            if left < 0:
                break
        blocks = paragraphs(pages)
    if not any(blocks):
        raise damaged("its pages can't be read") if broken else PageError(Trouble.UNREADABLE, "it has no text, only pictures")
    return joined(blocks, limits.text, more=count > limits.pages)


def _opened(body: bytes) -> closing[pypdfium2.PdfDocument]:
    try:
        return closing(pypdfium2.PdfDocument(body))
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise protected() from error
        if error.err_code == pdfium.FPDF_ERR_SECURITY:
            raise PageError(Trouble.UNREADABLE, "it is protected in a way that Vestnik does not know") from error
        raise damaged("it begins as a PDF does, and does not go on as one") from error


def _lines(document: pypdfium2.PdfDocument, number: int, most: int) -> list[Line]:
    """The lines of one page in the order of the file; of a page too full to be kept, the first ones."""
    with closing(document[number]) as page, closing(page.get_textpage()) as text:
        return list(_read_lines(text, min(text.count_chars(), most + 1)))


def _read_lines(text: pypdfium2.PdfTextPage, count: int) -> Iterator[Line]:
    letters: list[str] = []
    first = last = -1
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in _LINE_ENDS:
            if first >= 0:
                letters += "-" * (code == _TORN)
                yield _line(text, letters, first, last)
            letters, first = [], -1
            continue
        letters.append(chr(code) if code <= _LAST_CHARACTER else "�")
        if code not in _SPACES:
            first, last = (index if first < 0 else first), index
    if first >= 0:
        yield _line(text, letters, first, last)


def _line(text: pypdfium2.PdfTextPage, letters: list[str], first: int, last: int) -> Line:
    start, end = _box(text, first), _box(text, last)
    return Line("".join(letters).strip(), left=start.left, right=end.right, bottom=start.bottom, height=abs(start.top - start.bottom))


def _box(text: pypdfium2.PdfTextPage, index: int) -> pdfium.FS_RECTF:
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
    return box
