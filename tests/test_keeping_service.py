"""Copies, restoring and a locked database as the user of the service meets them: the installed command, in processes of their own."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from databases import Databases
from service_runner import FAST, Command, command, configured, demo_site, kept, running, source, started

from collector.demo.texts import texts
from storage.backup import read_backup
from storage.database import connect

LATER = texts(datetime.now(UTC)).later
IMPATIENT = FAST.replace("[service]", '[service]\nbusy = "0.3s"\nlease = "1s"')


def database_of(kind: str, databases: Databases) -> str:
    return "" if kind == "sqlite" else f'database_url = "{databases.empty_postgresql()}"\n'


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_copy_is_made_while_the_service_runs_and_put_back_when_it_does_not(kind: str, tmp_path: Path, databases: Databases) -> None:
    fast = FAST.replace("[service]", f"[service]\n{database_of(kind, databases)}")
    copy = tmp_path / "copy"
    with demo_site() as site:
        config = configured(tmp_path, source(site), fast)
        with running(config) as service:
            service.line("looked", baseline=3)
            made = command("backup", str(copy), "--config", str(config))
            assert (made.status, made.err) == (0, "")
            assert "8 articles, 8 revisions, 3 links, 0 deliveries; verified" in made.out
            before = service.get("/feeds/all.atom")
            refused = command("restore", str(copy), "--replace", "--config", str(config))
            assert refused.status == 1
            assert "service that runs" in refused.err
            assert service.ends() == 0
        refused = command("restore", str(copy), "--config", str(config))
        assert "with --replace it is replaced" in refused.err
        done = command("restore", str(copy), "--replace", "--config", str(config))
        assert (done.status, done.err) == (0, "")
        assert "what it replaced is kept: " in done.out
        with running(config) as service:
            assert service.get("/feeds/all.atom") == before


def test_a_second_service_on_one_database_is_refused_in_words(tmp_path: Path) -> None:
    with demo_site() as site:
        config = configured(tmp_path, source(site))
        with running(config), started(config) as second:
            assert second.status() == 1
            assert "is used by a service that runs; stop it, or give this one a data_dir of its own" in second.said
            assert "Traceback" not in second.said


def test_the_nightly_copy_is_made_by_the_service(tmp_path: Path) -> None:
    """As if the database had been made two days ago, and every night since was missed."""
    with demo_site() as site:
        config = configured(tmp_path, source(site))
        with running(config) as service:
            service.line("looked", baseline=3)
            assert service.ends() == 0
        with kept(tmp_path) as store, store.database.write() as connection:
            connection.exec_driver_sql("UPDATE meta SET value = '2026-01-01T00:00:00+00:00' WHERE key = 'created_at'")
        with running(config) as service:
            told = service.line("backup")
            assert read_backup(Path(told["file"])).rows["article"] == told["articles"] == 8
            assert service.ends() == 0


def test_a_writer_that_is_locked_out_for_long_says_so_and_goes_on_later_with_nothing_lost(tmp_path: Path) -> None:
    """Another program holds the database for several times as long as the service waits: 60 s by default, 0.3 s here."""
    with demo_site() as site:
        config = configured(tmp_path, source(site), IMPATIENT)
        with running(config) as service:
            service.line("looked", baseline=3)
            with closing(connect(f"sqlite:///{tmp_path / 'data' / 'vestnik.db'}")) as other, other.write():
                site.publish(LATER)
                for _ in range(5):
                    told = service.matching(lambda event: "locked" in event.get("reason", ""))
                    assert told["level"] == "error"
                assert service.process.poll() is None
                assert json.loads(service.get("/healthz"))["words"]
            service.line("read", state="new")
            assert LATER.title in service.get("/feeds/all.atom").decode()
            assert service.ends() == 0
            assert "Traceback" not in service.said
    with kept(tmp_path) as store:
        (state,) = store.sources.states(["demo"])
        assert store.sources.link_states(state.id) == {"baseline": 3, "new": 1}


def test_an_upgrade_that_can_not_be_copied_first_is_refused_in_words(workplace: Path, vestnik: Command) -> None:
    from filled import fill, schema_of

    (workplace / "data").mkdir()
    url = f"sqlite:///{workplace / 'data' / 'vestnik.db'}"
    fill(url, "0004")
    (workplace / "data" / "backups").write_text("in the way")
    refused = vestnik("migrate")
    assert refused.status == 1
    assert "stays at schema 0004, as it is copied before every upgrade" in refused.err
    assert "[backup] folder" in refused.err
    assert schema_of(url) == "0004"
    shutil.rmtree(workplace / "data")
