"""Whose turn it is: hosts of one owner are asked one thing at a time, with a pause after each answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache

from publicsuffixlist import PublicSuffixList

from collector.page import PageError, Trouble


@dataclass(slots=True)
class _Owner:
    slots: asyncio.Semaphore
    users: int = 0
    """Requests that wait, run, or pause after their answer; at none the owner is forgotten."""


class Turns:
    """`per_host` requests at a time for each registrable host, `at_once` in all."""

    def __init__(self, per_host: int, at_once: int) -> None:
        self._per_host = per_host
        self._all = asyncio.Semaphore(at_once)
        self._owners: dict[str, _Owner] = {}
        self._left_alone: dict[str, float] = {}
        """Until when, by the loop's clock, a host asked to be left alone."""

    @asynccontextmanager
    async def turn(self, host: str, pause: float) -> AsyncIterator[None]:
        """Nobody but the next request waits for the pause (seconds) after this one. Raises PageError where the host asked to wait."""
        name = registrable(host)
        owner = self._owners.setdefault(name, _Owner(asyncio.Semaphore(self._per_host)))
        owner.users += 1
        try:
            await owner.slots.acquire()
        except asyncio.CancelledError:
            self._leave(name, owner)
            raise
        try:
            self.check(host)
            async with self._all:
                yield
        finally:
            if pause > 0:
                asyncio.get_running_loop().call_later(pause, self._pass_on, name, owner)
            else:
                self._pass_on(name, owner)

    def leave_alone(self, host: str, seconds: float) -> None:
        now = asyncio.get_running_loop().time()
        self._left_alone = {name: until for name, until in self._left_alone.items() if until > now} | {host: now + seconds}

    def check(self, host: str) -> None:
        """Raises PageError where the host asked to wait."""
        left = self._left_alone.get(host, 0) - asyncio.get_running_loop().time()
        if left > 0:
            raise PageError(Trouble.BLOCKED, f"the server asked to be left alone for another {left:.0f} s", left)

    def _pass_on(self, name: str, owner: _Owner) -> None:
        owner.slots.release()
        self._leave(name, owner)

    def _leave(self, name: str, owner: _Owner) -> None:
        owner.users -= 1
        if not owner.users:
            del self._owners[name]


@lru_cache(maxsize=10_000)
def registrable(host: str) -> str:
    """The registrable host (publicsuffix.org) of a host, which may have a port; an address, and a name that has none, stand for themselves.

    >>> registrable("news.mpt.gov.by:8080")
    'mpt.gov.by'
    """
    name, _, port = host.rpartition(":")
    name = name if port.isdecimal() else host
    if name.endswith("]") or name.replace(".", "").isdecimal():
        return name
    return _suffixes().privatesuffix(name) or name


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
