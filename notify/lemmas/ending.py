"""Owns: what an ending is, and the letters that decide which one a word takes."""

from __future__ import annotations

from typing import NamedTuple

VOWELS = "аеиоуыэюя"
VELAR, HUSH, HARD = "гкх", "жчшщ", "бвдзлмнпрстф"
CONSONANTS = HARD + VELAR + HUSH + "ц"
ADJECTIVE = {
    HARD: "ый ой ая ое ые ого ому ым ом ую ою ых ыми ее ей",
    VELAR: "ий ой ая ое ие ого ому им ом ую ою их ими",
    HUSH: "ий ой ая ое ее ие ого его ому ему им ом ем ей ую ою ею их ими",
    "ц": "ый ая ое ее ые ого его ому ему ым ом ем ой ей ую ою ею ых ыми",
    "нлртв": "ий яя ее ие его ему им ем ей юю ею их ими",
}
"""The last letters of a stem -> the endings that an adjective has after them, the comparative's among them."""


class Ending(NamedTuple):
    """One way to read the end of a word."""

    before: frozenset[str]
    """The letters that the stem may end with."""
    restored: str
    """What the stem has instead of the ending: the fleeting vowel is gone, the consonant is the infinitive's."""
    paradigm: str
    """The letter of the key, with its plus."""
    tails: tuple[str, ...] = ()
    """Where given, what the stem must end with: the ending is too common otherwise."""


Row = tuple[str, Ending]
"""How a word ends, and how that may be read."""


def rows(paradigm: str, before: str, listed: str, restored: str = "", tails: str = "") -> list[Row]:
    """One row for each listed ending; 0 is none at all."""
    reading = Ending(frozenset(before), restored, f"+{paradigm}", tuple(tails.split()))
    return [(ending.strip("0"), reading) for ending in listed.split()]
