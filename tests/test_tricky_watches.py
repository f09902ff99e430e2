"""The tricky cases of watching, by their numbers: what real publications of three languages do to a query."""

from __future__ import annotations

import pytest

from notify.match import check
from notify.query import parse
from storage.model import Texts

CASES = [
    # 14: Belarusian, its apostrophes, its letters, and lists of two languages
    (14, "сувязь", "Міністэрства сувязі і інфарматызацыі", True, "a Belarusian noun in the genitive"),
    (14, "Мінсувязі", "У Мінсувязі адбылася нарада", True, "a short name that ends like a genitive"),
    (14, "РСС", "Пасяджэнне Савета РСС", True, "an abbreviation that both languages have"),
    (14, "ШАС", "Саміт ШАС прайшоў у Астане", True, "the Belarusian name of the SCO"),
    (14, "ШАС", "Кожны шасты абанент", False, "an abbreviation is no beginning of a word"),
    (14, "аб'ява", "Змешчаны аб’явы для абанентаў", True, "the typographic apostrophe"),
    (14, "аб’ява", "Змешчаны абʼявы для абанентаў", True, "the letter apostrophe of Unicode"),
    (14, "аб'ява", "Аб ява нічога не сказана", False, "a space is no apostrophe"),
    (14, "удзел", "Міністр прыняў ўдзел у форуме", True, "у and ў alternate at the beginning"),
    (14, "воўк", "Воук у лесе", False, "ў is a letter of its own elsewhere"),
    (14, "дзяржава", "Кіраўнікі дзяржаў", True, "в is ў at the end"),
    (14, "дзяржаўны", "Кіраўнікі дзяржаў", False, "an adjective is another word"),
    (14, "горад", "У гарадах вобласці", True, "о is а without stress"),
    (14, "гарадскі", "У гарадах вобласці", False, "an adjective is another word"),
    (14, "пастанова OR постановление", "Постановление № 38 ад 5 мая; Пастановы Савета Міністраў", True, "a list of two languages"),
    (14, '"Савет Міністраў"', "Совета Министров; пастанова Савета\u00a0Міністраў", True, "a phrase in a list of two languages"),
    (14, '"Савет Міністраў"', "Постановление Совета Министров; пастанова", False, "nothing is translated"),
    (14, "связь", "Міністэрства сувязі", False, "nothing is translated"),
    # 15: genitive titles, abbreviations, names with initials on either side
    (15, "Минсвязи", "Минсвязи сообщает о планах", True, "a short name as it is"),
    (15, "Минсвязи", "Министерство связи сообщает", False, "a full name is found by the glossary alone"),
    (15, '"Министерство связи"', "по поручению Министерства связи и информатизации", True, "the genitive of a title"),
    (15, '"министр связи и информатизации"', "доклад министра связи и информатизации", True, "a longer genitive title"),
    (15, '"министр связи"', "Министерство связи", False, "the ministry is another word"),
    (15, '"АС РСС"', "заседание АС РСС", True, "two abbreviations side by side"),
    (15, '"АС РСС"', "заседание Комиссии РСС", False, "the other one is missing"),
    (15, "КМС", "Председатель КМС – Белла Черкесова", True, "an abbreviation before a dash"),
    (15, "КМС", "комсомол", False, "an abbreviation is no part of a word"),
    (15, "МСЭ", "в рамках МСЭ-R и МСЭ-Т", True, "the part before a hyphen"),
    (15, "Ткач", "П.Н.Ткач", True, "initials glued before the name"),
    (15, "Ткач", "Ткачу П.Н. поручено", True, "initials after the name, which is inflected"),
    (15, "Рябова", "Рябова А.Н.", True, "initials after the name"),
    (15, '"Рябова А.Н."', "А.Н. Рябова", False, "a phrase keeps its order"),
    (15, "А.Н. NEAR/3 Рябова", "А.Н. Рябова", True, "either order"),
    (15, "Шульган", "Министра Константина Шульгана", True, "a name that no dictionary has"),
    (15, "Шульган", "Наталия Шульга", False, "another name"),
    (15, "Шульга", "Константину Шульгану", False, "another name, the other way round"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "query", "text", "found", "reason"), CASES, ids=lambda value: str(value)[:40])
def test_a_tricky_case(number: int, query: str, text: str, found: bool, reason: str) -> None:
    assert check(parse(query), Texts("", text))[0] is found, f"case {number}: {reason}"
    assert check(parse(query), Texts(text, ""))[0] is found, f"case {number}, in the title: {reason}"


def test_every_tricky_case_is_here_for_and_against() -> None:
    assert {(number, found) for number, _, _, found, _ in CASES} == {(14, True), (14, False), (15, True), (15, False)}
