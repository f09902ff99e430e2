"""The watch language (design, section 11): from what people write to values that `match` understands. The one home of lark."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple, NoReturn, cast

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedToken, v_args

from notify.patterns import PatternError, check_pattern
from notify.tokens import DASHES, tokens
from storage.fold import fold

LONGEST = 20_000
"""Characters: some three thousand words, read in a quarter of a second. Longer lists of words are a watch's terms."""
DEEPEST = 50
FARTHEST = 100
"""The most that NEAR takes: beyond it, AND says the same of most publications."""
_LEAST_PREFIX = 2
_AROUND = 200
"""Characters of a refused query that are shown on either side of the place."""

_OPEN, _CLOSE, _SINGLE = '"“”„‟＂', '"“”‟＂', "'‘’‚‛"  # keyboards mix them: a double quote of one kind is closed by any other
# An apostrophe within a word closes nothing.
_SINGLE_QUOTED = rf"[{_SINGLE}](?:[^{_SINGLE}]|[{_SINGLE}](?=\w))*[{_SINGLE}](?!\w)"
_ENDS = rf"(?=[\s()«‹{_OPEN}]|$)"

# AND binds tighter than OR, NEAR tighter than both; the ends after operators keep «ИЛИЗАРОВ» a word; «5 G» is one; «№» before a number says
# nothing that the number doesn't.
_GRAMMAR = rf"""
    ?start: either
    ?either: both (_OR both)*
    ?both: one (_AND? one)*
    ?one: (NOT | MINUS) one -> negated
        | close
    ?close: single NEAR single -> near
        | single
    ?single: FIELD single   -> within
        | TOLD (TERM | PHRASE) -> told
        | TILDE (TERM | PHRASE) -> named
        | "(" either ")"    -> group
        | PHRASE            -> phrase
        | TERM              -> term
        | REGEX             -> pattern

    _AND.3: /(?:AND|И){_ENDS}/
    _OR.3: /(?:OR|ИЛИ){_ENDS}/
    NOT.3: /(?:NOT|НЕ){_ENDS}/
    MINUS.3: /(?<![^\s(])[{DASHES}](?=\S)/
    NEAR.4: /NEAR\/\d+{_ENDS}/
    FIELD.4: /(?:title|text|author|attachment):\s*(?=[^{DASHES}\s])/i
    TOLD.4: /(?:source|lang):\s*(?=[^{DASHES}\s])/i
    TILDE.4: /~(?=\S)/
    REGEX.3: /\/(?:[^\/\\\n]|\\.)+\/(?=[\s()]|$)/
    PHRASE.2: /[{_OPEN}][^{_CLOSE}]*[{_CLOSE}]|«(?:[^«»]|«[^«»]*»)*»|‹[^‹›]*›|{_SINGLE_QUOTED}/
    TERM: /\d+\s+[gG](?!\w)|[^\s()«»‹›{_OPEN}]+/
    %ignore /\s+/
    SIGN.3: /[№#§]+(?=\s|$)/
    %ignore SIGN
"""

_MISTAKEN = (
    (re.compile(r"/"), "this regular expression is not closed: write /…/, with \\/ for a slash in it, or put quotes round what is none"),
    (re.compile(r"NEAR(/.*)?$"), f"NEAR needs a number from 1 to {FARTHEST}: NEAR/5 finds two words within five words of each other"),
    (re.compile(r"~"), "a word is missing after ~: ~ШОС stands for ШОС with all its names from the glossary"),
    (re.compile(r"[^\W\d]\w*:$"), "a word is missing after the colon"),
    (
        re.compile(rf"(?:title|text|author|attachment|source|lang):[{DASHES}]", re.IGNORECASE),
        "a minus stands before the field: -title:word",
    ),
    (re.compile(r"[^\W\d]\w*:"), "there is no such field; put quotes round what has a colon"),
    (re.compile(r".*\||!|&&"), "operators are words in capitals: AND, OR, NOT"),
    (re.compile(r".*\w\?\w"), "a question mark stands for no letter; word* finds all that begins so"),
    (re.compile(r"=.*\*"), "= asks for the exact form, * for all that begins so: not both"),
    (re.compile(r"=$"), "= stands right before one word: =связи"),
    (re.compile(r".*\*.|(.*\W)?\*"), "a star stands only at the end of a word"),
    (re.compile(rf"[{DASHES}]+$"), "a lone dash says nothing: write -word to refuse a word, or put quotes round a phrase"),
)
_MARKS_IN_PHRASE = re.compile(r"\w\*|(?<!\S)=\w|~\w")
_NOT_NEAR = "NEAR stands between two words or phrases; write (a NEAR/5 c) OR (b NEAR/5 c), and a field before the brackets round all"

