"""The whole service against a sample site on this machine: collected, a publication and an edit later, the alert in a local mailbox."""

from __future__ import annotations

import asyncio
import email
import signal
import socket
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default as modern
from ipaddress import IPv4Network
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from collector.demo.site import DemoSite
from collector.demo.texts import Texts, texts
from collector.service.app import Service, running, utc_now
from collector.service.output import say
from collector.service.settings import Settings
from storage.model import Article

_QUERY = 'ШОС OR "Шанхайская организация сотрудничества"'
_READER = "reader@example.org"
_PATIENCE = 60.0
"""Seconds until a step that does not happen is given up."""


@dataclass
class Mailbox:
    """A mail server for one reader: what it accepts can be awaited."""

    letters: asyncio.Queue[EmailMessage] = field(default_factory=asyncio.Queue)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  (aiosmtpd's name)
        letter = email.message_from_bytes(envelope.content if isinstance(envelope.content, bytes) else b"", policy=modern)
        assert isinstance(letter, EmailMessage)  # noqa: S101  (the policy makes no other)
        await self.letters.put(letter)
        return "250 accepted"

    async def open(self) -> asyncio.Server:
        return await asyncio.get_running_loop().create_server(lambda: SMTP(self, enable_SMTPUTF8=True), "127.0.0.1", 0)


class Demo:
    def __init__(self, port: int) -> None:
        self._port = port

    async def run(self, *, once: bool) -> bool:
        """Show everything; whether all happened that was to happen. Without `once` the service then goes on until it is stopped."""
        stopped = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
        shown, mailbox = texts(utc_now()), Mailbox()
        with DemoSite(shown.nodes) as site, tempfile.TemporaryDirectory(prefix="vestnik-demo-") as folder:
            async with await mailbox.open() as server:
                settings = _settings(site, server.sockets[0].getsockname()[1], folder, _free(self._port))
                async with running(settings) as service:
                    story = asyncio.ensure_future(_Story(site, shown, mailbox, service).tell())
                    stop = asyncio.ensure_future(stopped.wait())
                    await asyncio.wait({story, stop}, return_when=asyncio.FIRST_COMPLETED)
                    if not story.done():
                        story.cancel()
                        return True  # stopped by hand
                    if not once:
                        say("\nThe service goes on; open the page, subscribe to the feed. Ctrl-C ends it.")
                        await stop
                    stop.cancel()
                    return story.result()


@dataclass(frozen=True)
class _Story:
    site: DemoSite
    shown: Texts
    mailbox: Mailbox
    service: Service

    async def tell(self) -> bool:
        try:
            await self._first_look()
            await self._publication()
            await self._edit()
        except TimeoutError as error:
            say(f"\nThis did not happen within {_PATIENCE:g} s: {error}")
            return False
        return self._summary()

    async def _first_look(self) -> None:
        say(f"A sample ministry publishes at {self.site.url}/ ; nobody else can reach it.")
        await _until(self._all_read, "the first look")
        say(f"Collected {len(self._articles())} publications at the first look, silently: they are the baseline.\n")
        say(f"  page   {self.service.url}/")
        say(f"  feed   {self.service.url}/feeds/all.atom   (RSS: {self.service.url}/feeds/all.rss)")
        say(f"  watch  {_QUERY}   alerts {_READER}\n")

    async def _publication(self) -> None:
        await asyncio.sleep(2)
        self.site.publish(self.shown.later)
        say(f"The ministry publishes: {self.shown.later.title}")
        try:
            letter = await asyncio.wait_for(self.mailbox.letters.get(), _PATIENCE)
        except TimeoutError:
            raise TimeoutError("the alert") from None
        body = letter.get_body(("plain",))
        say("\nThe alert has arrived:\n")
        headers = ("From", "To", "Subject", "Date", "Message-ID")
        lines = [*(f"{name}: {letter[name]}" for name in headers), "", *(str(body.get_content()).strip().splitlines() if body else [])]
        for line in lines:
            say(f"  | {line}")

    async def _edit(self) -> None:
        await asyncio.sleep(2)
        edited = self.shown.edited
        self.site.edit(edited.id, lambda _: edited)
        say(f"\nThe ministry corrects a date and a number in: {edited.title}")
        await _until(self._edit_seen, "the edit")
        say("The correction is the article's second revision: no second entry in the feed, no alert that nobody asked for.")

    def _summary(self) -> bool:
        found = self._articles()
        titles = [article.revision.content.title for article in found]
        sent = self.service.store.outbox.counts()
        new = [article for article in found if not article.baseline]
        say(
            f"\n{len(found)} articles ({len(found) - len(new)} baseline, {len(new)} new), "
            f"{sum(article.revision.number > 1 for article in found)} edited, {sent.get('sent', 0)} alert sent."
        )
        return titles.count(self.shown.later.title) == 1 and dict(sent) == {"sent": 1} and self.mailbox.letters.empty()

    def _articles(self) -> list[Article]:
        return self.service.store.articles.page(None, 100)

    def _all_read(self) -> bool:
        (state,) = self.service.store.sources.states()
        links = self.service.store.sources.link_states(state.id)
        return state.first_good_at is not None and bool(links) and "waiting" not in links

    def _edit_seen(self) -> bool:
        return any(article.revision.number > 1 for article in self._articles())


async def _until(happened: Callable[[], bool], name: str) -> None:
    """Wait for something that the database shows. Raises TimeoutError with its name."""

    async def watch() -> None:
        while not await asyncio.to_thread(happened):
            await asyncio.sleep(0.2)

    await _in_time(watch, name)


async def _in_time(step: Callable[[], Awaitable[Any]], name: str) -> None:
    try:
        await asyncio.wait_for(step(), _PATIENCE)
    except TimeoutError:
        raise TimeoutError(name) from None


def _settings(site: DemoSite, smtp_port: int, folder: str, port: int) -> Settings:
    """Everything as by default, but faster, and allowed to connect to this machine."""
    host = site.url.removeprefix("http://")
    return Settings.model_validate(
        {
            "service": {"data_dir": folder, "listen": f"127.0.0.1:{port}", "tick": "0.3s"},
            "network": {"allow": (IPv4Network("127.0.0.0/8"),), "pause": "0.02s", "control": (), "browser": False},
            "cadence": {"every": "1s", "longest": "1s", "again_first": "2s", "backfill_pause": "0.02s"},
            "source": {"demo": {"use": "mpt.gov.by", "url": f"{site.url}/", "hosts": (host,)}},
            "channel": {"reader": {"url": f"mailto://127.0.0.1:{smtp_port}?from=vestnik@example.org&to={_READER}&mode=insecure"}},
            "watch": {"sco": {"query": _QUERY, "channels": ("reader",)}},
        },
    )


def _free(port: int) -> int:
    """The port, or one that the system chooses where it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
