"""Lanes: whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from collector.child.lanes import Lanes


def lanes(*jobs: str) -> Lanes[str]:
    """With jobs `lane+number`."""
    made: Lanes[str] = Lanes()
    for job in jobs:
        made.add(job[0], job)
    return made


def taken(some: Lanes[str], now: float = 0, *, slow: bool = False) -> list[str]:
    """What one child does, one after another."""
    done = []
    while (next_one := some.take(now, slow=slow)) is not None:
        lane, job = next_one
        done.append(job)
        some.done(lane, now, was_slow=False)
    return done


@pytest.mark.parametrize(
    ("jobs", "order"),
    [
        ((), []),
        (("a1", "a2", "a3"), ["a1", "a2", "a3"]),
        (("a1", "a2", "a3", "b1"), ["a1", "b1", "a2", "a3"]),
        (("a1", "a2", "b1", "b2", "c1"), ["a1", "b1", "c1", "a2", "b2"]),
    ],
)
def test_lanes_take_turns_however_many_jobs_one_has(jobs: Sequence[str], order: list[str]) -> None:
    assert taken(lanes(*jobs)) == order


def test_a_lane_has_one_job_done_at_a_time() -> None:
    some = lanes("a1", "a2", "b1")
    assert some.take(0, slow=False) == ("a", "a1")
    assert some.take(0, slow=False) == ("b", "b1")
    assert some.take(0, slow=False) is None
    some.done("a", 0, was_slow=False)
    assert some.take(0, slow=False) == ("a", "a2")


def test_a_lane_that_was_slow_waits_among_the_slow_with_all_its_jobs() -> None:
    some = lanes("a1", "a2", "b1")
    some.take(0, slow=False)
    some.done("a", 0, was_slow=True)
    assert taken(some) == ["b1"]
    assert taken(some, slow=True) == ["a2"]


def test_a_lane_that_is_slow_again_is_slow_for_longer() -> None:
    some = lanes()
    some.done("a", 0, was_slow=True)
    some.done("a", 3000, was_slow=True)
    assert some.is_slow("a", 6000)
    assert not some.is_slow("a", 6600)


def test_a_flood_of_slow_lanes_is_not_remembered_without_end() -> None:
    some = lanes()
    for number in range(1001):
        some.done(f"lane {number}", number / 1000, was_slow=True)
    assert not some.is_slow("lane 0", 2)
    assert some.is_slow("lane 1", 2)
    assert some.is_slow("lane 1000", 2)
