"""`source pause` and `source resume`: a source that is left alone for a while, and what is told of that time."""

from __future__ import annotations

import sys

from collector.service.app import utc_now
from collector.service.catalogue import Catalogue
from collector.service.commands import Config, opened
from collector.service.commands.sources import check_names
from collector.service.mistakes import ConfigurationError
from collector.service.output import say
from storage.model import SourceState
from storage.store import Store

_CHOOSE = "say what is to be told of what it published meanwhile: --alert for all of it, --baseline for nothing"


def pause(name: str, *, config: Config = None) -> None:
    """Look at a source no more, until it is resumed. It is not asked for anything, and is no incident."""
    with opened(config) as (settings, store):
        state = _state(name, Catalogue(settings, store), store)
        if state.paused_at is not None:
            raise ConfigurationError([f"source {name} is paused already, since {state.paused_at:%Y-%m-%d %H:%M} UTC"])
        store.sources.pause(name, utc_now())
    say(f"{name} is paused; `vestnik source resume {name}` ends that")


def resume(name: str, *, alert: bool = False, baseline: bool = False, config: Config = None) -> None:
    """Look at a paused source again.

    Parameters
    ----------
    name
        The source.
    alert
        What it published meanwhile is new; if that is much, it comes as one digest.
    baseline
        What it published meanwhile is known, and nobody is told of it.
    """
    if alert and baseline:
        raise ConfigurationError(["--alert and --baseline say opposite things; give one of them"])
    with opened(config) as (settings, store):
        state = _state(name, Catalogue(settings, store), store)
        if state.paused_at is None:
            raise ConfigurationError([f"source {name} is not paused"])
        silent = not alert and (baseline or not _asked(state))
        store.sources.resume(name, utc_now(), silent=silent)
    told = "is known, and not alerted" if silent else "is new, and alerted"
    say(f"{name} is looked at again; what it published meanwhile {told}")


def _state(name: str, catalogue: Catalogue, store: Store) -> SourceState:
    check_names([name], catalogue)
    store.sources.enrol(catalogue, utc_now())
    (state,) = store.sources.states([name])
    return state


def _asked(state: SourceState) -> bool:
    """Whether the operator wants to be alerted. Raises ConfigurationError where nobody can be asked, or nothing is answered."""
    if not sys.stdin.isatty():
        raise ConfigurationError([_CHOOSE])
    sys.stderr.write(f"{state.name} was paused on {state.paused_at:%Y-%m-%d %H:%M} UTC. Alert what it published since? [yes/no] ")
    sys.stderr.flush()
    answer = sys.stdin.readline().strip().casefold()
    if answer in {"y", "yes"}:
        return True
    if answer in {"n", "no"}:
        return False
    raise ConfigurationError([f"that is neither yes nor no, so {state.name} stays paused; {_CHOOSE}"])
