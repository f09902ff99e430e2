"""Whether what came back is what was asked for: sites answer with notices of works and with captchas, and call them a success."""

from __future__ import annotations

from storage.fold import folded_words
from storage.model import Content, Link

_TELLING = 3
"""Words of a link that say what it leads to; «Подробнее» says nothing."""


def is_what_was_listed(link: Link, content: Content) -> bool:
    """Whether at least half of the words by which the list names a publication stand on its page."""
    listed = set(folded_words(link.title))
    if len(listed) < _TELLING:
        return True
    said = set(folded_words(f"{content.title} {content.text}"))
    return 2 * len(listed & said) >= len(listed)
