"""From the outbox to a real mail server, whatever it answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP
from databases import NOW, Databases

from collector.identity import Identity, sighting_of
from collector.service.delivering import Delivering, Outgoing
from collector.service.threads import Threads
from notify.outbox import Policy
from notify.senders.addresses import open_channel
from storage.model import Content, DeliveryRow, Match, MatchedRevision, Owed, Span
from storage.store import Store, open_store


class Server:
    """Answers as it is told, in turn; the last answer goes on."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers) or ["250 taken"]
        self.message_ids: list[str] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802  (aiosmtpd's name)
        (found,) = [line for line in envelope.content.decode().splitlines() if line.lower().startswith("message-id:")]
        self.message_ids.append(found)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@dataclass
class Office:
    """One alert owed by one channel, and a clock that is set by hand."""

    store: Store
    delivering: Delivering
    server: Server
    now: datetime = NOW

    async def deliver(self, *, later: timedelta = timedelta(0)) -> DeliveryRow:
        """Send what is due, and wait until it was tried."""
        self.now += later
        await self.delivering.tick()
        await self.delivering.settle(30)
        (row,) = self.store.outbox.list(10)
        return row


@pytest.fixture
async def office(databases: Databases) -> AsyncIterator[Callable[..., Any]]:
    store, threads = open_store(databases.make("sqlite"), NOW), Threads(one_writer=True)
    servers: list[asyncio.Server] = []

    async def opened(*answers: str, channel: str = "office") -> Office:
        told = Server(*answers)
        servers.append(await asyncio.get_running_loop().create_server(lambda: SMTP(told), "127.0.0.1", 0))
        port = servers[-1].sockets[0].getsockname()[1]
        reader = open_channel("office", f"mailto://127.0.0.1:{port}?from=v@example.org&to=reader@example.org&mode=insecure")
        _owe(store, reader.recipients[0])
        outgoing = Outgoing({channel: reader}, Policy(first=timedelta(minutes=1)), "http://127.0.0.1:8080", timedelta(minutes=5))
        made = Office(store, Delivering(store, threads, outgoing, lambda: made.now), told)
        return made

    yield opened
    for server in servers:
        server.close()
    threads.close()
    store.close()


def _owe(store: Store, recipient: Any) -> None:
    content = Content(title="О встрече стран ШОС", text="Встреча прошла.", language="ru")
    store.articles.record(sighting_of("mpt.example", "https://mpt.example/node/1", ("node:1",), content), Identity(), NOW)
    (revision,) = store.matches.unmatched(1)
    match = Match("sco", (Span("title", 16, 19),), Owed.ALERT)
    store.matches.record([MatchedRevision(revision.id, (match,), {recipient: ("sco",)})], NOW)


async def test_what_is_owed_is_sent_once(office: Callable[..., Any]) -> None:
    made = await office()
    assert (await made.deliver()).state == "sent"
    await made.deliver(later=timedelta(days=1))
    assert len(made.server.message_ids) == 1


async def test_a_server_that_asks_to_come_back_later_gets_the_same_message_later(office: Callable[..., Any]) -> None:
    made = await office("421 busy, come back", "451 still busy", "250 taken")
    waiting = await made.deliver()
    assert (waiting.state, waiting.error, waiting.attempts) == ("owed", "421 busy, come back", 1)
    assert (await made.deliver()).attempts == 1, "it was tried again at once"
    assert (await made.deliver(later=timedelta(hours=1))).attempts == 2
    assert (await made.deliver(later=timedelta(hours=1))).state == "sent"
    assert len(made.server.message_ids) == 3
    assert len(set(made.server.message_ids)) == 1


async def test_a_permanent_refusal_is_a_dead_letter_with_the_servers_words(office: Callable[..., Any]) -> None:
    made = await office("550 5.7.1 not from you, <reader@example.org>")
    refused = await made.deliver()
    assert (refused.state, refused.error) == ("dead letter", "550 5.7.1 not from you, <address>")


async def test_what_can_not_be_sent_for_days_is_a_dead_letter(office: Callable[..., Any]) -> None:
    made = await office("421 busy")
    await made.deliver()
    assert (await made.deliver(later=timedelta(days=4))).error == "expired after 3 days: 421 busy"


async def test_a_channel_that_is_gone_leaves_its_alerts_owed_and_says_so(office: Callable[..., Any]) -> None:
    made = await office(channel="another name")
    waiting = await made.deliver()
    assert (waiting.state, waiting.error) == ("owed", "channel office is not configured any more")


async def test_a_message_that_can_not_be_made_expires_like_any_other(office: Callable[..., Any]) -> None:
    made = await office()
    outgoing = made.delivering._outgoing
    broken = {"office": replace(outgoing.channels["office"], language="xx")}
    made.delivering._outgoing = replace(outgoing, channels=broken)
    waiting = await made.deliver()
    assert waiting.state == "owed"
    assert "could not be made" in waiting.error
