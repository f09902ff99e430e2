"""Feeds as bytes, Atom (RFC 4287) and RSS 2.0; the only module that knows feedgen.

Equal arguments give equal bytes in any process (promise 6): no time but the articles' own, no version, no order of a set.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import feedgen.entry
import feedgen.feed
from feedgen.util import xml_elem

from feeds.entry import Enclosure, Entry, entry_of, feed_id, in_utc
from storage.model import Article, FeedState

# feedgen writes RSS dates by switching the locale of the whole process for a moment, during which another thread opens its files as ASCII,
# and two builds at once may leave it switched for good. The standard library writes the same dates without.
feedgen.feed.formatRFC2822 = feedgen.entry.formatRFC2822 = format_datetime

_ATOM = "http://www.w3.org/2005/Atom"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class FeedKind(StrEnum):
    ATOM = "atom"
    RSS = "rss"


MEDIA_TYPES = {
    FeedKind.ATOM: "application/atom+xml; charset=utf-8",
    FeedKind.RSS: "application/rss+xml; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class FeedAbout:
    """A feed's head; addresses are absolute, `name` is what its id is made of, so that addresses may change."""

    title: str
    description: str
    home_url: str
    self_url: str
    language: str
    name: str = "all"


def build(kind: FeedKind, about: FeedAbout, state: FeedState, articles: Sequence[Article]) -> bytes:
    """The feed with the articles in the order given. Raises ValueError where `state.instance` is no UUID."""
    instance = UUID(state.instance)
    feed = _head(kind, about, state, instance)
    for article in articles:
        entry = entry_of(article, instance=instance, home_url=about.home_url)
        target = feed.add_entry(order="append")  # feedgen's own choice is to turn the order round
        _say_in_common(target, entry)
        if kind is FeedKind.ATOM:
            _say_in_atom(target, entry)
        else:
            _say_in_rss(target, entry)
    return bytes(feed.atom_str() if kind is FeedKind.ATOM else feed.rss_str())


def _head(kind: FeedKind, about: FeedAbout, state: FeedState, instance: UUID) -> Any:
    feed: Any = feedgen.feed.FeedGenerator()
    feed.id(feed_id(instance, about.name))
    feed.title(about.title)
    feed.description(about.description)
    feed.language(about.language)
    feed.author(name=about.title)  # RFC 4287, 4.1.1: asked for where an entry has none
    feed.generator("Vestnik", uri="")
    feed.updated(in_utc(state.changed_at))  # feedgen's own choice is now
    feed.link(href=about.self_url, rel="self", type=MEDIA_TYPES[kind].partition(";")[0])
    feed.link(href=about.home_url, rel="alternate", type="text/html")  # last: feedgen makes the last one RSS's only link
    feed.register_extension("beyond", _Namespaces, _Beyond)
    return feed


def _say_in_common(target: Any, entry: Entry) -> None:
    target.id(entry.id)  # for RSS a guid with isPermaLink="false"
    target.title(entry.title)
    target.link(href=entry.link, rel="alternate")
    target.published(entry.published)
    target.updated(entry.updated)
    if entry.html:
        target.content(entry.html, type="html")
    if entry.category:
        target.category(term=entry.category)


def _say_in_atom(target: Any, entry: Entry) -> None:
    target.beyond.atom_language = entry.language
    if entry.author:
        target.author(name=entry.author)
    if entry.summary:
        target.summary(entry.summary, type="text")
    target.beyond.atom_enclosures = entry.enclosures


def _say_in_rss(target: Any, entry: Entry) -> None:
    # RSS has no element for these; its own <author> must be a mail address.
    target.beyond.rss_elements = (
        (_DUBLIN_CORE, "creator", entry.author),
        (_DUBLIN_CORE, "language", entry.language),
        (_ATOM, "updated", entry.updated.isoformat()),
    )
    if entry.summary:
        target.description(html.escape(entry.summary, quote=False), isSummary=True)  # readers take it for HTML
    for enclosure in entry.enclosures[:1]:  # RSS has room for one; its unknown length is written 0
        target.link(href=enclosure.url, rel="enclosure", type=enclosure.media_type)


class _Namespaces:
    """feedgen's form of an extension to a feed."""

    def extend_ns(self) -> dict[str, str]:
        return {"dc": _DUBLIN_CORE}

    def extend_atom(self, feed: Any) -> Any:
        return feed

    extend_rss = extend_atom


class _Beyond:
    """feedgen's form of an extension to an entry: what it has no methods for."""

    def __init__(self) -> None:
        self.atom_language = ""
        self.atom_enclosures: tuple[Enclosure, ...] = ()
        self.rss_elements: tuple[tuple[str, str, str], ...] = ()

    def extend_atom(self, entry: Any) -> Any:
        if self.atom_language:
            entry.attrib[_XML_LANG] = self.atom_language
        for enclosure in self.atom_enclosures:  # feedgen 1.0 loses rel, type and title of an entry's links
            titled = {"title": enclosure.name} if enclosure.name else {}
            xml_elem("link", entry, rel="enclosure", href=enclosure.url, type=enclosure.media_type, **titled)
        return entry

    def extend_rss(self, item: Any) -> Any:
        for namespace, name, text in self.rss_elements:
            if text:
                xml_elem(f"{{{namespace}}}{name}", item).text = text
        return item
