"""The layers of the configuration, one above the other, and where in them a value stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from collector.service.mistakes import Place, nearest, told
from collector.service.values import listed

_Model = TypeVar("_Model", bound=BaseSettings)


def layered(model: type[_Model], *layers: Mapping[str, Any]) -> type[_Model]:
    """The model, reading these layers, the first above the others, key by key."""

    class Layered(model):  # type: ignore[misc, valid-type]
        @classmethod
        def settings_customise_sources(
            cls, settings_cls: type[BaseSettings], *_: PydanticBaseSettingsSource, **__: PydanticBaseSettingsSource
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return tuple(_LayerSource(settings_cls, layer) for layer in layers)

    return Layered


class _LayerSource(PydanticBaseSettingsSource):
    """One layer, without what a higher one gives in the other form: `url` displaces `url_file`, and the other way round."""

    def __init__(self, settings_cls: type[BaseSettings], values: Mapping[str, Any]) -> None:
        super().__init__(settings_cls)
        self._values = values

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        raise NotImplementedError

    def __call__(self) -> dict[str, Any]:
        return _not_displaced(self._values, self.current_state)


def _not_displaced(values: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    left = {}
    for key, value in values.items():
        other_form = key.removesuffix("_file") if key.endswith("_file") else f"{key}_file"
        upper = above.get(key)
        if isinstance(value, Mapping) and isinstance(upper, Mapping):
            left[key] = _not_displaced(value, upper)
        elif other_form not in above:
            left[key] = value
    return left


@dataclass(frozen=True, slots=True)
class Origins:
    """The file or the variable that a place in the configuration comes from."""

    ours: Mapping[Place, str]
    written: Mapping[str, Any]
    file: str
    theirs: Mapping[Place, str]

    def __call__(self, place: Place) -> str:
        if place in self.ours:
            return f"environment: {self.ours[place]}"
        # what is missing belongs to the nearest table that is there
        for depth in range(len(place), 0, -1):
            table = place[:depth]
            if self._is_written(table):
                return self.file
            for known, variable in {**self.ours, **self.theirs}.items():
                if known[:depth] == table:
                    return f"environment: {variable}"
        return self.file

    def _is_written(self, place: Place) -> bool:
        found: Any = self.written
        for part in place:
            if not isinstance(found, Mapping) or part not in found:
                return False
            found = found[part]
        return True


def lost_channels(layers: Iterable[Mapping[str, Any]], origin: Origins) -> list[str]:
    """Channels that a watch names and nobody defines. The layers may still hold anything: what is wrong otherwise is told by others."""
    tables = {name: [_table(layer, name) for layer in layers] for name in ("channel", "watch")}
    names = sorted({name for table in tables["channel"] for name in table})
    named: dict[str, Any] = {}
    for table in reversed(tables["watch"]):
        named |= {name: watch["channels"] for name, watch in table.items() if isinstance(watch, Mapping) and "channels" in watch}
    return [
        told(origin(place), place, f"there is no channel {channel!r}{nearest(str(channel), names)}")
        for watch, channels in named.items()
        for place in [("watch", watch, "channels")]
        for channel in (listed(channels) if isinstance(channels, (str, list)) else ())
        if channel not in names
    ]


def _table(layer: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = layer.get(name)
    return found if isinstance(found, Mapping) else {}
