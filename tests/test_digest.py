"""What came together is told together: one message a recipient, with one Message-ID for ever."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP
from balance import assert_balanced
from databases import NOW, Databases

from collector.identity import Identity, sighting_of
from collector.service.delivering import Delivering, Outgoing
from collector.service.threads import Threads
from notify.outbox import Policy
from notify.render.digest import render_digest
from notify.render.words import LANGUAGES, counted
from notify.senders.addresses import open_channel
from storage.model import Content, Digest, LinkRead, Match, MatchedRevision, Owed, Recipient, Settling, Span, Validators
from storage.store import Store, open_store

LEASE = timedelta(minutes=5)
A_MINUTE = timedelta(minutes=1)
SETTLE = Settling()
ANNA, BORIS = Recipient("a" * 64, "office"), Recipient("b" * 64, "office")
_WORDS = ("почте", "связи", "сетях", "марках", "спутниках", "реестрах", "тарифах", "кабелях")


def publish(store: Store, number: int, burst: str = "", title: str = "") -> None:
    """An article that came with a burst, or alone."""
    words = " ".join(f"слово{number}{letter}" for letter in "абвгдежзикл")
    content = Content(
        title=title or f"ШОС: о {_WORDS[number % 8]}, номер {number}",
        text=f"Сказано о ШОС. {words}.",
        published=date(2026, 11, 1),
        language="ru",
    )
    link = LinkRead(0, Validators(), None, burst)
    sighting = sighting_of("mpt.example", f"https://mpt.example/node/{number}", (f"node:{number}",), content)
    store.articles.record(sighting, Identity(), NOW, link=link)


def match(store: Store, *recipients: Recipient, now: datetime = NOW) -> None:
    """Every unmatched revision matches one watch, and is owed to the recipients."""
    found = Match("sco", (Span("title", 0, 3), Span("text", 10, 13)), Owed.ALERT)
    while batch := store.matches.unmatched(100):
        store.matches.record([MatchedRevision(revision.id, (found,), dict.fromkeys(recipients, ("sco",))) for revision in batch], now)


def lease(store: Store, after: timedelta) -> Digest | None:
    return store.outbox.lease_digest("office", NOW + after, LEASE, SETTLE)


# --- in the outbox ---------------------------------------------------------------------------------------------------------------------


def test_what_came_with_a_burst_is_one_message_to_each_recipient_and_the_rest_is_not(store: Store) -> None:
    for number in range(1, 4):
        publish(store, number, "site: held now")
    publish(store, 9)
    match(store, ANNA, BORIS)
    assert [delivery.article.revision.content.title[-1] for delivery in store.outbox.lease("office", NOW, LEASE, 99)] == ["9", "9"]
    digests = [lease(store, LEASE), lease(store, LEASE)]
    assert [digest.recipient for digest in digests if digest] == [ANNA, BORIS]
    assert [len(digest.deliveries) for digest in digests if digest] == [3, 3]
    assert lease(store, LEASE) is None, "both are leased"
    assert_balanced(store, NOW)


def test_a_digest_waits_until_nothing_is_added_for_five_minutes(store: Store) -> None:
    publish(store, 1, "b")
    match(store, ANNA)
    assert lease(store, 4 * A_MINUTE) is None
    assert store.outbox.channels_due(NOW + 4 * A_MINUTE) == []
    publish(store, 2, "b")
    match(store, ANNA, now=NOW + 4 * A_MINUTE)
    assert lease(store, 8 * A_MINUTE) is None
    assert store.outbox.channels_due(NOW + 9 * A_MINUTE) == ["office"]
    told = lease(store, 9 * A_MINUTE)
    assert told is not None
    assert len(told.deliveries) == 2


def test_a_digest_waits_for_an_hour_at_the_longest(store: Store) -> None:
    for number in range(1, 17):
        publish(store, number, "b")
        match(store, ANNA, now=NOW + number * 4 * A_MINUTE)
    told = lease(store, 64 * A_MINUTE)
    assert told is not None
    assert len(told.deliveries) == 16


def test_a_message_keeps_its_id_and_its_publications_whatever_is_added_later(store: Store) -> None:
    publish(store, 1, "b")
    publish(store, 2, "b")
    match(store, ANNA)
    first = lease(store, LEASE)
    assert first is not None
    publish(store, 3, "b")
    match(store, ANNA, now=NOW + LEASE)
    again = lease(store, 2 * LEASE)
    assert again is not None
    assert (again.message_id, len(again.deliveries)) == (first.message_id, 2)
    store.outbox.mark_retry(again.id, NOW + 4 * LEASE, "421 busy")
    other = lease(store, 2 * LEASE + A_MINUTE)
    assert other is not None
    assert (len(other.deliveries), other.message_id == first.message_id) == (1, False)
    store.outbox.mark_sent(other.id, NOW)
    third = lease(store, 4 * LEASE)
    assert third is not None
    assert (third.message_id, third.attempts, len(third.deliveries)) == (first.message_id, 1, 2)
    store.outbox.mark_sent(third.id, NOW)
    assert store.outbox.counts() == {"sent": 3}
    assert_balanced(store, NOW)


def test_a_dead_digest_is_owed_again_as_a_whole(store: Store) -> None:
    for number in range(1, 4):
        publish(store, number, "b")
    match(store, ANNA)
    told = lease(store, LEASE)
    assert told is not None
    store.outbox.mark_dead(told.id, "550 no")
    assert store.outbox.counts() == {"dead letter": 3}
    assert store.outbox.owe_again([told.deliveries[1].id], NOW) == 1
    again = lease(store, LEASE)
    assert again is not None
    assert (len(again.deliveries), again.message_id) == (3, told.message_id)


def test_a_long_digest_is_parted_and_nothing_is_lost(store: Store) -> None:
    for number in range(1, 252):
        publish(store, number, "b")
    match(store, ANNA)
    parts = [lease(store, LEASE), lease(store, LEASE)]
    assert [len(part.deliveries) for part in parts if part] == [200, 51]
    assert len({part.message_id for part in parts if part}) == 2
    for part in filter(None, parts):
        store.outbox.mark_sent(part.id, NOW)
    assert store.outbox.counts() == {"sent": 251}


# --- as it reads -----------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def twelve(databases: Databases) -> Digest:
    store = open_store(databases.make("sqlite"), NOW)
    for number in range(1, 12):
        publish(store, number, "b")
    publish(store, 12, "b", title="ШОС <script>alert(1)</script> и связь")
    match(store, ANNA)
    digest = lease(store, LEASE)
    store.close()
    assert digest is not None
    return digest


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("ru", "12 публикаций: ШОС: о связи, номер 1; ", ("Найдено: ШОС", "Опубликовано: 1 ноября 2026 г.", "Наблюдения: sco")),
        ("be", "12 публікацый: ШОС: о связи, номер 1; ", ("Знойдзена: ШОС", "Апублікавана: 1 лістапада 2026 г.", "Назіранні: sco")),
        ("en", "12 publications: ШОС: о связи, номер 1; ", ("Found: ШОС", "Published: 1 November 2026", "Watches: sco")),
    ],
)
def test_a_digest_says_of_each_publication_what_is_worth_knowing(
    twelve: Digest, language: str, subject: str, words: tuple[str, ...]
) -> None:
    message = render_digest(twelve, language=language, zone="Europe/Minsk", base_url="https://v.example", now=NOW)
    assert message.subject.startswith(subject)
    assert len(message.subject) <= 120
    assert message.message_id == f"<{twelve.message_id}@v.example>"
    for number in range(1, 13):
        assert f"https://mpt.example/node/{number}\n" in message.text
        assert f'<a href="https://mpt.example/node/{number}">' in message.html
    for said in words:
        assert message.text.count(said) == 12
    assert "<script>" not in message.html


def test_a_digest_of_one_is_told_as_any_other(databases: Databases) -> None:
    store = open_store(databases.make("sqlite"), NOW)
    publish(store, 1, "b")
    match(store, ANNA)
    digest = lease(store, LEASE)
    assert digest is not None
    message = render_digest(digest, language="ru", zone="Europe/Minsk", base_url="https://v.example", now=NOW)
    assert message.subject == "ШОС: о связи, номер 1"
    assert message.message_id == f"<{digest.message_id}@v.example>"
    store.close()


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "публикация"),
        (2, "публикации"),
        (5, "публикаций"),
        (11, "публикаций"),
        (21, "публикация"),
        (112, "публикаций"),
        (100, "публикаций"),
    ],
)
def test_publications_are_counted_as_people_count(count: int, told: str) -> None:
    assert counted(count, LANGUAGES["ru"].publications) == f"{count} {told}"


# --- on the wire -----------------------------------------------------------------------------------------------------------------------


@dataclass
class Server:
    """A mail server that answers as it is told, in turn; the last answer goes on."""

    answers: list[str]
    letters: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802  (aiosmtpd's name)
        letter = message_from_bytes(envelope.content, policy=modern)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
async def server() -> AsyncIterator[tuple[Server, int]]:
    told = Server(["421 busy, come back", "250 taken"])
    listening = await asyncio.get_running_loop().create_server(lambda: SMTP(told), "127.0.0.1", 0)
    yield told, listening.sockets[0].getsockname()[1]
    listening.close()


async def test_a_digest_reaches_a_real_mail_server_once_with_the_same_id_in_each_attempt(store: Store, server: tuple[Server, int]) -> None:
    told, port = server
    channel = open_channel("office", f"mailto://127.0.0.1:{port}?from=v@example.org&to=reader@example.org&mode=insecure")
    for number in range(1, 31):
        publish(store, number, "b")
    match(store, channel.recipients[0])
    now, threads = NOW, Threads(one_writer=store.database.is_sqlite)
    outgoing = Outgoing({"office": channel}, Policy(first=A_MINUTE), "http://127.0.0.1:8080", LEASE, SETTLE)
    delivering = Delivering(store, threads, outgoing, lambda: now)
    for _ in range(6):
        now += 2 * A_MINUTE
        await delivering.tick()
        await delivering.settle(30)
    threads.close()
    refused, taken = told.letters
    assert refused["Message-ID"] == taken["Message-ID"]
    assert taken["Subject"].startswith("30 публикаций: ")
    body = taken.get_body(("plain",))
    assert body is not None
    assert len(re.findall(r"https://mpt\.example/node/\d+", body.get_content())) == 30
    assert store.outbox.counts() == {"sent": 30}
    assert_balanced(store, NOW)
