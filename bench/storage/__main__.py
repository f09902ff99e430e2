"""`make bench-storage`: one table of identity and storage at a million articles, beside the peers.

Exit status 1 where a share or a ratio is missed; times and sizes hang on the machine, and are told.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.storage.judging import false_rows, found_rows, judged_rows, recall_rows
from bench.storage.million import grow
from bench.storage.places import SQLITE, both, settle
from bench.storage.speeds import insert_rows, lookup_rows, page_rows, page_speeds, record_rows, signature_rows, start_rows
from bench.storage.table import Row, lines

_MANY = 1_000_000
_TENTH = 10
_QUICK = 100_000


def _rows(folder: Path, known: int, samples: int, sample: int) -> Iterator[Row]:
    """`samples` of pairs; a `sample` of what is done among all that is known."""
    yield from recall_rows(samples)
    yield from false_rows(samples)
    yield from judged_rows()
    yield from signature_rows()
    yield from record_rows(folder)
    with both(folder) as stores:
        have = stores[SQLITE].articles.count()
        if have < known // _TENTH:
            grow(list(stores.values()), have, known // _TENTH)
        for store in stores.values():
            settle(store)
        before = {kind: page_speeds(store) for kind, store in stores.items()} if have < known else {}
        grow(list(stores.values()), max(have, known // _TENTH), known)
        for kind, store in stores.items():
            settle(store)
            yield from lookup_rows(kind, store, known)
            yield from page_rows(kind, page_speeds(store), before.get(kind))
            yield from start_rows(kind, store)
        yield from insert_rows(stores[SQLITE], known, 10 * samples)
        yield from found_rows(SQLITE, stores[SQLITE], known, sample)


def main() -> int:
    parser = argparse.ArgumentParser(description="Identity and storage at a million generated articles, beside the peers.")
    parser.add_argument("--quick", action="store_true", help="a trial with a tenth of the articles")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the databases there, and use those that are there")
    given = parser.parse_args()
    known, samples, sample = (_QUICK, 200, 50) if given.quick else (_MANY, 1000, 200)
    began = time.monotonic()
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
    with nullcontext(given.keep) if given.keep else TemporaryDirectory(prefix="bench-storage-") as folder:
        rows = list(_told(_rows(Path(folder), known, samples, sample)))
    print("\n".join(lines(rows)))
    missed = [row for row in rows if not row.reached]
    print(f"\n{len(rows) - len(missed)} of {len(rows)} reached, in {(time.monotonic() - began) / 60:.0f} minutes.")
    return 1 if any(row.binding for row in missed) else 0


def _told(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        print(f"{row.what}: {row.ours}", file=sys.stderr, flush=True)
        yield row


if __name__ == "__main__":
    sys.exit(main())
