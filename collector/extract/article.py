"""An article's content out of its page: by a site's rules, else by the page's structure alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from collector import html
from collector.address import join
from collector.charset import decode
from collector.extract.clean import drop_noise, sanitise
from collector.extract.dates import date_in_address, read_date
from collector.extract.file_name import shown_name
from collector.extract.generic import main_block
from collector.extract.language import judge_language
from collector.page import Page, PageError, Trouble
from collector.scripted import NO_BROWSER, is_written_by_scripts
from collector.sites import ArticleRules, Site
from storage.model import Attachment, Content, Link

_DOCUMENTS = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
}
_LONGEST_TEXT, _LONGEST_HTML, _LONGEST_TITLE = 1_000_000, 2_000_000, 1_000
"""Characters that are kept; laws have half a million."""
_MOST_FILES = 500
"""Attachments that are kept; a page with more is a directory."""
_SHORT = 300
"""Characters of a text that may be no more than a request to allow scripts."""
_PRINT_VIEW = re.compile(r"/printable/|/printpdf/")
_LABELS = ".field__label, .field-label, .label-above, .element-invisible, .visually-hidden, ul.links, .node_view, .share, .social"
_NODE_ID = re.compile(r"^node-(\d+)$")
_DATE_NAMES = (
    "meta[property='article:published_time'], meta[name='dcterms.created'], meta[itemprop=datePublished], [itemprop=datePublished],"
    " [property='dc:date'][content], [property='dc:created'][content]"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an article page says of its publication, and of its own addresses."""

    content: Content
    claimed: tuple[str, ...]
    """Addresses that the page gives for itself (shortlink, canonical, node number), the surest first."""


def read_article(page: Page, site: Site, link: Link, now: datetime) -> Reading:
    """Read one page; `link` lends what the page itself lacks. Raises PageError where no publication can be recognised in it."""
    text = decode(page.body, page.content_type)
    if not _is_html(page, text):
        raise PageError(Trouble.UNREADABLE, f"this is {page.content_type.split(';')[0] or 'a file'}, which this version does not read")
    tree = html.parse(text)
    rules, body = _by_rules(tree, site)
    title = _cut(_title(tree, rules) or link.title, _LONGEST_TITLE)
    claimed = _claimed(tree)
    image = join(page.final_url, html.attribute(html.select_first(tree, rules.image), "src")) or ""
    published = _published(tree, rules, page, link, ZoneInfo(site.zone), now)
    if body is None:
        body = main_block(tree)  # takes headers out of the tree, where title and date may stand
    attachments = _attachments(tree, body, rules, page.final_url)
    for label in html.select(body, _LABELS) if body else []:
        label.decompose()
    blocks = drop_noise(html.paragraphs(body), title) if body else []
    if len("".join(blocks)) < _SHORT and not attachments and is_written_by_scripts(html.parse(text)):
        raise PageError(Trouble.SCRIPTS, NO_BROWSER)
    if not title or not (blocks or attachments):
        raise PageError(Trouble.UNREADABLE, "no publication was recognised in the page (no title, or no text)")
    words = _cut("\n\n".join(blocks), _LONGEST_TEXT)
    content = Content(
        title=title,
        text=words,
        html=_sanitised(body, page.final_url) if body else "",
        published=published,
        language=judge_language(f"{title}\n{words}"),
        image=image,
        attachments=attachments,
    )
    return Reading(content, claimed)


def _sanitised(body: html.Node, base: str) -> str:
    """Empty where it would be too long to be kept: a short page can be made to unfold into a long one. The text remains."""
    made = sanitise(html.inner_html(body), base)
    return made if len(made) <= _LONGEST_HTML else ""


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"


def _is_html(page: Page, text: str) -> bool:
    media_type = page.content_type.split(";")[0].strip().lower()
    return media_type in {"text/html", "application/xhtml+xml"} or (media_type in {"", "text/plain"} and "<html" in text[:2000].lower())


def _by_rules(tree: html.Tree, site: Site) -> tuple[ArticleRules, html.Node | None]:
    """The first set of rules that fits the page, and the element that holds the text; None with rules for any page where none fits."""
    for rules in site.article:
        body = html.select_first(tree, rules.body)
        if body is not None and html.paragraphs(body):
            return rules, body
    return ArticleRules(body="", date="time[datetime]", files="article a[href], main a[href], [role=main] a[href]"), None


def _title(tree: html.Tree, rules: ArticleRules) -> str:
    for selector in filter(None, (rules.title, "h1")):
        if title := html.line(html.select_first(tree, selector)):
            return title
    declared = html.attribute(html.select_first(tree, "meta[property='og:title']"), "content")
    return declared or html.line(html.select_first(tree, "title")).split(" | ")[0].strip()


def _published(tree: html.Tree, rules: ArticleRules, page: Page, link: Link, zone: ZoneInfo, now: datetime) -> date | None:
    for selector in filter(None, (rules.date, _DATE_NAMES)):
        for node in html.select(tree, selector):
            text = html.attribute(node, "datetime") or html.attribute(node, "content") or html.line(node)
            if found := read_date(text, zone, now):
                return found
    return date_in_address(page.final_url, now) or link.published


def _claimed(tree: html.Tree) -> tuple[str, ...]:
    nodes = [html.attribute(node, "data-history-node-id") for node in html.select(tree, "article[data-history-node-id]")]
    nodes += [match[1] for node in html.select(tree, "div.node-full[id]") if (match := _NODE_ID.match(html.attribute(node, "id")))]
    links = [html.attribute(html.select_first(tree, f"link[rel={relation}]"), "href") for relation in ("shortlink", "canonical")]
    # a page that shows several nodes whole is a listing, and tells nothing of its own
    numbers = [f"/node/{nodes[0]}"] if len(set(nodes)) == 1 and nodes[0].isdecimal() else []
    return (*filter(None, links), *numbers)


def _attachments(tree: html.Tree, body: html.Node | None, rules: ArticleRules, base: str) -> tuple[Attachment, ...]:
    found: dict[str, Attachment] = {}
    for anchor in [*html.select(tree, rules.files), *(html.select(body, "a[href]") if body else [])]:
        url = join(base, html.attribute(anchor, "href"))
        suffix = PurePosixPath(urlsplit(url).path).suffix.lower() if url else ""
        if url and suffix in _DOCUMENTS and not _PRINT_VIEW.search(url):
            name = html.line(anchor) or unquote(PurePosixPath(urlsplit(url).path).name)
            found.setdefault(url, Attachment(url, shown_name(name), _DOCUMENTS[suffix]))
            if len(found) >= _MOST_FILES:
                break
    return tuple(found.values())
