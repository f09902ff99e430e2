"""Lines of printed pages, made into paragraphs again: a PDF says where letters stand, not what belongs together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise

from collector.extract.attachment.tidy import tidy


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, and where it stands, in points from the left and from below."""

    text: str
    left: float = 0
    right: float = 0
    bottom: float = 0
    height: float = 0


_HYPHENS = frozenset("-\u2010\u00ad")
"""What a line ends in where a word was broken."""
_TORN = "\ue000"
"""Stands in a paragraph where a line ended in a hyphen, until the whole text is there to tell whether the word has one."""
_TORN_WORD = re.compile(rf"([\w-]*){_TORN}([\w-]*)")
_PARTICLES = frozenset({"то", "либо", "нибудь", "таки", "ка", "небудзь"})
_ITEM = re.compile(r"(?:\d{1,3}[.)]|\d+(?:\.\d+)+\.?|[-–—•·▪◦*]|[а-яёіўa-z]\))\s", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:;][»”\")\]]*$")
_FARTHER, _INDENT, _SHORT, _OTHER_SIZE = 1.25, 0.7, 0.15, 1.2
_WIDEST_SPACING = 2.1
"""Heights of a line from one to the next: text is printed with double spacing at most."""
_USUAL_SHARE = 5
_EDGE, _FEWEST_RUNNING = 3, 3
"""Lines at the head or foot of a page; pages on which a line must stand to be a running one."""


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """The paragraphs of all pages; one that goes on overleaf is one. What every page says at its head or foot is said once, at the end."""
    running = _running_lines(pages)
    blocks: list[list[str]] = []
    for number, page in enumerate(pages, 1):
        for index, block in enumerate(_blocks(_without_edges(page, number, len(pages), running))):
            if blocks and not index and _goes_overleaf(blocks[-1][-1], block[0]):
                blocks[-1].extend(block)
            else:
                blocks.append(block)
    return _mended([*map(_joined, blocks), *running.values()])


def _running_lines(pages: Sequence[Sequence[Line]]) -> dict[str, str]:
    """Lines that stand at the head or foot of all pages (but one, as covers have none), as the first of them says it, by their form."""
    seen: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for number, page in enumerate(pages, 1):
        edges = {_form(line, number, len(pages)): line.text for line in (*page[:_EDGE], *page[-_EDGE:])}
        counted.update(edges.keys())
        seen = {**edges, **seen} if number <= _EDGE else seen
    return {form: text for form, text in seen.items() if counted[form] >= max(_FEWEST_RUNNING, len(pages) - 1)}


def _form(line: Line, number: int, count: int) -> str:
    """What a running line has in common on every page: its place, and its words but for the page's number."""
    return f"{line.bottom:.0f} " + re.sub(rf"(?<!\d)(?:{number}|{count})(?!\d)", "#", line.text)


def _without_edges(page: Sequence[Line], number: int, count: int, running: Container[str]) -> Sequence[Line]:
    """A page without its own number and running lines."""

    def is_edge(line: Line) -> bool:
        return line.text.strip(" -–—") == str(number) or _form(line, number, count) in running

    kept = [line for line in page[:_EDGE] if not is_edge(line)] if len(page) > _EDGE else []
    rest = page[_EDGE:] if len(page) > _EDGE else page
    return [*kept, *rest[:-_EDGE], *(line for line in rest[-_EDGE:] if not is_edge(line))]


def _blocks(page: Sequence[Line]) -> list[list[str]]:
    """The paragraphs of one page, each as its lines."""
    spacing = _usual_spacing(page)
    edge = max((line.right for line in page), default=0)
    blocks = [[line.text] for line in page[:1]]
    for before, line in pairwise(page):
        if _begins(before, line, spacing, edge):
            blocks.append([line.text])
        else:
            blocks[-1].append(line.text)
    return blocks


def _usual_spacing(page: Sequence[Line]) -> float:
    """From a line to the next, in heights of a line: the narrowest that is common, as paragraphs may stand further apart than lines."""
    steps = [round((before.bottom - line.bottom) / line.height, 1) for before, line in pairwise(page) if line.height > 0]
    counted = Counter(step for step in steps if step > 0)
    common = [step for step, count in counted.items() if count * _USUAL_SHARE >= counted.total()]
    return min(*common, _WIDEST_SPACING) if common else _WIDEST_SPACING


def _begins(before: Line, line: Line, spacing: float, edge: float) -> bool:
    """Whether a paragraph begins with `line`. `edge`: how far to the right the page's lines go."""
    height = max(before.height, line.height)
    smaller = min(before.height, line.height)
    step = before.bottom - line.bottom
    if step < 0:  # the next column
        return not _goes_overleaf(before.text, line.text)
    if height > _OTHER_SIZE * smaller or step > _FARTHER * spacing * height or line.left > before.left + _INDENT * height:
        return True
    if _is_torn(before.text):
        return False
    short = before.right < edge - _SHORT * (edge - before.left)
    ended = bool(_SENTENCE_END.search(before.text))
    new = not line.text[:1].islower()
    return (short and (ended or new)) or (ended and bool(_ITEM.match(line.text)))


def _goes_overleaf(before: str, line: str) -> bool:
    return not _SENTENCE_END.search(before) and line[:1].islower()


def _is_torn(line: str) -> bool:
    return line[-1:] in _HYPHENS and line[-2:-1].isalnum()


def _joined(lines: Sequence[str]) -> str:
    """Lines as one; a hyphen at the end of a line becomes a sign that `_mended` judges."""
    parts = [f"{line[:-1]}{_TORN}" if _is_torn(line) else f"{line} " for line in lines[:-1]]
    return "".join((*parts, *lines[-1:]))


def _mended(blocks: Sequence[str]) -> list[str]:
    """The paragraphs with torn words whole: with a hyphen where the same word has one elsewhere in the text, or must have one."""
    hyphened = {word.lower() for block in blocks for word in re.findall(r"\w+(?:-\w+)+", block)}

    def mend(torn: re.Match[str]) -> str:
        start, end = torn.groups()
        kept = f"{start}-{end}".lower() in hyphened or end in _PARTICLES or not end[:1].islower()
        return f"{start}{'-' if kept else ''}{end}"

    return [tidy(_TORN_WORD.sub(mend, block)) for block in blocks]
