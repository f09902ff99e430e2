"""When sources are looked at again and links tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from collector.cadence import Cadence, after_failed_look, after_good_look, look_again, retry_link
from collector.page import PageError, Trouble

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
CADENCE = Cadence()


def error(retry_after: float | None = None, trouble: Trouble = Trouble.TEMPORARY) -> PageError:
    return PageError(trouble, "no answer in time", retry_after)


def test_after_a_good_look_the_next_comes_an_interval_later() -> None:
    assert after_good_look(CADENCE, NOW) == NOW + CADENCE.every


@pytest.mark.parametrize(("fresh_for", "minutes"), [(0, 15), (600, 15), (1200, 20), (3600, 60), (7200, 60), (1e12, 60)])
def test_a_source_that_says_for_how_long_nothing_changes_is_believed_up_to_the_longest_interval(fresh_for: float, minutes: int) -> None:
    assert after_good_look(CADENCE, NOW, fresh_for) == NOW + minutes * MINUTE


SOON_OVER = [Trouble.TEMPORARY, Trouble.INCOMPLETE, Trouble.NAME]
UNWANTED = [Trouble.BLOCKED, Trouble.REFUSED]
WAITS: dict[Trouble, tuple[int, ...]] = {
    **dict.fromkeys(SOON_OVER, (1, 2, 4, 8, 16, 32, 60, 60)),  # what was published meanwhile should not wait for the next interval
    **dict.fromkeys(UNWANTED, (60, 60, 60, 60, 60, 60, 60, 60)),  # to ask soon would be impolite, or change nothing
    Trouble.OURS: (1, 1, 1, 1, 1, 1, 1, 1),  # the site has nothing to do with it
}


@pytest.mark.parametrize("trouble", Trouble)
def test_the_kind_of_trouble_decides_when_a_source_is_looked_at_again(trouble: Trouble) -> None:
    waits = [after_failed_look(CADENCE, failures, error(trouble=trouble), NOW) - NOW for failures in (0, 1, 2, 3, 4, 5, 6, 100_000)]
    assert waits == [minutes * MINUTE for minutes in WAITS.get(trouble, (15, 30, 60, 60, 60, 60, 60, 60))]


@pytest.mark.parametrize(("asked", "waited"), [(None, MINUTE), (0, MINUTE), (60, MINUTE), (7200, 2 * HOUR), (86400, DAY), (10**6, DAY)])
def test_a_server_that_asks_for_patience_gets_it_for_up_to_a_day(asked: float | None, waited: timedelta) -> None:
    assert after_failed_look(CADENCE, 0, error(asked), NOW) == NOW + waited


def test_a_source_looked_at_rarely_is_not_looked_at_more_often_when_it_fails() -> None:
    rare = Cadence(every=6 * HOUR)
    assert after_failed_look(rare, 5, error(trouble=Trouble.GONE), NOW) == NOW + 6 * HOUR
    assert after_failed_look(rare, 20, error(), NOW) == NOW + 6 * HOUR


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (timedelta(0), HOUR),
        (-DAY, HOUR),  # a clock that was set back
        (HOUR, HOUR),
        (5 * HOUR, 5 * HOUR),
        (3 * DAY, 3 * DAY),
        (60 * DAY, 30 * DAY),
        (180 * DAY, 30 * DAY),
        (181 * DAY, None),
    ],
)
def test_a_known_article_is_looked_at_again_ever_more_rarely(age: timedelta, wait: timedelta | None) -> None:
    assert look_again(CADENCE, NOW - age, NOW) == (None if wait is None else NOW + wait)


def test_an_article_is_looked_at_a_bounded_number_of_times() -> None:
    seen, now, looks = NOW, NOW, 0
    while (again := look_again(CADENCE, seen, now)) is not None:
        now, looks = again, looks + 1
    assert 10 < looks < 25
    assert 150 * DAY < now - seen < 211 * DAY


@pytest.mark.parametrize(("tries", "wait"), [(0, MINUTE), (1, 2 * MINUTE), (5, 32 * MINUTE), (9, 512 * MINUTE), (10, 12 * HOUR)])
def test_an_unreadable_link_is_tried_again_ever_more_rarely(tries: int, wait: timedelta) -> None:
    assert retry_link(CADENCE, tries, error(), NOW, NOW) == NOW + wait


@pytest.mark.parametrize("trouble", Trouble)
def test_a_link_is_tried_for_a_month_whatever_the_trouble_and_then_let_go(trouble: Trouble) -> None:
    assert retry_link(CADENCE, 60, error(trouble=trouble), NOW - 30 * DAY, NOW) == NOW + 12 * HOUR
    assert retry_link(CADENCE, 61, error(trouble=trouble), NOW - 31 * DAY, NOW) is None
    assert retry_link(CADENCE, 3, error(trouble=trouble), NOW - 99 * DAY, NOW) is not None, "the machine was off, and tried nothing"


@pytest.mark.parametrize("trouble", UNWANTED)
def test_a_link_that_is_not_to_be_had_is_not_asked_for_again_at_once(trouble: Trouble) -> None:
    assert retry_link(CADENCE, 0, error(trouble=trouble), NOW, NOW) == NOW + 15 * MINUTE


def test_what_the_server_asks_for_is_waited_for() -> None:
    assert retry_link(CADENCE, 0, error(3600), NOW, NOW) == NOW + HOUR
    assert retry_link(CADENCE, 0, error(10**6), NOW, NOW) == NOW + DAY
