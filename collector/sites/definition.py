"""What a definition says: values, and how they are read from TOML, with every mistake told in words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from difflib import get_close_matches
from typing import Any, get_args, get_type_hints
from zoneinfo import ZoneInfo

KINDS = ("listing", "feed", "sitemap", "json", "nodes", "page")


class DefinitionError(Exception):
    """A definition can't be used; `mistakes` has a line for each thing wrong with it, for people."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes

    def __reduce__(self) -> tuple[type[DefinitionError], tuple[tuple[str, ...]]]:
        return DefinitionError, (self.mistakes,)


@dataclass(frozen=True, slots=True)
class EntryPoint:
    kind: str
    """`listing`, `feed`, `sitemap`, `json`, `nodes` or `page`."""
    path: str
    """Relative to the source's address, or an address of its own."""
    daily: bool = False
    """Asked once a day only, to check the others by."""


@dataclass(frozen=True, slots=True)
class ListingRules:
    """CSS selectors of a listing; `container` is what makes an empty one recognisable, the others are looked up inside `row`.

    A date that no row holds is the one between the row before and this row: some lists are dates and titles in turn, without rows.
    """

    container: str = ""
    row: str = ""
    """Without it, every link is its own row."""
    link: str = "a[href]"
    date: str = ""
    teaser: str = ""
    links: str = ""
    """A regular expression that is found in the absolute address of a publication and in none of a menu's."""
    title: str = ""
    """Where the link's own words are not the title."""
    date_attribute: str = ""
    """The attribute of `date` that holds it, where that is not `datetime`."""


@dataclass(frozen=True, slots=True)
class ArticleRules:
    """CSS selectors of an article page; `body` decides whether the set fits, the others may be absent.

    Where nobody knows what holds the text, it is found by the page's structure, and `title` decides whether the set fits.
    """

    body: str = ""
    title: str = ""
    date: str = ""
    image: str = ""
    files: str = ""
    date_attribute: str = ""
    """The attribute of `date` that holds it, where that is neither `datetime` nor `content`."""
    author: str = ""
    drop: str = ""
    """What stands inside `body` and is no text."""


@dataclass(frozen=True, slots=True)
class Site:
    """How a site publishes. Without rules, pages are read by their structure alone."""

    name: str
    url: str
    hosts: tuple[str, ...]
    entry_points: tuple[EntryPoint, ...]
    zone: str = "Europe/Minsk"
    next_page: str = ""
    """A selector of the link to the next page; without it, the pager is found by its structure."""
    node_patterns: tuple[str, ...] = ()
    """Regular expressions over a path without its language prefix; the first group is the number of a publication."""
    listing: tuple[ListingRules, ...] = ()
    article: tuple[ArticleRules, ...] = ()
    verified: bool = False
    """Whether the rules were seen to work on the live site."""


def read_definition(text: str, file: str) -> Site:
    """The definition that a TOML file holds. Raises DefinitionError with every mistake in it, each with `file`."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError((f"{file}: it is no TOML: {error}",)) from None
    mistakes = [f"{file}: {words}" for words in _mistakes(Site, table, "")] or [f"{file}: {words}" for words in _wrong_values(table)]
    if mistakes:
        raise DefinitionError(tuple(mistakes))
    site: Site = _made(Site, table)
    return site


def nearest(name: str, names: tuple[str, ...]) -> str:
    """What was probably meant, or all that there is."""
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else f"; there are: {', '.join(names) or 'none'}"


def _mistakes(kind: Any, table: Mapping[str, Any], place: str) -> Iterator[str]:
    """Keys that are unknown, missing, or no value of the kind that they have to be."""
    types = get_type_hints(kind)
    for key, value in table.items():
        if key not in types:
            yield f"{place}{key}: unknown key{nearest(key, tuple(types))}"
        else:
            yield from _misfits(types[key], value, f"{place}{key}")
    for field in fields(kind):
        if field.default is MISSING and field.name not in table:
            yield f"{place}{field.name}: it is missing"


def _misfits(wanted: Any, value: Any, place: str) -> Iterator[str]:
    if wanted is str and not isinstance(value, str):
        yield f'{place}: write a text in quotes, such as "text"'
    elif wanted is bool and not isinstance(value, bool):
        yield f"{place}: write true or false"
    elif inner := get_args(wanted):
        yield from _misfits_in_list(inner[0], value, place)


def _misfits_in_list(wanted: Any, value: Any, place: str) -> Iterator[str]:
    if wanted is str:
        if not isinstance(value, list) or not all(isinstance(member, str) for member in value):
            yield f'{place}: write a list, such as ["one", "two"]'
    elif not isinstance(value, list) or not all(isinstance(member, dict) for member in value):
        yield f"{place}: write a table for each, headed by [[{place}]]"
    else:
        for number, member in enumerate(value, 1):
            yield from _mistakes(wanted, member, f"[[{place}]] {number}: ")


def _wrong_values(table: Mapping[str, Any]) -> Iterator[str]:
    """What has the right kind and can't work."""
    for key in ("hosts", "entry_points"):
        if not table[key]:
            yield f"{key}: name at least one"
    for entry in table["entry_points"]:
        if entry["kind"] not in KINDS:
            yield f"entry_points: there is no kind {entry['kind']!r}{nearest(entry['kind'], KINDS)}"
    yield from _wrong_zone(table.get("zone", "UTC"))
    for pattern in table.get("node_patterns", ()):
        yield from _wrong_expression(pattern, "node_patterns", groups=1)
    yield from _wrong_rules(table)


def _wrong_rules(table: Mapping[str, Any]) -> Iterator[str]:
    for number, rules in enumerate(table.get("listing", ()), 1):
        yield from _wrong_expression(rules.get("links", ""), f"[[listing]] {number}: links")
        if not any(rules.get(key) for key in ("row", "link", "links")):
            yield f"[[listing]] {number}: it needs `row`, `link` or `links`, which tell what is a publication"
    for number, rules in enumerate(table.get("article", ()), 1):
        if not any(rules.get(key) for key in ("body", "title")):
            yield f"[[article]] {number}: it needs `body` or `title`, which tell whether it fits a page"


def _wrong_zone(zone: str) -> Iterator[str]:
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, LookupError):
        yield f'zone: there is no time zone {zone!r}; write one such as "Europe/Minsk"'


def _wrong_expression(pattern: str, place: str, groups: int = 0) -> Iterator[str]:
    try:
        found = re.compile(pattern).groups
    except re.error as error:
        yield f"{place}: {pattern!r} is no regular expression: {error}"
        return
    if found < groups:
        yield f"{place}: {pattern!r} has no group; put brackets around the publication's number, as in '_(\\d+)$'"


def _made(kind: Any, table: Mapping[str, Any]) -> Any:
    types = get_type_hints(kind)
    return kind(**{key: _value(types[key], value) for key, value in table.items()})


def _value(wanted: Any, value: Any) -> Any:
    inner = get_args(wanted)
    if not inner:
        return value
    return tuple(value) if inner[0] is str else tuple(_made(inner[0], member) for member in value)
