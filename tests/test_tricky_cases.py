"""The tricky cases that the sources' pages are known for, by their numbers: 9, 11 to 13 and 16 to 22."""

from __future__ import annotations

from datetime import date

import pytest
from pages import MINSK, NOW, PLAIN, page, read

from collector.address import address_keys, family_of
from collector.discover import read_entry_point
from collector.extract.document import read_document
from collector.page import PageError, Trouble
from collector.sites import load_site
from storage.fingerprint import fingerprint
from storage.fold import fold, folded_words

TEXT = (
    "Министерство связи и информатизации провело совещание с операторами электросвязи областей республики. "
    "Участники рассмотрели развитие сетей передачи данных в сельской местности и сроки замены оборудования."
)
MORE = "Итоги работы будут подведены на заседании коллегии, в котором примут участие представители всех областей."


def article(body: str, *, title: str = "Проведено совещание с операторами", head: str = "") -> str:
    menu = "<nav><ul>" + "".join(f"<li><a href='/s/{number}'>Раздел {number}</a></li>" for number in range(9)) + "</ul></nav>"
    return (
        f"<html><head><title>{title}</title>{head}</head><body>{menu}<main><article><h1>{title}</h1>{body}</article></main></body></html>"
    )


def rows(template: str, count: int = 6) -> str:
    return "".join(template.format(n=n, title=f"Сообщение ведомства о развитии связи, выпуск {n}", day=20 - n) for n in range(1, count + 1))


def listed(html: str, url: str = "https://vedomstvo.example/news") -> list[tuple[str, str]]:
    links = read_entry_point(page(html, url), PLAIN, NOW).links
    return [(link.url.removeprefix("https://vedomstvo.example"), link.title) for link in links]


def dates(html: str, url: str = "https://vedomstvo.example/news") -> list[str]:
    return [str(link.published)[:10] for link in read_entry_point(page(html, url), PLAIN, NOW).links]


# --- 9: addresses that a page gives for itself -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "href", "key"),
    [
        ("canonical", "/ru/o-soveschanii", "/o-soveschanii"),
        ("shortlink", "/ru/node/8143", "node:8143"),
        ("canonical", "http://www.mpt.gov.by/ru/o-soveschanii", "/o-soveschanii"),
    ],
)
def test_9_relative_addresses_of_itself_are_the_pages_own(relation: str, href: str, key: str) -> None:
    claimed = read(article(f"<p>{TEXT}</p><p>{MORE}</p>", head=f"<link rel='{relation}' href='{href}'>")).claimed
    family = family_of("mpt.gov.by", ["mpt.gov.by"], load_site("mpt.gov.by").node_patterns)
    assert key in address_keys("https://mpt.gov.by/ru/slug", family, claimed)


def test_9_the_front_pages_canonical_address_makes_no_article_of_it() -> None:
    family = family_of("mpt.gov.by", ["mpt.gov.by"])
    assert address_keys("https://mpt.gov.by/ru/novost", family, ["/"]) == ("/novost",)


def test_9_relative_links_of_a_feed_are_its_own_sites() -> None:
    rss = (
        "<rss version='2.0' xml:base='https://vedomstvo.example/'><channel><title>Н</title><link>/</link>"
        "<item><title>Сообщение</title><link>/ru/news/7</link></item></channel></rss>"
    )
    (link,) = read_entry_point(page(rss, "https://vedomstvo.example/rss.xml", "application/rss+xml"), PLAIN, NOW).links
    assert link.url == "https://vedomstvo.example/ru/news/7"


# --- 11: labels and tails that are no text -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "noise",
    [
        "<div class='field__label'>Изображение</div>",
        "<p>Изображение:</p>",
        "<div>Малюнак</div>",
        "<p>PDF</p>",
        "<hr><strong>Source URL:</strong> <i>https://mpt.gov.by/node/9249</i>",
        "<p>---</p><p><b>Source URL:</b><br>&lt;https://mpt.gov.by/node/9249&gt;</p>",
    ],
)
def test_11_labels_of_fields_and_print_views_are_no_text(noise: str) -> None:
    for made in (f"{noise}<p>{TEXT}</p><p>{MORE}</p>", f"<p>{TEXT}</p><p>{MORE}</p>{noise}"):
        assert read(article(made)).content.text == f"{TEXT}\n\n{MORE}"


def test_11_a_phone_block_at_the_top_is_no_text_and_a_note_for_reference_is() -> None:
    note = "Справочно: сеть передачи данных охватывает 118 районов и все города областного подчинения республики."
    found = read(article(f"<p>Тел.: +375 17 111 22 33, Факс: +375 17 111 22 34</p><p>{TEXT}</p><p>{MORE}</p><p>{note}</p>")).content.text
    assert found == f"{TEXT}\n\n{MORE}\n\n{note}"


