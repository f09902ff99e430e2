"""The environment as a layer of the configuration: `VESTNIK_<TABLE>__<KEY>`, `VESTNIK_<TABLE>__<NAME>__<KEY>`, and three customary names.

Which variable gave which key is remembered, so that a mistake is told with the name that the user wrote. A variable that is empty
counts as absent, as container platforms pass those that nobody has set.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from collector.service.mistakes import nearest

PREFIX = "VESTNIK_"
_CONFIG = "VESTNIK_CONFIG"
_CUSTOMARY = {"DATABASE_URL": ("service", "database_url"), "BASE_URL": ("service", "base_url"), "TZ": ("service", "zone")}

Path = tuple[str, ...]


@dataclass(slots=True)
class Layer:
    """Values as nested tables, the variable of each, and what is wrong with the names themselves."""

    values: dict[str, Any] = field(default_factory=dict)
    variables: dict[Path, str] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)

    def put(self, path: Path, variable: str, value: Any) -> None:
        table = self.values
        for part in path[:-1]:
            table = table.setdefault(part, {})
        table[path[-1]] = value
        self.variables[path] = variable


def customary(variables: Mapping[str, str]) -> Layer:
    """DATABASE_URL, BASE_URL and TZ, as container platforms set them."""
    layer = Layer()
    for name, path in _CUSTOMARY.items():
        if variables.get(name):
            layer.put(path, name, variables[name])
    return layer


def environment(variables: Mapping[str, str], model: type[BaseModel], written: Mapping[str, Any]) -> Layer:
    """Our own variables. Names of sources, channels and watches are those of the file (`written`) where it has them: a variable can have
    neither capital letters that matter nor, in most shells, dots and dashes.
    """
    layer = Layer()
    for variable in sorted(variables):
        if not variable.startswith(PREFIX) or variable == _CONFIG or not variables[variable]:
            continue
        path = _path(variable.removeprefix(PREFIX).split("__"), written)
        kind = _table(model, path[0])
        if kind is None:
            layer.mistakes.append(f"environment: {variable}: unknown table {path[0]!r}{nearest(path[0], list(model.model_fields))}")
        elif len(path) != (2 if kind.named is False else 3):
            layer.mistakes.append(f"environment: {variable}: a key is missing; write {kind.form}")
        else:
            try:
                layer.put(path, variable, _value(variables[variable], kind.table, path[-1]))
            except ValueError:
                words = 'write a list as one,two or as JSON, ["one", "two"]; a table as JSON, {"name": "value"}'
                layer.mistakes.append(f"environment: {variable}: {words}")
    return layer


@dataclass(frozen=True, slots=True)
class _Table:
    table: type[BaseModel]
    named: bool
    """Whether there are several of it, each with a name."""
    form: str


def _table(model: type[BaseModel], name: str) -> _Table | None:
    found = model.model_fields.get(name)
    if found is None:
        return None
    form = f"{PREFIX}{name.upper()}__"
    if get_origin(found.annotation) is dict:
        return _Table(get_args(found.annotation)[1], named=True, form=f"{form}NAME__KEY")
    assert isinstance(found.annotation, type)  # noqa: S101  (every other table is a model)
    return _Table(found.annotation, named=False, form=f"{form}KEY")


def _path(parts: list[str], written: Mapping[str, Any]) -> Path:
    table, *name, key = (parts[0].lower(), *parts[1:]) if len(parts) > 1 else (parts[0].lower(), "")
    if not key:
        return (table,)
    if not name:
        return (table, key.lower())
    return (table, _known_name("__".join(name), written.get(table)), key.lower())


def _known_name(name: str, table: Any) -> str:
    names = list(table) if isinstance(table, Mapping) else []
    return next((known for known in names if _plain(known) == _plain(name)), name.lower())


def _plain(name: str) -> str:
    return re.sub(r"[.-]", "_", name).lower()


def _value(text: str, table: type[BaseModel], key: str) -> Any:
    """The text, or a list or a table where the key takes one. Raises ValueError for a broken one."""
    found = table.model_fields.get(key)
    if found is not None and get_origin(found.annotation) is dict:
        return json.loads(text)
    if found is None or get_origin(found.annotation) not in {tuple, frozenset}:
        return text
    if text.lstrip().startswith("["):
        return json.loads(text)
    return [part.strip() for part in text.split(",") if part.strip()]
