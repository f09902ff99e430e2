"""The composition root: every part made, joined to the others, started, and stopped in order."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Protocol

import structlog
import uvicorn

from collector.health.limits import HealthLimits
from collector.service.backfilling import Backfilling
from collector.service.catalogue import Catalogue
from collector.service.delivering import Delivering, Outgoing
from collector.service.equipment import open_tools
from collector.service.indexing import Indexing
from collector.service.keeping import Keeping, plan_of
from collector.service.matching import Matching
from collector.service.minding import Minding
from collector.service.mistakes import ConfigurationError
from collector.service.parts import channels_of, sources_of, store_of, watches_of, watching_of
from collector.service.polling import Polling
from collector.service.schedule import Schedule
from collector.service.settings import Settings
from collector.service.threads import Threads
from collector.tools import Source
from feeds.web.app import create_app
from feeds.web.contract import Health
from notify.outbox import Policy
from storage.database import FAILURES
from storage.model import Article, FeedState, Match, Settling, SourceState
from storage.store import Store

_log = structlog.get_logger("vestnik")
_WAYS_OUT = {
    errno.EADDRINUSE: "stop the program that has it, or choose another port",
    errno.EACCES: "ports below 1024 are for the administrator; choose another one, such as 8080",
    errno.EADDRNOTAVAIL: "that address is none of this machine's; 127.0.0.1 always is",
}
_STALE = timedelta(minutes=1)
_LEAST_PATIENCE = 0.5
"""Seconds that looks and messages have to end in, however long the schedule took."""


class ServiceError(Exception):
    """The service can't start; the message names the thing, the reason and the way out."""


def utc_now() -> datetime:
    """The program's clock; the upper storey alone asks it."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Service:
    """A running service."""

    store: Store
    url: str
    """Where it listens."""


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(settings):
        await stop.wait()
        _log.info("stopping")
    _log.info("stopped")


@asynccontextmanager
async def running(settings: Settings, now: Callable[[], datetime] = utc_now) -> AsyncIterator[Service]:
    """The whole service, from here to the end of the block.

    Raises ConfigurationError, StorageError or ServiceError where it can't start.
    """
    sources_of(settings)  # so that its mistakes are told before anything is opened
    channels, watches = channels_of(settings), watches_of(settings)
    with (
        contextlib.closing(listening_socket(settings)) as listener,
        contextlib.closing(store_of(settings, now())) as store,
        contextlib.closing(store.database.claim()) as claim,
    ):
        sources = Catalogue(settings, store)
        store.sources.enrol(sources, now())
        store.outbox.assign(recipient for channel in channels.values() for recipient in channel.recipients)
        threads = Threads(one_writer=store.database.is_sqlite, together=store.database.together)
        async with AsyncExitStack() as stack:
            stack.callback(threads.close)
            tools = await open_tools(stack, settings, store, threads, now)
            polling = Polling(sources, tools, _hint(store, sources))
            backfilling = Backfilling(sources, tools)
            watching = watching_of(watches, settings, store)
            matching = Matching(store, threads, watching, channels, now)
            settling = Settling(settings.outbox.settle, settings.outbox.settle_longest)
            outgoing = Outgoing(channels, _policy(settings), settings.base_url, settings.service.lease, settling)
            delivering = Delivering(store, threads, outgoing, now)
            operator = channels[settings.service.operator].recipients if settings.service.operator else ()
            minding = Minding(sources, store, threads, HealthLimits(**settings.health.model_dump()), operator, now)
            jobs = {
                "look": polling.tick,
                "back-fill": backfilling.tick,
                "match": matching.tick,
                "index": Indexing(store, threads, watching.matcher.lexicon, now).tick,
                "mind": minding.tick,
                "deliver": delivering.tick,
                "keep": Keeping(store, threads, claim, plan_of(settings), now).tick,
            }
            schedule = Schedule(jobs, settings.service.tick, now, FAILURES)
            web = asyncio.create_task(_web(settings, store, schedule, now, sources).serve(sockets=[listener]))
            url = _url(listener)
            _log.info("serving", url=url, sources=len(sources), watches=len(watching.matcher.watches), channels=len(channels))
            schedule.start()
            try:
                yield Service(store, url)
            finally:
                await _stop(settings, schedule, (polling, backfilling, delivering), web)


class _Worker(Protocol):
    """Work that goes on by itself between two ticks."""

    async def stop(self, seconds: float) -> None: ...


async def _stop(settings: Settings, schedule: Schedule, workers: Sequence[_Worker], web: asyncio.Task[None]) -> None:
    """Stop taking, drain for the time that the settings give, then close."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + settings.service.shutdown.total_seconds()
    # the schedule first: a job that runs on could begin what the others have just drained
    await schedule.stop(deadline - loop.time())
    left = max(deadline - loop.time(), _LEAST_PATIENCE)
    await asyncio.gather(*(worker.stop(left) for worker in workers))
    web.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await web


