"""Definitions of known sites, as data: where they publish, and how their pages are to be read.

A definition lists several sets of selectors, tried in order, because old pages keep the markup they were made with.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class EntryPoint:
    kind: str
    """`listing` or `feed`."""
    path: str
    """Relative to the source's address."""


@dataclass(frozen=True, slots=True)
class ListingRules:
    """CSS selectors of a listing; `container` is what makes an empty one recognisable, the others are looked up inside `row`."""

    container: str
    row: str
    link: str
    date: str = ""
    teaser: str = ""


@dataclass(frozen=True, slots=True)
class ArticleRules:
    """CSS selectors of an article page; `body` decides whether the set fits, the others may be absent."""

    body: str
    title: str = ""
    date: str = ""
    image: str = ""
    files: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """How a site publishes. Without rules, pages are read by their structure alone."""

    name: str
    url: str
    hosts: tuple[str, ...]
    entry_points: tuple[EntryPoint, ...]
    zone: str = "Europe/Minsk"
    next_page: str = ""
    node_patterns: tuple[str, ...] = ()
    """Regular expressions over a path without its language prefix; the first group is the number of a node."""
    listing: tuple[ListingRules, ...] = ()
    article: tuple[ArticleRules, ...] = ()
    verified: bool = False
    """Whether the rules were seen to work on the live site."""


def known_sites() -> tuple[str, ...]:
    """Names of the built-in definitions."""
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in files(__name__).iterdir() if entry.name.endswith(".toml")))


def load_site(name: str) -> Site:
    """A built-in definition. Raises KeyError for an unknown name."""
    if name not in known_sites():
        raise KeyError(name)
    return _site(tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8")))


def plain_site(name: str, url: str, hosts: tuple[str, ...]) -> Site:
    """A site of which nothing is known but its address, which may be a feed or a page that lists publications."""
    return Site(name=name, url=url, hosts=hosts, entry_points=(EntryPoint("listing", ""),))


def _site(table: dict[str, Any]) -> Site:
    return Site(
        name=table["name"],
        url=table["url"],
        hosts=tuple(table["hosts"]),
        entry_points=tuple(EntryPoint(**entry) for entry in table["entry_points"]),
        zone=table["zone"],
        next_page=table.get("next_page", ""),
        node_patterns=tuple(table.get("node_patterns", ())),
        listing=tuple(ListingRules(**rules) for rules in table.get("listing", ())),
        article=tuple(ArticleRules(**rules) for rules in table.get("article", ())),
        verified=table["verified"],
    )
