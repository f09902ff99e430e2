"""What speaks against two texts being one publication, by their words.

Publications made from one template have the same words but for a few: a date, an ordinal, an amount, a name, or «открыт» for «закрыт». So
a few other words in the place of some speak against, and so do other facts wherever they stand, and news that was put before a text that
is repeated whole. An editor's hand is told from a template by how much it changes and by what it goes on to be about, misprints by there
being several. What was added, left out, moved or doubled says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from collector.identity.misprints import misprinted
from collector.identity.passages import EDGE, SEAM, Differences, Passage, Place, differences
from collector.identity.wording import Wording, absent, differing, stems
from storage.facts import Fact, FactKind

_STRETCH = 8
"""Words in a row that are an addition of their own; fewer within a sentence change what it says."""
_SHORT = 3
"""Words of a slot in a template."""
_REWRITTEN = 6
"""Changed words from which on it is an editor who rewrites."""
_PLACES = 3
"""Places that are many: a template has one slot or two of ordinary words."""
_RETOLD, _RETOLD_UNDER_ONE_TITLE = 0.5, 0.34
"""Share of the words of a passage that stay when it is told in other words."""
_SENTENCE = 4
"""Words of one; fewer before a text are a label."""
_NEGATIONS = frozenset({"не", "нет", "ни", "ня", "няма", "not", "no", "never", "without", "без"})
_LEAD = 25
"""Words in which a report says when it happened."""
_NEWS = re.compile(
    r"^(?:отмен[еёия]|перенес|перенос|приостан|отозван|опроверг|опроверж|недействит|адмен|перанес|перанос|прыпын|адклік|cancel|postpon|suspend|withdr|"
    r"reschedul|состоится$|адбудзецца$|утратил|страціў|утвержд|зацвердж|adopted$|approved$)"
)
"""Beginnings of words by which a thing is in another state than a text says that is repeated beside them."""


class Hand(Enum):
    """Whose rewording is taken for an editor's."""

    NONE = "a cut copy leaves out, and changes nothing"
    EDITOR = "an editor rewrites a good deal, and goes on about the same"
    PRESS = "another source does, and says first where it has it from"
    AGENCY = "another source, under the same title, also leaves out and smooths over"

    @property
    def is_at_home(self) -> bool:
        """Whether both stand on one source, where what is put before a text is news."""
        return self in {Hand.NONE, Hand.EDITOR}


