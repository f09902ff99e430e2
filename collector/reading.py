"""From what came back to what identity decides on, in one go: the work of the child process on an article's page or document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from collector.address import Family, address_keys, join
from collector.extract.article import read_article
from collector.extract.listed_document import read_listed_document
from collector.health import is_block_page, is_what_was_listed
from collector.identity import sighting_of
from collector.page import Page, PageError, Trouble
from collector.sites import Site
from storage.model import Content, Link, Sighting


@dataclass(frozen=True, slots=True)
class PageRead:
    """What a page came to."""

    sighting: Sighting
    by_rules: bool | None
    """Whether the rules of the site's definition fitted; None where it has none."""


def read_page(page: Page, site: Site, family: Family, link: Link, now: datetime, *, doubt: bool) -> PageRead:
    """What was seen at a link. Raises PageError where no publication is recognised in the page, or where a captcha or a notice of works
    stands in its place.

    `doubt`: a page that says nothing of what the list called it is an error as well, as it may be there for a while only.
    """
    reading = read_article(page, site, link, now)
    if is_block_page(reading.content, link):
        raise PageError(Trouble.DOUBTFUL, "a captcha or a notice of works stands in its place")
    if doubt and is_what_was_listed(link, reading.content) is False:
        raise PageError(Trouble.DOUBTFUL, "the page says nothing of what the list called it; it may be a notice of works")
    sighting = seen_at(link, family, reading.content, (page.final_url, *reading.claimed))
    elsewhere = (join(page.final_url, address) for address in reading.translations)
    keys = {address_keys(address, family)[0] for address in elsewhere if address and family.holds(address)}
    # «/en» for every page leads to a front page, which is nobody's translation
    translations = tuple(sorted(keys - {*sighting.keys, "/"}))
    return PageRead(replace(sighting, translations=translations), reading.by_rules)


def read_sighting(page: Page, site: Site, family: Family, link: Link, now: datetime, *, doubt: bool) -> Sighting:
    """What `read_page` saw."""
    return read_page(page, site, family, link, now, doubt=doubt).sighting


def read_document_sighting(page: Page, site: Site, family: Family, link: Link, now: datetime) -> Sighting:
    """What was seen at a link to a document. Raises PageError where it gives no publication."""
    return seen_at(link, family, read_listed_document(page, site, link, now), (page.final_url,))


def seen_at(link: Link, family: Family, content: Content, claimed: tuple[str, ...] = ()) -> Sighting:
    """A publication as it was seen at a link; `claimed` are further addresses that are its own."""
    # an entry without an address of its own is told from the others of its list by a fragment, which address keys leave out
    keys = (link.key,) if link.whole is not None and "#" in link.url else address_keys(link.url, family, claimed)
    aliases = link.alias_keys if family.holds(link.url) else ()
    return sighting_of(family.name, link.url, tuple(dict.fromkeys((*keys, *aliases))), content)
