"""Taking pages out of the archive again, from our own files and from those that other tools put into its folder.

Files may be cut short, damaged or made to harm: what can't be read is passed over. warcio's own reader is not used, as it gathers a line
without end, unpacks without a bound, and speaks on standard error.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import http.client
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

import structlog

from collector.address import is_web_address
from collector.archive.records import ASKED
from collector.page import Page

LARGEST = 50_000_000
"""Bytes of a body that is read again."""
_HEADERS = 1_000_000
"""Bytes that may stand around a body."""
_PASSED_OVER = 10_000_000_000
"""Bytes that are unpacked to pass over one record; a larger one is a trap."""
_PIECE = 1_000_000
_LINE = 65_536
_GZIP = b"\x1f\x8b"
_log = structlog.get_logger("vestnik.archive")


@dataclass(frozen=True, slots=True)
class Archived:
    """A page as it was fetched at a time."""

    page: Page
    at: datetime


class _DamagedError(Exception):
    """What is no WARC, or no HTTP."""


_UNREADABLE = (OSError, EOFError, zlib.error, http.client.HTTPException, ValueError, _DamagedError)


def archived(folder: Path, wanted: Callable[[str], bool], largest: int = LARGEST) -> Iterator[Archived]:
    """Every archived page whose address, as it was asked for, is wanted (`Family.holds`). One is held in memory at a time.

    Oldest first, as far as files don't overlap in time: a file's pages come in the order in which they were written, and files in that of
    their first records.
    """
    files = [file for pattern in ("*.warc", "*.warc.gz") for file in folder.rglob(pattern) if file.is_file()]
    for file in sorted(files, key=lambda file: (_begins(file), file.name)):
        try:
            with _unpacked(file) as stream:
                yield from _pages(stream, wanted, largest)
        except (EOFError, FileNotFoundError):
            pass  # its writer was killed or is writing at this moment, or its day is over
        except _UNREADABLE as error:
            _log.warning("archive file damaged", file=str(file), reason=f"{error}; what follows in it is passed over")


def _pages(stream: BinaryIO, wanted: Callable[[str], bool], largest: int) -> Iterator[Archived]:
    while (fields := _next_fields(stream)) is not None:
        length = int(fields.get("Content-Length", ""))
        url = _address(fields.get(ASKED, "") or fields.get("WARC-Target-URI", ""))
        if length < 0:
            raise _DamagedError("a record has a length below zero")
        if fields.get("WARC-Type") != "response" or length > largest + _HEADERS or not is_web_address(url) or not wanted(url):
            _pass_over(stream, length)
            continue
        block = stream.read(length)
        if len(block) < length:
            raise EOFError
        if (found := _page(fields, url, block, largest)) is not None:
            yield found


def _page(fields: Message, url: str, block: bytes, largest: int) -> Archived | None:
    """The page in a record; None where it holds none that can be read again, while the next record may."""
    try:
        at = datetime.fromisoformat(fields.get("WARC-Date", ""))
        if not _is_sound(fields, block):
            return None
        answer = BytesIO(block)
        status = answer.readline(_LINE).split(maxsplit=2)
        headers = http.client.parse_headers(answer)
        if status[1:2] != [b"200"]:
            return None
        body = _body(answer.read(), headers, largest)
    except _UNREADABLE:
        return None
    page = Page(
        url=url,
        final_url=_address(fields.get("WARC-Target-URI", "")) or url,
        content_type=headers.get("Content-Type", ""),
        body=body,
        etag=headers.get("ETag", ""),
        last_modified=headers.get("Last-Modified", ""),
        headers=tuple((name, str(value)) for name, value in headers.items()),
    )
    return Archived(page, at if at.tzinfo else at.replace(tzinfo=UTC))


def _next_fields(stream: BinaryIO) -> Message | None:
    """The named fields of the next record; None at the end of the file."""
    while (line := stream.readline(_LINE)).isspace():
        pass
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise _DamagedError("a record does not begin as those of a WARC file do")
    return http.client.parse_headers(stream)


def _address(field: str) -> str:
    """Fields are in UTF-8, and were read as Latin-1; some tools put brackets around an address."""
    return field.encode("latin-1", "replace").decode("utf-8", "replace").strip().removeprefix("<").removesuffix(">")


def _is_sound(fields: Message, block: bytes) -> bool:
    """Whether a block is the one that was written, as far as its digest is of a kind that we know."""
    name, _, digest = fields.get("WARC-Block-Digest", "").partition(":")
    if name.lower() != "sha1":
        return True
    made = hashlib.sha1(block, usedforsecurity=False)
    return digest.lower() in {made.hexdigest(), base64.b32encode(made.digest()).decode().lower()}


def _body(body: bytes, headers: Message, largest: int) -> bytes:
    if "chunked" in headers.get("Transfer-Encoding", "").lower():
        body = _dechunked(body)
    encoding = headers.get("Content-Encoding", "").strip().lower()
    if encoding in {"gzip", "x-gzip", "deflate"}:
        body = _inflated(body, encoding, largest)
    elif encoding not in {"", "identity"}:
        raise _DamagedError(f"a body is packed as {encoding}, which is not read again")
    if len(body) > largest:
        raise _DamagedError("a body is larger than what is read again")
    return body


def _dechunked(body: bytes) -> bytes:
    """RFC 9112, 7.1. Some tools keep the header and put the chunks together; such a body stays as it is."""
    chunks: list[bytes] = []
    start = 0
    while True:
        end = body.find(b"\r\n", start)
        try:
            size = int(body[start : max(end, start)].split(b";")[0], 16)
        except ValueError:
            if chunks:
                raise
            return body
        if size <= 0:
            return b"".join(chunks)
        chunks.append(body[end + 2 : end + 2 + size])
        start = end + 2 + size + 2


def _inflated(body: bytes, encoding: str, largest: int) -> bytes:
    if encoding != "deflate" and not body.startswith(_GZIP):
        return body  # unpacked by the tool, with its header left
    try:
        return _unzipped(body, zlib.MAX_WBITS | 32, largest)
    except zlib.error:
        return _unzipped(body, -zlib.MAX_WBITS, largest)  # what some servers call deflate


def _unzipped(body: bytes, window: int, largest: int) -> bytes:
    unzip = zlib.decompressobj(window)
    made = unzip.decompress(body, largest + 1)
    if not unzip.eof:
        raise _DamagedError("a packed body is cut short, or larger than what is read again")
    return made


def _pass_over(stream: BinaryIO, length: int) -> None:
    if length > _PASSED_OVER:
        raise _DamagedError(f"a record claims to have {length} bytes")
    while length > 0:
        piece = stream.read(min(length, _PIECE))
        if not piece:
            raise EOFError
        length -= len(piece)


def _unpacked(file: Path) -> BinaryIO:
    """A file's content, whether it was compressed or not; what it is called says little."""
    with file.open("rb") as stream:
        packed = stream.read(len(_GZIP)) == _GZIP
    return cast("BinaryIO", gzip.open(file)) if packed else file.open("rb")


def _begins(file: Path) -> datetime:
    """When its first record was made; a file that can't be read comes last."""
    try:
        with _unpacked(file) as stream:
            fields = _next_fields(stream)
        at = datetime.fromisoformat(fields.get("WARC-Date", "") if fields else "")
    except _UNREADABLE:
        return datetime.max.replace(tzinfo=UTC)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
