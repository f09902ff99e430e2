"""The title of a row: the words of its link, or what stands beside them where those only say «Подробнее» or «PDF»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from collector.discover.listing.anchors import Anchor
from collector.discover.listing.days import Days
from collector.discover.listing.outline import Element, Outline
from collector.discover.listing.words import is_button, is_number, words_in

LONGEST = 1000
"""Characters of a title."""
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_NAMED = re.compile(r"(?:^|[-_ ])(?:title|headline|heading|subject|zagolovok)(?:$|[-_ ])|^(?:name|caption)$", re.IGNORECASE)
"""Classes; «author_name» and «channel-name» are other names."""
_LEVELS = 6
"""Ancestors of a link among which its row's heading is looked for."""
_ENDS = " ,;|–—-"
_FEW = 2
"""Words that make a title rather than a label."""
_LONGEST_LINE = 300
"""Characters; what is longer is a paragraph and no title."""
_MOST_ELEMENTS, _MOST_TEXTS = 300, 100
"""Of one row that are looked at."""


def within(row: Element) -> Iterator[Element]:
    """The elements of a row, itself included, as many as are looked at."""
    for number, element in enumerate(row.walk()):
        if number >= _MOST_ELEMENTS:
            return
        yield element


def heading_in(page: Outline, row: Element) -> str:
    """The heading of a row, or of a link around a whole row; else what its name says is the title."""
    named = ""
    for element in within(row):
        if element.tag in HEADINGS and (text := page.text(element)):
            return text
        if (
            not named
            and element is not row
            and (element.has("itemprop") in {"headline", "name"} or any(map(_NAMED.search, element.classes)))
        ):
            named = page.text(element)
    return named


def title_of(page: Outline, row: Element, same: Sequence[Anchor], days: Days) -> str:
    """`same` are the links of the row that lead to the publication."""
    said = [(_is_heading(anchor.element, row), text) for anchor in same if (text := _title_in_link(page, anchor.element, days))]
    telling = [(heading, text) for heading, text in said if not is_button(text) and not days.is_day(text)]
    words = [(heading, len(text), text) for heading, text in telling if not is_number(text)]
    best = max(words)[2] if words else _title_beside(page, row, same, days)
    best = best or max((text for _, text in telling or said), key=len, default="") or _attribute_of(same)
    return best[:LONGEST].strip()


def _is_heading(link: Element, row: Element) -> bool:
    """Whether a link stands in a heading of its row."""
    levels = link.depth - row.depth
    return link.tag in HEADINGS or any(parent.tag in HEADINGS for parent in link.ancestors(min(max(levels, 0), _LEVELS)))


def _title_in_link(page: Outline, link: Element, days: Days) -> str:
    heading = heading_in(page, link)
    if heading and not is_button(heading) and not days.is_day(heading):
        return days.without_day(heading)
    lines = [line for line in _pieces(page, link, days) if not days.is_day(line)]
    telling = [line for line in lines if words_in(line) >= _FEW and not is_button(line)]
    if telling:
        return days.without_day(telling[0])
    return days.without_day(lines[0]) if lines else page.text(link)


def _pieces(page: Outline, link: Element, days: Days) -> list[str]:
    """The lines of a link; of a single line, the texts that are a date or a counter of views are left out."""
    end = min(link.text_to, link.text_from + _MOST_TEXTS)
    lines = page.lines(link.text_from, end)
    if len(lines) == 1 and end - link.text_from > 1:
        texts = [page.texts[number] for number in range(link.text_from, end)]
        kept = " ".join("".join(text for text in texts if not text.strip().isdecimal() and not days.is_day(text.strip())).split())
        return [kept] if kept else lines
    return lines


def _title_beside(page: Outline, row: Element, same: Sequence[Anchor], days: Days) -> str:
    """What the row says outside its links: its heading, the cell with the most words, its first line that is neither date nor button."""
    heading = heading_in(page, row)
    if heading and not is_button(heading) and not days.is_day(heading) and not is_number(heading):
        return days.without_day(heading)
    if row.tag == "a" and same and words_in(after := _after(page, row)) >= _FEW and len(after) <= _LONGEST_LINE and not days.is_day(after):
        return after
    said = {number for anchor in same for number in range(anchor.element.text_from, anchor.element.text_to)}

    def is_kept(number: int) -> bool:
        text = page.texts[number].strip()
        return number not in said and not days.is_day(text) and not (text and is_button(text))

    lines = page.lines(row.text_from, min(row.text_to, row.text_from + _MOST_TEXTS), is_kept)
    bare = [days.without_day(line.strip(_ENDS)) for line in lines if len(line) <= _LONGEST_LINE]
    telling = [line for line in bare if words_in(line) >= _FEW and not is_button(line) and not days.is_day(line)]
    if row.tag == "tr":
        return max(telling, key=len, default="")
    return telling[0] if telling else ""


def _after(page: Outline, link: Element) -> str:
    """What follows a link in its line."""
    end = link.text_to
    while end < min(len(page.texts), link.text_to + _MOST_TEXTS) and not page.opens_line[end] and page.owners[end].tag != "a":
        end += 1
    return " ".join(page.lines(link.text_to, end)).strip(_ENDS)


def _attribute_of(same: Sequence[Anchor]) -> str:
    for anchor in same:
        images = (element.has("alt") for element in within(anchor.element) if element.tag == "img")
        for text in (anchor.element.has("title"), anchor.element.has("aria-label"), *images):
            if text:
                return text
    return ""
