from __future__ import annotations

import pytest
from generated import queries
from hypothesis import given
from hypothesis import strategies as st

from notify.query import (
    DEEPEST,
    LONGEST,
    And,
    Field,
    Form,
    Named,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Query,
    QueryError,
    Sought,
    Told,
    Words,
    parse,
    printed,
)


def word(*folded: str, form: Form = Form.ANY) -> Words:
    return Words(tuple(Sought(one, form) for one in folded))


def in_field(field: Field, words: Words) -> Words:
    return Words(words.words, field)


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
        ("4го", Words((Sought("4"), Sought("го", Form.ORDINAL)))),
        ("2024г.", word("2024", "г")),
        ("a № 38", And((A, word("38")))),
        ("a NEAR/5 b", Near(A, B, 5)),
        ('"a b" NEAR/12 c', Near(word("a", "b"), C, 12)),
        ("a b NEAR/2 c OR d", Or((And((A, Near(B, C, 2))), D))),
        ("a -b NEAR/2 c", And((A, Not(Near(B, C, 2))))),
        ("title:a", in_field(Field.TITLE, A)),
        ("TITLE: a", in_field(Field.TITLE, A)),
        ('text:"a b"', in_field(Field.TEXT, word("a", "b"))),
        ("attachment:(a OR b) c", And((Or((in_field(Field.ATTACHMENT, A), in_field(Field.ATTACHMENT, B))), C))),
        ("author:=a", in_field(Field.AUTHOR, word("a", form=Form.EXACT))),
        ("title:(a NEAR/3 b)", Near(A, B, 3, Field.TITLE)),
        ("title:a NEAR/3 title:b", Near(A, B, 3, Field.TITLE)),
        ("a -title:b", And((A, Not(in_field(Field.TITLE, B))))),
        ("source:mpt.gov.by", Told("source", "mpt.gov.by")),
        ('source:"Мин Связи"', Told("source", "мин связи")),
        ("source:mpt*", Told("source", "mpt", begins=True)),
        ("lang:ru a", And((Told("lang", "ru"), A))),
        ("~ШОС", Named(word("шос"))),
        ('~"a b" c', And((Named(word("a", "b")), C))),
        (r"/№\s*\d+/", Pattern(r"№\s*\d+")),
        (r"/a b\/c/ d", And((Pattern("a b/c"), D))),
        (r"title:/a+b/", Pattern("a+b", Field.TITLE)),
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
        ("№", "missing at the end", ""),
        ("a =", "right before one word", "="),
        ("a|b", "capitals", "a|b"),
        ("a && b", "capitals", "&&"),
        ("a !b", "capitals", "!b"),
        ("a m*n", "at the end of a word", "m*n"),
        ("a *", "at the end of a word", "*"),
        ("a =b*", "not both", "=b*"),
        ("wom?n", "question mark", "wom?n"),
        ("a http://b", "no such field", "http:"),
        ("a /b+", "not closed", "/b+"),
        ("a /(b/", "missing )", "/(b/"),
        ("/b*/", "no letter at all", "/b*/"),
        ("/[№]/", "can't stand within", "/[№]/"),
        (r"/a\bc/", "at the beginning and at the end", r"/a\bc/"),
        ("/(a{1000}){1000}/", "can't be read", "/(a{1000}){1000}/"),
        ("a NEAR b", "NEAR needs a number", "NEAR"),
        ("a NEAR/ b", "NEAR needs a number", "NEAR/"),
        ("a NEAR/0 b", "from 1 to", "NEAR/0"),
        ("a NEAR/99999999999999999999 b", "from 1 to", "NEAR/99999999999999999999"),
        ("a NEAR/5", "missing at the end", ""),
        ("NEAR/5 a", "missing before NEAR/5", "NEAR/5"),
        ("a NEAR/5 (b OR c)", "between two words", "NEAR/5"),
        ("a NEAR/5 b NEAR/5 c", "between two words", "NEAR/5"),
        ("title:a NEAR/5 b", "between two words", "NEAR/5"),
        ("title:", "missing after the colon", "title:"),
        ("a title:-b", "before the field", "title:-b"),
        ("a title: -b", "missing after the colon", "title:"),
        ("titel:a", "no such field", "titel:"),
        ("title:text:a", "within another", "title:"),
        ("title:(a source:b)", "within another", "title:"),
        ("lang:russian", "two or three letters", "russian"),
        ("lang:r*", "two or three letters", "r*"),
        ("a ~", "missing after ~", "~"),
        ("~=a", "neither = nor *", "=a"),
        ("c*", "at least 2 letters", "c*"),
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


def test_of_a_long_query_what_is_near_the_place_is_shown() -> None:
    with pytest.raises(QueryError) as refused:
        parse("слово " * 1_000 + "a NEAR b " + "слово " * 1_000)
    line, caret = refused.value.marked().split("\n")
    assert len(line) < 700
    assert line[caret.index("^") : len(caret)] == "NEAR"


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


@given(queries)
def test_the_canonical_text_of_a_query_means_the_same(query: Query) -> None:
    again = parse(printed(query.root))
    assert again.root == query.root
    assert printed(again.root) == printed(query.root)


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("ШОС  И  «Шанхайская организация»", 'шос "шанхайская организация"'),
        ("(a И b) ИЛИ НЕ c d", "a b OR -c d"),
        ("Title:  (А OR В)", "title:а OR title:в"),
        ("Минист* NEAR/03 =Связи", "минист* NEAR/3 =связи"),
        ("г.Шанхай", '"г шанхай"'),
        ("4-го", "4-го"),
        ('"5, G"', "5.g"),
        ("5 (G)", "5 (g)"),
        ('"5 го"', "5.го"),
        ('source:"-x"', 'source:"-x"'),
        ('source:"§"', 'source:"§"'),
    ],
)
def test_a_query_is_printed_in_one_way(query: str, canonical: str) -> None:
    root = parse(query).root
    assert printed(root) == canonical
    assert parse(canonical).root == root


@pytest.mark.parametrize(
    "query",
    [
        "слово " * 170_000,
        "(" * 1_000_000,
        '"' * 1_000_001,
        "a OR " * 10_000 + "a",
        "a/" * 500_000,
        "-" * 1_000_000,
        "/" + "(a*)*" * 300_000,
    ],
)
def test_a_query_of_a_megabyte_is_refused_in_words(query: str) -> None:
    with pytest.raises(QueryError, match=r"limit|brackets"):
        parse(query)
