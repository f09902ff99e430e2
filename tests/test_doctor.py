"""`vestnik doctor` proves that everything is accounted for, and names what is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from balance import assert_balanced
from databases import NOW
from service_runner import Command, configured, demo_site, source
from sqlalchemy import text

from collector.identity import Identity, sighting_of
from storage.model import (
    Content,
    Link,
    LinkRead,
    LookCounts,
    Match,
    MatchedRevision,
    Owed,
    Recipient,
    Seen,
    Span,
    Validators,
    unaccounted,
)
from storage.store import Store, open_store

KEPT = timedelta(days=400)
_ROLE = "SET session_replication_role ="
LEASE = timedelta(minutes=5)
ANNA = Recipient("a" * 64, "office")


def fill(store: Store) -> None:
    """A source with a link in every state, articles that were told, owed, given up, not owed and not matched, and looks."""
    store.sources.enrol(["site"], NOW)
    (state,) = store.sources.states()
    keys = [f"site.example/{number}" for number in range(1, 10)]
    links = tuple(Link(f"https://{key}", key, title=f"Новость {key[-1]}") for key in keys)
    store.sources.record_links(state.id, Seen(links[:1]), NOW, LEASE)
    store.sources.record_links(state.id, Seen(links, held=dict.fromkeys(keys[6:8], NOW + LEASE)), NOW, LEASE)
    waiting = {link.link.key: link for link in store.sources.waiting_links(state.id, NOW, 99)}
    for number, key in enumerate(keys[:5], 1):
        content = Content(title=f"Новость {number} о ШОС", text=f"Текст номер {number} о своём: {'абвгд'[number % 5] * 9}.", language="ru")
        sighting = sighting_of("site.example", f"https://{key}", (key,), content)
        read = LinkRead(waiting[key].id, Validators(), None)
        store.articles.record(sighting, Identity(), NOW, source_id=state.id, link=read, baseline=waiting[key].baseline)
    store.sources.record_link_failure(waiting[keys[5]].id, "the server answered 500", NOW + LEASE)
    counts = LookCounts(seen=9, unknown=8, known=1, new=4, baseline=1, failed=1, held=2, waiting=1, earlier=1)
    store.sources.finish_look(state.id, NOW, NOW, NOW + LEASE, counts)
    store.sources.finish_look(state.id, NOW, NOW, NOW + LEASE, LookCounts(failed=1), "no answer")
    match(store)


def match(store: Store) -> None:
    """The first is not owed, the second not matched, the third told, the fourth given up, the fifth owed."""
    span = (Span("title", 0, 7),)
    owed = [Owed.BASELINE, None, Owed.ALERT, Owed.ALERT, Owed.ALERT]
    matched = [
        MatchedRevision(
            revision.id,
            () if why is None else (Match("sco", span, why),),
            {ANNA: ("sco",)} if why is Owed.ALERT else {},
        )
        for revision, why in zip(store.matches.unmatched(10), owed, strict=True)
    ]
    store.matches.record(matched, NOW)
    sent, dead, _ = store.outbox.lease("office", NOW, LEASE, 3)
    store.outbox.mark_sent(sent.id, NOW)
    store.outbox.mark_dead(dead.id, "550 no such user")


def test_everything_is_in_one_account_and_the_sums_balance(store: Store) -> None:
    fill(store)
    links, looks, articles = store.accounts.links(), store.accounts.looks(), store.accounts.articles(["5g"])
    assert links.states == {"baseline": 1, "new": 4, "failed": 1, "held": 2, "waiting": 1}
    assert (links.links, looks.looks, looks.failed, looks.balances) == (9, 2, 1, True)
    assert articles.deliveries == {"sent": 1, "dead letter": 1, "owed": 1}
    five_g, sco = articles.watches
    assert (five_g.watch, five_g.not_matched) == ("5g", 5)
    assert (sco.not_matched, sco.not_owed, sco.delivered, sco.deferred, sco.dead) == (1, {"baseline": 1}, 1, 1, 1)
    assert unaccounted(sco, articles.revisions) == unaccounted(five_g, articles.revisions) == 0
    assert_balanced(store, NOW)


def test_what_no_watch_was_held_against_yet_is_pending(store: Store) -> None:
    fill(store)
    content = Content(title="Ещё одна", text="Совсем другой текст.", language="ru")
    store.articles.record(sighting_of("site.example", "https://site.example/n", ("n",), content), Identity(), NOW)
    assert [watch.pending for watch in store.accounts.articles().watches] == [1]
    assert_balanced(store, NOW)
    (late,) = store.accounts.faults(NOW + timedelta(days=2), KEPT)
    assert (late.words, late.broken) == ("held against no watch for more than a day", False)


def test_deliveries_that_were_forgotten_on_purpose_are_no_fault(store: Store) -> None:
    fill(store)
    with store.database.write() as connection:
        connection.execute(text("DELETE FROM delivery_watch"))
        connection.execute(text("DELETE FROM delivery"))
    assert [fault.words for fault in store.accounts.faults(NOW, KEPT)] == ["owed to a watch, and to no recipient"]
    assert store.accounts.faults(NOW + KEPT + LEASE, KEPT) == []
    assert store.accounts.articles().watches[0].forgotten == 3


BREAKS = {
    "UPDATE link SET state = 'lost' WHERE state = 'held'": "in no state that there is",
    "UPDATE link SET article_id = NULL WHERE state = 'new'": "read, and led to no article",
    "UPDATE link SET article_id = NULL WHERE state = 'baseline'": "baseline, and neither read nor older than what is read",
    "UPDATE link SET state = 'waiting' WHERE state = 'new'": "led to an article, and does not say that it was read",
    "UPDATE link SET article_id = 999 WHERE state = 'new'": "led to an article that is not there",
    "UPDATE link SET reason = '' WHERE state = 'failed'": "failed, without a reason or a next try",
    "UPDATE link SET again_at = NULL WHERE state = 'failed'": "failed, without a reason or a next try",
    "UPDATE link SET again_at = NULL WHERE state = 'held'": "held, without a reason or an end",
    "UPDATE link SET state = 'refused', reason = '' WHERE state = 'held'": "without the reason why it is not read, or known",
    "UPDATE link SET backfilled = true WHERE state = 'waiting'": "waits for a back-fill that has ended",
    "UPDATE look SET seen = seen + 1 WHERE error = ''": "its counts do not add up",
    "UPDATE source SET paused_at = created_at, resumed_at = created_at": "paused and resumed at once",
    "DELETE FROM revision WHERE article_id = 2": "without a revision",
    "DELETE FROM location WHERE article_id = 2": "without the location that its address is",
    "UPDATE article SET joined_to = 2 WHERE id <= 2": "joined to an article that is itself joined to another, or is not there",
    "DELETE FROM article WHERE id = 2": "has a revision, and is not there",
    "UPDATE address_key SET article_id = 999 WHERE article_id = 2": "has an address key, and is not there",
    "INSERT INTO mark (hash, article_id) VALUES (77, 999)": "has marks, and is not there",
    "UPDATE delivery SET state = 'lost' WHERE state = 'owed'": "in no state that there is",
    "UPDATE delivery SET sent_at = NULL": "sent, without a time; or not sent, with one",
    "UPDATE delivery SET error = '' WHERE state = 'dead letter'": "a dead letter without a reason",
    "DELETE FROM delivery_watch": "on behalf of no watch",
    "DELETE FROM match WHERE owed = 'alert'": "on behalf of a watch that did not match",
    "UPDATE delivery SET message_id = 'one'": "has the message id of another message",
    "UPDATE match SET owed = 'alert'": "owed to a watch, and to no recipient",
}


def break_by(store: Store, statement: str) -> None:
    """Without the constraints: a database that somebody has mended by hand may hold what they would stop."""
    sqlite = store.database.is_sqlite
    off, on = ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON") if sqlite else (f"{_ROLE} replica", f"{_ROLE} DEFAULT")
    driver = store.database.engine.raw_connection()
    for words in (off, statement, on):
        driver.cursor().execute(words)
    driver.commit()
    driver.close()


@pytest.mark.parametrize(("statement", "words"), BREAKS.items())
def test_each_thing_that_can_not_be_is_named(store: Store, statement: str, words: str) -> None:
    fill(store)
    break_by(store, statement.replace(" match", ' "match"'))
    found = {fault.words: fault for fault in store.accounts.faults(NOW, KEPT)}
    assert words in found, found
    assert found[words].ids
    with pytest.raises(AssertionError) if found[words].broken else nullcontext():
        assert_balanced(store, NOW)


# --- the command -----------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def looked(workplace: Path, vestnik: Command) -> Callable[..., str]:
    """An installation after its first look; runs SQL on its database, as nobody should."""
    with demo_site() as site:
        configured(workplace, source(site))
        assert vestnik("collect").status == 0

    def spoil(statement: str = "SELECT 1") -> str:
        url = f"sqlite:///{workplace / 'data' / 'vestnik.db'}"
        with closing(open_store(url, datetime.now(UTC))) as store, store.database.write() as connection:
            connection.exec_driver_sql(statement)
        return url

    return spoil


def test_an_installation_that_is_well_is_said_to_be(looked: Callable[..., str], vestnik: Command) -> None:
    del looked
    ended = vestnik("doctor")
    assert (ended.status, ended.out.splitlines()[-1]) == (0, "all is well")
    assert "links       3 = 3 baseline" in ended.out
    told = json.loads(vestnik("doctor", "--json").out)
    assert (told["ok"], told["links"]["states"]) == (True, {"baseline": 3})


def test_what_is_broken_ends_with_its_ids_and_a_status(looked: Callable[..., str], vestnik: Command) -> None:
    looked("UPDATE link SET state = 'new', article_id = NULL WHERE id = 2")
    ended = vestnik("doctor")
    assert ended.status == 1
    assert "BROKEN      link 2: read, and led to no article; please report it" in ended.out
    assert ended.err == "vestnik: 1 of the findings must be mended\n"
    assert not json.loads(vestnik("doctor", "--json").out)["ok"]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE source SET paused_at = created_at", "source demo: paused since 20"),
        ("UPDATE source SET first_good_at = NULL", "source demo: never read"),
        ("UPDATE source SET error = 'no answer'", "source demo: can't be read: no answer"),
        ("UPDATE source SET last_good_at = '2020-01-01 00:00:00.000000'", "source demo: last read 2020-01-01 00:00 UTC"),
        ("UPDATE source SET last_good_at = '2120-01-01 00:00:00.000000'", "clock: something was seen at 2120-01-01"),
        ("UPDATE meta SET value = '2020-01-01T00:00:00+00:00' WHERE key = 'created_at'", "there is none; `vestnik backup` makes one"),
    ],
)
def test_what_is_worth_knowing_is_a_warning_and_no_failure(
    looked: Callable[..., str], vestnik: Command, statement: str, words: str
) -> None:
    looked(statement)
    ended = vestnik("doctor")
    assert ended.status == 0
    (line,) = [line for line in ended.out.splitlines() if line.startswith("warning")]
    assert words in line


def test_a_damaged_database_is_told(looked: Callable[..., str], vestnik: Command, workplace: Path) -> None:
    looked("CREATE TABLE filler AS SELECT hex(randomblob(9000)) AS filling FROM link")
    file = workplace / "data" / "vestnik.db"
    whole = bytearray(file.read_bytes())
    whole[-9000:] = b"\xff" * 9000
    file.write_bytes(bytes(whole))
    ended = vestnik("doctor")
    assert ended.status == 1
    assert "BROKEN  database: it is damaged: " in ended.out
    assert "`vestnik restore`" in ended.out


def test_a_disk_that_is_nearly_full_is_a_warning(looked: Callable[..., str], vestnik: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    del looked
    monkeypatch.setattr("collector.service.doctoring._FULL", 0.0)
    ended = vestnik("doctor")
    assert ended.status == 0
    assert "make room, or move data_dir" in ended.out
