"""The layers of the configuration, one above the other, and where in them a value stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from collector.service.mistakes import Place, nearest, told
from collector.service.values import listed
from collector.sites import known_sites

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
    """Channels that a watch or the operator names and nobody defines. The layers may still hold anything: what is wrong otherwise is told
    by others.
    """
    tables = {name: [_table(layer, name) for layer in layers] for name in ("channel", "watch", "service")}
    names = sorted({name for table in tables["channel"] for name in table})
    named: dict[str, Any] = {}
    for table in reversed(tables["watch"]):
        named |= {name: watch["channels"] for name, watch in table.items() if isinstance(watch, Mapping) and "channels" in watch}
    places: dict[Place, Any] = {("watch", watch, "channels"): channels for watch, channels in named.items()}
    if operator := next((table["operator"] for table in tables["service"] if "operator" in table), ""):
        places["service", "operator"] = operator
    return [
        told(origin(place), place, f"there is no channel {channel!r}{nearest(str(channel), names)}")
        for place, channels in places.items()
        for channel in (listed(channels) if isinstance(channels, (str, list)) else ())
        if channel not in names
    ]


def lost_definitions(layers: Sequence[Mapping[str, Any]], origin: Origins) -> list[str]:
    """Definitions that a source uses and nobody wrote."""
    folders = [table["data_dir"] for layer in layers if isinstance((table := _table(layer, "service")).get("data_dir"), str)]
    names = known_sites(sites_folder(Path(folders[0] if folders else "data")))
    used = {name: table["use"] for layer in reversed(layers) for name, table in _table(layer, "source").items() if _uses(table)}
    return [
        told(
            origin(("source", source, "use")), ("source", source, "use"), f"there is no definition {used_name!r}{nearest(used_name, names)}"
        )
        for source, used_name in used.items()
        if used_name not in names
    ]


def sites_folder(data_dir: Path) -> Path:
    """Where an operator keeps definitions of their own."""
    return data_dir / "sites"


def _uses(table: Any) -> bool:
    return isinstance(table, Mapping) and isinstance(table.get("use"), str)


def _table(layer: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = layer.get(name)
    return found if isinstance(found, Mapping) else {}
