"""Rules for an article's page: selectors that find, on every page, the title, the text and the date that are known of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import accumulate, islice

from collector import html
from collector.learning.days import LOOKED_INTO, When, datable, day_in, is_day, written
from collector.learning.names import Name, Part, names_of, own_names, says_what_it_is
from collector.learning.outline import Element, Outline
from collector.sites import ArticleRules
from storage.fold import folded_words

_RUN = 3
"""Words: a run of three is hardly ever twice on a page, a single word is."""
_ENOUGH = 0.8
"""Share of the known text's words: editors change a sentence, and the text was read by other rules."""
_FEWEST = 12
"""Words of a text that tells one element from another."""
_TRIES = 40
"""Selectors that are tried for one part; the best are among the first, and each costs a pass over the page."""
_MOST_TITLES = 100
_LONGEST_TITLE = 40
"""Words."""
_MOST_DROPPED, _MOST_FOREIGN = 8, 20
"""Selectors that are dropped, and elements of a page that are considered for it."""
_BARE = frozenset({"h2", "h3", "article", "main", "li", "tr"})
"""Tags by which nothing is dropped: the text of a page to come may have them."""


@dataclass(frozen=True, slots=True)
class Known:
    """A page of today, and what is known of its publication."""

    outline: Outline
    title: tuple[str, ...]
    """Its folded words."""
    text: tuple[str, ...]
    published: date | None
    said: tuple[int, ...]
    """How many of the page's words up to each place belong to the known text."""

    def of_text(self, element: Element) -> int:
        return self.said[element.end] - self.said[element.start]

    def holds_text(self, element: Element | None) -> bool:
        return element is not None and self.of_text(element) >= _ENOUGH * len(self.text)

    def is_foreign(self, element: Element) -> bool:
        """Whether nothing in it is of the text; a title that shares some words with its text is no text yet."""
        said = self.of_text(element)
        return not said or self.is_title(element) or (element.length <= _LONGEST_TITLE and said < _ENOUGH * element.length)

    def is_title(self, element: Element | None) -> bool:
        return element is not None and element.length == len(self.title) and self.outline.words[element.start : element.end] == self.title


def known(outline: Outline, title: str, text: str, published: date | None) -> Known:
    words = tuple(folded_words(text))
    runs = set(zip(*(words[start:] for start in range(_RUN)), strict=False))
    marked = [0] * len(outline.words)
    for start, run in enumerate(zip(*(outline.words[start:] for start in range(_RUN)), strict=False)):
        if run in runs:
            marked[start : start + _RUN] = [1] * _RUN
    return Known(outline, tuple(folded_words(title)), words, published, (0, *accumulate(marked)))


def article_rules(pages: Sequence[Known], when: When) -> ArticleRules | None:
    """None where no element holds the text of every page."""
    telling = [page for page in pages if len(page.text) >= _FEWEST]
    body = _body(telling) if telling else ""
    if not body:
        return None
    title = _title([page for page in pages if page.title])
    date_at, attribute = _date([page for page in pages if page.published], when)
    return ArticleRules(body=body, title=title, date=date_at, date_attribute=attribute, drop=_dropped(telling, body))


def _body(pages: Sequence[Known]) -> str:
    first = pages[0]
    holding = [element for element in first.outline.elements if first.holds_text(element)]
    if not holding:
        return ""
    least = min(element.length for element in holding)
    candidates = (
        # what is one paragraph today has two tomorrow
        Name(name.cost + 20 * (element.length / least - 1) + (3 if element.node.tag == "p" else 0), name.selector)
        for element in holding
        if element.length <= 1.5 * least  # an element with more is the page's rather than the text's
        for name in names_of(element, first.outline, Part.BODY)
    )
    return _first_that(candidates, lambda selector: all(page.holds_text(page.outline.first(selector)) for page in pages))


def _title(pages: Sequence[Known]) -> str:
    if not pages:
        return ""
    first = pages[0]
    titles = islice(filter(first.is_title, first.outline.elements), _MOST_TITLES)
    candidates = (name for element in titles for name in names_of(element, first.outline, Part.TITLE))
    return _first_that(candidates, lambda selector: all(page.is_title(page.outline.first(selector)) for page in pages))


def _date(pages: Sequence[Known], when: When) -> tuple[str, str]:
    """A selector, and the attribute that holds the date where it is one that nobody would look into."""
    if not pages:
        return "", ""
    first = pages[0]
    dated = [
        (attribute, element)
        for element in datable(first.outline)
        for attribute, text in written(element)
        if is_day(attribute, text, first.published, when)
    ]
    for attribute in dict.fromkeys(attribute for attribute, _ in dated):
        candidates = (name for found, element in dated if found == attribute for name in names_of(element, first.outline, Part.DATE))
        selector = _first_that(candidates, partial(_all_find_date, pages, attribute, when))
        if selector:
            return selector, "" if attribute in LOOKED_INTO else attribute
    return "", ""


def _all_find_date(pages: Sequence[Known], attribute: str, when: When, selector: str) -> bool:
    """A page may lack its date, if most have it; none may have a wrong one there."""
    found = [_finds_date(page, attribute, when, selector) for page in pages]
    return False not in found and 2 * found.count(True) > len(found)


def _finds_date(page: Known, attribute: str, when: When, selector: str) -> bool | None:
    """Whether the first date that the selector finds is the known one, which is how rules are read; None where it finds none."""
    for node in html.select(page.outline.tree, selector)[:20]:
        text = html.attribute(node, attribute) if attribute else html.line(node)[:200]
        if day_in(attribute, text, when) is not None:
            return is_day(attribute, text, page.published, when)
    return None


def _dropped(pages: Sequence[Known], body: str) -> str:
    """Selectors of what stands inside the text's element on some page and belongs to the text of none."""
    harmless: dict[str, bool] = {}
    chosen: list[str] = []
    for page in pages:
        gone = {node.mem_id for selector in chosen for node in html.select(page.outline.tree, selector)}
        for element in islice(_foreign(page, page.outline.first(body)), _MOST_FOREIGN):
            if element.node.mem_id in gone or len(chosen) >= _MOST_DROPPED:
                continue
            for name in own_names(element, page.outline, Part.OTHER):
                if name.selector not in harmless:
                    harmless[name.selector] = not any(_takes_text(other, body, name.selector) for other in pages)
                if harmless[name.selector] and name.selector not in _BARE and says_what_it_is(name.selector):
                    chosen.append(name.selector)
                    gone |= {node.mem_id for node in html.select(page.outline.tree, name.selector)}
                    break
    return ", ".join(chosen)


def _foreign(page: Known, body: Element | None) -> Iterator[Element]:
    """The largest elements inside the body that hold words, none of them of the text."""
    if body is None:
        return
    begun = page.outline.places[body.node.mem_id] + 1
    passed = body.start
    for element in page.outline.elements[begun:]:
        if element.start >= body.end:
            return
        if element.length and element.start >= passed and page.is_foreign(element):
            passed = element.end
            yield element


def _takes_text(page: Known, body: str, selector: str) -> bool:
    inside = page.outline.first(body)
    found = filter(None, (page.outline.element(node) for node in html.select(page.outline.tree, selector)))
    within = (element for element in found if element.length and inside is not None and inside.start <= element.start < inside.end)
    return not all(map(page.is_foreign, within))


def _first_that(candidates: Iterable[Name], fits: Callable[[str], bool]) -> str:
    cheapest = dict.fromkeys(name.selector for name in sorted(candidates))
    return next((selector for selector in islice(cheapest, _TRIES) if fits(selector)), "")
