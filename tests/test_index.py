"""However watches come and go, a text finds those that accept it, and by the words that asking each of them finds."""

from __future__ import annotations

import pytest
from generated import publications, queries
from hypothesis import given, settings
from hypothesis import strategies as st

from notify.index import Matcher
from notify.lemmas import Lexicon
from notify.match import check
from notify.query import Query, parse
from notify.reading import MOST_FORMS
from notify.watch import Watch
from storage.model import Texts


def watch(name: str, query: Query | str) -> Watch:
    return Watch(name, parse(query) if isinstance(query, str) else query, ())


def one_by_one(watches: list[Watch], texts: Texts, lexicon: Lexicon | None = None) -> dict[str, object]:
    asked = {one.name: check(one.query, texts, lexicon) for one in watches}
    return {name: spans for name, (accepts, spans) in asked.items() if accepts}


@given(st.lists(queries, max_size=8), st.lists(publications(), min_size=1, max_size=3))
def test_the_index_finds_what_asking_each_watch_finds(asked: list[Query], texts: list[Texts]) -> None:
    watches = [watch(str(number), query) for number, query in enumerate(asked)]
    matcher = Matcher(watches)
    for one in texts:
        assert matcher.match(one) == one_by_one(watches, one)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(("put", "remove")), st.integers(0, 4), queries), max_size=14), publications(), st.booleans())
def test_watches_come_change_and_go_and_the_rest_is_found_as_before(
    changes: list[tuple[str, int, Query]], texts: Texts, learns: bool
) -> None:
    matcher = Matcher()
    if learns:
        matcher.learn([texts])
    kept: dict[str, Watch] = {}
    for what, number, query in changes:
        name = str(number)
        if what == "put":
            (matcher.change if name in kept else matcher.add)(watch(name, query))
            kept[name] = watch(name, query)
        elif name in kept:
            matcher.remove(name)
            del kept[name]
    assert matcher.match(texts) == one_by_one(list(kept.values()), texts)
    assert set(matcher.watches) == set(kept)
    for name in list(kept):
        matcher.remove(name)
    assert matcher.match(texts) == {}


def test_a_list_of_ten_thousand_terms_finds_the_few_that_are_there() -> None:
    terms = parse(" OR ".join(f"слово{number}" for number in range(1_000)))
    matcher = Matcher([watch("list", terms), watch("other", "связь")])
    assert list(matcher.match(Texts("", "слово7 и слово999, связи"))) == ["list", "other"]
    assert [(span.start, span.end) for span in matcher.match(Texts("", "слово7 и слово999"))["list"]] == [(0, 6), (9, 17)]


def test_a_word_of_the_user_is_found_in_the_forms_that_he_gave() -> None:
    lexicon = Lexicon([("Копир", "ксерокс", "Ксероксы")])
    watches = [watch("word", "копир"), watch("phrase", '"новый копир"'), watch("other", "ксерокса")]
    text = Texts("", "Купили новые Ксероксы")
    assert Matcher(watches, lexicon).match(text) == one_by_one(watches, text, lexicon)
    assert list(Matcher(watches, lexicon).match(text)) == ["word", "phrase", "other"]
    assert list(Matcher(watches).match(text)) == ["other"]


def test_two_watches_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two watches"):
        Matcher([watch("w", "a"), watch("w", "b")])


@pytest.mark.parametrize("gone", ["change", "remove"])
def test_a_watch_that_is_not_there_can_neither_change_nor_go(gone: str) -> None:
    with pytest.raises(KeyError):
        Matcher().change(watch("w", "a")) if gone == "change" else Matcher().remove("w")


def test_a_text_of_more_words_than_any_language_has_is_matched_all_the_same() -> None:
    text = Texts("ШОС", " ".join(f"щ{number:x}" for number in range(MOST_FORMS + 10)) + " связи")
    watches = [watch("word", "связь ШОС"), watch("odd", f"щ{MOST_FORMS + 5:x}"), watch("not", "слово")]
    assert list(Matcher(watches).match(text)) == list(one_by_one(watches, text))
    assert "odd" in Matcher(watches).match(text)