class _Pair(NamedTuple):
    """Words in the place of others."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]


def conflict(one: Wording, other: Wording, hand: Hand = Hand.EDITOR, *, one_subject: bool = False) -> str:
    """What the one says where the other says something else, in words; empty where nothing does.

    `one_subject`: the titles tell that both are about the same.
    """
    found = differences(one.words, other.words)
    slips = misprinted(one, other, found.places)
    places = [place for place in found.places if place not in slips]
    return (
        next(filter(None, (_clash(one, other, place) for place in places)), "")
        or _elsewhere(one, other, found, slips)
        or _exchanged(one, other, found)
        or other_event(one, other)
        or _news(one, found.ones, hand)
        or _news(other, found.others, hand)
        or _each_its_own(one, other, found, hand)
        or _reworded(one, other, places, hand, one_subject=one_subject)
    )


def facts_differ(one: Wording, other: Wording) -> bool:
    """Whether each tells a number, an ordinal, a date or a time where the other tells another one; names are worded in too many ways."""
    ours, theirs = ([fact for fact in side.facts if fact.kind is not FactKind.NAME] for side in (one, other))
    return any(True for _ in differing(ours, theirs))


def _said(one: Sequence[str], other: Sequence[str]) -> str:
    return f"it says «{' '.join(one[:5])}» where the other says «{' '.join(other[:5])}»"


def _told(one: Wording, other: Wording, pairs: Iterable[tuple[Fact, Fact]]) -> str:
    return next((_said(_of(one, a), _of(other, b)) for a, b in pairs), "")


# --- facts ---------------------------------------------------------------------------------------------------------------------------


def _clash(one: Wording, other: Wording, place: Place) -> str:
    """Facts of one kind that differ in one place, or changed places in it."""
    if place.one is None or place.other is None:
        return ""
    ours, theirs = one.within(place.one), other.within(place.other)
    if place.is_exact and sorted(one.of(place.one)) == sorted(other.of(place.other)):
        moved = [fact.value for fact in ours] != [fact.value for fact in theirs]
        return _said(one.of(place.one), other.of(place.other)) if moved else ""
    if place.is_exact and max(len(place.one), len(place.other)) <= _SHORT:
        # here a word in capitals is a name though it begins a sentence: another one stands in the same place
        return _told(one, other, differing(one.within(place.one, sure=False), other.within(place.other, sure=False)))
    return _told(one, other, differing(absent(ours, other.sure()), absent(theirs, one.sure())))


def _elsewhere(one: Wording, other: Wording, found: Differences, slips: frozenset[Place]) -> str:
    """Facts that each has and the other nowhere: two events in one frame."""
    ours = [passage for place in found.places if place not in slips and (passage := place.one) is not None] + [*found.ones]
    theirs = [passage for place in found.places if place not in slips and (passage := place.other) is not None] + [*found.others]
    return _told(one, other, differing(_own(one, ours, other), _own(other, theirs, one)))


def _own(side: Wording, passages: Sequence[Passage], other: Wording) -> list[Fact]:
    return absent([fact for passage in passages for fact in side.within(passage)], other.sure())


def _exchanged(one: Wording, other: Wording, found: Differences) -> str:
    """Names or numbers that changed places inside a sentence, «Гомель открыт, Речица закрыта» and the other way round.

    What was only left out makes a seam in one of the texts.
    """
    ours, theirs = _seam(one, found.one_seams), _seam(other, found.other_seams)
    return _said(ours, theirs) if ours and theirs else ""


def _seam(side: Wording, seams: Sequence[int]) -> tuple[str, ...]:
    """The words at the first seam inside a sentence that states something there."""
    for seam in seams:
        inside = range(seam + 1, seam + SEAM)
        if not side.breaks.intersection(inside) and any(fact.start < seam + SEAM and fact.end > seam for fact in side.sure()):
            return side.words[seam : seam + SEAM]
    return ()


def other_event(one: Wording, other: Wording) -> str:
    """A report that quotes an earlier one whole begins with an event of its own."""
    ours, theirs = ([fact for fact in side.sure() if fact.end <= _LEAD and fact.kind is not FactKind.NAME] for side in (one, other))
    dated = ([fact for fact in facts if fact.kind in {FactKind.DATE, FactKind.ORDINAL}] for facts in (ours, theirs))
    return _told(one, other, ((a, b) for a, b in differing(*dated) if absent([a], other.sure()) or absent([b], one.sure())))


def _news(side: Wording, passages: Sequence[Passage], hand: Hand) -> str:
    """What was put before a text that is repeated, or says beside it that the rest holds no more."""
    for passage in passages:
        if hand.is_at_home and passage.before == EDGE and len(passage) >= _SENTENCE and passage.end in side.stops:
            return f"it begins with «{' '.join(side.of(passage)[:5])}», and the other does not"
        if passage.behind == EDGE and len(passage) > _LEAD:
            continue  # the other was cut, and this is how the text goes on
        if word := next(filter(_NEWS.match, side.of(passage)), ""):
            return f"it says «{word}», and the other does not"
    return ""


def _each_its_own(one: Wording, other: Wording, found: Differences, hand: Hand) -> str:
    """Whether both have sentences of their own: two issues of a digest, a draft that is discussed and what was adopted."""
    if not hand.is_at_home:
        return ""
    ours, theirs = ([passage for passage in passages if len(passage) >= _STRETCH] for passages in (found.ones, found.others))
    if not ours or not theirs:
        return ""
    return _said(one.of(ours[0]), other.of(theirs[0]))


# --- words ---------------------------------------------------------------------------------------------------------------------------


def _reworded(one: Wording, other: Wording, places: Sequence[Place], hand: Hand, *, one_subject: bool) -> str:
    """Ordinary words in the place of others, as templates have them, unless somebody rewrote more than that."""
    told = {place: pair for place in places if (pair := _ordinary(one, other, place)) is not None}
    slots = [pair for pair in told.values() if not _is_retold(pair)]
    if hand is Hand.AGENCY:
        slots = [pair for pair in slots if not _smoothed(one, other, pair)]
    if not slots or (hand is not Hand.NONE and _is_rewritten(told, one_subject=one_subject)):
        return ""
    return _said(*slots[0])


def _is_rewritten(told: Mapping[Place, _Pair], *, one_subject: bool) -> bool:
    """Much was changed, and it is about the same.

    That is so where what stands there now shares words with what stood there; and, under one title, where it is many small things, or where
    both begin alike and have told what happened before they part.
    """
    pairs = set(told.values())
    changed = sum(map(_changed, pairs))
    many = len(pairs) >= _PLACES
    if changed < _REWRITTEN:
        return False
    starts = [passage.start for place in told for passage in (place.one, place.other) if passage is not None]
    if one_subject:
        return many or min(starts) >= _LEAD or _shared_stems(pairs) >= _RETOLD_UNDER_ONE_TITLE
    return _about_the_same(pairs)


def _changed(pair: _Pair) -> int:
    """How many words of a pair are others."""
    return max(len(set(pair.ours) - set(pair.theirs)), len(set(pair.theirs) - set(pair.ours)))


def _is_retold(pair: _Pair) -> bool:
    """Whether a longer passage says the same in other words; in the slot of a template stand only a few."""
    return min(map(len, pair)) > _SHORT and _about_the_same([pair])


def _ordinary(one: Wording, other: Wording, place: Place) -> _Pair | None:
    """What differs in a place beside facts that are the same; None where nothing does, or where something was added for itself."""
    if place.one is None or place.other is None:
        return _added(one, other, place)
    ours, theirs = _but_facts(one, place.one, other), _but_facts(other, place.other, one)
    if "".join(ours) == "".join(theirs) or _is_cut_off(place, ours, theirs):
        return None
    return _without_same_ends(ours, theirs)


def _without_same_ends(ours: tuple[str, ...], theirs: tuple[str, ...]) -> _Pair:
    """What differs, without the words beside it that were too few for a run."""
    while ours and theirs and ours[0] == theirs[0]:
        ours, theirs = ours[1:], theirs[1:]
    while ours and theirs and ours[-1] == theirs[-1]:
        ours, theirs = ours[:-1], theirs[:-1]
    return _Pair(ours, theirs)


def _added(one: Wording, other: Wording, place: Place) -> _Pair | None:
    side, passage = (one, place.one) if place.one is not None else (other, place.other)
    if passage is None or (len(passage) >= _STRETCH and _is_whole(side, passage)):
        return None
    return _Pair(side.of(passage), ()) if place.one is not None else _Pair((), side.of(passage))


def _is_whole(side: Wording, passage: Passage) -> bool:
    """Whether it is a sentence, or several. Where it begins as the next one does, it is seen some words too late."""
    return any(passage.start - late in side.breaks and passage.end - late in side.breaks for late in range(_SHORT + 1))


def _is_cut_off(place: Place, ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether one text ends in the middle of a word of the other."""
    if place.one is None or place.other is None or EDGE not in {place.one.behind, place.other.behind}:
        return False
    shorter, longer = sorted((list(ours), list(theirs)), key=len)
    if not shorter or len(longer) < len(shorter):
        return False
    return shorter[:-1] == longer[: len(shorter) - 1] and longer[len(shorter) - 1].startswith(shorter[-1])


