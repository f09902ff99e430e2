"""From settings to what looks work with: the way to the network, the children that read, the archive, the browser."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path

from collector import __version__
from collector.archive import Archive
from collector.browser import Browser, BrowserLimits
from collector.child import Children
from collector.fetch import Fetcher, Limits
from collector.service.parts import control_of
from collector.service.settings import NetworkTable, Settings
from collector.service.threads import Threads
from collector.tools import Tools
from storage.store import Store


def fetcher_of(network: NetworkTable) -> Fetcher:
    contact = f"; {network.contact}" if network.contact else ""
    limits = Limits(
        deadline=network.deadline.total_seconds(),
        body=network.page_max,
        pause=network.pause.total_seconds(),
        per_host=network.per_host,
        robots=network.robots,
        robots_patience=network.robots_patience.total_seconds(),
    )
    return Fetcher(f"Vestnik/{__version__} (watches for new publications{contact})", limits, network.allow, control_of(network))


def children_of(network: NetworkTable) -> Children:
    return Children(network.reading_deadline.total_seconds(), network.reading_memory)


def archive_folder(settings: Settings) -> Path:
    return settings.service.data_dir / "archive"


async def open_tools(
    stack: AsyncExitStack, settings: Settings, store: Store, threads: Threads, now: Callable[[], datetime], *, archive: bool = True
) -> Tools:
    """Everything is closed with the stack. `archive`: whether pages are kept, where the configuration wants that."""
    network = settings.network
    children = children_of(network)
    stack.callback(children.close)
    keeper = None
    if settings.archive.on and archive:
        keeper = Archive(archive_folder(settings), settings.archive.days)
        stack.callback(keeper.close)
    limits = BrowserLimits(body=network.page_max)
    browser = await stack.enter_async_context(Browser(limits)) if network.browser else None
    return Tools(
        store=store,
        calls=threads,
        fetcher=await stack.enter_async_context(fetcher_of(network)),
        children=children,
        now=now,
        lease=settings.service.lease,
        archive=keeper,
        browser=browser,
        document_max=settings.retention.attachment_max,
        document_deadline=network.document_deadline.total_seconds(),
    )
