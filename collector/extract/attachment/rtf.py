"""RTF. The home of striprtf, which gets what is left when pictures are taken out: it looks at each character apart."""

from __future__ import annotations

import re
from collections.abc import Callable

from striprtf import striprtf

from collector.extract.attachment.limits import DocumentLimits, damaged
from collector.extract.attachment.tidy import joined, tidy

_BINARY = re.compile(rb"\\bin(\d{1,9})[ ]?")
_HEX_PICTURE = re.compile(rb"(?<![0-9a-fA-F\r\n\\'])[0-9a-fA-F\r\n]{256,}")
_EIGHT_BIT = re.compile(rb"[\x80-\xff]")
_NOTE = re.compile(rb"\{\s*\\footnote(?![a-z])")
_TOKEN = re.compile(rb"\\.|[{}]", re.DOTALL)
_CELL_END = re.compile(rb"\\(?:nest)?cell(?![a-z0-9])")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
_to_text: Callable[..., str] = striprtf.rtf_to_text  # it ships no types for it
_ENOUGH = 5
"""Bytes of RTF that hold a letter of text, in plain documents: four for the letter itself."""
_CELL = "\x01"
"""Of the end of a cell, until rows are made: striprtf's own sign for it may stand in any text."""


def read_rtf(body: bytes, limits: DocumentLimits) -> str:
    plain = _notes_last(_without_binaries(body))
    try:
        text = _text(plain, limits.text)
    except (ValueError, TypeError, LookupError, OverflowError) as error:  # numbers that no RTF has; charsets that nobody has
        raise damaged("its commands are not RTF's") from error
    return joined(map(_paragraph, text.split("\n")), limits.text)


def _text(body: bytes, most: int) -> str:
    """The text; of a long document, its beginning is tried first, as striprtf would read on when there is enough."""
    encoding = _encoding(body)
    beginning: str = _to_text(_prepared(body[: _ENOUGH * most]), encoding=encoding, errors="replace")
    if len(beginning) > most or len(body) <= _ENOUGH * most:
        return beginning
    return _to_text(_prepared(body), encoding=encoding, errors="replace")


def _paragraph(line: str) -> str:
    return " | ".join(filter(None, map(tidy, line.split(_CELL))))


def _encoding(body: bytes) -> str:
    found = _CODE_PAGE.search(body)
    return f"cp{int(found[1])}" if found else "cp1252"


def _prepared(body: bytes) -> str:
    """The document in ASCII, which RTF is by rights, without what striprtf is slow at or wrong about."""
    ascii_only = _EIGHT_BIT.sub(lambda byte: b"\\'%02x" % ord(byte[0]), _HEX_PICTURE.sub(b"", body))
    cells = _CELL_END.sub(b"\\\\'01", ascii_only)
    # fonts "of any charset" have the document's; programs say 0 for that as well as 1, and striprtf takes 0 for Western letters
    fonts = re.sub(rb"\\fcharset0(?!\d)", rb"\\fcharset1", cells)
    # its search for links takes minutes on a page of them; without it, their words are read, and their addresses are not
    return fonts.replace(b"{\\field{", b"{\\field\n{").decode("ascii")


def _without_binaries(body: bytes) -> bytes:
    kept, start = [], 0
    while found := _BINARY.search(body, start):
        kept.append(body[start : found.start()])
        start = found.end() + int(found[1])
    return b"".join((*kept, body[start:]))


def _notes_last(body: bytes) -> bytes:
    """The document with its footnotes after its text; a number stands in their place. striprtf would leave them out."""
    kept: list[bytes] = []
    notes: list[bytes] = []
    start = 0
    while (found := _NOTE.search(body, start)) and (end := _group_end(body, found.end())):
        mark = b"[%d]" % (len(notes) + 1)
        kept += (body[start : found.start()], mark)
        notes.append(b"\\par{%s %s}" % (mark, body[found.end() : end]))
        start = end + 1
    last = body.rfind(b"}") if notes else -1
    return b"".join((*kept, body[start:last], *notes, b"}")) if last >= start else body


def _group_end(body: bytes, start: int) -> int:
    """Where the brace stands that closes the group around `start`; 0 where none does."""
    depth = 1
    for token in _TOKEN.finditer(body, start):
        depth += {b"{": 1, b"}": -1}.get(token[0], 0)
        if not depth:
            return token.start()
    return 0
