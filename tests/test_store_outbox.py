"""What is owed is written with the match, leased to one sender, and never forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from databases import NOW

from collector.identity import Identity, sighting_of
from storage.model import Content, DeliveryState, Match, MatchedRevision, Owed, Recipient, Span
from storage.store import Store, open_store

LEASE = timedelta(minutes=5)
ANNA, BORIS = Recipient("a" * 64, "office"), Recipient("b" * 64, "chat")
SPANS = (Span("title", 0, 3), Span("text", 4, 9))


def publish(store: Store, number: int = 1, text: str = "Текст о ШОС.") -> None:
    content = Content(title=f"ШОС {number}", text=text, language="ru")
    store.articles.record(sighting_of("mpt.example", f"https://mpt.example/node/{number}", (f"node:{number}",), content), Identity(), NOW)


def match(store: Store, *recipients: Recipient, watches: tuple[str, ...] = ("sco",)) -> int:
    """Every unmatched revision matches every watch, and is owed to the recipients."""
    matched = [
        MatchedRevision(
            revision.id,
            tuple(Match(watch, SPANS, Owed.ALERT if recipients else Owed.BASELINE) for watch in watches),
            dict.fromkeys(recipients, watches),
        )
        for revision in store.matches.unmatched(10)
    ]
    return store.matches.record(matched, NOW)


def test_a_match_is_owed_to_each_recipient_once_with_every_watch_that_matched(store: Store) -> None:
    publish(store)
    assert match(store, ANNA, BORIS, watches=("sco", "5g")) == 2
    assert store.matches.unmatched(10) == []
    assert store.outbox.channels_due(NOW) == ["chat", "office"]
    (delivery,) = store.outbox.lease("office", NOW, LEASE, 10)
    assert delivery.recipient == ANNA
    assert delivery.watches == {"5g": SPANS, "sco": SPANS}
    assert delivery.article.revision.content.title == "ШОС 1"


def test_a_revision_is_matched_once_however_often_it_is_recorded(store: Store) -> None:
    publish(store)
    (revision,) = store.matches.unmatched(10)
    matched = [MatchedRevision(revision.id, (Match("sco", SPANS, Owed.ALERT),), {ANNA: ("sco",)})]
    assert [store.matches.record(matched, NOW) for _ in range(3)] == [1, 0, 0]
    assert store.outbox.counts() == {"owed": 1}


def test_an_edit_knows_which_watches_matched_before(store: Store) -> None:
    publish(store)
    match(store, ANNA)
    publish(store, text="Другой текст о ШОС.")
    (edit,) = store.matches.unmatched(10)
    assert (edit.number, edit.matched_before) == (2, {"sco"})


def test_a_leased_delivery_is_nobody_elses_until_the_lease_ends(database_url: str) -> None:
    one, other = open_store(database_url, NOW), open_store(database_url, NOW)
    publish(one)
    match(one, ANNA)
    (first,) = one.outbox.lease("office", NOW, LEASE, 10)
    assert other.outbox.lease("office", NOW, LEASE, 10) == []
    assert other.outbox.channels_due(NOW) == []
    (second,) = other.outbox.lease("office", NOW + LEASE, LEASE, 10)
    assert second.message_id == first.message_id
    one.close()
    other.close()


def test_message_ids_differ_between_deliveries_and_installations(database_url: str, databases: object) -> None:
    store = open_store(database_url, NOW)
    for number in (1, 2):
        publish(store, number)
    match(store, ANNA, BORIS)
    ids = [delivery.message_id for channel in ("office", "chat") for delivery in store.outbox.lease(channel, NOW, LEASE, 10)]
    assert len(set(ids)) == 4
    assert all(store.instance in message_id for message_id in ids)
    store.close()


def test_what_was_sent_is_not_owed_any_more(store: Store) -> None:
    publish(store)
    match(store, ANNA)
    (delivery,) = store.outbox.lease("office", NOW, LEASE, 10)
    store.outbox.mark_sent(delivery.id, NOW)
    assert store.outbox.lease("office", NOW + 10 * LEASE, LEASE, 10) == []
    (row,) = store.outbox.list(10)
    assert (row.state, row.sent_at, row.attempts) == (DeliveryState.SENT, NOW, 1)


def test_a_failed_attempt_waits_with_the_servers_words_and_steps_aside_for_the_next(store: Store) -> None:
    for number in (1, 2):
        publish(store, number)
    match(store, ANNA)
    (first,) = store.outbox.lease("office", NOW, LEASE, 1)
    store.outbox.mark_retry(first.id, NOW + timedelta(hours=1), "421 try later")
    (second,) = store.outbox.lease("office", NOW, LEASE, 1)
    assert second.id != first.id
    store.outbox.mark_sent(second.id, NOW)
    (again,) = store.outbox.lease("office", NOW + timedelta(hours=1), LEASE, 1)
    assert again.id == first.id
    assert again.attempts == 1
    assert [row.error for row in store.outbox.list(10) if row.id == first.id] == ["421 try later"]


def test_a_dead_letter_is_kept_and_can_be_owed_again_by_hand(store: Store) -> None:
    publish(store)
    match(store, ANNA)
    (delivery,) = store.outbox.lease("office", NOW, LEASE, 1)
    store.outbox.mark_dead(delivery.id, "550 no such user")
    assert store.outbox.counts() == {"dead letter": 1}
    assert store.outbox.channels_due(NOW + 99 * LEASE) == []
    assert store.outbox.owe_again([delivery.id, 999], NOW + LEASE) == 1
    (again,) = store.outbox.lease("office", NOW + LEASE, LEASE, 1)
    assert again.message_id == delivery.message_id


def test_an_address_that_moves_to_another_channel_is_the_same_recipient(store: Store) -> None:
    publish(store, 1)
    match(store, ANNA)
    publish(store, 2)
    match(store, Recipient(ANNA.key, "new office"))
    assert store.outbox.channels_due(NOW) == ["new office"]


def test_a_delivery_shows_the_revision_that_is_owed_and_not_the_latest(store: Store) -> None:
    publish(store, text="Первый текст о ШОС.")
    match(store, ANNA)
    publish(store, text="Второй текст о ШОС.")
    (delivery,) = store.outbox.lease("office", NOW, LEASE, 1)
    assert delivery.article.revision.content.text == "Первый текст о ШОС."


@pytest.mark.parametrize("limit", [1, 3])
def test_no_more_is_leased_than_asked_for(store: Store, limit: int) -> None:
    for number in range(4):
        publish(store, number)
    match(store, ANNA)
    assert len(store.outbox.lease("office", NOW, LEASE, limit)) == limit


def test_an_edit_waits_until_what_was_before_it_is_matched(store: Store) -> None:
    """Else both would be decided as if nothing had matched yet, and told twice."""
    publish(store)
    publish(store, text="Другой текст о ШОС.")
    assert [revision.number for revision in store.matches.unmatched(10)] == [1]
    match(store, ANNA)
    (edit,) = store.matches.unmatched(10)
    assert (edit.number, edit.matched_before) == (2, {"sco"})


def test_what_was_sent_can_not_become_a_dead_letter(store: Store) -> None:
    publish(store)
    match(store, ANNA)
    (delivery,) = store.outbox.lease("office", NOW, LEASE, 1)
    store.outbox.mark_sent(delivery.id, NOW)
    store.outbox.mark_dead(delivery.id, "550 too late")
    assert store.outbox.counts() == {"sent": 1}


def test_what_is_owed_goes_by_the_channel_that_has_the_address_now(store: Store) -> None:
    publish(store)
    match(store, ANNA)
    store.outbox.assign([Recipient(ANNA.key, "renamed"), BORIS])
    assert store.outbox.channels_due(NOW) == ["renamed"]
