"""The facts that a text states, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.facts import FactKind, facts_of, name_stem, read_together
from storage.fold import words_in_place

N, ORD, R, D, T, NAME = (
    FactKind.NUMBER, FactKind.ORDINAL, FactKind.REFERENCE, FactKind.DATE, FactKind.TIME, FactKind.NAME,
)  # fmt: skip


def told(text: str) -> list[tuple[FactKind, str]]:
    return [(fact.kind, fact.value) for fact in facts_of(text)]


@pytest.mark.parametrize(
    ("texts", "facts"),
    [
        pytest.param(("на втором заседании", "на 2-м заседании", "на II заседании"), [(ORD, "2")], id="an ordinal"),
        pytest.param(("на двадцать втором", "на 22-м"), [(ORD, "22")], id="an ordinal of two words"),
        pytest.param(("на другім пасяджэнні", "на 2-м пасяджэнні"), [(ORD, "2")], id="an ordinal in Belarusian"),
        pytest.param(("the third meeting", "the 3rd meeting"), [(ORD, "3")], id="an ordinal in English"),
        pytest.param(("шести сел", "6 сел", "шесть сел"), [(N, "6")], id="a number"),
        pytest.param(("двадцать пять сел", "25 сел"), [(N, "25")], id="a number of two words"),
        pytest.param(("12 тыс. рублей", "12 тысяч руб.", "двенадцать тысяч рублей"), [(N, "12 тыс руб")], id="an amount"),
        pytest.param(("1 234 567 жителей", "1\u00a0234\u00a0567 жителей"), [(N, "1234567")], id="thousands"),
        pytest.param(("рост 12,5 %", "рост 12.5%", "рост 12,5 процента"), [(N, "12.5 %")], id="a share"),
        pytest.param(("9 апреля 2026 года", "09.04.2026", "2026-04-09", "9-го апреля 2026 г."), [(D, "2026-04-09")], id="a date"),
        pytest.param(("April 9, 2026", "9 April 2026", "9th of April 2026"), [(D, "2026-04-09")], id="a date in English"),
        pytest.param(("9 красавіка", "09 апреля"), [(D, "--04-09")], id="a day without its year"),
        pytest.param(("9 и 10 мая", "9–10 мая", "с 9 по 10 мая"), [(D, "--05-09"), (D, "--05-10")], id="two days"),
        pytest.param(("в мае 2026 года", "у маі 2026 года", "in May 2026"), [(D, "2026-05")], id="a month"),
        pytest.param(("в 2026 году", "у 2026 годзе", "in 2026"), [(D, "2026")], id="a year"),
        pytest.param(("в среду", "у сераду", "on wednesday"), [(D, "weekday 3")], id="a day of the week"),
        pytest.param(("в 9:30", "в 09:30", "в 09.30"), [(T, "9:30")], id="an hour"),
        pytest.param(("Закон № 48-З", "закон N 48-З", "закон 48-З"), [(R, "48-з")], id="the number of a document"),
    ],
)
def test_however_it_is_written_it_is_one_fact(texts: tuple[str, ...], facts: list[tuple[FactKind, str]]) -> None:
    for text in texts:
        assert [fact for fact in told(text) if fact[0] is not NAME] == facts, text


@pytest.mark.parametrize(
    "text", ["семья и пятно", "окружающая среда", "you may go", "ён мае права", "I think", "другой вопрос", "март", "О связи"]
)
def test_words_that_only_look_like_facts_are_none(text: str) -> None:
    assert told(text) == ([(D, "--03")] if text == "март" else [])


@pytest.mark.parametrize(
    "forms",
    [
        pytest.param("Иванов Иванова Иванову Ивановым Иванове", id="a surname"),
        pytest.param("Беларусь Беларуси Беларусью", id="a country"),
        pytest.param("Россия России Россию Россией", id="another country"),
        pytest.param("Сергей Сергея Сергею Сергеем Сергее", id="a given name"),
        pytest.param("Магілёў Магілёва Магілёву Магілёвам", id="a town in Belarusian"),
        pytest.param("Минский Минского Минскому Минским", id="an adjective"),
        pytest.param("МИД МИДа МИДу", id="an abbreviation"),
    ],
)
def test_a_name_is_the_same_in_every_case(forms: str) -> None:
    names = {value for form in forms.split() for kind, value in told(f"вот и {form} тут") if kind is NAME}
    assert len(names) == 1, names


def test_names_of_two_people_are_two() -> None:
    stems = [name_stem(name) for name in ("иванов", "петров", "ткач", "шульган", "минск", "гомель", "брест", "иваненко", "ивановский")]
    assert len(set(stems)) == len(stems)


def test_a_word_that_begins_a_sentence_is_a_name_where_another_text_shows_it() -> None:
    alone, _ = read_together("Ткач сказал.", "сказал кто-то")
    shown, _ = read_together("Ткач сказал.", "сказал сам Ткач")
    common, _ = read_together("Связь есть.", "а связь нужна")
    assert [fact.sure for fact in alone.facts] == [False]
    assert [fact.sure for fact in shown.facts] == [True]
    assert common.facts == ()


@given(st.text(alphabet="9 апреля.IIшестьКАа-№,2026\n:%’\u0301", max_size=80) | st.text(max_size=80))
def test_any_text_can_be_read_and_facts_stand_in_order_among_its_words(text: str) -> None:
    words = list(words_in_place(text))
    place = 0
    for fact in facts_of(text):
        assert place <= fact.start < fact.end <= len(words)
        place = fact.end
