"""Why a query accepts one state of an article or doesn't, clause by clause, in words.

Whether a clause holds is always asked of `notify.match`; here is found out what to say about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from notify.distances import Stretch, nearest_apart, nearest_together
from notify.lemmas import Lexicon
from notify.likeness import Like, Likeness
from notify.match import holds, named, plain_lexicon, spans
from notify.query import And, Field, Form, Named, Near, Node, Not, Or, Pattern, Query, Sought, Told, Words, printed
from notify.reading import Asking, Reading
from notify.render.excerpts import shortened, showable
from storage.model import Span, Texts

_SHOWN = 3
"""Different words, parts or names that are told; the rest are counted."""
_LENGTH = 100
"""Of a stretch of text that is shown."""
_NAME = 400
_MANY = 1_000
"""Places in one field; `notify.reading` tells no more."""
_ASKED = {
    None: "title, text or attachments",
    Field.TITLE: "the title",
    Field.TEXT: "the text",
    Field.ATTACHMENT: "an attachment",
    Field.AUTHOR: "the author's name",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One clause of a query."""

    clause: str
    """In canonical spelling."""
    holds: bool
    why: str
    spans: tuple[Span, ...] = ()
    """What made it hold; of a refused word that occurs, where."""
    parts: tuple[Explanation, ...] = ()


def explain(query: Query, texts: Texts, lexicon: Lexicon | None = None, *, documents: Sequence[str] = ()) -> Explanation:
    """The query with its clauses. `documents`: the names of the attachments, in their order."""
    return _Explainer(Reading(texts, Asking.by(lexicon or plain_lexicon())), documents).node(query.root, decisive=True)


class _Explainer:
    def __init__(self, reading: Reading, documents: Sequence[str]) -> None:
        self._reading = reading
        self._documents = documents

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness(self._reading.main.forms, self._reading.lexicon)

    def node(self, node: Node, *, decisive: bool) -> Explanation:
        """`decisive`: where this does not hold, nothing does."""
        held = holds(node, self._reading)
        match node:
            case And(parts):
                inner = tuple(self.node(part, decisive=decisive) for part in parts)
                return Explanation(printed(node), held, _of_all(inner), self._spans(node, held=held), inner)
            case Or(parts):
                inner = tuple(self.node(part, decisive=False) for part in parts)
                return Explanation(printed(node), held, _of_any(inner), self._spans(node, held=held), inner)
            case Not(part):
                there = self._spans(part, held=not held)
                return Explanation(printed(node), held, self._of_refusal(part, there, held=held, decisive=decisive), there)
            case Named():
                return self._of_names(node, held=held)
            case _:
                there = self._spans(node, held=held)
                return Explanation(printed(node), held, self._found(node, there) if held else self._missing(node), there)

    def _spans(self, node: Node, *, held: bool) -> tuple[Span, ...]:
        return spans(node, self._reading) if held else ()

    # --- what holds --------------------------------------------------------------------------------------------------------------------

    def _found(self, node: Node, there: Sequence[Span]) -> str:
        return self._told(node) if isinstance(node, Told) else f"found {self._places(there)}"

    def _places(self, there: Sequence[Span]) -> str:
        fields = dict.fromkeys(span.field for span in there)
        return _listed([self._in_field(field, [span for span in there if span.field == field]) for field in fields])

    def _in_field(self, field: str, there: Sequence[Span]) -> str:
        words = list(dict.fromkeys(filter(None, (self._written(span) for span in there))))
        times = "" if len(there) == 1 else f" {len(there)} times{' and more' if len(there) >= _MANY else ''}"
        return f"in {self._name(field)}{times} ({_quoted(words)})"

    def _name(self, field: str) -> str:
        kind, _, number = field.partition(":")
        if kind != "attachment":
            return "the author's name" if kind == "author" else f"the {kind}"
        place = int(number)
        name = _legible(self._documents[place - 1][:_NAME]) if place <= len(self._documents) else ""
        return f"attachment {place} «{name}»" if name else f"attachment {place}"

    def _written(self, span: Span) -> str:
        """The words as they stand there."""
        kind, _, number = span.field.partition(":")
        texts = self._reading.texts
        text = texts.attachments[int(number) - 1] if kind == "attachment" else str(getattr(texts, kind))
        return _legible(text[span.start : min(span.end, span.start + 4 * _LENGTH)])

    # --- what doesn't ------------------------------------------------------------------------------------------------------------------

    def _missing(self, node: Node) -> str:
        match node:
            case Words():
                return self._no_words(node)
            case Near():
                return self._not_near(node)
            case Pattern(regex, field):
                return self._elsewhere(node, [Pattern(regex, other) for other in _others(field)]) or "nothing in it is written so"
            case Told():
                return self._told(node)
            case _:
                return ""

    def _no_words(self, words: Words) -> str:
        if elsewhere := self._elsewhere(words, [Words(words.words, other) for other in _others(words.field)]):
            return elsewhere
        if len(words.words) == 1:
            return self._no_word(words.words[0], words.field)
        there = [word for word in words.words if self._occurs(word, words.field)]
        if len(there) < len(words.words):
            return self._some_missing(words, there)
        read = self._reading.read(words.field)
        nearest = nearest_together(words.words, read, read.of(words.field))
        if nearest is None:
            return "its words occur, but never in one place: title, text and attachments are looked through apart"
        in_order = "in this order" if nearest.words <= len(words.words) else "side by side"
        return f"its words occur, but not {in_order}: {self._shown(nearest)} is nearest"

    def _some_missing(self, words: Words, there: Sequence[Sought]) -> str:
        """Of a phrase; the ending of a number is told with the number alone."""
        missing = [word for word in words.words if word not in there]
        missing = [word for word in missing if word.form is not Form.ORDINAL] or missing
        why = [f"of «{_as_asked(word)}»: {self._no_word(word, words.field)}" for word in dict.fromkeys(missing)]
        return "; ".join([*(f"«{_as_asked(word)}» occurs" for word in dict.fromkeys(there[:_SHOWN])), *why[:_SHOWN]])

    def _no_word(self, word: Sought, field: Field | None) -> str:
        if word.form is Form.EXACT:
            others = self._reading.read(field).forms_of(Sought(word.folded))
            return f"it is not written so; other forms of it occur: {_quoted(sorted(others))}" if others else "no form of it occurs"
        if word.form is Form.PREFIX:
            like = self._likeness.beginning_like(word.folded)
            return f"no word begins so; «{like}» is nearest" if like else "no word begins so"
        return "; ".join(["no form of it occurs", *(_other_word(like) for like in self._likeness.to(word))])

    def _elsewhere(self, node: Node, others: Iterable[Node]) -> str:
        """Where it would be found if it were asked for there; empty where nowhere."""
        for other in others:
            if holds(other, self._reading):
                asked = _ASKED[_field_of(node)]
                found = self._places(spans(other, self._reading))
                hint = "; author: asks for it there" if _field_of(other) is Field.AUTHOR else ""
                return f"it occurs {found}, not in {asked}{hint}"
        return ""

    def _occurs(self, word: Sought, field: Field | None) -> bool:
        return holds(Words((word,), field), self._reading)

    def _not_near(self, near: Near) -> str:
        if elsewhere := self._elsewhere(near, [Near(near.first, near.second, near.distance, other) for other in _others(near.field)]):
            return elsewhere
        sides = [Words(side.words, near.field) for side in (near.first, near.second)]
        if missing := [side for side in sides if not holds(side, self._reading)]:
            return "; ".join(f"of {printed(side)}: {self._no_words(side)}" for side in missing)
        read = self._reading.read(near.field)
        nearest = nearest_apart(near.first, near.second, read, read.of(near.field))
        if nearest is None:
            return "both occur, but never in one place beside each other: title, text and attachments are looked through apart"
        return f"both occur, but the nearest are {nearest.words} words apart: {self._shown(nearest)}"

    def _shown(self, stretch: Stretch) -> str:
        return f"«{self._written(stretch.span)}» (in {self._name(stretch.span.field)})"

    # --- other clauses -----------------------------------------------------------------------------------------------------------------

    def _of_refusal(self, part: Node, there: Sequence[Span], *, held: bool, decisive: bool) -> str:
        refused = f"so {'the watch' if decisive else 'this part'} is refused"
        if isinstance(part, Told):
            return self._told(part) if held else f"{self._told(part)}, {refused}"
        return "it does not occur" if held else f"it occurs {self._places(there)}, {refused}"

    def _of_names(self, node: Named, *, held: bool) -> Explanation:
        parts = tuple(self.node(words, decisive=False) for words in named(node))
        found = [part for part in parts if part.holds]
        if found:
            why = f"as {_listed([f'{part.clause}: {part.why}' for part in found[:_SHOWN]])}"
        elif node.names:
            why = f"neither it nor any of its {len(node.names)} names occurs"
        else:
            why = f"{parts[0].why}; the glossary has no accepted name for it"
        return Explanation(printed(node), held, why, self._spans(node, held=held), parts)

    def _told(self, told: Told) -> str:
        texts = self._reading.texts
        if told.what == "source":
            return f"the source is {_legible(texts.source[:_NAME])}" if texts.source else "it stands at no source"
        return f"the language is {_legible(texts.language[:_NAME])}" if texts.language else "its language could not be told"


