# ruff: noqa: PLC0415  (the reader's process imports this module, and must not import all the rest by that)
"""One meeting with one hostile server, by a process of its own: prints how it ended, as JSON.

Apart from `bench.hostile`, whose imports the reader's process would import too. Arguments: address, file of authorities, deadline.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

_TITLE = "Министерство утвердило порядок оказания услуг связи № 1"
"""What the lists of hostile sites call their first publication."""
NETWORK = "127.9.0.0/16"


@dataclass(frozen=True, slots=True)
class Met:
    """What meeting one case came to."""

    trouble: str
    """Empty where it was read."""
    words: str
    seconds: float
    main: float
    """MB at the peak."""
    reader: float = 0
    """The same of the process that read for it, as whoever watched it saw; 0 where none was needed."""

    @property
    def outcome(self) -> str:
        return f"{self.trouble}: {self.words}" if self.trouble else self.words


async def meet(url: str, ca: Path, deadline: float) -> str:
    """How much was read, in words: of a list, or of a publication where the address is one's. Raises PageError."""
    from datetime import UTC, datetime, timedelta
    from ipaddress import ip_network

    from collector.address import family_of, host_of, link_key
    from collector.discover import read_entry_point
    from collector.fetch import Access
    from collector.reading import read_sighting
    from collector.service.equipment import children_of, fetcher_of
    from collector.service.settings import NetworkTable
    from collector.sites import plain_site
    from storage.model import Link

    # not through the settings' own reading of values: these are of the right kinds
    changed = {"allow": (ip_network(NETWORK),), "deadline": timedelta(seconds=deadline), "control": ()}
    network = NetworkTable().model_copy(update=changed)
    host, now = host_of(url), datetime.now(UTC)
    children, site = children_of(network), plain_site("hostile", url, (host,))
    try:
        async with fetcher_of(network) as fetcher:
            page = await fetcher.get(url, access=Access(ca=ca))
        lane = children.lane("hostile")
        if url.endswith("/n/1"):
            link = Link(url, link_key(url), _TITLE)
            sighting = await lane.run(read_sighting, page, site, family_of(host, [host]), link, now, doubt=True)
            return f"read: a publication of {len(sighting.content.text)} characters"
        return f"read: {len((await lane.run(read_entry_point, page, site, now)).links)} links"
    finally:
        children.close()


def main(url: str, ca: str, deadline: str) -> None:
    import collector.service.app  # noqa: F401  (so that the process is as large as the service when it begins)
    from collector.page import PageError

    began = time.monotonic()
    try:
        trouble, words = "", asyncio.run(meet(url, Path(ca), float(deadline)))
    except PageError as error:
        trouble, words = str(error.trouble), error.words
    print(json.dumps(asdict(Met(trouble, words, time.monotonic() - began, _peak()))))


def _peak() -> float:
    """In MB. Not getrusage's, which goes on from that of whoever started us."""
    (kilobytes,) = re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(kilobytes) * 1024 / 1_000_000


if __name__ == "__main__":
    main(*sys.argv[1:])
