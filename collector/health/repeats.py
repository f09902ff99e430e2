"""One text at several links that the list calls differently: a notice in place of publications, whatever it says."""

from __future__ import annotations

from storage.fold import folded_words
from storage.model import Cause, Link, Symptom

_ENOUGH = 3
"""Links. Two may be one publication that was listed anew under a better title."""


class Repeats:
    """The texts that one look has read. Mirrors and print views have one title, so they repeat nothing."""

    def __init__(self) -> None:
        self._titles: dict[str, set[str]] = {}
        self._found = 0

    def is_repeated(self, link: Link, content_hash: str) -> bool:
        """Whether this is a third link, of another name than those before it, with the very same text."""
        titles = self._titles.setdefault(content_hash, set())
        titles.add(" ".join(folded_words(link.title)))
        repeated = len(titles) >= _ENOUGH
        self._found += repeated
        return repeated

    def noticed(self) -> tuple[Symptom, ...]:
        """What the look should note of it."""
        if not self._found:
            return ()
        return (Symptom(Cause.BLOCK_PAGE, "the same text stands at several links that the list calls differently"),)
