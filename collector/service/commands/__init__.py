"""The commands, a module for each thing that they are about. Each is a function of its options; `cli` gathers them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from collector.service.app import utc_now
from collector.service.parts import store_of
from collector.service.settings import Settings, load_settings
from storage.store import Store

Config = Annotated[Path | None, Parameter(help="The configuration; VESTNIK_CONFIG, then ./vestnik.toml, where it is not given.")]
Json = Annotated[bool, Parameter(name="--json", help="Print JSON, a value a line.", negative="")]


@contextmanager
def opened(config: Path | None) -> Iterator[tuple[Settings, Store]]:
    """The settings, and the store that they name."""
    settings = load_settings(config)
    with closing(store_of(settings, utc_now())) as store:
        yield settings, store