# --- 12: forms of a title ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["## Определена лучшая почта", "## **Определена  лучшая почта**", "Определена  лучшая почта "])
def test_12_a_title_is_the_same_however_a_document_marks_it(written: str) -> None:
    found = read_document(f"\n\n{written}\n\n{TEXT}\n", MINSK, NOW).content
    assert (found.title, found.text) == ("Определена лучшая почта", TEXT)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Выставка &quot;ТИБО&quot;  &mdash; итоги ", 'Выставка "ТИБО" — итоги'),
        ("Определена  лучшая\u00a0почта", "Определена лучшая почта"),
    ],
)
def test_12_a_title_has_single_spaces_and_no_entities(written: str, shown: str) -> None:
    assert read(article(f"<p>{TEXT}</p><p>{MORE}</p>", title=written)).content.title == shown


def test_12_a_title_that_the_text_repeats_is_said_once() -> None:
    assert read(article(f"<p>Проведено  совещание с операторами</p><p>{TEXT}</p><p>{MORE}</p>")).content.text == f"{TEXT}\n\n{MORE}"


# --- 13: letters -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Просви\u0301ров", "Просвиров"),
        ("инфор\u00adмация", "информация"),
        ("связь\u00a0и\u200b почта", "связь и почта"),
        ("Китай-ШОС", "Китай – ШОС"),
        ("государств - участников", "государств – участников"),
        ("«ТИБО»", '"ТИБО"'),
        ("ещё", "еще"),
        ("г.Минск", "г. Минск"),
    ],
)
def test_13_what_looks_alike_is_alike_for_comparing(one: str, other: str) -> None:
    assert folded_words(one) == folded_words(other)
    assert fingerprint("", f"{one} {TEXT}").content_hash == fingerprint("", f"{other} {TEXT}").content_hash


def test_13_letters_that_decompose_keep_their_marks_and_stress_stays_on_display() -> None:
    assert fold("и\u0306") == "й"
    assert fold("й") != "и"
    stressed = TEXT.replace("совещание", "совеща\u0301ние")
    assert read(article(f"<p>{stressed}</p><p>{MORE}</p>")).content.text == f"{stressed}\n\n{MORE}"


# --- 16 and 17: dates --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "url", "expected"),
    [
        ("", "/ru/news/19-03-2018-2858", "2018-03-19"),
        ("", "/20240116/1237998.html", "2024-01-16"),
        ("<p class='date'>16 Марта 2018</p>", "/ru/novost", "2018-03-16"),
        ("<p class='date'>22.01.2019 | 17:21</p>", "/ru/novost", "2019-01-22"),
        ("<p class='date'>03 сентября 2017, 13:03</p>", "/ru/novost", "2017-09-03"),
        ("<p class='date'>2018-02-01 18:34</p>", "/ru/novost", "2018-02-01"),
        ("<time datetime='2022-07-18T11:27:12+03:00'></time>", "/ru/novost", "2022-07-18"),
        ("<time data-datetime='2022-07-18T11:27:12+03:00'>18 июля</time>", "/ru/novost", "2022-07-18"),
        ("<p class='date'>28 – 30 августа 2024 г.</p>", "/ru/novost", "2024-08-28"),
        ("<p class='date'>16-17 сентября 2019 г.</p>", "/ru/novost", "2019-09-16"),
    ],
)
def test_16_the_day_is_found_wherever_it_stands(told: str, url: str, expected: str) -> None:
    made = article(f"{told}<p>{TEXT}</p><p>{MORE}</p>")
    assert str(read(made, url=f"https://mpt.gov.by{url}").content.published)[:10] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Соглашение от 15 июня 2001 г. остаётся основой сотрудничества ведомств связи.",
        "Программа рассчитана на период до 2035 года и охватывает все области.",
        "Декларация принята в Астане 23 мая 2023 г., а дополнена 22 августа 2024 г. в Минске.",
    ],
)
def test_16_other_dates_in_the_text_do_not_win(sentence: str) -> None:
    made = article(f"<p>{TEXT}</p><p>{sentence}</p><p>{MORE}</p>")
    assert read(made, url="https://mpt.gov.by/ru/news/19-03-2018-2858").content.published == date(2018, 3, 19)
    assert read(made).content.published is None