def listening_socket(settings: Settings) -> socket.socket:
    """Taken before anything else is done, so that a second service is told at once."""
    host, port = settings.address
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no host name"
        raise ServiceError(f"[service] listen: {host!r} is no address of this machine: {reason}; 127.0.0.1 always is") from None
    if not ip_address(str(address[0])).is_loopback and not settings.service.open_to_network:
        listener.close()
        words = (
            f"[service] listen: {settings.service.listen} would show everything to the network, and there are no users yet to ask for a "
            "password; listen on 127.0.0.1, or set open_to_network = true where something else keeps strangers out"
        )
        raise ConfigurationError([words])
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen()  # else a second service could bind too, and would learn of it only later
    except OSError as error:
        listener.close()
        way_out = _WAYS_OUT.get(error.errno or 0, "choose another port")
        raise ServiceError(f"[service] listen: port {port} on {host} can't be used: {error.strerror}; {way_out}") from None
    return listener


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class _Server(uvicorn.Server):
    """Uvicorn within our loop: signals are ours."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _web(settings: Settings, store: Store, schedule: Schedule, now: Callable[[], datetime], sources: Catalogue) -> _Server:
    def health() -> Health:
        late = schedule.last_tick is None or now() - schedule.last_tick > max(_STALE, 10 * settings.service.tick)
        states = store.sources.states(list(sources))
        read = sum(state.first_good_at is not None and not state.error for state in states)
        words = (f"{read} of {len(states)} sources read", f"{sum(state.articles for state in states)} articles")
        return Health(ok=not late, words=("the schedule stands still",) if late else words)

    app = create_app(
        store=_Reader(store, sources),
        base_url=settings.base_url,
        language=settings.service.language,
        zone=settings.service.zone,
        health=health,
        now=now,
        store_failures=FAILURES,
    )
    return _Server(
        uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", server_header=False, timeout_graceful_shutdown=2),
    )


class _Reader:
    """The store as the web sees it (`feeds.web.contract.ArticleReader`)."""

    def __init__(self, store: Store, names: Iterable[str]) -> None:
        self._store = store
        self._names = names

    def feed_state(self) -> FeedState:
        return self._store.articles.feed_state()

    def latest(self, now: datetime) -> list[Article]:
        return self._store.articles.latest(now)

    def page(self, before: int | None, limit: int) -> list[Article]:
        return self._store.articles.page(before, limit)

    def article(self, article_id: int) -> Article | None:
        return self._store.articles.article(article_id)

    def matches(self, revision_id: int) -> list[Match]:
        return self._store.articles.matches(revision_id)

    def sources(self) -> list[SourceState]:
        return self._store.sources.states(list(self._names))


def _policy(settings: Settings) -> Policy:
    outbox = settings.outbox
    return Policy(first=outbox.retry_first, longest=outbox.retry_longest, expires=outbox.expires)


def _hint(store: Store, sources: Mapping[str, Source]) -> Callable[[], str]:
    """What a newcomer without a network should know; empty once any source was read."""

    def hint() -> str:
        if any(state.first_good_at for state in store.sources.states(list(sources))):
            return ""
        return "no source could be read yet; `vestnik demo` (or `make demo`) shows the whole service without a network"

    return hint
