"""One incident for each cause, told once, and once more when it is over; and what the database keeps of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from databases import NOW
from hypothesis import given
from hypothesis import strategies as st

from collector.health.assess import Assessment, assess
from collector.health.incidents import merge
from collector.health.limits import HealthLimits
from collector.health.scopes import Place
from collector.identity import Identity, sighting_of
from storage.model import (
    Cause,
    Condition,
    Content,
    Incident,
    IncidentChange,
    LookCounts,
    LookNotes,
    NoticeKind,
    PastLook,
    Recipient,
    SourceHistory,
    Symptom,
)
from storage.store import Store, open_store

LIMITS = HealthLimits()
A_QUARTER, AN_HOUR, A_DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
WELL, DOWN, BARRED, OFFLINE = "", "temporary: no answer in time", "blocked: 403", "ours: no connection"
MINISTRIES = ("mpt.gov.by", "www.gov.by", "pravo.by", "belta.by", "a1.by", "mts.by", "becloud.by")


def place(number: int, host: str, domain: str = "") -> Place:
    return Place(number, host.partition(".")[0], host, domain or host)


@dataclass
class World:
    """Sources that are looked at every quarter of an hour, each judged after each look."""

    places: dict[int, Place]
    now: datetime = NOW
    incidents: list[Incident] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """`opened` or `closed`, whom it concerns, and its cause."""
    looks: dict[int, list[PastLook]] = field(default_factory=dict)
    conditions: dict[int, Condition] = field(default_factory=dict)
    symptoms: dict[int, tuple[Symptom, ...]] = field(default_factory=dict)
    numbers: int = 0

    def look(self, **errors: str) -> None:
        """One look at every source; `errors` says whose fails, by its name, and why. `everyone` is every source."""
        self.now += A_QUARTER
        for source_id, found in self.places.items():
            error = errors.get(found.name, errors.get("everyone", WELL))
            self.numbers += 1
            notes = LookNotes(error.partition(":")[0], {} if error else {"https://x.example/": 10})
            self.looks.setdefault(source_id, []).append(PastLook(self.numbers, self.now, error, notes, read=True))
        self.mind(self.places)

    def times(self, number: int, **errors: str) -> list[str]:
        """So many looks; what was told meanwhile."""
        before = len(self.told)
        for _ in range(number):
            self.look(**errors)
        return self.told[before:]

    def mind(self, source_ids: Iterable[int]) -> None:
        assessed = [self._assessed(source_id) for source_id in source_ids]
        self.conditions |= {assessment.source_id: assessment.condition for assessment in assessed}
        known = [one for one in self.incidents if one.closed_at is None or one.closed_at > self.now - LIMITS.returns_within]
        for change in merge(assessed, self.conditions, known, self.places, LIMITS, self.now):
            self._keep(change)
        still_open = [(one.scope, one.cause) for one in self.open]
        assert len(still_open) == len(set(still_open)), "one incident for each cause"

    def _assessed(self, source_id: int) -> Assessment:
        history = SourceHistory(source_id, tuple(self.looks[source_id][-60:]), condition=self.conditions.get(source_id))
        assessment = assess(history, LIMITS, self.now)
        return replace(assessment, symptoms=(*assessment.symptoms, *self.symptoms.get(source_id, ())))

    def _keep(self, change: IncidentChange) -> None:
        incident = change.incident
        if incident.id:
            self.incidents = [incident if known.id == incident.id else known for known in self.incidents]
        else:
            self.incidents.append(replace(incident, id=len(self.incidents) + 1))
        if change.tell is not None:
            self.told.append(f"{change.tell} {incident.about or 'ours'}: {incident.cause}")

    @property
    def open(self) -> list[Incident]:
        return [incident for incident in self.incidents if incident.closed_at is None]


def world(*hosts: str) -> World:
    return World({number: place(number, host) for number, host in enumerate(hosts or ("mpt.gov.by",), 1)})


# --- one source ----------------------------------------------------------------------------------------------------------------------


def test_an_outage_is_told_once_and_once_more_when_it_is_over() -> None:
    seen = world()
    assert seen.times(4) == []
    assert seen.times(20, mpt=DOWN) == ["opened mpt: unreachable"]
    assert seen.times(2) == [], "it may fail again"
    assert seen.times(10) == ["closed mpt: unreachable"]
    assert seen.open == []


def test_an_incident_has_lasted_since_its_first_sign() -> None:
    seen = world()
    seen.times(3)
    began = seen.now + A_QUARTER
    seen.times(8, mpt=DOWN)
    assert [incident.opened_at for incident in seen.open] == [began]


def test_an_outage_of_half_an_hour_is_told_to_nobody() -> None:
    assert world().times(3, mpt=DOWN) == []


def test_a_source_that_flaps_is_told_once_a_day_at_most() -> None:
    seen = world()
    told = [line for _ in range(3) for line in [*seen.times(6, mpt=DOWN), *seen.times(4)]]
    assert told == ["opened mpt: unreachable", "closed mpt: unreachable"]


def test_one_good_look_in_between_ends_nothing() -> None:
    seen = world()
    assert [*seen.times(6, mpt=DOWN), *seen.times(1), *seen.times(6, mpt=DOWN), *seen.times(2), *seen.times(6, mpt=DOWN)] == [
        "opened mpt: unreachable"
    ]


def test_what_comes_back_and_stays_is_told_after_a_day() -> None:
    """Else the operator would believe for ever that it was over."""
    seen = world()
    assert len([*seen.times(6, mpt=DOWN), *seen.times(4)]) == 2
    assert seen.times(20, mpt=DOWN) == []
    assert seen.times(100, mpt=DOWN) == ["opened mpt: unreachable"]
    assert seen.times(4) == ["closed mpt: unreachable"]


def test_what_comes_back_after_days_is_news() -> None:
    seen = world()
    seen.times(6, mpt=DOWN)
    seen.times(200)
    assert seen.times(6, mpt=DOWN) == ["opened mpt: unreachable"]


def test_a_site_that_refuses_in_place_of_not_answering_is_one_incident() -> None:
    seen = world()
    assert [*seen.times(6, mpt=DOWN), *seen.times(30, mpt=BARRED), *seen.times(4)] == ["opened mpt: unreachable", "closed mpt: unreachable"]


def test_two_causes_are_two_incidents() -> None:
    seen = world()
    seen.symptoms = {1: (Symptom(Cause.MOJIBAKE, "gibberish"), Symptom(Cause.GAP, "a gap"))}
    assert seen.times(3) == ["opened mpt: mojibake", "opened mpt: gap"]
    seen.symptoms = {1: (Symptom(Cause.GAP, "a gap"),)}
    assert seen.times(5) == ["closed mpt: mojibake"]


def test_a_sign_that_is_not_firm_keeps_an_incident_open_and_opens_none() -> None:
    seen = world()
    seen.symptoms = {1: (Symptom(Cause.LIST_SHRUNK, "short", firm=False),)}
    assert seen.times(5) == []
    seen.symptoms = {1: (Symptom(Cause.LIST_SHRUNK, "short"),)}
    assert seen.times(1) == ["opened mpt: list shrunk"]
    seen.symptoms = {1: (Symptom(Cause.LIST_SHRUNK, "short", firm=False),)}
    assert seen.times(20) == []


def test_how_a_source_has_been_for_two_weeks_is_how_it_is_now() -> None:
    seen = world()
    seen.symptoms = {1: (Symptom(Cause.LIST_SHRUNK, "short"),)}
    assert seen.times(1) == ["opened mpt: list shrunk"]
    seen.now += timedelta(days=14)
    assert seen.times(1) == []
    assert seen.open == []


def test_a_source_that_is_not_watched_any_more_has_no_incidents() -> None:
    seen = world("mpt.gov.by", "rcc.org.ru")
    seen.times(6, mpt=DOWN)
    del seen.places[1]
    assert seen.times(1) == []
    assert seen.open == []


# --- many sources --------------------------------------------------------------------------------------------------------------------


def down(*hosts: str) -> dict[str, str]:
    return {host.partition(".")[0]: DOWN for host in hosts}


def test_a_country_that_can_not_be_reached_is_one_incident() -> None:
    seen = world(*MINISTRIES, "rcc.org.ru", "sectsco.org")
    assert seen.times(30, **down(*MINISTRIES)) == ["opened .by: unreachable"]
    (incident,) = seen.open
    assert incident.words == "7 of 7 sources can't be reached: temporary: no answer in time"
    assert incident.detail.split() == ["a1", "becloud", "belta", "mpt", "mts", "pravo", "www"]
    assert seen.times(10) == ["closed .by: unreachable"]
    assert seen.open == []


def test_a_country_is_one_incident_though_some_of_it_answers() -> None:
    seen = world(*MINISTRIES, "rcc.org.ru")
    assert seen.times(10, **down(*MINISTRIES[:5])) == ["opened .by: unreachable"]


def test_three_of_seven_are_three_incidents() -> None:
    seen = world(*MINISTRIES, "rcc.org.ru")
    assert sorted(seen.times(10, **down(*MINISTRIES[:3]))) == [
        "opened mpt: unreachable", "opened pravo: unreachable", "opened www: unreachable",
    ]  # fmt: skip


def test_sources_that_fail_on_different_days_are_different_incidents() -> None:
    seen = world("mpt.gov.by", "pravo.by", "a1.by", "rcc.org.ru")
    told = [*seen.times(20, mpt=DOWN), *seen.times(20, mpt=DOWN, pravo=DOWN), *seen.times(20, mpt=DOWN, pravo=DOWN, a1=DOWN)]
    assert told == ["opened mpt: unreachable", "opened pravo: unreachable", "opened a1: unreachable"]


def test_the_first_sign_of_a_wider_outage_ends_in_it() -> None:
    seen = world(*MINISTRIES, "rcc.org.ru")
    told = [*seen.times(5, mpt=DOWN), *seen.times(6, **down(*MINISTRIES)), *seen.times(6)]
    assert told == ["opened mpt: unreachable", "opened .by: unreachable", "closed .by: unreachable"]


def test_who_stays_away_when_the_others_are_back_is_told_by_itself() -> None:
    seen = world(*MINISTRIES, "rcc.org.ru")
    seen.times(8, **down(*MINISTRIES))
    assert seen.times(8, mpt=DOWN) == ["closed .by: unreachable", "opened mpt: unreachable"]
    assert seen.times(5) == ["closed mpt: unreachable"]


def test_a_host_with_many_sources_is_one_incident() -> None:
    places = [place(number, "mpt.gov.by") for number in (1, 2, 3)]
    others = [place(number, host) for number, host in enumerate(MINISTRIES[1:], 4)]
    names = {found.source_id: replace(found, name=f"mpt{found.source_id}") for found in places}
    seen = World(names | {found.source_id: found for found in others})
    assert seen.times(10, mpt1=DOWN, mpt2=DOWN, mpt3=DOWN) == ["opened mpt.gov.by: unreachable"]


def test_a_domain_with_several_hosts_is_one_incident() -> None:
    hosts = ("news.bank.ru", "docs.bank.ru", "www2.bank.ru")
    places = {number: place(number, host, "bank.ru") for number, host in enumerate(hosts, 1)}
    seen = World(places | {4: place(4, "mpt.gov.by"), 5: place(5, "rcc.org.ru"), 6: place(6, "rkn.gov.ru"), 7: place(7, "ria.ru")})
    assert seen.times(10, news=DOWN, docs=DOWN, www2=DOWN) == ["opened bank.ru: unreachable"]


def test_names_in_other_scripts_are_shown_as_people_write_them() -> None:
    hosts = ("xn--b1akbcqh2a7i.xn--90ais", "xn--80a.xn--90ais", "xn--90a.xn--90ais")
    seen = World({number: replace(place(number, host), name=f"s{number}") for number, host in enumerate(hosts, 1)})
    seen.places[4] = place(4, "rcc.org.ru")
    assert seen.times(10, s1=DOWN, s2=DOWN, s3=DOWN) == ["opened .бел: unreachable"]


# --- our own connection --------------------------------------------------------------------------------------------------------------


def test_our_own_outage_blames_no_source() -> None:
    seen = world(*MINISTRIES, "rcc.org.ru")
    assert seen.times(20, everyone=OFFLINE) == ["opened ours: connection"]
    assert [incident.cause for incident in seen.open] == [Cause.CONNECTION]
    assert seen.times(4) == ["closed ours: connection"]


def test_a_moment_without_connection_is_told_to_nobody() -> None:
    assert world().times(1, everyone=OFFLINE) == []


def test_when_every_source_in_every_country_fails_at_once_it_is_ours() -> None:
    seen = world(*MINISTRIES, "rcc.org.ru", "sectsco.org")
    assert seen.times(20, everyone=DOWN) == ["opened ours: connection"]
    assert seen.times(6) == ["closed ours: connection"]
    assert seen.open == []


def test_a_source_that_was_out_of_reach_before_our_outage_is_so_after_it() -> None:
    seen = world(*MINISTRIES, "rcc.org.ru")
    assert seen.times(6, mpt=DOWN) == ["opened mpt: unreachable"]
    assert seen.times(6, everyone=OFFLINE) == ["opened ours: connection"]
    assert seen.times(6, mpt=DOWN) == ["closed ours: connection"]
    assert seen.times(6) == ["closed mpt: unreachable"]


def test_two_sources_that_both_fail_are_not_enough_to_blame_ourselves() -> None:
    assert sorted(world("mpt.gov.by", "rcc.org.ru").times(6, everyone=DOWN)) == ["opened mpt: unreachable", "opened rcc: unreachable"]


# --- any course of things ------------------------------------------------------------------------------------------------------------

outcomes = st.sampled_from([WELL, WELL, DOWN, BARRED, OFFLINE])


@given(st.lists(st.tuples(outcomes, outcomes, outcomes, outcomes), min_size=10, max_size=60))
def test_whatever_happens_each_end_follows_a_beginning_and_in_the_end_all_is_well(course: list[tuple[str, ...]]) -> None:
    seen = world("mpt.gov.by", "pravo.by", "a1.by", "rcc.org.ru")
    for errors in course:
        seen.look(**dict(zip(("mpt", "pravo", "a1", "rcc"), errors, strict=True)))
    seen.times(6)
    assert seen.open == []
    for about in {line.partition(" ")[2] for line in seen.told}:
        kinds = [line.partition(" ")[0] for line in seen.told if line.endswith(f" {about}")]
        assert "closed closed" not in " ".join(kinds)
        assert kinds[0] == "opened"


@given(st.integers(1, 12), st.integers(1, 6))
def test_judging_the_same_look_again_tells_nothing_more(bad: int, good: int) -> None:
    seen = world("mpt.gov.by", "rcc.org.ru")
    for errors in [{"mpt": DOWN}] * bad + [{}] * good:
        seen.look(**errors)
        told = list(seen.told)
        seen.mind([1, 2])
        assert seen.told == told


# --- what the database keeps ---------------------------------------------------------------------------------------------------------

ANNA = Recipient("a" * 64, "office")


def source(store: Store, name: str = "mpt") -> int:
    store.sources.enrol([name], NOW)
    return store.sources.states([name])[0].id


def looked(store: Store, source_id: int, error: str = "", at: datetime = NOW) -> None:
    store.sources.finish_look(source_id, at, at, at + A_QUARTER, LookCounts(seen=3), error)


def opened(condition: Condition, *, tell: bool = True) -> IncidentChange:
    incident = Incident(
        0, f"source:{condition.source_id}", condition.source_id, Cause.UNREACHABLE, "mpt", "no answer", "", NOW, NOW, told=tell, tellings=1
    )
    return IncidentChange(incident, NoticeKind.OPENED if tell else None)


def judge(store: Store, source_id: int, *changes: IncidentChange, recipients: Sequence[Recipient] = (ANNA,)) -> list[IncidentChange]:
    (history,) = store.health.histories([source_id], 3)
    condition = assess(history, LIMITS, NOW).condition
    return store.health.record([condition], lambda *_: changes or [opened(condition)], recipients, NOW, A_DAY)


def test_a_source_is_judged_when_it_was_looked_at_and_not_again(store: Store) -> None:
    source_id = source(store)
    assert store.health.changed({"mpt"}) == [], "it was never looked at"
    looked(store, source_id)
    assert store.health.changed({"mpt"}) == [source_id]
    assert store.health.changed({"another"}) == []
    judge(store, source_id)
    assert store.health.changed({"mpt"}) == []
    looked(store, source_id)
    assert store.health.changed({"mpt"}) == [source_id]


def test_a_look_that_another_process_has_judged_changes_nothing(store: Store) -> None:
    source_id = source(store)
    looked(store, source_id)
    assert len(judge(store, source_id)) == 1
    assert judge(store, source_id) == []
    assert store.outbox.counts() == {"owed": 1}


def test_an_incident_is_written_with_what_is_owed_for_it_or_not_at_all(store: Store) -> None:
    source_id = source(store)
    looked(store, source_id)

    def dies(*_: object) -> list[IncidentChange]:
        raise KeyboardInterrupt

    (history,) = store.health.histories([source_id], 3)
    with pytest.raises(KeyboardInterrupt):
        store.health.record([assess(history, LIMITS, NOW).condition], dies, [ANNA], NOW, A_DAY)
    assert store.health.changed({"mpt"}) == [source_id], "it is judged again"
    judge(store, source_id)
    assert [incident.words for incident in store.health.incidents()] == ["no answer"]
    assert store.outbox.counts() == {"owed": 1}


def test_without_an_operator_incidents_are_listed_all_the_same(store: Store) -> None:
    source_id = source(store)
    looked(store, source_id)
    judge(store, source_id, recipients=())
    assert len(store.health.incidents()) == 1
    assert store.outbox.counts() == {}


def test_what_is_over_is_listed_where_it_is_asked_for(store: Store) -> None:
    source_id = source(store)
    looked(store, source_id)
    judge(store, source_id)
    (incident,) = store.health.incidents(["mpt"])
    looked(store, source_id)
    judge(store, source_id, IncidentChange(replace(incident, closed_at=NOW, told=False), NoticeKind.CLOSED))
    assert store.health.incidents() == []
    assert [one.closed_at for one in store.health.incidents(closed=5)] == [NOW]
    assert store.outbox.counts() == {"owed": 2}
    assert store.health.incidents(["another"], closed=5) == []


def publish(store: Store, source_id: int, number: int, *, title: str = "", baseline: bool = False) -> None:
    content = Content(title=title or f"Новость {number}", text=f"Текст номер {number} о связи.", published=(NOW - number * A_DAY).date())
    seen = sighting_of("x.example", f"https://x.example/node/{number}", (f"node:{number}",), content)
    at = NOW - number * A_DAY
    store.articles.record(seen, Identity(), at, source_id=source_id, baseline=baseline)


def test_a_history_has_the_newest_articles_and_those_before_them(store: Store) -> None:
    source_id = source(store)
    for number in range(30, 0, -1):
        publish(store, source_id, number, baseline=number > 10)
    looked(store, source_id)
    (history,) = store.health.histories([source_id], 3)
    assert [one.title for one in history.recent] == [f"Новость {number}" for number in (5, 4, 3, 2, 1)]
    assert [one.title for one in history.before][-1] == "Новость 6"
    assert len(history.before) == 20
    assert len(history.published) == 30
    assert history.newest_at == NOW - A_DAY
    assert all(one.dated and not one.signed and one.length > 10 for one in history.recent)


def test_what_has_shrunk_is_compared_with_what_was_before(store: Store) -> None:
    source_id = source(store)
    for number in range(30, 0, -1):
        publish(store, source_id, number, title="" if number > 8 else "?")
    looked(store, source_id, at=NOW - 3 * A_DAY)
    change = opened(Condition(source_id, 1, NOW))
    judge(store, source_id, replace(change, incident=replace(change.incident, cause=Cause.FIELDS_LOST, opened_at=NOW - 4 * A_DAY)))
    (history,) = store.health.histories([source_id], 3)
    assert {one.title for one in history.recent} == {"?"}
    assert [one.title for one in history.before] == [f"Новость {number}" for number in range(28, 8, -1)]


def test_the_conditions_of_all_sources_are_weighed_together(store: Store) -> None:
    ids = [source(store, name) for name in ("one", "two")]
    for source_id in ids:
        looked(store, source_id, "no answer")
    judge(store, ids[0])
    (history,) = store.health.histories([ids[1]], 3)
    weighed: list[object] = []

    def decide(taken: object, conditions: object, known: object) -> list[IncidentChange]:
        weighed.extend([taken, sorted(conditions), len(known)])  # type: ignore[call-overload, arg-type]
        return []

    store.health.record([assess(history, LIMITS, NOW).condition], decide, [ANNA], NOW, A_DAY)
    assert weighed == [[ids[1]], ids, 1]


def test_two_processes_that_mind_at_once_tell_once(database_url: str) -> None:
    one, other = open_store(database_url, NOW), open_store(database_url, NOW)
    source_id = source(one)
    looked(one, source_id)
    assert [len(judge(store, source_id)) for store in (one, other)] == [1, 0]
    assert one.outbox.counts() == {"owed": 1}
    one.close()
    other.close()
