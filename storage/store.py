"""Everything that is remembered, by subject. Its methods are synchronous: nobody calls them on an event loop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import insert

from storage import schema
from storage.database import START, Database, open_database, remembered
from storage.store_articles import Articles
from storage.store_finding import Finding
from storage.store_health import HealthRecords
from storage.store_matches import Matches
from storage.store_outbox import Outbox
from storage.store_sources import Sources


@dataclass(frozen=True, slots=True)
class Store:
    database: Database
    instance: str
    """This installation's UUID; what must never change for readers is made from it."""
    sources: Sources
    finding: Finding
    articles: Articles
    matches: Matches
    outbox: Outbox
    health: HealthRecords

    def close(self) -> None:
        self.database.close()


def open_store(url: str, now: datetime) -> Store:
    """Open the database at `url` (see `open_database`) and, the first time, give the installation its identity."""
    database = open_database(url)
    instance = _instance(database, now)
    return Store(
        database=database,
        instance=instance,
        sources=Sources(database),
        finding=Finding(database),
        articles=Articles(database, instance),
        matches=Matches(database, instance),
        outbox=Outbox(database),
        health=HealthRecords(database, instance),
    )


def _instance(database: Database, now: datetime) -> str:
    with database.write(START) as connection:
        found = remembered(connection, "instance")
        if found is None:
            found = str(uuid4())
            rows = [{"key": "instance", "value": found}, {"key": "created_at", "value": now.isoformat()}]
            connection.execute(insert(schema.meta), rows)
    return found
