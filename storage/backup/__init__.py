"""Copies of the database: made whole or not at all, verified before they bear their name, and put back.

Owns: what a copy is. One of SQLite is a SQLite file, made by its own online backup, so that any tool of SQLite opens it; one of PostgreSQL
is a ZIP of what its COPY says of each table, and needs no program of PostgreSQL. One form for both was weighed and left: SQLite copies
its pages several times as fast as its rows can be written out and inserted again.
"""

from storage.backup.files import BackupError, in_megabytes
from storage.backup.making import Backup, back_up, copy_before_upgrade, ending_of, read_backup
from storage.backup.names import Kept, default_file, kept_backups, last_backup, rotate
from storage.backup.restoring import Restored, restore

__all__ = [
    "Backup",
    "BackupError",
    "Kept",
    "Restored",
    "back_up",
    "copy_before_upgrade",
    "default_file",
    "ending_of",
    "in_megabytes",
    "kept_backups",
    "last_backup",
    "read_backup",
    "restore",
    "rotate",
]
