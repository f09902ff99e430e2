"""`backup` and `restore`."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from collector.service.app import utc_now
from collector.service.commands import Config, Json, opened
from collector.service.output import say, say_json, warn
from collector.service.settings import load_settings
from storage import backup as copies
from storage.backup import Backup
from storage.database import connect

_COUNTED = ("article", "revision", "link", "delivery")
"""Tables by whose rows people know a database again."""


def backup(
    file: Annotated[
        Path | None, Parameter(help="A new file; one named by the time, in the folder of copies, where it is not given.")
    ] = None,
    *,
    json: Json = False,
    config: Config = None,
) -> None:
    """Copy the database into one file, while the service runs, and verify the copy.

    `vestnik restore` puts it back. A copy of SQLite is a SQLite database, one of PostgreSQL a ZIP of its tables.
    """
    settings = load_settings(config)
    with closing(connect(settings.database_url, settings.service.busy)) as database:
        made = copies.back_up(database, file or copies.default_file(settings.backups, utc_now(), copies.ending_of(database)))
    if json:
        say_json(asdict(made))
    else:
        say(f"{made.file}: {copies.in_megabytes(made.size)}, {_counted(made.rows)}; verified")


def restore(
    file: Annotated[Path, Parameter(help="A copy that `vestnik backup`, or the nightly backup, made.")],
    *,
    replace: Annotated[bool, Parameter(help="Replace a database that has something in it; a copy of it is kept.", negative="")] = False,
    json: Json = False,
    config: Config = None,
) -> None:
    """Put a copy back in the place of the database. The service must not run meanwhile.

    The copy is read whole and verified first. One that an older version made is upgraded.
    """
    settings = load_settings(config)
    restored = copies.restore(settings.database_url, file, settings.backups, utc_now(), replace=replace)
    if restored.kept and not restored.sound:
        warn(f"what was replaced could not be read any more; its files are kept as they were: {restored.kept}")
    with opened(config) as (_, store):
        name = store.database.name
    if json:
        say_json(asdict(restored))
        return
    say(f"{name} is now what {file} holds: {_told(restored.backup)}")
    if restored.kept and restored.sound:
        say(f"what it replaced is kept: {restored.kept}")


def _told(restored: Backup) -> str:
    return f"schema {restored.schema}, {_counted(restored.rows)}"


def _counted(rows: Mapping[str, int]) -> str:
    return ", ".join(f"{rows.get(table, 0):,} {table.removesuffix('y')}{'ies' if table.endswith('y') else 's'}" for table in _COUNTED)
