"""Whether what came back is what was asked for: sites answer with notices of works and with captchas, and call them a success."""

from __future__ import annotations

from collector.extract.language import judge_language
from storage.fold import folded_words
from storage.model import Content, Link

_TELLING = 3
"""Words of a link that say what it leads to; «Подробнее» and a date say nothing."""


def is_what_was_listed(link: Link, content: Content) -> bool | None:
    """Whether at least half of the words by which the list names a publication stand on its page; None where that tells nothing."""
    listed = {word for word in folded_words(link.title) if not word.isdecimal()}
    if len(listed) < _TELLING or judge_language(link.title) not in {"", content.language}:
        return None
    said = set(folded_words(f"{content.title} {content.text}"))
    return 2 * len(listed & said) >= len(listed)
