"""Making a copy, and reading one whole to know that it is good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError, OperationalError

from storage import migrations
from storage.backup import postgresql, sqlite
from storage.backup.files import BackupError, DamagedError, written
from storage.backup.names import default_file
from storage.database import Database, database_version, reason_of, unusable

_ZIP = b"PK"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was read whole and found good."""

    file: Path
    kind: str
    """`SQLite` or `PostgreSQL`."""
    schema: str
    instance: str
    """The installation's UUID."""
    rows: Mapping[str, int]
    """Of each table."""
    size: int
    """Bytes."""


def ending_of(database: Database) -> str:
    return sqlite.ENDING if database.is_sqlite else postgresql.ENDING


def back_up(database: Database, file: Path) -> Backup:
    """Copy the database as it is now, while others write to it. Raises BackupError; then there is no file.

    Takes as long as the disk does, and holds one state of the database meanwhile; nobody waits for it.
    """
    _check_ours(database)
    needed = sqlite.size_of(database.file) if database.is_sqlite else 0  # how small a compressed copy will be is not known
    with written(file, needed) as partial:
        if database.is_sqlite:
            sqlite.copy(database.file, partial)
        else:
            _copy_from_server(database, partial)
        try:
            made = read_backup(partial)
        except BackupError as error:
            words = str(error).replace(str(partial), f"the copy of database {database.name}").removesuffix("; take another copy")
            raise type(error)(f"{words}; the database itself may be damaged: keep the copies that there are") from error
    return Backup(file, made.kind, made.schema, made.instance, made.rows, made.size)


def copy_before_upgrade(database: Database, version: str, *, folder: Path, now: datetime) -> None:
    """What `open_database` does first. No copy, no upgrade."""
    file = default_file(folder, now, ending_of(database), f"upgrade-{version}-{migrations.HEAD}")
    try:
        back_up(database, file)
    except BackupError as error:
        raise BackupError(f"database {database.name} stays at schema {version}, as it is copied before every upgrade: {error}") from error


def read_backup(file: Path) -> Backup:
    """Read a copy whole. Raises BackupError where it is none of ours, cut off or damaged."""
    try:
        with file.open("rb") as opened:
            beginning = opened.read(len(sqlite.HEADER))
        size = file.stat().st_size
        if beginning == sqlite.HEADER:
            return Backup(file, "SQLite", *sqlite.contents(file), size)
        if beginning.startswith(_ZIP):
            manifest = postgresql.verified(file)
            rows = {table.name: table.rows for table in manifest.tables}
            return Backup(file, "PostgreSQL", manifest.schema, manifest.instance, rows, size)
    except OSError as error:
        raise BackupError(f"the copy {file} can't be read: {error.strerror or error}; give a file that `vestnik backup` made") from error
    words = "is empty" if not size else "is a file of another program"
    raise BackupError(f"{file} {words}; give a copy that `vestnik backup` made")


def _check_ours(database: Database) -> None:
    try:
        version = database_version(database)
    except OperationalError as error:
        raise BackupError(str(unusable(database, error))) from error
    except DBAPIError as error:
        raise DamagedError(str(unusable(database, error))) from error
    if version is None:
        raise BackupError(f"database {database.name} holds nothing of Vestnik; check data_dir and DATABASE_URL")


def _copy_from_server(database: Database, partial: Path) -> None:
    try:
        postgresql.copy(database, partial)
    except DBAPIError as error:
        raise BackupError(f"database {database.name} can't be copied: {reason_of(error)}; try again when the server answers") from error
