"""A source that is paused is left alone; when it is resumed, the operator says what is told of that time."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from databases import Databases
from lookout import HOUR, Lookout, lookout_on
from service_runner import Command, configured, demo_site, source

from collector.health.limits import HealthLimits
from collector.service.minding import Minding
from collector.service.threads import Threads

A_DAY = timedelta(days=1)
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
async def lookout(databases: Databases) -> AsyncIterator[Lookout]:
    async with lookout_on(databases) as made:
        made.publish(1, 2, 3, on=(made.now - 40 * A_DAY).date())
        await made.look_until_read()
        yield made


def pause(lookout: Lookout) -> None:
    lookout.store.sources.pause("site", lookout.now)


def resume(lookout: Lookout, *, silent: bool) -> None:
    lookout.store.sources.resume("site", lookout.now, silent=silent)


def bursts(lookout: Lookout) -> set[str]:
    return {revision.burst for revision in lookout.store.matches.unmatched(1000) if not revision.baseline}


def test_a_paused_source_is_never_due_and_never_read_back(lookout: Lookout) -> None:
    pause(lookout)
    now = lookout.now + 9 * A_DAY
    store, lease = lookout.store, timedelta(minutes=5)
    assert store.sources.claim_due(["site"], now, lease, 1) == []
    assert store.sources.claim_due(["site"], now, lease, 1, even_if_not_due=True) == []
    assert store.finding.claim_backfills(["site"], now, lease, 1) == []
    resume(lookout, silent=False)
    assert len(store.sources.claim_due(["site"], lookout.now, lease, 1)) == 1


async def test_what_appeared_in_a_pause_is_told_where_the_operator_wants_it(lookout: Lookout) -> None:
    pause(lookout)
    for number in range(4, 9):
        lookout.publish(number, on=(lookout.now + number * A_DAY).date())
    lookout.now += 10 * A_DAY
    resume(lookout, silent=False)
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == [4, 5, 6, 7, 8]
    assert bursts(lookout) == {""}, "a few are told one by one"


@pytest.mark.parametrize("dated", [True, False], ids=["with dates", "without dates"])
async def test_much_that_appeared_in_a_pause_is_told_together_and_not_held(lookout: Lookout, dated: bool) -> None:
    pause(lookout)
    lookout.dated = dated
    lookout.publish(*range(4, 40))
    lookout.now += A_MINUTE
    resume(lookout, silent=False)
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == list(range(4, 40))
    (burst,) = bursts(lookout)
    assert "since" in burst


async def test_the_story_is_the_same_on_postgresql(databases: Databases) -> None:
    async with lookout_on(databases, "postgresql") as lookout:
        lookout.publish(1)
        await lookout.look_until_read()
        for silent, numbers in ((False, range(2, 24)), (True, range(24, 46))):
            pause(lookout)
            lookout.publish(*numbers)
            resume(lookout, silent=silent)
            await lookout.look(A_MINUTE)
            await lookout.look_until_read()
        assert lookout.numbers(baseline=False) == list(range(2, 24))
        assert len(bursts(lookout)) == 1
        lookout.dated = False
        lookout.publish(*range(100, 350))
        lookout.source = replace(lookout.source, pages_back=30)
        await lookout.look()
        assert lookout.links()["held"] == 250


@pytest.mark.parametrize("dated", [True, False], ids=["with dates", "without dates"])
async def test_what_appeared_in_a_pause_is_baseline_where_the_operator_wants_that(lookout: Lookout, dated: bool) -> None:
    pause(lookout)
    lookout.dated = dated
    lookout.publish(*range(4, 130))  # more than the pages that a look follows
    resume(lookout, silent=True)
    await lookout.look(A_MINUTE)
    for _ in range(3):
        await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == []
    assert lookout.store.finding.open_gaps(lookout.state.id) == []
    assert lookout.state.resumed_at is None
    lookout.publish(130)
    await lookout.look()
    assert lookout.numbers(baseline=False) == [130]


async def test_a_failed_look_does_not_use_up_the_silence_and_what_is_dated_after_the_resume_is_told(lookout: Lookout) -> None:
    pause(lookout)
    lookout.publish(4, on=lookout.now.date())
    lookout.now += 3 * A_DAY
    resume(lookout, silent=True)
    whole = lookout.web.answers.pop("/")
    await lookout.look(HOUR)
    lookout.web.answers["/"] = whole
    lookout.publish(5, on=(lookout.now + A_DAY).date())
    lookout.now += 2 * A_DAY
    await lookout.look()
    assert lookout.numbers(baseline=False) == [5]
    assert 4 in lookout.numbers(baseline=True)


async def test_a_gap_from_before_the_pause_is_bridged_and_told(lookout: Lookout) -> None:
    lookout.publish(*range(4, 18))
    second = lookout.web.answers["/?page=1"]
    del lookout.web.answers["/?page=1"]
    await lookout.look_until_read()
    assert lookout.store.finding.open_gaps(lookout.state.id)
    pause(lookout)
    lookout.web.answers["/?page=1"] = second
    resume(lookout, silent=True)
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == list(range(4, 18))


async def test_a_paused_source_is_no_incident(lookout: Lookout) -> None:
    store, threads = lookout.store, Threads(one_writer=True)
    del lookout.web.answers["/"]
    minding = Minding({"site": lookout.source}, store, threads, HealthLimits(every=timedelta(0)), (), lambda: lookout.now)
    for _ in range(5):
        await lookout.look()
        await minding.tick()
    assert store.health.incidents()
    pause(lookout)
    assert store.health.incidents() == []
    lookout.now += 90 * A_DAY
    await minding.tick()
    assert store.health.incidents() == []
    threads.close()


def test_a_source_that_is_added_again_is_not_paused(lookout: Lookout) -> None:
    pause(lookout)
    lookout.store.finding.define("site", None, (), lookout.now)
    lookout.store.finding.define("site", "{}", (), lookout.now)
    assert lookout.state.paused_at is None


@pytest.fixture
def paused(vestnik: Command, workplace: object) -> Command:
    with demo_site() as site:
        configured(workplace, source(site))  # type: ignore[arg-type]
        assert vestnik("collect").status == 0
    assert vestnik("source", "pause", "demo").out == "demo is paused; `vestnik source resume demo` ends that\n"
    return vestnik


def test_a_pause_is_shown_and_collect_says_why_it_does_nothing(paused: Command) -> None:
    assert "paused since" in paused("source", "list").out
    assert "paused since" in paused("source", "show", "demo").out
    assert "it is paused; `vestnik source resume demo` ends that" in paused("collect", "demo").err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(
            ("resume", "demo"), "say what is to be told of what it published meanwhile: --alert for all of it", id="nobody to ask"
        ),
        pytest.param(("resume", "demo", "--alert", "--baseline"), "say opposite things", id="both"),
        pytest.param(("pause", "demo"), "is paused already, since 20", id="twice"),
        pytest.param(("pause", "dem"), "did you mean 'demo'?", id="no such source"),
    ],
)
def test_what_can_not_be_done_with_a_pause_is_said_in_words(
    paused: Command, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    refused = paused("source", *arguments)
    assert refused.status == 2
    assert words in refused.err
    assert "paused since" in paused("source", "list").out


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("answer", "told"), [("yes\n", "is new, and alerted"), ("no\n", "is known, and not alerted"), ("", "neither yes nor no")]
)
def test_a_person_at_a_terminal_is_asked(paused: Command, monkeypatch: pytest.MonkeyPatch, answer: str, told: str) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    asked = paused("source", "resume", "demo")
    assert "Alert what it published since?" in asked.err
    assert told in asked.out + asked.err


def test_only_what_is_paused_can_be_resumed(paused: Command) -> None:
    assert paused("source", "resume", "demo", "--baseline").status == 0
    assert "source demo is not paused" in paused("source", "resume", "demo", "--alert").err
