"""`python -m bench.watches.memory FILE`: the kilobytes that a process holds before and after it keeps a watch for each line of a file."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from notify.index import Matcher
from notify.lemmas import Lexicon
from notify.query import parse
from notify.watch import Watch
from storage.model import Texts


def _held() -> int:
    gc.collect()
    status = Path("/proc/self/status").read_text("utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def _watches(file: Path) -> Iterator[Watch]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            yield Watch(f"watch-{number}", parse(line.rstrip("\n")), ())


def main() -> None:
    matcher = Matcher([Watch("first", parse("слово OR word OR слоўнік"), ())], Lexicon())
    matcher.match(Texts("слово", "слова и слов"))  # dictionaries are there
    base, began = _held(), time.perf_counter()
    for watch in _watches(Path(sys.argv[1])):
        matcher.add(watch)
    seconds = time.perf_counter() - began
    print(base, _held(), seconds)


if __name__ == "__main__":
    main()
