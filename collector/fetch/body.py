"""An answer's body, unpacked within its limit.

Unpacked by ourselves: HTTP clients inflate a small bomb whole, and take a cut gzip stream for a complete one. Every step is given the
room that is left, so no more than the limit is ever made.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable, Callable
from typing import Protocol

import brotli
from backports import zstd

from collector.page import PageError, Trouble

ACCEPTED = "gzip, deflate, br, zstd"
_MOST_MEMBERS = 1000
"""Packed streams one after the other that are taken for one body; each may be empty, so their number needs a limit of its own."""
_WINDOW_LOG = 23
"""8 MB: what a decoder of HTTP bodies has to support, and no more (RFC 9659)."""


async def read_body(chunks: AsyncIterable[bytes], encoding: str, limit: int, *, cut: bool = False) -> bytes:
    """The whole body. `encoding` is the header's value; `limit` counts bytes, as they come and as they unpack; `cut`: of a body that is
    too large, as much as the limit allows.

    Raises PageError for a body that is too large, breaks off, or is packed in a way that was not asked for.
    """
    unpack = _unpacker(encoding)
    body, came = bytearray(), 0
    async for chunk in chunks:
        came += len(chunk)
        if unpack is None:
            body += chunk
        elif chunk:
            unpack.feed(chunk, body, limit)
        if max(came, len(body)) > limit:
            if cut:
                return bytes(body[:limit])
            raise PageError(Trouble.TOO_LARGE, f"the answer is larger than {limit / 1_000_000:g} MB")
    if unpack is not None and came and not unpack.ended:
        raise PageError(Trouble.INCOMPLETE, "the packed answer broke off before its end")
    return bytes(body)


class _Decoder(Protocol):
    """One packed stream; the interface that zlib, zstd and lzma share."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Unpacker:
    """A series of packed streams: gzip and zstd may hold several (RFC 1952, 2.2; RFC 8878, 3.1)."""

    def __init__(self, start: Callable[[bytes], _Decoder], goes_on: tuple[bytes, ...] = ()) -> None:
        self._start = start
        self._goes_on = goes_on
        self._decoder: _Decoder | None = None
        self._members = 0

    @property
    def ended(self) -> bool:
        return self._decoder is not None and self._decoder.eof

    def feed(self, chunk: bytes, body: bytearray, limit: int) -> None:
        try:
            while chunk and len(body) <= limit:
                if self._decoder is None or self._decoder.eof:
                    if self._members and not chunk.startswith(self._goes_on):
                        return  # bytes behind the end mean nothing, as in browsers
                    self._begin(chunk)
                assert self._decoder is not None  # noqa: S101
                body += self._decoder.decompress(chunk, limit + 1 - len(body))
                chunk = self._decoder.unused_data if self._decoder.eof else b""
        except (zlib.error, zstd.ZstdError, brotli.error):
            raise PageError(Trouble.UNREADABLE, "the packed answer is damaged") from None

    def _begin(self, chunk: bytes) -> None:
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise PageError(Trouble.UNREADABLE, f"the answer is packed in more than {_MOST_MEMBERS} pieces")
        self._decoder = self._start(chunk)


class _Brotli:
    """Brotli behind the interface of the others."""

    def __init__(self) -> None:
        self._decompressor = brotli.Decompressor()

    @property
    def unused_data(self) -> bytes:
        return b""

    @property
    def eof(self) -> bool:
        return bool(self._decompressor.is_finished())

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return bytes(self._decompressor.process(data, output_buffer_limit=max_length))


def _unpacker(encoding: str) -> _Unpacker | None:
    """None for a body that is not packed."""
    names = [name for part in encoding.lower().split(",") if (name := part.strip()) not in {"", "identity", "none"}]
    if not names:
        return None
    if len(names) > 1:
        raise PageError(Trouble.UNREADABLE, "the answer is packed more than once")
    try:
        return _UNPACKERS[names[0]]()
    except KeyError:
        raise PageError(Trouble.UNREADABLE, f"the answer is packed as {names[0][:40]!r}, which was not asked for") from None


def _inflater(chunk: bytes) -> _Decoder:
    # many servers send deflate without zlib's header (RFC 1950), whose first byte tells
    bare = chunk[0] & 0x0F != zlib.DEFLATED
    return zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS)


def _unzstd(_chunk: bytes) -> _Decoder:
    return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG})


def _gunzip() -> _Unpacker:
    return _Unpacker(lambda _chunk: zlib.decompressobj(16 + zlib.MAX_WBITS), (b"\x1f",))


_UNPACKERS: dict[str, Callable[[], _Unpacker]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": lambda: _Unpacker(_inflater),
    "br": lambda: _Unpacker(lambda _chunk: _Brotli()),
    # a frame, or one that is to be skipped
    "zstd": lambda: _Unpacker(_unzstd, (b"\x28\xb5\x2f\xfd", *(bytes([first, 0x2A, 0x4D, 0x18]) for first in range(0x50, 0x60)))),
}
