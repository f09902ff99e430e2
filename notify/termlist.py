"""Watch lists as people keep them in spreadsheets: a file of terms (CSV), read cell by cell, every mistake with its line.

A file has a column of terms, which are queries, and may have columns for the watch that they belong to, for tags, and for queries that
refuse. Without a row of headings it is one column of terms. Cells are parted by commas, semicolons or tabs; the text is UTF-8 or
windows-1251, as spreadsheets save it.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from notify.query import QueryError, parse

LARGEST = 10_000_000
"""Bytes."""
MOST = 100_000
"""Lines: to read so many terms takes 6 s."""


class _Column(StrEnum):
    TERM = "term"
    HEADING = "heading"
    TAGS = "tags"
    EXCLUDE = "exclude"


_HEADINGS: Mapping[_Column, Sequence[str]] = {
    _Column.TERM: ("term", "terms", "query", "термин", "термины", "запрос", "тэрмін", "тэрміны", "запыт"),
    _Column.HEADING: ("heading", "watch", "заголовок", "наблюдение", "загаловак", "назіранне"),
    _Column.TAGS: ("tag", "tags", "метка", "метки", "меткі"),
    _Column.EXCLUDE: ("exclude", "except", "not", "исключить", "исключения", "кроме", "выключыць", "акрамя"),
}
_BY_HEADING = {heading: column for column, headings in _HEADINGS.items() for heading in headings}
_DELIMITERS = ",;\t"
_BETWEEN_TAGS = re.compile(r"[,;|]")
_NO_HEADINGS = "the first line of the file does not say what they are: write term;heading;tags;exclude there, as many as there are"
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list; its queries are known to be right."""

    line: int
    term: str = ""
    heading: str = ""
    """Empty where the file has no such column, or nothing stands in it."""
    tags: tuple[str, ...] = ()
    exclude: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    line: int
    """0 for the file as a whole."""
    words: str


@dataclass(frozen=True, slots=True)
class TermList:
    rows: tuple[Row, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    headed: bool = False
    """The first line says what the columns are, and is no term."""


def read_list(content: bytes) -> TermList:
    """All rows that can be used, and all mistakes."""
    if len(content) > LARGEST:
        return TermList(mistakes=(Mistake(0, f"it has {len(content) // 1_000_000} MB; {LARGEST // 1_000_000} are the limit"),))
    try:
        text = _decoded(content)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return TermList(mistakes=(Mistake(line, "it is text neither in UTF-8 nor in windows-1251; save it as CSV in UTF-8"),))
    lines = [(number, line) for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1) if line.strip(" \t;,")]
    if not lines:
        return TermList(mistakes=(Mistake(0, "it is empty"),))
    if len(lines) > MOST:
        return TermList(mistakes=(Mistake(0, f"it has {len(lines)} lines; {MOST} are the limit"),))
    return _read(lines)


def _decoded(content: bytes) -> str:
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return content.decode(name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("windows-1251")


def _read(lines: Sequence[tuple[int, str]]) -> TermList:
    number, first = lines[0]
    delimiter = max(_DELIMITERS, key=_QUOTED.sub("", first).count)
    width = 1
    try:
        headings = _cells(first, delimiter)
        columns, mistakes = _columns(number, headings)
        width = len(headings) if columns else 1
    except _WrongError:
        columns, mistakes = {}, []  # it is told with the others, below
    if mistakes and not columns:
        return TermList(mistakes=tuple(mistakes))
    rows: list[Row] = []
    for line, text in lines[1:] if columns else lines:
        try:
            rows.append(_row(line, _cells(text, delimiter), columns, width))
        except _WrongError as error:
            mistakes.append(Mistake(line, str(error)))
        except QueryError as error:
            mistakes.append(Mistake(line, f"{error}\n{error.marked()}"))
    if not rows and not mistakes:
        mistakes.append(Mistake(number, "the columns have headings, and nothing stands below them"))
    return TermList(tuple(rows), tuple(mistakes), bool(columns))


class _WrongError(Exception):
    """A line that can't be used; says why."""


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter, strict=True, skipinitialspace=True))]
    except csv.Error:
        words = "its quotes don't fit: within a cell they are doubled, and a cell has no line break; «…» need no doubling"
        raise _WrongError(words) from None


def _columns(line: int, cells: Sequence[str]) -> tuple[dict[int, _Column], list[Mistake]]:
    """What stands where, if the first line has headings; otherwise nothing."""
    found = {place: _BY_HEADING[cell.casefold()] for place, cell in enumerate(cells) if cell.casefold() in _BY_HEADING}
    if not found:
        return {}, []
    mistakes = [Mistake(line, words) for words in _unknown(cells, found)]
    if _Column.TERM not in found.values() and _Column.EXCLUDE not in found.values():
        return {}, [Mistake(line, "no column is called term, so it is not known where the terms stand")]
    if len(set(found.values())) < len(found):
        return {}, [Mistake(line, "two columns have the same meaning")]
    return found, mistakes


def _unknown(cells: Sequence[str], found: Mapping[int, _Column]) -> Iterator[str]:
    for place, cell in enumerate(cells):
        if place not in found and cell:
            near = get_close_matches(cell.casefold(), list(_BY_HEADING), n=1, cutoff=0.6)
            hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(_Column)}"
            yield f"the column {cell!r} is not known; {hint}"


def _row(line: int, cells: Sequence[str], columns: Mapping[int, _Column], width: int) -> Row:
    if any(cells[width:]):
        what = f"the columns are {width}" if columns else _NO_HEADINGS
        raise _WrongError(f"it has {len(cells)} cells, and {what}; a term that has commas is to be put in quotes")
    told = {column: cells[place] for place, column in columns.items() if place < len(cells)} or {_Column.TERM: cells[0]}
    row = Row(
        line,
        told.get(_Column.TERM, ""),
        told.get(_Column.HEADING, ""),
        tuple(filter(None, (tag.strip() for tag in _BETWEEN_TAGS.split(told.get(_Column.TAGS, ""))))),
        told.get(_Column.EXCLUDE, ""),
    )
    if not row.term and not row.exclude:
        raise _WrongError("no term stands in it")
    for query in filter(None, (row.term, row.exclude)):
        parse(query)
    return row