@pytest.mark.parametrize(("told", "expected"), [("17 марта", "2026-03-17"), ("25 декабря", "2025-12-25")])
def test_17_a_day_without_a_year_is_the_latest_such_day(told: str, expected: str) -> None:
    template = "<li><span class='date'>" + told + "</span> <a href='/news/{n}'>{title}</a></li>"
    assert set(dates(f"<main><ul class='news'>{rows(template)}</ul></main>")) == {expected}


@pytest.mark.parametrize("told", ["01.01.1970", "31.12.2099", "32.13.2020", "00.00.0000"])
def test_17_the_future_the_absurd_and_the_impossible_are_refused(told: str) -> None:
    assert read(article(f"<p class='date'>{told}</p><p>{TEXT}</p><p>{MORE}</p>")).content.published is None


# --- 18: lists ---------------------------------------------------------------------------------------------------------------------------

EXPECTED = [(f"/news/{n}", f"Сообщение ведомства о развитии связи, выпуск {n}") for n in range(1, 7)]
LISTS = {
    "two in a row": "<div class='view'>"
    + "".join(
        f"<div class='views-row'>{rows_of}</div>"
        for rows_of in (
            "".join(
                f"<div class='views-column'><i class='when'>{20 - n}.11.2026</i><h4><a href='/news/{n}'>Сообщение ведомства о развитии"
                f" связи, выпуск {n}</a></h4></div>"
                for n in pair
            )
            for pair in ((1, 2), (3, 4), (5, 6))
        )
    )
    + "</div>",
    "no rows": "<div class='list'>"
    + rows("<div class='when'>{day}.11.2026</div><div class='what'><a href='/news/{n}'>{title}</a></div>")
    + "</div>",
    "links in comments": "<ul class='list'>"
    + rows("<li><!-- <a href='/old/{n}'>Удалённое сообщение номер {n}</a> --><b>{day}.11.2026</b> <a href='/news/{n}'>{title}</a></li>")
    + "</ul>",
    "pictures first": "<div class='list'>"
    + rows(
        "<div class='item'><a href='/news/{n}'><img src='/i/{n}.jpg' alt=''></a><h3><a href='/news/{n}'>{title}</a></h3>"
        "<span>{day}.11.2026</span><a href='/news/{n}'>Подробнее</a></div>"
    )
    + "</div>",
    "a menu of the same addresses": "<div class='left-menu'><ul>"
    + "".join(f"<li><a href='/news/s{n}'>Раздел {n}</a></li>" for n in range(1, 9))
    + "</ul></div><div class='list'>"
    + rows("<div class='item'><i>{day}.11.2026</i><a href='/news/{n}'>{title}</a></div>")
    + "</div>",
}


@pytest.mark.parametrize("shape", LISTS)
def test_18_lists_give_their_publications_and_nothing_else(shape: str) -> None:
    made = f"<html><body><main><h1>Новости</h1>{LISTS[shape]}</main></body></html>"
    assert listed(made) == EXPECTED
    assert dates(made) == [f"2026-11-{20 - n}" for n in range(1, 7)]


def test_18_a_pinned_block_without_dates_is_published_too() -> None:
    pinned = (
        "<div class='pinned'>"
        + "".join(
            f"<div class='row'><a href='/news/90{n}'>Важное сообщение ведомства для населения, часть {n}</a></div>" for n in range(1, 4)
        )
        + "</div>"
    )
    found = [url for url, _ in listed(f"<html><body><main>{LISTS['no rows']}{pinned}</main></body></html>")]
    assert set(found) == {*(url for url, _ in EXPECTED), "/news/901", "/news/902", "/news/903"}


# --- 19: pagers --------------------------------------------------------------------------------------------------------------------------


PAGERS = {
    "counted from 0, with a word": (
        "/news",
        "<ul class='pager'><li>1</li><li><a href='?page=1'>2</a></li><li class='next'><a href='?page=1'>следующая ›</a></li></ul>",
        "/news?page=1",
    ),
    "numbers alone, other arguments kept": (
        "/news?page=2&lang=ru",
        "<ul class='pages'><li><a href='?page=1&lang=ru'>1</a></li><li class='active'>2</li><li><a href='?page=3&lang=ru'>3</a></li></ul>",
        "/news?page=3&lang=ru",
    ),
    "PAGEN_1": (
        "/news/",
        "<div class='nav-pages'><b>1</b> <a href='/news/?PAGEN_1=2'>2</a> <a href='/news/?PAGEN_1=2'>След.</a></div>",
        "/news/?PAGEN_1=2",
    ),
    "offset": (
        "/documents/?offset=10",
        "<div class='pager'><a href='/documents/'>назад</a> <a href='/documents/?offset=20'>вперёд</a></div>",
        "/documents/?offset=20",
    ),
    "p20": (
        "/press/news/p20/",
        "<div class='pages'><a href='/press/news/'>1</a> <span>2</span> <a href='/press/news/p40/'>3</a></div>",
        "/press/news/p40/",
    ),
    "a sign alone": ("/news?page=0", "<ul class='pager'><li class='pager-next'><a href='/news?page=1'>››</a></li></ul>", "/news?page=1"),
    "the last page": ("/news?page=7", "<ul class='pager'><li class='prev'><a href='/news?page=6'>‹ предыдущая</a></li><li>8</li></ul>", ""),
}


