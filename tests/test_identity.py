"""Which sightings are one publication: the rules, and what speaks against them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from pages import seeds

from collector.address import address_keys, family_of
from collector.demo.words import WORDS
from collector.identity import Identity, candidate_of, sighting_of
from collector.sites import load_site
from storage.model import Attachment, Candidate, Content, Sighting

SITE = load_site("mpt.gov.by")
FAMILY = family_of(SITE.name, SITE.hosts, SITE.node_patterns)
BASE = "https://mpt.gov.by"
TITLE = "Заседание рабочей группы по подготовке совещания руководителей министерств связи"
TEXT = (
    "9 апреля в Гомеле состоялось второе заседание рабочей группы по подготовке совещания руководителей министерств связи. В заседании "
    "приняли участие представители секретариата и шести государств. Участники согласовали проект повестки и план работы на год, обсудили "
    "порядок обмена опытом и подготовку кадров для отрасли. От министерства в работе участвовал начальник управления Пётр Иванчук. Он "
    "рассказал о том, как внедряются услуги в сельских отделениях и какие трудности встречают операторы. Стороны отметили важность "
    "совместных решений, договорились о встречах специалистов и поручили секретариату подготовить сводный доклад о ходе работ к "
    "следующему заседанию."
)
BELARUSIAN = (
    "9 красавіка ў Гомелі адбылося другое пасяджэнне рабочай групы па падрыхтоўцы нарады кіраўнікоў міністэрстваў сувязі. У пасяджэнні "
    "ўзялі ўдзел прадстаўнікі сакратарыята і шасці дзяржаў. Удзельнікі ўзгаднілі праект парадку дня і план работы на год, абмеркавалі "
    "парадак абмену вопытам і падрыхтоўку кадраў для галіны. Бакі адзначылі важнасць сумесных рашэнняў і дамовіліся аб сустрэчах "
    "спецыялістаў."
)
OTHER = (
    "Почтовые отделения столицы переходят на новый график. С осени посетителей будут принимать раньше, а по выходным работа закончится "
    "позже обычного. Изменения коснутся прежде всего спальных районов, где очереди заметнее. Жители смогут получить посылку вечером, а "
    "письма можно опустить в ящик круглые сутки. Оператор просит заранее проверять время работы и обещает вывесить его на дверях каждого "
    "отделения."
)
IDENTITY = Identity()


def seen(
    path: str = "/ru/zasedanie",
    text: str = TEXT,
    title: str = TITLE,
    claims: tuple[str, ...] = (),
    language: str = "ru",
    files: tuple[str, ...] = (),
) -> Sighting:
    """A sighting at a path of the ministry's site; without a path it is a document without an address."""
    attachments = tuple(Attachment(f"{BASE}/files/{name}", name) for name in files)
    content = Content(title, text, language=language, attachments=attachments)
    if not path:
        return sighting_of("", "", (), content)
    return sighting_of(FAMILY.name, BASE + path, address_keys(BASE + path, FAMILY, claims), content)


def known(sighting: Sighting, article_id: int = 7) -> Candidate:
    return candidate_of(sighting, article_id)


def same(one: Sighting, *others: Sighting) -> bool:
    return IDENTITY.identify(one, [known(other) for other in others]).article_id == 7


SENTENCES = TEXT.split(". ")
FOOTER = " Подробности и документы заседания опубликованы на сайте секретариата в разделе новостей."


@pytest.mark.parametrize(
    ("sighting", "why"),
    [
        (seen(), "same address"),
        (seen(text=TEXT.replace("9 апреля", "10 апреля")), "same address"),
        (seen(text=". ".join(SENTENCES[2:]), title="Итоги заседания"), "same address"),
        (seen(text=OTHER, title="Почта: новый график"), ""),  # an address that is used again
        (seen("/be/zasedanie/?utm_source=x"), "same address"),
        (seen("/node/10378", OTHER, "Иное", ("/ru/zasedanie",)), ""),  # a claim without a likeness is not believed
        (seen("/node/10378", claims=("/ru/zasedanie",)), "same address"),
        (seen("/ru/another"), "same text"),
        (seen("/ru/another", TEXT + FOOTER), "nearly the same text"),
        (seen("/ru/another", ". ".join(SENTENCES[:3])), "same title"),
        (seen("/ru/another", ". ".join(SENTENCES[:3]), "Иной заголовок новости"), ""),
        (seen("", TEXT), "same text"),
        (seen("/ru/another", OTHER), ""),
        (seen("/ru/another", OTHER, "Почта: новый график"), ""),
    ],
)
def test_the_rules_in_their_order(sighting: Sighting, why: str) -> None:
    verdict = IDENTITY.identify(sighting, [known(seen())])
    assert (verdict.article_id == 7) is bool(why)
    assert why in verdict.why
    assert verdict.why


