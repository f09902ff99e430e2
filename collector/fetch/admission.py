"""Which addresses may be connected to: those of the public internet, and of the networks that the operator admits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address
_LAST_FOUR_BYTES = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")))
"""Prefixes whose last four bytes are an IPv4 address: NAT64 (RFC 6052, RFC 8215), compatible (RFC 4291) and translated (RFC 2765)."""


def admission(allow: Sequence[Network]) -> Callable[[Address], bool]:
    """Whether an address may be connected to: a global one or one of the allowed networks, also when written as IPv6."""

    def admitted(address: Address) -> bool:
        inner = _carried(address) or address
        if any(inner in network for network in allow):
            return True
        return inner.is_global and not inner.is_multicast and not (isinstance(inner, IPv6Address) and inner.is_site_local)

    return admitted


@lru_cache(maxsize=10_000)
def literal(host: str) -> Address | None:
    """The address that a host is, None for a name. `host` is normal: browsers' other spellings (`0x7f.1`) were evened out before."""
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


def _carried(address: Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for, in any of the ways to write or to translate it."""
    if isinstance(address, IPv4Address):
        return None
    if any(address in prefix for prefix in _LAST_FOUR_BYTES):
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
