"""The back-fill: what a source published before it was first looked at, silently, to the limits that were set."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from databases import Databases
from lookout import NOW, Lookout, list_page, lookout_on
from raw_web import answer

from storage.model import Backfill

TODAY = NOW.date()


@pytest.fixture
async def lookout(databases: Databases) -> AsyncIterator[Lookout]:
    async with lookout_on(databases) as made:
        yield made


def archive(lookout: Lookout, count: int, days_apart: int = 7) -> None:
    """Publications of the past, the last one of today."""
    for number in range(1, count + 1):
        lookout.publish(number, on=TODAY - timedelta(days=days_apart * (count - number)))


def limit(lookout: Lookout, **changes: Any) -> None:
    lookout.source = replace(lookout.source, cadence=replace(lookout.source.cadence, **changes))


async def backfilled(lookout: Lookout) -> Backfill:
    await lookout.look_until_read()
    (backfill,) = await lookout.read_back()
    return backfill


async def test_older_pages_are_read_back_for_a_year_and_nobody_is_told(lookout: Lookout) -> None:
    archive(lookout, 80)
    backfill = await backfilled(lookout)
    oldest = TODAY - timedelta(days=365)
    expected = [number for number in range(1, 81) if lookout.dates[number] >= oldest]
    assert lookout.numbers(baseline=True) == expected
    assert lookout.numbers(baseline=False) == []
    assert "older than wanted" in backfill.why
    assert backfill.oldest is not None
    assert backfill.oldest >= oldest


async def test_a_back_fill_ends_at_the_number_that_was_set(lookout: Lookout) -> None:
    archive(lookout, 80, days_apart=1)
    limit(lookout, backfill_most=25)
    backfill = await backfilled(lookout)
    assert backfill.why == "reached 25 publications"
    assert lookout.numbers(baseline=True) == list(range(46, 81))  # the first page's ten, and 25 more


async def test_a_back_fill_ends_where_the_list_ends(lookout: Lookout) -> None:
    archive(lookout, 34, days_apart=1)
    backfill = await backfilled(lookout)
    assert (backfill.why, backfill.links, backfill.pages) == ("reached the list's end", 24, 3)
    assert lookout.numbers(baseline=True) == list(range(1, 35))


async def test_a_back_fill_ends_where_the_list_repeats_its_last_page(lookout: Lookout) -> None:
    archive(lookout, 20, days_apart=1)
    for page in range(1, 50):
        lookout.web.answers[f"/?page={page}"] = answer(list_page(lookout.published[10:], lookout.dates, f"/?page={page + 1}"))
    backfill = await backfilled(lookout)
    assert backfill.why == "the list repeats itself"
    assert "/?page=3" not in lookout.asked


async def test_a_list_without_dates_is_read_back_until_its_publications_are_too_old(lookout: Lookout) -> None:
    lookout.dated = False
    archive(lookout, 100, days_apart=20)
    backfill = await backfilled(lookout)
    assert "older than wanted" in backfill.why
    assert len(lookout.numbers(baseline=True)) < 40


async def test_no_back_fill_is_made_where_none_is_wanted(lookout: Lookout) -> None:
    archive(lookout, 30)
    limit(lookout, backfill=timedelta(0))
    await lookout.look_until_read()
    await lookout.read_back()
    assert "/?page=1" not in lookout.asked


async def test_a_page_takes_ten_seconds_whatever_it_is(lookout: Lookout) -> None:
    archive(lookout, 30)
    await lookout.look_until_read()
    before = len(lookout.asked)
    for _ in range(6):  # a minute
        lookout.now += timedelta(seconds=10)
        for _, claimed in lookout.store.finding.claim_backfills(["site"], lookout.now, timedelta(minutes=5), 10):
            await lookout_step(lookout, claimed)
        assert lookout.store.finding.claim_backfills(["site"], lookout.now, timedelta(minutes=5), 10) == []
    assert len(lookout.asked) - before == 6


async def lookout_step(lookout: Lookout, claimed: Backfill) -> None:
    from collector.backfill import step

    await step(lookout.source, claimed, lookout.tools)


async def test_what_is_read_back_stands_in_feeds_where_it_was_published(lookout: Lookout) -> None:
    archive(lookout, 30)
    await backfilled(lookout)
    shown = [int(article.url.rpartition("/")[2]) for article in lookout.store.articles.latest(lookout.now)]
    assert shown[:10] == list(range(30, 20, -1))
    assert shown[10:] == sorted(shown[10:], reverse=True)


async def test_a_page_that_can_not_be_had_is_tried_again_and_given_up_at_last(lookout: Lookout) -> None:
    archive(lookout, 30, days_apart=1)
    lookout.web.answers["/?page=1"] = answer(b"", "500 Oops")
    await lookout.look_until_read()
    for _ in range(20):
        lookout.now += timedelta(hours=13)
        for _, claimed in lookout.store.finding.claim_backfills(["site"], lookout.now, timedelta(minutes=5), 10):
            await lookout_step(lookout, claimed)
    (backfill,) = lookout.store.finding.backfills(lookout.state.id)
    assert backfill.ended_at is not None
    assert "500" in backfill.why
    assert 2 < lookout.asked.count("/?page=1") < 10


async def test_a_publication_of_the_back_fill_that_is_new_is_told_as_new(lookout: Lookout) -> None:
    archive(lookout, 30, days_apart=1)
    await lookout.look_until_read()
    lookout.publish(31)
    await lookout.look_until_read()
    await lookout.read_back()
    assert lookout.numbers(baseline=False) == [31]
    assert lookout.numbers(baseline=True) == list(range(1, 31))
