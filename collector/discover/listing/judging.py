"""Which groups of rows are lists of publications: by dates, documents, titles that are sentences, and where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from statistics import median

from collector.discover.listing.between import dated_from_outside
from collector.discover.listing.groups import Group
from collector.discover.listing.outline import Element
from collector.discover.listing.rows import Entry, Reader
from collector.discover.listing.words import is_button, is_number, is_year, words_in
from collector.discover.listing.zones import Zone

_SENTENCE = 28
"""Characters; the usual title is longer than that, and the usual entry of a menu shorter."""
_LONG_SENTENCE = 40
_LEAST_WORDS = 3
_LEAST, _LEAST_DATED = 3, 2
"""Rows; two that are dated are a list that has only begun."""
_LEAST_PLAIN, _LEAST_PLAIN_ELSEWHERE = 4, 6
"""Of short undated titles; outside what is marked as the main part a menu has as many."""
_ABOVE = 3
"""Texts before the first row in which its heading is looked for."""
_OTHERS = re.compile(
    r"(?:самое |самые )?(?:популярн|читаем|обсуждаем|просматриваем)|(?:читайте|смотрите|чытайце|глядзіце) так(?:же|сама)|похожие|по теме|"
    r"рекоменду|related|popular|most (?:read|viewed|popular)|trending|recommended|you may also|see also|similar",
    re.IGNORECASE,
)
_MOST_READ = 1_500
"""Rows of a group that are read in full; more than a thousand links of a page are not kept, and the rest are counted."""
_TELLING = 100
"""Characters of a title beyond which it says no more for its list."""


_DAY = re.compile(r"\d{1,2}")


class Evidence(IntEnum):
    """Why a group is held for publications; the greater, the surer."""

    NONE = 0
    PLAIN = 1
    """Titles alone, and short: an index of a wiki; taken where the page has nothing better."""
    TITLES = 2
    """Titles that are sentences."""
    TEXTS = 3
    """Headings with texts beneath them."""
    DOCUMENTS = 4
    DATED = 5


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    group: Group
    entries: tuple[Entry, ...]
    evidence: Evidence
    zone: Zone
    weight: float
    """How much its titles say: the greater of two groups that share their rows is that of the titles."""
    repeats: bool = False
    """Whether it stands under «Популярное» and the like."""

    @property
    def shape(self) -> tuple[str, ...]:
        """The commonest shape of its addresses."""
        return Counter(entry.anchor.shape for entry in self.entries).most_common(1)[0][0]

    @property
    def is_aside(self) -> bool:
        return self.zone > Zone.OPEN


def judge(group: Group, reader: Reader) -> Judged:
    read = [entry for entry in dated_from_outside([reader.read(row) for row in group.rows[:_MOST_READ]], reader) if _is_titled(entry)]
    entries = [*read, *(entry for row in group.rows[_MOST_READ:] if _is_titled(entry := reader.glance(row)))]
    zone = Zone(round(median(row.anchor.zone for row in group.rows)))
    if not entries or zone is Zone.NEVER or 2 * len(entries) < len(group.rows):
        return Judged(group, tuple(entries), Evidence.NONE, zone, 0)
    if _is_of_others(group, reader):
        return Judged(group, tuple(entries), Evidence.NONE, zone, 0, repeats=True)
    evidence = _evidence(read, zone)
    return Judged(group, tuple(entries), evidence, zone, _weight(entries, evidence))


def _is_of_others(group: Group, reader: Reader) -> bool:
    """Whether the line above says that the block repeats what was published long ago."""
    start = group.rows[0].element.text_from
    above = reader.page.lines(max(0, start - _ABOVE), start)
    return bool(above) and _OTHERS.match(above[-1]) is not None


def _is_titled(entry: Entry) -> bool:
    """Entries of a calendar or a pager, and buttons without anything beside them, name no publication."""
    title = entry.title
    if not title or is_year(title) or is_button(title):
        return False
    if entry.anchor.is_document:
        return True
    # the number of a day leads to all that was published on it
    return not is_number(title) or (entry.published is not None and not _DAY.fullmatch(title))


def _evidence(entries: Sequence[Entry], zone: Zone) -> Evidence:
    count = len(entries)
    dated = _share(entry.published is not None or entry.names_day for entry in entries)
    own = _share(entry.anchor.is_own for entry in entries)
    documents = _share(entry.anchor.is_document for entry in entries)
    if count >= _LEAST_DATED and dated >= 0.5:  # noqa: PLR2004 - most
        return Evidence.DATED
    if count < _LEAST:
        return Evidence.NONE
    if documents >= 0.6:  # noqa: PLR2004 - a few of the documents may be pages
        return Evidence.DOCUMENTS
    if own < 0.5:  # noqa: PLR2004 - undated links to elsewhere are banners and partners
        return Evidence.NONE
    if _have_texts(entries):
        return Evidence.TEXTS
    if _are_sentences(entries):
        return Evidence.TITLES
    return Evidence.PLAIN if count >= (_LEAST_PLAIN if zone is Zone.CORE else _LEAST_PLAIN_ELSEWHERE) else Evidence.NONE


def _are_sentences(entries: Sequence[Entry]) -> bool:
    return median(len(entry.title) for entry in entries) >= _SENTENCE and median(words_in(entry.title) for entry in entries) >= _LEAST_WORDS


def _have_texts(entries: Sequence[Entry]) -> bool:
    """Rows with a text of their own beside the link: a menu has none."""
    return _share(bool(entry.teaser) for entry in entries) >= 0.6 and _share(entry.has_heading for entry in entries) >= 0.6  # noqa: PLR2004


def _weight(entries: Sequence[Entry], evidence: Evidence) -> float:
    said = sum(min(len(entry.title), _TELLING) for entry in entries)
    # a link with words of its own before a button in the same row
    own_words = _share(entry.has_own_words for entry in entries)
    return said * (1 + evidence) * (1 + own_words / 10)


def publications(judged: Sequence[Judged]) -> list[Judged]:
    """The groups that are publications, in the page's order.

    Dated rows and documents are, wherever in the main column they stand. Headings with texts (the tiles of a home page are such, too) and
    undated sentences are where there is nothing surer, or where they lead to addresses of the same kind: what a site pins below its news.
    """
    ranked = sorted((one for one in _of_rows(judged) if one.evidence), key=lambda one: (one.is_aside, -one.weight, one.group.first))
    open_ones = [one for one in ranked if not one.is_aside]
    sure = _apart([one for one in open_ones if one.evidence >= Evidence.DOCUMENTS])
    if sure:
        shapes = {one.shape for one in sure}
        chosen = _apart([*sure, *(one for one in open_ones if one.shape in shapes and _is_pinned(one))])
    else:
        chosen = _only(ranked)
    return sorted(chosen, key=lambda one: one.group.first)


def _of_rows(judged: Sequence[Judged]) -> list[Judged]:
    """Those whose rows are none of them a list: a linked heading over each block makes a row of the whole block.

    Lists are known by days of their own; the undated documents of a row are its attachments.
    """
    lists = [sorted(entry.row.anchor.number for entry in one.entries if entry.written) for one in judged if one.evidence is Evidence.DATED]

    def holds_list(row: Element) -> bool:
        return any(bisect_left(numbers, row.link_to) - bisect_left(numbers, row.link_from) >= _LEAST for numbers in lists)

    return [one for one in judged if not any(holds_list(entry.row.element) for entry in one.entries[:_MOST_READ])]


def _only(ranked: Sequence[Judged]) -> list[Judged]:
    """Where no list of the open column is sure: the best titles of the main part, a sure list at the side, else whatever there is."""
    open_ones = [one for one in ranked if not one.is_aside]
    best = min(
        (one for one in ranked if not one.is_aside or one.evidence >= Evidence.TEXTS),
        key=lambda one: (_doubt(one), one.zone, -one.evidence, -one.weight),
        default=None,
    )
    if best is None:
        return []
    alike = [one for one in open_ones if one.zone is best.zone and one.evidence is best.evidence and one.shape == best.shape]
    return _apart([best, *alike])


def _doubt(one: Judged) -> int:
    if one.zone is Zone.CORE and one.evidence >= Evidence.TITLES:
        return 0
    if one.evidence >= Evidence.DOCUMENTS:
        return 1
    return 2 if one.evidence >= Evidence.TITLES else 3


def _is_pinned(one: Judged) -> bool:
    """Whether a list beside dated ones, with addresses of the same kind, is one of publications and no menu."""
    return one.evidence is Evidence.TEXTS or (
        one.evidence is Evidence.TITLES and median(len(entry.title) for entry in one.entries) >= _LONG_SENTENCE
    )


def _apart(ranked: Sequence[Judged]) -> list[Judged]:
    """Those that share no row with one before them: a row's rubric, author and picture are links too."""
    taken: set[int] = set()
    chosen: list[Judged] = []
    for one in ranked:
        inside = [number for entry in one.entries for number in range(entry.row.element.link_from, entry.row.element.link_to)]
        if not taken.intersection(inside):
            chosen.append(one)
            taken.update(inside)
    return chosen


def _share(flags: Iterable[bool]) -> float:
    listed = list(flags)
    return sum(listed) / len(listed) if listed else 0.0
