"""What an edit changed, paragraph by paragraph, readable on any screen, and complete: both states can be put together from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from storage.edits.trivial import file_path
from storage.model import Attachment, Content

_COSTLY = 10_000_000
"""Steps at most of one comparison, of 0.1 µs each; hardly any takes a hundredth of them."""
_SPENT_AT_MOST = 30_000_000
"""For all comparisons of one edit together; what is left then is shown as rewritten whole."""
_ALIKE = 0.5
"""Share of words that two paragraphs have in common to be shown as one that was edited."""
_NEAR = 8
"""Paragraphs among which an edited one is looked for."""
_MOST_LINES = 20_000
"""More are no paragraphs; they are shown in one."""
_LINE = re.compile(r"[^\n]*\n+|[^\n]+$")
_SENTENCES = re.compile(r"(?:[^.!?…\s]|[.!?…](?!\s)|\s)+(?:[.!?…]\s+|[.!?…]$)?|[.!?…]+\s*")
_WORDS = re.compile(r"\s*(?:\w+|[^\w\s]+)\s*|\s+")


class How(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Stretch(NamedTuple):
    text: str
    how: How


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph, with its line breaks, before and after. The stretches that are not added make the one, those not removed the other."""

    field: str
    """`title`, `text`, `published` or `attachment`."""
    stretches: tuple[Stretch, ...]
    moved: bool = False
    """It stands at another place, where it is shown once more."""

    @property
    def is_edit(self) -> bool:
        return any(stretch.how is not How.SAME for stretch in self.stretches)

    @property
    def before(self) -> str:
        return "".join(stretch.text for stretch in self.stretches if stretch.how is not How.ADDED)

    @property
    def after(self) -> str:
        return "".join(stretch.text for stretch in self.stretches if stretch.how is not How.REMOVED)


def difference(old: Content, new: Content) -> tuple[Change, ...]:
    """All of both states, edited or not: title, date of publication, paragraphs, attachments, in this order."""
    compared = _Comparison()
    return (
        *([compared.paragraph("title", old.title, new.title)] if old.title or new.title else []),
        *_published(old, new),
        *_with_moves(list(compared.text(old.text, new.text))),
        *_attachments(old.attachments, new.attachments),
    )


def _published(old: Content, new: Content) -> Iterator[Change]:
    before, after = (content.published.isoformat() if content.published else "" for content in (old, new))
    if before != after:
        yield Change("published", tuple(_replaced(before, after)))


def _attachments(old: Sequence[Attachment], new: Sequence[Attachment]) -> Iterator[Change]:
    before, after = {file_path(one) for one in old}, {file_path(one) for one in new}
    yield from (_whole("attachment", _named(one), How.SAME if file_path(one) in after else How.REMOVED) for one in old)
    yield from (_whole("attachment", _named(one), How.ADDED) for one in new if file_path(one) not in before)


def _named(attachment: Attachment) -> str:
    return f"{attachment.name} ({attachment.url})" if attachment.name else attachment.url


def _whole(field: str, text: str, how: How) -> Change:
    return Change(field, (Stretch(text, how),))


def _with_moves(changes: list[Change]) -> Iterator[Change]:
    """Paragraphs that were taken away here and added there have only been moved."""
    gone = Counter(change.before.strip() for change in changes if not change.after)
    come = Counter(change.after.strip() for change in changes if not change.before)
    moved = {text for text in gone.keys() & come.keys() if text}
    for change in changes:
        one_sided = not change.after or not change.before
        yield replace(change, moved=True) if one_sided and (change.before or change.after).strip() in moved else change


