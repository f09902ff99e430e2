"""The archive asked in the watch language: pages of what a query finds, counts, and what a changed query gains and loses.

The index answers for single words, in whatever field, and for everything that AND, OR and NOT make of them. For phrases, NEAR and regular
expressions it gives candidates, and the matcher decides on their texts: so a search finds what a watch would have matched, and nothing
else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from notify.index import Matcher
from notify.indexing import AUTHOR, DOCUMENT, LANGUAGE, NOT_DOCUMENT, NOT_TEXT, SOURCE_FOLDED, TITLE
from notify.lemmas import EXACT, Lexicon
from notify.match import holds, named, spans
from notify.query import And, Field, Form, Leaf, Named, Near, Node, Not, Or, Pattern, Query, Sought, Told, Words, leaves, negated
from notify.reading import Asking, Reading
from notify.watch import Watch
from storage.model import Span
from storage.search import Found, Limits, Search, moment_of
from storage.search.wanted import All, Any, Begins, Everything, Has, Lacks, Wanted

MOST_READ = 20_000
"""Texts that are read for one answer. Only a query that the index can't answer by itself comes so far."""
_BATCH = 200
_MANY = 20
"""Parts of a query. Of fewer ones it pays to remember which forms each word finds, from one text to the next."""
_UNLIMITED = Limits()


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found, with the words that made it so."""

    found: Found
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Newest first."""

    hits: tuple[Hit, ...]
    next: int | None
    """Before which place the next page begins; None at the end."""
    unread: bool = False
    """So much was read for so few hits that the page ends early: the next one goes on."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles a query finds."""

    articles: int
    months: dict[str, int] = field(default_factory=dict)
    """By the month in which they were first seen, `2026-11`, rising."""
    whole: bool = True
    """False where more would have had to be read: there are at least so many."""


class Searcher:
    """Asks the archive; one for many questions, and safe to use from several threads."""

    def __init__(self, search: Search, lexicon: Lexicon) -> None:
        self._search = search
        self._lexicon = lexicon

    @property
    def version(self) -> str:
        """What articles have to be indexed by to be found."""
        return self._lexicon.version

    def page(self, query: Query | None, limits: Limits = _UNLIMITED, *, before: int | None = None, limit: int = 20) -> Page:
        """The newest articles before the place `before` that a query finds; all that the limits leave without a query."""
        wanted, exact = self._wanted(query)
        asker = _Asker(query, self._lexicon)
        hits: list[Hit] = []
        read = 0
        ask = limit + 1 if exact else max(_BATCH, limit + 1)
        while True:
            batch = self._search.page(wanted, limits, before, ask)
            for found in batch:
                if len(hits) == limit:
                    return Page(tuple(hits), before)
                if (accepted := asker.ask(found, sure=exact and found.whole)) is not None:
                    hits.append(Hit(found, accepted))
                before = found.place
            read += len(batch)
            if len(batch) < ask:
                return Page(tuple(hits), None)
            if read >= MOST_READ:
                return Page(tuple(hits), before, unread=True)

    def count(self, query: Query | None, limits: Limits = _UNLIMITED, zone: tzinfo | None = None) -> Count:
        """Of all articles that a query finds. `zone`: whose months are counted, UTC by default."""
        wanted, exact = self._wanted(query)
        places = self._search.places(wanted, limits)
        unsure = places.unsure if exact else frozenset(places.places)
        to_read = [place for place in places.places if place in unsure]
        wrong = set(to_read)
        asker = _Asker(query, self._lexicon)
        for start in range(0, min(len(to_read), MOST_READ), _BATCH):
            for found in self._search.texts_of(to_read[start : start + _BATCH]):
                if asker.accepts(found):
                    wrong.discard(found.place)
        right = [place for place in places.places if place not in wrong] if wrong else places.places
        return Count(len(right), _months(right, zone), len(to_read) <= MOST_READ)

    def _wanted(self, query: Query | None) -> tuple[Wanted, bool]:
        return wanted(query.root, self._lexicon) if query else (Everything(), True)


