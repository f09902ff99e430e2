"""Copies of a PostgreSQL database: a ZIP with what COPY says of each table (text format), and a manifest as its last member.

A ZIP is read from its end, so one that was cut off is no ZIP. Anybody with `unzip` and `psql` can read one without us.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, inspect, text

from storage.backup.files import BackupError, DamagedError
from storage.database import Database, remembered, schema_version

ENDING = ".zip"
_MANIFEST = "manifest.json"
_FORMAT = "vestnik backup 1"
_CHUNK = 1 << 18
_VERSION = "alembic_version"
_KEYS = "search_keys"
"""The search index, half as large as the articles. The service makes it anew, in the time that reading it back would take."""
_FAST = 1
"""Of nine: 80 MB/s, and a third of the size; the next levels halve the speed for a twentieth of the size."""


@dataclass(frozen=True, slots=True)
class TableCopy:
    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    schema: str
    instance: str
    tables: tuple[TableCopy, ...]
    sequences: dict[str, int]
    """Where the numbering of rows had come to: a number is never given twice."""


def copy(database: Database, partial: Path) -> None:
    """Copy one state of the database, while others go on writing."""
    once = database.engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with once as connection, connection.begin(), zipfile.ZipFile(partial, "w") as archive:
        manifest = Manifest(
            schema=schema_version(connection) or "",
            instance=remembered(connection, "instance") or "",
            tables=tuple(_copy_table(connection, archive, table) for table in tables_of(connection)),
            sequences=dict(_sequences(connection)),
        )
        with archive.open(_member(_MANIFEST), "w") as member:
            member.write(json.dumps({"format": _FORMAT} | asdict(manifest), ensure_ascii=False, indent=1).encode())


def manifest_of(file: Path) -> Manifest:
    with zipfile.ZipFile(file) as archive:
        return _manifest(archive, file)


def verified(file: Path) -> Manifest:
    """The manifest of a copy that was read whole and found to hold what the manifest says."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive, file)
            for table in manifest.tables:
                with archive.open(f"{table.name}.copy") as member:
                    rows, sha256 = _sum(_chunks(member))
                if (rows, sha256) != (table.rows, table.sha256):
                    raise DamagedError(f"{file} is damaged: table {table.name} is not as it was written; take another copy")
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError) as error:  # what zipfile raises of such
        raise DamagedError(f"{file} is cut off or damaged: {error}; take another copy") from error
    return manifest


def load(connection: Connection, file: Path, manifest: Manifest) -> None:
    """Fill the empty tables of the manifest's schema, in the caller's transaction.

    What rows refer to is checked at the end, once: tables may refer to each other in a ring, and a check for each row takes longer.
    """
    empty = set(tables_of(connection))
    if strange := sorted(table.name for table in manifest.tables if table.name not in empty):
        raise BackupError(f"{file} holds tables that schema {manifest.schema} has not ({', '.join(strange)}); take another copy")
    references = _references(connection)
    for table, name, _ in references:
        connection.execute(text(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"'))
    with zipfile.ZipFile(file) as archive:
        for one in manifest.tables:
            _load_table(connection, archive, one)
    for table, name, words in references:
        connection.execute(text(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {words}'))
    for sequence, last in manifest.sequences.items():
        connection.execute(text("SELECT setval(CAST(:sequence AS regclass), :last)"), {"sequence": f'"{sequence}"', "last": last})
    if _KEYS in inspect(connection).get_table_names():
        connection.execute(text("UPDATE search SET version = ''"))  # in need of being indexed (`storage.search.writing`)
    connection.execute(text("ANALYZE"))


def tables_of(connection: Connection) -> list[str]:
    return sorted(name for name in inspect(connection).get_table_names() if name not in {_VERSION, _KEYS})


def _copy_table(connection: Connection, archive: zipfile.ZipFile, table: str) -> TableCopy:
    columns = tuple(column["name"] for column in inspect(connection).get_columns(table))
    statement = f"COPY {_named(table, columns)} TO STDOUT"
    with _copying(connection, statement) as copied, archive.open(_member(f"{table}.copy"), "w", force_zip64=True) as member:
        rows, sha256 = _sum(_together(copied), member)
    return TableCopy(table, columns, rows, sha256)


def _load_table(connection: Connection, archive: zipfile.ZipFile, table: TableCopy) -> None:
    statement = f"COPY {_named(table.name, table.columns)} FROM STDIN"
    with _copying(connection, statement) as copied, archive.open(f"{table.name}.copy") as member:
        for chunk in _chunks(member):
            copied.write(chunk)


@contextmanager
def _copying(connection: Connection, statement: str) -> Iterator[Any]:
    """COPY by psycopg itself, with dates in the form that it reads back whatever the server is set to."""
    connection.execute(text("SET LOCAL datestyle = 'ISO, YMD'"))
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(statement) as copied:
        yield copied


def _named(table: str, columns: Iterable[str]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f'"{table}" ({names})'


def _sum(chunks: Iterable[bytes], into: IO[bytes] | None = None) -> tuple[int, str]:
    """Rows and SHA-256; COPY writes a row a line, and line breaks within values as two other characters."""
    rows, digest = 0, hashlib.sha256()
    for chunk in chunks:
        rows += chunk.count(b"\n")
        digest.update(chunk)
        if into is not None:
            into.write(chunk)
    return rows, digest.hexdigest()


def _together(rows: Iterable[bytes]) -> Iterator[bytes]:
    """COPY gives a row at a time, too little to compress or to add up one by one."""
    waiting = bytearray()
    for row in rows:
        waiting += row
        if len(waiting) >= _CHUNK:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)


def _chunks(member: IO[bytes]) -> Iterator[bytes]:
    while chunk := member.read(_CHUNK):
        yield chunk


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    member._compresslevel = _FAST  # type: ignore[attr-defined]  # noqa: SLF001  (public from Python 3.13 on)
    return member


def _manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    try:
        written = json.loads(archive.read(_MANIFEST))
        if written["format"] != _FORMAT:
            raise BackupError(f"{file} has a form that this version of Vestnik does not know ({written['format']}); use a newer one")
        tables = tuple(TableCopy(one["name"], tuple(one["columns"]), one["rows"], one["sha256"]) for one in written["tables"])
        return Manifest(written["schema"], written["instance"], tables, written["sequences"])
    except (KeyError, TypeError, ValueError):
        raise BackupError(f"{file} is a file of another program; give a copy that `vestnik backup` made") from None


def _sequences(connection: Connection) -> Iterator[tuple[str, int]]:
    rows = connection.execute(text("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1"))
    return ((row.sequencename, row.last_value) for row in rows if row.last_value is not None)


def _references(connection: Connection) -> list[tuple[str, str, str]]:
    """Each foreign key: its table, its name, and the words that make it again."""
    query = text(
        "SELECT c.relname, f.conname, pg_get_constraintdef(f.oid) FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid "
        "WHERE f.contype = 'f' AND c.relnamespace = CAST(current_schema() AS regnamespace) ORDER BY 1, 2"
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]
