"""The one writer: what waits is committed together, and one that fails costs no other."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
from databases import Databases
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from collector.service.threads import Threads
from storage.database import Database, open_database


@pytest.fixture
def database(databases: Databases) -> Iterator[Database]:
    with closing(open_database(databases.make("sqlite"))) as opened:
        yield opened


def keep(database: Database, key: str) -> str:
    with database.write() as connection:
        connection.execute(text("INSERT INTO meta VALUES (:key, 'kept')"), {"key": key})
    with database.read() as connection:  # what is written is seen by whoever wrote it
        return str(connection.scalar(text("SELECT value FROM meta WHERE key = :key"), {"key": key}))


def kept(database: Database) -> set[str]:
    with database.read() as connection:
        return set(connection.scalars(text("SELECT key FROM meta WHERE value = 'kept'")))


async def all_at_once(threads: Threads, database: Database, *keys: str) -> list[object]:
    """Give the writer everything while it is busy, so that it all waits."""
    begun, let_go = threading.Event(), threading.Event()

    def busy() -> None:
        begun.set()
        let_go.wait(10)

    first = asyncio.ensure_future(threads.write(busy))
    await asyncio.to_thread(begun.wait, 10)
    writes = [asyncio.ensure_future(threads.write(keep, database, key)) for key in keys]
    await asyncio.sleep(0)
    let_go.set()
    await first
    return list(await asyncio.gather(*writes, return_exceptions=True))


async def test_writes_that_wait_are_one_transaction(database: Database) -> None:
    commits: list[str] = []
    threads = Threads(one_writer=True, together=database.together)
    event.listen(database.engine, "commit", lambda _: commits.append("commit"))
    assert await all_at_once(threads, database, "a", "b", "c") == ["kept"] * 3
    threads.close()
    assert commits == ["commit"]
    assert kept(database) == {"a", "b", "c"}


async def test_one_that_fails_costs_no_other(database: Database) -> None:
    threads = Threads(one_writer=True, together=database.together)
    first, again, third = await all_at_once(threads, database, "a", "a", "b")
    threads.close()
    assert (first, third) == ("kept", "kept")
    assert isinstance(again, Exception)
    assert kept(database) == {"a", "b"}


async def test_a_commit_that_fails_is_told_to_all_of_them(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = Threads(one_writer=True, together=database.together)

    def full(*_: object) -> None:
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    monkeypatch.setattr(database.engine.dialect, "do_commit", full)
    told = await all_at_once(threads, database, "a", "b")
    threads.close()
    assert [isinstance(one, OperationalError) for one in told] == [True, True]
    monkeypatch.undo()
    assert kept(database) == set()


async def test_what_was_given_is_done_before_the_end_and_nothing_after_it(database: Database) -> None:
    threads = Threads(one_writer=True, together=database.together)
    writes = [asyncio.ensure_future(threads.write(keep, database, key)) for key in "abc"]
    await asyncio.sleep(0)
    threads.close()
    assert await asyncio.gather(*writes) == ["kept"] * 3
    with pytest.raises(RuntimeError):
        await threads.write(keep, database, "d")
