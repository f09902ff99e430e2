"""What each hostile server comes to: the outcome in the program's own words, the time, and the memory of the process and of its reader.

`python -m bench.hostile` asks every case of `tests/hostile`, each by a fresh process with the limits that the program has by default, but
for the deadline of an answer, which is 10 s (or `--deadline`) instead of 60, so that it takes minutes and not an hour. `--only PATTERN`
asks those whose name matches. Exit status 1 where a case ended otherwise than it may, or took too long or too much.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parent.parent
TESTS = ROOT / "tests"
sys.path[:0] = [str(ROOT), str(TESTS)]

from hostile import CASES, Case, HostileSite  # noqa: E402
from hostile.peak import children_of, peak  # noqa: E402

from bench.meeting import Met  # noqa: E402
from collector.page import Trouble  # noqa: E402

MOST_MEMORY = 250.0
"""MB, of each process."""
GRACE = 15.0
"""Seconds beyond the deadlines of robots.txt and of the page: reading has a deadline too, and the reader has to start."""


def met_alone(site: HostileSite, case: Case, ca: Path, deadline: float) -> Met:
    """By a process of its own, whose memory holds nothing of other cases."""
    # a list whose links are refused is itself what it is about
    url = site.url(case.name, "/" if case.links & {None, Trouble.REFUSED} else "/n/1")
    command = [sys.executable, "-m", "bench.meeting", url, str(ca), str(deadline)]
    paths = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=paths, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        reader = _most_of_readers(process)
        told, broke = process.communicate()
    if process.returncode:
        return Met("crash", broke.strip().splitlines()[-1][:200], 0, 0)
    return replace(Met(**json.loads(told)), reader=reader)


def _most_of_readers(process: subprocess.Popen[str]) -> float:
    """MB, of the largest process that it started, as far as was seen until it ended."""
    most = 0.0
    while process.poll() is None:
        most = max(most, *map(peak, children_of(process.pid)), 0.0)
        time.sleep(0.01)
    return most


def mistake(case: Case, seen: Met, longest: float) -> str:
    """What is wrong with how it ended; empty where nothing is."""
    may = {str(trouble or "") for trouble in case.ends | case.reads | case.links}
    if frozenset({None}) != case.ends and None not in case.ends:
        may = {str(trouble) for trouble in case.ends}
    if seen.trouble not in may and seen.trouble != Trouble.TEMPORARY:
        return "ended otherwise than it may"
    if seen.seconds > longest:
        return f"took more than {longest:g} s"
    return f"took more than {MOST_MEMORY:g} MB" if max(seen.main, seen.reader) > MOST_MEMORY else ""


def table(cases: list[Case], deadline: float) -> int:
    """Print a line for each case; how many went wrong."""
    longest = 2 * deadline + GRACE
    wrong = 0
    print(f"{'case':62} {'s':>6} {'MB':>5} {'reader':>6}  outcome")
    with HostileSite(CASES) as site, tempfile.TemporaryDirectory() as folder:
        ca = site.write_authority(Path(folder) / "ca.pem")
        for case in cases:
            seen = met_alone(site, case, ca, deadline)
            words = mistake(case, seen, longest)
            wrong += bool(words)
            print(
                f"{case.name:62} {seen.seconds:6.2f} {seen.main:5.0f} {seen.reader:6.0f}  {seen.outcome}{f'  <-- {words}' * bool(words)}",
                flush=True,
            )
        visitors = site.canary.visitors()
    print(f"{len(cases)} cases, {wrong} wrong, {visitors} visits to private addresses")
    return wrong + visitors


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--only", default="", help="a pattern of names")
    reader.add_argument("--deadline", type=float, default=10.0, help="seconds for an answer")
    asked = reader.parse_args()
    sys.exit(bool(table([case for case in CASES if re.search(asked.only, case.name)], asked.deadline)))


if __name__ == "__main__":
    main()
