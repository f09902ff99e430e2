"""Whether a query accepts one state of an article, and by which words; and what is owed to whom for the watches that do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from notify import patterns
from notify.indexing import indexed
from notify.lemmas import Lexicon
from notify.query import And, Leaf, Named, Near, Node, Not, Or, Pattern, Query, Told, Words
from notify.reading import Asking, Reading, near, occurs, spans_of
from notify.watch import EDIT, REMOVED, Watch
from storage.fold import fold
from storage.model import EditKind, Match, MatchedRevision, Owed, Recipient, Span, Texts, UnmatchedRevision

if TYPE_CHECKING:
    from notify.index import Matcher
    from notify.senders.channel import Channel

_ORDER = ("title", "text", "attachment", "author")
MOST_SPANS = 2_000
"""Of one match; a page that repeats a word a million times says no more by all of them."""


@cache
def plain_lexicon() -> Lexicon:
    """The lexicon without any words of the user."""
    return Lexicon()


def check(query: Query, texts: Texts, lexicon: Lexicon | None = None) -> tuple[bool, tuple[Span, ...]]:
    """Whether one query accepts, and the places of the words that made it so."""
    reading = Reading(texts, Asking.by(lexicon or plain_lexicon()))
    return (True, spans(query.root, reading)) if holds(query.root, reading) else (False, ())


def holds(node: Node, reading: Reading) -> bool:
    """Whether a part of a query is satisfied."""
    match node:
        case And(parts):
            return all(holds(part, reading) for part in parts)
        case Or(parts):
            return any(holds(part, reading) for part in parts)
        case Not(part):
            return not _leaf_holds(part, reading)
        case _:
            return _leaf_holds(node, reading)


def _leaf_holds(leaf: Leaf, reading: Reading) -> bool:
    match leaf:
        case Words():
            return occurs(leaf, reading)
        case Told():
            return _is_told(leaf, reading.texts)
        case Named():
            return any(occurs(words, reading) for words in named(leaf))
        case _:
            return any(True for _ in _leaf_spans(leaf, reading))


def spans(node: Node, reading: Reading) -> tuple[Span, ...]:
    """The words that made a node hold, which it must: merged, the title's first, in order."""
    return merged(islice(_spans(node, reading), 10 * MOST_SPANS))[:MOST_SPANS]


def _spans(node: Node, reading: Reading) -> Iterator[Span]:
    match node:
        case And(parts):
            yield from chain.from_iterable(_spans(part, reading) for part in parts)
        case Or(parts):
            yield from chain.from_iterable(_spans(part, reading) for part in parts if holds(part, reading))
        case Not() | Told():
            return
        case _:
            yield from _leaf_spans(node, reading)


def _leaf_spans(leaf: Leaf, reading: Reading) -> Iterator[Span]:
    match leaf:
        case Words():
            yield from spans_of(leaf, reading)
        case Named():
            yield from chain.from_iterable(spans_of(words, reading) for words in named(leaf))
        case Near(first, second, distance, field):
            read = reading.read(field)
            for one in read.of(field):
                yield from (one.span(*stretch) for stretch in near(first, second, distance, read, one))
        case Pattern(regex, field):
            for one in reading.read(field).of(field):
                yield from (Span(one.name, *place) for place in patterns.places(regex, one.flat))
        case Told():
            return


def named(leaf: Named) -> Iterator[Words]:
    """The term and its names, each in the field that is asked for."""
    for words in (leaf.term, *leaf.names):
        yield Words(words.words, leaf.field)


def _is_told(told: Told, texts: Texts) -> bool:
    value = fold(texts.source if told.what == "source" else texts.language)
    return value.startswith(told.value) if told.begins else value == told.value


def merged(found: Iterable[Span]) -> tuple[Span, ...]:
    """Overlapping and touching spans made one; title, text, documents, author."""
    merged: list[Span] = []
    for span in sorted(found, key=_place):
        last = merged[-1] if merged else None
        if last and last.field == span.field and span.start <= last.end:
            merged[-1] = Span(last.field, last.start, max(last.end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _place(span: Span) -> tuple[int, int, int, int]:
    kind, _, number = span.field.partition(":")
    return _ORDER.index(kind), int(number or 0), span.start, span.end


def decide(revision: UnmatchedRevision, matcher: Matcher, channels: Mapping[str, Channel]) -> MatchedRevision:
    """Hold a revision against every watch, and index it. An address gets one delivery, however many channels and watches name it."""
    matches: list[Match] = []
    owed_to: dict[str, tuple[Recipient, list[str]]] = {}
    reading = matcher.read(revision.texts)
    accepted = matcher.matched(reading)
    for name, found in accepted.items():
        if name in revision.matched_here:
            continue
        watch = matcher.watches[name]
        recipients = [recipient for channel in watch.channels if channel in channels for recipient in channels[channel].recipients]
        owed = _owed(revision, watch, recipients)
        matches.append(Match(name, found, owed))
        if owed is Owed.ALERT:
            for recipient in recipients:
                _, watches = owed_to.setdefault(recipient.key, (recipient, []))
                if name not in watches:
                    watches.append(name)
    told = {recipient: tuple(watches) for recipient, watches in owed_to.values()}
    ever = {*accepted, *revision.matched_before, *revision.matched_here}
    read = sum(map(bool, revision.attachments))
    return MatchedRevision(revision.id, tuple(matches), told, indexed(reading, ever), documents=read)


def _owed(revision: UnmatchedRevision, watch: Watch, recipients: Sequence[Recipient]) -> Owed:
    if revision.baseline:
        return Owed.BASELINE
    if not _is_asked_for(revision, watch):
        return Owed.EDIT
    return Owed.ALERT if recipients else Owed.NO_CHANNEL


def _is_asked_for(revision: UnmatchedRevision, watch: Watch) -> bool:
    """Whether it is news for the watch: words that match for the first time, or an edit or a removal that it wants to be told of."""
    if EditKind.REMOVED in revision.kinds:
        return REMOVED in watch.on
    if watch.name not in revision.matched_before or _was_another(watch, revision):
        # its words may be older than the watch
        return not revision.kinds or not revision.kinds <= _SAME_WORDS
    # of a revision from before edits had kinds nothing is known: in doubt it is told
    return EDIT in watch.on and (not revision.kinds or not revision.kinds.isdisjoint(_TOLD))


def _was_another(watch: Watch, revision: UnmatchedRevision) -> bool:
    """Whether what an earlier revision matched was the watch before its last change, which may have asked for something else."""
    then = revision.matched_then.get(watch.name)
    return then is not None and watch.changed_at is not None and then < watch.changed_at


_SAME_WORDS = frozenset((EditKind.REDATED, EditKind.RETURNED))
_TOLD = frozenset((EditKind.NUMBER, EditKind.DATE, EditKind.NAME, EditKind.ATTACHMENT, EditKind.STATUS))
