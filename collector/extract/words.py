"""The folded words of short texts, folded once: a title is compared with headings, names and declared titles in several places."""

from __future__ import annotations

from functools import lru_cache

from storage.fold import folded_words

_LONGEST = 1_000
"""Characters of a text that is remembered: its length is the page's to choose."""


def words_of(text: str) -> tuple[str, ...]:
    return _remembered(text) if len(text) <= _LONGEST else tuple(folded_words(text))


@lru_cache(maxsize=512)  # a page has about fifty such texts
def _remembered(text: str) -> tuple[str, ...]:
    return tuple(folded_words(text))
