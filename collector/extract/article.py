"""An article's content out of its page: by a site's rules, else by what the page declares of itself and by its structure."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from collector import html
from collector.address import join
from collector.charset import decode
from collector.extract.clean import sanitise
from collector.extract.generic import Body, body_within, find_body
from collector.extract.language import judge_language
from collector.extract.linked_files import Anchor, anchors_of, attachments_of, typed_anchors
from collector.extract.metadata.author import author_of
from collector.extract.metadata.claims import claimed_by, translations_in
from collector.extract.metadata.dating import Dating, dating_for
from collector.extract.metadata.declared import Declared, declared_in
from collector.extract.metadata.image import image_of
from collector.extract.metadata.in_words import published_in_text
from collector.extract.metadata.published import published_on, value_of
from collector.extract.metadata.site_name import site_names
from collector.extract.metadata.surroundings import Surroundings
from collector.extract.metadata.title import Title, title_of
from collector.page import Page, PageError, Trouble
from collector.scripted import NO_BROWSER, is_written_by_scripts
from collector.sites import ArticleRules, Site
from storage.model import Attachment, Content, Link

_LONGEST_TEXT, _LONGEST_HTML, _LONGEST_TITLE = 1_000_000, 2_000_000, 1_000
"""Characters that are kept; laws have half a million."""
_SHORT = 300
"""Characters of a text that may be no more than a request to allow scripts."""
_BODIES = 10
"""Elements that a rule for the text may select before the right one."""
_NO_TEXT = 10
"""Where one character in so many is NUL, the bytes are of no text."""
_NO_RULES = ArticleRules(body="")


@dataclass(frozen=True, slots=True)
class Reading:
    """What an article page says of its publication, and of its own addresses."""

    content: Content
    claimed: tuple[str, ...]
    """Addresses that the page gives for itself (shortlink, canonical, node number), the surest first."""
    by_rules: bool | None = None
    """Whether one of the site's sets of rules fitted; None where it has none."""
    missing: tuple[str, ...] = ()
    """Of `title`, `date` and `body`, what the rule for it did not find, although the set fitted."""
    translations: tuple[str, ...] = ()
    """Addresses at which the page says that it stands in a language, its own included."""


@dataclass(frozen=True, slots=True)
class _Fields:
    """What is read of a page before its text is taken out of it."""

    title: str
    published: date | None
    author: str
    anchors: list[Anchor]
    types: dict[str, str]
    dating: Dating
    missing: tuple[str, ...]


def read_article(page: Page, site: Site, link: Link, now: datetime) -> Reading:
    """Read one page; `link` lends what the page itself lacks. Raises PageError where no publication can be recognised in it."""
    with _without_collector():
        return _read(page, site, link, now)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Without looking for cycles: there are none among a few thousand nodes and blocks, and the search took a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(page: Page, site: Site, link: Link, now: datetime) -> Reading:
    text = decode(page.body, page.content_type)
    if not _is_html(page, text):
        raise PageError(Trouble.UNREADABLE, f"this is {page.content_type.split(';')[0] or 'a file'}, which this version does not read")
    tree = html.parse(text)
    rules, bodies = _by_rules(tree, site)
    declared = declared_in(tree)
    fields = _fields(tree, declared, rules, page.final_url, link, ZoneInfo(site.zone), now)
    pictured = html.attribute(html.select_first(tree, rules.image), "src")
    claimed = claimed_by(declared)
    body, fitted = _body(tree, bodies, rules, fields.title)
    attachments = _attachments(body, fields, page.final_url)
    if sum(map(len, body.paragraphs)) < _SHORT and not attachments and is_written_by_scripts(html.parse(text)):
        raise PageError(Trouble.SCRIPTS, NO_BROWSER)
    if not fields.title or not (body.paragraphs or attachments):
        raise PageError(Trouble.UNREADABLE, "no publication was recognised in the page (no title, or no text)")
    words = _cut("\n\n".join(body.paragraphs), _LONGEST_TEXT)
    content = Content(
        title=fields.title,
        text=words,
        html=_sanitised(body, page.final_url),
        published=fields.published or published_in_text(body.paragraphs, text, fields.dating),
        language=judge_language(f"{fields.title}\n{words}"),
        author=fields.author,
        image=(join(page.final_url, pictured) or "") if pictured else image_of(declared, page.final_url, body.image),
        attachments=attachments,
    )
    return Reading(content, claimed, fitted if site.article else None, fields.missing if fitted else (), translations_in(declared))


