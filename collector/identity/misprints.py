"""Words that are misprints of others, told from words that differ by a letter and mean something else."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from collector.identity.passages import Place
from collector.identity.wording import LETTERS, Wording

_SEVERAL = 3
"""Misprints come in numbers and are all different; «вход» and «выход», «Иран» and «Ирак» with its «иранский» are none."""
_ENDING = 2
"""Letters in which the forms of one word differ: no slip of a finger there is evidence of others."""


def misprinted(one: Wording, other: Wording, places: Sequence[Place]) -> frozenset[Place]:
    """Places where the words are misprints of the other's, if there are several of them."""
    by_place = {place: slips for place in places if (slips := _slips(one, other, place)) is not None}
    changes = {change for slips in by_place.values() for change in slips if change[-1] != "ending"}
    return frozenset(by_place) if len(changes) >= _SEVERAL else frozenset()


def _slips(one: Wording, other: Wording, place: Place) -> set[tuple[str, str, str]] | None:
    """What was written for what in each word that differs; None where anything else differs as well."""
    if place.one is None or place.other is None or len(place.one) != len(place.other):
        return None
    found = set()
    for ours, theirs in zip(one.of(place.one), other.of(place.other), strict=True):
        if ours == theirs:
            continue
        slip = _slip(ours, theirs) if ours.isalpha() and theirs.isalpha() else None
        if slip is None:
            return None
        found.add(slip)
    return found


def _slip(one: str, other: str) -> tuple[str, str, str] | None:
    """One letter more, less or other, or two that changed places: what, for what, and whether it is in the ending."""
    if abs(len(one) - len(other)) > 1 or max(len(one), len(other)) < LETTERS:
        return None
    start = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    ours, theirs = one[start:], other[start:]
    where = "ending" if start >= max(len(one), len(other)) - _ENDING else "inside"
    if ours[1:] == theirs[1:]:
        return ours[:1], theirs[:1], where
    if ours[1:] == theirs:
        return ours[:1], "", where
    if ours == theirs[1:]:
        return "", theirs[:1], where
    swapped = any(ours[:2] == b + a and theirs[:2] == a + b for a, b in pairwise(theirs[:2])) and ours[2:] == theirs[2:]
    return (ours[:2], theirs[:2], where) if swapped else None