def _of_all(parts: Sequence[Explanation]) -> str:
    failed = [part.clause for part in parts if not part.holds]
    if not failed:
        return f"all {len(parts)} parts hold"
    return f"{len(failed)} of {len(parts)} parts {'does' if len(failed) == 1 else 'do'} not hold: {_clauses(failed)}"


def _of_any(parts: Sequence[Explanation]) -> str:
    held = [part.clause for part in parts if part.holds]
    if not held:
        return f"none of {len(parts)} parts holds"
    return f"{len(held)} of {len(parts)} parts {'holds' if len(held) == 1 else 'hold'}: {_clauses(held)}"


def _clauses(clauses: Sequence[str]) -> str:
    return ", ".join(shortened(clause, _LENGTH) for clause in clauses[:_SHOWN]) + (", …" if len(clauses) > _SHOWN else "")


def _others(field: Field | None) -> Iterator[Field | None]:
    """Where else a word might stand: anywhere, then the author's name, which is never looked in unless it is asked for."""
    if field not in {None, Field.AUTHOR}:
        yield None
    if field is Field.AUTHOR:
        yield None
    else:
        yield Field.AUTHOR


def _field_of(node: Node) -> Field | None:
    return node.field if isinstance(node, Words | Near | Pattern) else None


def _as_asked(word: Sought) -> str:
    return f"-{word.folded}" if word.form is Form.ORDINAL else printed(Words((word,)))


def _other_word(like: Like) -> str:
    if not like.lemmas:
        return f"«{like.form}» is another word"
    return f"«{like.form}» is a form of another word: {' or '.join(like.lemmas)}"


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"«{_legible(word)}»" for word in words[:_SHOWN]) + (", …" if len(words) > _SHOWN else "")


def _legible(text: str) -> str:
    """Without what a terminal might heed, and without soft hyphens, in which nobody finds the word again."""
    return shortened("".join(filter(str.isprintable, showable(text))), _LENGTH)


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
