"""Who has a database open. The system frees a lock when its process ends, however it ends; on PostgreSQL the server does.

A SQLite file has two locks beside it: `….lock`, shared by all that have it open and held alone while it is upgraded or replaced, and
`….service.lock`, held by the one service that runs on it.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

ADVISORY = 8616
"""The first half of our advisory locks on PostgreSQL; the second says what it is about."""
_SERVICE = f"({ADVISORY}, hashtext('service'))"


class FileLock:
    """A file that is locked and never read. It stays when it is free: taking it away would let two processes lock two files of one name."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._descriptor = _open(file)

    def share(self) -> None:
        """Hold it with others; waits while somebody holds it alone."""
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def try_alone(self) -> bool:
        """Hold it alone, if nobody else holds it; otherwise it is not held any more."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()  # trying may have lost it anyhow (flock(2))
            return False
        return True

    def release(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _open(file: Path) -> int:
    try:
        return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except PermissionError:
        return os.open(file, os.O_RDONLY | os.O_CLOEXEC)  # made by the administrator; to lock it, reading is enough


class Claim(Protocol):
    """A service's word that it uses a database, until it is closed."""

    def renew(self) -> None: ...
    def close(self) -> None: ...


class FileClaim:
    def __init__(self, lock: FileLock) -> None:
        self._lock = lock

    def renew(self) -> None:
        """The system holds it for as long as we live."""

    def close(self) -> None:
        self._lock.close()


class ServerClaim:
    """A session on the server that holds the lock, together with those of other services."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def take(self) -> bool:
        """False while somebody holds it alone, that is, restores."""
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if connection.scalar(text(f"SELECT pg_try_advisory_lock_shared{_SERVICE}")):
            self._connection = connection
            return True
        connection.close()
        return False

    def renew(self) -> None:
        """A server that was restarted has forgotten it."""
        try:
            if self._connection is not None:
                self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            self.close()
            self.take()

    def close(self) -> None:
        """The session ends too: a connection that went back to its pool would hold the lock on."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


def no_service_runs(connection: Connection) -> bool:
    """Whether no service uses this PostgreSQL database; none can begin to before the end of the transaction."""
    return bool(connection.scalar(text(f"SELECT pg_try_advisory_xact_lock{_SERVICE}")))
