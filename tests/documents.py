"""Documents of every kind that Vestnik reads, made for tests out of a few words."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

import pypdf

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_OPEN_TYPE = "application/vnd.oasis.opendocument.text"
_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def packed(parts: dict[str, bytes | str]) -> bytes:
    """A zip of parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


# --- DOCX, ODT ----------------------------------------------------------------------------------------------------------------------------


def docx(body: str, **parts: str) -> bytes:
    """A DOCX with the XML of a body, and of other parts (`footnotes="<w:footnote …>"`)."""
    others = {f"word/{name}.xml": f'<w:{name} xmlns:w="{WORD}">{xml}</w:{name}>' for name, xml in parts.items()}
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": docx_xml(body), **others})


def docx_xml(body: str) -> str:
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    either = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return f'<w:document xmlns:w="{WORD}" xmlns:m="{math}" xmlns:mc="{either}"><w:body>{body}</w:body></w:document>'


def word_paragraph(*texts: str) -> str:
    return f"<w:p>{''.join(f'<w:r><w:t>{text}</w:t></w:r>' for text in texts)}</w:p>"


def word_row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def odt(body: str, manifest: str = "<manifest/>") -> bytes:
    spaces = " ".join(f'xmlns:{name}="{_OPEN}:{name}:1.0"' for name in ("office", "text", "table", "drawing"))
    content = f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return packed({"mimetype": _OPEN_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest})


# --- RTF ----------------------------------------------------------------------------------------------------------------------------------


def rtf(body: str, charset: int = 204) -> bytes:
    """An RTF whose letters beyond ASCII are written by their bytes in the Cyrillic code page."""
    letters = "".join(letter if letter.isascii() else f"\\'{letter.encode('cp1251').hex()}" for letter in body)
    return rf"{{\rtf1\ansi\ansicpg1251\deff0{{\fonttbl{{\f0\fcharset{charset} Times New Roman;}}}}\f0 {letters}}}".encode()


def by_numbers(text: str) -> str:
    """Letters as RTF writes them by number."""
    return "".join(letter if letter.isascii() else f"\\u{ord(letter)}?" for letter in text)


# --- PDF ----------------------------------------------------------------------------------------------------------------------------------


def pdf(*pages: Sequence[tuple[float, float, str]], size: int = 12) -> bytes:
    """A PDF whose pages hold texts at places (from the left, from below), each letter half as wide as it is high."""
    letters = sorted({letter for page in pages for _, _, text in page for letter in text})
    codes = {letter: code for code, letter in enumerate(letters, 33)}
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", _font(len(letters)), _stream(_unicode_map(codes))]
    kids = []
    for page in pages:
        shown = "".join(f"BT /F {size} Tf {x} {y} Td <{''.join(f'{codes[c]:02x}' for c in text)}> Tj ET\n" for x, y, text in page)
        objects.append(_stream(shown.encode()))
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {len(objects)} 0 R/Resources<</Font<</F 3 0 R>>>>>>".encode()
        )
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return pdf_of(objects)


def pdf_of(objects: Sequence[bytes]) -> bytes:
    """A PDF of objects, numbered from 1; the first is its catalog."""
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return made + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))


def lines(*texts: str, left: float = 50, top: float = 750, pitch: float = 15) -> list[tuple[float, float, str]]:
    """Lines of a page, one under the other."""
    return [(left, top - pitch * number, text) for number, text in enumerate(texts)]


def locked_pdf(body: bytes, user: str, owner: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(body))
    writer.encrypt(user, owner, algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _font(count: int) -> bytes:
    widths = " ".join(["500"] * count)
    return f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 33/LastChar {32 + count}/Widths[{widths}]/ToUnicode 4 0 R>>".encode()


def _unicode_map(codes: dict[str, int]) -> bytes:
    pairs = "\n".join(f"<{code:02x}> <{ord(letter):04x}>" for letter, code in codes.items())
    ranges = "1 begincodespacerange <00> <ff> endcodespacerange"
    return f"begincmap {ranges} {len(codes)} beginbfchar {pairs} endbfchar endcmap".encode()


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)


# --- DOC ----------------------------------------------------------------------------------------------------------------------------------


def doc(text: str, flags: int = 0x1000) -> bytes:
    """A Word 97 document; `flags` say by default that its letters are two bytes wide."""
    letters = f"{text}\n".replace("\n", "\r").encode("utf-16-le")
    start = 2 * _SECTOR
    head = struct.pack("<HHHHHHHI", 0xA5EC, 193, 0, 0x419, 0, flags, 193, 0)
    head = head.ljust(24, b"\0") + struct.pack("<II", start, start + len(letters))
    return compound({"WordDocument": head.ljust(start, b"\0") + letters})


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file: a table of sectors, a folder, and streams, each padded to the size from which it has sectors of its own."""
    padded = {name: stream.ljust(8 * _SECTOR, b"\0") for name, stream in streams.items()}
    table, body, entries = [_FAT, _END], b"", [_entry("Root Entry", 5, _END, 0, child=1)]
    for name, stream in padded.items():
        count = -(-len(stream) // _SECTOR)
        entries.append(_entry(name, 2, len(table), len(stream)))
        table += [*range(len(table) + 1, len(table) + count), _END]
        body += stream.ljust(count * _SECTOR, b"\0")
    assert len(table) <= _SECTOR // 4, "one sector of the table is all that is made here"
    sectors = struct.pack(f"<{_SECTOR // 4}I", *table, *[_FREE] * (_SECTOR // 4 - len(table)))
    return _compound_head() + sectors + b"".join(entries).ljust(_SECTOR, b"\0") + body


def _compound_head() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0")
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return head + struct.pack("<109I", 0, *[_FREE] * 108)


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    letters = name.encode("utf-16-le")
    entry = letters.ljust(64, b"\0") + struct.pack("<HBBIII", len(letters) + 2, kind, 1, _FREE, _FREE, child)
    return entry.ljust(116, b"\0") + struct.pack("<IQ", start, size)
