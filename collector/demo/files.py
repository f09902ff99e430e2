"""Pictures and documents made in code, so that none has to be shipped."""

from __future__ import annotations

import struct
import zlib


def png(name: str, width: int = 48, height: int = 32) -> bytes:
    """A picture of one colour, which its name decides."""
    tint = zlib.crc32(name.encode())
    colour = bytes((tint & 0xFF, tint >> 8 & 0xFF, tint >> 16 & 0xFF))
    pixels = (b"\x00" + colour * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(pixels)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def pdf(line: str, size: int = 0) -> bytes:
    """A document of one page with one line (the standard fonts know Latin letters only), filled up to `size` bytes if it is shorter."""
    safe = line.encode("latin-1", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    drawing = b"BT /F1 14 Tf 72 770 Td (" + safe + b") Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    short = _assemble(objects, b"")
    # A comment line makes up the difference. It may lengthen the offset in the tail by a digit or two, hence the second go.
    made = _assemble(objects, b"%" * max(0, size - len(short)))
    return _assemble(objects, b"%" * max(0, size - len(short) - (len(made) - size))) if size and len(made) > size > len(short) else made


def _assemble(objects: list[bytes], filling: bytes) -> bytes:
    made = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    if filling:
        made += filling + b"\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return made + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        len(made),
    )
