"""Which watches a revision matches, by which words, and what is owed to whom for that."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from notify.lemmas import lemmas
from notify.query import And, Form, Node, Not, Or, Query, Sought, Words, is_ordinal_ending
from notify.tokens import Token, tokens
from notify.watch import EDIT, REMOVED, Watch
from storage.model import EditKind, Match, MatchedRevision, Owed, Recipient, Span, UnmatchedRevision

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from notify.senders.channel import Channel

_FIELDS = ("title", "text")


class Matcher:
    """All watches at once. Holding a revision against them costs one reading of its text, then a look-up for each word of each query."""

    def __init__(self, watches: Iterable[Watch]) -> None:
        """Raises ValueError for two watches of one name."""
        self.watches: dict[str, Watch] = {}
        for watch in watches:
            if watch.name in self.watches:
                raise ValueError(f"two watches are called {watch.name}")
            self.watches[watch.name] = watch

    def match(self, title: str, text: str) -> dict[str, tuple[Span, ...]]:
        """The watches that accept, by name, each with the places of the words that made it so: merged, the title's first, in order."""
        read = (_Read.of("title", title), _Read.of("text", text))
        found = ((name, _found(watch.query.root, read)) for name, watch in self.watches.items())
        return {name: merged(spans) for name, spans in found if spans is not None}


def check(query: Query, title: str, text: str) -> tuple[bool, tuple[Span, ...]]:
    """Whether one query accepts, and the places of the words that made it so."""
    spans = _found(query.root, (_Read.of("title", title), _Read.of("text", text)))
    return spans is not None, merged(spans or ())


def decide(revision: UnmatchedRevision, matcher: Matcher, channels: Mapping[str, Channel]) -> MatchedRevision:
    """Hold a revision against every watch. An address gets one delivery, however many channels and watches name it."""
    matches: list[Match] = []
    owed_to: dict[str, tuple[Recipient, list[str]]] = {}
    for name, spans in matcher.match(revision.title, revision.text).items():
        watch = matcher.watches[name]
        recipients = [recipient for channel in watch.channels if channel in channels for recipient in channels[channel].recipients]
        owed = _owed(revision, watch, recipients)
        matches.append(Match(name, spans, owed))
        if owed is Owed.ALERT:
            for recipient in recipients:
                _, watches = owed_to.setdefault(recipient.key, (recipient, []))
                if name not in watches:
                    watches.append(name)
    return MatchedRevision(revision.id, tuple(matches), {recipient: tuple(watches) for recipient, watches in owed_to.values()})


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
    if watch.name not in revision.matched_before:
        # its words may be older than the watch
        return not revision.kinds or not revision.kinds <= _SAME_WORDS
    # of a revision from before edits had kinds nothing is known: in doubt it is told
    return EDIT in watch.on and (not revision.kinds or not revision.kinds.isdisjoint(_TOLD))


_SAME_WORDS = frozenset((EditKind.REDATED, EditKind.RETURNED))
_TOLD = frozenset((EditKind.NUMBER, EditKind.DATE, EditKind.NAME, EditKind.ATTACHMENT, EditKind.STATUS))


@dataclass(frozen=True, slots=True)
class _Read:
    """One field of a revision, read once: its tokens, and where each form and each lemma stands among them."""

    name: str
    tokens: tuple[Token, ...]
    by_form: Mapping[str, Collection[int]] = field(repr=False)
    by_lemma: Mapping[str, Collection[int]] = field(repr=False)

    @classmethod
    def of(cls, name: str, text: str) -> _Read:
        read = tuple(tokens(text))
        by_form: dict[str, list[int]] = defaultdict(list)
        by_lemma: dict[str, list[int]] = defaultdict(list)
        for place, token in enumerate(read):
            by_form[token.folded].append(place)
        for form, places in by_form.items():
            for lemma in lemmas(form):
                by_lemma[lemma].extend(places)
        return cls(name, read, dict(by_form), dict(by_lemma))


def _found(node: Node, read: tuple[_Read, ...]) -> list[Span] | None:
    """The spans that satisfy a part of a query, perhaps none (a negation that holds); None where it isn't satisfied."""
    match node:
        case Words():
            return list(chain.from_iterable(_side_by_side(node, one) for one in read)) or None
        case Not(part):
            return None if any(True for one in read for _ in _side_by_side(part, one)) else []
        case And(parts):
            return _all(parts, read)
        case Or(parts):
            found = [spans for spans in (_found(part, read) for part in parts) if spans is not None]
            return list(chain.from_iterable(found)) if found else None


def _all(parts: tuple[Node, ...], read: tuple[_Read, ...]) -> list[Span] | None:
    together: list[Span] = []
    for part in parts:
        spans = _found(part, read)
        if spans is None:
            return None
        together.extend(spans)
    return together


def _side_by_side(sought: Words, read: _Read) -> Iterator[Span]:
    """Where the words stand next to each other in this order; whatever is no word between them says nothing."""
    places = [_places(word, read) for word in sought.words]
    for first in sorted(places[0]):
        if all(first + offset in following for offset, following in enumerate(places[1:], start=1)):
            yield Span(read.name, read.tokens[first].start, read.tokens[first + len(places) - 1].end)


def _places(word: Sought, read: _Read) -> set[int]:
    match word.form:
        case Form.ANY:
            return set(chain.from_iterable(read.by_lemma.get(lemma, ()) for lemma in lemmas(word.folded)))
        case Form.EXACT:
            return set(read.by_form.get(word.folded, ()))
        case Form.PREFIX:
            return set(chain.from_iterable(places for form, places in read.by_form.items() if form.startswith(word.folded)))
        case Form.ORDINAL:
            return {place for place, token in enumerate(read.tokens) if token.after_dash and is_ordinal_ending(token.folded)}


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Overlapping and touching spans made one."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (_FIELDS.index(span.field), span.start, span.end)):
        last = merged[-1] if merged else None
        if last and last.field == span.field and span.start <= last.end:
            merged[-1] = Span(last.field, last.start, max(last.end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
