"""Paragraphs as they are kept: no character that only a printer needs, one space between words, not more text than is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LINE_ENDS = re.compile("\r\n?|[\v\f\u0085\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\ufeff\ufffe\uffff]")
"""Control characters, soft hyphens, byte order marks, spaces without width: they part words that are one."""
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")


def tidy(paragraph: str) -> str:
    """One paragraph; its lines, where it has several, stay lines. Empty where nothing can be read in it."""
    whole = paragraph.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # halves of characters become whole
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", whole))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def joined(paragraphs: Iterable[str], limit: int, *, more: bool = False) -> str:
    """The text of tidied paragraphs, cut at `limit` characters. `more`: there was more, which was not read."""
    text = "\n\n".join(filter(None, paragraphs))
    return f"{text[:limit]}…" if more or len(text) > limit else text
