"""What was copied comes back as it was, or nothing is touched; what it replaces is kept."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from databases import NOW, Databases
from filled import engine_of, fill, rows_of, schema_of
from killed import at_statement, instead_of, is_killed
from test_backup import damage

from feeds.build import FeedAbout, FeedKind, build
from storage import migrations
from storage.backup import BackupError, back_up, files, kept_backups, postgresql, read_backup, restore, restoring
from storage.baseline import shipped_baseline
from storage.database import StorageError, connect, open_database
from storage.model import Recipient
from storage.store import open_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def copy(database_url: str, tmp_path: Path) -> Path:
    """A copy of a database with the baseline in it."""
    with closing(open_store(database_url, NOW)) as store:
        store.articles.load_baseline(shipped_baseline(), NOW)
        return back_up(store.database, tmp_path / "copy").file


@pytest.fixture
def other_url(database_url: str, databases: Databases) -> str:
    """Another installation, on the same kind of database."""
    url = databases.make("sqlite" if database_url.startswith("sqlite") else "postgresql")
    with closing(open_store(url, NOW)) as store:
        store.outbox.assign([Recipient("key", "channel")])
    return url


def test_what_was_copied_comes_back(database_url: str, copy: Path, folder: Path) -> None:
    before = rows_of(database_url)
    with closing(open_store(database_url, NOW)) as store, store.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM address_key")
        connection.exec_driver_sql("UPDATE article SET url = 'http://spoilt/'")
    restore(database_url, copy, folder, NOW, replace=True)
    assert rows_of(database_url) == before
    open_database(database_url).close()


def test_it_comes_back_on_another_machine(other_url: str, database_url: str, copy: Path, folder: Path) -> None:
    restore(other_url, copy, folder, NOW, replace=True)
    assert rows_of(other_url) == rows_of(database_url)


def test_feeds_are_byte_for_byte_the_same(other_url: str, databases: Databases, tmp_path: Path, folder: Path) -> None:
    url = f"sqlite:///{tmp_path / 'vestnik.db'}" if other_url.startswith("sqlite") else databases.empty_postgresql()
    fill(url, migrations.HEAD)
    with closing(connect(url)) as database:
        with database.write() as connection:
            connection.exec_driver_sql("UPDATE article SET joined_to = NULL")  # what is joined to another stands in no feed
        made = back_up(database, tmp_path / "filled")
    restore(other_url, made.file, folder, NOW, replace=True)
    assert feeds_of(other_url) == feeds_of(url)
    assert all(feed.count("слова") > 60 for feed in feeds_of(url))


def feeds_of(url: str) -> list[str]:
    with closing(open_store(url, NOW)) as store:
        about = FeedAbout("Вестник", "Все публикации", "http://127.0.0.1:8080/", "http://127.0.0.1:8080/feeds/all", "ru")
        return [build(kind, about, store.articles.feed_state(), store.articles.latest(NOW)).decode() for kind in FeedKind]


def test_rows_are_numbered_on_from_where_the_numbers_had_come_to(other_url: str, database_url: str, tmp_path: Path, folder: Path) -> None:
    def new_source(url: str, name: str) -> int:
        with closing(open_store(url, NOW)) as store:
            store.sources.enrol([name], NOW)
            return next(state.id for state in store.sources.states() if state.name == name)

    last = new_source(database_url, "one")
    with closing(connect(database_url)) as database:
        made = back_up(database, tmp_path / "later")
    restore(other_url, made.file, folder, NOW, replace=True)
    assert new_source(other_url, "two") == last + 1


def test_what_is_replaced_is_kept_as_a_copy_that_can_be_put_back(other_url: str, copy: Path, folder: Path) -> None:
    before = rows_of(other_url)
    restored = restore(other_url, copy, folder, NOW, replace=True)
    assert [one.file for one in kept_backups(folder)] == [restored.kept]
    assert restored.kept is not None
    restore(other_url, restored.kept, folder, NOW, replace=True)
    assert rows_of(other_url) == before


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_empty_place_is_filled_without_asking(kind: str, databases: Databases, tmp_path: Path, folder: Path) -> None:
    with closing(open_store(databases.make(kind), NOW)) as store:
        made = back_up(store.database, tmp_path / "copy")
    empty = f"sqlite:///{tmp_path / 'new' / 'vestnik.db'}" if kind == "sqlite" else databases.empty_postgresql()
    assert restore(empty, made.file, folder, NOW, replace=False).kept is None
    with closing(open_store(empty, NOW)) as store:
        assert store.instance == made.instance


def test_an_older_one_is_upgraded_when_it_is_opened(other_url: str, tmp_path: Path, databases: Databases, folder: Path) -> None:
    old_url = f"sqlite:///{tmp_path / 'old.db'}" if other_url.startswith("sqlite") else databases.empty_postgresql()
    fill(old_url, "0002")
    with closing(connect(old_url)) as database:
        made = back_up(database, tmp_path / "old copy")
    restore(other_url, made.file, folder, NOW, replace=True)
    assert rows_of(other_url) == rows_of(old_url)
    open_store(other_url, NOW, backups=folder).close()
    assert schema_of(other_url) == migrations.HEAD


def test_the_copy_of_a_newer_version_may_be_what_is_replaced(database_url: str, copy: Path, folder: Path) -> None:
    """As after an upgrade that went wrong."""
    before = rows_of(database_url)
    with closing(connect(database_url)) as database, database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.exec_driver_sql("CREATE TABLE novelty (id INTEGER PRIMARY KEY)")
    restored = restore(database_url, copy, folder, NOW, replace=True)
    assert (schema_of(database_url), rows_of(database_url)) == (migrations.HEAD, before)
    assert restored.kept is not None
    assert "novelty" in read_backup(restored.kept).rows


# --- refused, and nothing touched ----------------------------------------------------------------------------------------------------


def newer(copy: Path, url: str) -> None:
    with closing(connect(url)) as database, database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with closing(connect(url)) as database:
        copy.unlink()
        back_up(database, copy)
        with database.write() as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{migrations.HEAD}'")


def cut(copy: Path, _url: str) -> None:
    copy.write_bytes(copy.read_bytes()[:-1000])


def emptied(copy: Path, _url: str) -> None:
    copy.write_bytes(b"")


def foreign(copy: Path, url: str) -> None:
    copy.unlink()
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("CREATE TABLE customers (id INTEGER)")
    else:
        with zipfile.ZipFile(copy, "w") as archive:
            archive.writestr("letter.txt", "dear")


def text(copy: Path, _url: str) -> None:
    copy.write_text("# Notes")


def spoilt(copy: Path, url: str) -> None:
    if url.startswith("sqlite"):
        damage(copy)
    else:
        content = bytearray(copy.read_bytes())
        content[len(content) // 3] ^= 0xFF
        copy.write_bytes(content)


def folder_instead(copy: Path, _url: str) -> None:
    copy.unlink()
    copy.mkdir()


def gone(copy: Path, _url: str) -> None:
    copy.unlink()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(newer, f"has schema 9999, newer than this version of Vestnik knows .{migrations.HEAD}.", id="newer"),
        pytest.param(cut, "is cut off", id="cut"),
        pytest.param(emptied, "is empty", id="empty"),
        pytest.param(foreign, "of another program", id="foreign"),
        pytest.param(text, "is a file of another program", id="no database at all"),
        pytest.param(spoilt, "is damaged|cut off or damaged", id="damaged"),
        pytest.param(folder_instead, "can't be read", id="a folder"),
        pytest.param(gone, "can't be read: No such file", id="not there"),
    ],
)
def test_a_copy_that_is_no_good_is_refused_before_anything_is_touched(
    other_url: str, database_url: str, copy: Path, folder: Path, spoil: Callable[[Path, str], None], words: str
) -> None:
    spoil(copy, database_url)
    before = rows_of(other_url)
    with pytest.raises(BackupError, match=words):
        restore(other_url, copy, folder, NOW, replace=True)
    assert rows_of(other_url) == before
    assert not folder.exists()


def test_a_byte_that_changed_in_a_copy_of_postgresql_is_always_noticed(databases: Databases, tmp_path: Path) -> None:
    with closing(open_store(databases.make("postgresql"), NOW)) as store:
        store.articles.load_baseline(shipped_baseline(), NOW)
        made = back_up(store.database, tmp_path / "copy")
    whole = made.file.read_bytes()
    for place in range(0, len(whole), 37):
        made.file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        with suppress(BackupError):
            assert read_backup(made.file).rows == made.rows  # a byte of the ZIP that says nothing, such as a time


def test_a_database_with_something_in_it_is_replaced_only_when_told_to(other_url: str, copy: Path, folder: Path) -> None:
    before = rows_of(other_url)
    with pytest.raises(BackupError, match=r"holds something already; with --replace"):
        restore(other_url, copy, folder, NOW, replace=False)
    assert rows_of(other_url) == before


def test_a_database_of_another_program_is_never_replaced(other_url: str, copy: Path, folder: Path) -> None:
    engine = engine_of(other_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    engine.dispose()
    with pytest.raises(BackupError, match="holds tables of another program"):
        restore(other_url, copy, folder, NOW, replace=True)


def test_a_copy_of_the_other_kind_of_database_is_refused(databases: Databases, tmp_path: Path, folder: Path) -> None:
    sqlite_url, server_url = databases.make("sqlite"), databases.make("postgresql")
    for mine, other in ((sqlite_url, server_url), (server_url, sqlite_url)):
        with closing(connect(mine)) as database:
            made = back_up(database, tmp_path / mine.partition(":")[0])
        with pytest.raises(BackupError, match="another kind"):
            restore(other, made.file, folder, NOW, replace=True)


def test_the_database_of_a_service_that_runs_is_left_alone(database_url: str, copy: Path, folder: Path) -> None:
    before = rows_of(database_url)
    with closing(open_store(database_url, NOW)) as store, closing(store.database.claim()), pytest.raises(StorageError, match="service"):
        restore(database_url, copy, folder, NOW, replace=True)
    assert rows_of(database_url) == before
    restore(database_url, copy, folder, NOW, replace=True)


def test_when_what_is_replaced_can_not_be_kept_nothing_is_replaced(database_url: str, copy: Path, folder: Path) -> None:
    folder.write_text("in the way")
    before = rows_of(database_url)
    with pytest.raises(BackupError, match="can't be written"):
        restore(database_url, copy, folder, NOW, replace=True)
    assert rows_of(database_url) == before


# --- a damaged database, and logs beside it ------------------------------------------------------------------------------------------


def test_a_damaged_database_is_replaced_and_its_files_are_kept_as_they_were(databases: Databases, tmp_path: Path, folder: Path) -> None:
    url = databases.make("sqlite")
    file = Path(url.removeprefix("sqlite:///"))
    with closing(open_store(url, NOW)) as store:
        made = back_up(store.database, tmp_path / "copy")
    damage(file)
    spoilt_bytes = file.read_bytes()
    restored = restore(url, made.file, folder, NOW, replace=True)
    assert restored.kept is not None
    assert (restored.sound, restored.kept.read_bytes()) == (False, spoilt_bytes)
    with closing(open_store(url, NOW)) as store:
        assert store.instance == made.instance
    assert kept_backups(folder) == [], "a damaged file must not pass for a copy"


def test_what_a_killed_service_left_in_its_log_is_kept_and_does_not_come_back(databases: Databases, tmp_path: Path, folder: Path) -> None:
    url = databases.make("sqlite")
    with closing(open_store(url, NOW)) as store:
        made = back_up(store.database, tmp_path / "copy")

    def write() -> None:
        open_store(url, NOW).sources.enrol(["written last"], NOW)

    assert is_killed(lambda: (write(), restoring.sync(tmp_path)), instead_of(restoring, "sync"))
    assert Path(f"{url.removeprefix('sqlite:///')}-wal").stat().st_size > 0
    restored = restore(url, made.file, folder, NOW, replace=True)
    assert restored.kept is not None
    assert read_backup(restored.kept).rows["source"] == 1
    with closing(open_store(url, NOW)) as store:
        assert store.sources.states() == []


# --- killed in the middle ------------------------------------------------------------------------------------------------------------


def check_old_or_new(url: str, old: Any, new: Any) -> None:
    assert rows_of(url) in (old, new)


SQLITE_STEPS = [
    pytest.param(shutil, "copyfile", id="before the copy is beside"),
    pytest.param(restoring, "sync", id="while the copy is beside"),
    pytest.param(restoring, "back_up", id="before the old one is kept"),
    pytest.param(files, "sync", id="while the old one is kept"),
    pytest.param(restoring, "_forget_logs", id="when the old one is kept"),
    pytest.param(Path, "replace", id="before the new one has its name"),
]


@pytest.mark.parametrize(("place", "name"), SQLITE_STEPS)
def test_a_restore_of_sqlite_that_is_killed_leaves_the_old_or_the_new(
    databases: Databases, tmp_path: Path, folder: Path, place: Any, name: str
) -> None:
    url, other_url = databases.make("sqlite"), databases.make("sqlite")
    for one in (url, other_url):
        open_store(one, NOW).close()
    with closing(connect(url)) as database:
        made = back_up(database, tmp_path / "copy")
    old, new = rows_of(other_url), rows_of(url)

    def work() -> None:
        restore(other_url, made.file, folder, NOW, replace=True)

    assert is_killed(work, instead_of(place, name))
    check_old_or_new(other_url, old, new)
    open_store(other_url, NOW).close()
    work()
    assert rows_of(other_url) == new
    beside = Path(other_url.removeprefix("sqlite:///")).parent.glob("*.restoring")
    assert list(beside) == []


def test_a_restore_of_postgresql_that_is_killed_at_any_statement_leaves_the_old_or_the_new(
    databases: Databases, tmp_path: Path, folder: Path
) -> None:
    url, other_url = databases.make("postgresql"), databases.make("postgresql")
    for one in (url, other_url):
        open_store(one, NOW).close()
    with closing(connect(url)) as database:
        made = back_up(database, tmp_path / "copy")
    old, new = rows_of(other_url), rows_of(url)
    number = 1
    while is_killed(lambda: restore(other_url, made.file, folder, NOW, replace=True), at_statement(number)):
        check_old_or_new(other_url, old, new)
        shutil.rmtree(folder, ignore_errors=True)
        number += 37
    assert number > 100, "it was killed at hardly any statement"
    assert rows_of(other_url) == new


def test_a_restore_of_postgresql_that_is_killed_among_the_rows_leaves_the_old(databases: Databases, tmp_path: Path, folder: Path) -> None:
    url = databases.make("postgresql")
    with closing(open_store(url, NOW)) as store:
        made = back_up(store.database, tmp_path / "copy")
        store.sources.enrol(["later"], NOW)
    old = rows_of(url)
    assert is_killed(lambda: restore(url, made.file, folder, NOW, replace=True), instead_of(postgresql, "_load_table", 7))
    assert rows_of(url) == old


# --- who has it open -----------------------------------------------------------------------------------------------------------------


def test_two_services_on_one_sqlite_file_are_refused_and_on_postgresql_they_share(database_url: str) -> None:
    with closing(open_store(database_url, NOW)) as one, closing(open_store(database_url, NOW)) as other, closing(one.database.claim()):
        if one.database.is_sqlite:
            with pytest.raises(StorageError, match="is used by a service that runs; stop it, or give this one a data_dir of its own"):
                other.database.claim()
        else:
            other.database.claim().close()


def test_a_service_that_was_killed_holds_nothing_any_more(database_url: str) -> None:
    def work() -> None:
        store = open_store(database_url, NOW)
        store.database.claim()
        store.sources.enrol(["x"], NOW)

    assert is_killed(lambda: (work(), restoring.sync(Path())), instead_of(restoring, "sync"))
    with closing(open_store(database_url, NOW)) as store:
        store.database.claim().close()


def test_a_claim_survives_a_server_that_forgot_the_session(databases: Databases, tmp_path: Path, folder: Path) -> None:
    url = databases.make("postgresql")
    with closing(open_store(url, NOW)) as store, closing(store.database.claim()) as claim:
        made = back_up(store.database, tmp_path / "copy")
        with store.database.write() as connection:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            connection.exec_driver_sql(others)
        claim.renew()
        with pytest.raises(StorageError, match="is used by a service that runs"):
            restore(url, made.file, folder, NOW, replace=True)


def test_whoever_opens_a_database_waits_while_it_is_replaced(databases: Databases) -> None:
    url = databases.make("sqlite")
    opened = threading.Event()

    def open_it() -> None:
        open_database(url).close()
        opened.set()

    with closing(connect(url)) as database:
        with database.alone(timedelta(0), "can't be replaced"):
            waiting = threading.Thread(target=open_it)
            waiting.start()
            assert not opened.wait(0.2)
        assert opened.wait(20)
        waiting.join()
