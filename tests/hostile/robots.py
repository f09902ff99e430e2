"""Hostile robots.txt in front of a sound site. A file that can't be had forbids nothing for ever, and takes no longer than a page."""

from __future__ import annotations

from collections.abc import Callable

from collector.page import Trouble
from hostile.case import PAGE, Case, Handler, ends, head, whole
from hostile.lies import reset_at_once
from hostile.pages import made
from hostile.redirects import to
from hostile.slowness import dripping, endless, hang_at_once

_PLAIN = "text/plain"
_UNREACHABLE = ends(Trouble.TEMPORARY, Trouble.REFUSED)
"""RFC 9309, 2.3.1.4: where the rules can't be had, everything counts as forbidden."""
_UNDERSTOOD_OR_NOT = ends(None, Trouble.TEMPORARY, Trouble.REFUSED)


def _robots(name: str, robots: bytes | Handler, may: frozenset[Trouble | None]) -> Case:
    return Case(f"robots.txt {name}", PAGE, may, robots=robots)


def _rules(text: str) -> bytes:
    return whole(text.encode(), kind=_PLAIN)


def _many(text: Callable[[], str]) -> Handler:
    return made(text, _PLAIN)


def _rows(count: int, path: str = "/x{}") -> str:
    return "".join(f"Disallow: {path.format(number)}\n" for number in range(count))


CASES = (
    _robots("hangs", hang_at_once, _UNREACHABLE),
    _robots("drips", dripping(head("Content-Type: text/plain", "Content-Length: 1000"), b"#"), _UNREACHABLE),
    _robots("is reset", reset_at_once, _UNREACHABLE | ends(Trouble.INCOMPLETE)),
    _robots("fails with 500", whole(b"", status="500 Oh"), _UNREACHABLE),
    _robots("is blocked with 403", whole(b"", status="403 Forbidden"), ends(None)),
    _robots("is a page", PAGE, ends(None)),
    _robots("is noise", whole(bytes(range(256)) * 100, kind=_PLAIN), _UNDERSTOOD_OR_NOT),
    _robots("is endless", endless(head("Content-Type: text/plain"), b"# and so on\n" * 1000), _UNDERSTOOD_OR_NOT | ends(Trouble.TOO_LARGE)),
    _robots("has 100,000 rules", _many(lambda: "User-agent: *\n" + _rows(100_000)), _UNDERSTOOD_OR_NOT),
    _robots("has a rule of 400 KB", _rules("User-agent: *\nDisallow: /" + "a" * 400_000), _UNDERSTOOD_OR_NOT),
    _robots("has rules that take long to match", _rules("User-agent: *\nDisallow: /" + "*a" * 200 + "*$\n"), _UNDERSTOOD_OR_NOT),
    _robots(
        "has 200 rules for 20,000 agents",
        _many(lambda: "".join(f"User-agent: a{n}\n" for n in range(20_000)) + _rows(200)),
        _UNDERSTOOD_OR_NOT,
    ),
    _robots("has 50,000 groups", _many(lambda: "".join(f"User-agent: a{n}\nAllow: /\n" for n in range(50_000))), _UNDERSTOOD_OR_NOT),
    _robots("has 50,000 rules with stars", _many(lambda: "User-agent: *\n" + _rows(50_000, "/*a{}*")), _UNDERSTOOD_OR_NOT),
    _robots("is of empty lines alone", _many(lambda: "\n" * 1_900_000), _UNDERSTOOD_OR_NOT),
    _robots("gives a rate of 5,000 digits", _rules(f"User-agent: *\nRequest-rate: 1/{'9' * 5000}\n"), _UNDERSTOOD_OR_NOT),
    _robots("gives a rate of nothing", _rules("User-agent: *\nRequest-rate: 0/0\nRequest-rate: 1/0\n"), _UNDERSTOOD_OR_NOT),
    _robots("redirects to itself", to("/robots.txt"), _UNDERSTOOD_OR_NOT),
    _robots("redirects to a private address", to("http://127.0.0.1:{port}/robots.txt"), _UNDERSTOOD_OR_NOT),
    _robots("redirects to a file", to("file:///etc/passwd"), _UNDERSTOOD_OR_NOT),
    _robots("forbids all", _rules("User-agent: *\nDisallow: /\n"), ends(Trouble.REFUSED)),
    _robots("asks for a pause of 30 years", _rules("User-agent: *\nCrawl-delay: 999999999\n"), _UNDERSTOOD_OR_NOT),
    _robots("asks for a pause that is no number", _rules("User-agent: *\nCrawl-delay: nan\nCrawl-delay: -inf\n"), _UNDERSTOOD_OR_NOT),
)
