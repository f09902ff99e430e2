"""Links out of a listing page: by a site's rules, else by the repeated structure that lists have."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from collector import html
from collector.address import host_of, join, link_key
from collector.extract.dates import is_plausible, read_date
from collector.page import PageError, Trouble
from collector.sites import ListingRules, Site
from storage.model import Link

_NOT_LISTED = ("nav", "header", "footer", "aside")
_TITLE_LEAST = 20
"""Characters; a publication's title says something, a menu's entry names a section."""
_ROWS_LEAST = 3
_LEVELS = 4
"""Of ancestors that make two links alike."""
_LONGEST_TITLE, _LONGEST_TEASER = 1000, 2000
"""Characters."""
_MOST_LINKS = 50_000
"""As in a sitemap (sitemaps.org), which is the longest list there is; a page with more is made to take memory."""
_ANCHOR = re.compile(r"<a[\s/]", re.IGNORECASE)


def read_listing(text: str, base: str, site: Site, now: datetime) -> tuple[tuple[Link, ...], str] | None:
    """The links and the address of the next page (empty on the last one); None where no list is recognised.

    An empty list is one only where a known container stands without any link: with links in it, its rows are not understood.
    Raises PageError for a page with far too many links.
    """
    if sum(1 for _ in _ANCHOR.finditer(text)) > _MOST_LINKS:
        raise PageError(Trouble.TOO_LARGE, f"the page has more than {_MOST_LINKS:,} links; give another entry point")
    tree = html.parse(text)
    next_page = join(base, html.attribute(html.select_first(tree, site.next_page), "href")) or ""
    for rules in site.listing:
        if links := _by_rules(tree, rules, base, site, now):
            return links, next_page
    # before the structure is asked, which would take the links beside an empty list for publications
    if any(_stands_empty(tree, rules) for rules in site.listing):
        return (), next_page
    links = _by_structure(tree, base, site, now)
    return (links, next_page) if links else None


def _stands_empty(tree: html.Tree, rules: ListingRules) -> bool:
    containers = html.select(tree, rules.container)
    return bool(containers) and not any(html.select(container, "a[href]") for container in containers)


def _by_rules(tree: html.Tree, rules: ListingRules, base: str, site: Site, now: datetime) -> tuple[Link, ...]:
    zone = ZoneInfo(site.zone)
    return _unique(
        _link(anchor, base, row, rules, zone, now)
        for row in html.select(tree, rules.row)
        if (anchor := html.select_first(row, rules.link)) is not None
    )


def _link(anchor: html.Node, base: str, row: html.Node, rules: ListingRules, zone: ZoneInfo, now: datetime) -> Link | None:
    url = join(base, html.attribute(anchor, "href"))
    if url is None:
        return None
    date_node = html.select_first(row, rules.date)
    written = html.attribute(date_node, "datetime") or html.line(date_node)
    published = read_date(written, zone, now) if written else None
    return Link(
        url=url,
        key=link_key(url),
        title=html.line(anchor)[:_LONGEST_TITLE],
        published=published if published and is_plausible(published, now) else None,
        teaser=html.line(html.select_first(row, rules.teaser))[:_LONGEST_TEASER],
    )


def _by_structure(tree: html.Tree, base: str, site: Site, now: datetime) -> tuple[Link, ...]:
    """The group of links alike in their ancestors' names that says the most: titles are longer than a menu's words."""
    hosts = {host_of(base), *site.hosts}
    groups: dict[tuple[str, ...], list[html.Node]] = defaultdict(list)
    for anchor in html.select(tree, "a[href]"):
        url = join(base, html.attribute(anchor, "href"))
        if url and len(html.line(anchor)) >= _TITLE_LEAST and host_of(url) in hosts and not _in_menu(anchor):
            groups[_place(anchor)].append(anchor)
    groups = {place: anchors for place, anchors in groups.items() if len(anchors) >= _ROWS_LEAST}
    if not groups:
        return ()
    best = max(groups.values(), key=lambda anchors: sum(len(html.line(anchor)) for anchor in anchors))
    nothing = ListingRules(container="", row="", link="")
    zone = ZoneInfo(site.zone)
    crowded: dict[int, bool] = {}
    return _unique(_dated(anchor, _link(anchor, base, anchor, nothing, zone, now), crowded, zone, now) for anchor in best)


def _dated(anchor: html.Node, link: Link | None, crowded: dict[int, bool], zone: ZoneInfo, now: datetime) -> Link | None:
    """The date that stands beside a link: in the nearest ancestor that holds one and no other link's row.

    `crowded` remembers which elements hold other rows, so that a list without rows is not counted anew for each of its links.
    """
    parent = anchor.parent
    for _ in range(_LEVELS):
        if link is None or parent is None:
            break
        if parent.mem_id not in crowded:
            crowded[parent.mem_id] = len(html.select(parent, "a[href]")) > _ROWS_LEAST
        if crowded[parent.mem_id]:
            break
        time = html.select_first(parent, "time[datetime]")
        found = read_date(html.attribute(time, "datetime") or html.line(parent).replace(link.title, " "), zone, now)
        if found is not None:
            return Link(link.url, link.key, link.title, found, link.teaser)
        parent = parent.parent
    return link


def _place(anchor: html.Node) -> tuple[str, ...]:
    names: list[str] = []
    parent = anchor.parent
    while parent is not None and len(names) < _LEVELS:
        first_class = html.attribute(parent, "class").split(" ")[0]
        names.append(f"{parent.tag}.{first_class}")
        parent = parent.parent
    return tuple(names)


def _in_menu(anchor: html.Node) -> bool:
    parent = anchor.parent
    while parent is not None:
        if parent.tag in _NOT_LISTED:
            return True
        # themes give the whole page classes such as `has-side-menu`
        if parent.tag not in {"body", "html"} and "menu" in html.attribute(parent, "class"):
            return True
        parent = parent.parent
    return False


def _unique(links: Iterable[Link | None]) -> tuple[Link, ...]:
    """Each address once, in the page's order; the first link of a row is often its picture, without a title."""
    found: dict[str, Link] = {}
    for link in links:
        if link is not None and (link.key not in found or not found[link.key].title):
            found[link.key] = link
    return tuple(found.values())
