from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.query import DEEPEST, LONGEST, And, Form, Node, Not, Or, QueryError, Sought, Words, parse


def word(*folded: str, form: Form = Form.ANY) -> Words:
    return Words(tuple(Sought(one, form) for one in folded))


A, B, C, D = (word(letter) for letter in "abcd")


@pytest.mark.parametrize(
    ("query", "meaning"),
    [
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a И b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a ИЛИ b", Or((A, B))),
        ("a b OR c AND d", Or((And((A, B)), And((C, D))))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("a -b", And((A, Not(B)))),
        ("-b a", And((Not(B), A))),
        ("a –b", And((A, Not(B)))),
        ("a NOT b", And((A, Not(B)))),
        ("a НЕ b", And((A, Not(B)))),
        ("a -(b OR c)", And((A, And((Not(B), Not(C)))))),
        ("a NOT (b c)", And((A, Or((Not(B), Not(C)))))),
        ("NOT NOT a", A),
        ("a-b", word("a", "b")),
        ("a/b.c", word("a", "b", "c")),
        ("10:30", word("10", "30")),
        ("=a", word("a", form=Form.EXACT)),
        ("минист*", word("минист", form=Form.PREFIX)),
        ("a и b or", And((A, word("и"), B, word("or")))),
        ("ИЛИЗАРОВ", word("илизаров")),
        ("5G", word("5g")),
        ("5 G", word("5g")),
        ("пад'езд", word("пад'езд")),
        ("Всё", word("все")),
        ("4-го", Words((Sought("4"), Sought("го", Form.ORDINAL)))),
    ],
)
def test_a_query_means(query: str, meaning: Node) -> None:
    assert parse(query).root == meaning


@pytest.mark.parametrize(
    "quoted", ['"a, b"', "«a b»", "“a b”", "„a b“", "„a b”", "”a b”", "'a b'", "‘a b’", "‹a b›", "«a «b»»", '"a\u00a0-\nb"']
)
def test_every_kind_of_quotes_makes_a_phrase(quoted: str) -> None:
    assert parse(quoted).root == word("a", "b")


@pytest.mark.parametrize(
    ("query", "says", "place"),
    [
        ("", "empty", ""),
        ("  ", "empty", "  "),
        ("-a", "must ask for a word", "-a"),
        ("-a -b", "must ask for a word", "-a -b"),
        ("a OR -b", "must ask for a word", "a OR -b"),
        ("a (b", "missing at the end", ""),
        ("a OR", "missing at the end", ""),
        ("a )", "bracket", ")"),
        ("a ()", "bracket", ")"),
        ("AND a", "missing before AND", "AND"),
        ("a AND OR b", "missing before OR", "OR"),
        ('a "b c', "not closed", '"'),
        ("a b»", "not opened", "»"),
        ("a - b", "lone dash", "-"),
        ("a №", "no word", "№"),
        ("a =", "no word", "="),
        ("a|b", "capitals", "a|b"),
        ("a && b", "capitals", "&&"),
        ("a !b", "capitals", "!b"),
        ("a m*n", "at the end of a word", "m*n"),
        ("a *", "at the end of a word", "*"),
        ("a =b*", "not both", "=b*"),
        ("wom?n", "question mark", "wom?n"),
        ("a http://b", "no such field", "http://b"),
        ("a /b+/", "regular expressions (/…/) are not supported in this version", "/b+/"),
        ("a NEAR/5 b", "NEAR is not supported in this version", "NEAR/5"),
        ("a NEAR b", "NEAR is not supported in this version", "NEAR"),
        ('title:"a b"', "fields (title: …) are not supported in this version", "title:"),
        ("a source:b", "fields (title: …) are not supported in this version", "source:b"),
        ("a ~ШОС", "glossary (~word) are not supported in this version", "~ШОС"),
        ('a "b* c"', "not supported within quotes", "b*"),
    ],
)
def test_a_query_that_cannot_be_taken_is_refused_with_its_place_marked(query: str, says: str, place: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse(query)
    error = refused.value
    assert says in str(error)
    assert query[error.start : error.end] == place
    line, caret = error.marked().split("\n")
    assert line == query
    assert caret == " " * error.start + "^" * max(1, len(place))


def test_the_mark_stands_below_its_place_in_a_query_of_several_lines() -> None:
    with pytest.raises(QueryError) as refused:
        parse("a\nNEAR b")
    assert refused.value.marked() == "a NEAR b\n  ^^^^"


@pytest.mark.parametrize("query", ["a " * LONGEST, "(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1)])
def test_a_query_beyond_the_limits_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match=r"limit|brackets"):
        parse(query)


def test_the_longest_chain_of_negations_is_read() -> None:
    assert parse("NOT " * 998 + "a").root == A


def refusal(query: str) -> QueryError | None:
    try:
        parse(query)
    except QueryError as error:
        return error
    return None


pieces = st.sampled_from(
    [*" ()-*=/.~:'|", "«", "»", '"', "AND ", " OR ", "НЕ ", "И ", "слово", "5 G", "4-е", "title:", "NEAR/3", "\n", "\x00", "\ud800"]
)


@given(st.one_of(st.text(), st.lists(pieces).map("".join)))
def test_whatever_is_written_is_read_or_refused_at_a_place_within_it(query: str) -> None:
    error = refusal(query)
    if error is None:
        assert parse(query).text == query
    else:
        assert 0 <= error.start <= error.end <= len(query)
        assert error.marked().count("\n") == 1
