"""Where the program begins. What it needs takes a second to import, and Ctrl-C may come in it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
"""Of glibc's mallopt (malloc.h)."""


def main() -> None:
    # what is raised while a module is imported may be swallowed by it, and the program would go on
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    try:
        _give_memory_back()
        from collector.service.cli import main as run  # noqa: PLC0415  (see above)

        signal.signal(signal.SIGINT, signal.default_int_handler)
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
