"""Owns: a small language of queries for others' ways to find words: AND OR NOT (И ИЛИ НЕ), a minus, quotes and parentheses.

As much as a programmer writes in an afternoon around any tokenizer: what else stands in a query is taken as its words. Words that touch,
such as `Wi-Fi`, are a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Fields = Sequence[Sequence[str]]
"""Each field of a text as its words, as a matcher sees them: no phrase crosses from one into the next."""
Words = Callable[[str], Sequence[str]]
Test = Callable[[Fields], bool]

_PARTS = re.compile(r"""[()]|[-–—](?=["«„“(\w])|["„“«]([^"“”»]*)["“”»]|[^\s()"«»„“”]+""")
_NAMES = {"И": "AND", "ИЛИ": "OR", "НЕ": "NOT", "-": "NOT", "–": "NOT", "—": "NOT"}


def asks(query: str, words: Words) -> Test:
    """What the query asks of a text, its words read by `words`."""
    return _Reader(_parts(query), words).alternatives()


def _parts(query: str) -> list[str]:
    found = [match[0] for match in _PARTS.finditer(query)]
    return [_NAMES.get(part, part) for part in found]


class _Reader:
    def __init__(self, parts: list[str], words: Words) -> None:
        self._parts = parts[::-1]
        self._words = words

    def alternatives(self) -> Test:
        tests = [self._required()]
        while self._next() == "OR":
            self._parts.pop()
            tests.append(self._required())
        return lambda fields: any(test(fields) for test in tests)

    def _required(self) -> Test:
        tests = [self._one()]
        while self._next() not in {"OR", ")", ""}:
            if self._next() == "AND":
                self._parts.pop()
            tests.append(self._one())
        return lambda fields: all(test(fields) for test in tests)

    def _one(self) -> Test:
        part = self._parts.pop() if self._parts else ""
        if part == "NOT":
            excluded = self._one()
            return lambda fields: not excluded(fields)
        if part == "(":
            inner = self.alternatives()
            if self._next() == ")":
                self._parts.pop()
            return inner
        return _phrase(tuple(self._words(part)))

    def _next(self) -> str:
        return self._parts[-1] if self._parts else ""


def _phrase(sought: tuple[str, ...]) -> Test:
    def stands_in(field: Sequence[str]) -> bool:
        return any(tuple(field[at : at + len(sought)]) == sought for at in range(len(field) - len(sought) + 1))

    return lambda fields: any(stands_in(field) for field in fields)