def _but_facts(side: Wording, passage: Passage, other: Wording) -> tuple[str, ...]:
    """The words of a passage without numbers and dates that the other tells too, in its own spelling. Names stay: in one place of one
    sentence another form of a name is another person, «Евгений» and «Евгения».
    """
    known = [fact for fact in side.within(passage) if fact.kind is not FactKind.NAME and not absent([fact], other.sure())]
    inside = {place for fact in known for place in range(fact.start, fact.end)}
    return tuple(side.words[place] for place in range(passage.start, passage.end) if place not in inside)


def _about_the_same(pairs: Iterable[_Pair]) -> bool:
    return _shared_stems(pairs) >= _RETOLD


def _shared_stems(pairs: Iterable[_Pair]) -> float:
    """The share of the words that one side has in common with the other, by their beginnings."""
    pairs = list(pairs)
    ours, theirs = (stems([word for pair in pairs for word in pair[side]]) for side in (0, 1))
    return len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else 0.0


def _smoothed(one: Wording, other: Wording, pair: _Pair) -> bool:
    """Whether words were left out, a name stands for what it names, or the same is said in forms of the same words."""
    stated = _NEGATIONS | {
        word for side in (one, other) for fact in side.facts if fact.kind is not FactKind.NAME for word in _of(side, fact)
    }
    if stated.intersection(pair.ours) != stated.intersection(pair.theirs):
        return False
    ours, theirs = (bool(_names(side) & set(words)) for side, words in zip((one, other), pair, strict=True))
    return not pair.ours or not pair.theirs or ours is not theirs or _about_the_same([pair])


def _of(side: Wording, fact: Fact) -> tuple[str, ...]:
    return side.words[fact.start : fact.end]


def _names(side: Wording) -> set[str]:
    return {word for fact in side.sure() if fact.kind is FactKind.NAME for word in _of(side, fact)}
