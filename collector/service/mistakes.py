"""Mistakes in the configuration, told so that they can be mended: where, what, and what was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

Place = tuple[str, ...]

# Pydantic's words are for programmers; these kinds of mistakes are a user's.
_WORDS = {
    "missing": "it is missing",
    "model_type": "it is a table of keys, not a value",
    "dict_type": "it is a table of tables, each with a name, not a value",
    "tuple_type": 'write a list, such as ["one", "two"]',
    "frozen_set_type": 'write a list, such as ["one", "two"]',
    "string_type": 'write a text in quotes, such as "text"',
    "path_type": 'write a path in quotes, such as "data"',
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
}


class ConfigurationError(Exception):
    """The configuration can't be used; `mistakes` has a line for each thing wrong with it."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


def describe(error: ValidationError, model: type[BaseModel], origin: Callable[[Place], str]) -> list[str]:
    """A line for each mistake that validation found; `origin` tells the file or variable that a place comes from.

    Values are repeated only where their own check does so: any other may be a secret in the wrong place.
    """
    return [_line(found, model, origin) for found in error.errors(include_url=False, include_input=False)]


def told(origin: str, place: Place, words: str) -> str:
    """`vestnik.toml: [channel.office] url: …`."""
    *table, key = place
    return f"{origin}: [{'.'.join(table)}] {key}: {words}" if table else f"{origin}: [{key}]: {words}"


def nearest(name: str, names: Sequence[str]) -> str:
    """What was probably meant, or all that there is."""
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else f"; there are: {', '.join(names) or 'none'}"


def _line(found: Mapping[str, Any], model: type[BaseModel], origin: Callable[[Place], str]) -> str:
    # a member of a list has a number; "[key]" marks the name of a table that is wrong itself
    place = tuple(str(part) for part in found["loc"] if part != "[key]" and not isinstance(part, int))
    kind, words = found["type"], found["msg"].removeprefix("Value error, ").replace("Input should be", "it must be")
    if not place:
        return f"configuration: {words}"
    if kind == "extra_forbidden":
        names = _keys(model, place[:-1])
        words = ("unknown key" if place[:-1] else "unknown table") + nearest(place[-1], names)
    elif kind == "string_pattern_mismatch":
        words = "a name has letters, digits, '.', '-' and '_', 100 at most"
    else:
        words = _WORDS.get(kind, words)
    if kind in _OF_A_TABLE and len(place) > 1:
        return f"{origin(place)}: [{'.'.join(place)}]: {words}"
    return told(origin(place), place, words)


_OF_A_TABLE = frozenset({"model_type", "dict_type", "whole_table", "string_pattern_mismatch"})
"""Mistakes in a table itself, not in one of its keys. `whole_table` is our own kind, of checks that regard several keys."""


def _keys(model: type[BaseModel], table: Place) -> list[str]:
    """The keys that a table may have."""
    inner: Any = model
    for part in table:
        field = getattr(inner, "model_fields", {}).get(part)
        annotation = field.annotation if field is not None else inner
        # a table of tables ([source.NAME]) is a dict from names to the inner model
        inner = next((argument for argument in get_args(annotation) if hasattr(argument, "model_fields")), annotation)
    return list(getattr(inner, "model_fields", {}))
