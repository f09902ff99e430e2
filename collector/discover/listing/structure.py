"""Publications of a page that nobody described: by its repeated structure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from collector import html
from collector.address import host_of, join
from collector.discover.listing.adopting import adopted
from collector.discover.listing.anchors import Anchor, anchors
from collector.discover.listing.days import Days, is_month_first
from collector.discover.listing.groups import groups, loose
from collector.discover.listing.judging import Evidence, Judged, judge, publications
from collector.discover.listing.lone import lone_rows
from collector.discover.listing.outline import Outline
from collector.discover.listing.rows import Entry, Reader
from collector.discover.listing.whole import wholes_of
from collector.discover.listing.zones import Zone
from collector.sites import Site
from storage.model import Content, Link

_CLAIMS = (("link[rel=canonical]", "href"), ("meta[property='og:url']", "content"), ("link[rel=shortlink]", "href"))
_KINDS = {
    Evidence.DATED: "dated elements",
    Evidence.DOCUMENTS: "documents in",
    Evidence.TEXTS: "headings with texts in",
    Evidence.TITLES: "titles in",
    Evidence.PLAIN: "links in",
}


def links_by_structure(page: Outline, base: str, hosts: frozenset[str], site: Site, now: datetime) -> tuple[tuple[Link, ...], str]:
    """The links in the page's order, and in words what they were found by; none where nothing looks like publications."""
    found = anchors(page, base, hosts)
    days = Days(ZoneInfo(site.zone), now, is_month_first(page.texts, page.root.has("lang")))
    reader = Reader(page, {anchor.number: anchor for anchor in found}, days)
    judged = [judge(group, reader) for group in groups(page, found)]
    # days alone tell that a row has one publication and further links to parts of it
    judged = [one for one in judged if not one.group.is_of_kind or one.evidence is Evidence.DATED]
    chosen = publications(judged)
    if all(one.evidence < Evidence.TEXTS for one in chosen):
        chosen = _typed_by_hand(found, reader) or chosen
        if (lone := lone_rows(found, reader)) and all(one.evidence < Evidence.TEXTS for one in chosen):
            return _links(lone, {}), f"{len(lone)} dated element{'s' if len(lone) > 1 else ''} {lone[0].row.element.tag}"
    wholes = {key: whole for one in chosen for key, whole in wholes_of(one, reader, base).items()}
    entries = [
        *(entry for one in chosen for entry in one.entries),
        *(() if wholes else adopted(chosen, [one for one in judged if one.repeats], reader)),
    ]
    entries.sort(key=lambda entry: entry.row.anchor.number)
    return _links(entries, wholes), ", ".join(_told(one) for one in chosen)


def _typed_by_hand(found: Sequence[Anchor], reader: Reader) -> list[Judged]:
    """Documents of a page that an editor typed: each in other tags than the one before."""
    group = loose([anchor for anchor in found if anchor.is_document and anchor.zone <= Zone.OPEN])
    judged = judge(group, reader) if group else None
    return [judged] if judged is not None and judged.evidence >= Evidence.DOCUMENTS else []


def _links(entries: Sequence[Entry], wholes: Mapping[str, Content]) -> tuple[Link, ...]:
    links: dict[str, Link] = {}
    for entry in entries:
        whole = wholes.get(entry.anchor.key)
        title, teaser = (whole.title, "") if whole else (entry.title, entry.teaser)
        link = Link(entry.anchor.url, entry.anchor.key, title, entry.published, teaser, whole=whole)
        known = links.get(link.key)
        # a slider above the list shows the same publication, without its day; its place is the list's
        if known is None or (known.published is None and link.published is not None):
            links.pop(link.key, None)
            links[link.key] = link
    return tuple(links.values())


def own_hosts(tree: html.Tree, base: str, site: Site) -> frozenset[str]:
    """The site's hosts, and those that the page claims for itself: a copy may be read from another."""
    claimed = (join(base, html.attribute(html.select_first(tree, selector), name)) for selector, name in _CLAIMS)
    return frozenset({host_of(base), *site.hosts, *(host_of(url) for url in claimed if url)})


def _told(one: Judged) -> str:
    row = one.entries[0].row.element
    name = ".".join((row.tag, *row.classes[:1]))
    return f"{len(one.entries)} {_KINDS[one.evidence]} {name}"
