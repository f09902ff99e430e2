# mypy: disable-error-code="import-untyped,import-not-found,unused-ignore"
"""Others' ways to hold a text against many queries: a loop over the queries, tantivy and SQLite's FTS5 with the text as the only document.

All get the text as its word forms, which nobody's time counts, and the queries read beforehand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import tantivy

from notify.lemmas import Lexicon
from notify.query import And, Form, Node, Not, Or, Words
from notify.tokens import tokens
from storage.database import sqlite_module
from storage.model import Texts

_APART = 1_000
"""Between the places of the title and those of the text: no phrase crosses."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text as its words' places: by their keys, and by the words as they stand."""

    keys: frozenset[str]
    by_key: Mapping[str, Collection[int]]
    by_form: Mapping[str, Collection[int]]
    forms: Sequence[str]
    """Sorted."""


def read(texts: Texts, lexicon: Lexicon) -> Read:
    by_form: dict[str, list[int]] = defaultdict(list)
    for begin, text in ((0, texts.title), (_APART, texts.text)):
        for place, token in enumerate(tokens(text), start=begin):
            by_form[token.folded].append(place)
    by_key: dict[str, set[int]] = defaultdict(set)
    keys_of = lexicon.keys_in(by_form)
    for form, places in by_form.items():
        for key in keys_of(form):
            by_key[key].update(places)
    return Read(frozenset(by_key), dict(by_key), {form: frozenset(places) for form, places in by_form.items()}, sorted(by_form))


# --- a loop ----------------------------------------------------------------------------------------------------------------------------

Accepts = Callable[[Read], bool]


def compiled(node: Node, lexicon: Lexicon) -> Accepts:
    """A query as a function: the keys of its words are known beforehand, and what decides ends it."""
    match node:
        case Words(words) if len(words) > 1:
            return _phrase([lexicon.asked(word.folded) for word in words])
        case Words((word,)) if word.form is Form.PREFIX:
            return _begins(word.folded)
        case Words((word,)):
            return _any_of(lexicon.asked(word.folded))
        case Not(part):
            return _negated(compiled(part, lexicon))
        case And(parts):
            return _all([compiled(part, lexicon) for part in parts])
        case Or(parts):
            return _either([compiled(part, lexicon) for part in parts])
    raise NotImplementedError(node)


def _any_of(asked: frozenset[str]) -> Accepts:
    if len(asked) == 1:
        (key,) = asked
        return lambda text: key in text.keys
    disjoint = asked.isdisjoint  # of two sets it walks through the smaller one
    return lambda text: not disjoint(text.keys)


def _begins(prefix: str) -> Accepts:
    def accepts(text: Read) -> bool:
        at = bisect_left(text.forms, prefix)
        return at < len(text.forms) and text.forms[at].startswith(prefix)

    return accepts


def _phrase(asked: Sequence[frozenset[str]]) -> Accepts:
    def accepts(text: Read) -> bool:
        for keys in asked:
            if keys.isdisjoint(text.keys):
                return False
        places = [{place for key in keys for place in text.by_key.get(key, ())} for keys in asked]
        return any(all(first + after in following for after, following in enumerate(places[1:], start=1)) for first in places[0])

    return accepts


def _negated(part: Accepts) -> Accepts:
    return lambda text: not part(text)


def _all(parts: Sequence[Accepts]) -> Accepts:
    if len(parts) == 2:
        first, second = parts
        return lambda text: first(text) and second(text)
    return lambda text: all(part(text) for part in parts)


def _either(parts: Sequence[Accepts]) -> Accepts:
    if len(parts) == 2:
        first, second = parts
        return lambda text: first(text) or second(text)
    return lambda text: any(part(text) for part in parts)


# --- tantivy ---------------------------------------------------------------------------------------------------------------------------


