"""Every link in one state, every source looked at by one process at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from databases import NOW

from collector.address import link_key
from collector.identity import Identity, sighting_of
from storage.model import Content, EntryPointState, Link, LinkRead, LinkState, LookCounts, Seen, SourceState, Validators
from storage.store import Store, open_store

LEASE = timedelta(minutes=5)
HOUR = timedelta(hours=1)
NEWS = "https://mpt.example/"


@pytest.fixture
def source(store: Store) -> SourceState:
    store.sources.enrol(["ministry"], NOW)
    return store.sources.states()[0]


def link(number: int) -> Link:
    url = f"{NEWS}node/{number}"
    return Link(url=url, key=link_key(url), title=f"Новость {number}", alias_keys=(f"node:{number}",))


def show(store: Store, source: SourceState, *numbers: int, hours: int = 0, read: dict[str, EntryPointState] | None = None) -> int:
    return store.sources.record_links(source.id, Seen(tuple(map(link, numbers)), read or {}), NOW + hours * HOUR, LEASE)


def read(store: Store, source: SourceState, link_id: int, number: int, again_hours: int | None = 2) -> None:
    content = Content(title=f"Новость {number}", text=f"Текст новости номер {number}.", language="ru")
    sighting = sighting_of("mpt.example", link(number).url, (f"node:{number}",), content)
    again_at = None if again_hours is None else NOW + again_hours * HOUR
    store.articles.record(sighting, Identity(), NOW, source_id=source.id, link=LinkRead(link_id, Validators("e"), again_at))


def test_what_the_first_look_shows_is_baseline_and_what_later_ones_show_is_new(store: Store, source: SourceState) -> None:
    assert show(store, source, 1, 2) == 2
    assert show(store, source, 2, 3, hours=1) == 1
    waiting = store.sources.waiting_links(source.id, NOW, 10)
    assert [(found.link.title, found.baseline) for found in waiting] == [("Новость 3", False), ("Новость 2", True), ("Новость 1", True)]
    assert waiting[0].link == link(3)


def test_an_empty_first_look_that_succeeded_is_the_first_look(store: Store, source: SourceState) -> None:
    show(store, source)
    show(store, source, 1, hours=1)
    assert not store.sources.waiting_links(source.id, NOW, 10)[0].baseline


def test_a_link_that_was_read_is_asked_for_again_only_when_its_time_has_come(store: Store, source: SourceState) -> None:
    show(store, source, 1)
    (waiting,) = store.sources.waiting_links(source.id, NOW, 10)
    read(store, source, waiting.id, 1)

    assert store.sources.waiting_links(source.id, NOW + HOUR, 10) == []
    (again,) = store.sources.waiting_links(source.id, NOW + 2 * HOUR, 10)
    assert again.validators == Validators("e")
    assert again.article_id == 1
    store.sources.record_unchanged(again.id, None)
    assert store.sources.waiting_links(source.id, NOW + 9999 * HOUR, 10) == []


def test_every_link_is_in_one_state_and_the_states_sum_up(store: Store, source: SourceState) -> None:
    show(store, source, 1, 2, 3, 4)
    links = sorted(store.sources.waiting_links(source.id, NOW, 10), key=lambda waiting: waiting.link.url)
    read(store, source, links[0].id, 1)
    store.sources.record_link_failure(links[1].id, "the server answered 500", NOW + HOUR)
    store.sources.record_link_failure(links[2].id, "it is no web address", None)

    assert store.sources.link_states(source.id) == {"new": 1, "failed": 1, "refused": 1, "waiting": 1}
    assert store.sources.failed_links(10) == [(link(2).url, "the server answered 500")]


def test_a_failed_link_is_tried_again_when_its_time_has_come_and_counts_its_failures(store: Store, source: SourceState) -> None:
    show(store, source, 1)
    (waiting,) = store.sources.waiting_links(source.id, NOW, 10)
    store.sources.begin_reading(source.id, waiting.id, NOW + LEASE)
    store.sources.record_link_failure(waiting.id, "no answer in time", NOW + HOUR)
    assert store.sources.waiting_links(source.id, NOW, 10) == []
    assert store.sources.waiting_links(source.id, NOW + HOUR, 10)[0].tries == 1


def test_an_article_stays_known_when_its_page_can_not_be_had_any_more(store: Store, source: SourceState) -> None:
    show(store, source, 1)
    (waiting,) = store.sources.waiting_links(source.id, NOW, 10)
    read(store, source, waiting.id, 1)
    store.sources.record_link_failure(waiting.id, "the server answered 404", NOW + HOUR)
    assert store.sources.link_states(source.id) == {LinkState.NEW: 1}


def test_what_is_known_of_entry_points_comes_back_and_is_replaced(store: Store, source: SourceState) -> None:
    feed = EntryPointState(Validators("two"), unchanged=2, lies=True)
    show(store, source, read={NEWS: EntryPointState(Validators("one", "Mon")), f"{NEWS}rss.xml": feed})
    show(store, source, read={NEWS: EntryPointState(Validators("three"))})
    assert store.sources.entry_points(source.id) == {NEWS: EntryPointState(Validators("three")), f"{NEWS}rss.xml": feed}


def test_known_keys_are_those_seen_before(store: Store, source: SourceState) -> None:
    show(store, source, 1)
    assert store.sources.known_keys(source.id, [link(1).key, link(2).key]) == {link(1).key}


def test_a_source_is_claimed_by_one_process_at_a_time_until_its_lease_ends(database_url: str) -> None:
    one, other = open_store(database_url, NOW), open_store(database_url, NOW)
    one.sources.enrol(["ministry"], NOW)
    assert [state.name for state in one.sources.claim_due(["ministry"], NOW, LEASE, 9)] == ["ministry"]
    assert other.sources.claim_due(["ministry"], NOW, LEASE, 9, even_if_not_due=True) == []
    assert [state.name for state in other.sources.claim_due(["ministry"], NOW + LEASE, LEASE, 9)] == ["ministry"]
    one.close()
    other.close()


def test_a_finished_look_lets_the_source_go_until_it_is_due(store: Store, source: SourceState) -> None:
    (claimed,) = store.sources.claim_due(["ministry"], NOW, LEASE, 9)
    store.sources.finish_look(claimed.id, NOW, NOW, NOW + HOUR, LookCounts(seen=3, known=3))
    assert store.sources.claim_due(["ministry"], NOW, LEASE, 9) == []
    assert len(store.sources.claim_due(["ministry"], NOW + HOUR, LEASE, 9)) == 1


def test_failures_in_a_row_are_counted_and_forgotten_after_a_good_look(store: Store, source: SourceState) -> None:
    for error in ("no connection", "no connection"):
        store.sources.finish_look(source.id, NOW, NOW, NOW, LookCounts(failed=1), error)
    (failing,) = store.sources.states()
    assert (failing.failures, failing.error) == (2, "no connection")
    store.sources.finish_look(source.id, NOW, NOW, NOW, LookCounts())
    (well,) = store.sources.states()
    assert (well.failures, well.error) == (0, "")


def test_sources_that_are_not_asked_for_are_left_alone(store: Store) -> None:
    store.sources.enrol(["one", "two", "gone"], NOW)
    assert [state.name for state in store.sources.claim_due(["one", "two"], NOW, LEASE, 1)] in (["one"], ["two"])
    assert {state.name for state in store.sources.states(["one", "gone"])} == {"one", "gone"}


def test_a_link_that_ends_the_process_each_time_makes_way_for_the_others(store: Store, source: SourceState) -> None:
    show(store, source)
    show(store, source, 1, 2, hours=1)
    first = store.sources.waiting_links(source.id, NOW, 1)[0]
    store.sources.begin_reading(source.id, first.id, NOW + LEASE)
    assert store.sources.waiting_links(source.id, NOW, 1)[0].id != first.id


def test_what_an_entry_point_that_was_never_read_before_showed_already_is_baseline(store: Store, source: SourceState) -> None:
    show(store, source, 1)
    store.sources.record_links(source.id, Seen((link(2), link(3)), old=frozenset([link(3).key])), NOW + HOUR, LEASE)
    waiting = {found.link.title: found.baseline for found in store.sources.waiting_links(source.id, NOW, 10)}
    assert waiting == {"Новость 1": True, "Новость 2": False, "Новость 3": True}


def test_a_clock_that_was_a_year_ahead_and_was_put_right_leaves_no_source_alone(store: Store, source: SourceState) -> None:
    year = timedelta(days=365)
    store.sources.finish_look(source.id, NOW + year, NOW + year, NOW + year + HOUR, LookCounts())
    assert len(store.sources.claim_due(["ministry"], NOW, LEASE, 9)) == 1
    store.sources.renew(source.id, NOW + year)
    assert len(store.sources.claim_due(["ministry"], NOW, LEASE, 9, even_if_not_due=True)) == 1


def test_the_oldest_of_a_list_is_read_first_so_that_articles_stand_in_the_order_of_publication(store: Store, source: SourceState) -> None:
    show(store, source)
    show(store, source, 9, 8, 7, hours=1)
    assert [waiting.link.title for waiting in store.sources.waiting_links(source.id, NOW, 10)] == ["Новость 7", "Новость 8", "Новость 9"]
