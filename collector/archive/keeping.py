"""Keeping pages: a WARC file for each day and each start of the program, appended to a record at a time.

A record is written in one go behind the last whole one, and a file that was closed is never opened again, so an end at any moment costs
the record that was being written and no other.
"""

from __future__ import annotations

import asyncio
import errno
import os
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import structlog

from collector.address import shown_address
from collector.archive.records import Kept, opening_record, plain_address, record_of
from collector.page import Page

_log = structlog.get_logger("vestnik.archive")
_OURS = re.compile(r"(\d{4}-\d\d-\d\d)-\d{6}-[0-9a-f]{8}\.warc\.gz")
_PATIENCE = timedelta(minutes=1)
"""After which a disk that could not be written is tried again."""
_REMEMBERED = 20_000
"""Addresses whose last body is known to be a repetition; beyond that some are written once more."""
_WAYS_OUT = {
    errno.ENOSPC: "make room, or keep fewer days: [archive] days",
    errno.EDQUOT: "make room, or keep fewer days: [archive] days",
    errno.EACCES: "let this user write there",
    errno.EROFS: "let this user write there",
    errno.ENOTDIR: "a file stands where the folder should be; move it away",
    errno.EEXIST: "a file stands where the folder should be; move it away",
}


class Archive:
    """Keeps pages in `folder` for `keep_days` full days, 0 for ever. Nothing is opened before the first page comes.

    A disk that can't be written is told once, and once more when it can be again; it never stops a look.
    """

    def __init__(self, folder: Path, keep_days: int) -> None:
        self._folder = folder
        self._keep_days = keep_days
        # one thread: records are written one after another, and whoever has the next page waits for the disk
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive")
        self._file: _File | None = None
        self._missed = 0
        self._not_before: datetime | None = None

    async def keep(self, page: Page, at: datetime) -> None:
        """Append a page that was fetched at a time. One that the server said is as it was has no body to keep."""
        if not page.not_modified:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._keep, page, at)

    def close(self) -> None:
        """What is being written is written to its end."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        if self._file is not None:
            self._file.close()
            self._file = None

    def _keep(self, page: Page, at: datetime) -> None:
        if self._not_before is not None and at < self._not_before <= at + _PATIENCE:
            self._missed += 1
            return
        try:
            self._file_of(at).append(page, at)
        except OSError as error:
            self._give_up(error, at)
        except ValueError as error:
            # an address or a header that a record can't hold; the page is read all the same
            _log.warning("page not archived", url=shown_address(page.url), reason=str(error))
        else:
            self._tell_recovery()

    def _file_of(self, at: datetime) -> _File:
        day = at.astimezone(UTC).date()
        if self._file is None or self._file.day != day:
            if self._file is not None:
                self._file.close()
                self._file = None
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._forget_before(day)
            self._file = _File(self._folder, at)
        return self._file

    def _forget_before(self, day: date) -> None:
        """Delete our own files of days that are over; what somebody else put there is theirs to delete."""
        for file in self._folder.iterdir() if self._keep_days else ():
            made = _OURS.fullmatch(file.name)
            with suppress(ValueError):
                if made and (day - date.fromisoformat(made[1])).days > self._keep_days:
                    file.unlink(missing_ok=True)

    def _give_up(self, error: OSError, at: datetime) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._not_before is None:
            way_out = _WAYS_OUT.get(error.errno or 0, "check the disk")
            _log.error("archive not written", folder=str(self._folder), reason=error.strerror or type(error).__name__, way_out=way_out)
        self._missed += 1
        self._not_before = at + _PATIENCE

    def _tell_recovery(self) -> None:
        if self._not_before is not None:
            _log.warning("archive written again", folder=str(self._folder), missed=self._missed)
            self._missed, self._not_before = 0, None


class _File:
    """One file, private to its user, open for appending; everything in it is whole."""

    def __init__(self, folder: Path, at: datetime) -> None:
        moment = at.astimezone(UTC)
        self.day = moment.date()
        # the last part keeps two programs apart that start within a second
        self._path = folder / f"{moment:%Y-%m-%d-%H%M%S}-{uuid4().hex[:8]}.warc.gz"
        self._descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self._whole = 0
        self._last: dict[str, Kept] = {}
        try:
            self._append(opening_record(self._path.name, at))
        except OSError:
            self.close()
            self._path.unlink(missing_ok=True)
            raise

    def append(self, page: Page, at: datetime) -> None:
        url = plain_address(page.final_url)
        record, kept = record_of(page, at, self._last.get(url))
        self._append(record)
        if len(self._last) >= _REMEMBERED:
            self._last.clear()
        self._last[url] = kept

    def close(self) -> None:
        os.close(self._descriptor)

    def _append(self, record: bytes) -> None:
        rest = memoryview(record)
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._descriptor, self._whole)
            raise
        self._whole += len(record)
