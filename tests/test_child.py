"""Children: what a page makes of a process stays there, and nobody waits behind those who took long before."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collector.child import Children, Lane
from collector.discover import read_entry_point
from collector.extract.article import read_article
from collector.html import parse
from collector.page import Page, PageError, Trouble
from collector.sites import plain_site
from storage.model import Link

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SITE = plain_site("example", "http://example.org/", ("example.org",))
MEMORY = 200_000_000


@asynccontextmanager
async def children(deadline: float = 20, count: int = 2, clock: Callable[[], float] = time.monotonic) -> AsyncIterator[Children]:
    made = Children(deadline, MEMORY, count, clock)
    try:
        yield made
    finally:
        made.close()


@asynccontextmanager
async def child(deadline: float = 20) -> AsyncIterator[Lane]:
    """One lane, which has one child as long as it does no wrong."""
    async with children(deadline) as made:
        yield made.lane("example")


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
    return len(bytearray(2 * MEMORY))


def eats_memory_in_c() -> int:
    return len(parse("<b>" * 3_000_000).body.html or "")  # type: ignore[union-attr]


def keeps_memory() -> int:
    kept.append(b"x" * 100_000_000)
    return os.getpid()


kept: list[bytes] = []


def tells_much(length: int) -> str:
    return "x" * length


def tells_what_cannot_be_sent() -> object:
    return lambda: None


def takes_the_processor(seconds: float) -> int:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return os.getpid()


def says_and_never_ends(began: str) -> None:
    Path(began).touch()
    never_ends()


def says_and_waits(began: str, go_on: str) -> int:
    Path(began).touch()
    while not Path(go_on).exists():
        time.sleep(0.01)
    return os.getpid()


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


async def test_calls_of_one_source_share_one_process() -> None:
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


async def test_a_call_without_end_is_killed_and_the_next_has_a_new_process() -> None:
    async with child(deadline=0.3) as reader:
        pid = await reader.run(its_pid)
        with pytest.raises(PageError, match=r"longer than 0\.3 s"):
            await reader.run(never_ends)
        assert not runs(pid)
        assert await reader.run(its_pid) != pid


@pytest.mark.parametrize("function", [eats_memory, eats_memory_in_c, dies])
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


async def test_closing_ends_what_is_read_and_cancels_what_waits(tmp_path: Path) -> None:
    async with children() as made:
        lane = made.lane("example")
        reading = asyncio.create_task(lane.run(says_and_waits, str(tmp_path / "began"), str(tmp_path / "never")))
        waiting = asyncio.create_task(lane.run(its_pid))
        await until_there(tmp_path / "began")
        made.close()
        with pytest.raises(PageError, match="stopped"):
            await reading
        with pytest.raises(asyncio.CancelledError):
            await waiting
        with pytest.raises(RuntimeError):
            await lane.run(its_pid)


async def test_who_stops_waiting_is_not_answered_and_the_next_is(tmp_path: Path) -> None:
    async with child() as reader:
        reading = asyncio.create_task(reader.run(says_and_waits, str(tmp_path / "began"), str(tmp_path / "go")))
        waiting = asyncio.create_task(reader.run(its_pid))
        await until_there(tmp_path / "began")
        waiting.cancel()
        reading.cancel()
        (tmp_path / "go").touch()
        assert await reader.run(its_pid) != os.getpid()


LEAVES_A_CHILD = """
import asyncio, os, sys
import test_child
from pathlib import Path

async def main():
    async with test_child.children() as made:
        await made.lane("example").run(test_child.{function}, {arguments})

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("function", "arguments"), [("says_and_waits", "sys.argv[1], sys.argv[2]"), ("says_and_never_ends", "sys.argv[1]")]
)
async def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path, function: str, arguments: str) -> None:
    # a busy child can't see it, so its time of the processor is limited too
    program = tmp_path / "parent.py"
    program.write_text(LEAVES_A_CHILD.format(function=function, arguments=arguments).replace("children()", "children(deadline=2)"))
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(program), str(tmp_path / "began"), str(tmp_path / "go"), env=surroundings(), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    await until_there(tmp_path / "began")
    process.send_signal(signal.SIGKILL)
    (tmp_path / "go").touch()
    # which the child holds as well
    assert await asyncio.wait_for(process.stdout.read(), 60) == b""
    await process.wait()


