"""`source incidents`: what is wrong with sources, and what was."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from cyclopts import Parameter

from collector.service.catalogue import Catalogue
from collector.service.commands import Config, Json, opened
from collector.service.commands.sources import check_names
from collector.service.minding import in_words
from collector.service.output import say, say_json, say_table
from storage.model import Incident

_CLOSED = 100


def incidents(
    *names: str,
    all_: Annotated[bool, Parameter(name="--all", help="Those that are over as well, the latest 100.", negative="")] = False,
    json: Json = False,
    config: Config = None,
) -> None:
    """What is wrong with sources: since when, and in which words. What concerns several at once is one incident.

    Parameters
    ----------
    names
        Sources by their names; all of them where none is given.
    """
    with opened(config) as (settings, store):
        check_names(names, Catalogue(settings, store))
        found = store.health.incidents(names or None, closed=_CLOSED if all_ else 0)
    if json:
        for incident in found:
            say_json(asdict(incident))
    elif found:
        say_table(map(_row, found))
    else:
        say("nothing is wrong" if not all_ else "nothing was ever wrong")


def _row(incident: Incident) -> tuple[str, ...]:
    return ("over" if incident.closed_at else "open", incident.about or "our connection", in_words(incident))
