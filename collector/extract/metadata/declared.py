"""What a page declares of itself, gathered in one pass: `meta`, JSON-LD, microdata, RDFa, microformats, headings and times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from collector import html
from collector.extract.metadata.structured import Described, described_in, pages, publications, text_of
from collector.extract.words import words_of

# One selector for all: each look over a page of 90 KB costs 0.1 ms, whatever is looked for.
_TELLING = (
    "meta, link[rel], script[type*='ld+json' i], h1, h2, h3, time, [itemprop], [property], [rel~=author], [data-history-node-id],"
    " .published, .dt-published, .entry-date, .p-author, .byline, .entry-title, .p-name, .node-full[id]"
)
_MOST = 5_000
"""Elements that are looked at; a page that declares more of itself tells nothing."""
_ASIDE = frozenset({"nav", "aside"})
_ASIDE_WORDS = re.compile(
    r"(?:^|\s)(?!(?:has|no|with|without|is|page|layout|content|body)[-_])(?:[a-z]+[-_]{1,2})?"
    r"(?:comments?|sidebar|related|recommend\w*|similar|popular|read-?also|footer|breadcrumb|teaser)s?(?:[-_]{1,2}\w{1,20})?(?=\s|$)",
    re.IGNORECASE,
)
"""Classes and ids. Wrappers of the whole content are called `has-sidebar` and `content-sidebar-wrap`."""
_CONTENT = frozenset({"main", "body", "html"})
_DEEPEST = 60
"""Ancestors that are asked where an element stands."""


@dataclass(frozen=True, slots=True)
class Declared:
    """Elements in the document's order, and values by their names in lower case, the first of each first."""

    named: dict[str, list[str]] = field(default_factory=dict)
    """Of `meta` by property, name or itemprop, and of `link` by relation (`link:canonical`; `link:translation` for an
    alternate in a language)."""
    marked: list[tuple[str, html.Node]] = field(default_factory=list)
    """Elements within the page that microdata, RDFa or a microformat names, by that name."""
    headings: list[html.Node] = field(default_factory=list)
    times: list[html.Node] = field(default_factory=list)
    nodes: list[html.Node] = field(default_factory=list)
    """Those with a Drupal node's number."""
    described: list[Described] = field(default_factory=list)
    page_title: str = ""

    def first(self, *names: str) -> str:
        """The first value among these names that says something."""
        return next((value for name in names for value in self.named.get(name, ()) if value), "")

    def publication(self, title: str = "") -> Described | None:
        """The object that describes the publication. Of several, the one that bears its title: the others are neighbours."""
        found = publications(self.described)
        if len(found) > 1:
            wanted = words_of(title or self.page_title or self.first("og:title"))
            found = [made for made in found if _shares(words_of(text_of(made, "headline") or text_of(made, "name")), wanted)]
        return found[0] if found else None

    def page(self) -> Described | None:
        return next(iter(pages(self.described)), None)


def declared_in(tree: html.Tree) -> Declared:
    found = Declared(page_title=html.line(html.select_first(tree, "title")))
    scripts: list[str] = []
    for node in html.select(tree, _TELLING)[:_MOST]:
        _gather(node, found, scripts)
    found.described.extend(described_in(scripts))
    return found


def ancestors(node: html.Node, most: int = _DEEPEST) -> list[html.Node]:
    """From the parent upwards, as far as anybody asks."""
    found: list[html.Node] = []
    parent = node.parent
    while parent is not None and len(found) < most:
        found.append(parent)
        parent = parent.parent
    return found


def stands_aside(node: html.Node, shared: frozenset[int] = frozenset()) -> bool:
    """Whether an element stands in a menu, among comments, or with a neighbour.

    `shared`: what holds the title as well (`mem_id`) is not aside, whatever it is called: themes name whole pages after their sidebars.
    """
    in_footer = False
    parent: html.Node | None = node
    for _ in range(_DEEPEST + 1):
        if parent is None:
            break
        tag = parent.tag
        if parent.mem_id in shared or tag in _CONTENT:
            return in_footer and tag in {"body", "html"}
        if tag == "article":
            in_footer = False  # an article's own footer says when and by whom it was written
        in_footer = in_footer or tag == "footer"
        if tag in _ASIDE or _is_called_aside(parent):
            return True
        parent = parent.parent
    return in_footer


def _is_called_aside(node: html.Node) -> bool:
    attributes = node.attributes
    classes, ident = attributes.get("class"), attributes.get("id")
    return bool(classes or ident) and _is_name_of_aside(f"{classes or ''} {ident or ''}"[:500])


@lru_cache(maxsize=8192)  # what stands on a page, its neighbours have around them as well
def _is_name_of_aside(names: str) -> bool:
    return _ASIDE_WORDS.search(names) is not None


def _gather(node: html.Node, found: Declared, scripts: list[str]) -> None:
    tag, attributes = node.tag or "", node.attributes
    if tag == "script":
        scripts.append(node.text(deep=True))
    elif tag == "meta":
        _name(found, attributes.get("property") or attributes.get("name") or attributes.get("itemprop"), attributes.get("content"))
        if attributes.get("itemprop"):
            found.marked.append(((attributes.get("itemprop") or "").lower(), node))
    elif tag == "link" and attributes.get("rel"):
        for relation in (attributes.get("rel") or "").lower().split():
            language = attributes.get("hreflang") if relation == "alternate" else None
            _name(found, f"link:{'translation' if language else relation}", attributes.get("href"))
    else:
        _gather_visible(node, tag, attributes, found)


def _gather_visible(node: html.Node, tag: str, attributes: dict[str, str | None], found: Declared) -> None:
    if tag in {"h1", "h2", "h3"}:
        found.headings.append(node)
    elif tag == "time":
        found.times.append(node)
    if "data-history-node-id" in attributes or (tag == "div" and (attributes.get("id") or "").startswith("node-")):
        found.nodes.append(node)
    said = [attributes.get("itemprop"), attributes.get("property"), attributes.get("rel") if tag in {"a", "span"} else ""]
    names = " ".join(filter(None, said)).lower().split()
    classes = (attributes.get("class") or "").split()
    names.extend(f".{name}" for name in classes if name in _MICROFORMATS)
    found.marked.extend((name, node) for name in names)


_MICROFORMATS = frozenset({"published", "dt-published", "entry-date", "p-author", "byline", "entry-title", "p-name"})


def _name(found: Declared, name: str | None, value: str | None) -> None:
    if name and value and value.strip():
        found.named.setdefault(name.strip().lower(), []).append(" ".join(value.split()))


def _shares(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether one is the other's beginning or end, or most of its words."""
    few, many = sorted((set(ours), set(theirs)), key=len)
    return bool(few) and len(few & many) >= 0.8 * len(few)
