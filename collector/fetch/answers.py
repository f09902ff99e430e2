"""What an answer's status and headers say. Functions of values alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from collector.page import PageError, trouble_of

_DAY = 86400.0
_LONGEST_VALIDATOR = 1000
_FOR_THE_HOST = frozenset({429, 503})
"""Too many requests; the service is not available."""
_MOVED = frozenset({301, 302, 303, 307, 308})
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,10})")
_NOT_KEPT = re.compile(r"(?:^|[,\s])no-(?:cache|store)")


def moved_to(status: int, headers: Mapping[str, str]) -> str | None:
    """Where a redirect leads; None for any other answer."""
    return headers.get("location", "") if status in _MOVED else None


def check_status(status: int, reason: str, headers: Mapping[str, str]) -> None:
    """Raises PageError for every answer but 200, the only one that brings a page."""
    if status == HTTPStatus.OK:
        return
    words = f"the server answered {status} {_printable(reason)}".strip()
    raise PageError(trouble_of(status), words, retry_after(headers))


def asked_to_wait(status: int, headers: Mapping[str, str]) -> float | None:
    """Seconds for which the whole host is to be left alone; None where nothing is said of that."""
    return retry_after(headers) if status in _FOR_THE_HOST else None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds by RFC 9110, 10.2.3 (a number or a date), between nothing and a day; None where the header is absent or senseless."""
    value = headers.get("retry-after", "").strip()
    try:
        if value.isascii() and value.isdecimal():
            seconds = float(value[:9])
        else:
            seconds = (parsedate_to_datetime(value) - parsedate_to_datetime(headers["date"])).total_seconds()
    except (ValueError, KeyError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0.0), _DAY)


def fresh_for(headers: Mapping[str, str]) -> float:
    """Seconds for which an answer stays as it is, by its own word (RFC 9111, 4.2): `max-age`, else `Expires`, less its age."""
    control = headers.get("cache-control", "").lower()
    if _NOT_KEPT.search(control):
        return 0
    try:
        if found := _MAX_AGE.search(control):
            seconds = float(found[1])
        else:
            seconds = (parsedate_to_datetime(headers["expires"]) - parsedate_to_datetime(headers["date"])).total_seconds()
        age = headers.get("age", "").strip()
        return max(seconds - (float(age[:9]) if age.isascii() and age.isdecimal() else 0), 0)
    except (ValueError, KeyError, TypeError, OverflowError):
        return 0


def validator(value: str) -> str:
    """A validator as it came, if it can be sent back: the values are the server's own, which may be none that a header can hold."""
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR else ""


def _printable(reason: str) -> str:
    return "".join(filter(str.isprintable, reason))[:100]
