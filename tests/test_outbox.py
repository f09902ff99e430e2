from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from notify.outbox import Dead, Policy, Retry, decide_after_failure, next_attempt
from notify.senders.channel import SendError
from storage.model import Article, Content, Delivery, Recipient, Revision

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
ARTICLE = Article(1, "Минсвязи", "https://example.org/1", (), NOW, NOW, False, Revision(1, 1, NOW, Content("Т", "т")))
OWED = Delivery(1, Recipient("key", "office"), "1.1.uuid", 0, NOW, ARTICLE, {"w": ()})


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 30), (2, 60), (3, 120), (10, 15360), (11, 21600), (12, 21600), (10**9, 21600)])
def test_each_wait_is_twice_the_one_before_up_to_six_hours(attempts: int, seconds: int) -> None:
    assert next_attempt(attempts, NOW, jitter=0.5) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(("jitter", "seconds"), [(0.0, 24), (0.5, 30), (1.0, 36)])
def test_a_wait_is_spread_by_a_fifth_either_way(jitter: float, seconds: int) -> None:
    assert next_attempt(1, NOW, jitter) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 30), (1, 60)])
def test_what_may_pass_is_tried_again_with_the_reason_kept(attempts: int, seconds: int) -> None:
    outcome = decide_after_failure(replace(OWED, attempts=attempts), SendError("421 try later"), NOW, jitter=0.5)
    assert outcome == Retry(NOW + timedelta(seconds=seconds), "421 try later")


def test_a_permanent_refusal_is_a_dead_letter_at_once() -> None:
    assert decide_after_failure(OWED, SendError("550 no such user", permanent=True), NOW, jitter=0.5) == Dead("550 no such user")


def test_after_three_days_it_is_given_up_with_the_last_words() -> None:
    late = NOW + timedelta(days=3)
    assert decide_after_failure(OWED, SendError("timed out"), late, jitter=0.5) == Dead("expired after 3 days: timed out")
    assert isinstance(decide_after_failure(OWED, SendError("timed out"), late - timedelta(seconds=1), jitter=0.5), Retry)


def test_a_year_can_be_rehearsed_in_minutes() -> None:
    quick = Policy(first=timedelta(seconds=0.1), longest=timedelta(seconds=0.3), jitter=0, expires=timedelta(seconds=2))
    assert next_attempt(2, NOW, 1.0, quick) == NOW + timedelta(seconds=0.2)
    assert decide_after_failure(OWED, SendError("no"), NOW + timedelta(seconds=2), 0.5, quick) == Dead("expired after 2 s: no")


def test_what_a_server_said_is_kept_on_one_line_without_control_characters() -> None:
    assert SendError("550 no\r\nX-Evil: 1\x00\x1b[31m").words == "550 no X-Evil: 1 [31m"
