"""A range of numbers as an entry point: pages whose addresses differ in a rising number (`/node/9249`), asked one after another."""

from __future__ import annotations

from dataclasses import dataclass

from collector.address import link_key
from collector.page import PageError, Trouble
from collector.tools import Source, Tools
from storage.model import Link, Way

NUMBER = "{n}"
_AHEAD = 5
"""Numbers in a row without a page after which no further one is asked: drafts and other kinds of content take numbers too."""
_MOST = 30
"""Pages of one look; the next one goes on."""
_MISSED = 20
"""Numbers below the highest that are asked again: what was a draft then may be published by now."""
_MISSED_AT_ONCE = 3
_FURTHER, _FURTHER_AT_ONCE = 100, 2
"""Numbers beyond those that lead nowhere, of which a few are asked at each look: a longer row of drafts must not be the range's end."""
_FAR = 1_000_000
"""Beyond any number that there is."""


@dataclass(frozen=True, slots=True)
class Ranged:
    """What asking a range came to."""

    links: tuple[Link, ...]
    highest: int


def address_at(way: Way, number: int) -> str:
    return way.url.replace(NUMBER, str(number))


async def read_range(source: Source, way: Way, highest: int, known: frozenset[str], turn: int | None, tools: Tools) -> Ranged:
    """Ask the numbers above `highest`, until several in a row lead nowhere, and a few of the missing ones below it.

    `known` are keys of links seen before; `turn` says which of the missing are asked this time, all of them at the first (None). Raises
    PageError where the site can't be had, refuses every number (403 alone is what drafts get), or has a page for any number at all.
    """
    asked = _Asked(source, way, tools)
    for number in _missing(way, highest, known, turn):
        await asked.leads_somewhere(number)
    reached, empty, number = highest, 0, highest + 1
    while empty < _AHEAD and len(asked.found) < _MOST:
        reached, empty = (number, 0) if await asked.leads_somewhere(number) else (reached, empty + 1)
        number += 1
    if empty == _AHEAD and turn is not None and (far := await _further(asked, number, turn)):
        while number < far and len(asked.found) < _MOST:
            await asked.leads_somewhere(number)
            number += 1
        reached = far if number == far else number - 1
    await asked.check(highest)
    return Ranged(tuple(asked.found), reached)


async def _further(asked: _Asked, number: int, turn: int) -> int:
    """A number further on that leads somewhere; 0 where none of those asked this time does."""
    for step in range(_FURTHER_AT_ONCE):
        far = number + (turn * _FURTHER_AT_ONCE + step) % _FURTHER
        if await asked.leads_somewhere(far):
            return far
    return 0


class _Asked:
    """What the numbers that were asked led to."""

    def __init__(self, source: Source, way: Way, tools: Tools) -> None:
        self._source, self._way, self._tools = source, way, tools
        self.found: list[Link] = []
        self._refused: PageError | None = None
        self._absent = 0

    async def leads_somewhere(self, number: int) -> bool:
        url = address_at(self._way, number)
        try:
            await self._tools.fetch(self._source, url)
        except PageError as error:
            if error.trouble is Trouble.GONE:
                self._absent += 1
            elif error.trouble is Trouble.BLOCKED:
                self._refused = error
            else:
                raise
            return False
        self.found.append(Link(url=url, key=link_key(url)))
        return True

    async def check(self, highest: int) -> None:
        """Whether what the numbers led to says anything."""
        if self._refused is not None and not self.found and not self._absent:
            raise self._refused
        if self.found and not self._absent and await self.leads_somewhere(highest + _FAR):
            words = "the site has a page for any number, so new publications can't be told from it; give another entry point"
            raise PageError(Trouble.UNREADABLE, words)


def _missing(way: Way, highest: int, known: frozenset[str], turn: int | None) -> list[int]:
    numbers = range(max(1, highest - _MISSED), highest + 1)
    missing = [number for number in numbers if link_key(address_at(way, number)) not in known]
    if turn is None:
        return missing
    start = turn % len(missing) if missing else 0
    return [*missing[start:], *missing[:start]][:_MISSED_AT_ONCE]


def keys_below(way: Way, highest: int) -> list[str]:
    """Keys of the addresses that may have been missed."""
    return [link_key(address_at(way, number)) for number in range(max(1, highest - _MISSED), highest + 1)]
