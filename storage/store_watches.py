"""Watches that are made while the service runs, and the receipts that are owed when one is saved."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from storage import schema
from storage.database import Database, StorageError, inserted_id
from storage.model import NoticeKind, Receipt, SavedWatch
from storage.store_outbox import owe_notice

_TURN = "watches"
"""So that versions become visible in their order."""


class Watches:
    def __init__(self, database: Database, instance: str) -> None:
        self._database = database
        self._instance = instance

    def save(self, watches: Sequence[SavedWatch], receipts: Iterable[Receipt], now: datetime) -> list[SavedWatch]:
        """Write watches down, and owe their receipts, in one transaction: all or nothing. Returns them as they stand now.

        A watch with a version is changed, one without is made. StorageError where it was changed, removed or made meanwhile.
        """
        with self._database.write(_TURN) as connection:
            version = connection.scalar(select(func.max(schema.watch.c.version))) or 0
            saved = [_save(connection, watch, version + place, now) for place, watch in enumerate(watches, 1)]
            for receipt in receipts:
                self._owe(connection, receipt, {watch.name: watch.version for watch in saved}, now)
        return saved

    def remove(self, name: str, now: datetime) -> bool:
        """No longer hold it against anything; what it matched is kept. Whether it was there."""
        watch = schema.watch.c
        with self._database.write(_TURN) as connection:
            version = connection.scalar(select(func.max(watch.version))) or 0
            there = update(schema.watch).where(watch.name == name, watch.removed_at.is_(None))
            return connection.execute(there.values(removed_at=now, changed_at=now, version=version + 1)).rowcount > 0

    def changed_since(self, version: int) -> list[SavedWatch]:
        """Watches that were made, changed or removed after this version, in that order; those removed say so."""
        watch = schema.watch.c
        with self._database.read() as connection:
            rows = connection.execute(select(schema.watch).where(watch.version > version).order_by(watch.version))
            return [_watch(row) for row in rows.mappings()]

    def get(self, name: str) -> SavedWatch | None:
        """One that is there."""
        watch = schema.watch.c
        with self._database.read() as connection:
            row = connection.execute(select(schema.watch).where(watch.name == name, watch.removed_at.is_(None))).mappings().first()
            return None if row is None else _watch(row)

    def _owe(self, connection: Connection, receipt: Receipt, versions: dict[str, int], now: datetime) -> None:
        first = receipt.watches[0]
        notice_id = inserted_id(
            connection,
            schema.notice,
            name=f"receipt-{first}-{versions[first]}",
            kind=NoticeKind.RECEIPT,
            cause="",
            scope="watch",
            about=", ".join(receipt.watches[:3]) + (", …" if receipt.watches[3:] else ""),
            words=receipt.words,
            detail=receipt.detail,
            since=now,
            until=None,
            created_at=now,
        )
        owe_notice(connection, notice_id, receipt.recipients, self._instance, now)

    def list(self) -> list[SavedWatch]:
        """All that are there, by name."""
        watch = schema.watch.c
        with self._database.read() as connection:
            rows = connection.execute(select(schema.watch).where(watch.removed_at.is_(None)))
            return sorted((_watch(row) for row in rows.mappings()), key=lambda saved: saved.name)


def _save(connection: Connection, watch: SavedWatch, version: int, now: datetime) -> SavedWatch:
    row = schema.watch.c
    known = connection.execute(select(schema.watch).where(row.name == watch.name)).mappings().first()
    there = known is not None and known["removed_at"] is None
    if there and not watch.version:
        raise StorageError(f"there is a watch {watch.name!r} already; `vestnik watch change {watch.name}` changes it")
    if watch.version and (known is None or not there or known["version"] != watch.version):
        raise StorageError(f"watch {watch.name!r} was changed or removed by another command at this moment; look at it, and try again")
    values = _values(watch) | {"changed_at": now, "removed_at": None, "version": version}
    if not there:
        values["created_at"] = now
    if known is None:
        connection.execute(insert(schema.watch).values(name=watch.name, **values))
    else:
        connection.execute(update(schema.watch).where(row.id == known["id"]).values(**values))
    return _watch(connection.execute(select(schema.watch).where(row.name == watch.name)).mappings().one())


def _values(watch: SavedWatch) -> dict[str, Any]:
    lists = {"terms": watch.terms, "exclude": watch.exclude, "tags": watch.tags, "channels": watch.channels, "told_of": watch.on}
    return {"query": watch.query, **{name: json.dumps(values, ensure_ascii=False) for name, values in lists.items()}}


def _watch(row: RowMapping) -> SavedWatch:
    terms, exclude, tags, channels, on = (tuple(json.loads(row[column])) for column in ("terms", "exclude", "tags", "channels", "told_of"))
    return SavedWatch(
        row["name"], row["query"], terms, exclude, tags, channels, on,
        created_at=row["created_at"], changed_at=row["changed_at"], removed_at=row["removed_at"], version=row["version"],
    )  # fmt: skip
