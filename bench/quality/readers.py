# mypy: disable-error-code="import-untyped,import-not-found,no-any-return"
"""Those who read an article page: Vestnik, and the peers where they are installed. Each gets the page's bytes and its address."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from bench.quality.truth import Sample
from collector import html
from collector.address import host_of, link_key
from collector.extract.article import read_article
from collector.page import Page, PageError
from collector.sites import Site, plain_site
from storage.model import Content, Link

try:
    import htmldate
    import trafilatura
    from readability import Document
except ImportError:  # without the extra `bench`
    trafilatura = htmldate = Document = None

NOW = datetime(2026, 11, 20, tzinfo=UTC)
Reader = Callable[[Sample], str]


def unknown_site(url: str) -> Site:
    return plain_site("unknown", url, (host_of(url),))


def our_content(page: Page, site: Site | None = None) -> Content | None:
    """What Vestnik makes of a page, of which it knows the address alone where no `site` is given; None where it finds no publication."""
    try:
        return read_article(page, site or unknown_site(page.url), Link(page.url, link_key(page.url)), NOW).content
    except PageError:
        return None


def by_trafilatura(sample: Sample, *, fast: bool = False, metadata: bool = False) -> str:
    return trafilatura.extract(sample.body, url=sample.url, include_comments=False, fast=fast, with_metadata=metadata) or ""


def by_readability(sample: Sample) -> str:
    """It gives HTML, whose text is taken as ours is."""
    body = html.parse(Document(sample.body, url=sample.url).summary()).body
    return "\n\n".join(html.paragraphs(body)) if body else ""


def title_by_trafilatura(sample: Sample) -> str:
    return trafilatura.extract_metadata(sample.body, default_url=sample.url).title or ""


def title_by_readability(sample: Sample) -> str:
    return Document(sample.body, url=sample.url).short_title() or ""


def date_by_htmldate(sample: Sample) -> str:
    return htmldate.find_date(sample.body, url=sample.url, original_date=True) or ""


def date_by_trafilatura(sample: Sample) -> str:
    return trafilatura.extract_metadata(sample.body, default_url=sample.url).date or ""


_READERS: dict[str, dict[str, Reader]] = {
    "text": {"trafilatura": by_trafilatura, "readability-lxml": by_readability},
    "title": {"trafilatura": title_by_trafilatura, "readability-lxml": title_by_readability},
    "date": {"trafilatura": date_by_trafilatura, "htmldate": date_by_htmldate},
}


def peers_for(what: str) -> dict[str, Reader]:
    """The peers that tell a page's `text`, `title` or `date`; none where they are not installed."""
    if trafilatura is None:
        return {}
    for name in ("trafilatura", "readability", "htmldate", "charset_normalizer"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what they say of single pages
    return _READERS[what]