@pytest.mark.parametrize(
    ("sighting", "against"),
    [
        pytest.param(seen("/ru/a", TEXT.replace("9 апреля", "28 мая").replace("второе", "третье")), "it says", id="another date"),
        pytest.param(seen("/ru/a", TEXT.replace("второе", "третье")), "it says", id="another ordinal"),
        pytest.param(seen("/ru/a", TEXT.replace("шести", "семи")), "it says", id="another number in words"),
        pytest.param(seen("/ru/a", TEXT.replace("Пётр Иванчук", "Олег Петренко")), "it says", id="another name"),
        pytest.param(seen("/ru/a", TEXT.replace("Иванчук", "Иванчук и Анна Рябова")), "it says", id="one name more"),
        pytest.param(seen("/ru/a", TEXT.replace("в Гомеле", "в Гомельской области")), "it says", id="a town or its region"),
        pytest.param(seen("/ru/a", TEXT.replace("согласовали", "отклонили")), "it says", id="the opposite verdict"),
        pytest.param(seen("/ru/a", TEXT.replace("на год", "")), "it says", id="a word less"),
        pytest.param(seen("/ru/a", title="Заседание рабочей группы по подготовке совещания директоров"), "title", id="another title"),
        pytest.param(seen("/ru/zasedanie-0"), "sibling", id="an address with a number more"),
        pytest.param(seen("/ru/a", f"Проект\n\n{TEXT}"), "draft", id="a draft"),
        pytest.param(seen("/ru/zasedanie-0", language="be"), "language", id="another language"),
        pytest.param(seen("/be/zasedanie", language="be"), "language", id="another language at the same path"),
    ],
)
def test_what_differs_within_a_template_speaks_against_one_article(sighting: Sighting, against: str) -> None:
    verdict = IDENTITY.identify(sighting, [known(seen())])
    assert verdict.article_id is None
    assert against in verdict.why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (seen("/ru/news/12345.html"), seen("/ru/news/12399.html")),
        (seen("/ru/a", files=("oktyabr.pdf",)), seen("/ru/b", files=("noyabr.pdf",))),
        (seen("/ru/a", TEXT, "Итоги за октябрь"), seen("/ru/b", TEXT, "Итоги за ноябрь")),
        (seen("/ru/meeting", claims=("/ru/news",)), seen("/ru/gathering", OTHER, claims=("/ru/news",))),
        (seen("/ru/a", claims=("/node/7", "/node/100")), seen("/ru/b", OTHER, "Почта", claims=("/node/8", "/node/100"))),
    ],
    ids=["numbers in a path", "other attachments", "other titles", "a canonical address for all", "a neighbour's number"],
)
def test_publications_that_share_all_but_one_thing_are_two(one: Sighting, other: Sighting) -> None:
    assert not same(one, other)
    assert not same(other, one)


def test_a_notice_of_works_is_none_of_the_articles_at_whose_addresses_it_stands() -> None:
    notice = (
        "Сайт временно недоступен: проводятся технические работы. Приносим извинения и просим зайти на него позднее, спасибо за понимание."
    )
    for path in ("/ru/zasedanie", "/node/10378"):
        assert not same(seen(path, notice, "Технические работы"), seen(path))


def test_different_node_numbers_of_one_site_are_never_one_article() -> None:
    verdict = IDENTITY.identify(seen("/node/10379"), [known(seen("/node/10378"))])
    assert verdict.article_id is None
    assert "node:10379" in verdict.why


def test_a_node_is_the_same_under_its_dated_addresses_though_half_of_it_was_rewritten() -> None:
    rewritten = ". ".join((*SENTENCES[:3], OTHER))
    assert same(seen("/ru/news/11-03-2018-2702", rewritten, "Иной заголовок"), seen("/ru/news/04-02-2018-2702"))


def test_a_round_up_that_reprints_an_item_whole_is_another_article() -> None:
    assert not same(seen("/ru/obzor", f"{OTHER} {TEXT}", "Новости отрасли за неделю"), seen())


def test_a_translation_is_another_article() -> None:
    assert not same(seen("/be/node/77", BELARUSIAN, "Пасяджэнне рабочай групы", language="be"), seen("/ru/node/77"))


def test_an_untranslated_page_under_another_language_is_the_same_article() -> None:
    labelled = f"{TEXT}\n\n{WORDS['be'].image}"
    assert same(seen("/be/node/77", labelled), seen("/ru/node/77"))


