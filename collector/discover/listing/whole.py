"""Lists that carry whole publications: channels' previews and microblogs, where only the hour leads anywhere and no entry has a title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

from collector import html
from collector.address import join
from collector.discover.listing.anchors import Anchor
from collector.discover.listing.judging import Judged
from collector.discover.listing.outline import Element
from collector.discover.listing.rows import Entry, Reader
from collector.discover.listing.titles import within
from collector.discover.listing.words import is_button
from collector.extract.clean import sanitise
from collector.extract.language import judge_language
from storage.model import Attachment, Content

_HOUR = re.compile(r"(?:\D{0,12}\s)?\d{1,2}:\d\d(?:\s?[ap]m)?", re.IGNORECASE)
_BODIES = frozenset(["div", "p", "section", "blockquote", "td"])
_WHOLE = 140
"""Characters, the median of the texts: as many as the first microblogs allowed; what is shorter may be a title in plain text."""
_MOSTLY = 0.7
_MOST_LINKS = 60
"""Of a row that are looked at."""
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")
_TITLE = 120
"""Characters."""
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3}[.!?…])\s+(?=[A-ZА-ЯЁІЎ«\"“])")
_MORE = re.compile(r"подробн|падрабязн|дал[её]е|дальше|далей|больше|полност|read|more|continue", re.IGNORECASE)
_BACKGROUND = re.compile(r"background-image:\s*url\(\s*['\"]?([^'\")]{1,2000})", re.IGNORECASE)


def wholes_of(one: Judged, reader: Reader, base: str) -> dict[str, Content]:
    """The publications that a list's rows are, by the keys of their links; none where the rows only lead to them."""
    entries = one.entries
    permalinks = {entry.anchor.key: link for entry in entries if entry.lines and (link := _permalink(entry, reader)) is not None}
    if len(permalinks) < _MOSTLY * len(entries) or sum(entry.has_heading for entry in entries) > len(entries) / 2:
        return {}
    bodies = _bodies(entries, permalinks)
    texts = {key: "\n\n".join(block for element in found for block in html.paragraphs(element.node)) for key, found in bodies.items()}
    told = [text for text in texts.values() if text]
    if not told or median(map(len, told)) < _WHOLE or sum(bool(_CUT.search(text)) for text in told) > len(told) * (1 - _MOSTLY):
        return {}
    if sum(_leads_on(entry) for entry in entries) > len(entries) / 2:
        return {}
    return {entry.anchor.key: _content(entry, bodies[entry.anchor.key], texts[entry.anchor.key], reader, base)
            for entry in entries if texts.get(entry.anchor.key)}  # fmt: skip


def _leads_on(entry: Entry) -> bool:
    """Whether a row has a button to the rest of it; counters of views and comments are buttons, too."""
    return any(is_button(line) and _MORE.search(line) is not None for line in entry.lines)


def _permalink(entry: Entry, reader: Reader) -> Anchor | None:
    """The link that shows nothing but when; None where another to the same address shows words, which are its title."""
    row = entry.row.element
    links = (reader.by_number.get(number) for number in range(row.link_from, min(row.link_to, row.link_from + _MOST_LINKS)))
    shown = [(link, text) for link in links if link and link.key == entry.anchor.key and (text := reader.page.text(link.element))]
    return shown[0][0] if shown and all(_is_time(link.element, text, reader) for link, text in shown) else None


def _is_time(link: Element, text: str, reader: Reader) -> bool:
    if _HOUR.fullmatch(text) or reader.days.is_day(text):
        return True
    return any(element.tag == "time" and reader.page.text(element) == text for element in within(link))


def _bodies(entries: Sequence[Entry], permalinks: Mapping[str, Anchor]) -> Mapping[str, list[Element]]:
    """For each entry the elements of the kind that holds most of the rows' text, without the link of the hour."""
    weights: Counter[int] = Counter()
    by_entry: dict[str, list[Element]] = {}
    for entry in entries:
        link = permalinks.get(entry.anchor.key, entry.row.anchor).number
        kept = [one for one in within(entry.row.element) if one.tag in _BODIES and not one.link_from <= link < one.link_to]
        by_entry[entry.anchor.key] = kept
        for element in kept:
            weights[element.path] += _length(element)
    best = max(weights, key=lambda path: weights[path], default=0)
    return {key: [element for element in kept if element.path == best] for key, kept in by_entry.items()}


def _length(element: Element) -> int:
    return element.text_to - element.text_from and sum(map(len, html.paragraphs(element.node)))


def _content(entry: Entry, bodies: Sequence[Element], text: str, reader: Reader, base: str) -> Content:
    links = (reader.by_number.get(number) for element in bodies for number in range(element.link_from, element.link_to))
    return Content(
        title=title_from(text),
        text=text,
        html="\n".join(sanitise(html.inner_html(element.node), base) for element in bodies),
        published=entry.published,
        language=judge_language(text),
        image=_image(entry.row.element, base),
        attachments=tuple(Attachment(link.url, reader.page.text(link.element)) for link in links if link is not None and link.is_document),
    )


def title_from(text: str) -> str:
    """The first sentence of a text, or as many of its words as make a title.

    >>> title_from("Начат приём заявок. Они подаются до пятницы.")
    'Начат приём заявок.'
    """
    first = next((line for line in text.split("\n") if any(map(str.isalnum, line))), "").strip()
    sentence = _SENTENCE.split(first[: 4 * _TITLE], maxsplit=1)[0]
    if len(sentence) <= _TITLE:
        return sentence
    return sentence[:_TITLE].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"


def _image(row: Element, base: str) -> str:
    """The row's picture; a face beside the author's name is the same in every row, and comes with a link to the channel."""
    for element in within(row):
        if found := _BACKGROUND.search(element.has("style")):
            return join(base, found[1]) or ""
    return ""
