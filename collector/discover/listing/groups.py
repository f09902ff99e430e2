"""Links that stand alike, and the row around each: the widest element that holds no other link of its group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from collector.discover.listing.anchors import Anchor
from collector.discover.listing.columns import Columns
from collector.discover.listing.outline import Element, Outline
from collector.discover.listing.words import is_button, is_year

_HIGHEST = 10
"""Levels from a link to its row; beyond that it is the page's frame that holds one link only."""
_HEAVIEST, _LARGEST = 40, 20
"""Groups looked at: a real page has a dozen; a page of nothing but unlike links has thousands."""
_FRAMES = frozenset(["body", "html", "main", ""])
_NEAR = 3
"""Links of a group before and after one, whose rows it is compared with."""
_HEADINGS = frozenset(["h2", "h3", "h4", "h5"])
_LETTER = 3
"""Characters of a heading that is a letter of the alphabet, or «0–9»."""
_BUTTON = 60
"""Characters of a link that may be one."""
_LEAST = 2
_ROWS_LEAST = 3
_BACK_LEAST = 2
"""Times that rubrics come back on a page: five rows of three rubrics show that."""
_BESIDE = 2
_MOST_KINDS = 3
"""Of addresses in one group: the publications', their pictures', their comments'."""
_APART = 3
"""Rows of one parent that make a list of their own: two lists of a site without classes have equal paths."""


@dataclass(frozen=True, slots=True)
class Row:
    anchor: Anchor
    element: Element


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of different addresses, in the page's order."""

    rows: tuple[Row, ...]
    path: int
    is_of_kind: bool = False
    """Whether others that stand alike are left out, as their addresses are of another kind: a row's «Фото» and «Видео»."""

    @property
    def first(self) -> int:
        return self.rows[0].anchor.number


def groups(page: Outline, anchors: Sequence[Anchor]) -> list[Group]:
    """The groups worth looking at, each split where its rows have several parents."""
    by_path: dict[tuple[int, bool, int], list[Anchor]] = {}
    columns = Columns(page)
    for anchor in anchors:
        # «PDF» beside a title in the same element is not that title's neighbour
        says_nothing = page.weight(anchor.element) <= _BUTTON and is_button(page.text(anchor.element))
        # a row's documents stand in several columns: formats, and one more publication
        column = 0 if anchor.is_document else columns.of(anchor.element)
        by_path.setdefault((anchor.element.path, says_nothing, column), []).append(anchor)
    told = [_without_rubrics(group) for group in by_path.values()]
    alike = [group for group in told if len({anchor.stem for anchor in group}) >= _LEAST]
    heaviest = sorted(alike, key=lambda group: -sum(min(page.weight(anchor.element), 100) for anchor in group))[:_HEAVIEST]
    largest = sorted(alike, key=lambda group: -len(group))[:_LARGEST]
    chosen = {group[0].number: group for group in (*heaviest, *largest)}
    whole = [part for group in chosen.values() for part in _parts(page, _rows(group))]
    return [
        *whole,
        *(replace(part, is_of_kind=True) for group in chosen.values() for kind in _kinds(group) for part in _parts(page, _rows(kind))),
    ]


def _kinds(group: Sequence[Anchor]) -> list[list[Anchor]]:
    """The links of a group by the kinds of their addresses, the commonest first; none where they are of one kind."""
    by_shape: dict[tuple[str, ...], list[Anchor]] = {}
    for anchor in group:
        by_shape.setdefault(anchor.shape, []).append(anchor)
    common = sorted((kind for kind in by_shape.values() if len(kind) >= _ROWS_LEAST), key=len, reverse=True)
    return common[:_MOST_KINDS] if len(by_shape) > 1 else []


def _without_rubrics(group: Sequence[Anchor]) -> Sequence[Anchor]:
    """The links without those to rubrics, authors and regions, which come back in row after row beside links that come once.

    They are known by the kind of their addresses. Publications that come back, in the folds of a front page, stand beside each other.
    """
    by_shape: dict[tuple[str, ...], list[int]] = {}
    for place, anchor in enumerate(group):
        by_shape.setdefault(anchor.shape, []).append(place)
    if len(by_shape) == 1:
        return group
    back = {shape: _coming_back(group, places) for shape, places in by_shape.items()}
    once = {shape for shape, places in by_shape.items() if len(places) >= _ROWS_LEAST and not back[shape]}
    rows = max((len(by_shape[shape]) for shape in once), default=0)
    dropped = {
        shape
        for shape, places in by_shape.items()
        # in most rows, and over and over: a publication may be shown twice
        if once and back[shape] >= _BACK_LEAST and 2 * len(places) >= rows and _are_beside(group, places, once)
    }
    return [anchor for anchor in group if anchor.shape not in dropped] if dropped else group


