"""Days that stand outside the rows: a date before each title, after it, or a heading («Март 2026») over several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from collector.discover.listing.outline import Element, Outline
from collector.discover.listing.rows import Entry, Reader, scattered

_REACH = 6
"""Texts before the first row and after the last in which its date is looked for."""
_MOST_TEXTS = 100
_LONGEST = 60
"""Characters of a line that may be a day or a heading."""
_LEVELS = 5
"""Ancestors of a row that may hold its month: `<li>March<ul><li>`."""
_IN_CELLS = frozenset(["td", "th", "a", "p"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "th", "legend"])
_ENDS = " \t:|–—-"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"\d{1,2}")
_MONTH_YEAR = re.compile(r"[^\W\d_]{3,10}\.?,?\s+(?:19|20)\d\d(?:\s*г(?:\.|ода?))?|(?:19|20)\d\d")
_DAY_MONTH = re.compile(r"(?<!\d)\d{1,2}\.?\s+[^\W\d_]{3,10}|[^\W\d_]{3,10}\.?\s+\d{1,2}(?!\d)|^\d{1,2}[./]\d{1,2}$")


def dated_from_outside(entries: Sequence[Entry], reader: Reader) -> list[Entry]:
    """The entries with the days that headings and neighbours give them; those with a day of their own keep it."""
    entries = [entry if entry.published else _dated_by_table_row(entry, reader) for entry in entries]
    gaps = _gaps(entries, reader)
    found = [_told(entry, reader) for entry in _under_headings(entries, gaps, reader)]
    if 2 * sum(entry.published is not None for entry in found) >= len(found):
        return found
    before = [_first_day(lines, reader) for lines in gaps[:-1]]
    after = [_first_day(lines, reader) for lines in gaps[1:]]
    if before[0] is None and after[-1] is not None:
        days: Sequence[date | None] = after
    else:
        # one day above a block is when the block was made
        days = _carried(before) if sum(day is not None for day in before) > 1 else before
    return [entry if entry.published else replace(entry, published=day) for entry, day in zip(found, days, strict=True)]


def _dated_by_table_row(entry: Entry, reader: Reader) -> Entry:
    """Of several documents in one row of a table each has the row's day, where there is but one."""
    row = entry.row.element
    line = next((parent for parent in row.ancestors(2) if parent.tag == "tr"), None) if row.tag in _IN_CELLS else None
    if line is None:
        return entry
    texts = reader.page.texts[line.text_from : min(line.text_to, line.text_from + _MOST_TEXTS)]
    days = {text.strip() for text in texts if reader.days.is_day(text.strip())}
    day = reader.days.whole(*days) if len(days) == 1 else None
    return replace(entry, published=day, written=days.pop()) if day is not None else entry


def _gaps(entries: Sequence[Entry], reader: Reader) -> list[list[str]]:
    """The lines before each row, and after the last."""
    page = reader.page
    rows = [entry.row.element for entry in entries]
    starts = [max(0, rows[0].text_from - _REACH), *(row.text_to for row in rows)]
    ends = [*(row.text_from for row in rows), min(len(page.texts), rows[-1].text_to + _REACH)]
    nearest = [*rows, rows[-1]]
    return [
        [line for line in _lines_beside(page, row, max(start, end - 2 * _REACH), end) if len(line) <= _LONGEST]
        for row, start, end in zip(nearest, starts, ends, strict=True)
    ]


def _lines_beside(page: Outline, row: Element, start: int, end: int) -> list[str]:
    """What belongs to a row: texts of the elements around it, and headings; not the end of some other block."""
    around = {id(parent) for parent in row.ancestors(_LEVELS)}
    parent = row.parent or row

    def is_kept(number: int) -> bool:
        owner = page.owners[number]
        if parent.text_from <= number < parent.text_to or id(owner) in around:
            return True
        return any(element.tag in _HEADINGS for element in (owner, *owner.ancestors(2)))

    return page.lines(start, end, is_kept)


def _under_headings(entries: Sequence[Entry], gaps: Sequence[Sequence[str]], reader: Reader) -> list[Entry]:
    """Rows that give the day alone, or day and month, under a heading with the year."""
    heading = ""
    found = []
    for entry, lines in zip(entries, gaps, strict=False):
        for line in (*lines, *(line for line in entry.lines if _MONTH_YEAR.fullmatch(line))):
            if _YEAR.search(line):
                heading = line
        found.append(entry if entry.published or not heading else _completed(entry, heading, reader))
    return found


def _completed(entry: Entry, heading: str, reader: Reader) -> Entry:
    year, month = _YEAR.search(heading), _MONTH_YEAR.search(heading)
    row = entry.row.element
    texts = (text.strip() for text in reader.page.texts[row.text_from : min(row.text_to, row.text_from + _MOST_TEXTS)])
    for line in (*entry.lines, *texts):
        if _YEAR.search(line) or year is None:
            continue
        if month and _DAY.fullmatch(line) and (day := reader.days.whole(f"{line} {month[0]}")):
            return replace(entry, published=day, written=line)
        part = _DAY_MONTH.match(line) if len(line) <= _LONGEST else None
        if part is not None and (day := _with_year(part[0], year[0], reader)):
            return replace(entry, published=day, written=line)
    return entry


def _told(entry: Entry, reader: Reader) -> Entry:
    """Without a heading's year: the latest such day that is past."""
    if entry.published is not None:
        return entry
    row = entry.row.element
    # «18 ноября — » before the link is no line of its own; «Yesterday » before one begins a sentence
    first = reader.page.texts[row.text_from : min(row.text_to, row.text_from + 1)]
    labels = (text.strip(_ENDS) for text in first if any(map(str.isdecimal, text)))
    for line in chain(entry.lines, labels, scattered(reader.page, row)):
        if line not in entry.title and reader.days.is_day(line) and (day := reader.days.of_field(line)):
            return replace(entry, published=day, written=line)
    return entry


def _with_year(part: str, year: str, reader: Reader) -> date | None:
    joint = "." if re.fullmatch(r"\d{1,2}[./]\d{1,2}", part) else " "
    return reader.days.whole(f"{part.replace('/', '.')}{joint}{year}")


def _first_day(lines: Sequence[str], reader: Reader) -> date | None:
    """The day nearest to the row that follows."""
    found = (reader.days.of_field(line) for line in reversed(lines) if reader.days.is_day(line))
    return next((day for day in found if day is not None), None)


def _carried(days: Sequence[date | None]) -> list[date | None]:
    """A day over several rows is the day of each."""
    found: list[date | None] = []
    for day in days:
        found.append(day or (found[-1] if found else None))
    return found
