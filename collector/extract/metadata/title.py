"""A publication's title: the heading that the page shows, told from the site's own by what the page declares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from collector import html
from collector.extract.metadata.declared import Declared, ancestors, stands_aside
from collector.extract.metadata.site_name import is_site_name, known_names, longest_part, without_site
from collector.extract.metadata.structured import Described, text_of
from collector.extract.words import words_of

_LABEL = re.compile(
    r"(?:^|[-_])(?:label|kicker|overline|topline|eyebrow|dachzeile|rubric|rubrika|editsection|headerlink|anchor|permalink)$"
)
"""Classes of what stands within a heading and is none of the title: a rubric, a link to edit."""
_MARKS = re.compile(r"^(?:#{1,6}\s|\*\*)\s*|\s*(?:\*\*|[¶#§])$")
_TELLING = 4
"""Letters of a word that says something."""
_ENOUGH = 0.3
"""Share of a heading's telling words; a logo and a section's name share none with a publication."""
_SAME = 3.0
_LIKE_HEADINGS = "h4, [class*=title i], [class*=headline i], [class*=heading i], [class*=zagolov i], [class=name], b, strong"
_FEWEST = 3
"""Words of a part of a declared title that may be the whole title."""
_HEADINGS = 40
"""Headings that are compared; what comes later heads a part or a neighbour."""
_LOGOS = frozenset(["logo", "site-logo", "site-title", "site-name", "sitename", "site__title", "brand", "navbar-brand", "masthead"])
"""Classes by which themes name the heading of the whole site."""
_UNMARKED = 300
_LONGEST = 600
"""Characters."""


@dataclass(frozen=True, slots=True)
class Title:
    text: str
    node: html.Node | None
    """The element that shows it; None where none does."""


@dataclass(frozen=True, slots=True)
class _Told:
    text: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Told:
        return cls(text, words_of(text[:_LONGEST]))


@dataclass(frozen=True, slots=True)
class _Shown:
    node: html.Node
    told: _Told
    rank: int
    """0 for what the page marks as its heading, 1 for its h1, 2 for a lower one, 3 for what only looks like one."""


def title_of(tree: html.Tree, declared: Declared, url: str, listed: str = "") -> Title:
    """The title and where it stands. `listed` is what a list called the publication.

    The headline in JSON-LD is the publisher's own word for it. Elsewhere the page's heading wins, as it is shown to readers; which one
    that is tell the titles declared for search engines and networks, which are often worded anew or have a rubric in front.
    """
    known = known_names(declared, url)
    headline = _headline(declared.publication())
    told = [headline, *_declared_titles(declared), listed]
    sure = [folded for text in told if (folded := _Told.of(without_site(text, known))).words]
    # the page's own title may be no more than the site's name
    witnesses = [*sure, folded] if (folded := _Told.of(without_site(declared.page_title, known))).words else sure
    shown = _confirmed(_shown(declared, known), sure)
    # what is said in full needs no comparing with lower headings, of which there may be forty
    headings = [] if shown else list(_shown(declared, known))
    shown = shown or _marked(headings) or _confirmed(headings, witnesses) or _worded_anew(headings, witnesses)
    if shown is None and witnesses:
        shown = _confirmed(list(_unmarked(tree)), witnesses)
    if shown is not None:
        headline = _headline(declared.publication(shown.told.text))
        return Title(_tidy(_with_headline(shown.told, headline)), shown.node)
    first = next((heading for heading in headings if heading.rank <= 1 and not _is_framing(heading.node)), None)
    if agreed := _agreed(witnesses):
        return Title(_tidy(agreed), first.node if first else None)
    if first is not None:
        return Title(_tidy(first.told.text), first.node)
    if text := headline or next((longest_part(told.text) for told in witnesses), ""):
        return Title(_tidy(text), None)
    return Title(_tidy(headings[0].told.text), headings[0].node) if headings else Title("", None)


def _tidy(title: str) -> str:
    return _MARKS.sub("", " ".join(title.split())).strip()


def _declared_titles(declared: Declared) -> list[str]:
    """Of the publication, the surest first. What is declared for one network says no more than what is declared for another."""
    named = ("dcterms.title", "dc.title", "citation_title", "sailthru.title", "parsely-title", "title")
    shared = declared.first("og:title", "twitter:title")
    return [*filter(None, (shared, *(declared.first(name) for name in named)))]


def _headline(publication: Described | None) -> str:
    found = text_of(publication, "headline") or text_of(publication, "name")
    return found.removesuffix("…").removesuffix("...").strip()


def _shown(declared: Declared, known: frozenset[str]) -> Iterator[_Shown]:
    """The headings that may be the title, the likeliest first; the site's name is none."""
    marked = [node for name, node in declared.marked if name in {"headline", ".entry-title", ".p-name"} and node.tag != "meta"]
    ranked = [(0, node) for node in marked[:5]] + [(2 - (node.tag == "h1"), node) for node in declared.headings[:_HEADINGS]]
    seen: set[int] = set()
    for rank, node in sorted(ranked, key=lambda pair: pair[0]):
        if node.mem_id in seen:
            continue
        seen.add(node.mem_id)
        text = _heading_text(node) if rank <= 1 else " ".join(node.text(deep=True, separator=" ")[:_LONGEST].split())
        if text and len(text) <= _LONGEST and not is_site_name(text, known):
            yield _Shown(node, _Told.of(text), rank)


