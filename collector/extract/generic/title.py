"""Where on a page its title stands: its text begins below."""

from __future__ import annotations

from collections.abc import Iterable

from collector.extract.generic.outline import Outline
from collector.extract.words import words_of

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SHORTEST, _LONGEST = 20, 1000
"""Characters of what can be part of a title by more than chance, and of a title that is looked for."""


def title_block(found: Outline, title: str) -> int:
    """Index of the block that says the title, a heading rather than another; else of a heading that is part of it; else of the first
    `<h1>`; -1 where there is none.
    """
    blocks = found.blocks
    headings = [index for index, block in enumerate(blocks) if block.tag in _HEADINGS]
    wanted, plain = words_of(title[:_LONGEST]), " ".join(title[:_LONGEST].lower().split())
    same = [index for index in headings if words_of(blocks[index].text) == wanted] if wanted else []
    if same:
        # a column of news may say it too, in smaller headings that are links
        return min(same, key=lambda index: (blocks[index].tag, blocks[index].linked > 0))
    least = max(_SHORTEST, len(plain) // 3)
    told = _parts_of(plain, found, headings, least)
    if not told:
        unlinked = (index for index, block in enumerate(blocks) if not block.linked)
        told = _parts_of(plain, found, unlinked, max(_SHORTEST, len(plain) // 2))
    if told:
        return max(told, key=lambda index: len(blocks[index].text))
    return next((index for index in headings if blocks[index].tag == "h1"), -1)


def _parts_of(title: str, found: Outline, some: Iterable[int], least: int) -> list[int]:
    """Those of some blocks that are part of the title: `<title>` says the site's name as well."""
    fitting = (index for index in some if least <= len(found.blocks[index].text) <= len(title))
    return [index for index in fitting if found.blocks[index].text.lower() in title]
