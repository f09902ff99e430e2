"""What is old goes, in small steps; what keeps anything from being told twice stays, and so does what health is judged by."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest
from databases import NOW
from sqlalchemy import func, insert, select

from storage import histories, schema
from storage.model import Cause, DeliveryState
from storage.retention import LOOKS_KEPT, Forgotten
from storage.store import Store, open_store

OLD, RECENT = NOW - timedelta(days=500), NOW - timedelta(days=10)
LIMITS: dict[str, Any] = {"looks_before": NOW - timedelta(days=90), "deliveries_before": NOW - timedelta(days=400)}


@pytest.fixture
def source_id(store: Store) -> int:
    store.sources.enrol(["x"], OLD)
    return store.sources.states()[0].id


def add(store: Store, table: Any, **values: Any) -> int:
    with store.database.write() as connection:
        key = connection.execute(insert(table).values(**values)).inserted_primary_key
        assert key is not None
        return int(key[0])


def add_looks(store: Store, source_id: int, count: int, at: datetime) -> None:
    counts = dict.fromkeys(("seen", "unknown", "new", "revised", "known", "baseline", "failed"), 0)
    row = counts | {"source_id": source_id, "started_at": at, "error": ""}
    with store.database.write() as connection:
        connection.execute(insert(schema.look), [row | {"finished_at": at + timedelta(minutes=number)} for number in range(count)])


def add_incident(store: Store, source_id: int, cause: Cause, closed_at: datetime | None) -> int:
    at = {"opened_at": OLD, "last_seen_at": OLD, "closed_at": closed_at}
    words = {"about": "x", "words": "", "detail": "", "told": False, "tellings": 1}
    return add(store, schema.incident, scope=f"source:{source_id}", source_id=source_id, cause=cause, **at, **words)


def add_notice(store: Store, name: str, scope: str, cause: Cause, at: datetime) -> int:
    words = {"kind": "opened", "about": "x", "words": "", "detail": "", "since": at}
    return add(store, schema.notice, name=name, scope=scope, cause=cause, created_at=at, **words)


def add_delivery(store: Store, state: DeliveryState, at: datetime, notice_id: int) -> int:
    recipient = add(store, schema.recipient, key=f"{state}{at}{notice_id}", channel="c")
    sent_at = at if state is DeliveryState.SENT else None
    values = {"state": state, "attempts": 1, "created_at": at, "due_at": at, "sent_at": sent_at, "error": ""}
    delivery = add(store, schema.delivery, recipient_id=recipient, notice_id=notice_id, message_id=f"{recipient}", **values)
    with store.database.write() as connection:
        connection.execute(insert(schema.delivery_watch).values(delivery_id=delivery, watch="w"))
    return delivery


def ids(store: Store, table: Any) -> set[int]:
    with store.database.read() as connection:
        return set(connection.scalars(select(table.c.id)))


def count(store: Store, table: Any) -> int:
    with store.database.read() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def forget(store: Store, limit: int = 100) -> Forgotten:
    """As the nightly job does: until there is nothing left to take away."""
    went = Forgotten()
    while step := store.retention.forget(**LIMITS, limit=limit):
        went += step
    return went


def test_old_looks_go_and_a_number_of_each_source_stays(store: Store, source_id: int) -> None:
    add_looks(store, source_id, LOOKS_KEPT + 250, OLD)
    add_looks(store, source_id, 20, RECENT)
    assert forget(store).looks == 270
    assert count(store, schema.look) == LOOKS_KEPT


def test_a_source_that_is_looked_at_seldom_keeps_its_looks(store: Store, source_id: int) -> None:
    add_looks(store, source_id, LOOKS_KEPT, OLD)
    assert not forget(store)


def test_no_step_takes_more_than_it_may(store: Store, source_id: int) -> None:
    add_looks(store, source_id, LOOKS_KEPT + 30, OLD)
    assert store.retention.forget(**LIMITS, limit=7) == Forgotten(looks=7)


def test_health_judges_as_before(store: Store, source_id: int) -> None:
    add_looks(store, source_id, LOOKS_KEPT + 100, OLD)
    assert LOOKS_KEPT >= histories._LOOKS
    before = store.health.histories([source_id], 3), store.health.changed(["x"])
    assert forget(store)
    assert (store.health.histories([source_id], 3), store.health.changed(["x"])) == before


def test_looks_before_a_list_shrank_stay_while_it_is_compared_with_them(store: Store, source_id: int) -> None:
    add_looks(store, source_id, LOOKS_KEPT + 100, OLD - timedelta(days=10))
    add_incident(store, source_id, Cause.LIST_SHRUNK, None)
    add_looks(store, source_id, LOOKS_KEPT + 100, OLD + timedelta(days=10))
    (before,) = store.health.histories([source_id], 3)
    assert before.looks_before
    forget(store)
    assert store.health.histories([source_id], 3) == [before]


@pytest.mark.parametrize(
    ("state", "at", "goes"),
    [
        pytest.param(DeliveryState.SENT, OLD, True, id="sent long ago"),
        pytest.param(DeliveryState.DEAD, OLD, True, id="given up long ago"),
        pytest.param(DeliveryState.SENT, RECENT, False, id="sent lately"),
        pytest.param(DeliveryState.DEAD, RECENT, False, id="given up lately: it may be sent by hand"),
        pytest.param(DeliveryState.OWED, OLD, False, id="still owed, however old"),
    ],
)
def test_deliveries_go_when_they_are_over_and_old(store: Store, source_id: int, state: DeliveryState, at: datetime, goes: bool) -> None:
    notice = add_notice(store, "n", f"source:{source_id}", Cause.SILENT, at)
    delivery = add_delivery(store, state, at, notice)
    add_delivery(store, DeliveryState.SENT, NOW, notice)  # the last one stays in any case
    forget(store)
    assert (delivery not in ids(store, schema.delivery)) is goes
    assert count(store, schema.delivery_watch) == (1 if goes else 2)


@pytest.mark.parametrize(
    ("closed_at", "goes"),
    [
        pytest.param(OLD, True, id="over long ago"),
        pytest.param(RECENT, False, id="over lately"),
        pytest.param(None, False, id="still there"),
    ],
)
def test_incidents_go_when_they_are_over_and_old(store: Store, source_id: int, closed_at: datetime | None, goes: bool) -> None:
    incident = add_incident(store, source_id, Cause.SILENT, closed_at)
    add_incident(store, source_id, Cause.BURST, NOW)
    forget(store)
    assert (incident not in ids(store, schema.incident)) is goes


def test_a_notice_goes_after_its_incident_and_its_deliveries(store: Store, source_id: int) -> None:
    scope = f"source:{source_id}"
    add_incident(store, source_id, Cause.SILENT, OLD)
    add_incident(store, source_id, Cause.BURST, None)
    told = add_notice(store, "incident-1-opened", scope, Cause.SILENT, OLD)
    of_open = add_notice(store, "incident-2-opened", scope, Cause.BURST, OLD)
    owed = add_notice(store, "incident-3-opened", scope, Cause.GAP, OLD)
    last = add_notice(store, "incident-4-opened", scope, Cause.GAP, NOW)
    add_delivery(store, DeliveryState.SENT, OLD, told)
    add_delivery(store, DeliveryState.OWED, OLD, owed)
    forget(store)
    assert ids(store, schema.notice) == {of_open, owed, last}


def test_a_number_that_others_have_seen_is_never_given_again(store: Store, source_id: int) -> None:
    incident = add_incident(store, source_id, Cause.SILENT, OLD)
    notice = add_notice(store, "n", "elsewhere", Cause.SILENT, OLD)
    delivery = add_delivery(store, DeliveryState.SENT, OLD, notice)
    forget(store)
    assert add_incident(store, source_id, Cause.SILENT, None) > incident
    fresh = add_notice(store, "n2", "elsewhere", Cause.SILENT, NOW)
    assert fresh > notice
    assert add_delivery(store, DeliveryState.OWED, NOW, fresh) > delivery


@pytest.fixture
def two_stores(database_url: str) -> Iterator[tuple[Store, Store]]:
    with closing(open_store(database_url, NOW)) as one, closing(open_store(database_url, NOW)) as other:
        yield one, other


def test_two_services_that_forget_at_once_take_each_row_away_once(two_stores: tuple[Store, Store]) -> None:
    one, other = two_stores
    one.sources.enrol(["x"], OLD)
    add_looks(one, one.sources.states()[0].id, LOOKS_KEPT + 100, OLD)
    went = [store.retention.forget(**LIMITS, limit=30).looks for _ in range(3) for store in two_stores]
    assert sum(went) == 100
    assert not forget(other)
