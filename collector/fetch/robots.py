"""What robots.txt allows (RFC 9309), remembered for a day. The home of protego."""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterator
from dataclasses import dataclass
from weakref import WeakValueDictionary

from protego import Protego

from collector.charset import decode
from collector.fetch.troubles import NO_CONNECTION
from collector.page import Page, PageError, Trouble

BODY = 512_000
"""Bytes that are read; RFC 9309, 2.5, asks for 500 KiB at least."""
_DAY = 86400.0
_AGAIN = 60.0
_LONGEST_DELAY = 60.0
"""Seconds between two requests that a site may ask for; with more, its own publications could not be read."""
_MOST_REMEMBERED = 5_000
_MOST_TEXT = 3_000_000
"""Characters of all remembered files together; Protego takes about 35 bytes of memory for each."""
_Place = tuple[str, Hashable]
_AGENT_LINE = re.compile(r"\s*user[ -]?agent\b\s*:?([^#]*)", re.IGNORECASE)
_UNREACHED = frozenset({Trouble.NAME, Trouble.CERTIFICATE, Trouble.OURS})
"""Nothing of the site can be had; that it was robots.txt which was asked for tells nobody anything."""
_NONE_THERE = frozenset({Trouble.GONE, Trouble.BLOCKED, Trouble.REFUSED, Trouble.TOO_LARGE, Trouble.UNREADABLE})
"""Answers by which a site has no robots.txt, or none that anyone could follow: everything may be read (RFC 9309, 2.3.1.3)."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A robots.txt, as far as it speaks to us."""

    parsed: Protego | None
    """None where there is none."""
    agent: str
    length: int = 0

    def allow(self, url: str) -> bool:
        return self.parsed is None or bool(self.parsed.can_fetch(url, self.agent))

    @property
    def delay(self) -> float:
        """Seconds to leave between two requests."""
        if self.parsed is None:
            return 0
        rate = self.parsed.request_rate(self.agent)
        asked = max(self.parsed.crawl_delay(self.agent) or 0, rate.seconds / rate.requests if rate and rate.requests else 0)
        return min(max(asked, 0), _LONGEST_DELAY)


def read_robots(page: Page, agent: str) -> Rules:
    """An error page that is sent as a success has no rules, and so allows everything."""
    body = page.body if len(page.body) < BODY else page.body.rpartition(b"\n")[0]
    text = decode(body, page.content_type).replace("\0", "")
    return Rules(Protego.parse("\n".join(_for_us(text, agent.lower()))), agent, len(text))


def _for_us(text: str, agent: str) -> Iterator[str]:
    """The lines, with all agents that are not us called the same: Protego keeps every rule once for every agent of its group, so that a
    small file of many agents and many rules takes seconds and hundreds of megabytes.
    """
    for line in text.splitlines():
        if found := _AGENT_LINE.match(line):
            name = found[1].strip().lower()
            bare = name.replace("*", "")
            # as Protego matches them: whole words of our name, wildcards left out
            line = f"User-agent: {'*' if name == '*' else bare if bare and bare in agent else '-'}"  # noqa: PLW2901
        yield line


@dataclass(frozen=True, slots=True)
class _Remembered:
    rules: Rules | None
    """None while it could never be had; `error` says why."""
    again_at: float
    missing_since: float = 0
    error: PageError | None = None


class Robots:
    """The rules of each origin, and of each way to it: what a proxy answers is said of the proxy.

    A site whose robots.txt can't be had is left alone (RFC 9309, 2.3.1.4), but for `patience` seconds only: after that it is taken for
    a site that has none, since a mistake in one file must not silence a source for ever. What was known of it before holds on meanwhile.
    """

    def __init__(self, agent: str, patience: float) -> None:
        self._agent = agent
        self._patience = patience
        self._remembered: OrderedDict[_Place, _Remembered] = OrderedDict()
        self._asking: WeakValueDictionary[_Place, asyncio.Lock] = WeakValueDictionary()

    async def rules(self, origin: str, way: Hashable, get: Callable[[str], Awaitable[Page]]) -> Rules:
        """`get` fetches the file by the way that is meant. Raises PageError while it is not known what the site allows."""
        place = (origin, way)
        known = self._known(place)
        if known is None:
            # whoever comes while it is being asked for waits for the same answer
            async with self._asking.setdefault(place, asyncio.Lock()):
                known = self._known(place) or await self._ask(place, get)
        if known.rules is None:
            assert known.error is not None  # noqa: S101
            raise PageError(known.error.trouble, known.error.words, known.error.retry_after)
        return known.rules

    def _known(self, place: _Place) -> _Remembered | None:
        """What need not be asked for now."""
        known = self._remembered.get(place)
        if known is None or known.again_at <= asyncio.get_running_loop().time():
            return None
        self._remembered.move_to_end(place)
        return known

    async def _ask(self, place: _Place, get: Callable[[str], Awaitable[Page]]) -> _Remembered:
        try:
            page = await get(f"{place[0]}/robots.txt")
        except PageError as error:
            asked = self._without(self._remembered.get(place), error, asyncio.get_running_loop().time())
        else:
            asked = _Remembered(read_robots(page, self._agent), asyncio.get_running_loop().time() + _DAY)
        self._remembered[place] = asked
        while len(self._remembered) > _MOST_REMEMBERED or (len(self._remembered) > 1 and self._text() > _MOST_TEXT):
            self._remembered.popitem(last=False)
        return asked

    def _text(self) -> int:
        return sum(known.rules.length for known in self._remembered.values() if known.rules)

    def _without(self, known: _Remembered | None, error: PageError, now: float) -> _Remembered:
        none = Rules(None, self._agent)
        if error.trouble in _NONE_THERE and error.retry_after is None:
            return _Remembered(none, now + _DAY)
        missing_since = (known.missing_since if known else 0) or now
        if known and known.rules:
            return _Remembered(known.rules, now + _AGAIN, missing_since)
        if now - missing_since >= self._patience:
            return _Remembered(none, now + _AGAIN, missing_since)
        reached = error.trouble not in _UNREACHED and not error.words.startswith(NO_CONNECTION)
        words = f"its robots.txt can't be had, so the site is left alone for now: {error.words}" if reached else error.words
        return _Remembered(None, now + min(_AGAIN, self._patience), missing_since, PageError(error.trouble, words, error.retry_after))
