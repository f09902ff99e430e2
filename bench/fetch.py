"""How fast Vestnik reads pages, next to others, in the same run on the same machine: `make bench-fetch`.

Figures by themselves say more of the machine than of the program, so they are printed only; what must hold are the ratios:

- at least 1.5 times the pages per second of Scrapy, over 10, 200 and 1,000 hosts, plain and with TLS. Counted from nothing: robots.txt,
  connections and handshakes are in it, for both. The readers take turns, so that what else the machine does meets all of them, and
  the median of the rounds counts.
- a page costs the same (± 15 %) over 200 and 1,000 hosts as over 10: processor time over open connections, since connections and
  robots.txt are paid by the host, not by the page. The cheapest pass counts: other programs only ever add. With nothing open, see `new`.
- the process never takes more than 250 MB.

Exit status 1, and a line for each, where one does not hold.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from bench.site import Site, raise_file_limit, running_site
from bench.task import Measured, Task

HOSTS = (10, 200, 1000)
SCHEMES = ("http", "https")
FASTER = 1.5
FLAT = 0.15
MEMORY = 250_000_000
AT_ONCE, PER_HOST = 100, 8


@dataclass(frozen=True, slots=True)
class Peer:
    title: str
    module: str
    name: str
    compared: bool = False
    """Read in every round and judged; the others are read once, for information."""
    robots: bool = False
    """Whether it asks for robots.txt."""
    repeats: bool = False
    share: int = 1
    """It reads one page in so many."""
    most_hosts: int = max(HOSTS)


VESTNIK = Peer("Vestnik", "bench.peers", "vestnik", compared=True, robots=True, repeats=True)
SCRAPY = Peer("Scrapy", "bench.scrapy_peer", "aiohttp", compared=True, robots=True)
PEERS = (
    VESTNIK,
    SCRAPY,
    Peer("Scrapy, usual handler", "bench.scrapy_peer", "usual", robots=True),
    # its pool looks through all connections for each page: with 1,000 of them it is so slow that its own connections time out
    Peer("httpx as it comes", "bench.peers", "httpx", share=10, most_hosts=200),
    Peer("our transport alone", "bench.peers", "transport"),
)


@dataclass(frozen=True, slots=True)
class Setting:
    scheme: str
    hosts: int

    def __str__(self) -> str:
        return f"{self.hosts:>5,} hosts, {'TLS' if self.scheme == 'https' else 'plain'}"


SETTINGS = tuple(Setting(scheme, hosts) for scheme in SCHEMES for hosts in HOSTS)
Results = dict[tuple[Setting, Peer], list[Measured]]
"""One for each round."""


@dataclass(frozen=True, slots=True)
class Extent:
    pages: int
    rounds: int
    passes: int


def run(peer: Peer, setting: Setting, extent: Extent, site: Site) -> Measured:
    port = site.tls if setting.scheme == "https" else site.plain
    passes = extent.passes if peer.repeats else 1
    pages = max(extent.pages // peer.share, setting.hosts)
    task = Task(setting.hosts, pages, setting.scheme, port, str(site.ca), AT_ONCE, PER_HOST, passes)
    command = [sys.executable, "-m", peer.module, peer.name, task.as_text()]
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if ended.returncode:
        sys.exit(f"{peer.title} did not read the pages ({setting}); what it says of that stands above.")
    asked = site.asked()
    # a reader that skipped something would look fast
    if asked.pages != pages * passes or asked.robots != setting.hosts * peer.robots:
        sys.exit(f"{peer.title} did not read what it was told to ({setting}): the site was {asked}.")
    return replace(Measured.from_text(ended.stdout), connections=asked.connections)


def run_all(extent: Extent, site: Site) -> Results:
    results: Results = defaultdict(list)
    for turn in range(extent.rounds):
        for setting in SETTINGS:
            peers = [peer for peer in PEERS if peer.compared or (turn == 0 and setting.hosts <= peer.most_hosts)]
            for peer in peers if turn % 2 == 0 else reversed(peers):
                print(f"round {turn + 1} of {extent.rounds}: {setting}: {peer.title:<24}", end="\r", file=sys.stderr, flush=True)
                results[setting, peer].append(run(peer, setting, extent, site))
    print(" " * 80, end="\r", file=sys.stderr)
    return results


def speed(results: Results, setting: Setting, peer: Peer) -> float:
    """Pages per second."""
    return median(measured.pages / measured.first.wall for measured in results[setting, peer])


def ratio(results: Results, setting: Setting) -> float:
    """Of the speeds in the same round, so that a machine that is busy for a while slows both."""
    rounds = zip(results[setting, VESTNIK], results[setting, SCRAPY], strict=True)
    return median(scrapy.first.wall / ours.first.wall for ours, scrapy in rounds)


def cost(results: Results, setting: Setting) -> float | None:
    """Processor seconds that a page takes in the cheapest pass over open connections.

    None where they did not stay open: on a machine so busy that the round of the hosts took longer than an idle connection is kept.
    """
    stayed = [measured for measured in results[setting, VESTNIK] if measured.connections <= setting.hosts + AT_ONCE]
    return min((spent.cpu / measured.pages for measured in stayed for spent in measured.again), default=None)


def memory(results: Results, setting: Setting, peer: Peer) -> int:
    return max(measured.memory for measured in results[setting, peer])


def missed(results: Results) -> Iterator[str]:
    """A line for each figure that does not hold."""
    for setting in SETTINGS:
        if (reached := ratio(results, setting)) < FASTER:
            yield f"{setting}: {reached:.2f} times Scrapy's speed instead of {FASTER}"
        here, least = cost(results, setting), cost(results, Setting(setting.scheme, HOSTS[0]))
        if here is None or least is None:
            yield f"{setting}: what a page costs can't be told, as its connections timed out; run it when the machine is less busy"
        elif abs(here / least - 1) > FLAT:
            yield f"{setting}: a page costs {here / least - 1:+.0%} against {HOSTS[0]} hosts; ± {FLAT:.0%} is allowed"
        if (taken := memory(results, setting, VESTNIK)) > MEMORY:
            yield f"{setting}: {taken / 1e6:.0f} MB instead of {MEMORY / 1e6:.0f}"


def table(results: Results) -> Iterator[str]:
    yield f"{'':42}{'pages/s':>8}{'µs/page, new':>14}{'known host':>12}{'MB':>6}{'speed':>8}"
    for (setting, peer), rounds in sorted(results.items(), key=lambda entry: (SETTINGS.index(entry[0][0]), PEERS.index(entry[0][1]))):
        pace = speed(results, setting, peer)
        new = median(measured.first.cpu / measured.pages for measured in rounds) * 1e6
        known = f"{(cost(results, setting) or float('nan')) * 1e6:.0f}" if peer is VESTNIK else ""
        taken = memory(results, setting, peer) / 1e6
        yield f"{setting!s:<20}{peer.title:<22}{pace:>8,.0f}{new:>14,.0f}{known:>12}{taken:>6.0f}{compared(results, setting, peer):>8}"


def compared(results: Results, setting: Setting, peer: Peer) -> str:
    """How many times as fast Vestnik is; in brackets where nothing depends on it."""
    if peer is VESTNIK:
        return ""
    if peer is SCRAPY:
        return f"{ratio(results, setting):.2f}"
    return f"({speed(results, setting, VESTNIK) / speed(results, setting, peer):.2f})"


def main() -> int:
    parser = argparse.ArgumentParser(description="Vestnik's fetching next to others, over pages of 40 KB on this machine.")
    parser.add_argument("--quick", action="store_true", help="a trial: one round, fewer pages; its ratios are rough")
    quick: bool = parser.parse_args().quick
    extent = Extent(2_000, 1, 2) if quick else Extent(8_000, 3, 4)
    raise_file_limit()
    with tempfile.TemporaryDirectory() as folder, running_site(max(HOSTS), Path(folder)) as site:
        results = run_all(extent, site)
    print("\n".join(table(results)))
    print("\nµs/page: the reader's own processor time, from nothing and over open connections. speed: how many times as fast Vestnik is.")
    failures = list(missed(results))
    print("\n".join(f"MISSED {line}" for line in failures) or "Everything holds.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
