"""Rules for a listing: the rows that hold the known links, found by the addresses, and what stands in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from collector import html
from collector.address import join, link_key
from collector.discover.ruled import links_by_rules
from collector.learning.days import LOOKED_INTO, When, datable, is_day, same_day, written
from collector.learning.names import Name, Part, names_of, own_names
from collector.learning.outline import Element, Outline
from collector.sites import ListingRules, Site
from storage.fold import folded_words
from storage.model import Link

_FEWEST = 3
"""Known links on the page; fewer are alike by chance."""
_ENOUGH = 0.8
"""Share of the known links that the rules must find: a sticky block may have a structure of its own."""
_TRIES = 24
"""Sets of rules that are tried; each is a look at the whole page."""
_MOST_ROWS = 200
_MOST_INSIDE = 400
"""Elements of a row that are searched for its title and date."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the known links stand: for each its row, and the element that holds all rows."""

    rows: tuple[tuple[Element, Link], ...]
    holder: Element


@dataclass(frozen=True, slots=True)
class Look:
    """How the page was come by, and how its dates are to be read."""

    base: str
    site: Site
    when: When


def listing_rules(outline: Outline, links: Mapping[str, Link], look: Look) -> tuple[ListingRules, int, int] | None:
    """The rules, how many of the known links on the page they find, and how many of them there are; None where none find enough.

    `links`: what is known, by key.
    """
    anchors = _anchors(outline, links, look.base)
    on_page = {link.key for _, link in anchors}
    if len(on_page) < _FEWEST:
        return None
    rows = _rows(outline, anchors)
    if rows is None:
        return None
    best: tuple[float, ListingRules, int] | None = None
    for cost, rules in islice(_candidates(outline, rows), _TRIES):
        found = {link.key for link in links_by_rules(outline.tree, rules, look.base, look.site, look.when.now)}
        known, strange = len(found & on_page), len(found - on_page)
        # what is not known may be new; a selector that finds much of it finds the menu
        score = known - strange / 2 - cost / 10
        if known >= max(_FEWEST, _ENOUGH * len(on_page)) and (best is None or score > best[0]):
            best = (score, rules, known)
    if best is None:
        return None
    return _with_parts(best[1], outline, rows, look), best[2], len(on_page)


def _anchors(outline: Outline, links: Mapping[str, Link], base: str) -> list[tuple[Element, Link]]:
    found: list[tuple[Element, Link]] = []
    for element in outline.elements:
        if element.node.tag == "a":
            url = join(base, html.attribute(element.node, "href"))
            link = links.get(link_key(url)) if url else None
            if link is not None:
                found.append((element, link))
    return found


def _rows(outline: Outline, anchors: list[tuple[Element, Link]]) -> Rows | None:
    """Each row is the largest element that holds one publication alone. Every element is climbed past once for each link that it holds,
    and at most twice: the second link makes it one that is shared.
    """
    holds: dict[int, str] = {}
    shared: set[int] = set()
    for element, link in anchors:
        place = outline.places[element.node.mem_id]
        while place >= 0 and holds.setdefault(place, link.key) == link.key and place not in shared:
            place = outline.elements[place].parent
        while place >= 0 and place not in shared:
            shared.add(place)
            place = outline.elements[place].parent
    rows: dict[int, Link] = {}
    for element, link in anchors:
        place = outline.places[element.node.mem_id]
        while place not in shared and (parent := outline.elements[place].parent) not in shared and parent >= 0:
            place = parent
        if place not in shared:
            rows.setdefault(place, link)
    holders = Counter(_kind(outline.elements[place]) for place in rows)
    if not holders:
        return None
    # rows of the commonest kind: a picture of the week beside the list is none
    kind = holders.most_common(1)[0][0]
    alike = tuple((outline.elements[place], link) for place, link in rows.items() if _kind(outline.elements[place]) == kind)
    return Rows(alike[:_MOST_ROWS], _holder(outline, alike[0][0], alike[-1][0]))


def _holder(outline: Outline, first: Element, last: Element) -> Element:
    """The smallest element that holds all rows; what holds a row of two cards is none."""
    end = outline.places[last.node.mem_id]
    return next((above for above in outline.ancestors(first) if above.last > end), outline.elements[0])


def _kind(element: Element) -> str:
    return f"{element.node.tag}.{html.attribute(element.node, 'class').split(' ')[0]}"


