"""Reading pages that only their scripts can write: loaded in a real browser, left alone until they rest, and taken as they stand then.

A page's scripts are a stranger's program, so all they get is bounded: what they reach (by the checking proxy), how many bytes, how long,
how much memory, how often they lead elsewhere. One page at a time, in a context of its own that remembers nothing.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from collector.address import is_web_address
from collector.checking_proxy import Admitted, CheckingProxy, ProxyLimits
from collector.chromium import Chromium
from collector.page import Page, PageError, Trouble, trouble_of

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, CDPSession, Request, Response, Route, WebSocketRoute
    from playwright.async_api import Page as Tab

_WEB_PORTS = {"http": 80, "https": 443}
_UNREAD = frozenset({"image", "media", "font", "websocket", "eventsource", "manifest", "texttrack", "ping"})
"""Kinds of requests that no text comes from."""
_WATCH_EVERY = 0.2
_LOOK_EVERY = 0.3
_WRITTEN = 200
"""Characters of a page that has been written; a shell has fewer."""
_STATE = """(most => {
  const html = document.documentElement ? "<!DOCTYPE html>" + document.documentElement.outerHTML : ""
  const written = document.body ? document.body.innerText.length : 0
  return {url: location.href, written, length: html.length, html: html.length > most ? "" : html}
})"""
"""What stands in the page. Asked in a world of our own, where the page's scripts can't have replaced anything."""
_OK = 200
_PRIVATE = "it leads to something that is no web address"
_KINDS = (
    ("ERR_CERT", Trouble.CERTIFICATE, "its certificate is not trusted"),
    ("ERR_SSL", Trouble.CERTIFICATE, "no secure connection"),
    ("ERR_TOO_MANY_REDIRECTS", Trouble.TEMPORARY, "it redirects without end"),
    ("ERR_UNSAFE_REDIRECT", Trouble.REFUSED, _PRIVATE),
    ("ERR_UNKNOWN_URL_SCHEME", Trouble.REFUSED, _PRIVATE),
    ("ERR_DISALLOWED_URL_SCHEME", Trouble.REFUSED, _PRIVATE),
    ("ERR_INVALID_", Trouble.INCOMPLETE, "the answer is no HTTP"),
    ("ERR_EMPTY_RESPONSE", Trouble.INCOMPLETE, "the answer broke off, or is no HTTP"),
    ("ERR_CONTENT_LENGTH", Trouble.INCOMPLETE, "the answer broke off"),
    ("ERR_INCOMPLETE", Trouble.INCOMPLETE, "the answer broke off"),
    ("ERR_CONNECTION", Trouble.INCOMPLETE, "the answer broke off"),
    ("ERR_ABORTED", Trouble.UNREADABLE, "it is no page to be shown, but a file or nothing"),
    ("Download is starting", Trouble.UNREADABLE, "it is no page to be shown, but a file or nothing"),
    ("crashed", Trouble.UNREADABLE, "its scripts took more memory than is allowed, or broke the browser"),
)
"""By what stands in the browser's message, which itself may hold addresses and is not passed on."""


@dataclass(frozen=True, slots=True)
class BrowserLimits:
    """Of one page, in seconds and bytes; `idle` is how long the browser is kept for a next one."""

    deadline: float = 30.0
    settle: float = 10.0
    """For the scripts to write something, after the document came."""
    body: int = 10_000_000
    traffic: int = 30_000_000
    memory: int = 1_000_000_000
    """Of all its processes; a plain page takes about 250 MB."""
    navigations: int = 8
    idle: float = 60.0


