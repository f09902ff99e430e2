"""Times of day, as people write them in the configuration."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Annotated, Any

from pydantic import BeforeValidator


def read_hour(value: Any) -> time:
    """`"03:30"`. Raises ValueError for anything else."""
    if isinstance(value, time):
        return value
    try:
        return datetime.strptime(value, "%H:%M").time()  # noqa: DTZ007  (a time of day has no zone yet)
    except (TypeError, ValueError):
        raise ValueError(f"{value!r} is no time of day; write one such as '03:30'") from None


Hour = Annotated[time, BeforeValidator(read_hour)]


def latest(hour: time, zone: tzinfo, now: datetime) -> datetime:
    """When it was this time of day in that zone for the last time, in UTC."""
    today = now.astimezone(zone).date()
    at = _on(today, hour, zone)
    return at if at <= now else _on(today - timedelta(days=1), hour, zone)


def following(hour: time, zone: tzinfo, now: datetime) -> datetime:
    """When it will be this time of day for the next time, in UTC."""
    today = now.astimezone(zone).date()
    at = _on(today, hour, zone)
    return at if at > now else _on(today + timedelta(days=1), hour, zone)


def _on(day: date, hour: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, hour, zone).astimezone(UTC)
