"""What holds of identity for any texts: it is symmetric, it ends, edits of a text stay one article, and templates never become one."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from collector.address import address_keys, family_of
from collector.extract.language import judge_language
from collector.identity import Comparison, compare, sighting_of
from storage.model import Content, Sighting

HERE, ELSEWHERE = family_of("vedomstvo", ["vedomstvo.example"]), family_of("agentstvo", ["agentstvo.example"])
UNHURRIED = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
SUBJECTS = (
    "Комиссия, Делегация, Ведомство, Оператор, Секретариат, Союз, Совет, Отделение, Коллегия, Группа, Музей, Станция, Редакция, Академия, "
    "Лаборатория, Управление, Служба, Дирекция, Мастерская, Библиотека"
)
VERBS = (
    "готова обсудить, утвердит, рассмотрит, просит отложить, предлагает, обновляет, проверяет, описывает, сравнивает, дополняет, изучает, "
    "одобряет, намерена поддержать, отмечает"
)
OBJECTS = (
    "порядок приёма посылок, сроки доставки писем, план прокладки кабеля, тарифы на доступ к сети, правила хранения пакетов, "
    "перечень сельских отделений, проект единого справочника, качество телевизионного вещания, расчёты между операторами, "
    "подготовку молодых мастеров, выпуск памятных марок, состояние линий электропитания, защиту сведений о гражданах, "
    "замену старых вышек, обучение почтальонов работе с терминалами, условия договоров подписки"
)
TAILS = (
    "с учётом замечаний жителей, после проверки на местах, по просьбе областных властей, в присутствии журналистов, без лишней спешки, "
    "на основе опыта соседей, вместе с представителями торговли, ради удобства пожилых людей, при участии ветеранов отрасли, "
    "согласно принятой программе, из-за роста числа посылок, к началу зимнего сезона, для отдалённых деревень и хуторов, "
    "в интересах школ и больниц, под наблюдением инженеров"
)
TITLES = (
    "Комиссия рассмотрела развитие почтовых услуг в сельской местности",
    "О порядке доступа к сетям связи для жителей отдалённых деревень",
    "Оператор подвёл итоги работы отделений и наметил обновление парка",
)


@st.composite
def texts(draw: st.DrawFn, paragraphs: int = 4) -> str:
    """Paragraphs of a news text of three sentences each, which repeat no phrase."""
    chosen = random.Random(draw(st.integers(0, 2**32)))
    parts = (chosen.sample(part.split(", "), 3 * paragraphs) for part in (SUBJECTS, VERBS, OBJECTS, TAILS))
    sentences = [" ".join(said) + "." for said in zip(*parts, strict=True)]
    return "\n\n".join(" ".join(sentences[3 * number : 3 * number + 3]) for number in range(paragraphs))


def seen(text: str, title: str = TITLES[0], path: str = "odno", *, host: str = "vedomstvo.example") -> Sighting:
    """A sighting at a path of a site; without a path it is a document without an address."""
    content = Content(title, text, language=judge_language(f"{title}\n{text}"))
    if not path:
        return sighting_of("", "", (), content)
    family = HERE if host in HERE.hosts else ELSEWHERE
    return sighting_of(family.name, f"https://{host}/{path}", address_keys(f"https://{host}/{path}", family), content)


def both_ways(one: Sighting, other: Sighting) -> Comparison:
    """What they are to each other, which is the same whichever was first."""
    found, turned = compare(one, other), compare(other, one)
    assert (found.same, found.also_at) == (turned.same, turned.also_at), (found.why, turned.why)
    assert not (found.same and found.also_at)
    assert found.why
    return found


# --- any text ----------------------------------------------------------------------------------------------------------------------------

ANYTHING = st.text(st.characters() | st.sampled_from("\ud800\udfff\0\u0301\u00ad\u200b\ufeff№«»9"), max_size=300)
PLACES = st.sampled_from(["", "odno", "drugoe", "odno-0", "news/17", "news/18", "node/5", "be/node/5"])


@UNHURRIED
@given(ANYTHING, ANYTHING, ANYTHING, ANYTHING, PLACES, PLACES, st.booleans())
@example("", "", "", "", "", "", True)
@example("\ud800 слово", "\ud800", "\ud800 слово", "\ud800", "odno", "drugoe", False)
@example("9" * 300, "9", "9 " * 150, "9", "odno", "drugoe", False)
def test_any_two_sightings_can_be_compared_and_it_is_the_same_both_ways(
    text: str, title: str, other: str, its_title: str, at: str, its_place: str, abroad: bool
) -> None:
    both_ways(seen(text, title, at), seen(other, its_title, its_place, host="agentstvo.example" if abroad else "vedomstvo.example"))


@UNHURRIED
@given(texts(), st.data())
def test_texts_that_share_sentences_are_compared_alike_both_ways(text: str, data: st.DataObject) -> None:
    sentences = text.replace("\n\n", " ").split(". ")
    draws = st.lists(st.sampled_from(sentences), min_size=1, max_size=20)
    titles = st.sampled_from(TITLES)
    one, other = (seen(". ".join(data.draw(draws)), data.draw(titles), data.draw(PLACES)) for _ in range(2))
    both_ways(one, other)


@UNHURRIED
@given(texts())
def test_a_publication_is_itself(text: str) -> None:
    assert both_ways(seen(text), seen(text)).same
    assert both_ways(seen(text), seen(text, path="drugoe")).same
    assert both_ways(seen(text), seen(text, host="agentstvo.example")).also_at


def shuffled(words: list[str], seed: int = 1) -> list[str]:
    mixed = words[:]
    random.Random(seed).shuffle(mixed)
    return mixed


DISTINCT = [f"слово{number}" for number in range(30_000)]
LETTERS = [
    chr(ord("а") + number % 32) + chr(ord("а") + number // 32 % 32) + chr(ord("а") + number // 1024 % 32) for number in range(30_000)
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("а" * 1_000_000, "а" * 999_999, id="a word of a million letters"),
        pytest.param("да " * 100_000, "да " * 99_000, id="a hundred thousand times one word"),
        pytest.param("да нет " * 15_000, "нет да " * 14_000, id="two words in turn"),
        pytest.param("7 " * 30_000, "8 " * 30_000, id="digits"),
        pytest.param("1" * 100_000, "2" * 100_000, id="a number of a hundred thousand digits"),
        pytest.param("\n" * 1_000_000, "\n" * 999_999, id="line breaks"),
        pytest.param("\ud800" * 100_000, "\udfff" * 100_000, id="lone surrogates"),
        pytest.param("邮政服务" * 20_000, "服务邮政" * 20_000, id="Chinese, which parts no words"),
        pytest.param("у\u0301" * 100_000, "у" * 100_000, id="stress marks"),
        pytest.param(" ".join(DISTINCT), " ".join(shuffled(DISTINCT)), id="30,000 words shuffled"),
        pytest.param(" ".join(LETTERS), " ".join(shuffled(LETTERS)), id="30,000 words without digits shuffled"),
        pytest.param(". ".join(LETTERS).title(), ". ".join(shuffled(LETTERS)).title(), id="30,000 names shuffled"),
        pytest.param(" ".join(DISTINCT), " ".join(word + " и так далее по списку" for word in DISTINCT[:6000]), id="each word in a phrase"),
        pytest.param("1.1.2001 " * 10_000, "2.1.2001 " * 10_000, id="dates"),
        pytest.param("\n".join(LETTERS), "\n".join(shuffled(LETTERS)), id="lines of one word"),
        pytest.param("№ " * 30_000, "№ 1" * 30_000, id="number signs"),
        pytest.param("а. " * 30_000, "б. " * 30_000, id="initials"),
    ],
)
def test_a_hostile_text_is_compared_to_the_end(one: str, other: str) -> None:
    for title in ("Заголовок, равный у обоих текстов, длинный", ""):
        both_ways(seen(one, title), seen(other, title, "drugoe"))


# --- edits stay one article --------------------------------------------------------------------------------------------------------------


def _words_changed(change: Callable[[str], str], every: int) -> Callable[[str], str]:
    def edit(text: str) -> str:
        return "\n\n".join(
            " ".join(change(word) if place % every == every - 1 else word for place, word in enumerate(paragraph.split(" ")))
            for paragraph in text.split("\n\n")
        )

    return edit


def misprinted(word: str) -> str:
    """Two letters inside a word change places."""
    middle = len(word) // 2
    return word if len(word) < 6 else word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


def _paragraph_edited(text: str) -> str:
    paragraphs = text.split("\n\n")
    paragraphs[1] += " Как пояснили в приёмной, об остальном расскажут позднее на встрече с журналистами и читателями."
    return "\n\n".join(paragraphs)


def _cut(share: float) -> Callable[[str], str]:
    return lambda text: text[: int(len(text) * share)].rpartition(" ")[0]


EDITS: dict[str, Callable[[str], str]] = {
    "white space": lambda text: text.replace(" ", "\u00a0 ").replace("\n\n", "\n \n\n"),
    "accents": lambda text: text.replace("рассмотр", "рассмо\u0301тр").replace("ё", "е"),
    "case": str.upper,
    "label noise": lambda text: f"Изображение:\n\n{text}\n\nМалюнак\n\n---\n\n**Source URL:** <https://vedomstvo.example/node/1>",
    "a paragraph edited": _paragraph_edited,
    "typos": _words_changed(misprinted, 12),
    "cut to 70 %": _cut(0.7),
    "cut to 40 %": _cut(0.4),
    "reordered": lambda text: "\n\n".join(text.split("\n\n")[::-1]),
    "a footer": lambda text: (
        f"{text}\n\nПерепечатка разрешена при указании источника, вопросы можно задать через раздел обращений граждан."
    ),
    "doubled": lambda text: f"{text}\n\n{text}",
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
@UNHURRIED
@given(texts(), st.sampled_from(TITLES))
def test_an_edited_copy_under_the_same_title_is_the_same_article(edit: Callable[[str], str], text: str, title: str) -> None:
    assert both_ways(seen(text, title), seen(edit(text), title, "drugoe")).same


# --- templates never become one ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slot:
    """A sentence with a place to fill, and what may fill it."""

    sentence: str
    fillings: tuple[str, ...]


SLOTS = {
    "date": Slot(
        "Заседание состоялось {} в зале ведомства.", ("9 апреля", "28 мая", "10 апреля", "9 мая", "09.06.2025", "1 декабря 2024 года")
    ),
    "number": Slot("Всего поступило {} заявок от жителей.", ("12", "13", "120", "1200", "двадцать", "тридцать две", "12 тысяч", "12 млн")),
    "amount": Slot("Стоимость работ составила {} рублей.", ("5,5", "5,6", "55 тысяч", "560", "1 200 000", "1 300 000")),
    "ordinal": Slot("Состоялось {} совещание рабочей группы.", ("второе", "третье", "4-е", "V", "шестое", "10-е", "двадцать первое")),
    "document": Slot("Решение оформлено протоколом № {} и разослано.", ("48", "49", "48/2", "48-З", "148", "4")),
    "name": Slot(
        "Совещание вёл начальник {} вместе с коллегами.", ("Пётр Иванчук", "Олег Петренко", "Анна Рябова", "Сергей Тепляков", "П. Н. Ткач")
    ),
    "town": Slot("Новое отделение открыто в городе {} на площади.", ("Гомель", "Брест", "Полоцк", "Орша", "Несвиж", "Новый Свержень")),
    "time": Slot("Приём начнётся в {} в главном здании.", ("10:00", "10:30", "11:00", "14.00", "9:00")),
}
VERDICT = Slot("Заявка общества связистов {} советом.", ("принята", "отклонена", "отложена", "возвращена"))
"""Another source words its verdict in its own way."""
ON_SITES = [(name, slot, abroad) for name, slot in SLOTS.items() for abroad in (False, True)] + [("verdict", VERDICT, False)]


@pytest.mark.parametrize(
    ("slot", "abroad"),
    [pytest.param(slot, abroad, id=f"{name} on {'two sites' if abroad else 'one site'}") for name, slot, abroad in ON_SITES],
)
@UNHURRIED
@given(text=texts(), place=st.integers(0, 4), title=st.sampled_from(TITLES), data=st.data())
def test_texts_from_one_template_that_differ_in_a_fact_are_never_one(
    slot: Slot, text: str, place: int, title: str, data: st.DataObject, *, abroad: bool
) -> None:
    ours, theirs = data.draw(st.lists(st.sampled_from(slot.fillings), min_size=2, max_size=2, unique=True))
    paragraphs = text.split("\n\n")
    made = ["\n\n".join((*paragraphs[:place], slot.sentence.format(filling), *paragraphs[place:])) for filling in (ours, theirs)]
    one, other = seen(made[0], title), seen(made[1], title, "drugoe", host="agentstvo.example" if abroad else "vedomstvo.example")
    found = both_ways(one, other)
    assert not found.same
    assert not found.also_at


@UNHURRIED
@given(st.lists(texts(paragraphs=2), min_size=2, max_size=5, unique=True), st.data())
def test_a_round_up_is_never_one_of_what_it_reprints(made: list[str], data: st.DataObject) -> None:
    items = list(
        zip(
            made,
            (*TITLES, "Музей связи готовит выставку старинных аппаратов", "Редакция журнала объявляет конкурс рассказов"),
            strict=False,
        )
    )
    text, title = data.draw(st.sampled_from(items))
    order = data.draw(st.permutations([item for item, _ in items]))
    heading = data.draw(st.sampled_from(["Новости отрасли за неделю", "Главное", "Обзор событий в отрасли связи за прошедшие дни", ""]))
    for at in ("drugoe", ""):
        assert not both_ways(seen("\n\n".join(order), heading, at), seen(text, title)).same


@UNHURRIED
@given(texts(), texts())
def test_different_texts_under_one_title_are_two(one: str, other: str) -> None:
    assume(not set(one.replace("\n\n", " ").split(". ")) & set(other.replace("\n\n", " ").split(". ")))
    found = both_ways(seen(one), seen(other, path="drugoe"))
    assert not found.same
