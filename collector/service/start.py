"""Where the program begins. What it needs takes a second to import, and Ctrl-C may come in it."""

from __future__ import annotations

import ctypes
import sys

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
"""Of glibc's mallopt (malloc.h)."""


def main() -> None:
    try:
        _give_memory_back()
        from collector.service.cli import main as run  # noqa: PLC0415  (see above)

        run()
    except KeyboardInterrupt:
        sys.exit(130)


def _give_memory_back() -> None:
    """Pages are large and short-lived. After the first, glibc keeps such blocks in its heaps, where smaller ones come to lie between them
    and none is given back: with some hundred sources that took 440 MB where 290 are enough. Other libraries of C have no such habit.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    mallopt(_M_MMAP_THRESHOLD, 128 * 1024)
    mallopt(_M_ARENA_MAX, 2)
