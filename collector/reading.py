"""From a page to what identity decides on, in one go: the work of the child process on an article's page."""

from __future__ import annotations

from datetime import datetime

from collector.address import Family, address_keys
from collector.extract.article import read_article
from collector.health import is_what_was_listed
from collector.identity import sighting_of
from collector.page import Page, PageError, Trouble
from collector.sites import Site
from storage.model import Link, Sighting


def read_sighting(page: Page, site: Site, family: Family, link: Link, now: datetime, *, doubt: bool) -> Sighting:
    """What was seen at a link. Raises PageError where no publication is recognised in the page.

    `doubt`: a page that says nothing of what the list called it is an error as well, as it may be there for a while only.
    """
    reading = read_article(page, site, link, now)
    if doubt and is_what_was_listed(link, reading.content) is False:
        raise PageError(Trouble.DOUBTFUL, "the page says nothing of what the list called it; it may be a notice of works")
    keys = address_keys(link.url, family, (page.final_url, *reading.claimed))
    aliases = link.alias_keys if family.holds(link.url) else ()
    return sighting_of(family.name, link.url, tuple(dict.fromkeys((*keys, *aliases))), reading.content)
