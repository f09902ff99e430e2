"""The watch language (design, section 11): from what people write to values that `match` understands. The one home of lark.

Built in this version: words in any form, phrases, `=word`, `word*`, AND OR NOT (И ИЛИ НЕ), a minus for NOT, parentheses. The rest of the
language is known and refused by name, so that no query means less than it seems to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, NoReturn, cast

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedToken, v_args

from notify.tokens import DASHES, tokens

LONGEST = 4_000
DEEPEST = 50

_OPEN, _CLOSE, _SINGLE = '"“”„‟＂', '"“”‟＂', "'‘’‚‛"  # keyboards mix them: a double quote of one kind is closed by any other
# An apostrophe within a word closes nothing.
_SINGLE_QUOTED = rf"[{_SINGLE}](?:[^{_SINGLE}]|[{_SINGLE}](?=\w))*[{_SINGLE}](?!\w)"
_ENDS = rf"(?=[\s()«‹{_OPEN}]|$)"

# AND binds tighter than OR; the ends after operators keep «ИЛИЗАРОВ» a word; «5 G» is one.
_GRAMMAR = rf"""
    ?start: either
    ?either: both (_OR both)*
    ?both: one (_AND? one)*
    ?one: (NOT | MINUS) one -> negated
        | "(" either ")"
        | PHRASE            -> phrase
        | TERM              -> term

    _AND.3: /(?:AND|И){_ENDS}/
    _OR.3: /(?:OR|ИЛИ){_ENDS}/
    NOT.3: /(?:NOT|НЕ){_ENDS}/
    MINUS.3: /(?<![^\s(])[{DASHES}](?=\S)/
    PHRASE.2: /[{_OPEN}][^{_CLOSE}]*[{_CLOSE}]|«(?:[^«»]|«[^«»]*»)*»|‹[^‹›]*›|{_SINGLE_QUOTED}/
    TERM: /\d+\s+[gG](?!\w)|[^\s()«»‹›{_OPEN}]+/
    %ignore /\s+/
"""

_NOT_BUILT = (
    (re.compile(r"/"), "regular expressions (/…/) are not supported in this version"),
    (re.compile(r"NEAR(/\d*)?$"), "NEAR is not supported in this version"),
    (re.compile(r"(title|text|source|lang|author|attachment):", re.IGNORECASE), "fields (title: …) are not supported in this version"),
    (re.compile(r".*~", re.DOTALL), "names from the glossary (~word) are not supported in this version"),
)
_MISTAKEN = (
    (re.compile(r"[^\W\d]\w*:"), "there is no such field; put quotes round what has a colon"),
    (re.compile(r".*\||!|&&"), "operators are words in capitals: AND, OR, NOT"),
    (re.compile(r".*\w\?\w"), "a question mark stands for no letter; word* finds all that begins so"),
    (re.compile(r"=.*\*"), "= asks for the exact form, * for all that begins so: not both"),
    (re.compile(r".*\*.|(.*\W)?\*"), "a star stands only at the end of a word"),
    (re.compile(rf"[{DASHES}]+$"), "a lone dash says nothing: write -word to refuse a word, or put quotes round a phrase"),
)
_MARKS_IN_PHRASE = re.compile(r"\w\*|(?<!\S)=\w|~\w")

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
        """The query on one line, and below it a line that points at the place."""
        flat = re.sub(r"[\s\x00-\x1f]", " ", self.query)
        return f"{flat}\n{' ' * self.start}{'^' * max(1, self.end - self.start)}"


class Form(StrEnum):
    """In which forms a word of a query is looked for."""

    ANY = "any"
    EXACT = "exact"
    PREFIX = "prefix"
    ORDINAL = "ordinal"
    """The ending of a written number, «4-е»: any such ending after a dash is a form of the same word."""


@dataclass(frozen=True, slots=True)
class Sought:
    """One word of a query, folded."""

    folded: str
    form: Form = Form.ANY


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several that stand side by side in this order."""

    words: tuple[Sought, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Words


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Node, ...]


Node = Words | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was written, and what it means: negation stands at words alone, and whatever matches has a word that was asked for."""

    text: str
    root: Node


def parse(query: str) -> Query:
    """Read a query; raises `QueryError`, and nothing else, for what can't be read or isn't built yet."""
    _check_size(query)
    try:
        root = cast("Node", _reader().parse(query))
    except _RefusedError as error:
        raise QueryError(error.args[0], query, error.start, error.end) from None
    except UnexpectedCharacters as error:
        _refuse_quote(query, error.pos_in_stream or 0)
    except UnexpectedToken as error:
        _refuse_token(query, error.token)
    if not _asks_for_something(root):
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
    raise QueryError(message, query, start, start + len(token)) from None


def _asks_for_something(node: Node) -> bool:
    match node:
        case Words():
            return True
        case Not():
            return False
        case And(parts):
            return any(map(_asks_for_something, parts))
        case Or(parts):
            return all(map(_asks_for_something, parts))


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
        return _negated(part)

    def phrase(self, token: Token) -> Words:
        inside = token[1:-1]
        if mark := _MARKS_IN_PHRASE.search(inside):
            start = (token.start_pos or 0) + 1
            raise _RefusedError("= * ~ are not supported within quotes", start + mark.start(), start + mark.end())
        return _words(token, inside, Form.ANY)

    def term(self, token: Token) -> Words:
        for pattern, message in (*_NOT_BUILT, *_MISTAKEN):
            if pattern.match(token):
                _refuse(token, message)
        if token.startswith("="):
            return _words(token, token[1:], Form.EXACT)
        found = _words(token, token.rstrip("*"), Form.ANY)
        if not token.endswith("*"):
            return found
        return Words((*found.words[:-1], Sought(found.words[-1].folded, Form.PREFIX)))


def _words(token: Token, written: str, form: Form) -> Words:
    words: list[Sought] = []
    for word in tokens(written):
        ordinal = form is Form.ANY and word.after_dash and words and words[-1].folded.isdecimal() and is_ordinal_ending(word.folded)
        words.append(Sought(word.folded, Form.ORDINAL if ordinal else form))
    if not words:
        _refuse(token, "there is no word in this")
    return Words(tuple(words))


def _refuse(token: Token, message: str) -> NoReturn:
    start = token.start_pos or 0
    raise _RefusedError(message, start, start + len(token))


def _negated(node: Node) -> Node:
    match node:
        case Words():
            return Not(node)
        case Not(part):
            return part
        case And(parts):
            return Or(tuple(map(_negated, parts)))
        case Or(parts):
            return And(tuple(map(_negated, parts)))


@cache
def _reader() -> Lark:
    # The basic lexer: in the contextual one a misplaced AND would be the word "and".
    return Lark(_GRAMMAR, parser="lalr", lexer="basic", transformer=_Builder())
