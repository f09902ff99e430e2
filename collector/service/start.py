"""Where the program begins. What it needs takes a second to import, and Ctrl-C may come in it."""

from __future__ import annotations

import sys


def main() -> None:
    try:
        from collector.service.cli import main as run  # noqa: PLC0415  (see above)

        run()
    except KeyboardInterrupt:
        sys.exit(130)