def _fields(tree: html.Tree, declared: Declared, rules: ArticleRules, url: str, link: Link, zone: ZoneInfo, now: datetime) -> _Fields:
    """By the rules; what they do not find, by what the page declares, and by what stands around its title."""
    ruled = html.select_first(tree, rules.title)
    title = Title(said, ruled) if (said := html.line(ruled)) else title_of(tree, declared, url, link.title)
    language = html.attribute(html.select_first(tree, "html"), "lang")
    dating = dating_for(declared, url, link.published, language, now, zone)
    dated = _by_rule(tree, rules, dating)
    missing = [name for name, rule, found in (("title", rules.title, said), ("date", rules.date, dated)) if rule and not found]
    around = Surroundings(title.node)
    return _Fields(
        title=_cut(title.text or link.title, _LONGEST_TITLE),
        published=dated or published_on(tree, declared, dating, around, url, link.published),
        author=html.line(html.select_first(tree, rules.author)) or author_of(declared, around, site_names(declared)),
        anchors=anchors_of(tree, rules.files),
        types=typed_anchors(tree),
        dating=dating,
        missing=tuple(missing),
    )


def _by_rule(tree: html.Tree, rules: ArticleRules, dating: Dating) -> date | None:
    nodes = html.select(tree, rules.date)[:20]
    return next((found for node in nodes if (found := value_of(node, dating, rules.date_attribute))), None)


def _by_rules(tree: html.Tree, site: Site) -> tuple[ArticleRules, list[html.Node]]:
    """The first set of rules that fits the page, and the elements that may hold the text; no rules and none where no set fits."""
    for rules in site.article:
        bodies = [node for node in html.select(tree, rules.body)[:_BODIES] if html.paragraphs(node)]
        # of some sites no more is known than where the title stands
        if bodies or (not rules.body and html.line(html.select_first(tree, rules.title))):
            return rules, bodies
    return _NO_RULES, []


def _body(tree: html.Tree, bodies: list[html.Node], rules: ArticleRules, title: str) -> tuple[Body, bool]:
    """The text, and whether it stands where the rules say. An advertisement may be a field of the same name, and is no text."""
    for node in bodies:
        for dropped in html.select(node, rules.drop):
            dropped.decompose()
        if (body := body_within(node, title)) is not None and body.paragraphs:
            return body, True
    return find_body(tree, title) or Body((), "", ()), rules is not _NO_RULES and not rules.body


def _attachments(body: Body, fields: _Fields, base: str) -> tuple[Attachment, ...]:
    within = [Anchor(href, text, fields.types.get(href, "")) for href, text in body.links]
    return attachments_of([*fields.anchors, *within], base)


def _sanitised(body: Body, base: str) -> str:
    """Empty where it would be too long to be kept: a short page can be made to unfold into a long one. The text remains."""
    made = sanitise(body.html, base) if body.html else ""
    return made if len(made) <= _LONGEST_HTML else ""


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"


def _is_html(page: Page, text: str) -> bool:
    media_type = page.content_type.split(";")[0].strip().lower()
    if _NO_TEXT * text.count("\0") > len(text):
        return False  # whatever it calls itself
    return media_type in {"text/html", "application/xhtml+xml"} or (media_type in {"", "text/plain"} and "<html" in text[:2000].lower())
