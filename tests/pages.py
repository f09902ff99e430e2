"""Pages for the tests of reading: of the sample site's markup, and of a few lines of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from collector.address import link_key
from collector.demo.node import Generation, Node, SiteLook, address
from collector.extract.article import Reading, read_article
from collector.extract.document import Document, read_document
from collector.page import Page
from collector.sites import Site, load_site, plain_site
from storage.model import Link

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
MINSK = ZoneInfo("Europe/Minsk")
BASE = "https://mpt.gov.by"
MPT = load_site("mpt.gov.by")
PLAIN = plain_site("plain", f"{BASE}/", ("mpt.gov.by",))
SITES = {"mpt.gov.by": MPT, "no rules": PLAIN}
LOOKS = {
    "drupal7": SiteLook(BASE, Generation.DRUPAL7),
    "drupal10": SiteLook(BASE, Generation.DRUPAL10),
    "drupal10 with node numbers": SiteLook(BASE, Generation.DRUPAL10, "be", history_id=True),
}


def page(html: str | bytes, url: str = f"{BASE}/ru/slug", content_type: str = "text/html; charset=utf-8") -> Page:
    return Page(url, url, content_type, html.encode() if isinstance(html, str) else html)


def read(html: str | bytes, site: Site = PLAIN, url: str = f"{BASE}/ru/slug", title: str = "") -> Reading:
    return read_article(page(html, url), site, Link(url, link_key(url), title), NOW)


def url_of(node: Node) -> str:
    return BASE + address(node)


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def seeds(shared: Path) -> Iterator[tuple[str, Document]]:
    """The known publications, by the beginnings of their file names."""
    for file in sorted((shared / "seeds").glob("*.txt")):
        yield file.name[:3], read_document(file.read_text(encoding="utf-8-sig"), MINSK, NOW)
