"""What a link calls a file, made safe to show and to keep under."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 240
"""Bytes in UTF-8: file systems take 255, and whoever keeps a file may add a few."""
_LONGEST_SUFFIX = 12
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Categories of characters that are not seen, or turn the direction of what is: an «exe.fdp» can be made to read «pdf.exe»."""


def shown_name(name: str) -> str:
    """One line without anything invisible; no path, never empty, short enough for a file's name.

    A slash becomes a hyphen: «Указ № 5/2024» is a title, and no folder.
    """
    composed = unicodedata.normalize("NFC", re.sub(r"\s", " ", name[: 20 * _LONGEST]))
    seen = "".join(letter for letter in composed if unicodedata.category(letter) not in _HIDDEN)
    flat = re.sub(r" +", " ", re.sub(r"[/\\]+", "-", seen)).strip()
    bare = re.sub(r"^(?:\.*-)*\.*\s*", "", flat).rstrip(" .")
    return _shortened(bare) or "document"


def _shortened(name: str) -> str:
    """The name within the length; its suffix says what it is, and stays."""
    if len(name.encode()) <= _LONGEST:
        return name
    stem, dot, suffix = name.rpartition(".")
    tail = f"…{dot}{suffix}" if dot and 0 < len(suffix) <= _LONGEST_SUFFIX else "…"
    start = (stem if tail != "…" else name).encode()[: _LONGEST - len(tail.encode())]
    return start.decode(errors="ignore").rstrip() + tail