class _Comparison:
    """Compares while there is time for it: hostile texts hold a million equal words."""

    def __init__(self) -> None:
        self._left = _SPENT_AT_MOST

    def text(self, old: str, new: str) -> Iterator[Change]:
        ours, theirs = _LINE.findall(old), _LINE.findall(new)
        if max(len(ours), len(theirs)) > _MOST_LINES:
            yield Change("text", tuple(_joined(self._stretches(old, new, (_LINE,)))))
            return
        for equal, start, end, other_start, other_end in self._opcodes(ours, theirs):
            if equal:
                yield from (self.paragraph("text", *pair) for pair in zip(ours[start:end], theirs[other_start:other_end], strict=True))
            else:
                yield from self._rewritten(ours[start:end], theirs[other_start:other_end])

    def _rewritten(self, ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Change]:
        """Edited paragraphs beside what they were; the others taken away or added."""
        behind = 0
        for line in ours:
            near = range(behind, min(behind + _NEAR, len(theirs)))
            partner = next((at for at in near if self._alike(line, theirs[at])), None)
            if partner is None:
                yield _whole("text", line, How.REMOVED)
                continue
            yield from (_whole("text", added, How.ADDED) for added in theirs[behind:partner])
            yield self.paragraph("text", line, theirs[partner])
            behind = partner + 1
        yield from (_whole("text", added, How.ADDED) for added in theirs[behind:])

    def _alike(self, one: str, other: str) -> bool:
        self._left -= len(one) + len(other)
        if self._left < 0:
            return False
        ours, theirs = Counter(re.findall(r"\w+", one)), Counter(re.findall(r"\w+", other))
        return 2 * (ours & theirs).total() >= _ALIKE * (ours.total() + theirs.total())

    def paragraph(self, field: str, old: str, new: str) -> Change:
        return Change(field, tuple(_joined(self._stretches(old, new, (_SENTENCES, _WORDS)))))

    def _stretches(self, old: str, new: str, cuts: Sequence[re.Pattern[str]]) -> Iterator[Stretch]:
        """By sentences first, then by the words of those that differ: a stretch of one does not end up in the middle of another."""
        if old == new or not cuts or not old or not new:
            yield from _replaced(old, new)
            return
        ours, theirs = cuts[0].findall(old), cuts[0].findall(new)
        for equal, start, end, other_start, other_end in self._opcodes(ours, theirs):
            if equal:
                for one, other in zip(ours[start:end], theirs[other_start:other_end], strict=True):
                    yield from _spaced(one, other)
            else:
                yield from self._stretches("".join(ours[start:end]), "".join(theirs[other_start:other_end]), cuts[1:])

    def _opcodes(self, ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
        """As `SequenceMatcher.get_opcodes`, white space apart; what would take too long is replaced whole between the equal ends."""
        here, there = [piece.strip() for piece in ours], [piece.strip() for piece in theirs]
        shorter = min(len(here), len(there))
        start = next((at for at in range(shorter) if here[at] != there[at]), shorter)
        shorter -= start
        tail = next((at for at in range(shorter) if here[-1 - at] != there[-1 - at]), shorter)
        if start:
            yield True, 0, start, 0, start
        for equal, a, b, c, d in self._between(here[start : len(here) - tail], there[start : len(there) - tail]):
            yield equal, a + start, b + start, c + start, d + start
        if tail:
            yield True, len(here) - tail, len(here), len(there) - tail, len(there)

    def _between(self, ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
        if not ours and not theirs:
            return
        cost = _cost(ours, theirs)
        if not ours or not theirs or cost > min(_COSTLY, self._left):
            yield False, 0, len(ours), 0, len(theirs)
            return
        self._left -= cost
        for how, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
            yield how == "equal", a, b, c, d


def _cost(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Steps at worst: one stretch after another is found, each time by going through all pairs of equal pieces."""
    there = Counter(theirs)
    pairs = sum(there[piece] for piece in ours)
    return (pairs + len(ours)) * min(len(ours), len(theirs))


def _spaced(one: str, other: str) -> Iterator[Stretch]:
    """Pieces that are equal but for the white space around them."""
    said = one.rstrip()
    if one == other or not other.startswith(said):
        yield from _replaced(one, other)
        return
    yield from _replaced(said, said)
    yield from _replaced(one[len(said) :], other[len(said) :])


def _replaced(before: str, after: str) -> Iterator[Stretch]:
    stretches = [(before, How.SAME)] if before == after else [(before, How.REMOVED), (after, How.ADDED)]
    return (Stretch(text, how) for text, how in stretches if text)


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Neighbours made one, so that the words of a change are read together."""
    for is_same, run in groupby(stretches, key=lambda stretch: stretch.how is How.SAME):
        parts = list(run)
        for how in (How.SAME,) if is_same else (How.REMOVED, How.ADDED):
            if text := "".join(stretch.text for stretch in parts if stretch.how is how):
                yield Stretch(text, how)
