"""Which dates can be those of a publication."""

from __future__ import annotations

from datetime import date, datetime, timedelta

EARLIEST = date(1995, 1, 1)
"""Before the web had publications; what claims to be older is a default value or a mistake."""


def is_plausible(found: date, now: datetime) -> bool:
    """A publication is neither from the future (but for a day, as zones differ) nor older than the web."""
    day = found.date() if isinstance(found, datetime) else found
    return EARLIEST <= day <= (now + timedelta(days=1)).date()
