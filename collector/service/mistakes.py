"""Mistakes in the configuration, told so that they can be mended: where, what, and what was meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError


class ConfigurationError(Exception):
    """The configuration can't be used; `mistakes` has a line for each thing wrong with it."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


def describe(error: ValidationError, model: type[BaseModel], written: Mapping[str, Any], file: Path | None) -> list[str]:
    """A line for each mistake that validation found. Values are not repeated: one may be a secret in the wrong place."""
    return [
        _line(found["loc"], found["type"], found["msg"], model, written, file)
        for found in error.errors(include_url=False, include_input=False)
    ]


def unknown_variables(variables: Mapping[str, str], prefix: str, model: type[BaseModel]) -> list[str]:
    """Variables with our prefix whose table is none of ours; a misspelt one would otherwise do nothing, in silence."""
    tables = [name.upper() for name in model.model_fields]
    lost = [name for name in sorted(variables) if name.startswith(prefix) and name != f"{prefix}CONFIG"]
    lost = [name for name in lost if name.removeprefix(prefix).split("__")[0].upper() not in tables]
    return [f"environment: {name}: unknown{_nearest(name.removeprefix(prefix).split('__')[0].upper(), tables)}" for name in lost]


def _line(
    loc: tuple[int | str, ...], kind: str, message: str, model: type[BaseModel], written: Mapping[str, Any], file: Path | None
) -> str:
    # pydantic marks a wrong key of a table with "[key]", and a choice of a union with its type
    path = [str(part) for part in loc if part != "[key]"]
    table, key = path[:-1], path[-1] if path else ""
    where = str(file) if file is not None and _is_written(path, written) else "environment" if path else "configuration"
    place = f"[{'.'.join(table)}] {key}" if table else key
    words = message.removeprefix("Value error, ")
    if kind == "extra_forbidden":
        words = "unknown key" + _nearest(key, _keys(model, table))
    elif kind == "missing":
        words = "it is missing"
    elif kind == "string_pattern_mismatch" and path[-1:] == ["listen"]:
        words = "write host:port, such as '127.0.0.1:8080'"
    return f"{where}: {place}: {words}" if place else f"{where}: {words}"


def _is_written(path: list[str], written: Mapping[str, Any]) -> bool:
    """Whether the file holds this place, or the table in which a key is missing."""
    found: Any = written
    for depth, part in enumerate(path):
        if not isinstance(found, Mapping) or part not in found:
            return depth > 0
        found = found[part]
    return True


def _keys(model: type[BaseModel], table: list[str]) -> list[str]:
    """The keys that a table may have."""
    inner: Any = model
    for part in table:
        field = getattr(inner, "model_fields", {}).get(part)
        annotation = field.annotation if field is not None else inner
        # a table of tables ([source.NAME]) is a dict from names to the inner model
        inner = next((argument for argument in get_args(annotation) if hasattr(argument, "model_fields")), annotation)
    return list(getattr(inner, "model_fields", {}))


def _nearest(name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else f"; there are: {', '.join(names)}"
