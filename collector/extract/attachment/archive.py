"""The parts of a zipped document, unpacked no further than is allowed: what its table of contents claims is not believed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from collector.extract.attachment.limits import damaged, protected, unpacks_too_far
from collector.page import PageError, Trouble

_MOST_PARTS = 10_000
"""A document has dozens; each costs memory before any is read."""
_PIECE = 65_536
_PART_MARK = b"PK\x01\x02"
_ENCRYPTED = 1


class Archive:
    """An open zip. All that is read from it counts towards one limit."""

    def __init__(self, body: bytes, limit: int) -> None:
        if body.count(_PART_MARK) > _MOST_PARTS:
            raise PageError(Trouble.TOO_LARGE, f"it is packed from more than {_MOST_PARTS} parts")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(body))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise damaged("its end is missing, or its table of contents is wrong") from error
        self.names = frozenset(self._zip.namelist())
        self._limit = self._left = limit

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._zip.close()

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part's bytes, piece by piece. Raises PageError where they can't be had, or are too many."""
        part = self._zip.getinfo(name)
        if part.flag_bits & _ENCRYPTED:
            raise protected()
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            # documents have no others, and Python unpacks those without a bound
            raise damaged(f"its part {name} is packed in a way that documents are not")
        try:
            with self._zip.open(part) as stream:
                while piece := stream.read(_PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise unpacks_too_far(self._limit)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
            raise damaged(f"its part {name} can't be unpacked") from error

    def whole(self, name: str) -> bytes:
        return b"".join(self.pieces(name))
