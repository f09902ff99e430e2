"""Conditional requests and content codings (RFC 9110, sections 8.8, 12.5.3 and 13), decided from header values alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_ENTITY_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def is_unchanged(if_none_match: str, if_modified_since: str, etag: str, changed_at: datetime) -> bool:
    """Whether 304 is the answer. A header that was not sent is empty; If-None-Match, where sent, decides alone (section 13.1.3)."""
    if if_none_match.strip():
        return if_none_match.strip() == "*" or etag in _ENTITY_TAG.findall(if_none_match)
    since = _http_date(if_modified_since)
    return since is not None and changed_at.replace(microsecond=0) <= since


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether gzip is acceptable, and no less welcome than the bytes as they are."""
    weights = dict(_coding(part) for part in accept_encoding.lower().split(",") if part.strip())
    gzip = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return gzip > 0 and gzip >= weights.get("identity", 0.0)


def _coding(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            # A weight that can't be read refuses: the bytes as they are suit everyone.
            return name, float(value) if re.fullmatch(r"\s*(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", value) else 0.0
    return name, 1.0


def _http_date(value: str) -> datetime | None:
    """The date of a header, None where it can't be understood: then it is as if it had not been sent (section 13.1.3)."""
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
