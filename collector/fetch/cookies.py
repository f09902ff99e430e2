"""Cookies for the length of one page: some sites set one and redirect to themselves until it comes back.

They go to the very origin that set them and are forgotten with the page, so no site learns what another knows of us.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from collector.address import origin_of

_MOST, _LONGEST = 50, 4096
"""Of one origin; bytes of one cookie (RFC 6265, 6.1)."""
_DELETED = re.compile(r";\s*max-age\s*=\s*\"?(?:0|-)|;\s*expires\s*=[^;]*\b19[67]\d\b", re.IGNORECASE)


@dataclass(slots=True)
class Cookies:
    _by_origin: dict[str, dict[str, str]] = field(default_factory=dict)

    def keep(self, url: str, lines: Sequence[str]) -> None:
        """Keep what the Set-Cookie lines of an answer say."""
        if not lines:
            return
        kept = self._by_origin.setdefault(origin_of(url), {})
        for line in lines[:_MOST]:
            name, equals, value = line.partition(";")[0].partition("=")
            if _DELETED.search(line):
                kept.pop(name.strip(), None)
            elif equals and name.strip() and len(kept) < _MOST and _is_sendable(pair := f"{name.strip()}={value.strip()}"):
                kept[name.strip()] = pair

    def header(self, url: str) -> str:
        """The value of the Cookie header; empty where there is none."""
        return "; ".join(self._by_origin.get(origin_of(url), {}).values()) if self._by_origin else ""


def _is_sendable(pair: str) -> bool:
    return pair.isascii() and pair.isprintable() and len(pair) <= _LONGEST
