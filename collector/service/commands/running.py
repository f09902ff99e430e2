"""`run`, `demo`, `healthcheck`, `migrate`."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request

from collector.service.app import ServiceError, serve
from collector.service.commands import Config, opened
from collector.service.demo import Demo
from collector.service.logs import set_up_logs
from collector.service.output import say
from collector.service.settings import load_settings
from storage.database import schema_version


def run(*, config: Config = None) -> None:
    """Watch, match, alert, serve feeds and pages, until stopped."""
    settings = load_settings(config)
    set_up_logs(settings.service.log, settings.service.log_level)
    asyncio.run(serve(settings))


def demo(*, once: bool = False, port: int = 8080) -> None:
    """The whole service against a built-in sample site on this machine; no network is needed.

    Parameters
    ----------
    once
        End by itself with a summary, and exit status 0 if all that was to happen did.
    port
        Where the pages and feeds are served; another one is taken where it is busy.
    """
    set_up_logs("text", "warning")
    if not asyncio.run(Demo(port=port).run(once=once)):
        raise ServiceError("the demo did not come to its end: see what is missing above")


def healthcheck(*, config: Config = None) -> None:
    """Ask the running service whether it does its work; exit status 0 if it does."""
    settings = load_settings(config)
    host, port = settings.address
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104  (what it listens on, not where we listen)
    url = f"http://{host}:{port}/healthz"
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=5) as answer:
            words = json.load(answer)["words"]
    except urllib.error.HTTPError as error:
        raise ServiceError(f"{url} answers {error.code}: {_words(error)}") from None
    except (OSError, ValueError, KeyError) as error:
        raise ServiceError(f"{url} does not answer as Vestnik does: {getattr(error, 'reason', error)}") from None
    say("; ".join(words))


def migrate(*, config: Config = None) -> None:
    """Bring the database's schema up to date (`run` does so by itself)."""
    with opened(config) as (_, store), store.database.read() as connection:
        say(f"{store.database.name}: schema {schema_version(connection)}")


def _words(error: urllib.error.HTTPError) -> str:
    try:
        return "; ".join(json.load(error)["words"])
    except (ValueError, KeyError):
        return str(error.reason)
