"""Values of the configuration: each kind with its check, whose words say what to write instead."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator

from collector.address import is_web_address
from collector.sites import known_sites
from notify.query import QueryError, parse

_ADDRESS = re.compile(r"(?:\[[0-9a-fA-F:.]+\]|[^:\s\[\]]+):(\d{1,5})")
_LAST_PORT = 65535


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{value!r} is no time zone; write one such as 'Europe/Minsk'") from None
    return value


def _query(value: str) -> str:
    try:
        parse(value)
    except QueryError as error:
        raise ValueError(f"{error}\n{error.marked()}") from None
    return value


def _web_address(value: str) -> str:
    # not repeated: a channel's address, with its password, may stand here by mistake
    if not is_web_address(value):
        raise ValueError("it is no web address; write one such as 'https://example.org/news'")
    return value


def _built_in(value: str) -> str:
    if value not in known_sites():
        raise ValueError(f"{value!r} is no built-in definition; there are: {', '.join(known_sites())}")
    return value


def _listen(value: str) -> str:
    found = _ADDRESS.fullmatch(value)
    if found is None or int(found[1]) > _LAST_PORT:
        raise ValueError(f"{value!r} is no host:port; write one such as '127.0.0.1:8080'")
    return value


def _network(value: Any) -> Any:
    try:
        return ip_network(value)
    except (ValueError, TypeError):
        raise ValueError(f"{str(value)!r} is no network; write one such as '10.0.0.0/8'") from None


def listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(listed)]
"""One name, or a list of them."""
Network = Annotated[IPv4Network | IPv6Network, BeforeValidator(_network)]
Zone = Annotated[str, AfterValidator(_zone)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Address = Annotated[str, AfterValidator(_listen)]
"""Where to listen: host:port."""
BuiltIn = Annotated[str, AfterValidator(_built_in)]
Query = Annotated[str, AfterValidator(_query)]


def with_new(value: frozenset[str]) -> frozenset[str]:
    """What a watch is told of. Edits alone are not told yet."""
    if "new" not in value:
        raise ValueError("it has to name 'new', to which 'edit' may be added")
    return value
