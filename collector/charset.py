"""From bytes to text: byte order mark, then whatever the bytes agree with: UTF-8, the header, the document's own word, a guess."""

from __future__ import annotations

import codecs
import re

import cchardet

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""(?:<meta[^>]{0,200}?charset\s*=\s*["']?|<\?xml[^>]{0,200}?encoding\s*=\s*["'])([\w.:-]{2,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_WINDOW = 4096


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a page or feed; undecodable bytes become U+FFFD, never an exception.

    A declaration is believed only if the bytes agree: pages in windows-1251 that call themselves UTF-8 are common. Text of another charset
    is hardly ever valid UTF-8, so that is tried before a declaration.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for name in ("utf-8", *_declared(body, content_type), _guessed(body)):
        codec = _text_codec(name)
        if codec is None:
            continue
        try:
            return body.decode(codec)
        except UnicodeDecodeError:
            continue
    return body.decode(_text_codec(_guessed(body)) or "utf-8", "replace")


def _declared(body: bytes, content_type: str) -> list[str]:
    header, document = _HEADER.search(content_type), _DECLARED.search(body[:_WINDOW])
    return [*([header[1]] if header else []), *([document[1].decode("ascii")] if document else [])]


def _guessed(body: bytes) -> str:
    return str(cchardet.detect(body[: 64 * _WINDOW])["encoding"] or "")


def _text_codec(name: str) -> str | None:
    """Python's name for a charset; None for what is unknown or no charset (`zlib_codec`), and for UTF-7, which browsers refuse too."""
    try:
        found = codecs.lookup(name)
    except LookupError:
        return None
    if not getattr(found, "_is_text_encoding", True) or found.name == "utf-7":
        return None
    # browsers read Latin-1 as windows-1252 (WHATWG Encoding)
    return "cp1252" if found.name in {"iso8859-1", "ascii"} else found.name
