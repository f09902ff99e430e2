"""The day of publication as a page says it in words: by a label, as a dateline, as «сегодня, 11 мая», as the last line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from collector.extract.metadata.dating import Dating

_LABELS = (
    "публикован", "публікаван", "ата публикации", "ата публікацыі", "азмещен", "азмешчан", "ublished", "ublishDate", "ublish_date",
    "ublicationDate", "ublication_date", "ublication date", "osted on", "pub_date", "pubDate", "eröffentlicht", "ublié le",
)  # fmt: skip
"""Ends of words that label a day, in a text or in what scripts are given to write the page of. Looked for as they stand: an expression
over a whole page would take 10 ms."""
_LABELLED = re.compile(
    r"\w{0,6}(?: on| at| am)?[\"']?\s{0,3}(?::|<[^<>]{1,300}>)(?:<[^<>]{1,300}>|&nbsp;|[\s:–—\"'-]){0,12}([^<>\"']{6,60})"
)
"""A colon or a tag parts a label from its day; «опубликован 12 марта» is a sentence about something else."""
_SAID_MOST = 50
_TODAY = re.compile(r"(?<!\w)(?:сегодня|сёння|сьогодні|today),?\s(?=\d{1,2}\s[^\W\d_]{3,12})", re.IGNORECASE)
_DATELINE = re.compile(r"^(?:[^\W\d_][\w. -]{1,40}[,.(]\s?)?\d{1,2}[^.–—/:()]{3,24}(?:\s?г\.)?\s?[.–—/:()]")
_HEAD = 80
"""Characters in which a dateline ends."""
_ALONE = 20
"""Letters that may stand beside a day in a line of its own: a label, a place."""
_LINE = 40
"""Characters of such a line."""


def published_in_text(paragraphs: Sequence[str], source: str, dating: Dating) -> date | None:
    """The day that the page says in words, where nothing else tells it: labelled, as a dateline, as «сегодня, 11 мая», as the last line."""
    days = {found for said in _labelled(source) if (found := dating.field(said)) is not None}
    if len(days) == 1:
        return days.pop()
    for paragraph in paragraphs[:2]:
        head = " ".join(paragraph[:1_000].split())
        if today := _TODAY.search(head):
            return dating.field(head[today.end() : today.end() + 40])
        if (line := _DATELINE.match(head[:_HEAD])) and (found := dating.field(line.group())):
            return found
    alone = [paragraph for paragraph in paragraphs if is_date_alone(paragraph)]
    # several are a chronicle, or the days of neighbours
    return dating.value(alone[0]) if len(alone) == 1 and alone[0] in paragraphs[-2:] else None


def _labelled(source: str) -> list[str]:
    """What follows the labels of a day."""
    found: list[str] = []
    for label in _LABELS:
        place = source.find(label)
        while place >= 0 and len(found) < _SAID_MOST:
            place += len(label)
            if match := _LABELLED.match(source, place):
                found.append(match[1])
            place = source.find(label, place)
    return found


def is_date_alone(paragraph: str) -> bool:
    """Whether a line is nothing but a day."""
    return len(paragraph) <= _LINE and bool(re.match(r"^\W{0,3}\d", paragraph)) and len(re.sub(r"[\d\W]", "", paragraph)) <= _ALONE
