"""What is not kept for ever: old looks, and deliveries, incidents and notices that are over and done with.

Links, keys, articles, revisions and matches stay: they are why nothing is ever told again. Of the numbered rows that go, the last one stays
too: SQLite would give its number again, and numbers stand in names and Message-IDs that others have seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, exists, func, or_, select

from storage import schema
from storage.database import Database
from storage.model import Cause, DeliveryState

LOOKS_KEPT = 200
"""Of each source, however old: its health is judged by its last 60 (`storage.histories`), and people want to see some more."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows went."""

    looks: int = 0
    deliveries: int = 0
    incidents: int = 0
    notices: int = 0

    def __bool__(self) -> bool:
        return bool(self.looks or self.deliveries or self.incidents or self.notices)

    def __add__(self, other: Forgotten) -> Forgotten:
        return Forgotten(
            self.looks + other.looks,
            self.deliveries + other.deliveries,
            self.incidents + other.incidents,
            self.notices + other.notices,
        )


class Retention:
    def __init__(self, database: Database) -> None:
        self._database = database

    def forget(self, *, looks_before: datetime, deliveries_before: datetime, limit: int) -> Forgotten:
        """Take away `limit` rows of each kind at most, in one transaction; nothing is left to take away where nothing went.

        Looks that ended before then; deliveries that were sent, or given up, with what was decided before then; incidents that were over,
        and notices that nobody is owed any more.
        """
        with self._database.write("retention") as connection:
            return Forgotten(
                looks=_forget(connection, schema.look, _old_looks(looks_before), limit),
                deliveries=_forget_deliveries(connection, deliveries_before, limit),
                incidents=_forget(connection, schema.incident, schema.incident.c.closed_at < deliveries_before, limit),
                notices=_forget(connection, schema.notice, _old_notices(deliveries_before), limit),
            )


def _forget(connection: Connection, table: Table, old: ColumnElement[bool], limit: int) -> int:
    ids = _ids(connection, table, old, limit)
    return connection.execute(delete(table).where(table.c.id.in_(ids))).rowcount if ids else 0


def _ids(connection: Connection, table: Table, old: ColumnElement[bool], limit: int) -> list[Any]:
    """The oldest of those rows, without the last of the table."""
    last = select(func.max(table.c.id)).scalar_subquery()
    return list(connection.scalars(select(table.c.id).where(table.c.id < last, old).order_by(table.c.id).limit(limit)))


def _old_looks(before: datetime) -> ColumnElement[bool]:
    """Not the last ones of a source, nor those of one whose list is known to have shrunk: it is judged by what the list was before that."""
    look, later, incident = schema.look.c, schema.look.alias("later"), schema.incident.c
    first_kept = (
        select(later.c.id).where(later.c.source_id == look.source_id).order_by(later.c.id.desc()).offset(LOOKS_KEPT - 1).limit(1)
    ).scalar_subquery()
    shrunk = exists().where(incident.source_id == look.source_id, incident.cause == Cause.LIST_SHRUNK, incident.closed_at.is_(None))
    return and_(look.finished_at < before, look.id < first_kept, ~shrunk)


def _forget_deliveries(connection: Connection, before: datetime, limit: int) -> int:
    delivery = schema.delivery.c
    sent = and_(delivery.state == DeliveryState.SENT, delivery.sent_at < before)
    dead = and_(delivery.state == DeliveryState.DEAD, delivery.due_at < before)
    ids = _ids(connection, schema.delivery, or_(sent, dead), limit)
    if not ids:
        return 0
    connection.execute(delete(schema.delivery_watch).where(schema.delivery_watch.c.delivery_id.in_(ids)))
    return connection.execute(delete(schema.delivery).where(delivery.id.in_(ids))).rowcount


def _old_notices(before: datetime) -> ColumnElement[bool]:
    """Not one that is still owed, nor one that tells of an incident that is still there."""
    notice, delivery = schema.notice.c, schema.delivery.c
    incident = schema.incident.c
    is_owed = exists().where(delivery.notice_id == notice.id)
    is_open = exists().where(incident.scope == notice.scope, incident.cause == notice.cause)
    return and_(notice.created_at < before, ~is_owed, ~is_open)
