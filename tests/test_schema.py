"""The schema that migrations make is the one that the code uses, and no other database is taken for ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from databases import Databases
from sqlalchemy import create_engine, text

from storage import migrations
from storage.database import Database, StorageError, open_database, schema_version
from storage.schema import metadata

WHEN = "'2026-11-20 09:00:00'"
EARLIER = (
    f"INSERT INTO source (id, name, created_at, due_at, failures, error) VALUES (1, 'x', {WHEN}, {WHEN}, 0, '')",
    "INSERT INTO entry_point (id, source_id, url, etag, last_modified) VALUES (1, 1, 'http://x.by/', '\"7\"', '')",
    f"INSERT INTO article VALUES (1, 1, 'x', 'http://x.by/1', false, {WHEN}, {WHEN})",
    f"INSERT INTO revision VALUES (1, 1, 1, {WHEN}, '', '', '', '', 'Title', 'Text', '', NULL, 'ru', '', '', NULL)",
    "INSERT INTO attachment (id, revision_id, url, name, media_type) VALUES (1, 1, 'http://x.by/1.pdf', 'Указ', '')",
)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with closing(open_database(database_url)) as opened:
        yield opened


def test_the_migrations_make_the_tables_that_the_code_uses(database: Database) -> None:
    with database.read() as connection:
        told = {"compare_type": True, "compare_server_default": True, "include_name": is_described}
        context = MigrationContext.configure(connection, opts=told)
        assert compare_metadata(context, metadata) == []


def is_described(name: str | None, kind: str, parents: object) -> bool:
    """The keys of the search index are FTS5's tables on SQLite, and a type of its own on PostgreSQL: `storage.search` knows them."""
    return not (kind == "table" and name is not None and name.startswith("search_keys"))


def test_the_newest_known_version_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == migrations.HEAD
    assert {script.revision for script in scripts.walk_revisions()} == migrations.KNOWN


def test_opening_again_changes_nothing(database_url: str, database: Database) -> None:
    with closing(open_database(database_url)) as again, again.read() as connection:
        assert schema_version(connection) == migrations.HEAD


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_an_earlier_version_wrote_is_kept_and_gets_what_is_new(kind: str, tmp_path: Path, databases: Databases) -> None:
    url = f"sqlite:///{tmp_path / 'earlier.db'}" if kind == "sqlite" else databases.empty_postgresql()
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        migrations.upgrade(connection, "0001")
        for statement in EARLIER:
            connection.execute(text(statement))
    engine.dispose()
    copied: list[str] = []
    opened = open_database(url, copy_first=lambda _, version: copied.append(version))
    with closing(opened) as database, database.read() as connection:
        assert schema_version(connection) == migrations.HEAD
        entry_point = connection.execute(text("SELECT url, etag, unchanged, lies FROM entry_point")).one()
        attachment = connection.execute(text("SELECT name, text, error FROM attachment")).one()
    assert (tuple(entry_point), tuple(attachment)) == (("http://x.by/", '"7"', 0, False), ("Указ", "", ""))
    assert copied == ["0001"]


def test_a_newer_schema_is_refused_in_words(database_url: str, database: Database) -> None:
    run(database, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match=r"schema 9999, newer than this version of Vestnik knows.*start the newer version"):
        open_database(database_url)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_another_programs_database_is_left_alone(kind: str, tmp_path: Path, databases: Databases) -> None:
    url = f"sqlite:///{tmp_path / 'other.db'}" if kind == "sqlite" else databases.empty_postgresql()
    other = open_database(url)
    with other.write() as connection:
        for table in ("alembic_version", *reversed(metadata.sorted_tables)):
            connection.execute(text(f'DROP TABLE "{table}"'))
        connection.execute(text("CREATE TABLE customers (id INTEGER)"))
    other.close()
    with pytest.raises(StorageError, match="holds tables of another program"):
        open_database(url)


@pytest.mark.parametrize("url", ["mysql://localhost/x", "sqlite://", "sqlite:///:memory:", "nonsense"])
def test_an_address_that_can_not_be_used_is_refused_in_words(url: str) -> None:
    with pytest.raises(StorageError):
        open_database(url)


def test_a_password_is_in_no_message() -> None:
    with pytest.raises(StorageError) as refused:
        open_database("postgresql://user:hunter2@127.0.0.1:1/nothing")
    assert "hunter2" not in str(refused.value)


def run(database: Database, statement: str) -> None:
    with database.write() as connection:
        connection.execute(text(statement))