# What is written after a number and a dash, in Russian and Belarusian.
_ORDINAL_ENDING = re.compile(
    "[йеяюхмыі]|го|му|ми|ый|ой|ий|ая|ое|ые|ую|ого|ому|ом|ым|ых|ыми|ей|ья|ье|ьи|ью|га|ае|ай|ага|аму",
)


class QueryError(ValueError):
    """A query that can't be taken as it stands; `start` and `end` mark the place, in code points of the query."""

    def __init__(self, message: str, query: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message, self.query, self.start, self.end = message, query, start, end

    def marked(self) -> str:
        """The query on one line, of a long one what is near the place, and below it a line that points at the place."""
        start = max(0, self.start - _AROUND)
        end = min(len(self.query), max(self.end, self.start + 1) + _AROUND, start + 3 * _AROUND)
        before, after = "…" if start else "", "…" if end < len(self.query) else ""
        flat = re.sub(r"[\s\x00-\x1f]", " ", self.query[start:end])
        return f"{before}{flat}{after}\n{' ' * (self.start - start + len(before))}{'^' * max(1, min(self.end, end) - self.start)}"


class Form(StrEnum):
    """In which forms a word of a query is looked for."""

    ANY = "any"
    EXACT = "exact"
    PREFIX = "prefix"
    ORDINAL = "ordinal"
    """The ending of a written number, «4-е»: any such ending after a dash is a form of the same word."""

    __hash__ = str.__hash__  # that of an enum is worked out by Python, which took a third of the time of asking for a word


class Sought(NamedTuple):
    """One word of a query, folded. A tuple, as it is what matching looks up most: a dataclass is hashed ten times as slowly."""

    folded: str
    form: Form = Form.ANY


class Field(StrEnum):
    """Where something is looked for. Without one: title, text and attachments."""

    TITLE = "title"
    TEXT = "text"
    ATTACHMENT = "attachment"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several that stand side by side in this order."""

    words: tuple[Sought, ...]
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Two phrases, in either order, the nearest ends of which are at most `distance` words apart: 1 is side by side."""

    first: Words
    second: Words
    distance: int
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression (RE2) over the folded text."""

    regex: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A term with all its accepted names from the glossary; with none, the term alone."""

    term: Words
    names: tuple[Words, ...] = ()
    """Empty as parsed; `notify.glossary` fills it in."""
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of the article beside its words: the name of its source, or its language."""

    what: str
    """`source` or `lang`."""
    value: str
    """Case-folded."""
    begins: bool = False
    """Any name that begins so."""


Leaf = Words | Near | Pattern | Named | Told


@dataclass(frozen=True, slots=True)
class Not:
    part: Leaf


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Node, ...]


Node = Leaf | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was written, and what it means: negation stands at leaves alone, and what it accepts has something that it asks for."""

    text: str
    root: Node


def parse(query: str) -> Query:
    """Read a query; raises `QueryError`, and nothing else, for what can't be taken."""
    _check_size(query)
    try:
        root = cast("Node", _reader().parse(query))
    except _RefusedError as error:
        raise QueryError(error.args[0], query, error.start, error.end) from None
    except UnexpectedCharacters as error:
        _refuse_quote(query, error.pos_in_stream or 0)
    except UnexpectedToken as error:
        _refuse_token(query, error.token)
    if not asks_for_something(root):
        raise QueryError(
            "a query, and each part of an OR, must ask for a word: refusing words alone accepts nearly all", query, 0, len(query)
        )
    return Query(query, root)


def is_ordinal_ending(folded: str) -> bool:
    return _ORDINAL_ENDING.fullmatch(folded) is not None


def _check_size(query: str) -> None:
    if not query.strip():
        raise QueryError("the query is empty", query, 0, len(query))
    if len(query) > LONGEST:
        raise QueryError(f"the query has {len(query)} characters; {LONGEST} are the limit", query, LONGEST, LONGEST + 1)
    depth = 0
    for place, character in enumerate(query):
        depth += (character == "(") - (character == ")")
        if depth > DEEPEST:
            raise QueryError(f"more than {DEEPEST} brackets within each other", query, place, place + 1)


def _refuse_quote(query: str, place: int) -> NoReturn:
    message = "this quote was not opened" if query[place] in "»›" else "this quote is not closed"
    raise QueryError(message, query, place, place + 1) from None


def _refuse_token(query: str, token: Token) -> NoReturn:
    if token.type == "$END":
        raise QueryError("something is missing at the end: a word or a closing bracket", query, len(query), len(query)) from None
    start = token.start_pos or 0
    bracket = token.value == ")"
    message = "this bracket closes nothing, or nothing stands in it" if bracket else f"a word is missing before {token}"
    if token.type in {"FIELD", "TOLD", "TILDE", "REGEX"} or (token.type == "NEAR" and _after_near(query, start)):
        message = _NOT_NEAR if token.type == "NEAR" else "only a word or a phrase can stand here"
    raise QueryError(message, query, start, start + len(token)) from None


def asks_for_something(node: Node) -> bool:
    match node:
        case Not():
            return False
        case And(parts):
            return any(map(asks_for_something, parts))
        case Or(parts):
            return all(map(asks_for_something, parts))
        case _:
            return True


class _RefusedError(Exception):
    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start, self.end = start, end


@v_args(inline=True)
class _Builder(Transformer[Token, Any]):
    """Makes values while lark reads, from the inside out, so that no nesting is too deep for Python."""

    def either(self, *parts: Node) -> Node:
        return Or(parts)

    def both(self, *parts: Node) -> Node:
        return And(parts)

    def negated(self, _: Token, part: Node) -> Node:
        return negated(part)

    def group(self, part: Node) -> Node:
        return part

    def near(self, first: Node, operator: Token, second: Node) -> Near:
        distance = int(operator.removeprefix("NEAR/")[:9])
        if not 1 <= distance <= FARTHEST:
            _refuse(operator, f"NEAR takes a number from 1 to {FARTHEST}")
        if not (isinstance(first, Words) and isinstance(second, Words) and first.field is second.field):
            _refuse(operator, _NOT_NEAR)
        return Near(replace(first, field=None), replace(second, field=None), distance, first.field)

    def within(self, field: Token, part: Node) -> Node:
        where = Field(field.rstrip().rstrip(":").lower())

        def placed(leaf: Leaf) -> Leaf:
            if isinstance(leaf, Told) or leaf.field is not None:
                _refuse(field, "a field can't stand within another one")
            return replace(leaf, field=where)

        return each_leaf(part, placed)

    def told(self, field: Token, value: Token) -> Told:
        what = field.rstrip().rstrip(":").lower()
        written = value[1:-1].strip() if value.type == "PHRASE" else str(value)
        begins = value.type == "TERM" and written.endswith("*")
        folded = fold(written.removesuffix("*") if begins else written)
        if what == "lang" and (begins or not _LANGUAGE.fullmatch(folded)):
            _refuse(value, "a language is two or three letters: lang:ru, lang:be, lang:en")
        if not folded or _ODD_IN_NAME.search(folded):
            _refuse(value, "the name of a source is missing, or has signs that no name has")
        return Told(what, folded, begins)

    def named(self, _: Token, written: Token) -> Named:
        term = self.phrase(written) if written.type == "PHRASE" else self.term(written)
        if any(word.form in {Form.EXACT, Form.PREFIX} for word in term.words):
            _refuse(written, "the glossary knows words and phrases: neither = nor * goes with ~")
        return Named(term)

    def pattern(self, token: Token) -> Pattern:
        regex = token[1:-1].replace("\\/", "/")
        try:
            check_pattern(regex)
        except PatternError as error:
            _refuse(token, str(error))
        return Pattern(regex)

    def phrase(self, token: Token) -> Words:
        inside = token[1:-1]
        if mark := _MARKS_IN_PHRASE.search(inside):
            start = (token.start_pos or 0) + 1
            raise _RefusedError("= * ~ are not supported within quotes", start + mark.start(), start + mark.end())
        return _words(token, inside, Form.ANY)

    def term(self, token: Token) -> Words:
        for pattern, message in _MISTAKEN:
            if mistake := pattern.match(token):
                _refuse(token, message, len(mistake.group()) if mistake.group().endswith(":") else None)
        if token.startswith("="):
            return _words(token, token[1:], Form.EXACT)
        found = _words(token, token.rstrip("*"), Form.ANY)
        if not token.endswith("*"):
            return found
        last = found.words[-1].folded
        if len(last) < _LEAST_PREFIX:
            _refuse(token, f"at least {_LEAST_PREFIX} letters stand before a star: else nearly every word begins so")
        return Words((*found.words[:-1], _sought(last, Form.PREFIX)))


_LANGUAGE = re.compile("[a-z]{2,3}")
_ODD_IN_NAME = re.compile(r"[\x00-\x1f\"“”„‟＂*\ud800-\udfff]")
_PLAIN_NAME = re.compile(r"\w[\w.-]*")


def _words(token: Token, written: str, form: Form) -> Words:
    words = sought_in(written, form)
    if not words:
        _refuse(token, "there is no word in this")
    return Words(words)


def sought_in(written: str, form: Form = Form.ANY) -> tuple[Sought, ...]:
    """The words of a phrase as a query looks for them: the ending of a number is one of its forms, «4-го»."""
    words: list[Sought] = []
    for word in tokens(written):
        ordinal = form is Form.ANY and word.after_dash and words and words[-1].folded.isdecimal() and is_ordinal_ending(word.folded)
        words.append(_sought(word.folded, Form.ORDINAL if ordinal else form))
    return tuple(words)


@lru_cache(maxsize=5_000)
def _sought(folded: str, form: Form) -> Sought:
    """One value for equal words: watches share many of theirs."""
    return Sought(folded, form)


def _refuse(token: Token, message: str, length: int | None = None) -> NoReturn:
    """`length`: how much of the token is meant, all of it by default."""
    start = token.start_pos or 0
    raise _RefusedError(message, start, start + (length or len(token.rstrip())))


def negated(node: Node) -> Node:
    """What holds where a node doesn't."""
    match node:
        case Not(part):
            return part
        case And(parts):
            return Or(tuple(map(negated, parts)))
        case Or(parts):
            return And(tuple(map(negated, parts)))
        case _:
            return Not(node)


def each_leaf(node: Node, change: Callable[[Leaf], Leaf]) -> Node:
    """The same node with every leaf changed."""
    match node:
        case Not(part):
            return Not(change(part))
        case And(parts):
            return And(tuple(each_leaf(part, change) for part in parts))
        case Or(parts):
            return Or(tuple(each_leaf(part, change) for part in parts))
        case _:
            return change(node)


def leaves(node: Node) -> list[Leaf]:
    """All parts of a node that are no operators, refused ones too."""
    match node:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in leaves(part)]
        case Not(part):
            return [part]
        case _:
            return [node]


