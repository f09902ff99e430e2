"""JSON-LD: the publication among the objects that a page describes itself by, however broken their JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

_LONGEST = 500_000
"""Characters of one script; a shop's catalogue has half of that."""
_MOST = 500
"""Objects that are looked at."""
_PUBLICATION = re.compile(
    r"(?:article|posting|report|announcement|legislation|recipe|review|event|dataset|creativework|publicationissue|digitaldocument)$",
    re.IGNORECASE,
)
_PAGE = re.compile(r"(?:webpage|itempage|aboutpage)$", re.IGNORECASE)
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_COMMENT = re.compile(r"/\*.{0,5000}?\*/|^\s*//[^\n]*$", re.DOTALL | re.MULTILINE)
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_PAIR = re.compile(r'"(headline|datePublished|dateCreated|@type|image|url)"\s*:\s*"((?:[^"\\]|\\.){1,1000})"')
_CONTROL = re.compile(r"[\x00-\x1f]+")

Described = Mapping[str, Any]
"""One object as JSON gives it; nothing of it is certain."""


def described_in(scripts: Iterable[str]) -> list[Described]:
    """The objects of all scripts: those at the top, of their graphs, and what they are mainly about; no deeper, where neighbours stand."""
    found: list[Described] = []
    for script in scripts:
        for made in _objects(_parsed(script)):
            found.append(made)
            if len(found) >= _MOST:
                return found
    return found


def publications(described: Iterable[Described]) -> list[Described]:
    return [made for made in described if _is_a(made, _PUBLICATION)]


def pages(described: Iterable[Described]) -> list[Described]:
    return [made for made in described if _is_a(made, _PAGE)]


def text_of(made: Described | None, name: str) -> str:
    """A property that is a text, in one line and without entities; empty where it is none."""
    value = made.get(name) if made else None
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value")
    return " ".join(unescape(value[:5_000]).split()) if isinstance(value, str) else ""


def names_in(value: Any) -> list[str]:
    """The names of persons or bodies, which may be texts, objects, or lists of either."""
    values = value if isinstance(value, list) else [value]
    found = [text_of(one, "name") if isinstance(one, dict) else unescape(one) if isinstance(one, str) else "" for one in values[:20]]
    return [name for name in found if name]


def addresses_in(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [
        found for one in values[:20] if (found := one if isinstance(one, str) else text_of(one, "url") if isinstance(one, dict) else "")
    ]


def _is_a(made: Described, kind: re.Pattern[str]) -> bool:
    types = made.get("@type")
    return any(isinstance(one, str) and kind.search(one) for one in (types if isinstance(types, list) else [types]))


def _objects(value: Any) -> Iterator[Described]:
    waiting = [value]
    for _ in range(10 * _MOST):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting[:0] = one[:_MOST]
        elif isinstance(one, dict):
            yield one
            waiting[:0] = [one[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if isinstance(one.get(name), list | dict)]


def _parsed(script: str) -> Any:
    """What a script holds. Sites put it into comments and CDATA, break lines within texts, and leave commas and comments behind."""
    text = script[:_LONGEST].strip()
    for repaired in (_as_it_is, _unwrapped, _mended):
        try:
            return json.loads(repaired(text), strict=False)
        except (ValueError, RecursionError):
            continue
    return _by_pairs(text)


def _as_it_is(text: str) -> str:
    return text


def _unwrapped(text: str) -> str:
    return _WRAPPING.sub("", _WRAPPING.sub("", text)).strip().rstrip(";")


def _mended(text: str) -> str:
    bare = _TRAILING_COMMA.sub(r"\1", _COMMENT.sub("", _unwrapped(text)))
    return unescape(bare) if "&quot;" in bare and '"' not in bare else bare


def _by_pairs(text: str) -> Any:
    """Out of what can't be mended, the pairs that stand there whole, as far as they are of one object."""
    found: dict[str, str] = {}
    for match in _PAIR.finditer(text):
        if match[1] == "@type" and not (_PUBLICATION.search(match[2]) and "@type" not in found):
            continue
        found.setdefault(match[1], _CONTROL.sub(" ", match[2].replace('\\"', '"').replace("\\/", "/")))
    return found if "@type" in found else None
