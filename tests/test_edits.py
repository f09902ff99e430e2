"""What an edit is: whether it says anything, of what kind it is, and what it changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.edits import Change, How, difference, is_trivial, kinds_of, volatile
from storage.fold import folded_words
from storage.model import Attachment, Content, EditKind

TEXT = (
    "Второе заседание Совета состоялось 9 апреля 2026 года в Минске. Министр К.К. Шульган сообщил, что выделено 12 тыс. рублей.\n\n"
    "Начало в 10:00. Шесть операторов представили отчёты о строительстве станций в Гомеле.\n\n"
    "Справочно: решение принято в соответствии с Указом № 48-З."
)
PDF = Attachment("https://mpt.example/files/otchet.pdf?itok=1", "Отчёт", "application/pdf", text="Отчёт за год")


def page(text: str = TEXT, title: str = "О заседании Совета", *attachments: Attachment) -> Content:
    return Content(title, text, language="ru", attachments=attachments)


def edited(old: str, new: str) -> Content:
    assert old in TEXT
    return page(TEXT.replace(old, new))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(TEXT, TEXT.replace(" ", "\u00a0\n"), id="white space"),
        pytest.param(TEXT, TEXT.upper(), id="case"),
        pytest.param(TEXT, TEXT.replace("отчёты", "отче\u0301ты"), id="ё and stress"),
        pytest.param(TEXT, TEXT.replace(".", " … ").replace(",", " — "), id="punctuation"),
        pytest.param(f"{TEXT}\nПросмотров: 123", f"{TEXT}\nПросмотров: 140", id="views"),
        pytest.param(f"{TEXT}\n15 комментариев | 3 лайка", f"{TEXT}\n17 комментариев | 4 лайка", id="comments and likes"),
        pytest.param(f"{TEXT}\nСкачали 15 раз", f"{TEXT}\nСкачали 16 раз", id="downloads"),
        pytest.param(f"{TEXT}\nРейтинг: 4,5 (12 голосов)", f"{TEXT}\nРейтинг: 4,6 (13 голосов)", id="votes"),
        pytest.param(f"Сейчас на сайте 15 гостей\n{TEXT}", f"Сейчас на сайте 3 гостя\n{TEXT}", id="visitors"),
        pytest.param(f"{TEXT}\nПраглядаў: 5", f"{TEXT}\nПраглядаў: 6", id="views in Belarusian"),
        pytest.param(f"{TEXT}\n1.2k views · 5 comments", f"{TEXT}\n1.3k views · 6 comments", id="views in English"),
        pytest.param(f"02.11.2026 | Просмотров: 5\n{TEXT}", f"02.11.2026 | Просмотров: 6\n{TEXT}", id="a counter beside a date"),
        pytest.param(TEXT, f"{TEXT}\nВерсия для печати\nПоделиться", id="labels of buttons"),
        pytest.param(f"Обновлено: 02.11.2026 10:00\n{TEXT}", f"Обновлено: 03.11.2026 11:30\n{TEXT}", id="the day of the last update"),
        pytest.param(f"Сегодня 2 ноября 2026, понедельник\n{TEXT}", f"Сегодня 3 ноября 2026, вторник\n{TEXT}", id="today"),
        pytest.param(f"{TEXT}\nhttps://a.by/x?itok=Qa1", f"{TEXT}\nhttps://a.by/x?itok=Zz9", id="a token in an address"),
    ],
)
def test_what_a_reader_would_not_call_an_edit_is_none(before: str, after: str) -> None:
    assert is_trivial(page(before), page(after))
    assert is_trivial(page(after), page(before))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(TEXT, TEXT.replace("12 тыс", "13 тыс"), id="a number in a sentence"),
        pytest.param(TEXT, TEXT.replace("Минске", "Бресте"), id="a name"),
        pytest.param(TEXT, TEXT.replace("представили", "не представили"), id="a «не»"),
        pytest.param(TEXT, TEXT.replace("отчёты", "отчеты о работе"), id="words added"),
        pytest.param(TEXT, "\n\n".join(TEXT.split("\n\n")[::-1]), id="paragraphs in another order"),
        pytest.param(f"{TEXT}\nОн набрал 123 просмотра за сутки.", f"{TEXT}\nОн набрал 500 просмотров за сутки.", id="news about views"),
        pytest.param(f"{TEXT}\nВсего пользователей: 5 млн", f"{TEXT}\nВсего пользователей: 6 млн", id="news about users"),
        pytest.param("Иванов\nГолосов: 15\nПетров\nГолосов: 9", "Иванов\nГолосов: 14\nПетров\nГолосов: 10", id="the result of an election"),
        pytest.param(f"{TEXT}\nЧисло пострадавших: 15", f"{TEXT}\nЧисло пострадавших: 16", id="a count of something else"),
        pytest.param(f"{TEXT}\nСегодня, 10:00", f"{TEXT}\nСегодня, 11:00", id="an hour of today"),
        pytest.param(f"{TEXT}\nСегодня мост закрыт.", f"{TEXT}\nСегодня мост открыт.", id="what is so today"),
        pytest.param(f"{TEXT}\nhttps://a.by/x?id=5", f"{TEXT}\nhttps://a.by/x?id=6", id="another address"),
        pytest.param(f"{TEXT}\nОбновлён реестр 5 операторов", f"{TEXT}\nОбновлён реестр 6 операторов", id="something that was updated"),
        pytest.param(f"{TEXT}\nНочью +5 градусов.", f"{TEXT}\nНочью -5 градусов.", id="a sign before a number"),
        pytest.param(f"{TEXT}\nЦена 5 €.", f"{TEXT}\nЦена 5 $.", id="a currency"),
    ],
)  # fmt: skip
def test_what_says_something_else_is_an_edit(before: str, after: str) -> None:
    assert not is_trivial(page(before), page(after))


def test_a_title_or_an_attachment_that_changes_is_an_edit() -> None:
    assert not is_trivial(page(), page(title="О заседании Комиссии"))
    assert not is_trivial(page(), page(TEXT, "О заседании Совета", PDF))
    assert is_trivial(page(TEXT, "О заседании Совета", PDF), page(TEXT, "О заседании Совета", replace(PDF, url=f"{PDF.url[:-1]}2")))


HEADLINES = ("В Бресте открыт центр связи", "Подписано соглашение с РСС", "Почта выпустила новую марку")


def test_headlines_of_other_publications_come_go_and_change_places() -> None:
    block = f"{TEXT}\n{HEADLINES[0]}\n03.11.2026 {HEADLINES[1]}"
    others = f"{TEXT}\n{HEADLINES[2]}\n{HEADLINES[0]}"
    assert is_trivial(page(block), page(others), HEADLINES)
    assert not is_trivial(page(block), page(others)), "as long as nobody knows that they are headlines of others"
    assert not is_trivial(page(block), page(others.replace("12 тыс", "13 тыс")), HEADLINES)


WEATHER = (
    "Погода: Минск +5, облачно",
    "Погода: Минск +7, дождь",
    "Погода: Минск +3, снег",
    "Погода: Минск 0, ясно",
    "Погода: Минск -2, ясно",
)


def test_a_line_of_the_weather_that_changed_thrice_changes_for_nothing_from_then_on() -> None:
    states = [page(f"{TEXT}\n{line}\nО сайте министерства") for line in WEATHER]
    assert not volatile(states[:3])
    assert not is_trivial(states[2], states[3], volatile=volatile(states[:3]))
    assert is_trivial(states[3], states[4], volatile=volatile(states[:4]))
    rewritten = replace(states[4], text=states[4].text.replace("12 тыс", "13 тыс"))
    assert not is_trivial(states[3], rewritten, volatile=volatile(states[:4]))


def test_a_line_of_the_text_itself_may_change_at_every_look_and_is_news_each_time() -> None:
    states = [page(f"{TEXT}\nЧисло пострадавших: {count}\nО сайте министерства") for count in (15, 16, 17, 18, 19)]
    assert not is_trivial(states[3], states[4], volatile=volatile(states[:4]))
    rates = [page(f"{TEXT}\nUSD 3,2{count}\nО сайте", title="Курсы валют Национального банка") for count in range(5)]
    assert not is_trivial(rates[3], rates[4], volatile=volatile(rates[:4]))


N, D, NAME, A, S, OTHER = (
    EditKind.NUMBER, EditKind.DATE, EditKind.NAME, EditKind.ATTACHMENT, EditKind.STATUS, EditKind.OTHER,
)  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        pytest.param("12 тыс. рублей", "13 тыс. рублей", (N,), id="an amount"),
        pytest.param("12 тыс. рублей", "12 млн. рублей", (N,), id="its scale"),
        pytest.param("12 тыс. рублей", "12 тыс. долларов", (N,), id="its unit"),
        pytest.param("Шесть операторов", "Семь операторов", (N,), id="a number in words"),
        pytest.param("Шесть операторов", "6 операторов", (OTHER,), id="the same number in digits"),
        pytest.param("Второе заседание", "Третье заседание", (N,), id="an ordinal"),
        pytest.param("Второе заседание", "II заседание", (OTHER,), id="the same ordinal in Roman numerals"),
        pytest.param("№ 48-З", "№ 49-З", (N,), id="the number of a document"),
        pytest.param("9 апреля", "10 апреля", (D,), id="a day"),
        pytest.param("9 апреля", "9 мая", (D,), id="a month"),
        pytest.param("2026 года", "2027 года", (D,), id="a year"),
        pytest.param("9 апреля 2026 года", "09.04.2026", (OTHER,), id="the same date in digits"),
        pytest.param("в 10:00", "в 11:00", (D,), id="an hour"),
        pytest.param("Начало в 10:00", "Начало в среду в 10:00", (D,), id="a day of the week"),
        pytest.param("Шульган", "Ткач", (NAME,), id="a surname"),
        pytest.param("К.К. Шульган", "К.В. Шульган", (NAME,), id="an initial"),
        pytest.param("К.К. Шульган", "Шульган К.К.", (OTHER,), id="initials behind the surname"),
        pytest.param("в Гомеле", "в Бресте", (NAME,), id="a town"),
        pytest.param("в Гомеле", "близ Гомеля", (OTHER,), id="a town in another case"),
        pytest.param("операторов представили", "операторов не представили", (S,), id="the contrary"),
        pytest.param("принято", "отменено", (S,), id="another status"),
        pytest.param("представили", "подготовили", (OTHER,), id="another word"),
        pytest.param("рублей.", "рублей. Ткач выступил с докладом.", (OTHER,), id="a sentence that begins with what may be a name"),
        pytest.param("рублей.", "рублей. Приехали 15 гостей из Шанхая.", (N, NAME), id="a sentence that says something new"),
        pytest.param(" Шесть операторов представили отчёты о строительстве станций в Гомеле.", "", (N, NAME), id="a sentence taken back"),
        pytest.param("Министр", "Глава министерства", (NAME,), id="at the beginning what may be a name: in doubt people are told"),
    ],
)
def test_an_edit_is_of_the_kind_that_a_subscriber_would_name(old: str, new: str, kinds: tuple[EditKind, ...]) -> None:
    assert kinds_of(page(), edited(old, new)) == kinds
    assert kinds_of(edited(old, new), page()) == kinds


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        pytest.param("Выдаткавана пяць тысяч рублёў.", "Выдаткавана шэсць тысяч рублёў.", (N,), id="be"),
        pytest.param("Пасяджэнне пройдзе 9 красавіка ў Магілёве.", "Пасяджэнне пройдзе 10 красавіка ў Магілёве.", (D,), id="be, a date"),
        pytest.param("Другая сустрэча ў Магілёве.", "Трэцяя сустрэча ў Магілёве.", (N,), id="be, an ordinal"),
        pytest.param("The second meeting is in Minsk on May 5.", "The third meeting is in Minsk on May 5.", (N,), id="en, an ordinal"),
        pytest.param("It was on April 9, 2026 in Minsk.", "It was on April 10, 2026 in Minsk.", (D,), id="en, a date"),
        pytest.param("The meeting may be held in Minsk.", "The meeting will be held in Minsk.", (OTHER,), id="en, «may» is no month"),
        pytest.param("Иванов назначен министром.", "Петров назначен министром.", (NAME,), id="a name that begins a sentence"),
        pytest.param("Беларусь подписала договор.", "Россия подписала договор.", (NAME,), id="a country that begins a sentence"),
        pytest.param("Указанный порядок действует.", "Данный порядок действует.", (OTHER,), id="a participle that begins a sentence"),
        pytest.param("Скорость до 100 Мбит/с.", "Скорость до 100 Гбит/с.", (N,), id="another unit"),
        pytest.param("Рост составил треть.", "Рост составил четверть.", (N,), id="a fraction in words"),
        pytest.param("Иванов победил Петрова.", "Петров победил Иванова.", (NAME,), id="names that changed places"),
        pytest.param("Семья и окружающая среда.", "Семья и школа.", (OTHER,), id="words that look like numbers and days"),
    ],
)  # fmt: skip
def test_facts_are_read_in_three_languages(before: str, after: str, kinds: tuple[EditKind, ...]) -> None:
    assert kinds_of(page(before), page(after)) == kinds


def test_a_draft_that_is_adopted_changes_its_status() -> None:
    assert kinds_of(page(title="Проект постановления о связи"), page(title="Постановление о связи")) == (S,)


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        pytest.param((), (PDF,), (A,), id="one more"),
        pytest.param((PDF,), (), (A,), id="one fewer"),
        pytest.param((PDF,), (replace(PDF, url="https://mpt.example/files/otchet_0.pdf"),), (A,), id="another"),
        pytest.param((PDF,), (replace(PDF, text="Отчёт за квартал"),), (A,), id="another text under the same name"),
        pytest.param((PDF,), (replace(PDF, url="https://www.mpt.example/files/otchet.pdf?itok=2"),), (), id="another token"),
        pytest.param((replace(PDF, text=""),), (PDF,), (), id="a text that could not be read before"),
    ],
)
def test_a_changed_attachment_is_told_of(
    before: tuple[Attachment, ...], after: tuple[Attachment, ...], kinds: tuple[EditKind, ...]
) -> None:
    assert kinds_of(page(TEXT, "т", *before), page(TEXT, "т", *after)) == kinds


def test_a_counter_that_goes_on_while_a_word_is_corrected_is_no_number() -> None:
    assert kinds_of(page(f"{TEXT}\nПросмотров: 5"), page(f"{TEXT.replace('Справочно', 'Для сведения')}\nПросмотров: 9")) == (OTHER,)


def test_a_paragraph_that_only_moved_is_of_no_kind_that_is_told_of() -> None:
    assert kinds_of(page(), page("\n\n".join(TEXT.split("\n\n")[::-1]))) == (OTHER,)


# --- the difference ------------------------------------------------------------------------------------------------------------------


def shown(change: Change) -> str:
    marks = {How.SAME: "{}", How.REMOVED: "[-{}-]", How.ADDED: "[+{}+]"}
    return "".join(marks[stretch.how].format(stretch.text) for stretch in change.stretches)


def test_a_difference_shows_the_words_that_changed_in_their_paragraphs() -> None:
    changes = [change for change in difference(page(), edited("Второе заседание", "Третье заседание")) if change.is_edit]
    assert [shown(change).split(".")[0] for change in changes] == [
        "[-Второе -][+Третье +]заседание Совета состоялось 9 апреля 2026 года в Минске"
    ]


def test_a_paragraph_that_moved_is_not_shown_as_rewritten() -> None:
    first, second, third = TEXT.split("\n\n")
    changes = [change for change in difference(page(), page(f"{second}\n\n{third}\n\n{first}")) if change.is_edit and change.before.strip()]
    assert all(change.moved for change in changes if len(change.stretches) == 1)
    assert any(change.moved for change in changes)


def test_title_date_and_attachments_are_a_part_of_the_difference() -> None:
    changes = {change.field: shown(change) for change in difference(page(), page(TEXT, "О встрече Совета", PDF)) if change.is_edit}
    assert changes == {"title": "О [-заседании -][+встрече +]Совета", "attachment": f"[+Отчёт ({PDF.url})+]"}


WORDS = st.text(alphabet="аб1 .\n«», \téA", max_size=60)


def assert_rebuilt(one: str, other: str) -> None:
    changes = [change for change in difference(page(one), page(other)) if change.field == "text"]
    assert "".join(change.before for change in changes) == one
    assert "".join(change.after for change in changes) == other


@given(WORDS, WORDS)
def test_both_texts_can_be_put_together_from_their_difference(one: str, other: str) -> None:
    assert_rebuilt(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("слово " * 100_000, "слово " * 99_990 + "другое", id="one word again and again"),
        pytest.param("а б " * 50_000, "б а " * 50_000, id="two words in turns"),
        pytest.param("x\n" * 50_000, "y\nx\n" * 30_000, id="lines of one letter"),
        pytest.param("Слово. " * 20_000, "Слава. " * 20_000, id="sentences of one word"),
        pytest.param("." * 300_000, "!" * 300_000, id="no words at all"),
        pytest.param(" ".join(map(str, range(50_000))), " ".join(map(str, range(1, 100_000, 2))), id="many different words"),
    ],
)
def test_hostile_texts_are_compared_as_far_as_it_is_cheap(one: str, other: str) -> None:
    assert_rebuilt(one, other)
    kinds_of(page(one), page(other))
    is_trivial(page(one), page(other))


# --- families of edits ---------------------------------------------------------------------------------------------------------------

SENTENCES = st.lists(
    st.sampled_from([sentence for part in TEXT.split("\n\n") for sentence in part.split(". ")]), min_size=1, max_size=6, unique=True
).map(lambda sentences: ". ".join(sentences) + ".")
NOISE = st.sampled_from([
    lambda text: text.replace(" ", "\u00a0 "), lambda text: text.replace(". ", ".\n\n"), str.upper, str.lower,
    lambda text: text.replace("а", "а\u0301"), lambda text: text.replace("о", "о\u00ad"), lambda text: text.replace("ё", "е"),
    lambda text: f"{text}\nПросмотров: {len(text)}", lambda text: f"Печать\n{text}", lambda text: f"  {text}\n\n",
])  # fmt: skip


@given(SENTENCES, st.lists(NOISE, min_size=1, max_size=4))
def test_noise_of_any_kind_makes_no_edit_and_no_kind(text: str, noises: list[object]) -> None:
    noisy = text
    for noise in noises:
        noisy = noise(noisy)  # type: ignore[operator]
    assert is_trivial(page(text), page(noisy))
    assert set(kinds_of(page(text), page(noisy))) <= {OTHER}


@given(SENTENCES, st.integers(2, 8), st.integers(2, 8), st.data())
def test_a_changed_digit_inside_a_sentence_is_always_told_of(text: str, one: int, other: int, drawn: st.DataObject) -> None:
    words = text.split(" ")
    place = drawn.draw(st.integers(1, len(words)))
    before, after = (" ".join([*words[:place], f"всего {number}1", *words[place:]]) for number in (one, other))
    same = one == other
    assert is_trivial(page(before), page(after)) is same
    assert ({N, D} & set(kinds_of(page(before), page(after))) == set()) is same


@settings(max_examples=60)
@given(SENTENCES, SENTENCES)
def test_an_edit_is_of_the_same_kind_in_both_directions(one: str, other: str) -> None:
    assert kinds_of(page(one), page(other)) == kinds_of(page(other), page(one))
    if folded_words(one) == folded_words(other):
        assert kinds_of(page(one), page(other)) == ()
