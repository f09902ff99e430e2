"""What a page says, in the few values that a sample keeps: the work of the child process on a sample."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import urlsplit

from collector.address import join, link_key
from collector.discover import read_entry_point
from collector.discover.feed import looks_like_feed
from collector.extract.article import read_article
from collector.page import Page
from collector.sites import Site
from storage.model import Link

_FOR_MACHINES = re.compile(r"/(?:[\w.-]+\+)?(?:json|xml|x-gzip|gzip)\b(?<!xhtml\+xml)", re.IGNORECASE)


class Kind(StrEnum):
    LISTING = "listing"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class LinkSays:
    url: str
    title: str = ""
    published: str = ""
    """ISO 8601; empty where the list has no date."""


@dataclass(frozen=True, slots=True)
class ListingSays:
    links: tuple[LinkSays, ...]
    next_page: str = ""


@dataclass(frozen=True, slots=True)
class ArticleSays:
    title: str
    text: tuple[str, ...]
    """Its paragraphs."""
    published: str = ""
    language: str = ""
    author: str = ""
    image: str = ""
    attachments: tuple[str, ...] = ()
    """Their addresses."""


Says = ListingSays | ArticleSays


@dataclass(frozen=True, slots=True)
class Understood:
    says: Says
    by_rules: bool | None
    """Whether the definition's rules fitted; None where it has none for such a page. Without them it was read by its structure."""


def understood(page: Page, site: Site, kind: Kind, now: datetime) -> Understood:
    """What the page says, read by the site's definition as on the day `now`. Raises PageError."""
    return _listing(page, site, now) if kind is Kind.LISTING else _article(page, site, now)


def kind_of(page: Page, site: Site) -> Kind:
    """A feed or another list for machines, and what stands at an entry point's address whatever its query, is a listing."""
    if looks_like_feed(page.body) or _FOR_MACHINES.search(page.content_type):
        return Kind.LISTING
    entry_points = filter(None, (join(site.url, entry_point.path or site.url) for entry_point in site.entry_points))
    return Kind.LISTING if _place(page.url) in map(_place, entry_points) else Kind.ARTICLE


def _listing(page: Page, site: Site, now: datetime) -> Understood:
    listed = read_entry_point(page, site, now)
    links = tuple(LinkSays(link.url, link.title, _written(link.published)) for link in listed.links)
    return Understood(ListingSays(links, listed.next_page), listed.by_rules if site.listing else None)


def _article(page: Page, site: Site, now: datetime) -> Understood:
    reading = read_article(page, site, Link(page.url, link_key(page.url)), now)
    content = reading.content
    says = ArticleSays(
        title=content.title,
        text=tuple(content.text.split("\n\n")) if content.text else (),
        published=_written(content.published),
        language=content.language,
        author=content.author,
        image=content.image,
        attachments=tuple(attachment.url for attachment in content.attachments),
    )
    return Understood(says, reading.by_rules)


def _written(published: date | None) -> str:
    return published.isoformat() if published else ""


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/")
