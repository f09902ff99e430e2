"""Opening the database: SQLite by default, PostgreSQL by its address. Everything else about the two is alike above this module."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, insert, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from storage import migrations, schema
from storage.locks import ADVISORY, Claim, FileClaim, FileLock, ServerClaim
from storage.resketch import renew

# Between these releases a checkpoint racing a writer can corrupt a WAL database (the WAL-reset defect).
_BROKEN_WAL = ((3, 7, 0), (3, 51, 2))
BUSY = timedelta(seconds=60)
"""How long a writer waits for its turn on SQLite: longer than any transaction of ours takes on a slow disk."""
_LOOKS_A_SECOND = 10
"""While an upgrade waits for others to close the database."""
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

    def __init__(self, engine: Engine, name: str, lock: FileLock | None = None) -> None:
        self.engine = engine
        self.name = name
        self._lock = lock
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
                    connection.execute(text("SELECT pg_advisory_xact_lock(:ours, hashtext(:turn))"), {"ours": ADVISORY, "turn": turn})
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

    @property
    def file(self) -> Path:
        """Where a SQLite database lies."""
        assert self.engine.url.database is not None  # noqa: S101  (`open_database` refuses one in memory)
        return Path(self.engine.url.database)

    def claim(self) -> Claim:
        """Say that a service runs on this database. StorageError where one does that can't share it, or where it is being restored."""
        if self.is_sqlite:
            lock = FileLock(Path(f"{self.file}.service.lock"))
            if lock.try_alone():
                return FileClaim(lock)
            lock.close()
            raise StorageError(f"database {self.name} is used by a service that runs; stop it, or give this one a data_dir of its own")
        claim = ServerClaim(self.engine)
        if not claim.take():
            raise StorageError(f"database {self.name} is being restored; start again when that has ended")
        return claim

    @contextmanager
    def alone(self, patience: timedelta, why: str) -> Iterator[None]:
        """Nobody else has this SQLite database open meanwhile. (PostgreSQL has locks of its own.) StorageError where others keep it open
        for longer than `patience`; `why` says what it was wanted for.
        """
        if self._lock is None:
            yield
            return
        self.engine.dispose()  # a connection that is kept would lead to the old file where another process replaces it now
        pause, left = threading.Event(), patience.total_seconds() * _LOOKS_A_SECOND
        while not self._lock.try_alone():
            if left <= 0:
                raise StorageError(f"database {self.name} {why}: a service that runs, or another command, has it open; stop that first")
            self._lock.share()  # waits for whoever upgrades it at this moment, however long that takes
            self._lock.release()  # several that hold it while they wait would wait for each other
            pause.wait(1 / _LOOKS_A_SECOND)
            left -= 1
        try:
            yield
        finally:
            self._lock.share()

    def close(self) -> None:
        self.engine.dispose()
        if self._lock is not None:
            self._lock.close()


CopyFirst = Callable[[Database, str], None]
"""Keeps a copy of the database with this schema version; StorageError where it can't."""


def open_database(url: str, *, busy: timedelta = BUSY, copy_first: CopyFirst | None = None) -> Database:
    """Connect and bring the schema up to date, after `copy_first` has kept a copy of what there is.

    `url` is SQLAlchemy's form (`sqlite:////path/file.db`, `postgresql://user@host/name`). `busy`: how long a writer waits for its turn on
    SQLite. Raises StorageError where it can't be opened, is no database of ours, or has a newer schema than this version knows.
    """
    database = connect(url, busy)
    try:
        with database.read() as connection:
            is_current = _upgradable(database, connection) == migrations.HEAD
        if not is_current:
            with database.alone(busy, "has to be upgraded first"):
                migrate(database, copy_first)
    except StorageError:
        database.close()
        raise
    except DBAPIError as error:
        database.close()
        raise unusable(database, error) from error
    return database


def connect(url: str, busy: timedelta = BUSY) -> Database:
    """The database as it is, whatever is in it; StorageError where the address is none of a database."""
    try:
        parsed = make_url(url)
        # without its options: libpq takes a password there too
        name = parsed.difference_update_query(list(parsed.query)).render_as_string(hide_password=True)
        if parsed.get_backend_name() == "sqlite":
            return _open_sqlite(parsed.database or "", name, busy)
        if parsed.get_backend_name() in {"postgresql", "postgres"}:
            return Database(create_engine(_postgresql(parsed), pool_pre_ping=True, hide_parameters=True), name)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StorageError(
            "the database address can't be understood; write sqlite:////path/file.db or postgresql://user:password@host/name"
        ) from error
    raise StorageError(f"database {name}: only sqlite:///… and postgresql://… addresses are supported")


