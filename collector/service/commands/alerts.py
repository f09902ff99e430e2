"""Channels and deliveries."""

from __future__ import annotations

from dataclasses import asdict

from cyclopts import App

from collector.service.app import ServiceError, utc_now
from collector.service.commands import Config, Json, opened
from collector.service.mistakes import ConfigurationError, nearest
from collector.service.output import say, say_json, say_table
from collector.service.parts import channels_of
from collector.service.settings import load_settings
from notify.render.alert import render
from notify.render.sample import sample_delivery
from notify.senders.channel import SendError

channels = App(name="channel", help="Where alerts go.")
deliveries = App(name="delivery", help="What was sent, is owed, or could not be sent.")


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
