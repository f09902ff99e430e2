"""The matched words in their sentences, and all that sources say made fit to be shown.

Texts may be hostile and long: whatever is shown is bounded, and cut out before it is cleaned, so that 10 MB cost no more than their spans.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote

from storage.model import Attachment, Content, Span

LENGTH = 200
MOST = 3
_NAME = 80
_AUTHOR = 200
_DOCUMENT = "attachment:"
_ORDER = ("text", "attachment", "author")

_SENTENCE_END = re.compile(r"[.!?…]+[»”\")]*\s+(?=[^\s\da-zа-яёіў])|\n\s*\n")
# Controls, halves of surrogate pairs, and marks that turn the direction of writing and so could show one address for another.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Piece(NamedTuple):
    """A stretch of shown text, on one line."""

    text: str
    marked: bool


Excerpt = tuple[Piece, ...]


class Passage(NamedTuple):
    """An excerpt and where it stands: `text`, `author` or `attachment:N`."""

    field: str
    excerpt: Excerpt


def showable(text: str) -> str:
    """Without what could break out of a line, a header or a database; white space folded."""
    return " ".join(_UNSHOWABLE.sub("", text).split())


def shortened(text: str, length: int) -> str:
    """At most `length` code points, cut between words where there is one."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    return (head.rsplit(maxsplit=1)[0] if " " in head[length // 2 :] else head) + "…"


def texts_of(content: Content) -> Mapping[str, str]:
    """What spans are places in, by the names of the fields."""
    documents = {f"{_DOCUMENT}{number}": attachment.text for number, attachment in enumerate(content.attachments, 1)}
    return {"title": content.title, "text": content.text, "author": content.author} | documents


def document_names(content: Content) -> Mapping[str, str]:
    """What the attachments are called, by the names of the fields."""
    return {f"{_DOCUMENT}{number}": document_name(attachment, number) for number, attachment in enumerate(content.attachments, 1)}


def document_name(attachment: Attachment, number: int) -> str:
    """What people may call an attachment: its name, or the end of its address, or its number."""
    end_of_address = unquote(attachment.url.partition("?")[0].rpartition("/")[2])
    return shortened(showable(attachment.name[: 4 * _NAME]) or showable(end_of_address[: 4 * _NAME]), _NAME) or f"№ {number}"


def passages(content: Content, spans: Sequence[Span], most: int = MOST) -> tuple[Passage, ...]:
    """Up to `most` excerpts with the spans, which are merged and in order: the text's first, then those of the attachments and the author.

    Each field that has any gets one at least while there is room: who waits for a word in an attachment is not to be shown the text alone.
    """
    texts = texts_of(content)
    inside = _by_field(spans, texts)
    fields = sorted(inside, key=lambda field: _ORDER.index(field.partition(":")[0]))
    shown: list[Passage] = []
    for number, field in enumerate(fields, 1):
        room = most - len(shown)
        if field == "author":
            shown.append(Passage(field, marked(texts[field], inside[field], 0, min(len(texts[field]), _AUTHOR))))
        elif room:
            waiting = len(fields) - number
            shown += [Passage(field, excerpt) for excerpt in excerpts(texts[field], inside[field], max(1, room - waiting))]
    return tuple(shown[:most])


def _by_field(spans: Iterable[Span], texts: Mapping[str, str]) -> Mapping[str, list[Span]]:
    """Those of fields that excerpts are made of, and that begin within what there is of the field."""
    inside: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        if span.field != "title" and span.start < len(texts.get(span.field, "")):
            inside[span.field].append(span)
    return inside


def marked(text: str, spans: Iterable[Span], start: int = 0, end: int | None = None) -> Excerpt:
    """A stretch of the original text with its spans, which are in order, marked; offsets are the original's, so cleaning comes last."""
    end = len(text) if end is None else end
    edges = [start]
    for span in spans:
        if span.start < end and span.end > start:
            edges += [max(span.start, edges[-1]), max(min(span.end, end), edges[-1])]
    pieces = (Piece(_on_one_line(text[a:b]), index % 2 == 1) for index, (a, b) in enumerate(pairwise([*edges, end])))
    return tuple(piece for piece in pieces if piece.text)


def excerpts(text: str, spans: Sequence[Span], most: int = MOST) -> tuple[Excerpt, ...]:
    """Up to `most` stretches of about 200 code points around the spans, which are merged and in order; without any, the beginning."""
    stretches: list[_Stretch] = []
    for span in spans:
        if stretches and span.end <= stretches[-1].end:
            continue
        if len(stretches) == most:
            break
        stretches.append(_around(text, span, stretches[-1] if stretches else _NOTHING))
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


_NOTHING = _Stretch(0, 0, cut_before=False, cut_after=False)


def _around(text: str, whole: Span, before: _Stretch) -> _Stretch:
    """The sentence of a span; of a long one, what is near the span, in whole words; of a long span, its beginning. After another one."""
    after = before.end
    begin = max(whole.start, after)
    span = Span(whole.field, begin, min(whole.end, begin + LENGTH))
    lowest, highest = max(after, span.start - LENGTH), min(len(text), span.end + LENGTH)
    # one more: what follows a sentence's end decides whether it is one
    ends = [found.end() for found in _SENTENCE_END.finditer(text, lowest, span.start + 1) if found.end() <= span.start]
    start = ends[-1] if ends else lowest
    following = _SENTENCE_END.search(text, span.end, highest)
    end = following.end() if following else highest
    if span.end < whole.end:
        following, end = None, span.end
    begins = bool(ends) or start == 0 or (start == after and not before.cut_after)
    cut_before, cut_after = not begins, following is None and end < len(text)
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
