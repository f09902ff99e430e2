"""Lengths of time and sizes as people write them in the configuration."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

_UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400, "y": 365 * 86400}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w|y)")
_SIZES = {"KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(KB|MB|GB)")


def read_duration(value: Any) -> timedelta:
    """`"15m"`, `"1h"`, `"0.5s"`, `"1y"`. Raises ValueError for anything else, a bare number included: its unit would be a guess."""
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if isinstance(value, timedelta):
        return value
    if match is None:
        raise ValueError(f"{value!r} is no length of time; write a number and ms, s, m, h, d, w or y, such as '15m'")
    try:
        return timedelta(seconds=float(match[1]) * _UNITS[match[2]])
    except OverflowError:
        raise ValueError(f"{value!r} is longer than time itself; write a shorter one, such as '15m'") from None


def _longer_than_nothing(value: timedelta) -> timedelta:
    if not value:
        raise ValueError("it must be longer than nothing; write a length of time such as '1s'")
    return value


def read_size(value: Any) -> int:
    """`"20MB"` in bytes; a bare number is bytes. Raises ValueError for anything else."""
    text = str(value).strip().upper() if isinstance(value, (str, int)) else ""
    if text.isdecimal():
        return int(text)
    match = _SIZE.fullmatch(text)
    if match is None:
        raise ValueError(f"{value!r} is no size; write a number and KB, MB or GB, such as '20MB'")
    return round(float(match[1]) * _SIZES[match[2]])


Duration = Annotated[timedelta, BeforeValidator(read_duration)]
Interval = Annotated[Duration, AfterValidator(_longer_than_nothing)]
Size = Annotated[int, BeforeValidator(read_size)]
