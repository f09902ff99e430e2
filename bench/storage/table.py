"""The table: what was reached, what must be, and what the peers reach in the same run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    ours: str
    must: str
    reached: bool
    peers: str = ""
    binding: bool = True
    """It decides the exit status: a share or a ratio. A time or a size hangs on the machine, and is told."""


def at_least(what: str, share: float, least: float, of: int, peers: str = "") -> Row:
    return Row(what, f"{share:.4f} of {of:,}", f"≥ {least}", share >= least, peers)


def at_most(what: str, wrong: int, of: int, share: float, peers: str = "") -> Row:
    must = f"≤ {share:.0%}" if share else "0"
    return Row(what, f"{wrong:,} of {of:,}", must, wrong <= share * of, peers)


def below(what: str, measured: float, most: float, unit: str, peers: str = "") -> Row:
    return Row(what, f"{measured:,.2f} {unit}", f"< {most:g} {unit}", measured < most, peers, binding=False)


def lines(rows: Sequence[Row]) -> Iterator[str]:
    head = ("what", "ours", "must reach", "", "peers")
    cells = [head, *((row.what, row.ours, row.must, "reached" if row.reached else "NOT REACHED", row.peers) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    for line in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
