"""The matched words in their sentences, and all that sources say made fit to be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from storage.model import Span

LENGTH = 200
MOST = 3

_SENTENCE_END = re.compile(r"[.!?…]+[»”\")]*\s+(?=[^\s\da-zа-яёіў])|\n\s*\n")
# Controls, halves of surrogate pairs, and marks that turn the direction of writing and so could show one address for another.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Piece(NamedTuple):
    """A stretch of shown text, on one line."""

    text: str
    marked: bool


Excerpt = tuple[Piece, ...]


def showable(text: str) -> str:
    """Without what could break out of a line, a header or a database; white space folded."""
    return " ".join(_UNSHOWABLE.sub("", text).split())


def shortened(text: str, length: int) -> str:
    """At most `length` code points, cut between words where there is one."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    return (head.rsplit(maxsplit=1)[0] if " " in head[length // 2 :] else head) + "…"


def marked(text: str, spans: Iterable[Span], start: int = 0, end: int | None = None) -> Excerpt:
    """A stretch of the original text with its spans marked; offsets are the original's, so cleaning comes last."""
    end = len(text) if end is None else end
    inside = [(max(span.start, start), min(span.end, end)) for span in spans if span.start < end and span.end > start]
    edges = [start, *(edge for span in inside for edge in span), end]
    pieces = (Piece(_on_one_line(text[a:b]), index % 2 == 1) for index, (a, b) in enumerate(pairwise(edges)))
    return tuple(piece for piece in pieces if piece.text)


def excerpts(text: str, spans: Sequence[Span]) -> tuple[Excerpt, ...]:
    """Up to three stretches of about 200 code points with the spans, which are merged and in order, in them; without any, the beginning."""
    stretches: list[_Stretch] = []
    for span in spans:
        if stretches and span.end <= stretches[-1].end:
            continue
        if len(stretches) == MOST:
            break
        stretches.append(_around(text, span, after=stretches[-1].end if stretches else 0))
    if not stretches:
        beginning = shortened(showable(text[: 4 * LENGTH]), LENGTH)
        return ((Piece(beginning, marked=False),),) if beginning else ()
    return tuple(_shown(text, stretch, spans) for stretch in stretches)


class _Stretch(NamedTuple):
    start: int
    end: int
    cut_before: bool
    """Whether it begins within a sentence."""
    cut_after: bool


def _around(text: str, span: Span, after: int) -> _Stretch:
    """The sentence of a span; of a long one, what is near the span, in whole words."""
    lowest, highest = max(after, span.start - LENGTH), min(len(text), span.end + LENGTH)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, lowest, span.start)]
    start = ends[-1] if ends else lowest
    following = _SENTENCE_END.search(text, span.end, highest)
    end = following.end() if following else highest
    cut_before, cut_after = not ends and start > 0, following is None and end < len(text)
    if end - start <= LENGTH:
        return _Stretch(start, end, cut_before, cut_after)
    room = max(0, LENGTH - (span.end - span.start)) // 2
    if span.start - start > room:
        start, cut_before = _next_word(text, span.start - room, span.start), True
    if end - span.end > room:
        end, cut_after = _last_word(text, span.end, span.end + room), True
    return _Stretch(start, end, cut_before, cut_after)


def _next_word(text: str, start: int, limit: int) -> int:
    gap = re.compile(r"\s").search(text, start, limit)
    return gap.end() if gap else start


def _last_word(text: str, limit: int, end: int) -> int:
    gaps = [found.start() for found in re.finditer(r"\s", text[limit:end])]
    return limit + gaps[-1] if gaps else end


def _shown(text: str, stretch: _Stretch, spans: Iterable[Span]) -> Excerpt:
    pieces = marked(text, spans, stretch.start, stretch.end)
    before = (Piece("…", marked=False),) if stretch.cut_before else ()
    after = (Piece("…", marked=False),) if stretch.cut_after else ()
    return (*before, *pieces, *after)


def _on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", _UNSHOWABLE.sub("", text))
