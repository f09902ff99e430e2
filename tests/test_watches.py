"""Watches that are made while the service runs: kept in the database, held at once, and accounted for."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from balance import assert_balanced
from databases import NOW, Databases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from service_runner import Command, command, configured, demo_site, kept, mail_to, running, source
from sqlalchemy import select
from world import Mailbox, until

from collector.demo.texts import texts
from collector.identity import Identity, sighting_of
from collector.service.matching import Matching
from collector.service.threads import Threads
from collector.service.watching import Watching
from notify.lemmas import Lexicon
from notify.query import parse
from notify.receipts import told_in
from notify.senders.addresses import open_channel
from notify.senders.channel import Channel
from notify.watch import Watch
from storage import schema
from storage.database import StorageError
from storage.model import Content, MatchedRevision, NamePair, Owed, Receipt, Recipient, SavedWatch, UnmatchedRevision, unaccounted
from storage.store import Store, open_store

A_DAY = timedelta(days=1)
ANNA = Recipient("a" * 64, "office")
SCO = SavedWatch("sco", "ШОС", ("РСС",), ("аукцион",), ("abroad",), ("office",), ("new", "edit"))


def receipt(*watches: str) -> Receipt:
    return Receipt(watches, (ANNA,), "saved", "{}")


def publish(store: Store, title: str, now: datetime = NOW) -> None:
    """A new publication, not matched yet."""
    key = f"site.example/{title}"
    sighting = sighting_of("site.example", f"https://{key}", (key,), Content(title=title, text=f"Текст: {title}.", language="ru"))
    store.articles.record(sighting, Identity(), now)


# --- in the database -----------------------------------------------------------------------------------------------------------------


def test_a_watch_is_kept_as_it_was_made(store: Store) -> None:
    (saved,) = store.watches.save([SCO], [receipt("sco")], NOW)
    assert saved == replace(SCO, created_at=NOW, changed_at=NOW, version=1)
    assert store.watches.list() == [saved] == [store.watches.get("sco")]
    assert store.watches.get("5g") is None


def test_a_version_rises_with_each_change_of_any_watch(store: Store) -> None:
    sco, five_g = store.watches.save([SCO, SavedWatch("5g", "5G")], [], NOW)
    (changed,) = store.watches.save([replace(sco, query="ОДКБ")], [], NOW + A_DAY)
    assert (sco.version, five_g.version, changed.version) == (1, 2, 3)
    assert (changed.created_at, changed.changed_at) == (NOW, NOW + A_DAY)
    assert store.watches.remove("5g", NOW + A_DAY)
    assert [(watch.name, watch.version) for watch in store.watches.changed_since(0)] == [("sco", 3), ("5g", 4)]
    (gone,) = store.watches.changed_since(3)
    assert (gone.name, gone.removed_at) == ("5g", NOW + A_DAY)
    assert store.watches.changed_since(4) == []
    assert [watch.name for watch in store.watches.list()] == ["sco"]
    assert not store.watches.remove("5g", NOW + A_DAY), "it is gone already"


def test_a_name_that_was_removed_can_be_used_again(store: Store) -> None:
    store.watches.save([SCO], [], NOW)
    store.watches.remove("sco", NOW)
    (again,) = store.watches.save([SavedWatch("sco", "РСС")], [], NOW + A_DAY)
    assert (again.query, again.terms, again.created_at, again.removed_at) == ("РСС", (), NOW + A_DAY, None)


def test_two_commands_at_once_do_not_undo_each_other(store: Store) -> None:
    (saved,) = store.watches.save([SCO], [], NOW)
    with pytest.raises(StorageError, match="'sco' already"):
        store.watches.save([SCO], [], NOW)
    store.watches.save([replace(saved, query="РСС")], [], NOW)
    with pytest.raises(StorageError, match="changed or removed by another command"):
        store.watches.save([replace(saved, query="ОДКБ")], [], NOW)
    store.watches.remove("sco", NOW)
    with pytest.raises(StorageError, match="changed or removed by another command"):
        store.watches.save([replace(saved, query="ОДКБ")], [], NOW)


def test_watches_are_saved_with_their_receipts_or_not_at_all(store: Store) -> None:
    store.watches.save([SavedWatch("5g", "5G")], [], NOW)
    with pytest.raises(StorageError):
        store.watches.save([SCO, SavedWatch("5g", "5G")], [receipt("sco")], NOW)
    with pytest.raises(KeyError):
        store.watches.save([SCO], [receipt("another")], NOW)
    assert [watch.name for watch in store.watches.list()] == ["5g"]
    assert store.outbox.counts() == {}
    with store.database.read() as connection:
        assert connection.scalars(select(schema.notice.c.id)).all() == []


def test_what_a_database_can_not_hold_does_not_stop_a_watch(store: Store) -> None:
    (saved,) = store.watches.save([SavedWatch("odd", "ШОС\x00", ("\ud800связь",), tags=('"quoted"', "два\nслова"))], [], NOW)
    assert (saved.query, saved.tags) == ("ШОС", ('"quoted"', "два\nслова"))


# --- while the service runs ----------------------------------------------------------------------------------------------------------


class Service:
    """Matching as the service does it."""

    def __init__(self, store: Store, configured_watches: Iterable[Watch] = (), channels: Iterable[Channel] = ()) -> None:
        self.store = store
        self.watching = Watching(configured_watches, store, Lexicon())
        self._threads = Threads(one_writer=store.database.is_sqlite)
        self._matching = Matching(store, self._threads, self.watching, {channel.name: channel for channel in channels}, lambda: NOW)

    async def tick(self) -> dict[str, list[tuple[str, str]]]:
        """Match all there is; by title, which watches have matched and what is owed for that."""
        await self._matching.tick()
        title, match = schema.revision.c.title, schema.match.c
        query = select(title, match.watch, match.owed).join(schema.match, match.revision_id == schema.revision.c.id)
        found: dict[str, list[tuple[str, str]]] = {}
        with self.store.database.read() as connection:
            for row in connection.execute(query.order_by(match.watch)):
                found.setdefault(row.title, []).append((row.watch, row.owed))
        return found


@pytest.fixture
def service(store: Store) -> Service:
    return Service(store)


async def test_a_watch_that_is_saved_is_held_against_what_comes_then(service: Service) -> None:
    publish(service.store, "Форум ШОС")
    assert await service.tick() == {}
    service.store.watches.save([SCO], [], NOW)
    publish(service.store, "Совет ШОС")
    assert await service.tick() == {"Совет ШОС": [("sco", Owed.NO_CHANNEL)]}, "a watch whose channels are gone matches all the same"


async def test_a_watch_that_is_changed_or_removed_is_so_at_the_next_publication(service: Service) -> None:
    (saved,) = service.store.watches.save([SCO], [], NOW)
    await service.tick()
    service.store.watches.save([replace(saved, query="ОДКБ", terms=())], [], NOW)
    publish(service.store, "Совет ШОС")
    publish(service.store, "Совет ОДКБ")
    assert list(await service.tick()) == ["Совет ОДКБ"]
    service.store.watches.remove("sco", NOW)
    publish(service.store, "Штаб ОДКБ")
    assert list(await service.tick()) == ["Совет ОДКБ"]


async def test_a_service_that_starts_anew_holds_what_was_kept(service: Service) -> None:
    service.store.watches.save([SCO, SavedWatch("5g", "5G")], [], NOW)
    service.store.watches.remove("5g", NOW)
    publish(service.store, "ШОС и 5G")
    assert await Service(service.store).tick() == {"ШОС и 5G": [("sco", Owed.NO_CHANNEL)]}


async def test_a_watch_of_the_configuration_goes_before_one_of_its_name(store: Store) -> None:
    store.watches.save([SCO], [], NOW)
    service = Service(store, [Watch("sco", parse("5G"), ())])
    publish(store, "Совет ШОС")
    publish(store, "Сеть 5G")
    assert list(await service.tick()) == ["Сеть 5G"]
    store.watches.remove("sco", NOW)
    publish(store, "Снова 5G")
    assert list(await service.tick()) == ["Сеть 5G", "Снова 5G"], "and stays when that one goes"


async def test_a_watch_that_can_not_be_read_any_more_does_not_stop_the_others(service: Service) -> None:
    service.store.watches.save([SavedWatch("broken", "ШОС OR"), SCO], [], NOW)
    publish(service.store, "Совет ШОС")
    assert await service.tick() == {"Совет ШОС": [("sco", Owed.NO_CHANNEL)]}


async def test_a_watch_alerts_the_channel_that_it_names(store: Store) -> None:
    channel = open_channel("office", "json://127.0.0.1:9/", language="ru", zone="UTC")
    store.watches.save([SCO], [], NOW)
    publish(store, "Совет ШОС")
    assert await Service(store, channels=[channel]).tick() == {"Совет ШОС": [("sco", Owed.ALERT)]}
    assert [row.watches for row in store.outbox.list(5)] == [("sco",)]


async def test_a_name_that_the_glossary_learns_is_looked_for_from_then_on(service: Service) -> None:
    service.store.watches.save([SavedWatch("cis", "~РСС"), SCO], [], NOW)
    publish(service.store, "Региональное содружество в области связи")
    assert await service.tick() == {}
    others = service.watching.matcher.watches["sco"]
    service.store.names.add(
        NamePair("РСС", "Региональное содружество в области связи", "рсс", "региональный содружество в область связь"), NOW
    )
    publish(service.store, "Региональное содружество в области связи собралось")
    assert list(await service.tick()) == ["Региональное содружество в области связи собралось"]
    assert service.watching.matcher.watches["sco"] is others, "watches that don't ask for names are left as they are"


async def test_a_watch_that_is_saved_before_a_publication_never_misses_it(store: Store) -> None:
    """However late: here both come when the service has begun to look for what is unmatched."""

    class Late:
        record = store.matches.record

        def unmatched(self, limit: int) -> list[UnmatchedRevision]:
            if store.watches.get("sco") is None:
                store.watches.save([SCO], [], NOW)
                publish(store, "Совет ШОС")
            return store.matches.unmatched(limit)

    service = Service(replace(store, matches=Late()))  # type: ignore[arg-type]
    assert await service.tick() == {"Совет ШОС": [("sco", Owed.NO_CHANNEL)]}


_STEPS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["ШОС", "РСС OR 5G", "~РСС", "remove", "look"])), max_size=12)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_STEPS)
def test_whatever_was_changed_the_service_holds_what_one_that_starts_anew_does(databases: Databases, steps: list[tuple[str, str]]) -> None:
    with closing(open_store(databases.make("sqlite"), NOW)) as store:
        watching = Watching([Watch("a", parse("5G"), ())], store, Lexicon())
        for name, step in steps:
            if step == "look":
                watching.apply(watching.changes())
            elif step == "remove":
                store.watches.remove(name, NOW)
            else:
                store.watches.save([replace(store.watches.get(name) or SavedWatch(name), query=step)], [], NOW)
        watching.apply(watching.changes())
        anew = Watching([Watch("a", parse("5G"), ())], store, Lexicon())
        anew.apply(anew.changes())
        assert watching.matcher.watches == anew.matcher.watches


async def test_changes_are_taken_once(service: Service) -> None:
    service.store.watches.save([SCO], [], NOW)
    service.watching.apply(service.watching.changes())
    assert not service.watching.changes()


# --- accounts ------------------------------------------------------------------------------------------------------------------------


def match(store: Store, now: datetime) -> None:
    """All that waits is held against no watch."""
    store.matches.record([MatchedRevision(revision.id, ()) for revision in store.matches.unmatched(50)], now)


def test_what_was_published_before_a_watch_was_made_is_so_accounted_for(store: Store) -> None:
    publish(store, "Первая")
    publish(store, "Вторая")
    match(store, NOW)
    store.watches.save([SCO], [], NOW + A_DAY)
    publish(store, "Третья")
    match(store, NOW + 2 * A_DAY)
    store.watches.remove("sco", NOW + 3 * A_DAY)
    publish(store, "Четвёртая")
    match(store, NOW + 4 * A_DAY)
    publish(store, "Пятая")
    (account,) = store.accounts.articles().watches
    assert (account.before, account.not_matched, account.after, account.pending) == (2, 1, 1, 1)
    assert unaccounted(account, store.accounts.articles().revisions) == 0
    (configured_one,) = store.accounts.articles(["sco"]).watches
    assert (configured_one.before, configured_one.not_matched) == (0, 4), (
        "of one of the configuration it is not known since when it is there"
    )
    assert_balanced(store, NOW + 4 * A_DAY)


async def test_a_name_that_matched_in_an_earlier_life_is_accounted_for_once(service: Service) -> None:
    store = service.store
    store.watches.save([SCO], [], NOW - A_DAY)
    publish(store, "Совет ШОС")
    publish(store, "Прочее")
    await service.tick()
    store.watches.remove("sco", NOW + A_DAY)
    store.watches.save([SCO], [], NOW + 2 * A_DAY)
    (account,) = store.accounts.articles().watches
    assert (account.before, account.not_matched, account.not_owed) == (1, 0, {Owed.NO_CHANNEL: 1})
    assert_balanced(store, NOW)


def test_hundreds_of_watches_made_at_different_times_are_accounted_for(store: Store) -> None:
    for number in range(6):
        publish(store, f"Публикация {number}")
        match(store, NOW + number * A_DAY)
    for number in range(250):
        store.watches.save([SavedWatch(f"w{number:03}", "ШОС")], [], NOW + timedelta(hours=number))
    accounts = store.accounts.articles().watches
    assert [account.before for account in accounts[::24]] == [0, 1, 2, 3, 4, 5, 6, 6, 6, 6, 6]
    assert_balanced(store, NOW)


# --- commands ------------------------------------------------------------------------------------------------------------------------

CONFIGURATION = '[watch.own]\nquery = "РСС"\ntags = ["abroad"]\n[channel.office]\nurl = "json://127.0.0.1:9/"\n'


@pytest.fixture
def installed(workplace: Path, vestnik: Command) -> Command:
    configured(workplace, CONFIGURATION)
    return vestnik


def test_a_watch_is_added_listed_changed_and_removed(installed: Command, workplace: Path) -> None:
    added = installed("watch", "add", "sco", "ШОС", "--term", "ОДКБ", "--exclude", "аукцион", "--tag", "Abroad", "--channel", "office")
    assert (added.status, added.out) == (0, "sco is watched from now on\n")
    assert installed("watch", "list").out.splitlines() == [
        "own  configuration  no channel  РСС #abroad",
        "sco  added          office      ШОС; or any of 1 terms: ОДКБ; but not аукцион #Abroad",
    ]
    assert [value["name"] for value in installed("watch", "list", "--tag", "abroad", "--json").values] == ["own", "sco"]
    assert installed("watch", "list", "--tag", "none").out == ""
    changed = installed("watch", "change", "sco", "", "--term", "РСС", "--term", "5G", "--drop-exclude", "аукцион", "--on", "new,edit")
    assert (changed.status, changed.out) == (0, "sco is changed\n")
    (value,) = [one for one in installed("watch", "list", "--json").values if one["name"] == "sco"]
    assert value == {
        "name": "sco", "kept": "added", "query": "", "terms": ["ОДКБ", "РСС", "5G"], "exclude": [], "tags": ["Abroad"],
        "channels": ["office"], "on": ["new", "edit"],
    }  # fmt: skip
    assert installed("watch", "change", "sco", "--term", "5G").out == "sco is so already\n"
    assert installed("watch", "remove", "sco").out == "sco is not watched any more; what it matched is kept\n"
    assert [value["name"] for value in installed("watch", "list", "--json").values] == ["own"]
    with kept(workplace) as store:
        assert len(store.outbox.list(9)) == 2, "a receipt for each saving, and none for what changed nothing"


def test_a_receipt_may_be_left_out(installed: Command, workplace: Path) -> None:
    installed("watch", "add", "sco", "ШОС", "--channel", "office", "--quiet")
    with kept(workplace) as store:
        assert store.outbox.list(9) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("add", "own", "ШОС"), "[watch.own] stands in the configuration; change it there, or choose another name"),
        (("add", "two words", "ШОС"), "'two words' is no name"),
        (("add", "known", "ШОС"), "there is a watch 'known' already; `vestnik watch change known` changes it"),
        (("add", "sco", "ШОС OR"), "sco: query: something is missing at the end: a word or a closing bracket\nШОС OR\n      ^"),
        (("add", "sco", "--term", "(РСС"), "sco: term: "),
        (("add", "sco", "ШОС", "--exclude", "-РСС"), "sco: exclude: "),
        (("add", "sco", "--exclude", "РСС"), "sco: it asks for nothing"),
        (("add", "sco"), "sco: it asks for nothing"),
        (("add", "sco", "ШОС", "--channel", "ofice"), "sco: there is no channel 'ofice'; did you mean 'office'?"),
        (("add", "sco", "ШОС", "--on", "new,typo"), 'sco: on has "typo"'),
        (("change", "none", "ШОС"), "there is no watch 'none' that was added"),
        (("change", "knwon", "ШОС"), "did you mean 'known'?"),
        (("change", "own", "ШОС"), "[watch.own] stands in the configuration"),
        (("change", "known", ""), "known: it asks for nothing"),
        (("change", "known", "--drop-term", "РСС"), "--drop-term: it has no term 'РСС'"),
        (("remove", "own"), "[watch.own] stands in the configuration"),
        (("remove", "none"), "there is no watch 'none'"),
    ],
)
def test_what_can_not_be_is_refused_in_words_and_nothing_is_saved(
    installed: Command, workplace: Path, arguments: tuple[str, ...], says: str
) -> None:
    installed("watch", "add", "known", "ОДКБ", "--quiet")
    ended = installed("watch", *arguments)
    assert ended.status == 2
    assert says in ended.err
    with kept(workplace) as store:
        assert [(watch.name, watch.version) for watch in store.watches.list()] == [("known", 1)]


def test_a_watch_that_the_configuration_has_come_to_hide_is_shown_so_and_can_be_removed(installed: Command, workplace: Path) -> None:
    installed("watch", "add", "sco", "ШОС", "--quiet")
    configured(workplace, CONFIGURATION + "[watch.sco]\nquery = 'ОДКБ'\n")
    assert "sco  hidden by the configuration  no channel  ШОС" in installed("watch", "list").out
    assert installed("watch", "remove", "sco").status == 0
    assert "hidden" not in installed("watch", "list").out


def test_a_channel_that_is_gone_does_not_stop_a_change(installed: Command, workplace: Path) -> None:
    installed("watch", "add", "sco", "ШОС", "--channel", "office", "--quiet")
    configured(workplace, "[watch.own]\nquery = 'РСС'\n")
    assert installed("watch", "change", "sco", "--term", "РСС").status == 0


def test_words_of_the_users_own_are_forms_of_one_word(workplace: Path, vestnik: Command) -> None:
    configured(workplace, '[lexicon]\nwords = [["Стал", "Стала", "Сталу"]]\n')
    (workplace / "text").write_text("Вручили Сталу награду.", encoding="utf-8")
    assert vestnik("watch", "check", "Стал", "text", "--config", "vestnik.toml").out == "match\n  text 8-13: Сталу\n"
    assert vestnik("watch", "check", "=Стал", "text", "--config", "vestnik.toml").status == 1


def test_a_receipt_counts_what_the_archive_has(workplace: Path, vestnik: Command) -> None:
    with demo_site() as site:
        configured(workplace, source(site) + CONFIGURATION)
        vestnik("collect")
    title = vestnik("article", "list", "--json").values[0]["revision"]["content"]["title"]
    assert vestnik("watch", "add", "sco", f"«{title.replace('«', '').replace('»', '')}»", "--channel", "office").status == 0
    with kept(workplace) as store:
        (owed,) = store.outbox.lease_notices("office", datetime.now(UTC), A_DAY, 2)
    (saved,) = told_in(owed.notice.detail).watches
    assert saved.articles == 1
    assert "".join(piece.text for piece in saved.samples[0].title) == title
    assert any(piece.marked for piece in saved.samples[0].title)


def test_a_list_that_is_too_long_to_be_looked_up_is_watched_for_all_the_same(workplace: Path, vestnik: Command) -> None:
    configured(workplace, CONFIGURATION)
    (workplace / "long.csv").write_text("".join(f"слово{number} «фраза номер {number}»\n" for number in range(10_000)), encoding="utf-8")
    ended = vestnik("watch", "import", "long.csv", "--channel", "office")
    assert (ended.status, ended.out) == (0, "long: 10000 of 10000 terms are new\n")
    with kept(workplace) as store:
        assert len(store.watches.list()[0].terms) == 10_000
        assert [row.title for row in store.outbox.list(2)] == ["receipt-long-1: long: saved"]


def test_the_doctor_says_what_was_before_a_watch(workplace: Path, vestnik: Command) -> None:
    with demo_site() as site:
        configured(workplace, source(site))
        vestnik("collect")
    vestnik("watch", "add", "sco", "ШОС")
    assert "watch sco   3 = 3 before it was made" in vestnik("doctor").out


# --- the service as its user starts it -----------------------------------------------------------------------------------------------


def test_a_watch_that_is_added_while_the_service_runs_is_receipted_and_alerts(workplace: Path) -> None:
    with demo_site() as site, Mailbox() as mailbox:
        port = int(mailbox.url.rpartition(":")[2].partition("?")[0])
        config = configured(workplace, source(site) + mail_to(port))
        with running(config) as service:
            service.line("looked", source="demo")
            added = command("watch", "add", "sco", "ШОС", "--channel", "office", "--config", str(config))
            assert (added.status, added.err) == (0, "")
            service.line("sent")
            site.publish(texts(datetime.now(UTC)).later)
            service.line("sent")
            until(lambda: len(mailbox.letters) == 2, "both letters are there")
    receipt_letter, alert = mailbox.letters
    assert receipt_letter["Subject"] == "Vestnik: Наблюдение «sco» сохранено"
    assert texts(datetime.now(UTC)).later.title in str(alert["Subject"])