class _Asker:
    """One query held against many articles."""

    def __init__(self, query: Query | None, lexicon: Lexicon) -> None:
        self._query = query
        self._asking = Asking.by(lexicon, remember=True)
        # a list of thousands of terms is asked as so many watches are, by an index
        self._matcher = Matcher([Watch("", query, ())], lexicon) if query and len(leaves(query.root)) > _MANY else None

    def ask(self, found: Found, *, sure: bool) -> tuple[Span, ...] | None:
        """The words that made it so, None where it isn't. `sure`: it is known to be so."""
        if self._query is None:
            return ()
        if self._matcher is not None:
            return self._matcher.match(found.texts).get("")
        reading = Reading(found.texts, self._asking)
        return spans(self._query.root, reading) if sure or holds(self._query.root, reading) else None

    def accepts(self, found: Found) -> bool:
        if self._query is None:
            return True
        if self._matcher is not None:
            return bool(self._matcher.accepting(self._matcher.read(found.texts)))
        return holds(self._query.root, Reading(found.texts, self._asking))


def _months(places: Sequence[int], zone: tzinfo | None) -> dict[str, int]:
    by_hour: Counter[int] = Counter(place >> 16 for place in places)
    months: Counter[str] = Counter()
    for hour, articles in by_hour.items():
        months[f"{moment_of(hour << 16).astimezone(zone):%Y-%m}"] += articles
    return dict(sorted(months.items()))


def changed(old: Query, new: Query) -> tuple[Query, Query]:
    """What a changed query gains and what it loses, as queries."""
    return _and_not(new, old), _and_not(old, new)


def _and_not(query: Query, other: Query) -> Query:
    return Query(f"({query.text}) NOT ({other.text})", And((query.root, negated(other.root))))


def wanted(node: Node, lexicon: Lexicon) -> tuple[Wanted, bool]:
    """What to ask the index for a node, and whether its answer is the node's; else it holds all that the node accepts, and more."""
    match node:
        case And(parts):
            each = [wanted(part, lexicon) for part in parts]
            return All(tuple(one for one, _ in each)), all(exact for _, exact in each)
        case Or(parts):
            each = [wanted(part, lexicon) for part in parts]
            return Any(tuple(one for one, _ in each)), all(exact for _, exact in each)
        case Not(part):
            inner, exact = _wanted_leaf(part, lexicon)
            return (Lacks(inner), True) if exact else (Everything(), False)
        case _:
            return _wanted_leaf(node, lexicon)


def _wanted_leaf(leaf: Leaf, lexicon: Lexicon) -> tuple[Wanted, bool]:
    match leaf:
        case Words(words, where):
            each = [_wanted_word(word, where, lexicon) for word in words]
            return each[0] if len(each) == 1 else (All(tuple(one for one, _ in each)), False)
        case Named():
            names = [_wanted_leaf(words, lexicon) for words in named(leaf)]
            return Any(tuple(one for one, _ in names)), all(exact for _, exact in names)
        case Near(first, second, _, where):
            return _wanted_leaf(Words((*first.words, *second.words), where), lexicon)[0], False
        case Told(what, value, begins):
            key = (SOURCE_FOLDED if what == "source" else LANGUAGE) + value
            return (Begins(key) if begins else Has(key)), True
        case Pattern():
            return Everything(), False


def _wanted_word(word: Sought, where: Field | None, lexicon: Lexicon) -> tuple[Wanted, bool]:
    match word.form:
        case Form.ORDINAL:
            return Everything(), False
        case Form.PREFIX:
            return _wanted_prefix(EXACT + word.folded, where)
        case Form.EXACT:
            return _has(EXACT + word.folded, where), True
        case Form.ANY:
            return Any(tuple(_has(key, where) for key in sorted(lexicon.asked(word.folded)))), True


def _has(key: str, where: Field | None) -> Wanted:
    match where:
        case None:
            return Has(key)
        case Field.TITLE:
            return Has(TITLE + key)
        case Field.AUTHOR:
            return Has(AUTHOR + key)
        case Field.TEXT:
            return All((Has(key), Lacks(Has(NOT_TEXT + key))))
        case Field.ATTACHMENT:
            return All((Has(DOCUMENT), Has(key), Lacks(Has(NOT_DOCUMENT + key))))


def _wanted_prefix(key: str, where: Field | None) -> tuple[Wanted, bool]:
    match where:
        case Field.TITLE:
            return Begins(TITLE + key), True
        case Field.AUTHOR:
            return Begins(AUTHOR + key), True
        case _:
            return Begins(key), where is None
