"""Links out of a listing page by a definition's rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from collector import html
from collector.address import join, link_key
from collector.extract.dates import date_in_address, read_date, read_field
from collector.sites import ListingRules, Site
from storage.model import Link

_ANY_LINK = "a[href]"
_LONGEST_TITLE, _LONGEST_TEASER, _LONGEST_DATE = 1000, 2000, 200
"""Characters."""


def links_by_rules(tree: html.Tree, rules: ListingRules, base: str, site: Site, now: datetime) -> tuple[Link, ...]:
    """The publications that one set of rules finds, each address once, in the page's order; none where the set doesn't fit."""
    wanted = re.compile(rules.links)
    zone = ZoneInfo(site.zone)
    found: dict[str, Link] = {}
    for row, before in _rows(tree, rules):
        link = _link(row, before, rules, base, zone, now)
        # the first link of a row is often its picture, without a title
        if link is not None and wanted.search(link.url) and not (link.key in found and found[link.key].title):
            found[link.key] = link
    return tuple(found.values())


def _rows(tree: html.Tree, rules: ListingRules) -> Iterator[tuple[html.Node, html.Node | None]]:
    """Every row, with the element of the date that stands between the row before and it."""
    wanted = rules.row or rules.link or _ANY_LINK
    rows = {row.mem_id: row for row in html.select(tree, wanted)}
    inside: dict[int, bool] = {}
    outside = {node.mem_id for node in html.select(tree, rules.date) if not _stands_in(rows, node, inside)}
    if not outside:
        yield from ((row, None) for row in rows.values())
        return
    between: html.Node | None = None
    for node in html.select(tree, f"{wanted}, {rules.date}"):
        if node.mem_id in rows:
            yield node, between
            between = None
        elif node.mem_id in outside:
            between = node


def _stands_in(rows: Mapping[int, html.Node], node: html.Node, inside: dict[int, bool]) -> bool:
    """`inside` remembers what was climbed past, so that each element is climbed past once, however deep the page is."""
    climbed: list[int] = []
    current: html.Node | None = node
    while current is not None and current.mem_id not in inside and current.mem_id not in rows:
        climbed.append(current.mem_id)
        current = current.parent
    answer = current is not None and (current.mem_id in rows or inside[current.mem_id])
    inside.update(dict.fromkeys(climbed, answer))
    return answer


def _link(row: html.Node, before: html.Node | None, rules: ListingRules, base: str, zone: ZoneInfo, now: datetime) -> Link | None:
    anchor = html.select_first(row, rules.link or _ANY_LINK)
    url = join(base, html.attribute(anchor, "href"))
    if anchor is None or url is None:
        return None
    dated = html.line(html.select_first(anchor, rules.date))
    # where the whole card is the link, its date is inside, and no part of the title
    title = html.line(html.select_first(row, rules.title)) or html.line(anchor).removeprefix(dated).removesuffix(dated).strip()
    return Link(
        url=url,
        key=link_key(url),
        title=title[:_LONGEST_TITLE],
        published=_date(row, before, url, rules, zone, now),
        teaser=html.line(html.select_first(row, rules.teaser))[:_LONGEST_TEASER],
    )


def _date(row: html.Node, before: html.Node | None, url: str, rules: ListingRules, zone: ZoneInfo, now: datetime) -> date | None:
    """Attributes are written for machines; what stands in a date's place is one, even without a year."""
    for node in filter(None, (html.select_first(row, rules.date), before)):
        attribute = (html.attribute(node, rules.date_attribute) if rules.date_attribute else "") or html.attribute(node, "datetime")
        found = read_date(attribute, zone, now) or read_field(html.line(node)[:_LONGEST_DATE], zone, now, date_in_address(url, now))
        if found is not None:
            return found
    return None
