"""What is known of a source, and the rules that it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from collector.learning.article import article_rules, known
from collector.learning.days import When
from collector.learning.listing import Look, listing_rules
from collector.learning.outline import outline_of
from collector.page import Page
from collector.sites import ArticleRules, ListingRules, Site
from storage.model import Link

_MOST_PAGES = 5
"""Articles that are learnt from; each further one makes sure of what three agree on, and takes its time of the child's."""


@dataclass(frozen=True, slots=True)
class KnownPage:
    """Today's page of a publication, and what was stored of it when its page was still understood."""

    page: Page
    title: str
    text: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class KnownListing:
    """Today's page of an entry point, and links that it showed before, with their titles and dates."""

    page: Page
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Rules that find on today's pages what is known. `None` for what could not be learnt."""

    listing: ListingRules | None
    article: ArticleRules | None
    evidence: str
    """What they were learnt from and how well they fit, for the operator."""


def propose(pages: Sequence[KnownPage], site: Site, now: datetime, listing: KnownListing | None = None) -> Proposal | None:
    """Rules for a site's pages as they are today; None where nothing was learnt."""
    when = When(ZoneInfo(site.zone), now)
    article, told = _of_articles(pages, when)
    rows, told_of_rows = _of_listing(listing, site, when)
    if article is None and rows is None:
        return None
    return Proposal(rows, article, "; ".join(filter(None, (told, told_of_rows))))


def _of_articles(pages: Sequence[KnownPage], when: When) -> tuple[ArticleRules | None, str]:
    outlines = [(outline_of(page.page), page) for page in pages[:_MOST_PAGES]]
    understood = [known(outline, page.title, page.text, page.published) for outline, page in outlines if outline is not None]
    rules = article_rules(understood, when) if understood else None
    if rules is None:
        return None, f"no element holds the known text of each of {len(pages)} articles" if pages else ""
    found = [part for part, selector in (("title", rules.title), ("date", rules.date)) if selector]
    return rules, f"the text{''.join(f', the {part}' for part in found)} of {len(understood)} known articles found where these rules say"


def _of_listing(listing: KnownListing | None, site: Site, when: When) -> tuple[ListingRules | None, str]:
    outline = outline_of(listing.page) if listing is not None else None
    if listing is None or outline is None:
        return None, ""
    learnt = listing_rules(outline, {link.key: link for link in listing.links}, Look(listing.page.final_url, site, when))
    if learnt is None:
        return None, "the known publications of the list have no structure of their own"
    rules, found, of = learnt
    return rules, f"{found} of {of} known publications on the list found"
