"""Fixtures that many tests share: the real input where it is at hand, and real databases."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import structlog
from databases import NOW, Databases
from service_runner import Command

from storage.store import Store, open_store

# The same examples in every run, so that a failure is one for everybody; `--hypothesis-profile=default` looks for new ones.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.load_profile("steady")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real pages, feeds and seeds, which are no part of the project."""
    folder = Path(__file__).parents[2] / "shared"
    if not (folder / "pages").is_dir():
        pytest.skip("the folder ../shared with real pages is not here")
    return folder


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Makes databases with our schema, on SQLite and on a real PostgreSQL that is started when first asked for."""
    with Databases(tmp_path_factory.mktemp("databases")) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, databases: Databases) -> str:
    """A fresh database with our schema; the test runs on both kinds."""
    return databases.make(request.param)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url, NOW)
    yield opened
    opened.close()


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and an environment without any setting of ours."""
    for name in [name for name in os.environ if name.startswith("VESTNIK_") or name in {"DATABASE_URL", "TZ", "BASE_URL"}]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def vestnik(workplace: Path, capfd: pytest.CaptureFixture[str]) -> Iterator[Command]:
    """Commands, each run to its end in this process, in the workplace. They set up logs, which is undone."""
    handlers = logging.getLogger().handlers[:]
    yield Command(capfd)
    logging.getLogger().handlers[:] = handlers
    structlog.reset_defaults()
