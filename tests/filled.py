"""Databases of earlier versions, with rows in every table that those had."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, MetaData, Table, create_engine, insert, select
from sqlalchemy.engine import Engine
from sqlalchemy.types import Boolean, DateTime, LargeBinary, Numeric

from storage import migrations
from storage.database import sqlite_module
from storage.model import DeliveryState, LinkState

EARLIER = ("0001", "0002", "0003", "0004")
WHEN = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
_STATES = tuple(LinkState)
_ROWS = len(_STATES)
"""A link in every state; of every other thing as many."""
_INCIDENT = "list shrunk"


def engine_of(url: str) -> Engine:
    if url.startswith("sqlite:"):
        return create_engine(url, module=sqlite_module())  # Python's own may be too old for the search index
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://"))


def fill(url: str, version: str) -> None:
    """Make the database at `url` what a service of this schema could have left."""
    engine = engine_of(url)
    with engine.begin() as connection:
        migrations.upgrade(connection, version)
        for table in _tables(connection):
            for number in range(1, _ROWS + 1):
                connection.execute(insert(table), _row(table, number))
    engine.dispose()


def rows_of(url: str) -> dict[str, list[dict[str, Any]]]:
    """Everything, in the order of its keys."""
    engine = engine_of(url)
    with engine.connect() as connection:
        found = {
            table.name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
            for table in _tables(connection)
        }
    engine.dispose()
    return found


def schema_of(url: str) -> str:
    engine = engine_of(url)
    with engine.connect() as connection:
        version = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())
    engine.dispose()
    return version


def _tables(connection: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


def _row(table: Table, number: int) -> dict[str, Any]:
    row = {column.name: _value(column, number) for column in table.columns}
    row |= _OWN.get(table.name, lambda _: {})(number)
    if "notice_id" in row:  # a delivery is of one thing
        row["revision_id" if number % 2 else "notice_id"] = None
    numbered = table.columns.get("id") is not None  # by the database: PostgreSQL counts what it gives itself
    return {name: value for name, value in row.items() if name in table.columns and not (numbered and name == "id")}


def _value(column: Any, number: int) -> Any:
    if isinstance(column.type, DateTime):
        return WHEN.replace(minute=number)
    if isinstance(column.type, Boolean):
        return bool(number % 2)
    if isinstance(column.type, LargeBinary):
        return b"".join((number * 1000 + step).to_bytes(8, "little") for step in range(4))
    if isinstance(column.type, Numeric) or column.type.python_type is int:
        return number
    length = getattr(column.type, "length", None) or 200
    return f"{column.name} {number} Ўладзімір «щ» 𝔼"[:length]


def _revision(number: int) -> dict[str, Any]:
    words = itertools.islice(itertools.cycle(f"слова{number}{letter}" for letter in "абвгдежз"), 60)
    return {
        "article_id": number,
        "number": 1,
        "published": "2026-09-30T10:00:00+03:00",
        "language": "ru",
        "text": " ".join(words),
        "matched_at": WHEN,
        "content_hash": f"{number:064d}",
        "state_hash": f"{number:064d}",
        "kinds": "",
        "burst": None,
    }


_OWN: dict[str, Any] = {
    "meta": lambda number: {"key": ("instance", "created_at", *map(str, range(20)))[number - 1], "value": _META[min(number, 3) - 1]},
    "revision": _revision,
    "link": lambda number: {
        "state": _STATES[number - 1],
        "published": "2026-09-30",
        "whole": None,
        "alias_keys": "a\nb",
        "backfilled": False,
    },
    "backfill": lambda _: {"oldest": "2026-01-01"},
    "source": lambda _: {"definition": None, "ways": None, "paused_at": None},
    "match": lambda _: {"spans": '[["title", 0, 5]]', "owed": "delivery"},
    "look": lambda _: {"noted": None},
    "delivery": lambda number: {"state": (DeliveryState.SENT, DeliveryState.DEAD)[number % 2], "leased_until": None},
    "incident": lambda number: {"cause": _INCIDENT, "scope": f"source:{number}"},
    "notice": lambda number: {"cause": _INCIDENT, "kind": "opened", "scope": f"source:{number}"},
    "health": lambda _: {"cause": ""},
    "address_key": lambda number: {"language": "ru", "family": "x.by", "key": f"/node/{number}"},
    "article": lambda number: {"family": "x.by", "url": f"http://x.by/node/{number}"},
    "location": lambda number: {"url": f"http://x.by/node/{number}"},
    "attachment": lambda number: {"url": f"http://x.by/{number}.pdf"},
}
_META = ("8f9d0c5e-4f0e-4d2b-9a55-0e6f2a6d9f10", WHEN.isoformat(), "x")
