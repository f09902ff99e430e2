"""The web application, put together from its parts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ExceptionHandler

from feeds.web.contract import ArticleReader, Health
from feeds.web.feed_routes import FeedRoutes
from feeds.web.locale import locale_of
from feeds.web.pages import STATIC, Pages, environment
from feeds.web.security import HEADERS, Guarded

_LOG = logging.getLogger(__name__)

# The texts are their publishers', so search engines are to send people there; feed readers that heed this file may read the feeds.
_ROBOTS = "User-agent: *\nAllow: /feeds/\nDisallow: /\n"


def create_app(
    *,
    store: ArticleReader,
    base_url: str,
    language: str,
    zone: str,
    health: Callable[[], Health],
    now: Callable[[], datetime],
    store_failures: tuple[type[Exception], ...],
) -> Starlette:
    """Pages, feeds and health over HTTP.

    `base_url` is the address that readers know us by, with a path where a reverse proxy adds one (and takes it off again); `zone` is an
    IANA name; `store_failures` are the errors by which the store says that the database doesn't answer. Raises ValueError for a language
    without a catalogue and ZoneInfoNotFoundError for an unknown zone.
    """
    base_url = base_url.rstrip("/")
    locale = locale_of(language, zone)
    pages = Pages(store, locale, environment(locale, base_url, urlsplit(base_url).path))
    feeds = FeedRoutes(store, base_url, locale, now)

    app = Starlette(
        routes=[
            Route("/", pages.articles),
            Route("/articles/{id}", pages.article),
            Route("/feeds/all.atom", feeds.atom),
            Route("/feeds/all.rss", feeds.rss),
            Route("/healthz", _healthz(health, store_failures)),
            Route("/robots.txt", _robots),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(Guarded)],
        exception_handlers={HTTPException: _refused(pages), Exception: _broken(pages)} | dict.fromkeys(store_failures, _unavailable(pages)),
    )
    # A final slash would be redirected to the address of the request, which behind a proxy is not ours.
    app.router.redirect_slashes = False
    return app


def _healthz(health: Callable[[], Health], store_failures: tuple[type[Exception], ...]) -> Callable[[Request], Response]:
    def healthz(_request: Request) -> Response:
        try:
            found = health()
        except store_failures as error:
            found = Health(ok=False, words=(f"the database does not answer ({type(error).__name__})",))
        return JSONResponse({"ok": found.ok, "words": found.words}, 200 if found.ok else 503, {"Cache-Control": "no-store"})

    return healthz


async def _robots(_request: Request) -> Response:
    return PlainTextResponse(_ROBOTS, headers={"Cache-Control": "public, max-age=86400"})


def _refused(pages: Pages) -> ExceptionHandler:
    def refused(_request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        return pages.refusal(error.status_code, error.headers)

    return refused


def _unavailable(pages: Pages) -> ExceptionHandler:
    def unavailable(request: Request, error: Exception) -> Response:
        # The first line is the driver's own words; after it SQLAlchemy writes the statement and its values.
        _LOG.error("%s was not answered: %s: %s", request.url.path, type(error).__name__, str(error).partition("\n")[0])
        return pages.refusal(503, {"Retry-After": "60"})

    return unavailable


def _broken(pages: Pages) -> ExceptionHandler:
    def broken(_request: Request, _error: Exception) -> Response:
        # This one is answered outside the middleware; the server logs the error, which is raised on.
        return pages.refusal(500, HEADERS)

    return broken
