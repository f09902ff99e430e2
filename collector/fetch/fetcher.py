"""One page: what robots.txt allows, in the host's turn, through redirects, within a deadline.

Everything from outside is limited: which addresses are connected to, how long an answer may take, how many redirects it may send us
through, and how large it may be once unpacked. An answer that breaks off is an error, never a short page.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Self

import httpx

from collector.address import is_web_address, join, name_of, origin_of, without_secrets
from collector.fetch.admission import Network, admission, literal
from collector.fetch.answers import asked_to_wait, check_status, fresh_for, moved_to, validator
from collector.fetch.body import ACCEPTED, read_body
from collector.fetch.control import Control
from collector.fetch.cookies import Cookies
from collector.fetch.robots import BODY as ROBOTS_BODY
from collector.fetch.robots import Robots, Rules
from collector.fetch.transport import DIRECT, Access, direct_transport, proxied_transport, trusting
from collector.fetch.troubles import EXPECTED, NO_ADDRESS, page_error, private_address
from collector.fetch.turns import Turns, registrable
from collector.page import Page, PageError, Trouble
from storage.model import Validators

_AGENT = "Vestnik"
"""The name that robots.txt may speak to."""
_ROBOTS_DEADLINE = 20.0
_COOKIES = frozenset({"set-cookie", "set-cookie2"})
_FOREIGN_WAIT = 60.0
_OF_THE_CONNECTION = frozenset({Trouble.NAME, Trouble.TEMPORARY})


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one page, in seconds and bytes, and of what goes on at once."""

    deadline: float = 60.0
    """For the whole answer, redirects included; waiting for the host's turn is not counted."""
    connect: float = 20.0
    body: int = 10_000_000
    redirects: int = 5
    pause: float = 1.0
    """Between two requests to one registrable host."""
    per_host: int = 1
    """Requests at a time to one registrable host."""
    at_once: int = 100
    """Requests at a time in all."""
    robots: bool = True
    """Whether robots.txt is heeded."""
    robots_patience: float = 3600.0
    """How long a site is left alone whose robots.txt can't be had."""


