"""The child process: what a page makes of it stays there."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from collector.child import Child
from collector.discover import read_entry_point
from collector.extract.article import read_article
from collector.page import Page, PageError, Trouble
from collector.sites import plain_site
from storage.model import Link

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SITE = plain_site("example", "http://example.org/", ("example.org",))
MEMORY = 600_000_000


@asynccontextmanager
async def child(deadline: float = 20) -> AsyncIterator[Child]:
    made = Child(deadline, MEMORY)
    try:
        yield made
    finally:
        made.close()


def page(html: str) -> Page:
    return Page("http://example.org/a", "http://example.org/a", "text/html", html.encode())


# --- what runs in the child ---------------------------------------------------------------------------------------------------------------


def its_pid() -> int:
    return os.getpid()


def refuses(words: str) -> None:
    raise PageError(Trouble.GONE, words, 60)


def has_a_bug() -> None:
    raise ZeroDivisionError("of ours")


def eats_memory() -> int:
    return len(bytearray(10 * MEMORY))


def dies() -> None:
    os._exit(1)


def never_ends() -> None:
    while True:
        pass


# --- a call -------------------------------------------------------------------------------------------------------------------------------


async def test_a_page_is_read_in_another_process() -> None:
    text = "Министерство сообщает о начале работы. " * 5
    async with child() as reader:
        reading = await reader.run(read_article, page(f"<h1>Новость</h1><p>{text}</p>"), SITE, Link("http://example.org/a", "a"), NOW)
        assert reading.content.title == "Новость"
        assert await reader.run(its_pid) != os.getpid()


async def test_calls_share_one_process() -> None:
    async with child() as reader:
        assert len(set(await asyncio.gather(*[reader.run(its_pid) for _ in range(5)]))) == 1


async def test_trouble_with_a_page_is_raised_as_it_was_there() -> None:
    async with child() as reader:
        with pytest.raises(PageError) as raised:
            await reader.run(refuses, "нет такой страницы")
        assert (raised.value.trouble, raised.value.words, raised.value.retry_after) == (Trouble.GONE, "нет такой страницы", 60)


async def test_a_bug_on_one_page_is_the_trouble_of_that_page_alone() -> None:
    async with child() as reader:
        pid = await reader.run(its_pid)
        with pytest.raises(PageError, match="ZeroDivisionError: of ours"):
            await reader.run(has_a_bug)
        assert await reader.run(its_pid) == pid


# --- hostile pages ------------------------------------------------------------------------------------------------------------------------

HOSTILE = {
    "unclosed": "<div>" * 200_000,
    "nested in formatting": "<p>" + "<b><i><a href=x>" * 30_000 + "<table>" * 20_000,
    "attributes": "<div " + " ".join(f"a{number}=1" for number in range(200_000)) + ">",
}


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_page_made_to_take_long_ends_in_trouble_and_the_next_is_read(kind: str) -> None:
    async with child(deadline=0.3) as reader:
        with pytest.raises(PageError) as raised:
            await reader.run(read_entry_point, page(HOSTILE[kind]), SITE, NOW)
        assert raised.value.trouble is Trouble.UNREADABLE
        assert await reader.run(its_pid) != os.getpid()


async def test_a_call_without_end_is_killed_and_the_next_has_a_new_process() -> None:
    async with child(deadline=0.3) as reader:
        pid = await reader.run(its_pid)
        with pytest.raises(PageError, match=r"longer than 0\.3 s"):
            await reader.run(never_ends)
        assert not runs(pid)
        assert await reader.run(its_pid) != pid


@pytest.mark.parametrize("function", [eats_memory, dies])
async def test_a_child_that_dies_is_trouble_and_the_next_call_works(function: object) -> None:
    async with child() as reader:
        with pytest.raises(PageError, match="memory"):
            await reader.run(function)  # type: ignore[arg-type]
        assert await reader.run(its_pid) != os.getpid()


async def test_starting_the_child_is_not_held_against_the_page() -> None:
    # its start takes longer than this deadline: an interpreter begins and imports the reader
    async with child(deadline=0.3) as reader:
        assert await reader.run(read_entry_point, page(LISTING), SITE, NOW)


LISTING = "<main>" + "".join(f"<p><a href='/{number}'>Новость министерства связи № {number}</a></p>" for number in range(5)) + "</main>"


async def test_closing_ends_the_process() -> None:
    async with child() as reader:
        pid = await reader.run(its_pid)
        assert runs(pid)
    assert not runs(pid)


async def test_closing_what_never_ran_is_no_trouble() -> None:
    async with child():
        pass


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