def _unmarked(tree: html.Tree) -> Iterator[_Shown]:
    """Elements that are headings by their class or their type alone."""
    for node in html.select(tree, _LIKE_HEADINGS)[:_UNMARKED]:
        text = node.text(deep=True, separator=" ")[: 2 * _LONGEST]
        if text and len(text) <= _LONGEST:
            yield _Shown(node, _Told.of(" ".join(text.split())), 3)


def _is_framing(node: html.Node) -> bool:
    """Whether a heading belongs to the page's frame: a menu, a sidebar, or the header of the site, which is none of an article's."""
    if stands_aside(node) or _LOGOS.intersection(html.attribute(node, "class").lower().split()):
        return True
    above = ancestors(node)
    tags = {parent.tag for parent in above}
    logo = node.tag == "h1" and "header" in tags and not tags & {"article", "main"}
    return logo and any(html.attribute(link, "href").rstrip("/").count("/") <= 2 for link in html.select(node, "a[href]")[:1])  # noqa: PLR2004


def _heading_text(node: html.Node) -> str:
    """Without labels that stand within the heading, where anything is left."""
    whole = html.line(node)
    for inner in html.select(node, "[class]")[:20]:
        classes = (html.attribute(inner, "class")).lower().split()
        label = html.line(inner) if any(_LABEL.search(name) for name in classes) else ""
        if label and whole != label:
            whole = whole.removeprefix(label).removesuffix(label).strip()
    return whole


def _marked(shown: list[_Shown]) -> _Shown | None:
    """The one heading that microdata or a microformat marks as the title; where several are marked, each is some neighbour's."""
    marked = [heading for heading in shown if heading.rank == 0 and not _is_framing(heading.node)]
    return marked[0] if len(marked) == 1 else None


def _confirmed(shown: Iterable[_Shown], witnesses: list[_Told]) -> _Shown | None:
    """The heading that the declared titles speak of; of two, the higher one and the one that says all."""
    best, most = None, 0.0
    for heading in shown:
        least = 1 if heading.rank <= 1 else _FEWEST
        found = max((_agreement(heading.told.words, told.words) for told in witnesses if len(heading.told.words) >= least), default=0.0)
        weight = found - 0.3 * max(heading.rank - 1, 0) if found else 0.0
        if weight > most and not _is_framing(heading.node):
            best, most = heading, weight
        if most == _SAME:
            break
    return best


def _agreement(heading: tuple[str, ...], words: tuple[str, ...]) -> float:
    """3 for the same; 2 where one is the other's beginning, 1.5 for its end, as a rubric or a site's name makes the difference; else 0.

    An end weighs less: the site's own name is the end of most declared titles.
    """
    if heading == words:
        return _SAME
    few, many = sorted((heading, words), key=len)
    if len(few) < _FEWEST:
        return 0
    return 2 if many[: len(few)] == few else 1.5 if many[-len(few) :] == few else 0


def _worded_anew(shown: list[_Shown], witnesses: list[_Told]) -> _Shown | None:
    """The first main heading that shares its words with a declared title: titles are written anew for search engines and networks."""
    for heading in shown:
        words = {word for word in heading.told.words if len(word) >= _TELLING}
        if (
            heading.rank <= 1
            and not _is_framing(heading.node)
            and any(len(words & set(told.words)) >= max(1, _ENOUGH * len(words)) for told in witnesses)
        ):
            return heading
    return None


def _agreed(witnesses: list[_Told]) -> str:
    """What two declared titles say alike, the shorter of them: they outvote a heading that neither speaks of, a section's or a logo."""
    for number, one in enumerate(witnesses):
        for other in witnesses[number + 1 :]:
            if (one.words != other.words and _agreement(one.words, other.words)) or (
                one.words == other.words and len(one.words) >= _FEWEST
            ):
                return min(one.text, other.text, key=len)
    return ""


def _with_headline(shown: _Told, headline: str) -> str:
    """The shown title as the headline in JSON-LD has it: with the rubric that it puts in front, without one that it leaves out, and in its
    words where the page's heading is worded anew. One that was cut short, or is another publication's, changes nothing.
    """
    words, size = words_of(headline), len(shown.words)
    if len(words) < _FEWEST or shown.words[: len(words)] == words:
        return shown.text
    if words[-size:] == shown.words or shown.words[-len(words) :] == words:
        return headline
    shared = set(words) & set(shown.words)
    return headline if words[:size] != shown.words and len(shared) >= _ENOUGH * len(set(words)) else shown.text
