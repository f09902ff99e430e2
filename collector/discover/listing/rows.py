"""What a row says: which address, under what title, of what day, with what words beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from collector.discover.listing.anchors import Anchor
from collector.discover.listing.days import SHORT, Days
from collector.discover.listing.groups import Row
from collector.discover.listing.outline import Element, Outline
from collector.discover.listing.titles import HEADINGS, LONGEST, title_of, within
from collector.extract.dates import date_in_address

_LONGEST_TEASER = 2000
"""Characters."""
_TEASER_LEAST = 40
"""Characters of a line that says something of the publication; labels and rubrics are shorter."""
_MOST_TEXTS, _MOST_LINKS = 100, 40
"""Of one row that are looked at."""
_DAY = re.compile(r"\d{1,2}")
_MOST_NUMBERS = 3
"""Of a row that may be a day's: its place in the list, a counter of views, and the day."""
_PART = re.compile(r"\d{1,2}|(?:19|20)\d\d|[^\W\d_]{3,12}[.,]?(?:\s+(?:19|20)\d\d)?")
"""A day's number, a year, a month, a month with its year."""
_PIECES = re.compile(r"\s*[|·•/]\s+")
_LONGEST_LABELS, _MOST_PIECES = 200, 4
"""Characters, and labels of a line of them: «18 ноября 2026 г. | Пресс-служба | Просмотров: 45»."""
_DATE_FIELD = re.compile(r"(?:^|[-_ ])(?:date|dates|time|created|published|pubdate|data|timestamp|posted)(?:$|[-_ ])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that was read."""

    row: Row
    title: str
    published: date | None
    written: str
    """The text that the date was read from."""
    teaser: str
    anchor: Anchor
    """The link that stands for the publication: a page rather than a file, a PDF rather than another format."""
    has_heading: bool
    has_own_words: bool
    """Whether the title stands in the link itself."""
    names_day: bool
    """Whether the title has a date in it, as decisions and minutes have and no section of a site."""
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """What rows are read with."""

    page: Outline
    by_number: Mapping[int, Anchor]
    days: Days

    def read(self, row: Row) -> Entry:
        page, element = self.page, row.element
        inside = [
            anchor
            for number in range(element.link_from, min(element.link_to, element.link_from + _MOST_LINKS))
            if (anchor := self.by_number.get(number)) is not None
        ]
        chosen = _chosen(row.anchor, inside)
        same = [anchor for anchor in inside if anchor.stem == row.anchor.stem] or [row.anchor]
        title = title_of(page, element, same, self.days)
        lines = tuple(page.lines(element.text_from, min(element.text_to, element.text_from + _MOST_TEXTS)))
        published, written = self._date(element, lines, title)
        return Entry(
            row=row,
            title=title,
            published=published or self.days.ending(title) or date_in_address(chosen.url, self.days.now),
            written=written,
            teaser=_teaser(lines, title),
            anchor=chosen,
            has_heading=any(one.tag in HEADINGS for one in within(element)),
            has_own_words=bool(title) and title in page.text(row.anchor.element),
            names_day=self.days.whole(title) is not None,
            lines=lines,
        )

    def glance(self, row: Row) -> Entry:
        """The link with its own words alone."""
        title = self.page.text(row.anchor.element)[:LONGEST]
        return Entry(row, title, None, "", "", row.anchor, has_heading=False, has_own_words=bool(title), names_day=False, lines=())

    def _date(self, row: Element, lines: Sequence[str], title: str) -> tuple[date | None, str]:
        for written in chain(_fields(self.page, row), self._short(row, lines, title), scattered(self.page, row)):
            found = self.days.whole(written) if written else None
            if found is not None:
                return found, written
        return None, ""

    def _short(self, row: Element, lines: Sequence[str], title: str) -> Iterator[str]:
        """Lines and texts that are a date: a label among others, not a sentence that speaks of a day, and not the title itself."""
        for line in lines:
            if line not in title and self.days.may_date(line):
                yield line
            elif label := self.days.starts_with_day(line):
                yield label
            elif len(line) <= _LONGEST_LABELS:
                yield from (piece for piece in _PIECES.split(line)[:_MOST_PIECES] if piece not in title and self.days.may_date(piece))
        for number in range(row.text_from, min(row.text_to, row.text_from + _MOST_TEXTS)):
            text = self.page.texts[number].strip()
            if text not in title and self.days.may_date(text):
                yield text
            elif label := self.days.starts_with_day(text):
                yield label


def scattered(page: Outline, row: Element) -> Iterator[str]:
    """The day whose number stands in an element of its own, as on a leaf of a calendar, with the month and the year in the next ones."""
    texts = [text.strip() for text in page.texts[row.text_from : min(row.text_to, row.text_from + _MOST_TEXTS)]]
    for place in [number for number, text in enumerate(texts) if _DAY.fullmatch(text)][:_MOST_NUMBERS]:
        for first, end in ((place, place + 3), (place, place + 2), (place - 1, place + 2), (place - 1, place + 1)):
            parts = texts[max(0, first) : end]
            if len(parts) == end - first and all(_PART.fullmatch(part) for part in parts):
                yield " ".join(parts)


def _fields(page: Outline, row: Element) -> Iterator[str]:
    """What the row marks as its time: elements first that say so by tag, then those that are named so."""
    elements = list(within(row))
    for element in elements:
        if element.tag == "time":
            yield element.has("datetime")
            yield page.text(element)
    for element in elements:
        if element.has("itemprop").startswith("date") or element.has("property").endswith(("created", ":date")):
            yield element.has("content") or page.text(element)
        elif any(map(_DATE_FIELD.search, element.classes)) and page.weight(element) <= SHORT:
            yield page.text(element)
    for element in elements:
        yield element.has("data-datetime") or element.has("data-date")


def _chosen(main: Anchor, inside: Sequence[Anchor]) -> Anchor:
    """One link for a document in several formats: they differ in nothing but the extension."""
    formats = [anchor for anchor in inside if anchor.stem == main.stem]
    return min(formats, key=lambda anchor: (anchor.is_document, anchor.extension != "pdf", anchor.number), default=main)


def _teaser(lines: Sequence[str], title: str) -> str:
    told = [line for line in lines if len(line) >= _TEASER_LEAST and line not in title and title not in line]
    return "\n".join(told)[:_LONGEST_TEASER].strip()
