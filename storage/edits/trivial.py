"""Whether a changed page says anything else than before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from urllib.parse import unquote, urlsplit

from storage.edits.noise import said
from storage.edits.signs import signs
from storage.edits.volatile import NOWHERE, Place
from storage.edits.volatile import without as without_volatile
from storage.fold import folded_words
from storage.model import Attachment, Content

_Line = tuple[str, ...]
_DATED = re.compile(r"^(?:\d{1,2} \d{1,2} (?:19|20)?\d\d|\d{4} \d{2} \d{2}) (?:\d{1,2} \d{2} )?|^\d{1,2} \d{2} ")
"""What a list of headlines puts before each: a date, a time of day."""
_FEW = 3
"""Words of a headline that is told from a heading: «Справочно» may be the title of something, too."""
_MOST_HEADLINES = 60


def is_trivial(old: Content, new: Content, titles: Collection[str] = (), volatile: Collection[Place] = NOWHERE) -> bool:
    """Whether nothing that a reader would call an edit parts two states of a publication. In doubt it is an edit.

    Nothing are: white space, punctuation and case; tokens in addresses; counters and labels of buttons (`storage.edits.noise`); the day on
    which the page was shown; headlines of other publications, `titles`, that come, go and change places; and what stands at a place that
    changes at every look (`storage.edits.volatile.volatile`).
    """
    if folded_words(old.title) != folded_words(new.title) or _files(old) != _files(new):
        return False
    if folded_words(old.text) == folded_words(new.text) and signs(old.text) != signs(new.text):
        return False
    others = {headline(title) for title in titles} - {headline(old.title)}
    return _said(old, others, volatile) == _said(new, others, volatile)


def loose_headlines(old: Content, new: Content) -> list[str]:
    """Lines that stand in one of the texts alone, or at another place, and may be headlines of other publications."""
    before, after = Counter(_lines(old)), Counter(_lines(new))
    loose = (before - after) + (after - before)
    if not loose and list(_lines(old)) != list(_lines(new)):
        loose = before
    return [line for line in loose if len(line.split(" ")) >= _FEW][:_MOST_HEADLINES]


def headline(line: str) -> str:
    """A line as a headline is compared: folded, without the date before it."""
    return _undated(" ".join(folded_words(line)))


def _lines(content: Content) -> list[str]:
    return [_undated(" ".join(words)) for words in said(content.text)]


def _undated(line: str) -> str:
    return _DATED.sub("", line)


def _said(content: Content, others: Collection[str], volatile: Collection[Place]) -> list[str]:
    """The words of the text. Line breaks say nothing, so they are not compared."""
    lines = list(said(content.text))
    if volatile:
        lines = without_volatile(lines, volatile)
    if others:
        lines = [line for line in lines if len(line) < _FEW or _undated(" ".join(line)) not in others]
    return [word for line in lines for word in line]


def _files(content: Content) -> list[str]:
    return sorted(file_path(attachment) for attachment in content.attachments)


def file_path(attachment: Attachment) -> str:
    """What an attachment is known by: tokens of its address change at every visit, its host with every mirror."""
    try:
        parts = urlsplit(attachment.url)
    except ValueError:
        return attachment.url
    return unquote(parts.path).rstrip("/")
