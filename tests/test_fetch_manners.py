"""Manners: robots.txt, one thing at a time for each owner of hosts, a pause between, and patience where a server asks for it."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from raw_web import BODY, LIMITS, LOOPBACK, Web, answer, raw_web

from collector.fetch import Access, Fetcher, Limits
from collector.fetch.robots import BODY as ROBOTS_BODY
from collector.fetch.robots import read_robots
from collector.fetch.turns import Turns, registrable
from collector.page import Page, PageError

POLITE = replace(LIMITS, robots=True)
ROBOTS = "http://example.org/robots.txt"


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    async with raw_web() as made:
        made.answers["/"] = answer()
        made.answers["/private/report"] = answer()
        yield made


async def outcome(fetcher: Fetcher, url: str) -> str:
    """«read», or the words of the trouble."""
    try:
        return "read" if (await fetcher.get(url)).body == BODY else "something else"
    except PageError as error:
        return f"{error.trouble}: {error}"


# --- robots.txt ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (b"User-agent: *\nDisallow: /private/", False),
        (b"User-agent: Vestnik\nDisallow: /private/\n\nUser-agent: *\nDisallow:", False),
        (b"User-agent: vestnik\nAllow: /private/report\nDisallow: /", True),
        (b"User-agent: *\nDisallow: /private/\n\nUser-agent: Vestnik\nDisallow:", True),
        (b"User-agent: Otherbot\nDisallow: /", True),
        (b"User-agent: *\nDisallow: /*port$", False),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /private/", False),
        ("# правила для роботов\nUser-agent: *\nDisallow: /private/".encode("cp1251"), False),
        (b"<html><body>Not found</body></html>", True),
        (b"\0\0\0", True),
        (b"", True),
    ],
)
async def test_what_robots_txt_says_of_us_is_heeded(web: Web, robots: bytes, allowed: bool) -> None:
    web.answers["/robots.txt"] = answer(robots)
    async with Fetcher("Vestnik/1", POLITE, LOOPBACK) as fetcher:
        found = await outcome(fetcher, web.url("/private/report"))
    assert found == ("read" if allowed else "refused: its robots.txt asks programs not to read it")
    assert ("asked /private/report" in web.events) is allowed


async def test_robots_txt_is_asked_for_once_and_kept(web: Web) -> None:
    web.answers["/robots.txt"] = answer(b"User-agent: *\nDisallow: /private/")
    async with Fetcher("Vestnik/1", replace(POLITE, per_host=8), LOOPBACK) as fetcher:
        await asyncio.gather(*(fetcher.get(web.url()) for _ in range(5)))
    assert web.events.count("asked /robots.txt") == 1


async def test_a_redirect_does_not_lead_around_robots_txt(web: Web) -> None:
    web.answers["/robots.txt"] = answer(b"User-agent: *\nDisallow: /private/")
    web.answers["/old"] = answer(b"", "301 Moved", Location="/private/report")
    async with Fetcher("Vestnik/1", POLITE, LOOPBACK) as fetcher:
        assert "robots.txt" in await outcome(fetcher, web.url("/old"))
    assert "asked /private/report" not in web.events


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "403 Forbidden", "401 Unauthorized", "429 Too Many Requests"])
async def test_a_site_without_robots_txt_may_be_read(web: Web, status: str) -> None:
    web.answers["/robots.txt"] = answer(b"", status)
    async with Fetcher("Vestnik/1", POLITE, LOOPBACK) as fetcher:
        assert await outcome(fetcher, web.url()) == "read"


async def test_a_site_whose_robots_txt_fails_is_left_alone_for_a_while_and_then_read(web: Web) -> None:
    web.answers["/robots.txt"] = answer(b"", "500 Broken")
    async with Fetcher("Vestnik/1", replace(POLITE, robots_patience=3600), LOOPBACK) as fetcher:
        assert await outcome(fetcher, web.url()) == (
            "temporary: its robots.txt can't be had, so the site is left alone for now: the server answered 500 Broken"
        )
    async with Fetcher("Vestnik/1", replace(POLITE, robots_patience=0), LOOPBACK) as fetcher:
        assert await outcome(fetcher, web.url()) == "read"


async def test_a_host_that_asks_to_wait_has_said_nothing_of_its_robots_txt(web: Web) -> None:
    web.answers["/robots.txt"] = answer(b"", "503 Service Unavailable", Retry_After="1")
    async with Fetcher("Vestnik/1", POLITE, LOOPBACK) as fetcher:
        assert "robots.txt can't be had" in await outcome(fetcher, web.url("/private/report"))
        assert "asked to be left alone" in await outcome(fetcher, web.url("/private/report"))
        rules = fetcher._robots._remembered
        assert [known.rules for known in rules.values()] == [None]
    assert "asked /private/report" not in web.events


async def test_what_one_way_to_a_site_answers_says_nothing_of_another(web: Web) -> None:
    web.answers["/robots.txt"] = answer()
    async with Fetcher("Vestnik/1", POLITE, LOOPBACK) as fetcher:
        with pytest.raises(PageError):
            await fetcher.get(web.url(), access=Access(proxy="http://127.0.0.1:1"))
        assert await outcome(fetcher, web.url()) == "read"


AGENTS = "".join(f"User-agent: bot{number}\n" for number in range(3000))
RULES = "".join(f"Disallow: /hidden/{number}\n" for number in range(3000))


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (AGENTS + RULES + "Disallow: /private/", True),
        (AGENTS + "User-agent: *\n" + RULES + "Disallow: /private/", False),
        ("User-agent: *\n" * 3000 + RULES + "Disallow: /private/", False),
        ("".join(f"User-agent: {'v' + '*' * number}\n" for number in range(3000)) + RULES, True),
        ("User-agent: *\nDisallow: /private/\n" + "# words\n" * 300_000, False),
    ],
    ids=["others", "others and all", "the same again", "spellings", "too long"],
)
def test_a_file_made_to_take_memory_takes_little_and_still_counts(robots: str, allowed: bool) -> None:
    tracemalloc.start()
    try:
        rules = read_robots(Page(ROBOTS, ROBOTS, "text/plain", robots.encode()[:ROBOTS_BODY]), "Vestnik")
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()
    assert rules.allow("http://example.org/private/report") is allowed


async def test_the_rules_of_many_sites_together_are_bounded(web: Web) -> None:
    web.answers["/robots.txt"] = answer(("User-agent: *\n" + "Disallow: /a\n" * 30_000).encode())
    async with Fetcher("Vestnik/1", POLITE, LOOPBACK) as fetcher:
        for number in range(1, 20):
            await fetcher.get(web.url(host=f"127.0.0.{number}"))
        assert len(fetcher._robots._remembered) < 10


async def test_a_site_that_can_not_be_reached_at_all_is_told_to_be_so() -> None:
    async with Fetcher("Vestnik/1", POLITE, LOOPBACK) as fetcher:
        assert await outcome(fetcher, "http://127.0.0.1:1/") == "temporary: no connection: connection refused"
        assert await outcome(fetcher, "http://nowhere.invalid/") == "name: its host name can't be resolved"


@pytest.mark.parametrize(
    ("robots", "seconds"),
    [
        (b"User-agent: *\nCrawl-delay: 5", 5),
        (b"User-agent: *\nCrawl-delay: 0.5", 0.5),
        (b"User-agent: *\nRequest-rate: 1/10", 10),
        (b"User-agent: Vestnik\nCrawl-delay: 7\n\nUser-agent: *\nCrawl-delay: 2", 7),
        (b"User-agent: *\nCrawl-delay: 86400", 60),
        (b"User-agent: *\nCrawl-delay: -3", 0),
        (b"User-agent: *\nCrawl-delay: soon", 0),
        (b"User-agent: *\nCrawl-delay: nan", 0),
        (b"User-agent: *\nCrawl-delay: inf", 0),
        (b"User-agent: *\nRequest-rate: 0/0", 0),
        (b"User-agent: *\nDisallow:", 0),
    ],
)
def test_the_delay_that_a_site_asks_for_is_kept_up_to_a_minute(robots: bytes, seconds: float) -> None:
    assert read_robots(Page(ROBOTS, ROBOTS, "text/plain", robots), "Vestnik").delay == seconds


async def test_the_delay_passes_before_the_next_request(web: Web) -> None:
    web.answers["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 30")
    async with Fetcher("Vestnik/1", POLITE, LOOPBACK) as fetcher:
        await fetcher.get(web.url())
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(fetcher.get(web.url()), 0.1)
    assert web.events.count("asked /") == 1


# --- turns --------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "owner"),
    [
        ("mpt.gov.by", "mpt.gov.by"),
        ("www.mpt.gov.by", "mpt.gov.by"),
        ("news.mpt.gov.by:8080", "mpt.gov.by"),
        ("a.b.example.co.uk", "example.co.uk"),
        ("xn--b1akbcqh2a7i.xn--90ais", "xn--b1akbcqh2a7i.xn--90ais"),
        ("www.xn--b1akbcqh2a7i.xn--90ais", "xn--b1akbcqh2a7i.xn--90ais"),
        ("one.github.io", "one.github.io"),
        ("gov.by", "gov.by"),
        ("localhost", "localhost"),
        ("intranet:8000", "intranet"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("127.0.0.2", "127.0.0.2"),
        ("[::1]:80", "[::1]"),
        ("[2001:db8::2]", "[2001:db8::2]"),
    ],
)
def test_hosts_of_one_owner_share_a_turn(host: str, owner: str) -> None:
    assert registrable(host) == owner


async def most_at_once(turns: Turns, hosts: list[str]) -> int:
    """How many of these hosts were asked at the same time, when all wanted to be."""
    running, most = 0, 0

    async def ask(host: str) -> None:
        nonlocal running, most
        async with turns.turn(host, 0):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*map(ask, hosts))
    return most


async def test_as_many_requests_go_to_one_owner_at_a_time_as_are_allowed_and_no_more() -> None:
    assert await most_at_once(Turns(3, 100), [f"{name}.example.org" for name in "abcdefghij"]) == 3


async def test_all_requests_together_are_limited_too() -> None:
    assert await most_at_once(Turns(1, 4), [f"example{number}.org" for number in range(20)]) == 4


async def test_hosts_that_nobody_asks_any_more_are_forgotten() -> None:
    turns = Turns(1, 10)
    waiting = asyncio.Event()

    async def hold() -> None:
        async with turns.turn("example.org", 0):
            waiting.set()
            await asyncio.Event().wait()

    holder = asyncio.create_task(hold())
    await waiting.wait()
    other = asyncio.create_task(hold())
    await asyncio.sleep(0)
    for task in (other, holder):
        task.cancel()
    await asyncio.gather(holder, other, return_exceptions=True)
    for number in range(100):
        async with turns.turn(f"example{number}.org", 0):
            pass
    assert turns._owners == {}


# --- a server that asks for patience ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
async def test_a_host_that_asks_to_wait_is_not_asked_for_anything_meanwhile(web: Web, status: str) -> None:
    web.answers["/busy"] = answer(b"", status, Retry_After="600")
    async with Fetcher("Vestnik/1", LIMITS, LOOPBACK) as fetcher:
        await outcome(fetcher, web.url("/busy"))
        assert await outcome(fetcher, web.url()) == "blocked: the server asked to be left alone for another 600 s"
        assert await outcome(fetcher, web.url(host="127.0.0.2")) == "read"
    assert web.events.count("asked /") == 1


async def test_what_a_link_elsewhere_is_told_to_wait_for_silences_no_source_for_long(web: Web) -> None:
    web.answers["/busy"] = answer(b"", "429 Too Many Requests", Retry_After="86400")
    async with Fetcher("Vestnik/1", LIMITS, LOOPBACK) as fetcher:
        with pytest.raises(PageError):
            await fetcher.get(web.url("/busy"), access=Access(origin="http://127.0.0.9"))
        assert await outcome(fetcher, web.url()) == "blocked: the server asked to be left alone for another 60 s"


async def test_a_page_that_alone_asks_to_wait_silences_nothing_else(web: Web) -> None:
    web.answers["/busy"] = answer(b"", "403 Forbidden", Retry_After="600")
    async with Fetcher("Vestnik/1", LIMITS, LOOPBACK) as fetcher:
        await outcome(fetcher, web.url("/busy"))
        assert await outcome(fetcher, web.url()) == "read"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache_Control": "max-age=600"}, 600),
        ({"Cache_Control": "public, max-age=600, must-revalidate"}, 600),
        ({"Cache_Control": 'max-age="600"'}, 600),
        ({"Cache_Control": "s-maxage=900"}, 0),
        ({"Cache_Control": "max-age=600", "Age": "200"}, 400),
        ({"Cache_Control": "max-age=600", "Age": "9000"}, 0),
        ({"Cache_Control": "max-age=-5"}, 0),
        ({"Cache_Control": "max-age=99999999999999999999"}, 9999999999),
        ({"Cache_Control": "no-cache, max-age=600"}, 0),
        ({"Cache_Control": "no-store"}, 0),
        ({"Expires": "Fri, 20 Nov 2026 09:10:00 GMT", "Date": "Fri, 20 Nov 2026 09:00:00 GMT"}, 600),
        ({"Expires": "0", "Date": "Fri, 20 Nov 2026 09:00:00 GMT"}, 0),
        ({"Expires": "Thu, 01 Jan 1970 00:00:00 GMT", "Date": "Fri, 20 Nov 2026 09:00:00 GMT"}, 0),
        ({}, 0),
    ],
)
async def test_a_page_says_for_how_long_it_stays_as_it_is(web: Web, headers: dict[str, str], seconds: float) -> None:
    web.answers["/"] = answer(**headers)
    async with Fetcher("Vestnik/1", LIMITS, LOOPBACK) as fetcher:
        assert (await fetcher.get(web.url())).fresh_for == seconds


async def test_the_user_agent_says_who_asks(web: Web) -> None:
    async with Fetcher("Vestnik/1 (watches for new publications; office@example.org)", LIMITS, LOOPBACK) as fetcher:
        await fetcher.get(web.url())
    assert "user-agent: Vestnik/1 (watches for new publications; office@example.org)\r\n" in web.heads[0]


async def test_a_source_may_have_a_longer_pause_than_the_others(web: Web) -> None:
    async with Fetcher("Vestnik/1", LIMITS, LOOPBACK) as fetcher:
        await fetcher.get(web.url(), access=Access(pause=30))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(fetcher.get(web.url()), 0.1)


def test_the_defaults_are_polite() -> None:
    assert (Limits().per_host, Limits().pause, Limits().robots) == (1, 1.0, True)
