"""Runs `vestnik` and ends it by SIGKILL at one of its transactions, as a power failure would.

Arguments: `before` or `after`, the step (`store_articles.record`), and those of `vestnik`. A step is the function of the storage
package that commits. With `never` as the moment, each step that commits something is written to the file named in the step's place.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

from collector.service import threads
from collector.service.cli import main

MOMENT = STEP = ""
_commit = DefaultDialect.do_commit
_changes: dict[int, int] = {}


def _step() -> str:
    """The function of the storage package that is committing."""
    frame: Any = sys._getframe()
    while frame is not None:
        path, function = Path(frame.f_code.co_filename), frame.f_code.co_name
        if path.parent.name == "storage" and function not in {"write", "read"}:
            return f"{path.stem}.{function}"
        frame = frame.f_back
    return ""


def commit(self: DefaultDialect, connection: Any) -> None:
    driver = connection.driver_connection
    wrote = driver.total_changes != _changes.get(id(driver), 0)
    step = _step() if wrote else ""
    if step == STEP and MOMENT == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    _commit(self, connection)
    _changes[id(driver)] = driver.total_changes  # afterwards: the search index writes a part of what is new as it is committed
    if step == STEP and MOMENT == "after":
        os.kill(os.getpid(), signal.SIGKILL)
    if step and MOMENT == "never":
        with Path(STEP).open("a", encoding="utf-8") as steps:
            steps.write(f"{step}\n")


# the process that reads pages imports this file too
if __name__ == "__main__":
    MOMENT, STEP = sys.argv[1:3]
    DefaultDialect.do_commit = commit  # type: ignore[method-assign]
    threads._TOGETHER = 1  # each step commits by itself, so that it can be told from the others
    main(sys.argv[3:])
