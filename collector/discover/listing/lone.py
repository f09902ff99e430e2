"""A list that has only begun: one row, which nothing repeats."""

from __future__ import annotations

from collections.abc import Sequence

from collector.discover.listing.anchors import Anchor
from collector.discover.listing.groups import Row
from collector.discover.listing.outline import Element
from collector.discover.listing.rows import Entry, Reader
from collector.discover.listing.words import is_button, is_year
from collector.discover.listing.zones import Zone

_ROWS = frozenset(["tr", "li", "article", "dd"])
_LEVELS = 5
"""From a link to its row."""
_MOST = 200
"""Links that are looked at."""
_MOST_LINKS = 6
"""Of a row: picture, title, rubric, author, button, comments."""


def lone_rows(anchors: Sequence[Anchor], reader: Reader) -> list[Entry]:
    """Dated rows of the open column that hold a document or a linked heading: no menu has such, nor a page of contacts."""
    found: list[Entry] = []
    taken: set[int] = set()
    for anchor in [one for one in anchors if one.zone <= Zone.OPEN][:_MOST]:
        row = _row(anchor)
        if row is None or id(row) in taken or not (_is_document_of(row, anchor) or _has_linked_heading(anchor)):
            continue
        entry = reader.read(Row(anchor, row))
        if entry.published is not None and entry.written and entry.title and not is_button(entry.title) and not is_year(entry.title):
            found.append(entry)
            taken.add(id(row))
    return found


def _row(anchor: Anchor) -> Element | None:
    nearest = next((parent for parent in anchor.element.ancestors(_LEVELS) if parent.tag in _ROWS), None)
    return nearest if nearest is not None and nearest.link_to - nearest.link_from <= _MOST_LINKS else None


def _is_document_of(row: Element, anchor: Anchor) -> bool:
    """A document linked in an article is its attachment."""
    return anchor.is_document and row.tag != "article"


def _has_linked_heading(anchor: Anchor) -> bool:
    near = (anchor.element, *anchor.element.ancestors(2), *anchor.element.inside)
    return any(element.tag in {"h2", "h3", "h4"} for element in near)
