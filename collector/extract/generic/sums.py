"""What a box holds of text and of links, and what the two make of it."""

from __future__ import annotations

_LIST = 3
"""Links that stand alone: fewer are no list."""
_TEASER = 250
"""Characters of a text that announces another: sites cut them at 100 to 200, and longer ones are read for themselves."""
_TEASERS, _LONGEST_TEASER = 300, 400
"""The same in a list, on average and at most: that many in a row, each below a link, are no text whatever their length."""
_BETWEEN = 100
"""Characters of text for each link that stands alone; articles come to several hundred between such links."""
_MOST_TEXTS = 1.5
"""Texts for each link of a list: some announcements have a second paragraph."""


class Sums:
    """What a box holds of text; grows while the boxes within are added. Values of the class are those of a box that holds nothing, as most
    do: to set each of them for each box took half of the judging.
    """

    text: float = 0.0
    texts: int = 0
    longest: float = 0.0
    links: int = 0
    dropped: int = 0
    aside: int = 0
    """Links in headers and the like, which a teaser's title may be."""
    called: int = 0
    """The hint that it, or nearly all of it, stands beside the text or is something else; nought where there is none."""
    announces: bool = False
    """Whether it is links with a few words about where they lead."""
    inner: tuple[int, ...] = ()

    def add(self, value: float) -> None:
        if value > 0:
            self.text += value
            self.texts += 1
            self.longest = max(self.longest, value)
        elif value < 0:
            self.links += 1

    def take_in(self, inner: Sums) -> None:
        self.text += inner.text
        self.texts += inner.texts
        self.longest = max(self.longest, inner.longest)
        self.links += inner.links
        self.dropped += inner.dropped
        self.aside += inner.aside

    def is_teaser(self, *, begins_with_link: bool) -> bool:
        """Whether it is a title that leads elsewhere, and a few words."""
        links = self.links + self.aside
        return begins_with_link and 0 < links < _LIST and 0 < self.texts <= _MOST_TEXTS * links and self.longest < _TEASER

    def is_list(self) -> bool:
        """Whether links alternate with short texts, as in publications announced by their titles and first words."""
        if self.links < _LIST or self.texts > _MOST_TEXTS * self.links:
            return False
        return (self.longest < _LONGEST_TEASER and self.text < _TEASERS * self.texts) or self.text < _BETWEEN * self.links
