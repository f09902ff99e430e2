"""Publications that stand among a list's rows and are none of them: a large one at the top, one that the editor typed otherwise."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from collector.discover.listing.anchors import Anchor
from collector.discover.listing.groups import Row
from collector.discover.listing.judging import Evidence, Judged
from collector.discover.listing.outline import Element
from collector.discover.listing.rows import Entry, Reader
from collector.discover.listing.words import is_button, is_number, words_in
from collector.discover.listing.zones import Zone

_MOST = 200
"""Adopted; among a thousand rows there are a few."""
_SENTENCE = 20
"""Characters; with the address of the list's own kind, less is needed than for a list."""
_FEW = 3
"""Words."""
_WIDER = 3
"""Ancestors of a list's element that may be its block, with a large publication at the top."""
_FRAMES = frozenset(["body", "html", "main"])
_LEVELS = 3
"""From a link to the row made for it, which must hold no other link of the list."""


def adopted(chosen: Sequence[Judged], refused: Sequence[Judged], reader: Reader) -> list[Entry]:
    """Links inside the element that holds a list's rows, to addresses of the list's kind, with titles of their own.

    Not those of the `refused` lists, which repeat what was published long ago.
    """
    lists = [one for one in chosen if one.evidence >= Evidence.TEXTS]
    inside = sorted({number for one in chosen for number in _numbers(one)})
    places = [
        _Place(_around(one), _block(one, inside), frozenset(entry.anchor.shape for entry in one.entries), _is_all_documents(one))
        for one in lists
    ]
    shapes = frozenset(shape for place in places for shape in place.shapes)
    taken = {entry.anchor.stem for one in (*chosen, *refused) for entry in one.entries}
    in_rows = frozenset(inside)
    found: list[Entry] = []
    for anchor in reader.by_number.values():
        if anchor.shape not in shapes or anchor.stem in taken or anchor.zone > Zone.OPEN:
            continue
        place = next((place for place in places if place.may_hold(anchor, in_rows)), None)
        if place is None or len(found) >= _MOST:
            continue
        entry = reader.read(Row(anchor, _row(anchor, in_rows)))
        is_among = place.near.link_from <= anchor.number < place.near.link_to
        if _says_something(entry) and (is_among or entry.has_heading or entry.published is not None):
            found.append(entry)
            taken.add(anchor.stem)
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a list stands, and what kind of addresses it has."""

    near: Element
    wide: Element
    shapes: frozenset[tuple[str, ...]]
    is_of_documents: bool

    def may_hold(self, anchor: Anchor, in_rows: frozenset[int]) -> bool:
        """A second document of a row is one more publication; a second page in a row is its rubric."""
        if anchor.shape not in self.shapes or not self.wide.link_from <= anchor.number < self.wide.link_to:
            return False
        return anchor.number not in in_rows or (anchor.is_document and self.is_of_documents)


def _numbers(one: Judged) -> Iterator[int]:
    for entry in one.entries:
        yield from range(entry.row.element.link_from, entry.row.element.link_to)


def _around(one: Judged) -> Element:
    """The narrowest element around all rows of a list."""
    rows = [entry.row.element for entry in one.entries]
    start, end = min(row.link_from for row in rows), max(row.link_to for row in rows)
    own = set(map(id, rows))
    around = rows[0]
    while around.parent is not None and not (around.link_from <= start and end <= around.link_to and id(around) not in own):
        around = around.parent
    return around


def _block(one: Judged, inside: Sequence[int]) -> Element:
    """The block that a list stands in: wider than its rows, up to where another list stands. `inside` are the links of all rows."""
    own = sorted(set(_numbers(one)))
    block = _around(one)
    for parent in block.ancestors(_WIDER):
        if parent.tag in _FRAMES or _count(inside, parent) > _count(own, parent):
            break
        block = parent
    return block


def _count(numbers: Sequence[int], element: Element) -> int:
    return bisect_left(numbers, element.link_to) - bisect_left(numbers, element.link_from)


def _row(anchor: Anchor, inside: frozenset[int]) -> Element:
    row = anchor.element
    for parent in anchor.element.ancestors(_LEVELS):
        if any(number in inside for number in range(parent.link_from, min(parent.link_to, parent.link_from + 50))):
            break
        row = parent
    return row


def _is_all_documents(one: Judged) -> bool:
    return all(entry.anchor.is_document for entry in one.entries)


def _says_something(entry: Entry) -> bool:
    if not entry.title or is_button(entry.title):
        return False
    if entry.anchor.is_document:
        return entry.has_own_words
    return not is_number(entry.title) and (entry.has_heading or len(entry.title) >= _SENTENCE) and words_in(entry.title) >= _FEW