def surroundings() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}


async def until_there(path: Path) -> None:
    """Until another process has made a file."""
    while not os.access(path, os.F_OK):
        await asyncio.sleep(0.01)


# --- what a child may take and tell -------------------------------------------------------------------------------------------------------


async def test_an_answer_that_is_too_long_is_trouble_and_the_parent_does_not_take_it() -> None:
    async with child() as reader:
        assert len(await reader.run(tells_much, 20_000_000)) == 20_000_000
        with pytest.raises(PageError, match="32 MB") as raised:
            await reader.run(tells_much, 40_000_000)
        assert raised.value.trouble is Trouble.TOO_LARGE
        assert await reader.run(its_pid) != os.getpid()


async def test_an_answer_that_cannot_be_sent_is_the_trouble_of_that_page_alone() -> None:
    async with child() as reader:
        with pytest.raises(PageError, match="our reader failed"):
            await reader.run(tells_what_cannot_be_sent)
        assert await reader.run(its_pid) != os.getpid()


async def test_a_child_that_keeps_much_memory_is_followed_by_a_new_one() -> None:
    async with child() as reader:
        pid = await reader.run(keeps_memory)
        assert await reader.run(its_pid) != pid
        assert not runs(pid)


# --- turns --------------------------------------------------------------------------------------------------------------------------------


async def test_two_sources_are_read_at_once(tmp_path: Path) -> None:
    async with children() as made:
        first = asyncio.create_task(made.lane("one").run(says_and_waits, str(tmp_path / "one"), str(tmp_path / "two")))
        second = asyncio.create_task(made.lane("two").run(says_and_waits, str(tmp_path / "two"), str(tmp_path / "one")))
        assert len({await first, await second}) == 2


async def test_one_source_takes_one_child_however_much_it_has_to_read(tmp_path: Path) -> None:
    async with children() as made:
        greedy = [
            asyncio.create_task(made.lane("greedy").run(says_and_waits, str(tmp_path / "began"), str(tmp_path / "go"))) for _ in range(5)
        ]
        await until_there(tmp_path / "began")
        assert await made.lane("modest").run(its_pid)
        assert not any(task.done() for task in greedy)
        (tmp_path / "go").touch()
        await asyncio.gather(*greedy)


@pytest.mark.parametrize("offence", [(takes_the_processor, 0.5), (never_ends,), (dies,)])
async def test_who_took_long_is_read_by_a_child_of_the_slow_for_an_hour(offence: tuple[Callable[..., None], float]) -> None:
    function, *args = offence
    now = 100.0
    async with children(deadline=1, count=1, clock=lambda: now) as made:
        bad, good = made.lane("bad"), made.lane("good")
        with suppress(PageError):
            await bad.run(function, *args)
        pid = await good.run(its_pid)
        assert await bad.run(its_pid) != pid
        now += 3599
        assert await bad.run(its_pid) != pid
        now += 1
        assert await bad.run(its_pid) == pid


async def test_nobody_waits_behind_those_who_took_long_before(tmp_path: Path) -> None:
    async with children(deadline=20, count=1) as made:
        for name in ("bad", "worse"):
            with pytest.raises(PageError):
                await made.lane(name).run(dies)
        bad = asyncio.create_task(made.lane("bad").run(says_and_waits, str(tmp_path / "began"), str(tmp_path / "go")))
        worse = asyncio.create_task(made.lane("worse").run(its_pid))
        await until_there(tmp_path / "began")
        assert await made.lane("good").run(its_pid)
        assert not worse.done()
        (tmp_path / "go").touch()
        assert await bad == await worse


async def test_a_work_may_have_a_deadline_of_its_own() -> None:
    async with children(deadline=0.1) as made:
        assert await made.lane("example", deadline=20).run(takes_the_processor, 0.3)


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
