"""A copy is whole, verified, and one state of the database, whatever goes on meanwhile."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from databases import NOW
from filled import EARLIER, fill
from hypothesis import given
from hypothesis import strategies as st
from killed import instead_of, is_killed
from sqlalchemy import insert
from test_full_disk import on_a_small_disk

from storage import schema
from storage.backup import (
    Backup,
    BackupError,
    back_up,
    default_file,
    ending_of,
    files,
    kept_backups,
    last_backup,
    making,
    names,
    read_backup,
    rotate,
)
from storage.baseline import shipped_baseline
from storage.database import Database, connect
from storage.store import Store

MINSK = ZoneInfo("Europe/Minsk")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def copied(database: Database, folder: Path, now: datetime = NOW) -> Backup:
    return back_up(database, default_file(folder, now, ending_of(database)))


def test_a_copy_says_what_is_in_it(store: Store, folder: Path) -> None:
    store.articles.load_baseline(shipped_baseline(), NOW)
    made = copied(store.database, folder)
    assert (made.instance, made.rows["article"], made.size) == (store.instance, 5, made.file.stat().st_size)
    assert read_backup(made.file) == made


def test_a_copy_is_one_file_named_by_its_time(store: Store, folder: Path) -> None:
    made = copied(store.database, folder)
    assert [file.name for file in folder.iterdir()] == [made.file.name] == [f"vestnik-20261102-090000{ending_of(store.database)}"]


def test_two_copies_of_one_second_are_two_files(store: Store, folder: Path) -> None:
    assert copied(store.database, folder).file != copied(store.database, folder).file
    assert len(kept_backups(folder)) == 2


def test_a_copy_is_never_written_over_another_file(store: Store, tmp_path: Path) -> None:
    mine = tmp_path / "letter.db"
    mine.write_text("dear")
    with pytest.raises(BackupError, match="is there already"):
        back_up(store.database, mine)
    assert mine.read_text() == "dear"


# --- under load ----------------------------------------------------------------------------------------------------------------------


def test_a_copy_ends_and_is_one_state_while_others_write(store: Store, folder: Path) -> None:
    """Each transaction writes a source with its entry point; a copy that mixed two states would have one without the other."""
    stop, written, begun = threading.Event(), 0, threading.Event()

    def write() -> None:
        nonlocal written
        while not stop.is_set():
            with store.database.write() as connection:
                at = {"created_at": NOW, "due_at": NOW, "failures": 0, "error": ""}
                key = connection.execute(insert(schema.source).values(name=f"source {written}", **at)).inserted_primary_key
                assert key is not None
                address = {"url": f"http://x.by/{written}", "etag": "", "last_modified": ""}
                connection.execute(insert(schema.entry_point).values(source_id=key[0], **address))
            written += 1
            begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert begun.wait(20)
        made = []
        for _ in range(3):
            before = written
            made.append(copied(store.database, folder))
            assert written > before, "the writer waited for the copy"
    finally:
        stop.set()
        writer.join()
    for one in made:
        assert one.rows["source"] == one.rows["entry_point"] > 0
        assert read_backup(one.file) == one


# --- died in the middle --------------------------------------------------------------------------------------------------------------

MOMENTS = [
    pytest.param(making, "read_backup", 1, id="written and not verified"),
    pytest.param(files, "sync", 1, id="verified and not on the disk"),
    pytest.param(Path, "rename", 1, id="on the disk without its name"),
]


@pytest.mark.parametrize(("place", "name", "number"), MOMENTS)
def test_a_copy_that_is_killed_leaves_no_file_with_a_name_and_the_next_one_tidies_up(
    database_url: str, folder: Path, place: object, name: str, number: int
) -> None:
    def work() -> None:
        with closing(connect(database_url)) as database:
            copied(database, folder)

    assert is_killed(work, instead_of(place, name, number))
    assert [file for file in folder.iterdir() if file.name.endswith(names.PARTIAL)]
    assert kept_backups(folder) == []
    work()
    assert [file.name for file in folder.iterdir()] == [kept_backups(folder)[0].file.name]


def test_what_another_process_writes_at_this_moment_is_not_tidied_away(store: Store, folder: Path) -> None:
    other = folder / "vestnik-20261101-010101.db"
    with files.written(other) as partial:
        partial.write_bytes(b"half")
        copied(store.database, folder)
        assert partial.read_bytes() == b"half"
    assert other.read_bytes() == b"half"


def test_unfinished_files_of_other_programs_stay(store: Store, folder: Path) -> None:
    folder.mkdir()
    download = folder / "film.mkv.partial"
    download.touch()
    copied(store.database, folder)
    assert download.exists()


# --- what can't be copied ------------------------------------------------------------------------------------------------------------


def test_a_copy_of_nothing_is_refused(tmp_path: Path, folder: Path) -> None:
    with closing(connect(f"sqlite:///{tmp_path / 'none.db'}")) as database, pytest.raises(BackupError, match="holds nothing of Vestnik"):
        copied(database, folder)


def test_a_folder_that_is_a_file_is_refused_in_words(store: Store, folder: Path) -> None:
    folder.write_text("in the way")
    with pytest.raises(BackupError, match=r"can't be written: .*\[backup\] folder"):
        copied(store.database, folder)


def test_a_damaged_database_gives_no_copy_and_says_so(tmp_path: Path, folder: Path) -> None:
    url = f"sqlite:///{tmp_path / 'vestnik.db'}"
    fill(url, EARLIER[-1])
    damage(tmp_path / "vestnik.db")
    with closing(connect(url)) as database, pytest.raises(BackupError, match=r"damaged|malformed"):
        copied(database, folder)
    assert not folder.exists() or list(folder.iterdir()) == []


def damage(file: Path) -> None:
    """Overwrite pages in the middle, as a dying disk would."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(size // 3 // 4096 * 4096)
        opened.write(b"\xa5" * (size // 3))


FULL_DISK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from storage.backup import BackupError, back_up
from storage.database import StorageError, connect
from storage.store import open_store

url, disk, work = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
filler = disk / "filler"
filler.write_bytes(bytes(2_000_000 - 8192 * 4))
before = {file.name for file in disk.iterdir()}
try:
    if work == "upgrade":
        open_store(url, datetime.now(UTC), backups=disk)
    else:
        back_up(connect(url), disk / "copy")
except StorageError as error:
    print(error)
print(sorted({file.name for file in disk.iterdir()} - before))
"""


@pytest.mark.parametrize("work", ["backup", "upgrade"])
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_on_a_full_disk_it_says_so_and_leaves_nothing(kind: str, work: str, databases: object, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    words = on_a_small_disk(disk)
    url = f"sqlite:///{tmp_path / 'vestnik.db'}" if kind == "sqlite" else databases.empty_postgresql()  # type: ignore[attr-defined]
    fill(url, "0004")
    with closing(connect(url)) as database, database.write() as connection:
        # as random as text can be, so that no compression makes room for it
        many = [{"key": f"k{number}", "value": random.Random(number).randbytes(1500).hex()} for number in range(200)]
        connection.execute(insert(schema.meta), many)
    ended = subprocess.run(
        [*words, sys.executable, "-c", FULL_DISK, url, str(disk), work],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(schema.__file__).parents[1],
    )
    assert ended.returncode == 0, ended.stderr
    told, left = ended.stdout.splitlines()
    assert "make room on the disk" in told
    assert ("stays at schema 0004" in told) is (work == "upgrade")
    assert left == "[]"
    with closing(connect(url)) as database:
        assert copied(database, tmp_path / "elsewhere").schema == "0004"


# --- which are kept ------------------------------------------------------------------------------------------------------------------


def touch(folder: Path, at: datetime, reason: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    file = default_file(folder, at, ".db", reason)
    file.touch()
    return file


def test_of_a_year_of_nights_the_last_seven_days_and_four_weeks_are_kept(folder: Path) -> None:
    for night in range(365):
        touch(folder, NOW - timedelta(days=night))
    rotate(folder, 7, 4, 3, MINSK)
    days = [one.made_at.astimezone(MINSK).date() for one in kept_backups(folder)]
    # 2 November 2026 is a Monday: of each earlier week its Sunday is the last
    assert days == [*(date(2026, 11, 2) - timedelta(days=back) for back in range(7)), date(2026, 10, 25), date(2026, 10, 18)]


def test_a_day_is_one_of_the_operators_zone(folder: Path) -> None:
    early = touch(folder, datetime(2026, 11, 1, 21, 30, tzinfo=UTC))  # after midnight in Minsk
    late = touch(folder, datetime(2026, 11, 2, 20, 30, tzinfo=UTC))
    assert rotate(folder, 7, 0, 3, MINSK) == [early]
    assert [one.file for one in kept_backups(folder)] == [late]


def test_after_a_long_pause_the_old_copies_stay_until_there_are_new_ones(folder: Path) -> None:
    old = [touch(folder, NOW - timedelta(days=400 + night)) for night in range(3)]
    assert rotate(folder, 7, 4, 3, MINSK) == []
    assert [one.file for one in kept_backups(folder)] == old


def test_copies_of_upgrades_are_counted_apart(folder: Path) -> None:
    nights = [touch(folder, NOW - timedelta(days=night)) for night in range(3)]
    upgrades = [touch(folder, NOW - timedelta(days=100 * number), f"upgrade-000{number}-0005") for number in range(4)]
    assert rotate(folder, 2, 1, 3, MINSK) == [nights[2], upgrades[3]]
    assert last_backup(folder) == kept_backups(folder)[1] or last_backup(folder).file == nights[0]  # type: ignore[union-attr]


def test_files_of_others_are_never_removed(folder: Path) -> None:
    folder.mkdir()
    others = [
        folder / name for name in ("notes.txt", "vestnik.db", "vestnik-20260101.db", "vestnik-20260101-999999.db", "x-20260101-000000.db")
    ]
    for other in others:
        other.touch()
    for night in range(9):
        touch(folder, NOW - timedelta(days=night))
    rotate(folder, 1, 0, 1, MINSK)
    assert all(other.exists() for other in others)
    assert len(kept_backups(folder)) == 1


@given(
    hours=st.lists(st.integers(0, 24 * 400), min_size=1, max_size=60, unique=True),
    daily=st.integers(1, 9),
    weekly=st.integers(0, 9),
)
def test_the_newest_copy_always_stays_and_what_stays_is_no_more_than_asked_for(
    tmp_path_factory: pytest.TempPathFactory, hours: list[int], daily: int, weekly: int
) -> None:
    folder = tmp_path_factory.mktemp("nights")
    made = [touch(folder, NOW - timedelta(hours=back)) for back in hours]
    newest = max(made, key=lambda file: file.name)
    removed = rotate(folder, daily, weekly, 3, MINSK)
    left = [one.file for one in kept_backups(folder)]
    assert newest in left
    assert len(left) <= daily + weekly
    assert sorted([*left, *removed]) == sorted(made)
    assert rotate(folder, daily, weekly, 3, MINSK) == []


# --- the commands --------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def config(workplace: Path) -> Path:
    file = workplace / "vestnik.toml"
    file.write_text('[service]\ndata_dir = "data"\n')
    return file


def test_the_command_prints_the_file_its_size_and_what_is_in_it(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from collector.service.commands import keeping, opened

    with opened(config):  # a service that runs keeps it open
        keeping.backup(config=config)
    told = capsys.readouterr().out
    (made,) = kept_backups(config.parent / "data" / "backups")
    assert told.startswith(f"{Path('data') / 'backups' / made.file.name}: ")
    assert "5 articles, 5 revisions, 0 links, 0 deliveries; verified" in told


def test_the_command_takes_a_file_and_prints_json(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from collector.service.commands import keeping, opened

    with opened(config):
        keeping.backup(config.parent / "mine", json=True, config=config)
    told = json.loads(capsys.readouterr().out)
    assert (told["file"], told["rows"]["article"]) == (str(config.parent / "mine"), 5)