@pytest.mark.parametrize("short", ["", "Подробности в приложенном файле.", "Текст документа – ниже."])
def test_a_text_too_short_to_tell_never_makes_two_one(short: str) -> None:
    assert not same(seen("/ru/a", short, "Приказ № 1"), seen("/ru/b", short, "Приказ № 2"))
    assert not same(seen("/ru/a", short, "Приказ"), seen("/ru/b", short, "Приказ"))


def test_equal_titles_alone_are_nothing() -> None:
    assert not same(seen("/ru/a", OTHER), seen("/ru/b", TEXT))


def test_the_surer_rule_wins_over_the_earlier_candidate() -> None:
    by_text, by_address = known(seen("/ru/kopiya"), 1), known(seen(text=". ".join(SENTENCES[:3])), 2)
    assert IDENTITY.identify(seen(), [by_text, by_address]).article_id == 2


def test_nothing_known_is_a_new_article() -> None:
    assert IDENTITY.identify(seen(), []).article_id is None


def test_stress_marks_and_soft_hyphens_in_a_copy_are_no_difference() -> None:
    copy = TEXT.replace("Иванчук", "Ива\u0301нчук").replace("Гомеле", "Го\u00adмеле") + FOOTER
    assert same(seen("/ru/kopiya", copy), seen())


# --- states -------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sighting", "seen_here", "revised"),
    [
        (seen(), seen().state_hash, False),
        (seen(text=TEXT.replace("год", "два года")), seen().state_hash, True),
        (seen("/ru/another", TEXT.replace("9 апреля", "10 апреля")), None, True),
        (seen("/ru/another", ". ".join(SENTENCES[:3])), None, False),
        (seen("/node/1/print", TEXT + " Печать."), None, False),
        (seen("/ru/another", f"{TEXT} {OTHER}"), None, True),
    ],
    ids=["unchanged", "edited", "edited elsewhere", "cut copy", "print view", "longer"],
)
def test_a_revision_says_something_new(sighting: Sighting, seen_here: str | None, revised: bool) -> None:
    assert IDENTITY.revises(sighting, known(seen()), seen_here) is revised


def test_the_main_page_has_the_last_word_over_a_mirror_that_fell_behind() -> None:
    old, new = seen(), seen(text=TEXT.replace("9 апреля", "10 апреля"))
    assert IDENTITY.revises(new, known(old), new.state_hash)


def test_a_path_that_the_known_article_only_claimed_is_not_its_own() -> None:
    brest = seen("/ru/brest", claims=("/ru/minsk",))
    assert not same(seen("/ru/minsk", TEXT.replace("Гомеле", "Минске"), "Заседание в Минске"), brest)


def test_an_edit_of_a_print_view_does_not_replace_the_page() -> None:
    before, after = (seen("/node/1/print", ". ".join(SENTENCES[:count])) for count in (2, 3))
    assert not IDENTITY.revises(after, known(seen()), before.state_hash)


def test_two_addresses_that_show_different_states_do_not_take_turns() -> None:
    cut = seen("/node/1/print", ". ".join(SENTENCES[:3]))
    assert not IDENTITY.revises(cut, known(seen()), cut.state_hash)


def test_the_first_text_of_an_article_known_by_its_fingerprint_is_kept() -> None:
    assert IDENTITY.revises(seen(), replace(known(seen()), state_hash=""), None)


# --- the known publications ---------------------------------------------------------------------------------------------------------------


def test_the_known_publications_are_five_and_each_is_itself_at_any_of_its_addresses(shared: Path) -> None:
    documents = [document for _, document in seeds(shared)]
    articles = [
        known(
            sighting_of(FAMILY.name if found.url else "", found.url, address_keys(found.url, FAMILY) if found.url else (), found.content),
            number,
        )
        for number, found in enumerate(documents)
    ]
    for number, found in enumerate(documents):
        content = found.content
        assert IDENTITY.identify(seen("/ru/inoy-adres", content.text, content.title), articles).article_id == number
        assert IDENTITY.identify(seen("", content.text, content.title), articles).article_id == number
        assert IDENTITY.identify(seen("/ru/a", TEXT), [article for article in articles if article.article_id != number]).article_id is None


def test_the_third_meeting_is_not_the_second(shared: Path) -> None:
    second = dict(seeds(shared))["004"].content
    text = re.sub("второе заседание", "третье заседание", second.text).replace("9 апреля", "28 мая")
    assert not same(seen("/ru/zasedanie-0", text, second.title), seen("/node/10378", second.text, second.title))
