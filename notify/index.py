"""All watches at once: an index from what a query cannot do without to the queries that can't, so that a text asks few of them.

Every query names words that each text it accepts must have; of these the rarest is its anchor, a key in a dictionary. A text looks its own
keys up there, and only the queries found are evaluated: the answer is always that of evaluating every one. A query that begins with OR has
an anchor for each of its parts, and only the parts whose anchors are found are evaluated; so a list of ten thousand terms is no slower
than as many watches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from math import inf
from operator import itemgetter

from notify.lemmas import EXACT, Lexicon
from notify.match import MOST_SPANS, holds, merged, named, plain_lexicon, spans
from notify.query import And, Field, Form, Named, Near, Node, Not, Or, Pattern, Sought, Told, Words
from notify.reading import Asking, Reading, numbers_of
from notify.watch import Watch
from storage.fold import fold
from storage.model import Span, Texts

_Anchor = int | tuple[str, str | int]
"""The number of a key (`notify.reading.numbers_of`); what is rarer in queries is a pair of its kind and what it looks for."""
_FORM, _BEGINS, _AUTHOR, _SOURCE, _LANGUAGE, _ANY = "form", "begins", "author", "source", "language", "any"
# What is found by the longer list of texts comes last: any key before a prefix, a prefix before a source, a source before a language.
_WEIGHTS = {_FORM: 0, _AUTHOR: 0, _BEGINS: 10_000, _SOURCE: 100_000, _LANGUAGE: 1_000_000, _ANY: 10_000_000}
_PARTS = 20
_PART = (1 << _PARTS) - 1
"""An entry holds the number of a part in its lowest bits: more parts than any list of terms has."""
_BEGINNING = 4
"""Letters by which prefixes are looked up; which of them a word really begins with is asked afterwards."""
_WORDS_A_WATCH, _FEW = 4, 10_000
_SEEN = 50
"""How much a text that has a key weighs against a watch that has its anchor there: what is common in texts costs at every one of them."""


@dataclass(slots=True)
class _Kept:
    """A watch with what the index knows of it."""

    slot: int
    watch: Watch
    parts: tuple[Node, ...]
    """One of them has to hold; each has its anchors."""
    rest: tuple[Node, ...]
    """All of them have to hold."""
    word: Sought | None
    """All that is asked for, where that is one word anywhere."""
    plain: bool
    """Each part is one word anywhere: where its anchor is found, it holds."""


class _Watches(Mapping[str, Watch]):
    """The watches by their names, in no table of their own."""

    def __init__(self, kept: Mapping[str, _Kept]) -> None:
        self._kept = kept

    def __getitem__(self, name: str) -> Watch:
        return self._kept[name].watch

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


class Matcher:
    """Watches, by what they look for. One text after the other, in one thread; watches may come and go between two texts."""

    def __init__(self, watches: Iterable[Watch] = (), lexicon: Lexicon | None = None) -> None:
        """Raises ValueError for two watches of one name."""
        self.lexicon = lexicon or plain_lexicon()
        self._by_name: dict[str, _Kept] = {}
        self.watches: Mapping[str, Watch] = _Watches(self._by_name)
        self._slots: dict[int, _Kept] = {}
        self._next = 0
        # Entries are numbers: a watch's slot, and which of its parts. One alone stands for itself, as most anchors have one.
        self._entries: dict[_Anchor, int | list[int]] = {}
        self._kinds: Counter[str] = Counter()
        self._beginnings: dict[str, dict[str, list[int]]] = {}
        """The entries of prefixes, by how the prefixes begin."""
        self._lengths: Counter[int] = Counter()
        """Of these beginnings; a short prefix is all of its beginning."""
        self._seen: Counter[int] = Counter()
        self._asked: dict[str, tuple[int, ...]] = {}
        """What words of queries ask for: working that out takes longer than all the rest of asking."""
        self._asking = Asking(self.lexicon, self._numbers)
        for watch in watches:
            self.add(watch)

    def learn(self, texts: Iterable[Texts]) -> None:
        """Count words in texts like those that will come, so that watches added later are anchored at rare ones."""
        for one in texts:
            self._seen.update(self.read(one).main.keys)

    def read(self, texts: Texts) -> Reading:
        """A text, to be held against the watches."""
        return Reading(texts, self._asking)

    def _numbers(self, folded: str) -> tuple[int, ...]:
        known = self._asked.get(folded)
        if known is None:
            if len(self._asked) > _WORDS_A_WATCH * len(self._by_name) + _FEW:  # most are of watches that are gone
                self._asked.clear()
            known = self._asked[folded] = numbers_of(self.lexicon.asked(folded))
        return known

    def add(self, watch: Watch) -> None:
        """Raises ValueError where there is one of its name."""
        if watch.name in self.watches:
            raise ValueError(f"two watches are called {watch.name}")
        self._put(watch, self._next)
        self._next += 1

    def change(self, watch: Watch) -> None:
        """Put a watch in the place of the one of its name. Raises KeyError where there is none."""
        self._put(watch, self._taken_out(watch.name))

    def remove(self, name: str) -> None:
        """Raises KeyError where there is none of that name."""
        self._taken_out(name)

    def match(self, texts: Texts) -> dict[str, tuple[Span, ...]]:
        """The watches that accept, by name, each with the places of the words that made it so: merged, the title's first, in order."""
        return self.matched(self.read(texts))

    def matched(self, reading: Reading) -> dict[str, tuple[Span, ...]]:
        """The same for a text that this matcher has read."""
        return {kept.watch.name: _spans(kept, held, reading) for kept, held in self._accepting(reading)}

    def accepting(self, reading: Reading) -> list[str]:
        """The names of the watches that accept, without the words that made it so."""
        return [kept.watch.name for kept, _ in self._accepting(reading)]

    def _accepting(self, reading: Reading) -> list[tuple[_Kept, Sequence[Node]]]:
        """In the order in which they came, each with those of its parts that hold."""
        found: list[tuple[int, _Kept, Sequence[Node]]] = []
        sure = reading.main.whole
        for slot, parts in self._candidates(reading).items():
            kept = self._slots[slot]
            for node in kept.rest:
                if not _holds(node, reading):
                    break
            else:
                held: Sequence[Node] = kept.parts if len(kept.parts) == 1 else [kept.parts[number] for number in parts]
                if not (kept.plain and sure):
                    held = [part for part in held if _holds(part, reading)]
                if held:
                    found.append((slot, kept, held))
        found.sort(key=itemgetter(0))
        return [(kept, held) for _, kept, held in found]

    def _candidates(self, reading: Reading) -> dict[int, dict[int, None]]:
        """The slots of watches whose anchors the text has, each with the numbers of their parts."""
        if not reading.main.whole:
            return {slot: dict.fromkeys(range(len(kept.parts))) for slot, kept in self._slots.items()}
        found: dict[int, dict[int, None]] = {}
        for entry in self._entries_for(reading):
            slot, number = entry >> _PARTS, entry & _PART
            known = found.get(slot)
            if known is None:
                found[slot] = {number: None}
            else:
                known[number] = None
        return found

    def _entries_for(self, reading: Reading) -> Iterator[int]:
        entries = self._entries
        for anchor in chain(entries.keys() & reading.main.keys, filter(entries.__contains__, self._rarer_anchors(reading))):
            there = entries[anchor]
            if isinstance(there, int):
                yield there
            else:
                yield from there
        if self._beginnings:
            yield from self._beginning(reading.main.forms)

    def _beginning(self, forms: Iterable[str]) -> Iterator[int]:
        beginnings = self._beginnings
        for length in (length for length, prefixes in self._lengths.items() if prefixes):
            for form in forms:
                if (beginning := form[:length]) in beginnings:
                    prefixes = beginnings[beginning]
                    for whole in set(map(len, prefixes)):
                        yield from prefixes.get(form[:whole], ())

    def _rarer_anchors(self, reading: Reading) -> Iterator[_Anchor]:
        if self._kinds[_FORM]:
            yield from ((_FORM, form) for form in reading.main.forms)
        if self._kinds[_AUTHOR]:
            yield from ((_AUTHOR, number) for number in reading.author.keys)
            yield from ((_AUTHOR, EXACT + form) for form in reading.author.forms)
        yield (_SOURCE, fold(reading.texts.source))
        yield (_LANGUAGE, fold(reading.texts.language))
        yield (_ANY, "")

    def _put(self, watch: Watch, slot: int) -> None:
        parts, rest = self._split(watch.query.root)
        for number, part in enumerate(parts):
            entry = slot << _PARTS | number  # one object for all its anchors
            for anchor in self._anchors_of(part):
                self._enter(anchor, entry)
        kept = _Kept(slot, watch, parts, rest, _word(watch.query.root), all(map(_word, parts)))
        self._by_name[watch.name] = self._slots[slot] = kept

    def _taken_out(self, name: str) -> int:
        """Forget a watch; the slot that it had."""
        kept = self._by_name.pop(name)
        del self._slots[kept.slot]
        for anchor in self._possible_anchors(kept.watch.query.root):
            self._leave(anchor, kept.slot)
        return kept.slot

    def _possible_anchors(self, node: Node) -> set[_Anchor]:
        """All that `_anchors_of` could have chosen from when the watch came; remembering what it chose would take a fifth of the memory."""
        match node:
            case And(parts) | Or(parts):
                return set().union(*map(self._possible_anchors, parts))
            case Words(words, field):
                return set().union(*(self._anchors_of_word(word, field) for word in words))
            case Near(first, second, _, field):
                return self._possible_anchors(Words((*first.words, *second.words), field))
            case Named():
                return set().union(*map(self._possible_anchors, named(node)))
            case Not():
                return set()
            case _:
                return self._anchors_of(node)

    def _enter(self, anchor: _Anchor, entry: int) -> None:
        if isinstance(anchor, tuple):
            kind, value = anchor
            self._kinds[kind] += 1
            if kind == _BEGINS and isinstance(value, str):
                self._beginnings.setdefault(value[:_BEGINNING], {}).setdefault(value, []).append(entry)
                self._lengths[len(value[:_BEGINNING])] += 1
                return
        there = self._entries.get(anchor)
        if there is None:
            self._entries[anchor] = entry
        elif isinstance(there, int):
            self._entries[anchor] = [there, entry]
        else:
            there.append(entry)

    def _leave(self, anchor: _Anchor, slot: int) -> None:
        if isinstance(anchor, tuple) and anchor[0] == _BEGINS:
            self._leave_beginning(str(anchor[1]), slot)
            return
        there = self._entries.get(anchor)
        entries = [there] if isinstance(there, int) else there or []
        left = [entry for entry in entries if entry >> _PARTS != slot]
        if isinstance(anchor, tuple):
            self._kinds[anchor[0]] -= len(entries) - len(left)
        if left:
            self._entries[anchor] = left if len(left) > 1 else left[0]
        else:
            self._entries.pop(anchor, None)

    def _leave_beginning(self, prefix: str, slot: int) -> None:
        prefixes = self._beginnings.get(prefix[:_BEGINNING], {})
        entries = prefixes.get(prefix, [])
        left = [entry for entry in entries if entry >> _PARTS != slot]
        self._lengths[len(prefix[:_BEGINNING])] -= len(entries) - len(left)
        if left:
            prefixes[prefix] = left
        else:
            prefixes.pop(prefix, None)

    def _split(self, root: Node) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
        """The parts of which one has to hold, and the rest of which all have to."""
        if isinstance(root, And):
            pivot = min(root.parts, key=self._cost)
            rest = tuple(part for part in root.parts if part is not pivot)
        else:
            pivot, rest = root, ()
        return (pivot.parts if isinstance(pivot, Or) else (pivot,)), rest

    def _anchors_of(self, node: Node) -> set[_Anchor]:
        """Whatever satisfies a node has one of these."""
        match node:
            case And(parts):
                return self._anchors_of(min(parts, key=self._cost))
            case Or(parts):
                return set().union(*map(self._anchors_of, parts))
            case Words(words, field):
                return self._anchors_of_word(min(words, key=lambda word: self._cost_of_word(word, field)), field)
            case Near(first, second, _, field):
                return self._anchors_of(Words((*first.words, *second.words), field))
            case Named():
                return set().union(*(self._anchors_of(words) for words in named(node)))
            case Told(what, value, begins):
                return {(_ANY, "")} if begins else {(_SOURCE if what == "source" else _LANGUAGE, value)}
            case Pattern():
                return {(_ANY, "")}
            case Not():
                raise AssertionError("nothing is asked for here, which the parser refuses")

    def _anchors_of_word(self, word: Sought, field: Field | None) -> set[_Anchor]:
        author = field is Field.AUTHOR
        match word.form:
            case Form.PREFIX:
                return {(_ANY, "") if author else (_BEGINS, word.folded)}
            case Form.EXACT:
                return {(_AUTHOR, EXACT + word.folded) if author else (_FORM, word.folded)}
            case _:
                numbers = self._numbers(word.folded)
                return {(_AUTHOR, number) for number in numbers} if author else set(numbers)

    def _cost(self, node: Node) -> float:
        """How many texts and watches an anchor of a node would bring together; endless for what has none."""
        match node:
            case Not():
                return inf
            case And(parts):
                return min(map(self._cost, parts))
            case Or(parts):
                return sum(map(self._cost, parts))
            case _:
                return self._cost_of_anchors(self._anchors_of(node))

    def _cost_of_word(self, word: Sought, field: Field | None) -> float:
        if word.form is Form.ORDINAL:
            return inf
        return self._cost_of_anchors(self._anchors_of_word(word, field))

    def _cost_of_anchors(self, anchors: set[_Anchor]) -> int:
        # the worst of them: a name that no dictionary has bears many keys, and all are rare
        return max(map(self._cost_of_anchor, anchors)) + len(anchors) - 1

    def _cost_of_anchor(self, anchor: _Anchor) -> int:
        there = self._entries.get(anchor)
        crowd = 0 if there is None else 1 if isinstance(there, int) else len(there)
        return 1 + crowd + (_WEIGHTS[anchor[0]] if isinstance(anchor, tuple) else _SEEN * self._seen[anchor])


def _holds(node: Node, reading: Reading) -> bool:
    """As `holds` says; at once where it is a word that is not there, as most candidates end."""
    if type(node) is Words and node.field is None:
        has = reading.main.has
        for word in node.words:
            if not has(word):
                return False
        if len(node.words) == 1:
            return True
    return holds(node, reading)


def _spans(kept: _Kept, held: Sequence[Node], reading: Reading) -> tuple[Span, ...]:
    """The words that made a watch accept."""
    if kept.word:
        return reading.main.spans_of_word(kept.word)[:MOST_SPANS]
    if len(held) == 1 and not kept.rest:
        return spans(held[0], reading)
    together = chain.from_iterable(spans(part, reading) for part in (*held, *kept.rest))
    return merged(islice(together, 10 * MOST_SPANS))[:MOST_SPANS]


def _word(node: Node) -> Sought | None:
    """The word, where one word anywhere is all that is asked for."""
    if type(node) is Words and node.field is None and len(node.words) == 1:
        (word,) = node.words
        return None if word.form is Form.ORDINAL else word
    return None
