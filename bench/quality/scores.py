"""Rows of the table: what was reached in each half and in the whole, what must be, and whether it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.quality.truth import Sample


@dataclass(frozen=True, slots=True)
class Score:
    """So much reached of so much: a sum of F1 over pages, or cases that are right."""

    reached: float = 0.0
    of: int = 0
    is_mean: bool = False

    @property
    def share(self) -> float:
        return self.reached / self.of if self.of else 0.0

    def __str__(self) -> str:
        if not self.of:
            return "–"
        return f"{self.share:.3f} of {self.of}" if self.is_mean else f"{self.reached:.0f} of {self.of}"


@dataclass(frozen=True, slots=True)
class Point:
    """What one sample adds to a score."""

    sample: Sample
    reached: float
    of: int = 1


@dataclass(frozen=True, slots=True)
class Halves:
    tuned: Score
    held: Score
    whole: Score

    @classmethod
    def of(cls, points: Iterable[Point], *, is_mean: bool = False) -> Halves:
        points = list(points)

        def score(chosen: Sequence[Point]) -> Score:
            return Score(sum(point.reached for point in chosen), sum(point.of for point in chosen), is_mean)

        tuned, held = ([point for point in points if point.sample.is_held_out is half] for half in (False, True))
        return cls(score(tuned), score(held), score(points))


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    must: str
    """What the whole must reach, in words."""
    holds: bool
    whole: str
    tuned: str = ""
    held: str = ""
    peers: str = ""

    @classmethod
    def of(cls, name: str, ours: Halves, must: str, *, holds: bool, peers: dict[str, Halves] | None = None) -> Row:
        told = ", ".join(f"{peer} {_short(score.whole)}" for peer, score in (peers or {}).items())
        return cls(name, must, holds, str(ours.whole), str(ours.tuned), str(ours.held), told)


def _short(score: Score) -> str:
    return f"{score.share:.3f}" if score.is_mean else f"{score.reached:.0f}"


def at_least(name: str, ours: Halves, share: float, peers: dict[str, Halves] | None = None) -> Row:
    """A row whose share must reach something."""
    must = f"≥ {share:.3f}" if ours.whole.is_mean else f"≥ {share:.0%}"
    return Row.of(name, ours, must, holds=bool(ours.whole.of) and ours.whole.share >= share, peers=peers)


def so_many(name: str, ours: Halves, count: int, of: int, peers: dict[str, Halves] | None = None) -> Row:
    """A row whose cases must be right but for a few; the set must be the one that the number was set for."""
    holds = ours.whole.of == of and ours.whole.reached >= count
    return Row.of(name, ours, f"≥ {count} of {of}", holds=holds, peers=peers)


def table(rows: Sequence[Row]) -> Iterator[str]:
    head = ("set", "ours, tuned by", "ours, held out", "ours, whole", "must reach", "", "peers, whole")
    lines = [head, *((row.name, row.tuned, row.held, row.whole, row.must, "holds" if row.holds else "MISSED", row.peers) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
