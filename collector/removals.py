"""Which pages that a server says are gone are believed to be: not when many go at once, which is a broken site."""

from __future__ import annotations

from collections.abc import Sequence

_MANY = 5
"""Pages that are gone at one look, when they are half of those that were asked for, are an outage: nobody takes away so many at once."""


def believed(gone: Sequence[int], asked: int) -> Sequence[int]:
    """Of the links that one look found gone, those that count. `asked`: how many links of known articles it asked for."""
    return [] if len(gone) >= _MANY and 2 * len(gone) >= asked else gone
