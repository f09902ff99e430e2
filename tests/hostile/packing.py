"""Packed answers: bombs in every encoding, streams without end that unpack to nothing, and packing that is broken."""

from __future__ import annotations

import gzip
import itertools
import zlib
from collections.abc import Iterable, Iterator

import brotli
from backports import zstd

from collector.page import Trouble
from hostile.case import LISTING, Case, Ending, Handler, Visit, ends, head, whole

_BLOCK = bytes(1 << 20)
_ZEROS = bytes(1 << 17)
_TIMES = 64
_GZIP_START = bytes.fromhex("1f8b0800000000000003")
_ZLIB_START = b"\x78\x9c"
_ZSTD_MAGIC = bytes.fromhex("28b52ffd")
_STORED_NOTHING = bytes.fromhex("000000ffff")
"""A deflate block of no bytes that is not the last one."""
BOMB = ends(Trouble.TOO_LARGE, Trouble.UNREADABLE)
CUT = ends(Trouble.INCOMPLETE, Trouble.UNREADABLE)
"""A broken packing can't always be told from one that broke off."""
ENDLESS = ends(Trouble.TOO_LARGE, Trouble.UNREADABLE, Trouble.TEMPORARY)


def deflated_zeros() -> bytes:
    """1 MB of zeros as deflate blocks that may be repeated for ever."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    return packer.compress(_BLOCK) + packer.flush(zlib.Z_FULL_FLUSH)


def brotli_zeros() -> tuple[bytes, bytes]:
    """1 MB of zeros with brotli's beginning, and 1 MB more that may be repeated for ever."""
    packer = brotli.Compressor(quality=5)
    return packer.process(_BLOCK) + packer.flush(), packer.process(_BLOCK) + packer.flush()


def zstd_start(window_exponent: int) -> bytes:
    """The beginning of a frame that asks for a window of 2^(10 + exponent) bytes."""
    return _ZSTD_MAGIC + bytes([0, window_exponent << 3])


def zstd_zeros(*, last: bool = False) -> bytes:
    """128 KB of zeros as a block of four bytes."""
    run_length = 1
    return (last | run_length << 1 | len(_ZEROS) << 3).to_bytes(3, "little") + b"\0"


