"""Where a page is understood otherwise than its sample expects, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import zip_longest

from collector.sampling.understood import LinkSays, ListingSays, Says

_SHOWN = 80
"""Characters of a value: two of them with their words stand on two lines of a terminal."""
_MOST = 5
"""Differences of one field that are shown; where a rule stopped to fit, all others are like them."""


@dataclass(frozen=True, slots=True)
class Difference:
    field: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.field}: expected {_short(self.expected)}, found {_short(self.found)}"


def differences(expected: Says, found: Says) -> tuple[Difference, ...]:
    """Field by field; none where the page is understood as expected."""
    if type(expected) is not type(found):
        return (Difference("kind", type(expected).__name__, type(found).__name__),)
    told: list[Difference] = []
    for field in fields(expected):
        wanted, had = getattr(expected, field.name), getattr(found, field.name)
        if isinstance(expected, ListingSays) and field.name == "links":
            told += list(_of_links(wanted, had))[:_MOST]
        elif isinstance(wanted, tuple):
            told += list(_of_members(field.name, wanted, had))[:_MOST]
        elif wanted != had:
            told.append(Difference(field.name, wanted, had))
    return tuple(told)


def _of_links(wanted: Sequence[LinkSays], had: Sequence[LinkSays]) -> Iterator[Difference]:
    by_url = {link.url: link for link in had}
    for link in wanted:
        if link.url not in by_url:
            yield Difference("link", link.url, "")
            continue
        for name in ("title", "published"):
            one, other = getattr(link, name), getattr(by_url[link.url], name)
            if one != other:
                yield Difference(f"{name} of {link.url}", one, other)
    expected = {link.url for link in wanted}
    yield from (Difference("link", "", link.url) for link in had if link.url not in expected)
    shared = [link.url for link in wanted if link.url in by_url]
    order = [link.url for link in had if link.url in expected]
    if order != shared:
        first = next(pair for pair in zip_longest(shared, order, fillvalue="") if pair[0] != pair[1])
        yield Difference("order of links", *first)


def _of_members(name: str, wanted: Sequence[str], had: Sequence[str]) -> Iterator[Difference]:
    for number, (one, other) in enumerate(zip_longest(wanted, had, fillvalue=""), 1):
        if one != other:
            yield Difference(f"{name} {number}", one, other)


def _short(value: str) -> str:
    if not value:
        return "nothing"
    line = " ".join(value.split())
    return f'"{line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"}"'
