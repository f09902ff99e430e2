"""Redirects that lead nowhere, round and round, out of the web, or to where nobody from outside may lead us.

What is private is the canary's address, 127.0.0.1 and [::1], in every spelling; only the site's own network is allowed to visitors.
"""

from __future__ import annotations

import secrets

from collector.page import Trouble
from hostile.case import LISTING, Case, Handler, Visit, ends, head, whole

_REFUSED = ends(Trouble.REFUSED)
_NOWHERE = ends(Trouble.REFUSED, Trouble.TEMPORARY, Trouble.NAME, Trouble.INCOMPLETE, Trouble.GONE, Trouble.TOO_LARGE)
"""Not to be followed; by which name it is refused is the visitor's affair."""

PRIVATE = {
    "dotted": "http://127.0.0.1:{port}/",
    "another of the same network": "http://127.1.2.3:{port}/",
    "decimal": "http://2130706433:{port}/",
    "octal": "http://0177.0.0.1:{port}/",
    "octal in one": "http://017700000001:{port}/",
    "hexadecimal": "http://0x7f000001:{port}/",
    "hexadecimal in parts": "http://0x7F.0x0.0x0.0x1:{port}/",
    "mixed": "http://0x7f.1:{port}/",
    "two parts": "http://127.1:{port}/",
    "three parts": "http://127.0.1:{port}/",
    "zero": "http://0:{port}/",
    "four zeros": "http://0.0.0.0:{port}/",
    "with a final dot": "http://127.0.0.1.:{port}/",
    "localhost": "http://localhost:{port}/",
    "localhost with a final dot": "http://LocalHost.:{port}/",
    "name under localhost": "http://x.localhost:{port}/",
    "IPv6": "http://[::1]:{port}/",
    "IPv6 at length": "http://[0:0:0:0:0:0:0:1]:{port}/",
    "IPv6 of nothing": "http://[::]:{port}/",
    "IPv6-mapped": "http://[::ffff:127.0.0.1]:{port}/",
    "IPv6-mapped in hexadecimal": "http://[::ffff:7f00:1]:{port}/",
    "IPv6-compatible": "http://[::127.0.0.1]:{port}/",
    "translated by NAT64": "http://[64:ff9b::7f00:1]:{port}/",
    "translated by local NAT64": "http://[64:ff9b:1::7f00:1]:{port}/",
    "6to4": "http://[2002:7f00:1::1]:{port}/",
    "userinfo": "http://127.9.0.1:{port}@127.0.0.1:{port}/",
    "userinfo with a password": "http://example.org:80@127.0.0.1:{port}/",
    "backslash": "http://127.0.0.1:{port}\\@127.9.0.1/",
    "three slashes": "http:///127.0.0.1:{port}/",
    "slash the other way": "http:\\\\127.0.0.1:{port}/",
    "scheme alone": "http:127.0.0.1:{port}/",
    "without a scheme": "//127.0.0.1:{port}/",
    "full-width dots": "http://127．0．0．1:{port}/",
    "ideographic dots": "http://127。0。0。1:{port}/",
    "half-width ideographic dots": "http://127｡0｡0｡1:{port}/",
    "full-width digits": "http://１２７.０.０.１:{port}/",
    "circled digits": "http://①②⑦.⓪.⓪.①:{port}/",
    "percent-encoded": "http://%31%32%37%2e0%2e0%2e1:{port}/",
    "full-width, percent-encoded": "http://127%EF%BC%8E0%EF%BC%8E0%EF%BC%8E1:{port}/",
    "soft hyphen": "http://127.0.0\u00ad.1:{port}/",
    "tab within": "http://127.0.\t0.1:{port}/",
    "blank before": " http://127.0.0.1:{port}/",
    "another scheme": "https://127.0.0.1:{port}/",
    "metadata of a cloud": "http://169.254.169.254/latest/meta-data/",
    "metadata of a cloud in decimal": "http://2852039166/latest/meta-data/",
    "office network": "http://192.168.0.1:{port}/",
    "office network of class A": "http://10.0.0.1:{port}/",
    "office network of class B": "http://172.16.0.1:{port}/",
    "network of a provider": "http://100.64.0.1:{port}/",
    "link-local IPv6": "http://[fe80::1]:{port}/",
    "link-local IPv6 with a zone": "http://[fe80::1%25lo]:{port}/",
    "unique local IPv6": "http://[fd00::1]:{port}/",
    "multicast": "http://224.0.0.1:{port}/",
    "broadcast": "http://255.255.255.255:{port}/",
}
"""Spellings of what is private; `{port}` is that of the canary."""

