"""Addresses reduced to keys for comparing. A key is never fetched.

`link_key` evens out what never matters (scheme, case, default port, tracking, fragment). `address_keys` evens out what doesn't matter
within a family of hosts: the host itself, `www`, the language prefix, the print view, and the several forms of one Drupal node.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlencode

import ada_url

_TRACKING = re.compile(r"^(utm_.*|itok|fbclid|gclid|yclid|ysclid|_openstat|from|ref|phpsessid|sessionid|sid|jsessionid)$", re.IGNORECASE)
# `sid=1024` is an article's number in old engines, `ref` and `from` may be one: a wrong merge is worse than two keys
_MAY_IDENTIFY = frozenset({"from", "ref", "sid"})
_PRINT_QUERY = frozenset({"print", "printable", "printview"})
_PRINT_VIEW = re.compile(r"/(?:printable/(?:print|pdf)|printpdf|printmail|print)$|^/print(?=/(?:node/)?\d+$)")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$")
_NODE = re.compile(r"^/node/(\d+)$")
_LANGUAGE = re.compile(r"^/(?:ru|be|by|bel|rus|en|eng|kk|zh)(?=/|$)")
_WWW = re.compile(r"^(?:www\.)+(?=[^.]+\.)")
_LONGEST = 2000
_WEB = frozenset({"http:", "https:"})


@dataclass(frozen=True, slots=True)
class Family:
    """Hosts that show one and the same site. `node_patterns` are further forms of a node's address; their first group is its number."""

    name: str
    hosts: frozenset[str]
    node_patterns: tuple[str, ...] = ()

    def holds(self, url: str) -> bool:
        return host_of(url) in self.hosts


def family_of(name: str, hosts: Iterable[str], node_patterns: Iterable[str] = ()) -> Family:
    """A family from hosts as people write them (`минсвязи.бел`, `WWW.Example.org.`)."""
    return Family(name, frozenset(map(normal_host, hosts)), tuple(node_patterns))


def normal_host(host: str) -> str:
    """Lower case, in ASCII, without `www.` and a final dot. A host that is none is returned as it stands.

    >>> normal_host("WWW.Минсвязи.бел.")
    'xn--b1akbcqh2a7i.xn--90ais'
    """
    bare = host.strip().rstrip(".").lower()
    try:
        bare = ada_url.URL(f"http://{bare}").host
    except ValueError:
        return bare
    # once more, as the ideographic full stop becomes a dot only now
    return _WWW.sub("", bare.rstrip("."))


def host_of(url: str) -> str:
    """The normal host of an address, with its port where it is not the scheme's own; empty where the address is none."""
    try:
        return normal_host(ada_url.URL(url).host)
    except ValueError:
        return ""


def name_of(url: str) -> str:
    """The host name of an address as it is connected to, without a port; empty where the address is none."""
    try:
        return str(ada_url.URL(url).hostname)
    except ValueError:
        return ""


def host_and_port(url: str) -> tuple[str, int]:
    """Where an address connects to; proxies' schemes included."""
    parsed = ada_url.URL(url)
    return str(parsed.hostname).strip("[]"), int(parsed.port or {"http:": 80, "https:": 443}.get(parsed.protocol, 1080))


def origin_of(url: str) -> str:
    """Scheme, host and port (RFC 6454): what headers and cookies belong to; empty where the address is none."""
    try:
        return str(ada_url.URL(url).origin)
    except ValueError:
        return ""


def without_secrets(url: str) -> str:
    """The address without a user name, a password and a fragment. Raises ValueError where it is none."""
    parsed = ada_url.URL(url)
    parsed.username = parsed.password = parsed.hash = ""
    return str(parsed.href)


def credentials_of(url: str) -> tuple[str, str] | None:
    """User name and password that an address carries, decoded; None where it carries none."""
    parsed = ada_url.URL(url)
    return (unquote(parsed.username), unquote(parsed.password)) if parsed.username or parsed.password else None


def is_web_address(url: str) -> bool:
    try:
        return ada_url.URL(url).protocol in {"http:", "https:"} and len(url) <= _LONGEST
    except ValueError:
        return False


def join(base: str, reference: str) -> str | None:
    """The absolute http(s) address that `reference` means on the page at `base`; None where it is empty or means none."""
    if not reference.strip():
        return None
    try:
        joined = ada_url.URL(reference.strip(), base)
    except ValueError:
        return None
    if joined.protocol not in _WEB or len(joined.href) > _LONGEST:
        return None
    href = str(joined.href)
    if "#" not in href and "@" not in href:
        return href
    joined.hash = ""
    joined.username = joined.password = ""
    return str(joined.href)


def link_key(url: str) -> str:
    """The address as it tells one link from another.

    >>> link_key("HTTPS://Example.org:443/News/?utm_source=x&id=5#top")
    'example.org/News?id=5'
    """
    parsed = ada_url.URL(url)
    return f"{parsed.host.rstrip('.')}{_path(parsed.pathname)}{_query(parsed.search)}"


def address_keys(url: str, family: Family, claimed: Iterable[str] = ()) -> tuple[str, ...]:
    r"""The keys of an address within its family, followed by those of the addresses that the page claims for itself.

    A claim to another family's address, or to the front page, is no claim, nor is one to a second node: a page has one number, and the
    others are those of its neighbours in some block.

    >>> mpt = family_of("mpt.gov.by", ["mpt.gov.by"], [r"^/news/\d\d-\d\d-\d{4}-(\d+)$"])
    >>> address_keys("http://www.mpt.gov.by/ru/news/01-11-2022-8143", mpt, ["/node/8143"])
    ('node:8143',)
    """
    keys = [_key(url, family)]
    for claim in claimed:
        absolute = join(url, claim)
        if absolute and family.holds(absolute):
            key = _key(absolute, family)
            numbered = key.startswith("node:") and any(known.startswith("node:") for known in keys)
            if key != "/" and not numbered:
                keys.append(key)
    return tuple(dict.fromkeys(keys))


def shown_address(url: str) -> str:
    """An address as logs and pages may show it: without what a query or a user name may hold as a secret."""
    try:
        parsed = ada_url.URL(url)
    except ValueError:
        return "an address that is none"
    return f"{parsed.protocol}//{parsed.host}{parsed.pathname}{'?…' if parsed.search else ''}"


def node_key(number: int | str) -> str:
    return f"node:{int(number)}"


def _key(url: str, family: Family) -> str:
    parsed = ada_url.URL(url)
    if not family.holds(url):
        return link_key(url)  # a neighbour's numbers are not ours
    path = _PRINT_VIEW.sub("", _LANGUAGE.sub("", _path(parsed.pathname))) or "/"
    for pattern in (_NODE.pattern, *family.node_patterns):
        if found := re.search(pattern, path):
            return node_key(found[1])
    return f"{path}{_query(parsed.search)}"


def _path(path: str) -> str:
    return _INDEX.sub("/", unquote(path).replace("\0", "")).rstrip("/")


def _query(search: str) -> str:
    kept = [
        (name, value)
        for name, value in parse_qsl(search.removeprefix("?"), keep_blank_values=True)
        if not _is_tracking(name, value) and name.lower() not in _PRINT_QUERY
    ]
    return f"?{urlencode(sorted(kept))}" if kept else ""


def _is_tracking(name: str, value: str) -> bool:
    return bool(_TRACKING.match(name)) and not (name.lower() in _MAY_IDENTIFY and value.isdecimal())
