"""Text folded for comparing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.fold import fold, folded_words, words_in_place

LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіўАЙЎЁxyzQ 019-–—'’ʼ.,«»\u0301\u0300\u00ad\u200b\u00a0\n_"
SPELT = st.text(alphabet=LETTERS, max_size=40)
# any letter or sign, with the marks that editors leave; several other marks on one letter are no text of any language
ANY = st.text(alphabet=st.characters(exclude_categories=["Cs", "Mn"]) | st.sampled_from("\u0300\u0301\u00ad\u200b\ufeff"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Просви\u0301ров", "просвиров"),
        ("Просви\u0300ров", "Просвиров"),
        ("Ещё", "ЕЩЕ"),
        ("е\u0308лка", "елка"),
        ("и\u0306од", "йод"),
        ("у\u0306сё", "ўсе"),
        ("инфор\u00adматизация", "информатизация"),
        ("связь\u200b", "связь"),
        ("аб’ём", "аб'ем"),
        ("абʼём", "аб`ём"),
        ("ﬁnance", "finance"),
        ("５Ｇ", "5g"),
        ("Ⅳ", "iv"),
        ("STRASSE", "straße"),
    ],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("мой", "мои"), ("ўлада", "улада"), ("крайний", "краинии"), ("мир", "мip"), ("іх", "их"), ("шыць", "шиць")]
)
def test_different_letters_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("г.Минск,  «5 G»", ["г", "минск", "5", "g"]),
        ("Китай – ШОС / Китай-ШОС", ["китай", "шос", "китай", "шос"]),
        ("д'Артаньян і аб’ява", ["д'артаньян", "і", "аб'ява"]),
        ("«\u00a0»\n\t—", []),
        ("snake_case", ["snake", "case"]),
        ("’кавычки’", ["кавычки"]),
        ("П.Н.Ткач", ["п", "н", "ткач"]),
    ],
)
def test_words_are_what_stands_between_signs(text: str, words: list[str]) -> None:
    assert folded_words(text) == words


@given(ANY)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(SPELT)
def test_composed_and_decomposed_letters_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(SPELT)
def test_short_letters_are_never_lost(text: str) -> None:
    folded = fold(text)
    assert folded.count("й") == text.lower().count("й")
    assert folded.count("ў") == text.lower().count("ў")


@given(SPELT)
def test_words_in_place_are_the_same_words_and_stand_where_they_say(text: str) -> None:
    found = list(words_in_place(text))
    assert [word.folded for word in found] == folded_words(text)
    assert all(fold(text[word.start : word.end]) == word.folded for word in found)


@given(ANY)
def test_no_text_is_too_odd(text: str) -> None:
    assert all(text[word.start : word.end] for word in words_in_place(text))
