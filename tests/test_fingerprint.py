"""What tells one text from another."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.fingerprint import containment, fingerprint, is_draft, state_hash
from storage.model import Attachment, Content

TITLE = "Заседание рабочей группы по почтовой связи"
TEXT = (
    "12 мая в Бресте прошло второе заседание рабочей группы по развитию почтовой связи. Участники обсудили 14 предложений, которые "
    "поступили от операторов четырёх стран. Заместитель директора Анна Ко́валь рассказала, как сократить срок доставки мелких пакетов до "
    "трёх дней.\n\nРешено до конца года открыть общий узел обмена и посчитать, сколько он сбережёт каждой из сторон. Следующая встреча "
    "пройдёт осенью."
)
WORDS = ("связь", "почта", "сеть", "узел", "канал", "оператор", "марка", "письмо", "посылка", "тариф", "абонент", "роуминг", "частота")


def jumbled(number: int) -> str:
    """A text of 60 words like no other."""
    return " ".join(f"{WORDS[(number * 7 + step * step) % len(WORDS)]}{number}" for step in range(60))


@pytest.mark.parametrize(
    "other",
    [
        TEXT.upper(),
        TEXT.replace(" ", "  ").replace("\n\n", "\r\n"),
        TEXT.replace(" ", "\u00a0"),
        TEXT.replace("ё", "е"),
        TEXT.replace("\u0301", ""),
        TEXT.replace("участники", "участ\u00adники"),
        TEXT.replace(".", " ."),
        f"«{TEXT}»",
    ],
    ids=["case", "spaces", "hard spaces", "ё", "stress", "soft hyphens", "punctuation", "quotes"],
)
def test_the_look_of_a_text_changes_neither_its_hash_nor_its_sketch(other: str) -> None:
    one, two = fingerprint(TITLE, TEXT), fingerprint(TITLE, other)
    assert (one.content_hash, one.sketch) == (two.content_hash, two.sketch)


@given(st.lists(st.sampled_from([" ", "\n", "\u00a0", "\t", " \u00ad", "\u200b "]), min_size=5, max_size=5), st.booleans())
def test_white_space_case_and_stress_marks_never_change_the_hash(spaces: list[str], loud: bool) -> None:
    words = ["Министерство", "свя\u0301зи", "сообщило", "о", "марке", "года"]
    text = words[0] + "".join(space + word for space, word in zip(spaces, words[1:], strict=True))
    assert (
        fingerprint("", text.upper() if loud else text).content_hash
        == fingerprint("", "министерство связи сообщило о марке года").content_hash
    )


@pytest.mark.parametrize(
    "old_new", [("12 мая", "13 мая"), ("Бресте", "Гродно"), ("трёх", "четырёх"), ("мелких", "мелкия"), ("второе", "третье")]
)
def test_one_other_word_changes_the_hash(old_new: tuple[str, str]) -> None:
    assert fingerprint(TITLE, TEXT).content_hash != fingerprint(TITLE, TEXT.replace(*old_new)).content_hash


# --- facts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("прошло второе заседание", "прошло третье заседание"),
        ("прошло 2-е заседание", "прошло 3-е заседание"),
        ("на IV форуме", "на V форуме"),
        ("на форуме 9 апреля", "на форуме 28 апреля"),
        ("на форуме 9 апреля", "на форуме 9 мая"),
        ("на форуме в Ханчжоу", "на форуме в Пекине"),
        ("адбылося другое пасяджэнне", "адбылося трэцяе пасяджэнне"),
        ("9 красавіка", "9 траўня"),
        ("the second meeting", "the third meeting"),
        ("on 9 April", "on 9 May"),
        ("протокол № 55/25", "протокол № 56/25"),
    ],
)
def test_numbers_dates_ordinals_and_names_are_facts(one: str, other: str) -> None:
    assert fingerprint("", one).facts != fingerprint("", other).facts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("сообщил Виталий Просви\u0301ров", "сообщил Виталий Просвиров"),
        ("сообщил Андреи\u0306 Коваль", "сообщил Андрей Коваль"),
        ("в Мин\u00adске", "в Минске"),
        ("второе заседание", "на втором заседании"),
        ("третье заседание", "третьего заседания"),
        ("в апреле", "апрель"),
        ("IV форум", "четвёртый форум"),
        ("участники обсудили пятно", "участники обсудили первоначальный"),
    ],
)
def test_the_form_of_a_word_is_no_fact(one: str, other: str) -> None:
    assert fingerprint("", one).facts == fingerprint("", other).facts


@pytest.mark.parametrize(
    ("title", "text", "draft"),
    [
        ("О связи", "Проект\n\nСоветы решили", True),
        ("Проект", "О связи", True),
        ("Draft", "", True),
        ("О связи", "Советы решили\n\nПроект", False),
        ("О проекте Концепции", "Проектирование сетей", False),
    ],
)
def test_a_draft_calls_itself_one_at_its_beginning(title: str, text: str, draft: bool) -> None:
    assert is_draft(fingerprint(title, text)) is draft


# --- containment ----------------------------------------------------------------------------------------------------


def test_a_text_is_contained_in_itself_and_not_in_another() -> None:
    one, other = (fingerprint("", jumbled(number)) for number in (1, 2))
    assert containment(one, one) == 1.0
    assert containment(one, other) == 0.0


@given(st.integers(1, 40), st.integers(41, 80))
def test_a_part_is_contained_in_its_whole(part: int, rest: int) -> None:
    whole = fingerprint("", f"{jumbled(part)} {jumbled(rest)}")
    small = fingerprint("", jumbled(part))
    assert containment(small, whole) == (1.0 if small.sketch else 0.0)


def test_nothing_is_contained_in_nothing() -> None:
    empty = fingerprint("", "")
    assert empty.sketch == ()
    assert containment(empty, fingerprint("", TEXT)) == 0.0
    assert containment(fingerprint("", TEXT), empty) == 0.0


def test_a_page_without_text_is_known_by_its_title() -> None:
    assert fingerprint(TITLE, "").content_hash == fingerprint("", TITLE).content_hash


@given(st.text(), st.text())
def test_no_text_is_too_odd(title: str, text: str) -> None:
    made = fingerprint(title, text)
    assert list(made.sketch) == sorted(set(made.sketch))
    assert all(0 <= number < 1 << 63 for number in (*made.sketch, *made.facts))


# --- states ----------------------------------------------------------------------------------------------------

STATE = Content(TITLE, TEXT, attachments=(Attachment("https://mpt.gov.by/files/a.pdf?itok=1", "a.pdf"),))


@pytest.mark.parametrize(
    ("change", "is_another_state"),
    [
        ({"title": TITLE.upper()}, False),
        ({"text": TEXT.replace(" ", "  ")}, False),
        ({"html": "<p>иначе</p>"}, False),
        ({"published": date(2026, 1, 1)}, False),
        ({"image": "https://mpt.gov.by/x.png"}, False),
        ({"attachments": (Attachment("https://mpt.gov.by/files/a.pdf?itok=2", "другое имя"),)}, False),
        ({"title": TITLE + "!?"}, False),
        ({"title": "Иное заседание"}, True),
        ({"text": TEXT.replace("14", "15")}, True),
        ({"attachments": ()}, True),
        ({"attachments": (Attachment("https://mpt.gov.by/files/b.pdf", "a.pdf"),)}, True),
    ],
)
def test_a_state_is_another_when_words_or_files_are(change: dict[str, object], is_another_state: bool) -> None:
    changed = Content(**{name: change.get(name, getattr(STATE, name)) for name in Content.__dataclass_fields__})  # type: ignore[arg-type]
    assert (state_hash(changed) != state_hash(STATE)) is is_another_state


def test_words_that_move_from_title_to_text_make_another_state() -> None:
    assert state_hash(Content("а б", "в")) != state_hash(Content("а", "б в"))
