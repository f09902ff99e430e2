"""What a look works with: a source as it is configured, and the ways to pages, to what they say, and to the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, Protocol, TypeVar

import structlog

from collector.address import Family, shown_address
from collector.archive import Archive
from collector.browser import Browser
from collector.cadence import Cadence
from collector.child import Children
from collector.fetch import DIRECT, Access, Fetcher
from collector.page import Page, PageError, Trouble
from collector.scripted import NOT_RENDERED
from collector.sites import Site
from storage.model import Validators
from storage.store import Store

_log = structlog.get_logger("vestnik.poll")
_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")


class Calls(Protocol):
    """The way to the store, whose methods must not be called on the event loop."""

    async def read(self, function: Callable[_Args, _Result], *args: _Args.args, **kwargs: _Args.kwargs) -> _Result: ...

    async def write(self, function: Callable[_Args, _Result], *args: _Args.args, **kwargs: _Args.kwargs) -> _Result: ...


@dataclass(frozen=True, slots=True)
class Source:
    """A source as the configuration defines it."""

    name: str
    site: Site
    family: Family
    cadence: Cadence
    access: Access = DIRECT
    reads_per_look: int = 30
    pages_back: int = 10
    """How far a look follows the pager when it knows none of the links."""


@dataclass(frozen=True, slots=True)
class Tools:
    store: Store
    calls: Calls
    fetcher: Fetcher
    children: Children
    now: Callable[[], datetime]
    lease: timedelta
    archive: Archive | None = None
    browser: Browser | None = None
    document_max: int = 20_000_000
    """Bytes of an attachment."""
    document_deadline: float = 20.0
    """Seconds that reading an attachment may take."""

    async def fetch(self, source: Source, url: str, validators: Validators | None = None, *, body_limit: int | None = None) -> Page:
        """A page as its source is to be reached, kept in the archive where there is one. Raises PageError."""
        page = await self.fetcher.get(url, validators, source.access, body_limit=body_limit)
        await self._keep(page)
        return page

    async def read(
        self,
        source: Source,
        page: Page,
        function: Callable[Concatenate[Page, _Args], _Result],
        *args: _Args.args,
        **kwargs: _Args.kwargs,
    ) -> tuple[_Result, Page]:
        """What a function makes of a page, in a child; and the page that it was made of, which is the rendered one where the page's
        scripts have to write it first and there is a browser. Raises PageError.
        """
        lane = self.children.lane(source.name)
        try:
            return await lane.run(function, page, *args, **kwargs), page
        except PageError as error:
            # a source with a proxy is not rendered: the browser's way goes past it
            if error.trouble is not Trouble.SCRIPTS or self.browser is None or source.access.proxy:
                raise
        rendered = await self.browser.render(page.final_url, self.fetcher.user_agent, self.fetcher.admitted, source.site.zone)
        rendered = replace(rendered, url=page.url)
        _log.info("rendered", source=source.name, url=shown_address(page.url))
        await self._keep(rendered)
        try:
            return await lane.run(function, rendered, *args, **kwargs), rendered
        except PageError as error:
            raise (PageError(Trouble.UNREADABLE, NOT_RENDERED) if error.trouble is Trouble.SCRIPTS else error) from None

    async def _keep(self, page: Page) -> None:
        if self.archive is not None and not page.not_modified:
            await self.archive.keep(page, self.now())