def bodies() -> dict[str, bytes]:
    """64 MB of zeros, whole, in each encoding. Put together from repeated pieces, since packing so much takes seconds."""
    deflated, (brotli_start, brotli_again) = deflated_zeros() * _TIMES + b"\x03\0", brotli_zeros()
    crc, adler = 0, 1
    for _ in range(_TIMES):
        crc, adler = zlib.crc32(_BLOCK, crc), zlib.adler32(_BLOCK, adler)
    size = len(_BLOCK) * _TIMES
    return {
        "gzip": _GZIP_START + deflated + crc.to_bytes(4, "little") + size.to_bytes(4, "little"),
        "deflate": _ZLIB_START + deflated + adler.to_bytes(4, "big"),
        "br": brotli_start + brotli_again * (_TIMES - 1) + b"\x03",
        "zstd": zstd_start(7) + zstd_zeros() * (size // len(_ZEROS) - 1) + zstd_zeros(last=True),
    }


def packed(encoding: str, pieces: Iterable[bytes]) -> Handler:
    """An answer packed so, of these pieces, for as long as there are any."""

    async def answer(visit: Visit) -> None:
        await visit.send(head("Content-Type: text/html; charset=utf-8", f"Content-Encoding: {encoding}", "Connection: close"))
        await visit.send_for_ever(pieces)

    return answer


class Repeated:
    """A beginning, then the same for ever. Iterable as often as there are visits."""

    def __init__(self, start: bytes, again: bytes, at_once: int = 1) -> None:
        self._start = start
        self._again = again * at_once

    def __iter__(self) -> Iterator[bytes]:
        return itertools.chain([self._start], itertools.repeat(self._again))


def _bomb(name: str, encoding: str, start: bytes, again: bytes, at_once: int = 1) -> Case:
    return Case(name, packed(encoding, Repeated(start, again, at_once)), BOMB)


def _small_bomb(name: str, encoding: str, body: bytes, may: frozenset[Ending] = BOMB) -> Case:
    """One that is whole, with an honest length."""
    return Case(name, whole(body, f"Content-Encoding: {encoding}"), may)


def bombs() -> list[Case]:
    deflated, (brotli_start, brotli_again), small = deflated_zeros(), brotli_zeros(), bodies()
    squeezed = small["gzip"]
    return [
        _bomb("gzip bomb", "gzip", _GZIP_START, deflated, 16),
        _bomb("x-gzip bomb", "x-gzip", _GZIP_START, deflated, 16),
        _bomb("deflate bomb", "deflate", _ZLIB_START, deflated, 16),
        _bomb("raw deflate bomb", "deflate", b"", deflated, 16),
        _bomb("br bomb", "br", brotli_start, brotli_again, 100),
        _bomb("zstd bomb", "zstd", zstd_start(7), zstd_zeros(), 1000),
        _bomb("zstd bomb of whole frames", "zstd", b"", zstd.compress(_BLOCK), 10),
        *(_small_bomb(f"small {encoding} bomb", encoding, body) for encoding, body in small.items()),
        _small_bomb("gzip in gzip", "gzip, gzip", gzip.compress(squeezed)),
        _small_bomb("br in gzip in zstd", "br, gzip, zstd", zstd.compress(gzip.compress(small["br"]))),
        _small_bomb("packed a hundred times", ", ".join(["gzip"] * 100), _packed_often(100)),
        Case(
            "gzip in gzip of which one is told",
            whole(gzip.compress(squeezed), "Content-Encoding: gzip"),
            reads=ends(Trouble.UNREADABLE),
        ),
        _small_bomb("zstd with a window of 2 GB", "zstd", zstd_start(21) + zstd_zeros() * 10),
        _small_bomb("zstd with a window of 128 MB", "zstd", zstd_start(17) + zstd_zeros() * 5000),
    ]


def _packed_often(times: int) -> bytes:
    body = LISTING
    for _ in range(times):
        body = gzip.compress(body, 1)
    return body


def endless() -> list[Case]:
    """Streams that never end and never give a byte: only what comes in can be counted, or the time."""
    skipped = bytes.fromhex("502a4d18") + (4096).to_bytes(4, "little") + bytes(4096)
    # brotli's window, then metadata blocks of no bytes: not the last, three bits of size 11, reserved 0, no size; padded to a byte
    return [
        Case("endless gzip of empty members", packed("gzip", Repeated(b"", gzip.compress(b""), 3000)), ENDLESS),
        Case("endless name in a gzip header", packed("gzip", Repeated(bytes.fromhex("1f8b0808000000000003"), b"n" * 65536)), ENDLESS),
        Case("endless empty blocks of deflate", packed("deflate", Repeated(_ZLIB_START, _STORED_NOTHING, 10000)), ENDLESS),
        Case("endless empty frames of zstd", packed("zstd", Repeated(b"", skipped, 16)), ENDLESS),
        Case("endless metadata of br", packed("br", Repeated(brotli.Compressor().flush(), b"\x06", 65536)), ENDLESS),
    ]


def broken() -> list[Case]:
    gzipped, zlibbed, brotlied, zstded = gzip.compress(LISTING), zlib.compress(LISTING), brotli.compress(LISTING), zstd.compress(LISTING)
    return [
        *(
            _small_bomb(f"truncated {encoding}", encoding, body[: len(body) * 2 // 3], CUT)
            for encoding, body in (("gzip", gzipped), ("deflate", zlibbed), ("br", brotlied), ("zstd", zstded))
        ),
        _small_bomb("gzip without its last byte", "gzip", gzipped[:-1], CUT),
        _small_bomb("gzip with a wrong sum", "gzip", gzipped[:-8] + bytes(4) + gzipped[-4:], CUT),
        _small_bomb("second member of gzip is cut", "gzip", gzipped + gzipped[:-20], CUT),
        *(
            _small_bomb(f"{encoding} that is none", encoding, LISTING, CUT | ends(Trouble.TOO_LARGE))
            for encoding in ("gzip", "deflate", "br", "zstd")
        ),
        _small_bomb("gzip with rubbish behind it", "gzip", gzipped + b"\0" * 512 + b"rubbish", CUT | ends(None)),
        _small_bomb("packed as nobody knows", "x-snow", LISTING, ends(Trouble.UNREADABLE)),
        _small_bomb("packed as 60 KB of words", "gzip" * 15000, LISTING, ends(Trouble.UNREADABLE, Trouble.INCOMPLETE, Trouble.TOO_LARGE)),
        _small_bomb("said to be packed and empty", "gzip", b"", CUT | ends(None)),
        Case("gzip of which nothing is told", whole(gzipped), reads=ends(None)),
    ]


CASES = (*bombs(), *endless(), *broken())
