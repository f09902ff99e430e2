"""Owns: links out of a listing page, and the address of the next older one.

By a site's rules where they fit; else by the repeated structure that lists have:

    outline    the page in one traversal
    zones      which parts are menus, feet and side columns
    anchors    which links may lead to publications
    columns    which column of a table a link stands in
    groups     links that stand alike, and the row around each
    rows       title, day and teaser of a row
    judging    which groups are publications
    pager      the way to older ones
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from collector import html
from collector.address import join
from collector.discover.listing.outline import outline
from collector.discover.listing.pager import next_page
from collector.discover.listing.structure import links_by_structure, own_hosts
from collector.discover.ruled import links_by_rules
from collector.page import PageError, Trouble
from collector.sites import ListingRules, Site
from storage.model import Link

__all__ = ["Listing", "next_page", "read_listing"]

_MOST_LINKS = 50_000
"""As in a sitemap (sitemaps.org), which is the longest list there is; a page with more is made to take memory."""
_ANCHOR = re.compile(r"<a[\s/]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a listing page shows."""

    links: tuple[Link, ...]
    """In the page's order, all of them."""
    next_page: str = ""
    """The address of the next older page; empty on the last one, and where there is no pager."""
    how: str = ""
    """What the links were found by, in words for the operator."""
    by_rules: bool = False


def read_listing(text: str, base: str, site: Site, now: datetime) -> Listing | None:
    """The links and the address of the next page; None where no list is recognised.

    An empty list is one only where a known container stands without any link: with links in it, its rows are not understood.
    Raises PageError for a page with far too many links.
    """
    if sum(1 for _ in _ANCHOR.finditer(text)) > _MOST_LINKS:
        raise PageError(Trouble.TOO_LARGE, f"the page has more than {_MOST_LINKS:,} links; give another entry point")
    tree = html.parse(text)
    base = join(base, html.attribute(html.select_first(tree, "base[href]"), "href")) or base
    page = outline(tree)
    if page is None:
        return None
    by_rule = join(base, html.attribute(html.select_first(tree, site.next_page), "href")) or ""
    for rules in site.listing:
        if links := links_by_rules(tree, rules, base, site, now):
            return Listing(links, by_rule if site.next_page else next_page(tree, page, base, site), "by the site's rules", by_rules=True)
    # before the structure is asked, which would take the links beside an empty list for publications
    if any(_stands_empty(tree, rules) for rules in site.listing):
        return Listing((), by_rule, "an empty list by the site's rules", by_rules=True)
    links, how = links_by_structure(page, base, own_hosts(tree, base, site), site, now)
    return Listing(links, next_page(tree, page, base, site), how) if links else None


def _stands_empty(tree: html.Tree, rules: ListingRules) -> bool:
    containers = html.select(tree, rules.container)
    return bool(containers) and not any(html.select(container, "a[href]") for container in containers)