def _candidates(outline: Outline, rows: Rows) -> Iterator[tuple[float, ListingRules]]:
    """Sets of rules, the most lasting names first. A row may have no name of its own; its link's then stands for it."""
    row, _ = rows.rows[0]
    containers = [name.selector for name in own_names(rows.holder, outline, Part.LIST)]
    container = containers[0] if containers else ""
    for name in names_of(row, outline, Part.ROW):
        yield name.cost, ListingRules(container=container, row=name.selector, link="a[href]")
    if container and row.node.tag:
        yield 3.0, ListingRules(container=container, row=f"{container} > {row.node.tag}", link="a[href]")


def _with_parts(rules: ListingRules, outline: Outline, rows: Rows, look: Look) -> ListingRules:
    """The rules with selectors of link, title and date, each only where it is needed and says what is known in nearly every row."""
    titled = [(row, link) for row, link in rows.rows if link.title]
    if titled and not _agree(titled, lambda row, link: _leads(html.select_first(row.node, rules.link), link, look)):
        selector = _part(outline, titled, lambda row, link, selector: _leads(html.select_first(row.node, selector), link, look))
        if selector:
            rules = replace(rules, link=selector)
        else:
            rules = replace(
                rules, title=_part(outline, titled, lambda row, link, selector: _says(html.select_first(row.node, selector), link))
            )
    return _with_date(rules, outline, rows, look)


def _part(outline: Outline, rows: list[tuple[Element, Link]], fits: Callable[[Element, Link, str], bool]) -> str:
    """What finds the element that says the title, in nearly every row; empty where nothing does."""
    row, link = rows[0]
    begin = outline.places[row.node.mem_id]
    inside = outline.elements[begin : min(row.last, begin + _MOST_INSIDE)]
    words = folded_words(link.title)
    named = [name for one in inside if one.length == len(words) for name in names_of(one, outline, Part.TITLE)]
    selectors = islice(dict.fromkeys(name.selector for name in sorted(named)), _TRIES)
    return next((selector for selector in selectors if _agree(rows, lambda row, link, key=selector: fits(row, link, key))), "")  # type: ignore[misc]


def _agree(rows: list[tuple[Element, Link]], fits: Callable[[Element, Link], bool]) -> bool:
    return sum(fits(row, link) for row, link in rows) >= _ENOUGH * len(rows)


def _says(node: html.Node | None, link: Link) -> bool:
    return node is not None and folded_words(html.line(node)) == folded_words(link.title)


def _leads(node: html.Node | None, link: Link, look: Look) -> bool:
    url = join(look.base, html.attribute(node, "href"))
    return url is not None and link_key(url) == link.key and _says(node, link)


def _with_date(rules: ListingRules, outline: Outline, rows: Rows, look: Look) -> ListingRules:
    """The rules with the selector that dates the most of what is dated; dates stand inside rows, or between them."""
    dated = {link.key: link.published for _, link in rows.rows if link.published}
    if not dated:
        return rules
    named: list[tuple[Name, str]] = []
    for number, (row, link) in enumerate(rows.rows[:2]):
        end = outline.elements[outline.places[row.node.mem_id]].last
        begin = rows.rows[number - 1][0].last if number else max(outline.places[row.node.mem_id] - _MOST_INSIDE, 0)
        for one in datable(outline, begin, end):
            if _holds(outline, one, folded_words(link.title)):
                continue  # a whole row, in whose words any date may stand
            keys = [key for key, text in written(one) if is_day(key, text, link.published, look.when)]
            named += [(name, key) for key in keys[:1] for name in names_of(one, outline, Part.DATE)]
    best = rules
    most = _ENOUGH * len(dated) - 1
    for name, key in islice(dict.fromkeys(sorted(named)), _TRIES):
        tried = replace(rules, date=name.selector, date_attribute="" if key in LOOKED_INTO else key)
        found = links_by_rules(outline.tree, tried, look.base, look.site, look.when.now)
        right = sum(one.published is not None and one.key in dated and _same(one, dated, look) for one in found)
        if right > most:
            best, most = tried, right
    return best


def _holds(outline: Outline, element: Element, words: list[str]) -> bool:
    held = outline.words[element.start : element.end]
    return bool(words) and any(list(held[start : start + len(words)]) == words for start in range(len(held) - len(words) + 1))


def _same(link: Link, dated: Mapping[str, date | None], look: Look) -> bool:
    known = dated[link.key]
    return link.published is not None and known is not None and same_day(link.published, known, look.when)
