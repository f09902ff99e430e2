"""Everything that is remembered, by subject. Its methods are synchronous: nobody calls them on an event loop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

from sqlalchemy import insert

from storage import schema
from storage.backup import copy_before_upgrade
from storage.database import BUSY, START, Database, open_database, remembered
from storage.retention import Retention
from storage.search import Search
from storage.store_accounts import Accounts
from storage.store_articles import Articles
from storage.store_finding import Finding
from storage.store_health import HealthRecords
from storage.store_matches import Matches
from storage.store_names import Names
from storage.store_outbox import Outbox
from storage.store_rulings import Rulings
from storage.store_sources import Sources
from storage.store_watches import Watches


@dataclass(frozen=True, slots=True)
class Store:
    database: Database
    instance: str
    """This installation's UUID; what must never change for readers is made from it."""
    sources: Sources
    finding: Finding
    articles: Articles
    matches: Matches
    names: Names
    outbox: Outbox
    health: HealthRecords
    accounts: Accounts
    retention: Retention
    rulings: Rulings
    watches: Watches
    search: Search

    def created_at(self) -> datetime:
        """When the installation began."""
        with self.database.read() as connection:
            return datetime.fromisoformat(remembered(connection, "created_at") or "")

    def close(self) -> None:
        self.database.close()


def open_store(url: str, now: datetime, *, backups: Path | None = None, busy: timedelta = BUSY) -> Store:
    """Open the database at `url` (see `open_database`) and, the first time, give the installation its identity.

    `backups`: the folder for the copy that is made before an upgrade; without one, an older schema is refused.
    """
    copy_first = partial(copy_before_upgrade, folder=backups, now=now) if backups else None
    database = open_database(url, busy=busy, copy_first=copy_first)
    instance = _instance(database, now)
    return Store(
        database=database,
        instance=instance,
        sources=Sources(database),
        finding=Finding(database),
        articles=Articles(database, instance),
        matches=Matches(database, instance),
        names=Names(database),
        outbox=Outbox(database),
        health=HealthRecords(database, instance),
        accounts=Accounts(database),
        rulings=Rulings(database),
        watches=Watches(database, instance),
        search=Search(database),
        retention=Retention(database),
    )


def _instance(database: Database, now: datetime) -> str:
    with database.write(START) as connection:
        found = remembered(connection, "instance")
        if found is None:
            found = str(uuid4())
            rows = [{"key": "instance", "value": found}, {"key": "created_at", "value": now.isoformat()}]
            connection.execute(insert(schema.meta), rows)
    return found
