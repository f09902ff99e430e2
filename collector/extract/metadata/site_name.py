"""What a site calls itself, and titles without it."""

from __future__ import annotations

import re
from functools import lru_cache

from collector.address import host_of
from collector.extract.metadata.declared import Declared
from collector.extract.metadata.structured import names_in, text_of
from collector.extract.words import words_of
from storage.fold import fold

_PARTS = re.compile(r"\s+[|–—:·•»«›‹/\\~-]+\s+|\s*(?:\|{1,2}|::|»|›)\s*|\s+[|]")
_SURE = re.compile(r"\s*(?:\||::|»|›|·|•)\s*")
"""What parts a title from its site and stands in no sentence."""
_MOST_NAMES = 4
"""Parts at an end of a title that may be the site's name, its section and its town."""
_LONGEST = 600
"""Characters."""
_LATIN = [
    "a",
    "b",
    "v",
    "g",
    "d",
    "e",
    "zh",
    "z",
    "i",
    "i",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "r",
    "s",
    "t",
    "u",
    "f",
    "h",
    "c",
    "ch",
    "sh",
    "sch",
]
_TRANSLITERATED = str.maketrans(
    dict(zip("абвгдежзийклмнопрстуфхцчшщ", _LATIN, strict=True))
    | {"ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ў": "u"}
)


def site_names(declared: Declared) -> list[str]:
    """What the site calls itself."""
    names = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "twitter:site")
    found = [value for name in names for value in declared.named.get(name, ())]
    for made in declared.described:
        if made.get("@type") in ("WebSite", "Organization", "NewsMediaOrganization", "GovernmentOrganization"):
            found += [text_of(made, "name"), text_of(made, "alternateName")]
        found += names_in(made.get("publisher"))
    return [name for name in found if name]


def known_names(declared: Declared, url: str) -> frozenset[str]:
    """What the site calls itself, and its host, for comparing."""
    return frozenset({_run(name) for name in site_names(declared)} | _host_names(url)) - {""}


def without_site(title: str, known: frozenset[str]) -> str:
    """The title without the parts at its ends that name the site: one of its known names, or its host.

    >>> without_site("Новый порядок учёта — Белтелеком", frozenset({"beltelekom"}))
    'Новый порядок учёта'
    """
    title = title[:_LONGEST]
    for _ in range(_MOST_NAMES):
        shorter = _shortened(title, known)
        if shorter == title:
            break
        title = shorter
    return title


def is_site_name(text: str, known: frozenset[str]) -> bool:
    return _is_name(text, known)


def longest_part(title: str) -> str:
    """Of what sure signs part, the longest: without a heading to compare with, as a site's name is shorter than most titles."""
    parts = [part.strip() for part in _SURE.split(title)]
    return max(parts, key=len)


def _shortened(title: str, known: frozenset[str]) -> str:
    breaks = list(_PARTS.finditer(title))
    for found in breaks[-_MOST_NAMES:]:  # the site's name may have a dash itself: the longest part that is one goes
        if _is_name(title[found.end() :], known) and title[: found.start()].strip():
            return title[: found.start()].strip()
    for found in reversed(breaks[:_MOST_NAMES]):
        if _is_name(title[: found.start()], known) and title[found.end() :].strip():
            return title[found.end() :].strip()
    return title


def _is_name(part: str, known: frozenset[str]) -> bool:
    run = _run(part)
    return not run or run in known or run.translate(_TRANSLITERATED) in known


def _run(name: str) -> str:
    return "".join(words_of(name))


def _host_names(url: str) -> frozenset[str]:
    """`www.belta.by` is called so, and `belta`."""
    return _names_of_host(host_of(url).split(":")[0])


@lru_cache(maxsize=256)  # a source's pages have one host
def _names_of_host(name: str) -> frozenset[str]:
    host = fold(name)
    labels = host.split(".")
    return frozenset({_run(host), _run(labels[-2]) if len(labels) > 1 else _run(host)})