class Tantivy:
    """An index in memory of one document; a word has all its keys at its place, so it answers as we do."""

    def __init__(self) -> None:
        builder = tantivy.SchemaBuilder()
        for field in ("keys", "forms"):
            builder.add_text_field(field, tokenizer_name="whitespace")
        self.schema = builder.build()

    def query(self, node: Node, lexicon: Lexicon) -> Any:
        made = tantivy.Query
        match node:
            case Words(words) if len(words) > 1:
                return _either_of([self._phrase(keys) for keys in product(*(sorted(lexicon.asked(word.folded)) for word in words))])
            case Words((word,)) if word.form is Form.PREFIX:
                return made.regex_query(self.schema, "forms", f"{word.folded}.*")
            case Words((word,)):
                return _either_of([made.term_query(self.schema, "keys", key) for key in sorted(lexicon.asked(word.folded))])
            case And(parts):
                signs = [(tantivy.Occur.MustNot, part.part) if isinstance(part, Not) else (tantivy.Occur.Must, part) for part in parts]
                return made.boolean_query([(sign, self.query(part, lexicon)) for sign, part in signs])
            case Or(parts):
                return _either_of([self.query(part, lexicon) for part in parts])
        raise NotImplementedError(node)

    def _phrase(self, keys: Sequence[str]) -> Any:
        return tantivy.Query.phrase_query(self.schema, "keys", list(keys))

    def searcher(self, text: Read) -> Any:
        document = tantivy.Document()
        for field, by_word in (("keys", text.by_key), ("forms", text.by_form)):
            placed = sorted((place, word) for word, places in by_word.items() for place in places)
            made = [tantivy.Token(word, place, 0, 0) for place, word in placed]
            document.add_pre_tokenized_text(field, tantivy.PreTokenizedString("", made))
        index = tantivy.Index(self.schema)
        writer = index.writer(15_000_000, 1)
        writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return index.searcher()


def _either_of(parts: Sequence[Any]) -> Any:
    return parts[0] if len(parts) == 1 else tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])


def tantivy_found(searcher: Any, queries: Sequence[Any]) -> list[bool]:
    return [searcher.search(query, limit=1).count > 0 for query in queries]


# --- FTS5 ------------------------------------------------------------------------------------------------------------------------------

_TABLE = """CREATE VIRTUAL TABLE one USING fts5(keys, line, forms, tokenize = "unicode61 remove_diacritics 0 tokenchars '+=-'")"""


class Fts5:
    """A table in memory of one row. FTS5 knows no two words at one place, so that phrases are asked of a column with one key a word."""

    def __init__(self, in_phrases: frozenset[str]) -> None:
        """`in_phrases`: keys that phrases ask for; of a word's keys they are taken first."""
        self._in_phrases = in_phrases
        self._database = sqlite_module().connect(":memory:", isolation_level=None, cached_statements=10)
        self._database.execute(_TABLE)

    def hold(self, text: Read) -> None:
        keys: dict[int, list[str]] = defaultdict(list)
        for key, places in text.by_key.items():
            for place in places:
                keys[place].append(key)
        line = [min(keys[place], key=lambda key: (key not in self._in_phrases, key)) for place in sorted(keys)]
        titled = sum(place < _APART for place in keys)
        row = (" ".join(text.by_key), " ".join([*line[:titled], "=", *line[titled:]]), " ".join(text.forms))
        self._database.execute("DELETE FROM one")
        self._database.execute("INSERT INTO one VALUES (?, ?, ?)", row)

    def found(self, expressions: Sequence[str]) -> list[bool]:
        ask = self._database.execute
        return [ask("SELECT 1 FROM one WHERE one MATCH ?", (expression,)).fetchone() is not None for expression in expressions]


def expression(node: Node, lexicon: Lexicon) -> str:
    match node:
        case Words(words) if len(words) > 1:
            phrases = product(*(sorted(lexicon.asked(word.folded)) for word in words))
            return f"line : ({' OR '.join(_quoted(' '.join(keys)) for keys in phrases)})"
        case Words((word,)) if word.form is Form.PREFIX:
            return f"forms : {_quoted(word.folded)} *"
        case Words((word,)):
            return f"keys : ({' OR '.join(map(_quoted, sorted(lexicon.asked(word.folded))))})"
        case And(parts):
            refused = [f" NOT ({expression(part.part, lexicon)})" for part in parts if isinstance(part, Not)]
            asked = [f"({expression(part, lexicon)})" for part in parts if not isinstance(part, Not)]
            return " AND ".join(asked) + "".join(refused)
        case Or(parts):
            return " OR ".join(f"({expression(part, lexicon)})" for part in parts)
    raise NotImplementedError(node)


def phrase_keys(node: Node, lexicon: Lexicon) -> Iterator[str]:
    match node:
        case Words(words) if len(words) > 1:
            for word in words:
                yield from lexicon.asked(word.folded)
        case Not(part):
            yield from phrase_keys(part, lexicon)
        case And(parts) | Or(parts):
            for one in parts:
                yield from phrase_keys(one, lexicon)


def _quoted(key: str) -> str:
    return '"' + key.replace('"', '""') + '"'