_READ_DIFFERENTLY = frozenset(
    {
        "three slashes",
        "slash the other way",
        "scheme alone",
        "link-local IPv6 with a zone",
        "name under localhost",
        "localhost with a final dot",
    }
)
"""Libraries take these for addresses, for names, or for paths on the site itself."""

_OUT_OF_THE_WEB = {
    "a file": "file:///etc/passwd",
    "data": "data:text/html,<h1>x</h1>",
    "a script": "javascript:alert(1)",
    "ftp": "ftp://127.9.0.1/x",
    "gopher": "gopher://127.0.0.1:25/_MAIL",
    "a scheme of nobody": "x-unknown:whatever",
    "no host": "http://",
    "half an IPv6 address": "http://[",
    "port beyond all ports": "http://127.9.0.1:99999/",
    "port 0": "http://127.9.0.1:0/",
    "a name that is none": "http://xn--/",
    "a name of 300 letters": f"http://{'a' * 300}/",
    "a name with a blank": "http://exa mple.org/",
    "an address of 100 KB": f"/{'a' * 100_000}",
    "a query of 1 MB": f"/?{'a' * 1_000_000}",
}


def to(location: str, status: str = "302 Found") -> Handler:
    """A redirect; `{port}` in it is the site's."""

    async def answer(visit: Visit) -> None:
        # sent as UTF-8, as servers do that don't encode
        where = location.replace("{port}", str(visit.port)).encode()
        start = head(f"Content-Length: {len(LISTING)}", "Connection: close", status=status).removesuffix(b"\r\n")
        await visit.send(start + b"Location: " + where + b"\r\n\r\n" + LISTING)

    return answer


async def from_one_to_the_other(visit: Visit) -> None:
    await to("/b" if visit.path == "/a" else "/a", "301 Moved")(visit)


async def ever_further(visit: Visit) -> None:
    await to(f"/{secrets.token_hex(8)}", "307 Temporary Redirect")(visit)


async def ever_longer(visit: Visit) -> None:
    await to(f"{visit.path}{'a' * 500}")(visit)


LOOPS = (
    Case("redirects to itself", to("/", "301 Moved"), ends(Trouble.TEMPORARY)),
    Case("redirects from one to the other", from_one_to_the_other, ends(Trouble.TEMPORARY)),
    Case("redirects ever further", ever_further, ends(Trouble.TEMPORARY)),
    Case("redirects to ever longer addresses", ever_longer, ends(Trouble.TEMPORARY, Trouble.REFUSED)),
    Case("redirects to an empty address", to(""), ends(Trouble.TEMPORARY, Trouble.REFUSED)),
    Case("redirects without saying where", whole(LISTING, status="302 Found"), ends(Trouble.TEMPORARY, Trouble.REFUSED)),
    Case(
        "redirects in two directions",
        whole(LISTING, "Location: /a", "Location: /b", status="302 Found"),
        ends(Trouble.TEMPORARY, Trouble.REFUSED),
    ),
)
PRIVATELY = tuple(
    Case(f"redirects to a private address: {spelling}", to(address), _NOWHERE if spelling in _READ_DIFFERENTLY else _REFUSED)
    for spelling, address in PRIVATE.items()
)
OUT_OF_THE_WEB = tuple(Case(f"redirects to {name}", to(address), _NOWHERE) for name, address in _OUT_OF_THE_WEB.items())

CASES = (*LOOPS, *PRIVATELY, *OUT_OF_THE_WEB)
