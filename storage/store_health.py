"""What is remembered of how sources are: what was judged of each, incidents, and the notices that are owed for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, delete, func, insert, or_, select, update

from storage import schema
from storage.database import Database, inserted_id
from storage.histories import condition_of_row, history_of
from storage.model import Cause, Condition, Incident, IncidentChange, NoticeKind, Recipient, SourceHistory
from storage.store_outbox import owe_notice

_TURN = "health"

Decide = Callable[[Collection[int], Mapping[int, Condition], Sequence[Incident]], Sequence[IncidentChange]]
"""From the sources that were judged now, the conditions of all, and the incidents open or closed lately, to what becomes of them. Pure, so
that deciding and writing are one transaction.
"""


class HealthRecords:
    def __init__(self, database: Database, instance: str) -> None:
        self._database = database
        self._instance = instance

    def changed(self, names: Collection[str]) -> list[int]:
        """The sources, of those named, that were looked at since they were judged."""
        source, health = schema.source.c, schema.health.c
        newest = select(func.max(schema.look.c.id)).where(schema.look.c.source_id == source.id).scalar_subquery().label("newest")
        query = select(source.id, source.name, newest, health.look_id).outerjoin(schema.health, health.source_id == source.id)
        query = query.where(source.paused_at.is_(None))  # a look may have ended as it was paused
        with self._database.read() as connection:
            rows = connection.execute(query)
            return [row.id for row in rows if row.newest is not None and row.newest > (row.look_id or 0) and row.name in names]

    def ids(self, names: Collection[str]) -> Mapping[str, int]:
        """The ids of the sources named."""
        with self._database.read() as connection:
            rows = connection.execute(select(schema.source.c.id, schema.source.c.name))
            return {row.name: row.id for row in rows if row.name in names}

    def histories(self, source_ids: Iterable[int], tries: int) -> list[SourceHistory]:
        """What is known of the sources, of those that were ever looked at. `tries`: how often a link failed that counts as unread."""
        with self._database.read() as connection:
            found = (history_of(connection, source_id, tries=tries) for source_id in source_ids)
            return [history for history in found if history is not None]

    def record(
        self, judged: Sequence[Condition], decide: Decide, recipients: Collection[Recipient], now: datetime, lately: timedelta
    ) -> list[IncidentChange]:
        """Write down what was judged, the incidents that follow from it, and the notices owed for them, in one transaction.

        A look that was judged already changes nothing. `lately`: for how long a closed incident is handed to `decide`.
        """
        with self._database.write(_TURN) as connection:
            taken = [condition for condition in judged if _take(connection, condition)]
            if not taken:
                return []
            conditions = {row["source_id"]: condition_of_row(row) for row in connection.execute(select(schema.health)).mappings()}
            changes = list(decide([condition.source_id for condition in taken], conditions, _known(connection, now - lately)))
            return [self._write(connection, change, recipients, now) for change in changes]

    def incidents(self, names: Collection[str] | None = None, *, closed: int = 0) -> list[Incident]:
        """The open incidents, the latest first, and as many of the closed ones; of the sources named, and of all that concern several."""
        incident, source = schema.incident.c, schema.source.c
        wanted = select(schema.incident).outerjoin(schema.source, source.id == incident.source_id)
        if names is not None:
            wanted = wanted.where(or_(incident.source_id.is_(None), source.name.in_(list(names))))
        with self._database.read() as connection:
            open_ones = connection.execute(wanted.where(incident.closed_at.is_(None)).order_by(incident.id.desc())).mappings().all()
            query = wanted.where(incident.closed_at.is_not(None)).order_by(incident.closed_at.desc(), incident.id.desc()).limit(closed)
            return [_incident(row) for row in [*open_ones, *(connection.execute(query).mappings() if closed else ())]]

    def of(self, source_id: int) -> list[Incident]:
        """The open incidents of one source, the oldest first."""
        incident = schema.incident.c
        query = select(schema.incident).where(incident.source_id == source_id, incident.closed_at.is_(None)).order_by(incident.id)
        with self._database.read() as connection:
            return [_incident(row) for row in connection.execute(query).mappings()]

    def _write(self, connection: Connection, change: IncidentChange, recipients: Collection[Recipient], now: datetime) -> IncidentChange:
        incident = change.incident
        values = asdict(incident)
        incident_id = values.pop("id") or inserted_id(connection, schema.incident, **values)
        if incident.id:
            connection.execute(update(schema.incident).where(schema.incident.c.id == incident.id).values(**values))
        if change.tell is not None:
            notice_id = _insert_notice(connection, incident, f"incident-{incident_id}", change.tell, now)
            owe_notice(connection, notice_id, recipients, self._instance, now)
        return change


def _take(connection: Connection, condition: Condition) -> bool:
    """Write down what was judged of a source, unless another process has judged this look, or a later one."""
    row = schema.health.c
    values = asdict(condition) | {"cause": condition.cause or ""}
    known = connection.scalar(select(row.look_id).where(row.source_id == condition.source_id))
    if known is not None and known >= condition.look_id:
        return False
    if known is not None:
        connection.execute(delete(schema.health).where(row.source_id == condition.source_id))
    connection.execute(insert(schema.health).values(**values))
    return True


def _known(connection: Connection, since: datetime) -> list[Incident]:
    incident = schema.incident.c
    query = select(schema.incident).where(or_(incident.closed_at.is_(None), incident.closed_at > since)).order_by(incident.id)
    return [_incident(row) for row in connection.execute(query).mappings()]


def _incident(row: RowMapping) -> Incident:
    fields = {name: row[name] for name in Incident.__dataclass_fields__}  # the columns are named after the fields
    return Incident(**fields | {"cause": Cause(row["cause"])})


def _insert_notice(connection: Connection, incident: Incident, name: str, kind: NoticeKind, now: datetime) -> int:
    """Its name is unique: that something is so can be told once, however often it is decided."""
    times = f"-{incident.tellings}" if incident.tellings > 1 else ""
    return inserted_id(
        connection,
        schema.notice,
        name=f"{name}-{kind}{times}",
        kind=kind,
        cause=incident.cause,
        scope=incident.scope,
        about=incident.about,
        words=incident.words,
        detail=incident.detail,
        since=incident.opened_at if incident.reopened_at is None or kind is NoticeKind.CLOSED else incident.reopened_at,
        until=incident.closed_at,
        created_at=now,
    )