class Browser:
    """Use as an async context manager. It starts Chromium when the first page needs it."""

    def __init__(self, limits: BrowserLimits, path: str = "") -> None:
        self._limits = limits
        self._path = path
        self._turn = asyncio.Lock()
        self._chromium: Chromium | None = None
        self._resting: asyncio.TimerHandle | None = None
        self._putting_away: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        if self._chromium is not None:
            self._chromium.kill()  # a page that is being read ends with it
        await self._put_away()
        self._wake()
        if self._putting_away is not None:
            await self._putting_away

    async def render(self, url: str, user_agent: str, admitted: Admitted, zone: str = "Europe/Minsk") -> Page:
        """The page as its scripts leave it. Raises PageError, and nothing else, where it can't be had.

        `admitted` decides on each address that is connected to; `zone` is the clock by which the scripts write dates.
        """
        if not is_web_address(url):
            raise PageError(Trouble.REFUSED, f"{url[:200]} is no web address")
        async with self._turn:
            self._wake()
            try:
                chromium = await self._ready()
                visit = _Visit(url, self._limits, CheckingProxy(admitted, _proxy_limits(url, self._limits)))
                return visit.page(await self._bounded(chromium, visit, user_agent, zone))
            finally:
                self._resting = asyncio.get_running_loop().call_later(self._limits.idle, self._begin_putting_away)

    async def _bounded(self, chromium: Chromium, visit: _Visit, user_agent: str, zone: str) -> _State:
        """What a visit found. Whatever goes wrong in it takes the browser along: the next page gets a new one."""
        from playwright.async_api import Error  # noqa: PLC0415  (an extra; it is there, or Chromium would not have been started)

        watch = asyncio.create_task(self._watch(chromium))
        try:
            async with asyncio.timeout(self._limits.deadline):
                return await visit.load(chromium, user_agent, zone)
        except BaseException as error:
            await self._stop()
            if watch.done():
                raise PageError(Trouble.UNREADABLE, "its scripts took more memory than is allowed") from None
            if isinstance(error, TimeoutError):
                raise visit.trouble() or PageError(Trouble.TEMPORARY, f"not loaded within {self._limits.deadline:g} s") from None
            if isinstance(error, Error):
                raise visit.trouble(error.message) or PageError(Trouble.TEMPORARY, "the browser could not load it") from None
            raise
        finally:
            watch.cancel()

    async def _ready(self) -> Chromium:
        if self._chromium is not None and not self._chromium.is_running:
            await self._stop()
        if self._chromium is None:
            self._chromium = await Chromium.start(self._path)
        return self._chromium

    async def _watch(self, chromium: Chromium) -> None:
        while chromium.memory() <= self._limits.memory:
            await asyncio.sleep(_WATCH_EVERY)
        chromium.kill()

    def _begin_putting_away(self) -> None:
        self._putting_away = asyncio.create_task(self._put_away())

    async def _put_away(self) -> None:
        async with self._turn:
            await self._stop()

    def _wake(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None

    async def _stop(self) -> None:
        chromium, self._chromium = self._chromium, None
        if chromium is not None:
            await chromium.stop()


@dataclass(frozen=True, slots=True)
class _State:
    url: str
    written: int
    """Characters that a reader would see."""
    length: int
    html: str
    """Empty where it is longer than may be."""


class _Visit:
    """One page from being asked for to being left."""

    def __init__(self, url: str, limits: BrowserLimits, proxy: CheckingProxy) -> None:
        self._url = url
        self._limits = limits
        self._proxy = proxy
        self._asked = url
        """What was last asked for to stand in the whole window, by the page's scripts perhaps."""
        self._status = 0
        self._navigations = 0
        self._crashed = False

    async def load(self, chromium: Chromium, user_agent: str, zone: str) -> _State:
        async with self._proxy as proxy:
            context = await chromium.browser.new_context(
                proxy={"server": f"http://127.0.0.1:{proxy.port}", "username": proxy.username, "password": proxy.password},
                user_agent=user_agent,
                locale="ru-RU",
                timezone_id=zone,
                accept_downloads=False,
                service_workers="block",
                permissions=[],
            )
            tab = await self._tab(context)
            await tab.goto(self._url, wait_until="domcontentloaded", timeout=0)
            state = await self._settled(tab, await context.new_cdp_session(tab))
            await context.close()
            return state

    def page(self, state: _State) -> Page:
        """The page that was found. Raises PageError where it is none."""
        if trouble := self.trouble():
            raise trouble
        if self._status != _OK:
            raise PageError(trouble_of(self._status), f"the server answered {self._status}")
        if not is_web_address(state.url):
            raise PageError(Trouble.REFUSED, _PRIVATE)
        # half of a pair of surrogates is no text that UTF-8 could hold
        body = state.html.encode("utf-8", "replace")
        if state.length > self._limits.body or len(body) > self._limits.body:
            raise PageError(Trouble.TOO_LARGE, f"what its scripts write is larger than {self._limits.body // 1_000_000} MB")
        return Page(self._url, state.url, "text/html; charset=utf-8", body)

    def trouble(self, words: str = "") -> PageError | None:
        """What went wrong, by our own records first and then by the browser's words; None where nothing did that we know."""
        if self._proxy.exceeded:
            return PageError(Trouble.TOO_LARGE, f"its scripts asked for more than {self._limits.traffic // 1_000_000} MB")
        if self._navigations > self._limits.navigations:
            return PageError(Trouble.TEMPORARY, "its scripts lead from page to page without end")
        asked = urlsplit(self._asked)
        refusal = self._proxy.trouble_with(asked.hostname or "", asked.port or _WEB_PORTS.get(asked.scheme, 0))
        if refusal is not None and (words or self._status != _OK):
            return refusal
        return next((PageError(trouble, ours) for sign, trouble, ours in _KINDS if sign in words), None)

    async def _tab(self, context: BrowserContext) -> Tab:
        tab = await context.new_page()
        context.on("page", _close)
        tab.on("request", self._note_request)
        tab.on("response", self._note_response)
        tab.on("crash", self._note_crash)
        await context.route("**/*", self._route)
        await context.route_web_socket("**/*", _refuse_socket)
        return tab

    def _note_request(self, request: Request) -> None:
        if _fills_window(request):
            self._asked = request.url
            self._navigations += request.redirected_from is None

    def _note_response(self, response: Response) -> None:
        if _fills_window(response.request):
            self._status = response.status

    def _note_crash(self, _tab: Tab) -> None:
        self._crashed = True

    async def _route(self, route: Route) -> None:
        astray = self._navigations > self._limits.navigations
        if astray or route.request.resource_type in _UNREAD or not is_web_address(route.request.url):
            await route.abort("blockedbyclient")
        else:
            await route.continue_()

    async def _settled(self, tab: Tab, session: CDPSession) -> _State:
        """What stands in the page once it has been written and stays as it is, or when the time for that is over."""
        now = asyncio.get_running_loop().time
        until = now() + self._limits.settle
        before = -1
        while True:
            await _network_idle(tab, max(until - now(), _LOOK_EVERY))
            state = await self._look(tab, session)
            if state is not None and (now() > until or before == state.written >= _WRITTEN):
                return state
            before = state.written if state else -1
            await asyncio.sleep(_LOOK_EVERY)

    async def _look(self, tab: Tab, session: CDPSession) -> _State | None:
        """None while one document gives way to another."""
        from playwright.async_api import Error  # noqa: PLC0415  (see Browser)

        try:
            frame = (await session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
            world = await session.send("Page.createIsolatedWorld", {"frameId": frame})
            how = {"contextId": world["executionContextId"], "expression": f"{_STATE}({self._limits.body})", "returnByValue": True}
            value: dict[str, Any] = (await session.send("Runtime.evaluate", how))["result"]["value"]
        except KeyError:
            return None
        except Error:
            if self._crashed or tab.is_closed():
                raise
            return None
        return _State(**value)


async def _network_idle(tab: Tab, seconds: float) -> None:
    from playwright.async_api import TimeoutError as Elapsed  # noqa: PLC0415  (see Browser)

    with suppress(Elapsed):
        await tab.wait_for_load_state("networkidle", timeout=seconds * 1000)


async def _close(popup: Tab) -> None:
    from playwright.async_api import Error  # noqa: PLC0415  (see Browser)

    with suppress(Error):
        await popup.close()


async def _refuse_socket(_socket: WebSocketRoute) -> None:
    """Left alone here, a WebSocket is never connected, and its page waits for words that don't come."""


def _fills_window(request: Request) -> bool:
    from playwright.async_api import Error  # noqa: PLC0415  (see Browser)

    try:
        return request.is_navigation_request() and request.frame.parent_frame is None
    except Error:  # of a window that is still opening
        return False


def _proxy_limits(url: str, limits: BrowserLimits) -> ProxyLimits:
    parts = urlsplit(url)
    ports = frozenset({*_WEB_PORTS.values(), parts.port or _WEB_PORTS[parts.scheme.lower()]})
    return ProxyLimits(total=limits.traffic, ports=ports, seconds=limits.deadline)
