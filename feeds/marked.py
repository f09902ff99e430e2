"""Matched words in HTML: a text, all of it escaped, with `<mark>` over its spans. For the feed of a watch, which may show what it matched.

Spans are places in the original text, so it is cut first and cleaned after. They may come in any order, overlap, and lie beyond the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from feeds.text import unbroken
from storage.model import Span

_Stretch = tuple[int, int]


def marked_html(text: str, spans: Iterable[Span]) -> str:
    """One line of HTML, such as a title.

    >>> marked_html("Саммит ШОС & БРИКС", [Span("title", 7, 10)])
    'Саммит <mark>ШОС</mark> &amp; БРИКС'
    """
    return _line(text, 0, len(text), _merged(spans, len(text)))


def marked_paragraphs(text: str, spans: Iterable[Span]) -> str:
    """A text in paragraphs; what runs from one to the next is marked in both."""
    marks = _merged(spans, len(text))
    made: list[str] = []
    first = 0
    for start, end in _paragraphs(text):
        while first < len(marks) and marks[first][1] <= start:
            first += 1
        last = first
        while last < len(marks) and marks[last][0] < end:
            last += 1
        made.append(f"<p>{_line(text, start, end, marks[first:last])}</p>")
    return "".join(made)


def _line(text: str, start: int, end: int, marks: Iterable[_Stretch]) -> str:
    made: list[str] = []
    for begin, stop in marks:
        inner = _escaped(text[max(begin, start) : min(stop, end)])
        made += (_escaped(text[start : max(begin, start)]), f"<mark>{inner}</mark>" if inner else "")
        start = min(stop, end)
    return "".join((*made, _escaped(text[start:end]))).strip()


def _merged(spans: Iterable[Span], length: int) -> list[_Stretch]:
    """In order, apart from each other, and within the text."""
    merged: list[_Stretch] = []
    for start, end in sorted((max(0, span.start), min(span.end, length)) for span in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def _paragraphs(text: str) -> Iterator[_Stretch]:
    """Where each begins and ends, without the blank lines between."""
    start = 0
    for blank in re.finditer(r"\n\s*\n", text):
        yield from _inhabited(text, start, blank.start())
        start = blank.end()
    yield from _inhabited(text, start, len(text))


def _inhabited(text: str, start: int, end: int) -> Iterator[_Stretch]:
    part = text[start:end]
    if unbroken(part).strip():
        yield start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def _escaped(text: str) -> str:
    return html.escape(unbroken(text))
