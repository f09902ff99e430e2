"""The command line: every command, and how errors end it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from cyclopts import App

from collector import __version__
from collector.page import PageError
from collector.service.app import ServiceError
from collector.service.commands import (
    adding,
    alerts,
    articles,
    doctor,
    glossary,
    health,
    keeping,
    pausing,
    probing,
    running,
    samples,
    searching,
    sources,
    watches,
)
from collector.service.mistakes import ConfigurationError
from collector.service.output import warn
from storage.database import FAILURES, StorageError, reason_of

_WRONG_USE = 2


def make_app() -> App:
    app = App(name="vestnik", version=__version__, help="Watches sites that publish, and tells people about what they watch for.")
    for command in (
        running.run,
        running.demo,
        sources.collect,
        articles.extract,
        articles.identify,
        running.migrate,
        running.healthcheck,
        doctor.doctor,
        keeping.backup,
        keeping.restore,
        searching.search,
    ):
        app.command(command)
    source = App(name="source", help="Places that publish.")
    source.command(sources.list_, name="list")
    by_hand = (health.incidents, pausing.pause, pausing.resume, adding.add, adding.remove, adding.held, samples.record, samples.test)
    for of_sources in (sources.show, sources.reread, probing.probe, *by_hand):
        source.command(of_sources)
    for group in (source, articles.articles, articles.baseline, watches.watches, glossary.glossary, alerts.channels, alerts.deliveries):
        app.command(group)
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command. What a user can cause ends in words on standard error: status 2 for wrong use, 1 for what went wrong."""
    try:
        make_app()(arguments)
    except ConfigurationError as error:
        _end(error.mistakes, _WRONG_USE)
    except (ServiceError, StorageError, PageError) as error:
        _end([str(error)], 1)
    except FAILURES as error:
        way_out = "; another program writes to it: try again when that has ended" if "locked" in reason_of(error) else ""
        _end([f"the database does not do what was asked: {reason_of(error)}{way_out}"], 1)
    except BrokenPipeError:
        # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _end(lines: Sequence[str], status: int) -> None:
    for line in lines:
        warn(f"vestnik: {line}")
    sys.exit(status)
