"""Every earlier schema becomes this one with all that is in it, whenever the upgrade is killed, and never without a copy."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from databases import NOW, Databases
from filled import EARLIER, fill, rows_of, schema_of
from killed import at_statement, instead_of, is_killed

from storage import migrations
from storage.backup import files, kept_backups, making, read_backup, restore
from storage.database import StorageError, connect, open_database
from storage.model import LookCounts
from storage.store import open_store

KINDS = ("sqlite", "postgresql")
REMADE = {"shingle", "mark"}
"""Made from the texts; an upgrade may drop them."""
FINGERPRINT = {"content_hash", "sketch", "facts"}
"""Columns that are made from the texts; an upgrade makes them anew."""


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'vestnik.db'}" if request.param == "sqlite" else databases.empty_postgresql()


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def upgrade(url: str, backups: Path) -> None:
    open_store(url, NOW, backups=backups).close()


def check_nothing_lost(before: dict[str, list[dict[str, object]]], url: str) -> None:
    after = rows_of(url)
    after["meta"] = [row for row in after["meta"] if row["key"] != "sketch"]  # how the fingerprints were made
    for table in before.keys() - REMADE:
        wanted = [{name: value for name, value in old.items() if name not in FINGERPRINT} for old in before[table]]
        kept = [{name: row[name] for name in old} for row, old in zip(after[table], wanted, strict=True)]
        assert kept == wanted, table


@pytest.mark.parametrize("version", EARLIER)
def test_what_an_earlier_version_wrote_is_still_there_after_the_upgrade(empty_url: str, backups: Path, version: str) -> None:
    fill(empty_url, version)
    before = rows_of(empty_url)
    upgrade(empty_url, backups)
    assert schema_of(empty_url) == migrations.HEAD
    check_nothing_lost(before, empty_url)


@pytest.mark.parametrize("version", EARLIER)
def test_the_store_works_on_what_an_earlier_version_wrote(empty_url: str, backups: Path, version: str) -> None:
    fill(empty_url, version)
    with closing(open_store(empty_url, NOW, backups=backups)) as store:
        states = store.sources.states()
        assert len(store.articles.latest(NOW)) == len(states)
        assert sum(sum(store.sources.link_states(state.id).values()) for state in states) == len(states)
        assert sum(store.outbox.counts().values()) == len(states)
        due = store.sources.claim_due([states[0].name], NOW, timedelta(minutes=1), 1, even_if_not_due=True)
        store.sources.finish_look(due[0].id, NOW, NOW, NOW, LookCounts(seen=1, known=1), "")
        assert [history.source_id for history in store.health.histories([due[0].id], 3)] == [due[0].id]


@pytest.mark.parametrize("version", EARLIER)
def test_before_an_upgrade_a_verified_copy_is_made_that_says_from_what_to_what(empty_url: str, backups: Path, version: str) -> None:
    fill(empty_url, version)
    before = rows_of(empty_url)
    upgrade(empty_url, backups)
    (copy,) = kept_backups(backups)
    assert copy.reason == f"upgrade-{version}-{migrations.HEAD}"
    made = read_backup(copy.file)
    assert (made.schema, made.rows) == (version, {table: len(rows) for table, rows in before.items()})


@pytest.mark.parametrize("version", EARLIER)
def test_the_copy_gives_back_what_was_before_the_upgrade(empty_url: str, backups: Path, version: str) -> None:
    fill(empty_url, version)
    before = rows_of(empty_url)
    upgrade(empty_url, backups)
    (copy,) = kept_backups(backups)
    restore(empty_url, copy.file, backups, NOW, replace=True)
    assert (schema_of(empty_url), rows_of(empty_url)) == (version, before)
    upgrade(empty_url, backups)
    check_nothing_lost(before, empty_url)


# --- killed in the middle ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", EARLIER)
def test_an_upgrade_that_is_killed_at_any_statement_leaves_the_old_schema_or_the_new(empty_url: str, backups: Path, version: str) -> None:
    fill(empty_url, version)
    before = rows_of(empty_url)
    # the newest upgrade more closely than the longer way from further back, which is made of the same steps
    stride, number = (5 if version == EARLIER[-1] else 17), 1
    while is_killed(lambda: upgrade(empty_url, backups), at_statement(number)):
        assert schema_of(empty_url) in {version, migrations.HEAD}
        check_nothing_lost(before, empty_url)
        shutil.rmtree(backups, ignore_errors=True)
        number += stride
    assert number > 20, "it was killed at hardly any statement"
    assert schema_of(empty_url) == migrations.HEAD
    check_nothing_lost(before, empty_url)


@pytest.mark.parametrize(
    ("place", "name", "number"),
    [
        pytest.param(making, "read_backup", 1, id="written and not verified"),
        pytest.param(files, "sync", 1, id="verified and not on the disk"),
        pytest.param(Path, "rename", 1, id="on the disk without its name"),
        pytest.param(files, "sync", 2, id="named, and the name not on the disk"),
        pytest.param(migrations, "upgrade", 1, id="copied and not upgraded"),
    ],
)
def test_an_upgrade_that_is_killed_while_it_copies_begins_again(
    empty_url: str, backups: Path, place: object, name: str, number: int
) -> None:
    fill(empty_url, "0004")
    before = rows_of(empty_url)
    assert is_killed(lambda: upgrade(empty_url, backups), instead_of(place, name, number))
    assert schema_of(empty_url) == "0004"
    for copy in kept_backups(backups):
        read_backup(copy.file)  # what bears a name is whole
    upgrade(empty_url, backups)
    check_nothing_lost(before, empty_url)
    assert not [file for file in backups.iterdir() if ".partial" in file.name]


# --- refused -------------------------------------------------------------------------------------------------------------------------


def test_without_a_place_for_the_copy_the_upgrade_is_refused_and_the_old_schema_stays(empty_url: str, tmp_path: Path) -> None:
    fill(empty_url, "0003")
    before = rows_of(empty_url)
    tmp_path.joinpath("in-the-way").write_text("a file")
    with pytest.raises(StorageError, match=r"stays at schema 0003.*can't be written.*\[backup\] folder"):
        upgrade(empty_url, tmp_path / "in-the-way")
    with pytest.raises(StorageError, match="no folder is named for the copy"):
        open_database(empty_url)
    assert (schema_of(empty_url), rows_of(empty_url)) == ("0003", before)


def test_a_new_database_needs_no_copy(empty_url: str, backups: Path) -> None:
    upgrade(empty_url, backups)
    assert kept_backups(backups) == []


def test_an_upgrade_waits_for_nobody_for_ever(tmp_path: Path, backups: Path) -> None:
    url = f"sqlite:///{tmp_path / 'vestnik.db'}"
    fill(url, "0004")
    with closing(connect(url)), pytest.raises(StorageError, match="has to be upgraded first: a service that runs, or another command"):
        open_store(url, NOW, backups=backups, busy=timedelta(seconds=0.3))
    assert schema_of(url) == "0004"


def test_of_several_processes_that_start_at_once_one_copies_and_the_others_wait(empty_url: str, backups: Path, tmp_path: Path) -> None:
    fill(empty_url, "0002")
    before = rows_of(empty_url)
    code = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path; from storage.store import open_store;"
        "open_store(sys.argv[1], datetime.now(UTC), backups=Path(sys.argv[2])).close()"
    )
    root = Path(migrations.__file__).parents[2]
    starts = [subprocess.Popen([sys.executable, "-c", code, empty_url, str(backups)], cwd=root) for _ in range(4)]
    assert [start.wait(60) for start in starts] == [0, 0, 0, 0]
    check_nothing_lost(before, empty_url)
    assert len(kept_backups(backups)) == 1
