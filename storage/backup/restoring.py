"""Putting a copy back: all of it or nothing, and what it replaces is kept."""

from __future__ import annotations

import filecmp
import os
import shutil
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from storage import migrations
from storage.backup import postgresql
from storage.backup.files import BackupError, DamagedError, failed, sync, written
from storage.backup.making import Backup, back_up, ending_of, read_backup
from storage.backup.names import default_file
from storage.database import START, Database, connect, hold_still, schema_version, sqlite_module, unusable
from storage.locks import no_service_runs

_BESIDE = ".restoring"
_REPLACED = "replaced"
_LOGS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database file."""


@dataclass(frozen=True, slots=True)
class Restored:
    backup: Backup
    kept: Path | None
    """Where what was replaced is kept; None where there was nothing."""
    sound: bool = True
    """What was replaced could still be read; otherwise its files are kept as they were."""


def restore(url: str, file: Path, folder: Path, now: datetime, *, replace: bool) -> Restored:
    """Make the database at `url` what the copy in `file` holds. One that has something in it is replaced only where `replace` says so,
    after a copy of it was put into `folder`.

    The copy is read whole before anything is touched. An older schema stays older: `open_database` upgrades it. Raises StorageError.
    """
    backup = read_backup(file)
    if backup.schema not in migrations.KNOWN:
        raise BackupError(
            f"{file} has schema {backup.schema}, newer than this version of Vestnik knows ({migrations.HEAD}); "
            "restore it with the newer version",
        )
    with closing(connect(url)) as database:
        if database.is_sqlite is not (backup.kind == "SQLite"):
            raise BackupError(
                f"{file} is a copy of a {backup.kind} database, and database {database.name} is another kind; "
                "set DATABASE_URL to one of that kind, or take another copy",
            )
        try:
            restored = _replace_file if database.is_sqlite else _replace_rows
            return restored(database, backup, default_file(folder, now, ending_of(database), _REPLACED), replace)
        except DBAPIError as error:
            raise unusable(database, error) from error
        except OSError as error:
            raise failed(database.file if database.is_sqlite else file, error) from error


# --- SQLite: a file in the place of another ------------------------------------------------------------------------------------------


def _replace_file(database: Database, backup: Backup, aside: Path, replace: bool) -> Restored:  # noqa: FBT001  (as its twin below)
    with database.alone(timedelta(0), "can't be replaced"):
        is_empty, is_sound = _look_into(database)
        database.engine.dispose()
        _check_replaceable(database, is_empty=is_empty, replace=replace)
        beside = database.file.with_name(database.file.name + _BESIDE)
        try:
            _copy_beside(backup.file, beside, database.file)
            kept, is_sound = (None, True) if is_empty else _keep(database, aside, is_sound=is_sound)
            _forget_logs(database.file)
            beside.replace(database.file)
        finally:
            beside.unlink(missing_ok=True)
        sync(database.file.parent)
    return Restored(backup, kept, is_sound)


def _look_into(database: Database) -> tuple[bool, bool]:
    """Whether it is empty, and whether it can be read."""
    if not database.file.stat().st_size:
        return True, True
    try:
        with database.read() as connection:
            return not _holds_ours(database, connection), True
    except DBAPIError:
        return False, False


def _copy_beside(copy: Path, beside: Path, database: Path) -> None:
    """Onto the disk of the database, where renaming is one step. It is the file that was verified that is put in place."""
    shutil.copyfile(copy, beside)
    if os.geteuid() == 0:  # the administrator restores for the user that the service runs as
        owner = database.stat() if database.stat().st_size else database.parent.stat()
        os.chown(beside, owner.st_uid, owner.st_gid)
    sync(beside)
    if not filecmp.cmp(copy, beside, shallow=False):
        raise BackupError(f"{copy} was changed while it was copied; try again")


def _keep(database: Database, aside: Path, *, is_sound: bool) -> tuple[Path, bool]:
    """A verified copy of what is about to be replaced; of what can't be read any more, its files as they are."""
    if is_sound:
        with suppress(DamagedError):
            return back_up(database, aside).file, True
    aside = aside.with_name(f"{aside.name}.damaged")
    for ending in ("", *_LOGS):
        if (file := Path(f"{database.file}{ending}")).exists():
            with written(Path(f"{aside}{ending}"), file.stat().st_size) as partial:
                shutil.copyfile(file, partial)
    return aside, False


def _forget_logs(database: Path) -> None:
    """All that they hold is in the copy. One that stayed would be read into the file that comes into this place."""
    module = sqlite_module()
    with suppress(module.Error), closing(module.connect(str(database), isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")  # takes the log into the file, so that dying here loses nothing
    for ending in _LOGS:
        Path(f"{database}{ending}").unlink(missing_ok=True)


# --- PostgreSQL: rows in the place of others, in one transaction ---------------------------------------------------------------------


def _replace_rows(database: Database, backup: Backup, aside: Path, replace: bool) -> Restored:  # noqa: FBT001  (as its twin above)
    manifest = postgresql.manifest_of(backup.file)
    with database.write(START) as connection:
        if not no_service_runs(connection):
            raise BackupError(f"database {database.name} is used by a service that runs; stop it first")
        is_empty = not _holds_ours(database, connection)
        _check_replaceable(database, is_empty=is_empty, replace=replace)
        tables = inspect(connection).get_table_names()
        kept = None
        if not is_empty:
            hold_still(connection, tables)
            kept = back_up(database, aside).file
        for table in tables:
            connection.execute(text(f'DROP TABLE "{table}" CASCADE'))
        migrations.upgrade(connection, backup.schema)
        postgresql.load(connection, backup.file, manifest)
    return Restored(backup, kept)


# --- either --------------------------------------------------------------------------------------------------------------------------


def _holds_ours(database: Database, connection: Connection) -> bool:
    """Whether there is anything of ours; another program's database is never replaced."""
    if schema_version(connection) is not None:
        return True
    if inspect(connection).get_table_names():
        raise BackupError(f"database {database.name} holds tables of another program; give Vestnik a database of its own")
    return False


def _check_replaceable(database: Database, *, is_empty: bool, replace: bool) -> None:
    if not is_empty and not replace:
        raise BackupError(f"database {database.name} holds something already; with --replace it is replaced, and a copy of it is kept")
