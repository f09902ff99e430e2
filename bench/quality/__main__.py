"""`make quality`: one table of what is read out of the real pages, beside the peers. Exit status 1 where something is missed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from bench.quality.articles import article_rows
from bench.quality.lists import each_listing, feed_rows, list_rows
from bench.quality.scores import Row, table
from bench.quality.speed import speed_rows
from bench.quality.truth import PAGES


def _rows(*, speed: bool) -> Iterator[Row]:
    yield from article_rows()
    yield from list_rows()
    yield from feed_rows()
    if speed:
        yield from speed_rows()


def main() -> int:
    parser = argparse.ArgumentParser(description="How well and how fast the real pages in ../shared/pages are read, beside the peers.")
    parser.add_argument("--no-speed", action="store_true", help="leave out what depends on the machine")
    parser.add_argument("--verbose", action="store_true", help="a line for each listing that may be looked at")
    given = parser.parse_args()
    if not PAGES.is_dir():
        sys.exit(f"make quality reads the real pages, and there is no folder {PAGES}; they are no part of Vestnik.")
    rows = list(_rows(speed=not given.no_speed))
    print("\n".join(table(rows)))
    if given.verbose:
        print("", *each_listing(), sep="\n")
    missed = [row for row in rows if not row.holds]
    print(f"\n{len(rows) - len(missed)} of {len(rows)} hold.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
