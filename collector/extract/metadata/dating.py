"""What dates are read with: the zone, the day of reading, and what is known already of when a publication appeared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from collector.extract.dates import date_in_address, is_plausible, month_in_address, read_date, read_field
from collector.extract.metadata.declared import Declared

_STAMP = re.compile(r"\d{10}(?:\d{3})?")
_MILLISECONDS = 13
"""Digits."""


@dataclass(frozen=True, slots=True)
class Dating:
    """What a date is read with."""

    zone: ZoneInfo
    now: datetime
    near: date | None = None
    """When it was published, as far as is known from elsewhere."""
    month_first: bool = False

    def field(self, text: str) -> date | None:
        return read_field(text, self.zone, self.now, self.near, month_first=self.month_first)

    def value(self, text: str) -> date | None:
        """Of an attribute, which is written for machines."""
        if _STAMP.fullmatch(text):
            seconds = int(text) / (1000 if len(text) == _MILLISECONDS else 1)
            found = datetime.fromtimestamp(seconds, UTC)
            return found if is_plausible(found, self.now) else None
        return read_date(text, self.zone, self.now, month_first=self.month_first)


def dating_for(declared: Declared, url: str, listed: date | None, language: str, now: datetime, zone: ZoneInfo) -> Dating:
    """`language`: as the page declares it, by which only Americans write the month first."""
    near = listed or date_in_address(url, now) or month_in_address(url, now)
    pictures = (month_in_address(picture, now) for picture in declared.named.get("og:image", ())[:3])
    american = (language or declared.first("og:locale")).lower().replace("_", "-") == "en-us"
    return Dating(zone, now, near or next(filter(None, pictures), None), american)