def unusable(database: Database, error: Exception) -> StorageError:
    """In words, what the driver says of a database that can't be opened."""
    way_out = _WAY_OUT_SQLITE if database.is_sqlite else _WAY_OUT_SERVER
    return StorageError(f"database {database.name} can't be opened: {reason_of(error)}; {way_out}")


def migrate(database: Database, copy_first: CopyFirst | None = None) -> None:
    """Bring the schema to this version's, the copy first; one transaction, so a crash leaves the old one whole."""
    with database.write(START) as connection:
        version = _upgradable(database, connection)
        if version == migrations.HEAD:
            return
        if version is not None:
            if copy_first is None:
                raise StorageError(f"database {database.name} has schema {version}, and no folder is named for the copy before its upgrade")
            hold_still(connection, inspect(connection).get_table_names())
            copy_first(database, version)
        migrations.upgrade(connection)
        renew(connection)


def _upgradable(database: Database, connection: Connection) -> str | None:
    """The schema's version; StorageError where it is none of those that this code can upgrade from."""
    version = schema_version(connection)
    if version is not None and version not in migrations.KNOWN:
        raise StorageError(
            f"database {database.name} has schema {version}, newer than this version of Vestnik knows ({migrations.HEAD}); "
            "start the newer version again, or restore the copy made before its upgrade",
        )
    if version is None and inspect(connection).get_table_names():
        raise StorageError(f"database {database.name} holds tables of another program; give Vestnik a database of its own")
    return version


def hold_still(connection: Connection, tables: Iterable[str]) -> None:
    """Nobody writes before the end of this transaction; on SQLite that is so anyway."""
    if connection.dialect.name != "sqlite":
        names = ", ".join(connection.dialect.identifier_preparer.quote(table) for table in tables)
        connection.execute(text(f"LOCK TABLE {names} IN SHARE MODE"))


def database_version(database: Database) -> str | None:
    with database.read() as connection:
        return schema_version(connection)


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
    """The address for psycopg. A server that takes the connection and stays silent would otherwise be waited for without end.

    Statements are the same ones over and over: planning each anew, or compiling it, took a third of a look-up's time.
    """
    wanted = {"connect_timeout": str(_CONNECT_S), "options": "-c jit=off -c plan_cache_mode=force_generic_plan"}
    driven = url.set(drivername="postgresql+psycopg")
    return driven.update_query_dict({key: value for key, value in wanted.items() if key not in driven.query})


def _open_sqlite(path: str, name: str, busy: timedelta) -> Database:
    if not path or path == ":memory:":
        raise StorageError("a database in memory would forget everything; give sqlite:////path/file.db")
    file = Path(path)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _make_writable(file)
        lock = FileLock(Path(f"{file}.lock"))
    except (FileExistsError, NotADirectoryError) as error:
        raise StorageError(f"the database file {file} can't be made: {file.parent} is no folder; set data_dir to a folder") from error
    except OSError as error:
        raise StorageError(
            f"the database file {file} can't be written: {error.strerror}; set data_dir to a folder that this user may write"
        ) from error
    try:
        lock.share()  # waits while it is upgraded or replaced
        engine = create_engine(f"sqlite:///{file}", module=sqlite_module(), hide_parameters=True)
    except BaseException:
        lock.close()
        raise
    event.listen(engine, "connect", partial(_prepare_sqlite, busy))
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine, name, lock)


def _make_writable(file: Path) -> None:
    """A file that is there is not opened: closing it would take from SQLite the locks that this process holds on it (fcntl(2))."""
    if not file.exists():
        file.touch()
    elif file.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    elif not os.access(file, os.W_OK):
        raise PermissionError(errno.EACCES, "this user may not write it")


def sqlite_module() -> ModuleType:
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


def _prepare_sqlite(busy: timedelta, connection: Any, _record: object) -> None:
    # The driver would begin transactions late and by itself; SQLAlchemy's "begin" event does it here.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={round(busy.total_seconds() * 1000)}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("vestnik_begin", "BEGIN"))
