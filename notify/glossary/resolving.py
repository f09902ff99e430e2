"""What `~TERM` stands for in a query: the term, and every name that the accepted pairs join it to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from notify.lemmas import Lexicon
from notify.query import And, Named, Node, Not, Or, Query, Words, sought_in
from storage.model import NamePair

_MOST_NAMES = 50
"""Of one term. More means that a wrong pair joined two groups, and each name costs every article a look."""


class Glossary:
    """The accepted pairs, gathered into groups of names that mean the same; for one lexicon."""

    def __init__(self, accepted: Sequence[NamePair], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._groups = _groups(accepted)
        fixed = {tuple(pair.short_key.split()) for pair in accepted if pair.short.isupper()}
        self._of: dict[tuple[str, ...], int] = {}
        self._by_key: dict[str, set[tuple[int, Words]]] = defaultdict(set)
        for number, group in enumerate(self._groups):
            for name in group:
                self._of[_folded(name)] = number
                if _folded(name) not in fixed:  # «РСС» is no form of «РС»
                    for key in lexicon.keys(name.words[0].folded):
                        self._by_key[key].add((number, name))

    def resolve(self, query: Query) -> Query:
        """The query with the names that its terms stand for."""
        root = self._resolved(query.root)
        return query if root is query.root else Query(query.text, root)

    def names_of(self, term: Words) -> tuple[Words, ...]:
        """Every other name of a term, in one order; none where it is unknown."""
        folded = _folded(term)
        alike = self._alike(term)
        numbers = {self._of[folded]} if folded in self._of else {number for number, _ in alike}
        itself = {folded, *(_folded(name) for _, name in alike)}
        names = {_folded(name): name for number in numbers for name in self._groups[number]}
        return tuple(names[name] for name in sorted(names.keys() - itself))[:_MOST_NAMES]

    def _alike(self, term: Words) -> set[tuple[int, Words]]:
        """The names of which the term is another form, «Шанхайской организации сотрудничества», each with its group."""
        asked = [self._lexicon.asked(word.folded) for word in term.words]
        candidates = {one for key in asked[0] for one in self._by_key.get(key, ())}
        return {(number, name) for number, name in candidates if len(name.words) == len(asked) and self._meet(asked, name)}

    def _meet(self, asked: Sequence[frozenset[str]], name: Words) -> bool:
        return all(not keys.isdisjoint(self._lexicon.keys(word.folded)) for keys, word in zip(asked, name.words, strict=True))

    def _resolved(self, node: Node) -> Node:
        match node:
            case Named(term):
                return replace(node, names=tuple(replace(name, field=term.field) for name in self.names_of(term)))
            case Not(Named() as part):
                resolved = self._resolved(part)
                return Not(resolved) if isinstance(resolved, Named) else node
            case And(parts) | Or(parts):
                among = tuple(map(self._resolved, parts))
                same = all(one is other for one, other in zip(among, parts, strict=True))
                return node if same else replace(node, parts=among)
            case _:
                return node


def resolve(query: Query, accepted: Sequence[NamePair], lexicon: Lexicon) -> Query:
    """One query; for many, make a `Glossary` once."""
    return Glossary(accepted, lexicon).resolve(query)


def phrase(name: str) -> Words:
    """A name as a query looks for it."""
    return Words(sought_in(name))


def _groups(pairs: Iterable[NamePair]) -> list[list[Words]]:
    """Names that pairs join, directly or by way of others."""
    group_of: dict[tuple[str, str], dict[tuple[str, str], Words]] = {}
    for pair in pairs:
        ends = {("short", pair.short_key): phrase(pair.short), ("long", pair.long_key): phrase(pair.long)}
        if not all(name.words for name in ends.values()):
            continue
        one, other = (group_of.setdefault(key, {key: name}) for key, name in ends.items())
        if one is not other:
            fewer, more = sorted((one, other), key=len)
            more.update(fewer)
            group_of.update(dict.fromkeys(fewer, more))
    return [list(group.values()) for group in {id(group): group for group in group_of.values()}.values()]


def _folded(words: Words) -> tuple[str, ...]:
    return tuple(word.folded for word in words.words)
