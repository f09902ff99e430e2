"""One state of an article, read once for all queries: its words, and where each of them and each of their keys stands."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from notify.lemmas import Lexicon
from notify.patterns import Flat
from notify.query import Field, Form, Sought, Words, is_ordinal_ending
from notify.tokens import Token, cut, tokens
from storage.model import Span, Texts

MOST_FORMS = 100_000
"""Different words of one text that are found in any form; further ones, which only a text of invented words has, are found as they stand.
Working out the forms of so many takes some seconds, and all others wait."""
_MOST_PLACES = 1_000
"""Places of one word or phrase that are told of one field."""
_REMEMBERED = 100_000
_FEW = 4
_NONE: Sequence[int] = ()
KeysOf = Callable[[str], tuple[str, ...]]


class FieldRead:
    """One field. Most watches end at the question whether a word is there, so places are worked out when they are asked for."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._cut = cut(text)
        self.words = self._cut.words
        self._asked = 0

    @cached_property
    def at(self) -> Mapping[str, Sequence[int]]:
        """For each form, the numbers of the words that are it, rising."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self.words):
            found[word].append(place)
        return dict(found)

    def places_of(self, forms: Collection[str]) -> Sequence[int]:
        """Where any of the forms stands, rising. The table of all words pays only where many of them are asked for."""
        if "at" not in self.__dict__ and self._asked < _FEW:
            self._asked += 1
            wanted = set(forms)
            return [place for place, word in enumerate(self.words) if word in wanted]
        found = [self.at[form] for form in forms if form in self.at]
        return found[0] if len(found) == 1 else sorted(chain.from_iterable(found))

    @cached_property
    def tokens(self) -> Sequence[Token]:
        return tuple(tokens(self.text))

    @cached_property
    def bounds(self) -> Sequence[tuple[int, int]]:
        """Where each word begins and ends."""
        return self._cut.bounds(self.text)

    @cached_property
    def ordinals(self) -> Sequence[int]:
        return [place for place, token in enumerate(self.tokens) if token.after_dash and is_ordinal_ending(token.folded)]

    @cached_property
    def flat(self) -> Flat:
        return Flat(self.text)

    def span(self, first: int, last: int) -> Span:
        return Span(self.name, self.bounds[first][0], self.bounds[last][1])


class Meetings:
    """Which forms a word of a query finds, remembered from one text to the next: for one query against many texts."""

    def __init__(self, asked: frozenset[str], keys_of: KeysOf) -> None:
        self._asked = asked
        self._keys_of = keys_of
        self._known: set[str] = set()
        self._met: set[str] = set()

    def among(self, forms: set[str]) -> set[str]:
        """Those of the forms that are found."""
        apart, keys_of = self._asked.isdisjoint, self._keys_of
        self._met.update([form for form in forms - self._known if not apart(keys_of(form))])
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known |= forms
        found = self._met & forms
        if len(self._met) > _REMEMBERED:
            self._met.clear()
            self._known.clear()
        return found


def numbers_of(keys: Iterable[str]) -> tuple[int, ...]:
    """Keys as numbers, a third of the memory: the hashes of strings, which differ from run to run, and which nobody can foresee.

    Of ten billion texts held against a million watches, one may find a watch by a wrong key.
    """
    return tuple(map(hash, keys))


@dataclass(frozen=True, slots=True)
class Asking:
    """By what words of queries are looked for."""

    lexicon: Lexicon
    numbers: Callable[[str], Collection[int]]
    """The numbers of the keys that a folded word asks for."""
    meetings: dict[tuple[str, KeysOf], Meetings] | None = None
    """Where one query is held against many texts: what is remembered from one to the next."""

    @classmethod
    def by(cls, lexicon: Lexicon, *, remember: bool = False) -> Asking:
        return cls(lexicon, lambda folded: numbers_of(lexicon.asked(folded)), {} if remember else None)


class Read:
    """Fields that are searched together: title, text and documents; or the author alone."""

    def __init__(self, fields: Sequence[FieldRead], keys_of: KeysOf | None, asking: Asking) -> None:
        """`keys_of`: what gives the keys of words, where that is not for the words here to decide."""
        self.fields = fields
        self.forms = set(chain.from_iterable(field.words for field in fields))
        self.keys_of = keys_of or asking.lexicon.keys_in(self.forms)
        self.whole = len(self.forms) <= MOST_FORMS
        """Its keys tell everything of it."""
        self._asking = asking
        self._has: dict[Sought, bool] = {}
        self._sought: dict[Sought, Collection[str]] = {}
        self._spans: dict[Sought, tuple[Span, ...]] = {}

    @cached_property
    def keys(self) -> set[int]:
        """The numbers of the keys of all forms; of a text that is not `whole`, of as many as their forms are worked out for."""
        if not self.whole:
            return set(self.by_key)
        return set(map(hash, chain.from_iterable(map(self.keys_of, self.forms))))

    def has(self, sought: Sought) -> bool:
        """Whether a word of a query finds any form here."""
        known = self._has.get(sought)
        if known is None:
            # most are not here, and that is found out without looking where they would be
            quickly = sought.form is Form.ANY and self.whole and self._asking.meetings is None
            found = not self.keys.isdisjoint(self._asking.numbers(sought.folded)) if quickly else bool(self.forms_of(sought))
            known = self._has[sought] = found
        return known

    def spans_of_word(self, sought: Sought) -> tuple[Span, ...]:
        """All places of one word, in order; remembered, as many watches ask for the same one."""
        known = self._spans.get(sought)
        if known is None:
            forms = self.forms_of(sought)
            in_each = ((field, islice(field.places_of(forms), _MOST_PLACES)) for field in self.fields)
            known = self._spans[sought] = tuple(field.span(place, place) for field, places in in_each for place in places)
        return known

    @cached_property
    def by_key(self) -> Mapping[int, Sequence[str]]:
        """The forms that have each key, by its number."""
        found: dict[int, list[str]] = defaultdict(list)
        keys_of = self.keys_of
        for form in self.forms if self.whole else sorted(self.forms)[:MOST_FORMS]:
            for key in keys_of(form):
                found[hash(key)].append(form)
        return dict(found)

    def forms_of(self, sought: Sought) -> Collection[str]:
        """The forms that stand here and that a word of a query finds."""
        known = self._sought.get(sought)
        if known is None:
            known = self._sought[sought] = tuple(self._find(sought))
        return known

    def _find(self, sought: Sought) -> Collection[str]:
        match sought.form:
            case Form.EXACT:
                return (sought.folded,) if sought.folded in self.forms else ()
            case Form.PREFIX:
                return [form for form in self.forms if form.startswith(sought.folded)]
            case Form.ORDINAL:
                return [form for form in self.forms if is_ordinal_ending(form)]
            case Form.ANY:
                return self._in_any_form(sought.folded)

    def _in_any_form(self, folded: str) -> Collection[str]:
        if self._asking.meetings is not None and self.whole:
            meets = self._asking.meetings.get((folded, self.keys_of))
            if meets is None:
                meets = Meetings(self._asking.lexicon.asked(folded), self.keys_of)
                self._asking.meetings[folded, self.keys_of] = meets
            return meets.among(self.forms)
        found = {form for number in self._asking.numbers(folded) for form in self.by_key.get(number, ())}
        if not self.whole and folded in self.forms:
            found.add(folded)
        return found

    def of(self, field: Field | None) -> Sequence[FieldRead]:
        """The fields that a part of a query is asked of."""
        if field is None or field is Field.AUTHOR:
            return self.fields
        return [one for one in self.fields if one.name.partition(":")[0] == field.value]


class Reading:
    """All that a query can ask of one state of an article."""

    def __init__(self, texts: Texts, asking: Asking) -> None:
        self.texts = texts
        self._asking = asking
        documents = (FieldRead(f"attachment:{number}", text) for number, text in enumerate(texts.attachments, 1) if text)
        self.main = Read([FieldRead("title", texts.title), FieldRead("text", texts.text), *documents], None, asking)

    @property
    def lexicon(self) -> Lexicon:
        return self._asking.lexicon

    @cached_property
    def author(self) -> Read:
        return Read([FieldRead("author", self.texts.author)], self.main.keys_of, self._asking)

    def read(self, field: Field | None) -> Read:
        return self.author if field is Field.AUTHOR else self.main


def places(words: Words, read: Read, field: FieldRead) -> Iterator[int]:
    """Where the words stand side by side in this order in one field, by the number of the first; punctuation between them says nothing."""
    each: list[Sequence[int]] = []
    for word in words.words:
        found = _places(word, read, field)
        if not found:
            return
        each.append(found)
    if len(each) == 1:
        yield from each[0]
        return
    # from the rarest on: a phrase of a common and a rare word costs no more than the rare one
    rarest = min(range(len(each)), key=lambda number: len(each[number]))
    others = [(number - rarest, set(each[number])) for number in range(len(each)) if number != rarest]
    for place in each[rarest]:
        if all(place + offset in following for offset, following in others):
            yield place - rarest


def _places(word: Sought, read: Read, field: FieldRead) -> Sequence[int]:
    if word.form is Form.ORDINAL:
        return field.ordinals
    forms = read.forms_of(word)
    return field.places_of(forms) if forms else _NONE


def occurs(words: Words, reading: Reading) -> bool:
    read = reading.read(words.field)
    if not all(map(read.has, words.words)):
        return False
    if len(words.words) == 1 and words.field in {None, Field.AUTHOR}:
        return True
    return any(True for field in read.of(words.field) for _ in places(words, read, field))


def spans_of(words: Words, reading: Reading) -> Iterator[Span]:
    read = reading.read(words.field)
    if len(words.words) == 1 and words.field is None:
        yield from read.spans_of_word(words.words[0])
        return
    for field in read.of(words.field):
        yield from _in_field(words, read, field)


def _in_field(words: Words, read: Read, field: FieldRead) -> Iterator[Span]:
    last = len(words.words) - 1
    return (field.span(place, place + last) for place in islice(places(words, read, field), _MOST_PLACES))


def near(first: Words, second: Words, distance: int, read: Read, field: FieldRead) -> Iterator[tuple[int, int]]:
    """The first and last words of all that stand near one of the other kind, without being a part of it."""
    sides = [(list(places(words, read, field)), len(words.words)) for words in (first, second)]
    for (mine, length), (theirs, other) in ((sides[0], sides[1]), (sides[1], sides[0])):
        for place in mine:
            if _is_near(place, length, theirs, other, distance):
                yield place, place + length - 1


def _is_near(place: int, length: int, theirs: Sequence[int], other: int, distance: int) -> bool:
    after = bisect_left(theirs, place + length)
    if after < len(theirs) and theirs[after] - (place + length - 1) <= distance:
        return True
    before = bisect_left(theirs, place - other + 1) - 1
    return before >= 0 and place - (theirs[before] + other - 1) <= distance
