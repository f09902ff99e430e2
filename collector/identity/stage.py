"""Whether a document calls itself a draft: a draft and what was adopted are two publications."""

from __future__ import annotations

import re

_WORD = r"(?:проект|праект|draft)"
_TITLE = re.compile(rf"^\W*{_WORD}\b|[(\[«]\s*{_WORD}\s*[)\]»]|[–—:-]\s*{_WORD}\W*$", re.IGNORECASE)
_HEADING = re.compile(rf"^\W*{_WORD}\b(?:\W+\w+){{0,20}}[^.!?…\w]*$", re.IGNORECASE)
"""«Проект указа обсудили в Минске.» is a sentence about one."""
_MARK = re.compile(rf"^\W*{_WORD}(?:\W+\w+){{0,3}}\W*$", re.IGNORECASE)
"""A line of its own, perhaps with a number or a date; a paragraph about some project is longer."""
_HEAD = 6
"""Lines of a document's head: whose it is, what it is, when, where, and what it is about."""


def is_draft_of(title: str, text: str) -> bool:
    lines = [line.strip() for line in text[:2000].splitlines() if line.strip()]
    # a sentence that was broken into lines goes on in lower case
    marked = any(_MARK.match(line) and not below[:1].islower() for line, below in zip(lines[:_HEAD], [*lines[1:], ""], strict=False))
    return bool(_TITLE.search(title)) or marked or bool(lines and _HEADING.match(lines[0]) and not "".join(lines[1:2])[:1].islower())
