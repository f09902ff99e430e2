"""Owns: what an edit is. Whether it says anything (`is_trivial`), what kind it is of (`kinds_of`), and what it changed (`difference`).

All are pure functions of two states of one publication, and take no more than about a second for the longest texts there are.
"""

from storage.edits.difference import Change, How, Stretch, difference
from storage.edits.kinds import kinds_of
from storage.edits.signs import signs
from storage.edits.trivial import headline, is_trivial, loose_headlines
from storage.edits.volatile import volatile

__all__ = ["Change", "How", "Stretch", "difference", "headline", "is_trivial", "kinds_of", "loose_headlines", "signs", "volatile"]