def printed(node: Node) -> str:
    """The canonical text of a node: `parse` reads the same node from it, unless names of the glossary were filled in."""
    match node:
        case And(parts):
            return " ".join(_in_brackets(part, And | Or) if part != _LONE_G else "(g)" for part in parts)
        case Or(parts):
            return " OR ".join(_in_brackets(part, Or) for part in parts)
        case Not(part):
            return f"-{_in_brackets(part, Near)}"
        case Told(what, value, begins):
            quoted = value if _PLAIN_NAME.fullmatch(value) else f'"{value}"'
            return f"{what}:{value}*" if begins else f"{what}:{quoted}"
        case Near(first, second, distance, field):
            both = f"{printed(first)} NEAR/{distance} {printed(second)}"
            return f"{field}:({both})" if field else both
        case Pattern(regex, field):
            return _placed(field, "/" + regex.replace("/", "\\/") + "/")
        case Named(term, _, field):
            return _placed(field, f"~{printed(term)}")
        case Words(words, field):
            return _placed(field, _printed_words(words))


_LONE_G = Words((Sought("g"),))
"""«5 (g)» is not 5g."""


def _placed(field: Field | None, written: str) -> str:
    return f"{field}:{written}" if field else written


def _in_brackets(node: Node, kinds: Any) -> str:
    return f"({printed(node)})" if isinstance(node, kinds) else printed(node)


def _printed_words(words: tuple[Sought, ...]) -> str:
    if words[0].form is Form.EXACT:
        return "=" + _parted(words)
    if words[-1].form is Form.PREFIX:
        return _parted(words) + "*"
    together = _parted(words, " ")
    return f'"{together}"' if " " in together else together


def _parted(words: tuple[Sought, ...], sign: str = "-") -> str:
    """The words with a sign between them that doesn't make others of them: «5 g» and «5-g» are 5g, «5-го» is an ordinal."""
    told = [words[0].folded]
    for before, word in pairwise(words):
        joins = before.folded.isdecimal() and (word.folded == "g" or is_ordinal_ending(word.folded))
        told.append(("-" if word.form is Form.ORDINAL else "." if joins else sign) + word.folded)
    return "".join(told)


def _after_near(query: str, place: int) -> bool:
    return re.search(r"NEAR/\d+\s+\S+\s+$", query[:place]) is not None


@cache
def _reader() -> Lark:
    # The basic lexer: in the contextual one a misplaced AND would be the word "and".
    return Lark(_GRAMMAR, parser="lalr", lexer="basic", transformer=_Builder())
