"""Texts and queries that nobody writes in good faith cost no more than their size, and no more than they may."""

from __future__ import annotations

import random

import pytest
from test_search import match, publish

from notify.index import Matcher
from notify.lemmas import Lexicon
from notify.match import check
from notify.query import QueryError, parse
from notify.search import Searcher
from notify.watch import Watch, WatchError, combined
from storage.model import Content, Texts
from storage.store import Store

MEGABYTES = 10
CHANCE = random.Random(7)


def invented(words: int) -> str:
    return " ".join("".join(CHANCE.choices("абвгдежзиклмнопрстуфхцчшыэюя", k=9)) for _ in range(words))


TEXTS = {
    "empty": "",
    "white space": " \n\u00a0\t" * 1_000,
    "one word": "связь " * 1_700_000,
    "one letter": "а" * (MEGABYTES << 20),
    "no word": "\u00ad" * (MEGABYTES << 18),
    "dashes": "-" * (MEGABYTES << 20),
    "apostrophes": "а'" * (MEGABYTES << 19),
    "generations": "5 G " * 300_000,
    "digits glued": "2024г" * 200_000,
    "marks": "и\u0306\u0301" * 300_000,
    "surrogates": "\ud800связь\udfff " * 10_000,
    "nothing but signs": "«»()[]{}*?=~/\\|&!\"'№%" * 50_000,
    "invented words": invented(60_000),
}
QUERIES = (
    "связь",
    '"связь связь связь"',
    "=связь",
    "связ*",
    "связь NEAR/5 связи",
    r"/\bсвязь\b/",
    "/(с+в+я+)+ь/",
    "title:связь OR text:связь",
    "5G",
)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_hostile_text_is_matched_as_any_other(text: str) -> None:
    has = "связь" in text and "invented" not in text
    matcher = Matcher(Watch(query, parse(query), ()) for query in QUERIES)
    found = matcher.match(Texts("", text))
    assert ("связь" in found) == has
    assert all(len(spans) <= 2_000 for spans in found.values())
    assert all(0 <= span.start < span.end <= len(text) for spans in found.values() for span in spans)


CATASTROPHIC = (r"/(а+)+б/", r"/(а|аа)+б/", r"/(.*)*=(.*)*б/", r"/(а?){30}а{30}б/", r"/((а+)*)*б/", r"/^(([а-я])+.)+[А-Я]([а-я])+б/")


@pytest.mark.parametrize("pattern", CATASTROPHIC)
def test_a_regular_expression_that_would_take_for_ever_elsewhere_ends(pattern: str) -> None:
    assert not check(parse(pattern), Texts("", "а" * 500_000))[0]


@pytest.mark.parametrize(
    "pattern", ["/(а{1000}){1000}/", "/[а/", "/а**/", "/(?P<а>б/", "/(?=а)б/", r"/(а)\1/", "/а" + "а" * 2_000 + "/", "/\ud800/"]
)
def test_a_regular_expression_that_can_not_be_taken_is_refused_in_words(pattern: str) -> None:
    with pytest.raises(QueryError, match="regular expression"):
        parse(pattern)


def test_brackets_as_deep_as_a_well_are_read() -> None:
    assert check(parse("/" + "(" * 40 + "а" + ")" * 40 + "/"), Texts("", "а"))[0]


def test_ten_thousand_terms_are_a_list_that_is_searched_or_refused_in_words(store: Store) -> None:
    publish(store, 1, Content("Заседание", "Выступил слово9999 сегодня.", language="ru"))
    match(store)
    terms = combined(None, [parse(f"слово{number}") for number in range(10_000)])
    assert len(Searcher(store.search, Lexicon()).page(terms).hits) == 1
    assert list(Matcher([Watch("list", terms, ())]).match(Texts("", "слово9999"))) == ["list"]


def test_a_list_that_refuses_alone_is_refused() -> None:
    with pytest.raises((WatchError, QueryError)):
        combined(None, [], [parse("реклама")])


def test_an_article_of_more_words_than_the_index_takes_is_found_by_every_word(store: Store) -> None:
    text = invented(20_000)
    publish(store, 1, Content("Заседание", f"{text} связи", language="ru"))
    publish(store, 2, Content("Другое", "Ничего о почте не сказано.", language="ru"))
    match(store, ("all", "связь"))
    searcher = Searcher(store.search, Lexicon())
    for word in ("связь", f"={text.rsplit(maxsplit=1)[-1]}", f'"{text.split()[7]} {text.split()[8]}"'):
        assert len(searcher.page(parse(word)).hits) == 1
        assert searcher.count(parse(word)).articles == 1
    assert searcher.count(parse("заседание -связь")).articles == 0
