"""Promise 4 by its numbers: what is silent, what is held, what is told at once, and what is told together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

import pytest
from databases import Databases
from lookout import HOUR, NOW, Lookout, article_page, list_page, lookout_on
from raw_web import answer

from collector.bursts import burst_named, held_back, silenced, stood_before, told_together
from storage.model import Content, Link, SourceState

A_DAY = timedelta(days=1)
OLD = (NOW - 30 * A_DAY).date()


@pytest.fixture
async def lookout(databases: Databases) -> AsyncIterator[Lookout]:
    async with lookout_on(databases) as made:
        yield made


def state(last_good_at: datetime = NOW, resumed_at: datetime | None = None) -> SourceState:
    return SourceState(1, "site", NOW - 90 * A_DAY, last_good_at, NOW, 0, "", 9, resumed_at=resumed_at)


def links(count: int, published: date | None = None) -> list[Link]:
    return [Link(f"https://site.example/{number}", f"site.example/{number}", published=published) for number in range(count)]


# --- the first look --------------------------------------------------------------------------------------------------------------------


async def test_looks_that_fail_do_not_use_up_the_silent_one(lookout: Lookout) -> None:
    lookout.publish(1, 2, 3)
    shown = lookout.web.answers["/"]
    for failing in (answer(b"", "503 Busy"), answer(b"<html><body><p>Welcome</p></body></html>"), answer(b"", "404 No")):
        lookout.web.answers["/"] = failing
        await lookout.look()
        assert lookout.state.first_good_at is None
    lookout.web.answers["/"] = shown
    await lookout.look_until_read()
    assert (lookout.numbers(baseline=True), lookout.numbers(baseline=False)) == ([1, 2, 3], [])
    lookout.publish(4)
    await lookout.look()
    assert lookout.numbers(baseline=False) == [4]


async def test_a_known_list_without_rows_is_a_first_look_at_an_empty_source(lookout: Lookout) -> None:
    lookout.web.answers["/"] = answer(list_page([], {}))
    await lookout.look()
    assert lookout.state.first_good_at is not None
    lookout.publish(1, 2)
    await lookout.look_until_read()
    assert (lookout.numbers(baseline=True), lookout.numbers(baseline=False)) == ([], [1, 2])


# --- bursts ----------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unknown", "weekly_most", "held"),
    [
        pytest.param(links(20), 0, 0, id="20 undated are no burst"),
        pytest.param(links(21), 0, 21, id="21 are one"),
        pytest.param(links(25), 5, 0, id="five times the best week is no burst"),
        pytest.param(links(26), 5, 26, id="one more is"),
        pytest.param(links(30, OLD), 0, 30, id="old ones"),
        pytest.param(links(30, NOW.date()), 0, 0, id="today's are news, however many"),
        pytest.param(links(20) + links(40, NOW.date()), 0, 0, id="today's do not make a burst of 20 others"),
    ],
)
def test_more_than_20_and_more_than_five_weeks_of_undated_or_old_links_are_held(unknown: list[Link], weekly_most: int, held: int) -> None:
    assert len(held_back(unknown, weekly_most, state(), ())) == held


def test_of_a_burst_what_bears_a_fresh_date_is_told_at_once() -> None:
    fresh = Link("https://site.example/fresh", "fresh", published=NOW)
    assert "fresh" not in held_back([*links(30), fresh], 0, state(), ())


@pytest.mark.parametrize(("hours", "old"), [(47, False), (48, False), (49, True)])
def test_a_link_is_old_when_it_is_dated_48_hours_before_the_last_good_look(hours: int, old: bool) -> None:
    assert stood_before(Link("u", "k", published=NOW - hours * HOUR), NOW) is old


def test_a_day_without_an_hour_is_old_when_all_of_it_is() -> None:
    edge = NOW - 48 * HOUR
    assert not stood_before(Link("u", "k", published=edge.date()), NOW)
    assert stood_before(Link("u", "k", published=edge.date() - A_DAY), NOW)


async def test_a_redesign_that_shows_the_archive_undated_is_held_and_its_news_are_told_at_once(lookout: Lookout) -> None:
    lookout.publish(1, 2, 3, on=OLD)
    await lookout.look_until_read()
    lookout.publish(*range(100, 121))
    for number in range(100, 121):
        del lookout.dates[number]
    lookout.publish(4)
    await lookout.look()
    assert lookout.numbers(baseline=False) == [4]
    assert lookout.links()["held"] == 21


async def test_what_was_refused_is_never_asked_for_again(lookout: Lookout) -> None:
    lookout.dated = False
    lookout.publish(1, 2, 3)
    await lookout.look_until_read()
    lookout.publish(*range(100, 121))
    await lookout.look()
    lookout.store.finding.judge_held(lookout.state.id, lookout.now, release=False)
    before = len(lookout.asked)
    for _ in range(5):
        await lookout.look(7 * A_DAY)
    assert not [path for path in lookout.asked[before:] if len(path) == len("/news/100")]
    assert lookout.links()["refused"] == 21
    assert lookout.numbers(baseline=False) == []


async def test_a_burst_that_was_refused_makes_no_larger_one_look_usual(lookout: Lookout) -> None:
    lookout.dated = False
    lookout.publish(1, 2, 3)
    await lookout.look_until_read()
    for first in (100, 200):
        lookout.published = [1, 2, 3]
        lookout.publish(*range(first, first + 30))
        await lookout.look()
        assert lookout.links()["held"] == 30
        lookout.store.finding.judge_held(lookout.state.id, lookout.now, release=False)
    assert lookout.links()["refused"] == 60


async def test_what_was_held_comes_as_one_burst_when_it_is_released(lookout: Lookout) -> None:
    lookout.dated = False
    lookout.publish(1, 2, 3)
    await lookout.look_until_read()
    lookout.publish(*range(100, 135))
    await lookout.look()
    lookout.publish(4)
    await lookout.look(timedelta(minutes=5))
    assert lookout.numbers(baseline=False) == [4]
    for _ in range(3):
        await lookout.look(HOUR)
    bursts = {revision.title.rpartition(" ")[2]: revision.burst for revision in lookout.store.matches.unmatched(1000)}
    assert bursts.pop("4") == ""
    (burst,) = {bursts[str(number)] for number in range(100, 135)}
    assert burst.startswith("site: held 2026-11-20 ")


async def test_an_edit_of_what_came_in_a_burst_is_told_by_itself(lookout: Lookout) -> None:
    lookout.dated = False
    lookout.publish(1)
    await lookout.look_until_read()
    lookout.publish(*range(100, 121))
    await lookout.look()
    await lookout.look(HOUR)
    store = lookout.store
    article = next(found for found in store.articles.page(None, 100) if found.url.endswith("/news/100"))
    with store.database.write() as connection:
        connection.exec_driver_sql("UPDATE revision SET matched_at = recorded_at")
    lookout.web.answers["/news/100"] = answer(article_page(100, NOW.date(), "с 7 поправками"))
    await lookout.look(9 * HOUR)
    (edit,) = [one for one in store.matches.unmatched(100) if one.article_id == article.id]
    assert (edit.number, edit.burst) == (2, "")


# --- outages ---------------------------------------------------------------------------------------------------------------------------


async def test_what_appeared_while_nobody_looked_for_weeks_is_told_together_and_never_held(lookout: Lookout) -> None:
    lookout.publish(1, 2, 3, on=OLD)
    await lookout.look_until_read()
    for number in range(4, 150):
        lookout.publish(number, on=(NOW + timedelta(days=number / 10)).date())
    lookout.now = NOW + 16 * A_DAY
    for _ in range(9):
        await lookout.look_until_read()
    assert "held" not in lookout.links()
    assert lookout.numbers(baseline=False) == list(range(4, 150))
    revisions = lookout.store.matches.unmatched(1000)
    assert {revision.burst for revision in revisions if not revision.baseline} == {revisions[-1].burst} != {""}


@pytest.mark.parametrize(
    ("told", "away", "together"),
    [
        pytest.param(21, timedelta(hours=7), True, id="much, after a night"),
        pytest.param(20, timedelta(days=9), False, id="not much"),
        pytest.param(99, timedelta(hours=5), False, id="much, and looked at today"),
    ],
)
def test_much_that_is_new_after_nobody_looked_for_long_is_told_together(told: int, away: timedelta, together: bool) -> None:
    keys = [str(number) for number in range(told)]
    found = told_together(keys, {}, state(NOW - away), NOW, timedelta(hours=6))
    assert set(found) == (set(keys) if together else set())


# --- what is baseline after a pause ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "later", "silent"),
    [
        pytest.param(None, 0.1, True, id="no date"),
        pytest.param(NOW - HOUR, 0.1, True, id="an hour before"),
        pytest.param(NOW + timedelta(minutes=1), 0.1, False, id="a minute after"),
        pytest.param(NOW.date(), 0.1, True, id="the same day, seen at once"),
        pytest.param(NOW.date(), 9, False, id="the same day, seen hours later: it may be news"),
        pytest.param(NOW.date() + A_DAY, 20, False, id="the next day"),
    ],
)
def test_what_appeared_in_a_pause_is_silent_and_what_is_dated_after_it_is_not(published: date | None, later: float, silent: bool) -> None:
    link = Link("u", "k", published=published)
    assert bool(silenced([link], NOW, NOW + later * HOUR, HOUR)) is silent


def test_the_name_of_a_burst_fits_however_long_its_sources_is() -> None:
    assert len(burst_named("и" * 200, "since", NOW)) <= 120


def test_a_text_in_a_list_that_is_held_is_held_too() -> None:
    whole = [Link("u", f"k{number}", whole=Content(title="", text="x")) for number in range(21)]
    assert len(held_back(whole, 0, state(), ())) == 21
