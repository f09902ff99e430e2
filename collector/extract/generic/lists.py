"""Boxes that announce other publications: links with a few words about where they lead."""

from __future__ import annotations

LIST = 3
"""Links that stand alone: fewer are no list."""
_TEASER = 250
"""Characters of a text that announces another: sites cut them at 100 to 200, and longer ones are read for themselves."""
_TEASERS, _LONGEST_TEASER = 300, 400
"""The same in a list, on average and at most: that many in a row, each below a link, are no text whatever their length."""
_BETWEEN = 100
"""Characters of text for each link that stands alone; articles come to several hundred between such links."""
_MOST_TEXTS = 1.5
"""Texts for each link of a list: some announcements have a second paragraph."""


def is_teaser(links: int, texts: int, longest: float) -> bool:
    """Whether a box that begins with a link is a title that leads elsewhere, and a few words. Sizes in characters, the rest counted."""
    return 0 < links < LIST and 0 < texts <= _MOST_TEXTS * links and longest < _TEASER


def is_list(links: int, texts: int, text: float, longest: float) -> bool:
    """Whether links alternate with short texts, as in publications announced by their titles and first words."""
    if links < LIST or texts > _MOST_TEXTS * links:
        return False
    return (longest < _LONGEST_TEASER and text < _TEASERS * texts) or text < _BETWEEN * links
