"""Fetching from hostile servers: each ends in an error with words, in time and within little memory, and nobody private is visited."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from ipaddress import ip_network
from itertools import pairwise

import pytest
from hostile import CASES, NETWORK, Canary, Case, HostileSite, Visit, packing, robots, slowness
from hostile.case import PAGE, whole
from hostile.peak import forget_peak, held, peak
from hostile.redirects import PRIVATE, to

from collector.charset import decode
from collector.fetch import Access, Fetcher, Limits
from collector.page import Page, PageError, Trouble

LIMITS = Limits(deadline=2, connect=1, body=2_000_000, pause=0)
TOGETHER = replace(LIMITS, deadline=8, connect=6)
"""When all are asked at once, a busy machine is late with those that answer at once."""
GRACE = 8.0
"""Seconds beyond the deadline after which fetching counts as hanging: the machine may have other things to do."""
AT_ONCE = 16
MOST_MEMORY = 30.0
"""MB for one answer, whose body may have 2."""
STREAMED = (*packing.CASES, *slowness.ENDLESS, *robots.CASES)
"""Cases of which the site, in this same process, holds little itself."""

Outcome = Page | PageError | TimeoutError


@pytest.fixture(scope="module")
def site() -> Iterator[HostileSite]:
    with HostileSite(CASES) as opened:
        yield opened


@pytest.fixture
async def fetcher(site: HostileSite) -> AsyncIterator[Fetcher]:
    async with Fetcher("Vestnik-test", LIMITS, [ip_network(NETWORK)]) as opened:
        yield opened


@pytest.fixture(scope="module")
def outcomes(site: HostileSite, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Outcome]:
    """What came of every case; all are asked at once, as the service does."""
    access = Access(ca=site.write_authority(tmp_path_factory.mktemp("authority") / "ca.pem"))
    return asyncio.run(_all(site, access))


async def _all(site: HostileSite, access: Access) -> dict[str, Outcome]:
    turns = asyncio.Semaphore(AT_ONCE)
    async with Fetcher("Vestnik-test", TOGETHER, [ip_network(NETWORK)]) as fetcher:

        async def outcome(name: str) -> Outcome:
            async with turns:
                try:
                    async with asyncio.timeout(TOGETHER.deadline + GRACE):
                        return await fetcher.get(site.url(name), access=access)
                except (PageError, TimeoutError) as error:
                    return error

        names = list(site.cases)
        return dict(zip(names, await asyncio.gather(*map(outcome, names)), strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_server_is_understood_or_ends_in_a_clear_error_in_time(case: Case, outcomes: Mapping[str, Outcome]) -> None:
    outcome = outcomes[case.name]
    assert not isinstance(outcome, TimeoutError), "it did not end within the deadline"
    if isinstance(outcome, PageError):
        assert outcome.trouble in case.ends, outcome.words
        assert 10 < len(outcome.words) < 300
        assert re.search(case.says, outcome.words)
        assert not re.search(r"127\.|::1|Error|Exception|0x", outcome.words), "words of a library, or an address within the network"
    else:
        assert None in case.ends, "it was taken for a page"
        assert case.text in decode(outcome.body, outcome.content_type)


def test_nobody_private_was_visited(site: HostileSite, outcomes: Mapping[str, Outcome]) -> None:
    assert len(outcomes) == len(CASES)
    assert site.canary.visitors() == 0


async def test_slow_rules_of_one_host_after_the_other_do_not_add_up() -> None:
    """Each host of a chain of redirects has a robots.txt that takes nearly as long as it may."""

    async def slowly(visit: Visit) -> None:
        await asyncio.sleep(0.8 * LIMITS.deadline)
        await visit.send(whole(b"", kind="text/plain"))

    hosts = [f"127.9.0.{number}" for number in range(1, 7)]
    chain = [Case(host, to(f"http://{further}:{{port}}/"), robots=slowly) for host, further in pairwise(hosts)]
    with HostileSite([*chain, Case(hosts[-1], PAGE, robots=slowly)]) as site:
        async with Fetcher("Vestnik-test", LIMITS, [ip_network(NETWORK)]) as fetcher, asyncio.timeout(3 * LIMITS.deadline):
            with pytest.raises(PageError, match="no complete answer"):
                await fetcher.get(site.url(hosts[0]))


@pytest.mark.parametrize("spelling", PRIVATE)
async def test_a_private_address_is_not_visited_in_any_spelling(site: HostileSite, fetcher: Fetcher, spelling: str) -> None:
    with pytest.raises(PageError) as raised:
        await fetcher.get(PRIVATE[spelling].replace("{port}", str(site.port)))
    assert raised.value.trouble in {Trouble.REFUSED, Trouble.NAME, Trouble.TEMPORARY}
    assert site.canary.visitors() == 0


@pytest.mark.parametrize("name", [case.name for case in STREAMED])
async def test_what_is_endless_or_unpacks_to_much_takes_little_memory(site: HostileSite, fetcher: Fetcher, name: str) -> None:
    forget_peak()
    before = held()
    with suppress(PageError):
        await fetcher.get(site.url(name))
    assert peak() - before < MOST_MEMORY


def test_the_canary_sees_who_comes() -> None:
    with Canary() as canary:
        assert canary.visitors() == 0
        socket.create_connection(("127.0.0.1", canary.port)).close()
        assert (canary.visitors(), canary.visitors()) == (1, 0)


def test_the_toolbox_has_what_it_should() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)
    assert len({case.slug for case in CASES}) == len(names)
    assert {"gzip bomb", "deflate bomb", "br bomb", "zstd bomb"} <= {case.name for case in packing.CASES}
