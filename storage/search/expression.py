"""What is wanted, worked out for the index: negation stands only as «this without that», as FTS5 has it, and nothing is asked in vain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storage.search.terms import ALL, LONGEST, UNSURE, written
from storage.search.values import Limits, WantedTooLargeError
from storage.search.wanted import All, Any, Begins, Everything, Has, Lacks, Wanted

MOST_AT_ONCE = 500
"""Keys in one statement: FTS5 walks all of them for every article that it finds."""
_MOST = 60_000
"""Keys in all, more than the longest watch list has."""
_DEEPEST = 90
"""FTS5's parser holds 100 things that are begun and not ended: an open parenthesis is one, an operator and what stands before it two."""
_RECURSION = 200
"""Levels of what is wanted, of which some need no parentheses."""


@dataclass(frozen=True, slots=True)
class Key:
    written: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Both:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Of no parts: nothing."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Without:
    part: Expression
    refused: Expression


Expression = Key | Both | Either | Without
NOTHING = Either(())


def expressions(wanted: Wanted, limits: Limits) -> list[Expression]:
    """Statements that together find what is wanted, and every article of which the index can't tell. WantedTooLargeError."""
    found, negated = _worked_out(wanted, 0)
    positive = _without(Key(ALL), found) if negated else found
    asked = _both([_either([positive, Key(UNSURE)]), *_limiting(limits)])  # the rare ones first: what comes last is only looked up
    if _height(asked) > _DEEPEST:
        raise _too_deep()
    if _keys(asked) > _MOST:
        raise _too_large(asked)
    return _pieces(asked, MOST_AT_ONCE)


def _limiting(limits: Limits) -> list[Expression]:
    """Of a document that stood at no source it is seen in the database whether it has one now."""
    asked: list[Expression] = []
    if limits.source is not None:
        asked.append(_either([Key(written(f"s:{limits.source}")), Key("s:")]))
    if limits.language is not None:
        asked.append(Key(written(f"l:{limits.language}")))
    if limits.watch is not None:
        asked.append(Key(written(f"w:{limits.watch}")))
    return asked


def _worked_out(wanted: Wanted, depth: int) -> tuple[Expression, bool]:
    """An expression, and whether all that it does not find is meant."""
    if depth > _RECURSION:
        raise _too_deep()
    match wanted:
        case Has(key):
            return (_key(key, begins=False) if key else NOTHING), False
        case Begins(key):
            return (_key(key, begins=True), False) if key else (NOTHING, True)
        case Everything():
            return NOTHING, True
        case Lacks(part):
            found, negated = _worked_out(part, depth + 1)
            return found, not negated
        case All(parts):
            asked, refused = _parted(parts, depth)
            return (_without(_both(asked), _either(refused)), False) if asked else (_either(refused), True)
        case Any(parts):
            asked, refused = _parted(parts, depth)
            return (_without(_both(refused), _either(asked)), True) if refused else (_either(asked), False)


def _key(key: str, *, begins: bool) -> Expression:
    asked = written(key)
    return Key(asked, begins) if len(asked.encode()) <= LONGEST else NOTHING  # an article with such a key is not held whole


def _parted(parts: tuple[Wanted, ...], depth: int) -> tuple[list[Expression], list[Expression]]:
    """Those that are meant as they stand, and those of which the rest is meant."""
    found = [_worked_out(part, depth + 1) for part in parts]
    return [one for one, negated in found if not negated], [one for one, negated in found if negated]


def _both(parts: list[Expression]) -> Expression:
    flat = dict.fromkeys(one for part in parts for one in (part.parts if isinstance(part, Both) else (part,)))
    if NOTHING in flat:
        return NOTHING
    return next(iter(flat)) if len(flat) == 1 else Both(_deepest_first(flat))


def _either(parts: list[Expression]) -> Expression:
    flat = dict.fromkeys(one for part in parts for one in (part.parts if isinstance(part, Either) else (part,)))
    return next(iter(flat)) if len(flat) == 1 else Either(_deepest_first(flat))


def _without(part: Expression, refused: Expression) -> Expression:
    if NOTHING in (part, refused):
        return part
    if isinstance(part, Both):  # the same, and a pair of parentheses less
        return Both((Without(part.parts[0], refused), *part.parts[1:]))
    return Without(part, refused)


def _deepest_first(parts: Iterable[Expression]) -> tuple[Expression, ...]:
    return tuple(sorted(parts, key=_height, reverse=True))


def _height(asked: Expression) -> int:
    """How many things FTS5's parser holds at most while it reads the expression (`spelling.fts5`)."""
    match asked:
        case Key():
            return 1
        case Both(parts):
            return max(_height(part) + (2 if place else 0) for place, part in enumerate(parts))
        case Either(parts):
            return 1 + max((_height(part) + (2 if place else 0) for place, part in enumerate(parts)), default=0)
        case Without(part, refused):
            return max(_height(part), 3 + _height(refused))


def _keys(asked: Expression) -> int:
    match asked:
        case Key():
            return 1
        case Both(parts) | Either(parts):
            return sum(map(_keys, parts))
        case Without(part, refused):
            return _keys(part) + _keys(refused)


def _pieces(asked: Expression, most: int) -> list[Expression]:
    """The same in several expressions of so many keys at most, each article being found by one of them at least."""
    if _keys(asked) <= most:
        return [asked]
    match asked:
        case Either(parts):
            return _packed([piece for part in parts for piece in _pieces(part, most)], most)
        case Both(parts):
            largest = max(parts, key=_keys)
            others = [part for part in parts if part is not largest]
            left = most - sum(map(_keys, others))
            if left > 0:
                return [_both([piece, *others]) for piece in _pieces(largest, left)]
        case Without(part, refused):
            left = most - _keys(refused)
            if left > 0:
                return [_without(piece, refused) for piece in _pieces(part, left)]
    raise _too_large(asked)


def _packed(pieces: list[Expression], most: int) -> list[Expression]:
    packed: list[list[Expression]] = [[]]
    room = most
    for piece in pieces:
        room -= (size := _keys(piece))
        if room < 0:
            packed.append([])
            room = most - size
        packed[-1].append(piece)
    return [_either(together) for together in packed if together]


def _too_deep() -> WantedTooLargeError:
    return WantedTooLargeError("the search is nested too deep; leave out parentheses")


def _too_large(asked: Expression) -> WantedTooLargeError:
    return WantedTooLargeError(
        f"the search asks for {_keys(asked):,} words at once, more than can be looked up together; "
        f"{MOST_AT_ONCE} always can, and any number up to {_MOST:,} that are joined by OR; search for them in parts"
    )
