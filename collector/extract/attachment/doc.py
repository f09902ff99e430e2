"""DOC (Word 6 to 2003), read by catdoc: an old format that no library of Python reads.

catdoc gets the document as an unnamed temporary file and no name of any other; it is ended when it writes too much or takes too long.
"""

from __future__ import annotations

import re
import resource
import shutil
import struct
import subprocess
import tempfile
import threading
from contextlib import suppress
from math import ceil

from collector.extract.attachment.limits import DocumentLimits, damaged, protected
from collector.extract.attachment.tidy import joined, tidy
from collector.page import PageError, Trouble

_STREAM, _PACKAGE = ("WordDocument".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le"))
_START_FIELD, _SIZE_FIELD, _FLAGS_FIELD, _ENCRYPTED = 116, 120, 10, 0x0100
_LONGEST_LETTER = 4
_LINK = re.compile(r'HYPERLINK\s+(?:\\\w\s+)?"[^"\n]*"(?:\s+\\\w(?:\s+"[^"\n]*")?)*')
"""Where a link goes, which catdoc writes before the words of the link."""
_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"}


def is_word(body: bytes) -> bool:
    """Whether a compound file holds a document of Word, or one that is locked up whole."""
    return _STREAM in body or _PACKAGE in body


def read_doc(body: bytes, limits: DocumentLimits) -> str:
    if _is_protected(body):
        raise protected()
    if _breaks_off(body):
        raise damaged("its end is missing")
    text = _catdoc(body, limits).decode(errors="replace")
    if not text.strip():
        raise damaged("there is no text in it")
    return joined(map(_paragraph, re.split(r"[\n\f]+", text)), limits.text)


def _paragraph(line: str) -> str:
    """A line of catdoc's is a paragraph, or a row of a table with a tab between cells."""
    return tidy(re.sub(r"\s*\t\s*", " | ", _LINK.sub("", line).strip()))


def _is_protected(body: bytes) -> bool:
    """By the first flags of Word's own stream; a locked DOCX is a compound file with nothing else to read."""
    if _PACKAGE in body:
        return True
    entry = body.find(_STREAM)
    try:
        (shift,) = struct.unpack_from("<H", body, 30)
        (start,) = struct.unpack_from("<I", body, entry + _START_FIELD)
        (flags,) = struct.unpack_from("<H", body, ((start + 1) << min(shift, 16)) + _FLAGS_FIELD)
    except struct.error:
        return False
    return bool(flags & _ENCRYPTED)


def _breaks_off(body: bytes) -> bool:
    """Whether Word's own stream is longer than the whole file: catdoc would look for its end without end."""
    size = body[(field := body.find(_STREAM) + _SIZE_FIELD) : field + 4]
    return int.from_bytes(size, "little") > len(body)


def _catdoc(body: bytes, limits: DocumentLimits) -> bytes:
    """What catdoc writes, and not much more than is wanted of it."""
    program = shutil.which("catdoc", path=_ENVIRONMENT["PATH"])
    if program is None:
        raise PageError(Trouble.UNREADABLE, ".doc files are read by catdoc, which is not installed here")
    command = [program, "-w", "-d", "utf-8", "-s", "cp1251"]
    with tempfile.TemporaryFile() as document:
        document.write(body)
        document.seek(0)
        with subprocess.Popen(  # noqa: S603  (no shell, and nothing of the document's in the command)
            command, stdin=document, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_ENVIRONMENT, cwd="/"
        ) as process:
            return _output(process, limits.text * _LONGEST_LETTER, limits.seconds)


def _output(process: subprocess.Popen[bytes], most: int, seconds: float) -> bytes:
    """The beginning of what a process writes; it is over afterwards. Raises PageError where that takes too long."""
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    clock = threading.Timer(seconds, end)
    clock.start()
    try:
        with suppress(OSError, ValueError):  # it is over already, or has a lower limit
            # should we be killed meanwhile, it ends by itself
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (ceil(seconds), ceil(seconds)))
        written = process.stdout.read(most) if process.stdout else b""
    finally:
        clock.cancel()
        process.kill()
    if late.is_set():
        raise PageError(Trouble.UNREADABLE, f"reading it took longer than {seconds:g} s; it may be made to do so")
    return written
