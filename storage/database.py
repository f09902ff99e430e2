"""Opening the database: SQLite by default, PostgreSQL by its address. Everything else about the two is alike above this module."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, insert, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from storage import migrations, schema

# Between these releases a checkpoint racing a writer can corrupt a WAL database (the WAL-reset defect).
_BROKEN_WAL = ((3, 7, 0), (3, 51, 2))
_BUSY_TIMEOUT_MS = 60_000
START = "start"
"""The turn of what a process does as it starts; several may start at once."""

_CONNECT_S = 10
_WAY_OUT_SQLITE = "check that it is Vestnik's, whole and writable, or give another place: data_dir or DATABASE_URL"
_WAY_OUT_SERVER = "check that the server runs and that address, user and password are right"


class StorageError(Exception):
    """The database can't be used; the message names it, the reason and the way out."""


FAILURES: tuple[type[Exception], ...] = (SQLAlchemyError,)
"""What a database that is locked, full, gone or restarted raises from any method of the store."""


def reason_of(error: Exception) -> str:
    """The driver's own words; SQLAlchemy adds the statement and its values below them."""
    return str(getattr(error, "orig", None) or error).strip().partition("\n")[0]


class Database:
    """Transactions on one database. Safe to use from any thread; writers take turns, as SQLite must have it."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine = engine
        self.name = name
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._one_writer = threading.RLock()
        self._mine = threading.local()
        """The connection of the transaction that this thread has begun for several writes."""

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view; nothing is written."""
        if (shared := getattr(self._mine, "connection", None)) is not None:
            yield shared
            return
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self, turn: str = "") -> Iterator[Connection]:
        """One transaction, committed at the end, undone by an exception.

        SQLite has one writer. PostgreSQL has many; those that name the same `turn` wait for each other.
        """
        if (shared := getattr(self._mine, "connection", None)) is not None:
            yield shared
            return
        if not self.is_sqlite:
            with self.engine.begin() as connection:
                if turn:
                    connection.execute(text("SELECT pg_advisory_xact_lock(8616, hashtext(:turn))"), {"turn": turn})
                yield connection
            return
        with self._one_writer, self.engine.connect().execution_options(vestnik_begin="BEGIN IMMEDIATE") as connection, connection.begin():
            yield connection

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of all that this thread writes meanwhile: a commit waits for the disk, and may as well wait for several.

        Whoever was told that a write is done must be told after the end of this; an exception undoes all of them.
        """
        with self.write() as connection:
            self._mine.connection = connection
            try:
                yield
            finally:
                self._mine.connection = None

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Connect and bring the schema up to date.

    `url` is SQLAlchemy's form (`sqlite:////path/file.db`, `postgresql://user@host/name`). Raises StorageError where it can't be opened, is
    no database of ours, or has a newer schema than this version knows.
    """
    try:
        parsed = make_url(url)
        # without its options: libpq takes a password there too
        name = parsed.difference_update_query(list(parsed.query)).render_as_string(hide_password=True)
        if parsed.get_backend_name() == "sqlite":
            engine = _open_sqlite(parsed.database or "")
        elif parsed.get_backend_name() in {"postgresql", "postgres"}:
            engine = create_engine(_postgresql(parsed), pool_pre_ping=True, hide_parameters=True)
        else:
            raise StorageError(f"database {name}: only sqlite:///… and postgresql://… addresses are supported")
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StorageError(
            "the database address can't be understood; write sqlite:////path/file.db or postgresql://user:password@host/name"
        ) from error
    database = Database(engine, name)
    try:
        migrate(database)
    except StorageError:
        engine.dispose()
        raise
    except DBAPIError as error:
        engine.dispose()
        raise StorageError(
            f"database {name} can't be opened: {reason_of(error)}; {_WAY_OUT_SQLITE if database.is_sqlite else _WAY_OUT_SERVER}"
        ) from error
    return database


def migrate(database: Database) -> None:
    """Bring the schema to this version's; one transaction, so a crash leaves the old one whole."""
    with database.write(START) as connection:
        version = schema_version(connection)
        if version == migrations.HEAD:
            return
        if version is not None and version not in migrations.KNOWN:
            raise StorageError(
                f"database {database.name} has schema {version}, newer than this version of Vestnik knows ({migrations.HEAD}); "
                "start the newer version again, or restore the copy made before its upgrade",
            )
        if version is None and inspect(connection).get_table_names():
            raise StorageError(f"database {database.name} holds tables of another program; give Vestnik a database of its own")
        migrations.upgrade(connection)


def schema_version(connection: Connection) -> str | None:
    """The schema's version, None where Vestnik has made none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def inserted_id(connection: Connection, table: Table, **values: Any) -> int:
    """Insert one row; the id that the database gave it."""
    key = connection.execute(insert(table), values).inserted_primary_key
    assert key is not None  # noqa: S101  (only executemany has none)
    return int(key[0])


def remembered(connection: Connection, key: str) -> str | None:
    """One of the few facts about the installation itself."""
    found: str | None = connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == key)).scalar()
    return found


def _postgresql(url: URL) -> URL:
    """The address for psycopg. A server that takes the connection and stays silent would otherwise be waited for without end."""
    driven = url.set(drivername="postgresql+psycopg")
    return driven if "connect_timeout" in driven.query else driven.update_query_dict({"connect_timeout": str(_CONNECT_S)})


def _open_sqlite(path: str) -> Engine:
    if not path or path == ":memory:":
        raise StorageError("a database in memory would forget everything; give sqlite:////path/file.db")
    file = Path(path)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab"):
            pass
    except (FileExistsError, NotADirectoryError) as error:
        raise StorageError(f"the database file {file} can't be made: {file.parent} is no folder; set data_dir to a folder") from error
    except OSError as error:
        raise StorageError(
            f"the database file {file} can't be written: {error.strerror}; set data_dir to a folder that this user may write"
        ) from error
    engine = create_engine(f"sqlite:///{file}", module=_sqlite_module(), hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _sqlite_module() -> ModuleType:
    """pysqlite3 brings a current SQLite; Python's own serves where it has no wheel, if it is sound."""
    try:
        import pysqlite3  # noqa: PLC0415  (absent on some machines)
    except ImportError:
        version = sqlite3.sqlite_version_info
        if _BROKEN_WAL[0] <= version <= _BROKEN_WAL[1]:
            raise StorageError(
                f"this machine's SQLite {sqlite3.sqlite_version} can corrupt its write-ahead log (fixed in 3.51.3); "
                "use a PostgreSQL DATABASE_URL or a newer SQLite",
            ) from None
        return sqlite3
    found: ModuleType = pysqlite3
    return found


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver would begin transactions late and by itself; SQLAlchemy's "begin" event does it here.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={_BUSY_TIMEOUT_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("vestnik_begin", "BEGIN"))
