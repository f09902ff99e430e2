"""Copies of a SQLite database: its own file form, in one file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from storage.backup.files import BackupError, DamagedError
from storage.database import BUSY, sqlite_module

ENDING = ".db"
HEADER = b"SQLite format 3\0"
_CACHE = 32_000
"""KB of pages that verifying holds in memory; with SQLite's 2 MB, checking the indexes of a million articles takes three times as long."""


def size_of(database: Path) -> int:
    """Bytes that a copy will have."""
    with _in_words(database), _opened(database, "ro") as connection:
        pages, page = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        return int(pages) * int(page)


def copy(database: Path, partial: Path) -> None:
    """Copy what is committed, in one step of SQLite's online backup. It reads one state of the database while others go on writing; in
    several steps, every write in between would have it begin anew, and under load it might not end.
    """
    with _in_words(database), _opened(database, "ro") as source, closing(sqlite_module().connect(str(partial))) as target:
        source.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode = DELETE")  # else two more files would belong to it


def contents(file: Path) -> tuple[str, str, dict[str, int]]:
    """The schema's version, the installation's UUID, and the rows of each table, of a copy that was read whole and found sound."""
    _check_length(file)
    module = sqlite_module()
    try:
        # immutable: nothing is locked or written, so that a copy on a disk that can only be read is good too
        with _opened(file, "ro&immutable=1") as connection:
            tables = _tables(connection)
            if "alembic_version" not in tables or "meta" not in tables:
                raise BackupError(f"{file} is a database of another program; give a copy that `vestnik backup` made")
            _check_sound(connection, file)
            counts = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608
            schema = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            instance = connection.execute("SELECT value FROM meta WHERE key = 'instance'").fetchone()
    except module.Error as error:
        raise DamagedError(f"{file} is damaged: {error}; take another copy") from error
    counts.pop("alembic_version")
    return (schema[0] if schema else ""), (instance[0] if instance else ""), counts


def _tables(connection: Any) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    return [row[0] for row in connection.execute(query)]


def _check_length(file: Path) -> None:
    with file.open("rb") as opened:
        header = opened.read(100)
    page = int.from_bytes(header[16:18], "big") or 1
    stated = int.from_bytes(header[28:32], "big") * (65536 if page == 1 else page)  # https://www.sqlite.org/fileformat2.html, 1.3
    if file.stat().st_size < stated:
        raise DamagedError(f"{file} is cut off: it has {file.stat().st_size:,} bytes and should have {stated:,}; take another copy")


def _check_sound(connection: Any, file: Path) -> None:
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    (words,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if words != "ok":
        raise DamagedError(f"{file} is damaged: {' '.join(words.split())}; take another copy")
    if lost := connection.execute("PRAGMA foreign_key_check").fetchone():
        raise DamagedError(f"{file} is damaged: a row of {lost[0]} belongs to one of {lost[2]} that is not there; take another copy")


@contextmanager
def _in_words(database: Path) -> Iterator[None]:
    module = sqlite_module()
    try:
        yield
    except module.OperationalError as error:
        raise BackupError(
            f"database {database} can't be copied: {error}; make room on the disk, or give another folder: [backup] folder"
        ) from error
    except module.DatabaseError as error:
        raise DamagedError(f"database {database} can't be copied: {error}; restore the last good copy") from error


@contextmanager
def _opened(file: Path, mode: str) -> Iterator[Any]:
    with closing(sqlite_module().connect(f"file:{quote(str(file.absolute()))}?mode={mode}", uri=True, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA busy_timeout = {round(BUSY.total_seconds() * 1000)}")
        yield connection
