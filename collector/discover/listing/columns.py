"""The columns of tables: of two links in a row one may be the publication and the other its rubric, its department, its region."""

from __future__ import annotations

from collections import Counter

from collector.discover.listing.outline import Element, Outline

_CELLS = frozenset(["td", "th"])
_LEVELS = 6
"""From a link to its cell."""


class Columns:
    """Of one page; each table and each row is looked at once."""

    def __init__(self, page: Outline) -> None:
        self._places: dict[int, int] = {}
        rows, telling = Counter[int](), Counter[int]()
        for row in page.elements:
            if row.tag != "tr" or row.link_from == row.link_to:
                continue
            rows[id(row.parent)] += 1
            telling[id(row.parent)] += any(cell.text_from < cell.text_to and cell.link_from == cell.link_to for cell in row.inside)
        self._tables = {table for table, count in rows.items() if 2 * telling[table] >= count}

    def of(self, link: Element) -> int:
        """The number of a link's column, counted from the last one as years span the rows from the left; 0 outside tables.

        In a table whose every cell leads somewhere the cells are publications themselves, two or three in a row.
        """
        cell = next((parent for parent in link.ancestors(_LEVELS) if parent.tag in _CELLS), None)
        row = cell.parent if cell is not None else None
        if cell is None or row is None or id(row.parent) not in self._tables:
            return 0
        if id(cell) not in self._places:
            self._places.update((id(one), number) for number, one in enumerate(reversed(row.inside), 1))
        return self._places[id(cell)]
