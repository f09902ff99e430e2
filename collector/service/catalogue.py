"""The sources that are watched: those of the configuration, and those that were added by hand, which the database keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import structlog
from pydantic import ValidationError

from collector.service.mistakes import ConfigurationError
from collector.service.parts import source_of, sources_of
from collector.service.settings import Settings, SourceTable
from collector.tools import Source
from storage.store import Store

_log = structlog.get_logger("vestnik")


class Catalogue(Mapping[str, Source]):
    """Sources by their names. One of the configuration goes before one of the same name that was added."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._configured = sources_of(settings)
        self._definitions: Mapping[str, str] = {}
        self._added: dict[str, Source] = {}
        self.refresh()

    def refresh(self) -> None:
        """Take in what was added or taken away since."""
        definitions = self._store.finding.definitions()
        if definitions == self._definitions:
            return
        self._added = {name: made for name, text in definitions.items() if (made := self._made(name, text)) is not None}
        self._definitions = definitions

    def is_configured(self, name: str) -> bool:
        return name in self._configured

    def __getitem__(self, name: str) -> Source:
        return self._configured[name] if name in self._configured else self._added[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._configured
        yield from (name for name in self._added if name not in self._configured)

    def __len__(self) -> int:
        return len(self._configured.keys() | self._added.keys())

    def _made(self, name: str, text: str) -> Source | None:
        try:
            return source_of(name, SourceTable.model_validate(json.loads(text)), self._settings)
        except (ValidationError, ValueError, ConfigurationError) as error:
            # a file that it names may have gone; the others are watched all the same
            _log.error("source not watched", source=name, reason=str(error).split("\n")[0])
            return None
