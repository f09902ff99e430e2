"""Every night a copy, made up for where it was missed, and tried again where it failed; what is old goes after it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from databases import NOW
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs
from test_retention import OLD, add_looks, count

from collector.service import keeping
from collector.service.hours import following, latest, read_hour
from collector.service.keeping import Keeping, Plan, plan_of
from collector.service.settings import Settings
from collector.service.threads import Threads
from storage import schema
from storage.backup import kept_backups, read_backup
from storage.retention import LOOKS_KEPT
from storage.store import Store, open_store

MINSK = ZoneInfo("Europe/Minsk")
NIGHT = timedelta(days=1)


@dataclass
class Clock:
    """A service's clock; `NOW` is noon in Minsk, when the database is made."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Night:
    store: Store
    threads: Threads
    plan: Plan
    clock: Clock = field(default_factory=Clock)
    keeping: Keeping = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self, **changes: Any) -> None:
        """As a service that starts does."""
        self.plan = replace(self.plan, **changes)
        self.keeping = Keeping(self.store, self.threads, Held(), self.plan, self.clock)

    async def ticks_at(self, moment: datetime) -> int:
        """How many copies there are after a tick at that time."""
        self.clock.now = moment
        await self.keeping.tick()
        return len(kept_backups(self.plan.folder))


class Held:
    def renew(self) -> None:
        pass

    def close(self) -> None:
        pass


@pytest.fixture
def night(database_url: str, tmp_path: Path) -> Iterator[Night]:
    plan = plan_of(Settings.model_validate({"service": {"data_dir": tmp_path}}))
    with closing(open_store(database_url, NOW)) as store, closing(Threads(one_writer=store.database.is_sqlite)) as threads:
        yield Night(store, threads, plan)


NEXT = datetime(2026, 11, 3, 0, 30, tzinfo=UTC)
"""The next 03:30 in Minsk."""


async def test_every_night_at_the_hour_one_verified_copy_is_made(night: Night) -> None:
    assert await night.ticks_at(NOW) == 0
    assert await night.ticks_at(NEXT - timedelta(seconds=1)) == 0
    assert await night.ticks_at(NEXT) == 1
    assert await night.ticks_at(NEXT + timedelta(seconds=1)) == 1
    assert await night.ticks_at(NEXT + NIGHT) == 2
    assert all(read_backup(one.file).instance == night.store.instance for one in kept_backups(night.plan.folder))


async def test_a_night_that_was_missed_is_made_up_for_soon_after_the_start(night: Night) -> None:
    morning = NEXT + timedelta(hours=5)
    night.start()
    assert await night.ticks_at(morning) == 1
    night.start()
    assert await night.ticks_at(morning + timedelta(minutes=1)) == 1


async def test_a_new_installation_has_missed_nothing(night: Night) -> None:
    assert await night.ticks_at(NOW + timedelta(seconds=1)) == 0


async def test_a_copy_that_fails_is_told_in_words_and_tried_again_later_and_later(night: Night) -> None:
    night.plan.folder.write_text("in the way")
    moment = NEXT
    with capture_logs() as told:
        for wait in (0, 5, 10, 20, 40, 80, 160, 180, 180):  # minutes: doubling, three hours at most
            assert await night.ticks_at(moment + timedelta(minutes=wait, seconds=-1)) == 0
            before = len(told)
            assert await night.ticks_at(moment + timedelta(minutes=wait)) == 0
            moment += timedelta(minutes=wait)
            assert [line["event"] for line in told[before:]] == ["backup failed"]
        assert "can't be written" in told[-1]["reason"]
    night.plan.folder.unlink()
    assert await night.ticks_at(moment + timedelta(hours=3)) == 1


async def test_nothing_goes_before_it_was_copied(night: Night) -> None:
    night.store.sources.enrol(["x"], OLD)
    add_looks(night.store, night.store.sources.states()[0].id, LOOKS_KEPT + 50, OLD)
    night.plan.folder.write_text("in the way")
    await night.ticks_at(NEXT)
    assert count(night.store, schema.look) == LOOKS_KEPT + 50
    night.plan.folder.unlink()
    with capture_logs() as told:
        await night.ticks_at(NEXT + timedelta(hours=1))
    assert [(line["event"], line.get("looks")) for line in told] == [("backup", None), ("forgot what is old", 50)]
    assert read_backup(kept_backups(night.plan.folder)[0].file).rows["look"] == LOOKS_KEPT + 50


async def test_where_copies_are_switched_off_what_is_old_goes_all_the_same(night: Night) -> None:
    night.store.sources.enrol(["x"], OLD)
    add_looks(night.store, night.store.sources.states()[0].id, LOOKS_KEPT + 50, OLD)
    night.start(on=False)
    assert await night.ticks_at(NEXT) == 0
    assert count(night.store, schema.look) == LOOKS_KEPT


async def test_copies_are_rotated(night: Night) -> None:
    night.start(daily=2, weekly=1)
    for number in range(6):
        await night.ticks_at(NEXT + number * NIGHT)
    assert len(kept_backups(night.plan.folder)) == 2


@pytest.mark.parametrize(
    "jump",
    [pytest.param(timedelta(days=400), id="forward"), pytest.param(timedelta(days=-400), id="backward")],
)
async def test_a_clock_that_jumps_and_comes_back_costs_no_night(night: Night, jump: timedelta) -> None:
    await night.ticks_at(NOW)
    made = await night.ticks_at(NOW + jump)
    made = max(await night.ticks_at(NEXT - timedelta(hours=1)), made)
    assert await night.ticks_at(NEXT + timedelta(minutes=1)) > 0
    assert await night.ticks_at(NEXT + NIGHT + timedelta(minutes=2)) > made


async def test_the_loop_is_not_held_up_by_a_copy(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(*args: Any) -> Any:
        begun.set()
        assert go_on.wait(20)
        return real(*args)

    real = keeping.back_up
    monkeypatch.setattr(keeping, "back_up", slow)
    tick = asyncio.create_task(night.ticks_at(NEXT))
    await asyncio.to_thread(begun.wait, 20)
    await night.threads.write(night.store.sources.enrol, ["written meanwhile"], NEXT)
    go_on.set()
    assert await tick == 1


# --- hours ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["3:30", "03:30", time(3, 30)])
def test_a_time_of_day_is_read(written: Any) -> None:
    assert read_hour(written) == time(3, 30)


@pytest.mark.parametrize("written", ["03.30", "25:00", "night", "", 330, None])
def test_what_is_no_time_of_day_is_refused(written: Any) -> None:
    with pytest.raises(ValueError, match="is no time of day; write one such as '03:30'"):
        read_hour(written)


@given(
    now=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    hour=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.sampled_from(["Europe/Minsk", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]).map(ZoneInfo),
)
def test_the_hour_comes_once_a_day(now: datetime, hour: time, zone: ZoneInfo) -> None:
    before, after = latest(hour, zone, now), following(hour, zone, now)
    assert before <= now < after
    # a day has 23 to 25 hours where clocks are changed
    assert timedelta(hours=22) < after - before < timedelta(hours=26)


@pytest.mark.parametrize(("day", "hour"), [((2026, 3, 29), time(2, 30)), ((2026, 10, 25), time(2, 30))])
def test_an_hour_that_is_left_out_or_comes_twice_is_one_moment(day: tuple[int, int, int], hour: time) -> None:
    zone = ZoneInfo("Europe/Berlin")
    noon = datetime(*day, 12, tzinfo=UTC)
    assert latest(hour, zone, noon).date() == noon.date()
    assert following(hour, zone, noon) - latest(hour, zone, noon) >= timedelta(hours=22)
