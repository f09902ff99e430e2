"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.backup.names import PARTIAL, is_ours
from storage.database import StorageError

_SPARE = 0.05
"""A disk that would be full to the brim with the copy stops the service beside it."""


class BackupError(StorageError):
    """A copy can't be made, read or put back; the message names it, the reason and the way out."""


class DamagedError(BackupError):
    """What was to be copied or read is not sound."""


@contextmanager
def written(file: Path, needed: int = 0) -> Iterator[Path]:
    """Where a new file is to be written; at the end of the block it is on the disk and has its name, and an exception leaves nothing.

    `needed`: bytes that it will have, as far as that is known. Raises BackupError where the folder can't be written, or the disk is full.
    """
    partial = file.with_name(file.name + PARTIAL)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists():
            raise BackupError(f"{file} is there already, and no copy is ever written over; give another name")
        _remove_left(partial)
        _check_room(file, needed)
        with _mine(partial):
            try:
                yield partial
                sync(partial)
                partial.rename(file)
                sync(file.parent)
            except BaseException:
                _remove(partial)
                raise
    except OSError as error:
        raise failed(file, error) from error


def failed(file: Path, error: OSError) -> BackupError:
    way_out = (
        "make room on the disk, or give another folder: [backup] folder"
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        else "give a folder that this user may write: [backup] folder"
    )
    return BackupError(f"the copy {file} can't be written: {error.strerror or error}; {way_out}")


def _remove_left(partial: Path) -> None:
    """Take away what a process left that died while it wrote a copy. What another process writes at this moment is locked, and stays."""
    left = [file for file in partial.parent.glob(f"*{PARTIAL}") if file == partial or is_ours(file.name.removesuffix(PARTIAL))]
    for file in left:
        with suppress(FileNotFoundError), file.open("rb") as opened, suppress(BlockingIOError):
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(file)


def sync(path: Path) -> None:
    """Until this returns, a power failure could take a file's bytes, or a folder's names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _mine(partial: Path) -> Iterator[None]:
    with partial.open("wb") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(f"{partial} is being written by another process; wait for it, or give another name") from None
        yield


def _remove(partial: Path) -> None:
    for file in (partial, *(partial.with_name(partial.name + ending) for ending in ("-journal", "-wal", "-shm"))):
        file.unlink(missing_ok=True)


def _check_room(file: Path, needed: int) -> None:
    free = shutil.disk_usage(file.parent).free
    if needed * (1 + _SPARE) > free:
        raise BackupError(
            f"the copy {file} can't be written: it needs {in_megabytes(needed)} and {in_megabytes(free)} are free; "
            "make room on the disk, or give another folder: [backup] folder",
        )


def in_megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
