"""From bytes to text: byte order mark, then whatever the bytes agree with: UTF-8, the header, the document's own word, a guess."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import cchardet

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# XML 1.0, appendix F: without a mark, the first `<` tells. Such bytes are valid UTF-8 too.
_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"""(?:<meta[^>]{0,200}?charset\s*=\s*["']?|<\?xml[^>]{0,200}?encoding\s*=\s*["'])([\w.:-]{2,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
# Python's text codecs that are no charset of pages: UTF-7, which browsers refuse too, escapes, and wide ones that a declaration in single
# bytes can't mean
_NO_CHARSETS = re.compile(r"utf-7|utf-16.*|utf-32.*|idna|punycode|undefined|(?:raw-)?unicode-escape")
_FEW = 3
"""Times as many letters that UTF-8 reads as it loses, in a text of UTF-8 with damage."""
_WINDOW = 4096
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")

_ODD = re.compile(r"[А-ЯЁЂ-Џ]|[À-ÿ]{3,}|[\u0080-\u009f\u2500-\u25ff\ufffd]")
"""What a text read in a wrong charset is full of: koi8-r and windows-1251 swap the cases, Latin-1 makes rows of accented letters."""
_MUCH = 0.4
"""Share of odd characters among those beyond ASCII; a sound text has less than a tenth, one in capitals may have all."""


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a page or feed; undecodable bytes become U+FFFD, never an exception.

    A declaration is believed only if the bytes agree: pages in windows-1251 that call themselves UTF-8 are common. Text of another charset
    is hardly ever valid UTF-8, so that is tried before a declaration. Single-byte charsets agree with any bytes: there the text is judged.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for start, name in _WIDE:
        if body.startswith(start):
            return body.decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _judged(body, content_type)


def _judged(body: bytes, content_type: str) -> str:
    """The first reading that is no gibberish, else the one that is the least; min() keeps a declaration before an equal guess."""
    damaged = body.decode("utf-8", "replace")
    lost = damaged.count("\ufffd")
    if sum(letter > "\x7f" for letter in damaged) - lost >= _FEW * lost:
        return damaged  # letters of UTF-8 come about by no chance: some were cut in two, and those alone are lost
    texts: list[str] = []
    for text in _readings(body, content_type):
        if not texts and _oddness(text) < _MUCH:
            return text
        texts.append(text)
    return min(texts, key=_oddness) if texts else body.decode(_text_codec(_guessed(body)) or "utf-8", "replace")


def _readings(body: bytes, content_type: str) -> Iterator[str]:
    """The text by each charset that the bytes agree with, the likeliest first."""
    guess = "cp1252" if _has_lone_letters(body) else _guessed(body)
    for codec in filter(None, map(_text_codec, (*_declared(body, content_type), guess))):
        try:
            yield body.decode(codec)
        except UnicodeDecodeError:
            continue


def _has_lone_letters(body: bytes) -> bool:
    """Whether every letter beyond ASCII stands alone, as accents and quotation marks do, which windows-1252 has (the charset of pages that
    name none, WHATWG Encoding): Cyrillic words are rows of them. A guess by so few is none.
    """
    return all(len(row) == 1 for row in _BEYOND_ASCII.findall(body[: 64 * _WINDOW]))


def _oddness(text: str) -> float:
    foreign = re.findall(r"[^\x00-\x7f]+", text[: 64 * _WINDOW])
    odd = sum(len(found) for row in foreign for found in _ODD.findall(row))
    return odd / sum(map(len, foreign)) if foreign else 0.0


def _declared(body: bytes, content_type: str) -> list[str]:
    header, document = _HEADER.search(content_type), _DECLARED.search(body[:_WINDOW])
    return [*([header[1]] if header else []), *([document[1].decode("ascii")] if document else [])]


def _guessed(body: bytes) -> str:
    return str(cchardet.detect(body[: 64 * _WINDOW])["encoding"] or "")


def _text_codec(name: str) -> str | None:
    """Python's name for a charset; None for what is unknown or no charset (`zlib_codec`)."""
    try:
        found = codecs.lookup(name)
    except LookupError:
        return None
    if not getattr(found, "_is_text_encoding", True) or _NO_CHARSETS.fullmatch(found.name):
        return None
    # browsers read Latin-1 as windows-1252 (WHATWG Encoding)
    return "cp1252" if found.name in {"iso8859-1", "ascii"} else found.name
