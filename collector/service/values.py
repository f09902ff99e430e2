"""Values of the configuration: each kind with its check, whose words say what to write instead."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import ada_url
from pydantic import AfterValidator, BeforeValidator, SecretStr

from collector.address import is_web_address
from notify.query import QueryError, parse

_ADDRESS = re.compile(r"(?:\[[0-9a-fA-F:.]+\]|[^:\s\[\]]+):(\d{1,5})")
_LAST_PORT = 65535
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_PROXIES = ("http", "https", "socks5", "socks5h")
_OF_THE_CONNECTION = frozenset({"connection", "content-length", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"})
NO_PROXY = "none"
"""What a source says that goes past the proxy of all others."""
NOT_A_PROXY = f"it is no proxy; write one such as 'http://127.0.0.1:3128', with {', '.join(_PROXIES)}, or '{NO_PROXY}'"


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


def _proxy(value: SecretStr) -> SecretStr:
    # not repeated: it may hold a password
    address = value.get_secret_value()
    if address != NO_PROXY and not is_proxy(address):
        raise ValueError(NOT_A_PROXY)
    return value


def _headers(value: dict[str, SecretStr]) -> dict[str, SecretStr]:
    for name, secret in value.items():
        if not is_header(name, secret.get_secret_value()):
            raise ValueError(
                f"{name[:40]!r} and its value are no header that can be set; both have to be printable ASCII, and the name without spaces"
            )
    return value


def is_header(name: str, value: str) -> bool:
    """Whether a header can be sent (RFC 9110, 5), and is not one that the connection itself needs."""
    return bool(_HEADER_NAME.fullmatch(name)) and name.lower() not in _OF_THE_CONNECTION and value.isascii() and value.isprintable()


def is_proxy(address: str) -> bool:
    try:
        parsed = ada_url.URL(address)
    except ValueError:
        return False
    return parsed.protocol.rstrip(":") in _PROXIES and bool(parsed.hostname)


def _contact(value: str) -> str:
    if not (value.isascii() and value.isprintable()):
        raise ValueError(f"{value!r} can't be sent; write it in printable ASCII, such as 'https://example.org/' or 'office@example.org'")
    return value


def listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(listed)]
"""One name, or a list of them."""
Network = Annotated[IPv4Network | IPv6Network, BeforeValidator(_network)]
Contact = Annotated[str, AfterValidator(_contact)]
Proxy = Annotated[SecretStr, AfterValidator(_proxy)]
Headers = Annotated[dict[str, SecretStr], AfterValidator(_headers)]
Zone = Annotated[str, AfterValidator(_zone)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Address = Annotated[str, AfterValidator(_listen)]
"""Where to listen: host:port."""
Query = Annotated[str, AfterValidator(_query)]


Queries = Annotated[tuple[Query, ...], BeforeValidator(listed)]
"""One query, or a list of them."""


def with_new(value: frozenset[str]) -> frozenset[str]:
    """What a watch is told of. Edits alone are not told yet."""
    if "new" not in value:
        raise ValueError("it has to name 'new', to which 'edit' may be added")
    return value
