"""Sends what is owed: a channel sends one message at a time, and none waits for another."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog

from collector.service.threads import Threads
from notify.message import Message
from notify.outbox import Dead, Policy, decide_after_failure
from notify.render.alert import render
from notify.render.digest import render_digest
from notify.render.notice import render_notice
from notify.render.receipt import render_receipt
from notify.senders.channel import Channel, SendError
from storage.database import FAILURES, reason_of
from storage.model import AS_BY_DEFAULT, Delivery, Digest, NoticeDelivery, NoticeKind, Settling
from storage.store import Store

_log = structlog.get_logger("vestnik.deliver")
_Owed = Delivery | Digest | NoticeDelivery
"""What is one message."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What sending needs to know."""

    channels: Mapping[str, Channel]
    policy: Policy
    base_url: str
    lease: timedelta
    settling: Settling = AS_BY_DEFAULT


class Delivering:
    def __init__(self, store: Store, threads: Threads, outgoing: Outgoing, now: Callable[[], datetime]) -> None:
        self._store = store
        self._threads = threads
        self._outgoing = outgoing
        self._now = now
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._stopping = False

    async def tick(self) -> None:
        """Begin to send on every channel that owes something and is idle."""
        for name in await self._threads.read(self._store.outbox.channels_due, self._now(), self._outgoing.settling):
            if name not in self._busy and not self._stopping:
                self._busy[name] = asyncio.create_task(self._deliver(name), name=f"deliver {name}")
                self._busy[name].add_done_callback(partial(self._idle, name))

    async def stop(self, seconds: float) -> None:
        """Let messages that are being sent come to their end for so long. The lease of one that doesn't ends by itself."""
        self._stopping = True
        await self.settle(seconds)

    async def settle(self, seconds: float) -> None:
        """Wait until what was due is tried, for so long."""
        if self._busy:
            await asyncio.wait(list(self._busy.values()), timeout=seconds)

    def _idle(self, name: str, _task: asyncio.Task[None]) -> None:
        del self._busy[name]

    async def _deliver(self, name: str) -> None:
        try:
            await self._send_all(name)
        except FAILURES as error:
            # what was sent and could not be marked comes again when its lease ends, with the same Message-ID
            _log.error("delivery given up for now", channel=name, reason=reason_of(error))

    async def _send_all(self, name: str) -> None:
        while not self._stopping and (delivery := await self._next(name)):
            await self._send(delivery)

    async def _next(self, name: str) -> _Owed | None:
        """Notices first: they are few, and may say why there are no alerts. Then what is told at once, then what is told together."""
        outbox, lease = self._store.outbox, self._outgoing.lease
        notices = await self._threads.write(outbox.lease_notices, name, self._now(), lease, 1)
        if notices:
            return notices[0]
        if alone := await self._threads.write(outbox.lease, name, self._now(), lease, 1):
            return alone[0]
        return await self._threads.write(outbox.lease_digest, name, self._now(), lease, self._outgoing.settling)

    async def _send(self, delivery: _Owed) -> None:
        """One attempt. The message has the same Message-ID in each, so a receiver that took it before we died can tell."""
        name = delivery.recipient.channel
        try:
            channel = self._channel(name)
            message = self._message(delivery, channel)
            await self._threads.aside(channel.send, message, delivery.recipient)
        except SendError as error:
            await self._failed(delivery, error)
            return
        except Exception as error:  # noqa: BLE001  (a message that we can't make must not be tried for ever in silence: it expires too)
            _log.exception("message broke", delivery=delivery.id, channel=name)
            await self._failed(delivery, SendError(f"the message could not be made: {type(error).__name__}"))
            return
        await self._threads.write(self._store.outbox.mark_sent, delivery.id, self._now())
        _log.info("sent", delivery=delivery.id, channel=name, **_about(delivery), attempt=delivery.attempts + 1)

    def _message(self, delivery: _Owed, channel: Channel) -> Message:
        given = {"language": channel.language, "zone": channel.zone, "base_url": self._outgoing.base_url}
        if isinstance(delivery, NoticeDelivery) and delivery.notice.kind is NoticeKind.RECEIPT:
            return render_receipt(delivery, **given, now=self._now())
        if isinstance(delivery, NoticeDelivery):
            return render_notice(delivery, **given, now=self._now())
        if isinstance(delivery, Digest):
            return render_digest(delivery, **given, now=self._now())
        return render(delivery, **given, now=self._now())

    def _channel(self, name: str) -> Channel:
        try:
            return self._outgoing.channels[name]
        except KeyError:
            raise SendError(f"channel {name} is not configured any more") from None

    async def _failed(self, delivery: _Owed, error: SendError) -> None:
        # spreading attempts is no secret: any random number does
        outcome = decide_after_failure(delivery, error, self._now(), random.random(), self._outgoing.policy)  # noqa: S311
        told = {"delivery": delivery.id, "channel": delivery.recipient.channel, "reason": outcome.words}
        if isinstance(outcome, Dead):
            await self._threads.write(self._store.outbox.mark_dead, delivery.id, outcome.words)
            _log.error("dead letter", **told)
        else:
            await self._threads.write(self._store.outbox.mark_retry, delivery.id, outcome.due_at, outcome.words)
            _log.warning("not sent", again=outcome.due_at.isoformat(timespec="seconds"), **told)


def _about(delivery: _Owed) -> dict[str, object]:
    """What the log says of a message."""
    match delivery:
        case Delivery():
            return {"article": delivery.article.id}
        case Digest():
            return {"publications": len(delivery.deliveries)}
        case _:
            return {"notice": delivery.notice.name}