@dataclass(slots=True)
class _Errand:
    """What one page takes, from the first request to the last."""

    access: Access
    validators: Validators
    body: int
    left: float
    """Seconds."""
    heeds_robots: bool = False
    cut: bool = False
    """Of an answer that is too large, the beginning will do."""
    first: str = ""
    """The address that was asked for first."""
    cookies: Cookies = field(default_factory=Cookies)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; `body` is empty for a redirect and for «not modified»."""

    url: str
    status: int
    reason: str
    headers: httpx.Headers
    body: bytes


class Fetcher:
    """Use as an async context manager: it holds the connections.

    `allow` admits networks that are not of the public internet; `control` are the (host, port) whose silence means that our own
    connection is down.
    """

    def __init__(self, user_agent: str, limits: Limits, allow: Sequence[Network] = (), control: Sequence[tuple[str, int]] = ()) -> None:
        self.user_agent = user_agent
        self.admitted = admission(allow)
        self._limits = limits
        self._turns = Turns(limits.per_host, limits.at_once)
        self._robots = Robots(_AGENT, limits.robots_patience)
        self._control = Control(control)
        self._transports: dict[tuple[str, Path | None], httpx.AsyncBaseTransport] = {}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._stack.aclose()

    async def get(self, url: str, validators: Validators | None = None, access: Access = DIRECT, *, body_limit: int | None = None) -> Page:
        """One page. Raises PageError, and nothing else, where it can't be had whole."""
        body, left = body_limit or self._limits.body, self._limits.deadline
        errand = _Errand(access, validators or Validators(), body, left, heeds_robots=self._limits.robots)
        began = asyncio.get_running_loop().time()
        try:
            return await self._page(url, errand)
        except PageError as error:
            if error.trouble in _OF_THE_CONNECTION and not access.proxy and await self._control.is_down(began):
                words = f"our own connection seems to be down, as nothing else can be reached either ({error.words})"
                raise PageError(Trouble.OURS, words) from None
            raise

    async def post(self, url: str, body: bytes, headers: dict[str, str], access: Access = DIRECT) -> Answer:
        """Send something, to an admitted address alone; a redirect is an answer and is not followed. Raises PageError without an answer."""
        if not is_web_address(url):
            raise PageError(Trouble.REFUSED, NO_ADDRESS)
        errand = _Errand(access, Validators(), self._limits.body, self._limits.deadline)
        self._check_literal(url)
        return await self._in_time(errand, "POST", without_secrets(url), httpx.Headers({"User-Agent": self.user_agent} | headers), body)

    async def _page(self, url: str, errand: _Errand) -> Page:
        if not is_web_address(url):
            raise PageError(Trouble.REFUSED, f"{url[:200]} is no web address")
        here = errand.first = without_secrets(url)
        for _ in range(self._limits.redirects + 1):
            answer = await self._ask(here, errand)
            location = moved_to(answer.status, answer.headers)
            if location is None:
                return _page_of(url, answer, errand.validators)
            here = join(here, location) or ""
            if not here:
                raise PageError(Trouble.REFUSED, NO_ADDRESS)
        raise PageError(Trouble.TEMPORARY, f"it redirects more than {self._limits.redirects} times")

    async def _ask(self, url: str, errand: _Errand) -> Answer:
        """One request in its host's turn."""
        pause = self._limits.pause if errand.access.pause is None else errand.access.pause
        self._check_literal(url)
        self._turns.check(name_of(url))
        if errand.heeds_robots:
            rules = await self._rules(url, errand)
            if not rules.allow(url):
                raise PageError(Trouble.REFUSED, "its robots.txt asks programs not to read it")
            pause = max(pause, rules.delay)
        async with self._turns.turn(name_of(url), pause):
            answer = await self._in_time(errand, "GET", url, _headers(url, errand, self.user_agent))
        self._control.answered()
        errand.cookies.keep(url, answer.headers.get_list("set-cookie"))
        if (seconds := asked_to_wait(answer.status, answer.headers)) is not None:
            self._turns.leave_alone(name_of(url), seconds if _is_own(url, errand.access) else min(seconds, _FOREIGN_WAIT))
        return answer

    async def _rules(self, url: str, errand: _Errand) -> Rules:
        way = (errand.access.proxy, errand.access.ca)
        return await self._robots.rules(origin_of(url), way, partial(self._robots_page, errand))

    async def _robots_page(self, errand: _Errand, url: str) -> Page:
        """Time spent on it is the page's: a chain of redirects must not have as many deadlines as it has hosts."""
        own = _Errand(errand.access, Validators(), ROBOTS_BODY, min(errand.left, _ROBOTS_DEADLINE), cut=True)
        before = own.left
        try:
            return await self._page(url, own)
        finally:
            errand.left -= before - own.left

    async def _in_time(self, errand: _Errand, method: str, url: str, headers: httpx.Headers, content: bytes | None = None) -> Answer:
        try:
            request = httpx.Request(method, url, headers=headers, content=content)
        except (ValueError, httpx.InvalidURL):  # names that are none (`xn--`), ports beyond all ports
            raise PageError(Trouble.REFUSED, NO_ADDRESS) from None
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout(errand.left):
                return await self._answer(request, errand)
        except EXPECTED as error:
            if type(error) is TimeoutError:
                raise PageError(Trouble.TEMPORARY, f"no complete answer within {self._limits.deadline:g} s") from None
            raise page_error(error, proxied=bool(errand.access.proxy)) from error
        except ValueError as error:
            raise PageError(Trouble.UNREADABLE, "the answer can't be understood") from error
        finally:
            errand.left -= loop.time() - began

    async def _answer(self, request: httpx.Request, errand: _Errand) -> Answer:
        request.extensions["timeout"] = {"connect": self._limits.connect, "read": self._limits.deadline, "pool": None, "write": None}
        response = await self._transport(errand.access).handle_async_request(request)
        try:
            headers, status = response.headers, response.status_code
            body = b""
            if status == HTTPStatus.OK or request.method == "POST":
                assert isinstance(response.stream, httpx.AsyncByteStream)  # noqa: S101
                body = await read_body(response.stream, headers.get("content-encoding", ""), errand.body, cut=errand.cut)
            return Answer(str(request.url), status, response.reason_phrase, headers, body)
        finally:
            await response.aclose()

    def _transport(self, access: Access) -> httpx.AsyncBaseTransport:
        way = (access.proxy, access.ca)
        if way not in self._transports:
            trust = trusting(access.ca)
            made = proxied_transport(access.proxy, trust) if access.proxy else direct_transport(self.admitted, trust)
            self._stack.push_async_callback(made.aclose)
            self._transports[way] = made
        return self._transports[way]

    def _check_literal(self, url: str) -> None:
        """Refuse at once what needs no look-up, and what a proxy would connect to for us. Names are judged when they are connected to."""
        address = literal(name_of(url))
        if address is not None and not self.admitted(address):
            raise private_address()


def _is_own(url: str, access: Access) -> bool:
    """Whether the source itself is asked. A document or a link elsewhere must not silence whoever watches that other site."""
    return not access.origin or registrable(name_of(url)) == registrable(name_of(access.origin))


def _headers(url: str, errand: _Errand, user_agent: str) -> httpx.Headers:
    access = errand.access
    # validators are of the page that was asked for, and tell others what we know
    validators = errand.validators if registrable(name_of(url)) == registrable(name_of(errand.first)) else Validators()
    headers = {
        "User-Agent": user_agent,
        "Accept": "*/*",
        "Accept-Encoding": ACCEPTED,
        "If-None-Match": validator(validators.etag),
        "If-Modified-Since": validator(validators.last_modified),
        "Cookie": errand.cookies.header(url),
    }
    sent = httpx.Headers({name: value for name, value in headers.items() if value})
    if access.headers and origin_of(url) == access.origin:
        sent.update(httpx.Headers(access.headers))
    return sent


def _page_of(url: str, answer: Answer, asked: Validators) -> Page:
    """Raises PageError for an answer that is none."""
    if answer.status == HTTPStatus.NOT_MODIFIED and (asked.etag or asked.last_modified):
        return Page(url, answer.url, "", b"", asked.etag, asked.last_modified, not_modified=True, fresh_for=fresh_for(answer.headers))
    check_status(answer.status, answer.reason, answer.headers)
    return Page(
        url=url,
        final_url=answer.url,
        content_type=answer.headers.get("content-type", ""),
        body=answer.body,
        etag=validator(answer.headers.get("etag", "")),
        last_modified=validator(answer.headers.get("last-modified", "")),
        headers=tuple((name, value) for name, value in answer.headers.multi_items() if name not in _COOKIES),
        fresh_for=fresh_for(answer.headers),
    )
