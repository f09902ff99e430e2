"""Watches, channels and deliveries."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from collector.service.app import ServiceError, utc_now
from collector.service.commands import Config, Json, opened
from collector.service.commands.lines import JsonLines, check_lines
from collector.service.mistakes import ConfigurationError, nearest
from collector.service.output import say, say_json, say_table
from collector.service.parts import channels_of
from collector.service.settings import load_settings
from notify.match import check as check_query
from notify.query import QueryError, parse
from notify.render.alert import render
from notify.render.sample import sample_delivery
from notify.senders.channel import SendError

_STANDARD_INPUT = Path("-")

watches = App(name="watch", help="Saved queries and whom they alert.")
channels = App(name="channel", help="Where alerts go.")
deliveries = App(name="delivery", help="What was sent, is owed, or could not be sent.")


@watches.command(name="list")
def list_watches(*, json: Json = False, config: Config = None) -> None:
    """The watches of the configuration."""
    settings = load_settings(config)
    if json:
        for name, watch in settings.watch.items():
            say_json({"name": name, "query": watch.query, "channels": watch.channels, "on": watch.on})
    else:
        say_table((name, ", ".join(watch.channels) or "no channel", watch.query) for name, watch in settings.watch.items())


@watches.command
def check(
    query: Annotated[str, Parameter(allow_leading_hyphen=True)] = "",
    text: Annotated[Path, Parameter(allow_leading_hyphen=True)] = _STANDARD_INPUT,
    *,
    title: str = "",
    json: Json = False,
    jsonl: JsonLines = False,
) -> None:
    """Say whether a query accepts a text, and by which words. Exit status 1 if it doesn't.

    Parameters
    ----------
    query
        In the watch language, such as 'ШОС OR "Шанхайская организация сотрудничества"'.
    text
        A plain-text file; `-` reads standard input.
    """
    if jsonl:
        check_lines()
        return
    try:
        parsed = parse(query)
    except QueryError as error:
        raise ConfigurationError([f"query: {error}\n{error.marked()}"]) from None
    body = sys.stdin.read() if text == _STANDARD_INPUT else _read(text)
    accepted, spans = check_query(parsed, title, body)
    found = {"title": title, "text": body}
    if json:
        say_json({"match": accepted, "spans": [span._asdict() for span in spans]})
    else:
        say("match" if accepted else "no match")
        for span in spans:
            say(f"  {span.field} {span.start}-{span.end}: {found[span.field][span.start : span.end]}")
    if not accepted:
        sys.exit(1)


@channels.command(name="list")
def list_channels(*, json: Json = False, config: Config = None) -> None:
    """The channels of the configuration, without their addresses."""
    opened_channels = channels_of(load_settings(config)).values()
    if json:
        for channel in opened_channels:
            say_json({"name": channel.name, "recipients": len(channel.recipients), "language": channel.language, "zone": channel.zone})
    else:
        say_table((c.name, f"{len(c.recipients)} recipients", c.language, c.zone) for c in opened_channels)


@channels.command
def test(name: str, *, config: Config = None) -> None:
    """Send a sample alert, marked as one, to every recipient of a channel."""
    settings = load_settings(config)
    found = channels_of(settings)
    if name not in found:
        raise ConfigurationError([f"there is no channel {name!r}{nearest(name, list(found))}"])
    channel = found[name]
    for number, recipient in enumerate(channel.recipients, 1):
        delivery = sample_delivery(recipient, language=channel.language, base_url=settings.base_url, now=utc_now())
        message = render(delivery, language=channel.language, zone=channel.zone, base_url=settings.base_url, now=utc_now())
        try:
            receipt = channel.send(message, recipient)
        except SendError as error:
            raise ServiceError(f"channel {name}: recipient {number} of {len(channel.recipients)}: {error.words}") from None
        say(f"channel {name}: recipient {number} of {len(channel.recipients)}: accepted: {receipt}")


@deliveries.command(name="list")
def list_deliveries(*, limit: int = 50, json: Json = False, config: Config = None) -> None:
    """The latest deliveries: sent, owed, or dead letters with the server's words."""
    with opened(config) as (_, store):
        rows = store.outbox.list(limit)
    if json:
        for row in rows:
            say_json(asdict(row))
    else:
        say_table((str(r.id), r.state, r.channel, ", ".join(r.watches), r.title[:80], r.error) for r in rows)


@deliveries.command
def retry(*ids: int, config: Config = None) -> None:
    """Owe dead letters once more; the running service sends them.

    Parameters
    ----------
    ids
        Their numbers, as `vestnik delivery list` shows them.
    """
    if not ids:
        raise ConfigurationError(["name at least one delivery by its number; `vestnik delivery list` shows them"])
    with opened(config) as (_, store):
        again = store.outbox.owe_again(ids, utc_now())
    say(f"{again} of {len(ids)} are owed again")
    if again < len(ids):
        raise ServiceError("the others are no dead letters; `vestnik delivery list` shows them")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ServiceError(f"{path} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ServiceError(f"{path} is no text in UTF-8") from None
