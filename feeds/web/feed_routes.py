"""Feeds over HTTP: built once for each state of the database, then answered from memory."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response

from feeds.build import MEDIA_TYPES, FeedAbout, FeedKind, build
from feeds.entry import in_utc
from feeds.web.conditional import accepts_gzip, is_unchanged
from feeds.web.contract import ArticleReader
from feeds.web.locale import Locale
from storage.model import FeedState


@dataclass(frozen=True, slots=True)
class _Built:
    state: FeedState
    plain: bytes
    packed: bytes
    digest: str
    """SHA-256 of the plain bytes. The packed ones get it too, marked, as they may differ between versions of zlib."""


@dataclass(slots=True)
class FeedRoutes:
    """The handlers of all feeds."""

    store: ArticleReader
    base_url: str
    locale: Locale
    now: Callable[[], datetime]
    _kept: dict[FeedKind, _Built] = field(default_factory=dict)
    _building: threading.Lock = field(default_factory=threading.Lock)

    def atom(self, request: Request) -> Response:
        return self._answer(request, FeedKind.ATOM)

    def rss(self, request: Request) -> Response:
        return self._answer(request, FeedKind.RSS)

    def _answer(self, request: Request, kind: FeedKind) -> Response:
        built = self._current(kind)
        packed = accepts_gzip(_joined(request, "accept-encoding"))
        etag = f'"{built.digest}-gzip"' if packed else f'"{built.digest}"'  # strong, so one for each coding (RFC 9110, 8.8.3.3)
        changed_at = in_utc(built.state.changed_at)
        headers = {"ETag": etag, "Vary": "Accept-Encoding", "Cache-Control": "public, max-age=60", **self._last_modified(changed_at)}
        if is_unchanged(_joined(request, "if-none-match"), request.headers.get("if-modified-since", ""), etag, changed_at):
            return Response(status_code=304, headers=headers)
        if packed:
            headers["Content-Encoding"] = "gzip"
        return Response(built.packed if packed else built.plain, headers=headers, media_type=MEDIA_TYPES[kind])

    def _last_modified(self, changed_at: datetime) -> dict[str, str]:
        """Left out until its second is over: a second change within it would go unseen by those who ask by date (RFC 9110, 8.8.2.2)."""
        second = changed_at.replace(microsecond=0)
        return {"Last-Modified": format_datetime(second, usegmt=True)} if second + timedelta(seconds=1) <= self.now() else {}

    def _current(self, kind: FeedKind) -> _Built:
        state = self.store.feed_state()
        built = self._kept.get(kind)
        if built is not None and built.state == state:
            return built
        with self._building:
            built = self._kept.get(kind)
            if built is None or built.state != state:
                built = self._kept[kind] = self._build(kind, state)
            return built

    def _build(self, kind: FeedKind, state: FeedState) -> _Built:
        # The days are counted back from the last change, not from now: the state alone decides the bytes (promise 6), and none is missing.
        plain = build(kind, self._about(kind), state, self.store.latest(state.changed_at))
        return _Built(state, plain, gzip.compress(plain, mtime=0), hashlib.sha256(plain).hexdigest())

    def _about(self, kind: FeedKind) -> FeedAbout:
        return FeedAbout(
            title=self.locale.say("feed_title"),
            description=self.locale.say("feed_description"),
            home_url=f"{self.base_url}/",
            self_url=f"{self.base_url}/feeds/all.{kind}",
            language=self.locale.language,
        )


def _joined(request: Request, name: str) -> str:
    """A list-valued header, which may come in several lines (RFC 9110, 5.3)."""
    return ", ".join(request.headers.getlist(name))
