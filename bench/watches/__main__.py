"""`make bench-watches`: one table of watches and search, beside a loop, tantivy and SQLite's FTS5; and one of the judged cases.

Exit status 1 where a ratio, the memory or an equality is missed; times hang on the machine, and are told.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.storage.places import POSTGRESQL, SQLITE
from bench.storage.table import Row, lines
from bench.watches import cases
from bench.watches.asking import MILLION, search_rows
from bench.watches.speeds import FULL, QUICK, match_rows, memory_rows


def _rows(folder: Path, *, quick: bool) -> Iterator[Row]:
    yield from match_rows(QUICK if quick else FULL)
    yield from memory_rows()
    articles = {SQLITE: MILLION // 50, POSTGRESQL: MILLION // 100} if quick else {SQLITE: MILLION, POSTGRESQL: MILLION // 5}
    yield from search_rows(folder, articles, 200 if quick else 1_000)


def main() -> int:
    parser = argparse.ArgumentParser(description="Watches and search, beside a loop, tantivy and SQLite's FTS5.")
    parser.add_argument("--quick", action="store_true", help="a trial with few texts and a small archive")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the archives there, and use those that are there")
    given = parser.parse_args()
    began = time.monotonic()
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
    with nullcontext(given.keep) if given.keep else TemporaryDirectory(prefix="bench-watches-") as folder:
        rows = list(_told(_rows(Path(folder), quick=given.quick)))
    print("\n".join(lines(rows)))
    print(f"\n{cases.table()}")
    missed = [row for row in rows if not row.reached]
    print(f"\n{len(rows) - len(missed)} of {len(rows)} reached, in {(time.monotonic() - began) / 60:.0f} minutes.")
    return 1 if any(row.binding for row in missed) else 0


def _told(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        print(f"{row.what}: {row.ours}", file=sys.stderr, flush=True)
        yield row


if __name__ == "__main__":
    sys.exit(main())