@pytest.mark.parametrize(("url", "pager", "following"), PAGERS.values(), ids=PAGERS)
def test_19_pagers_lead_to_older_publications_and_end(url: str, pager: str, following: str) -> None:
    made = f"<html><body><main>{LISTS['no rows']}{pager}</main></body></html>"
    found = read_entry_point(page(made, f"https://vedomstvo.example{url}"), PLAIN, NOW).next_page
    assert found.removeprefix("https://vedomstvo.example") == following


# --- 20: charsets and feeds --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-8"])
@pytest.mark.parametrize("declared", ["", "<meta charset='utf-8'>"], ids=["undeclared", "wrongly declared"])
def test_20_a_page_is_read_in_the_charset_that_it_is_in(charset: str, declared: str) -> None:
    made = article(f"<p>{TEXT}</p><p>{MORE}</p>", head=declared).encode(charset)
    assert read(made).content.text == f"{TEXT}\n\n{MORE}"


FOREIGN = "<dc:creator>А</dc:creator><media:thumbnail url=''/>"
ITEM = "<item><title>Сообщение ведомства</title><link>https://vedomstvo.example/news/1</link>{}</item>"


@pytest.mark.parametrize(
    "body",
    [
        f"<rss version='2.0'><channel><title>Н</title>{ITEM.format('')}</channel></rss>".encode("utf-16"),
        f"<rss version='2.0'><channel><title>Н</title>{ITEM.format('<description><![CDATA[Начало без конца')}".encode(),
        f"<rss version='2.0'>\\n<channel>\\n<title>Н</title>\\n{ITEM.format('')}\\n</channel></rss>".encode(),
        f"<rss version='2.0'><channel><title>Н</title>{ITEM.format(FOREIGN)}</channel></rss>".encode(),
    ],
    ids=["utf-16", "cut CDATA", "literal line breaks", "undeclared namespaces"],
)
def test_20_a_damaged_feed_shows_what_it_has(body: bytes) -> None:
    (link,) = read_entry_point(page(body, "https://vedomstvo.example/rss", "application/rss+xml"), PLAIN, NOW).links
    assert (link.url, link.title) == ("https://vedomstvo.example/news/1", "Сообщение ведомства")


def test_20_a_page_served_as_a_feed_is_none_and_an_empty_feed_is_empty() -> None:
    with pytest.raises(PageError):
        read_entry_point(page("<html><body><p>Ошибка</p></body></html>", "https://x.example/rss", "application/rss+xml"), PLAIN, NOW)
    empty = page("<rss version='2.0'><channel><title>Н</title></channel></rss>", "https://x.example/rss", "application/rss+xml")
    assert read_entry_point(empty, PLAIN, NOW).links == ()


# --- 21 and 22: what is no publication, and moved sites ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "<html><body><h1>Технические работы</h1><p>На сайте ведутся технические работы. Приносим извинения.</p></body></html>",
        "<html><body><div id='app'></div><script src='/app.js'></script></body></html>",
        "<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>",
    ],
    ids=["works", "scripts", "forbidden"],
)
def test_21_what_stands_in_place_of_a_list_is_trouble_and_no_empty_day(body: str) -> None:
    with pytest.raises(PageError) as raised:
        read_entry_point(page(body, "https://vedomstvo.example/news"), PLAIN, NOW)
    assert raised.value.trouble in {Trouble.UNREADABLE, Trouble.SCRIPTS}


def test_22_several_sets_of_rules_are_tried_and_the_structure_is_the_last_resort() -> None:
    site = load_site("mpt.gov.by")
    old = "<div class='field-name-body'><div class='field-item'><p>{}</p><p>{}</p></div></div>"
    new = "<div class='field--name-body'><p>{}</p><p>{}</p></div>"
    other = "<section class='whatever'><p>{}</p><p>{}</p></section>"
    found = [read(article(body.format(TEXT, MORE)), site) for body in (old, new, other)]
    assert [reading.content.text for reading in found] == [f"{TEXT}\n\n{MORE}"] * 3
    assert [reading.by_rules for reading in found] == [True, True, False]