def _coming_back(group: Sequence[Anchor], places: Sequence[int]) -> int:
    """How often an address appears again after others."""
    last: dict[str, int] = {}
    count = 0
    for place in places:
        stem = group[place].stem
        count += place - last.get(stem, place) > 1
        last[stem] = place
    return count


def _are_beside(group: Sequence[Anchor], places: Sequence[int], once: set[tuple[str, ...]]) -> bool:
    """Whether most stand next to a link that comes once, or next but one: a row may have a rubric and an author."""
    near = (group[max(0, place - _BESIDE) : place + _BESIDE + 1] for place in places)
    return 2 * sum(any(anchor.shape in once for anchor in found) for found in near) > len(places)


def loose(anchors: Sequence[Anchor]) -> Group | None:
    """All these links as one group, however unlike they stand; None for none."""
    rows = _distinct(_rows(anchors)) if anchors else []
    return Group(tuple(rows), 0) if rows else None


def _rows(group: Sequence[Anchor]) -> list[Row]:
    climbs = list(_climbs(group))
    return [Row(anchor, anchor.element.up(_usual(climbs, place))) for place, anchor in enumerate(group)]


def _usual(climbs: Sequence[int], place: int) -> int:
    """How high the neighbours' rows are, and no higher than this link's may be.

    The only link of a month would make a row of the whole month; a menu in the same tags as the list has rows of its own height.
    """
    own = climbs[place]
    near = climbs[max(0, place - _NEAR) : place + _NEAR + 1]
    counted = Counter(near)
    return min(own, min(counted, key=lambda level: (-counted[level], abs(level - own), level)))


def _climbs(group: Sequence[Anchor]) -> Iterator[int]:
    """How many levels up each link's ancestors hold no link of the group with another address."""
    for anchor, (previous, following) in zip(group, _neighbours(group), strict=True):
        level = 0
        for parent in anchor.element.ancestors(_HIGHEST):
            if parent.link_from <= previous or -1 < following < parent.link_to or parent.tag in _FRAMES:
                break
            level += 1
        yield level


def _neighbours(group: Sequence[Anchor]) -> list[tuple[int, int]]:
    """For each link the places of the nearest before and after it that have another address; -1 for none."""
    previous, following = [-1] * len(group), [-1] * len(group)
    for place in range(1, len(group)):
        before = group[place - 1]
        previous[place] = previous[place - 1] if before.stem == group[place].stem else before.number
    for place in range(len(group) - 2, -1, -1):
        after = group[place + 1]
        following[place] = following[place + 1] if after.stem == group[place].stem else after.number
    return list(zip(previous, following, strict=True))


def _parts(page: Outline, rows: Sequence[Row]) -> list[Group]:
    """The rows of one parent, or of several that are parts of one list: columns, months, letters of the alphabet."""
    by_parent: dict[int, list[Row]] = {}
    for row in rows:
        by_parent.setdefault(id(_list_around(page, row.element)), []).append(row)
    large = [part for part in by_parent.values() if len(_distinct(part)) >= _APART]
    small = [row for part in by_parent.values() if len(_distinct(part)) < _APART for row in part]
    parts = [_distinct(part) for part in (*large, small)]
    return [Group(tuple(part), part[0].anchor.element.path) for part in parts if part]


def _list_around(page: Outline, row: Element) -> Element:
    """The row's parent; where a letter or a month heads it among others, the element around those."""
    parent = row.up(1)
    above = parent.up(1)
    if above.tag in _FRAMES or above.up(1).tag in _FRAMES:
        return parent
    headings = (page.text(element) for element in above.inside[:3] if element.tag in _HEADINGS)
    return above.up(1) if any(len(heading) <= _LETTER or is_year(heading) for heading in headings) else parent


def _distinct(rows: Iterable[Row]) -> list[Row]:
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(row.anchor.stem, row)
    return list(found.values())
