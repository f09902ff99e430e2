"""Whether our own connection is down: a control probe to addresses that are always up. No majority of sources decides it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence

from collector.names import resolve

_PATIENCE = 4.0
"""Seconds for a probe."""
_HOLDS = 15.0
"""Seconds for which the outcome of a probe, or an answer from anywhere, stays true."""


class Control:
    """`targets` are (host, port); a connection to any of them, name and all, shows that ours works. Without targets nothing is shown."""

    def __init__(self, targets: Sequence[tuple[str, int]]) -> None:
        self._targets = targets
        self._probing = asyncio.Lock()
        self._known: tuple[bool, float] = (False, float("-inf"))

    def answered(self) -> None:
        """Something from outside came: the connection works."""
        self._known = (False, asyncio.get_running_loop().time())

    async def is_down(self, began: float) -> bool:
        """`began`: when the request began that failed. What answered shortly before shows that our connection is not to blame: the control
        targets may be out of reach for reasons of their own.
        """
        if not self._targets:
            return False
        async with self._probing:
            down, when = self._known
            if not down and when > began - _HOLDS:
                return False
            if asyncio.get_running_loop().time() - when > _HOLDS:
                down = not await self._any_answers()
                self._known = (down, asyncio.get_running_loop().time())
            return down

    async def _any_answers(self) -> bool:
        probes = [asyncio.create_task(_connects(host, port)) for host, port in self._targets]
        try:
            for answered in asyncio.as_completed(probes, timeout=_PATIENCE):
                if await answered:
                    return True
        except TimeoutError:
            pass
        finally:
            for probe in probes:
                probe.cancel()
            await asyncio.gather(*probes, return_exceptions=True)
        return False


async def _connects(host: str, port: int) -> bool:
    """Whether any of the name's addresses accepts a connection."""
    try:
        for family, kind, protocol, _, address in await resolve(host, port):
            with socket.socket(family, kind, protocol) as probe:
                probe.setblocking(False)  # noqa: FBT003
                try:
                    await asyncio.get_running_loop().sock_connect(probe, address)
                except OSError:
                    continue
                return True
    except OSError:
        pass
    return False
