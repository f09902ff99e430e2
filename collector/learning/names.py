"""Selectors of an element that may outlive the next redesign: by names that mean something, never by places or by a builder's hashes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from collector import html
from collector.learning.outline import Element, Outline

_NAME = re.compile(r"[A-Za-z][A-Za-z_-]{1,50}")
"""Digits count something (`col-6`, `node-8143`), and what they count changes."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LOOKS = re.compile(
    r"(?:^|[#._-])(?:row|cols?|columns?|left|right|center|first|last|odd|even|small|big|bold|hidden|mobile|desktop|inline|narrow|wide|full"
    r"|clear\w*|wrap\w*|container|inner|outer|box|block|text|content|paragraph)(?:$|[_-])",
    re.IGNORECASE,
)
"""Words for how or where something stands, which tomorrow may be said of anything, the text included."""
_SPEAKING_TAGS = frozenset({"h1", "h2", "h3", "time", "article", "main", "li", "tr"})
_REPEATED = frozenset({"li", "tr"})
"""Of which a page has many lists and tables; one that is named by what holds it is surer."""
_SPEAKING_ATTRIBUTES = ("itemprop", "property", "rel")
_ANCESTORS = 4
"""Levels that an element's name may lean on; what stands further away changes by itself."""
_MOST_NAMES = 3
"""Of one element."""


class Part(StrEnum):
    """What is looked for; a name that says so is the best."""

    BODY = r"body|text|content|article|story|entry|post|detail|description"
    TITLE = r"title|head|headline|name|caption|heading"
    DATE = r"date|time|created|published|posted|submitted|day"
    ROW = r"item|row|card|news|post|entry|teaser|article|list"
    LIST = r"list|items|news|posts|view|content|feed|archive|entries"
    OTHER = r"(?!)"


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A selector and how little it is to be trusted."""

    cost: float
    selector: str


def names_of(element: Element, outline: Outline, part: Part) -> list[Name]:
    """Selectors that find the element, the most lasting first; some find others as well, which is the caller's to see."""
    own = list(_own(element.node, outline, part))
    found = own[:]
    weak = [Name(1.0, element.node.tag or "*"), *own]
    for distance, ancestor in enumerate(outline.ancestors(element)):
        if distance == _ANCESTORS:
            break
        for above in [name for name in _own(ancestor.node, outline, Part.OTHER) if name.selector not in _REPEATED][:2]:
            found += [Name(name.cost + above.cost + 1 + distance / 4, f"{above.selector} {name.selector}") for name in weak[:2]]
    return sorted(dict.fromkeys(found))


def own_names(element: Element, outline: Outline, part: Part) -> list[Name]:
    """Those that lean on no other element."""
    return sorted(_own(element.node, outline, part))


def _own(node: html.Node, outline: Outline, part: Part) -> Iterator[Name]:
    means = re.compile(part.value)
    tag = node.tag or ""
    for attribute in _SPEAKING_ATTRIBUTES:
        value = html.attribute(node, attribute)
        if _NAME.fullmatch(value) and attribute in node.attributes:
            yield Name(0.5, f"[{attribute}={value}]")
    named = [name for name in dict.fromkeys(html.attribute(node, "class").split()) if _is_lasting(name)]
    named.sort(key=lambda name: (means.search(name.lower()) is None, outline.classes[name], len(name)))
    for number, name in enumerate(named[:_MOST_NAMES]):
        yield Name(1 + number / 4 + (0 if means.search(name.lower()) else 1), f".{name}")
    identity = html.attribute(node, "id")
    if _is_lasting(identity):
        yield Name(1.25 + (0 if means.search(identity.lower()) else 1), f"#{identity}")
    if tag in _SPEAKING_TAGS:
        yield Name(5.0 if tag in _REPEATED else 1.5, tag)


def says_what_it_is(selector: str) -> bool:
    """Whether a selector names a thing, not its looks: only such may be left out of texts that nobody has seen yet."""
    return _LOOKS.search(selector) is None


def _is_lasting(name: str) -> bool:
    """No number, and no hash such as `sc-bdVaJa`, whose pieces are too short for words."""
    if not _NAME.fullmatch(name):
        return False
    words = _WORD.findall(name)
    return bool(words) and sum(map(len, words)) / len(words) >= 3 and any(vowel in name.lower() for vowel in "aeiouy")  # noqa: PLR2004
