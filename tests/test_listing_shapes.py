"""Listings of every make, without a rule: each publication once, with its title and its day, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from listing_pages import DOCUMENTS, FILES, FURNITURE, MENU, NEWS, SHOWN, SITE, TEASER, Shown, page, rows

from collector.discover.listing import Listing, read_listing
from collector.sites import plain_site

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
PRESS = plain_site("press", SITE, ("press.example",))
LISTS = {name: NEWS[name] for name in ("items of a list", "picture, title, button", "articles of WordPress", "texts and breaks alone")}


def read(html: str, path: str = "/news") -> Listing:
    found = read_listing(html, SITE + path, PRESS, NOW)
    assert found is not None
    return found


def paths(found: Listing) -> list[str]:
    return [link.url.removeprefix(SITE).rstrip("/").removesuffix(".html") for link in found.links]


def said(found: Listing) -> list[tuple[str, str, date | None]]:
    days = (link.published.date() if isinstance(link.published, datetime) else link.published for link in found.links)
    return [(path, link.title, day) for path, link, day in zip(paths(found), found.links, days, strict=True)]


def expected(shown: Sequence[Shown]) -> list[tuple[str, str, date]]:
    return [(one.path, one.title, one.day) for one in shown]


@pytest.mark.parametrize("content", NEWS.values(), ids=NEWS)
def test_a_list_of_any_make_gives_its_publications_with_titles_and_days(content: str) -> None:
    assert said(read(page(content))) == expected(SHOWN)


@pytest.mark.parametrize("content", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_listed_document_is_a_publication_under_the_title_of_its_row(content: str) -> None:
    assert said(read(page(content))) == expected(FILES)


@pytest.mark.parametrize("content", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("furniture", FURNITURE.values(), ids=FURNITURE)
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_what_stands_beside_a_list_is_no_publication(furniture: str, content: str, before: bool) -> None:
    found = read(page(furniture + content if before else content + furniture))
    assert sorted(paths(found)) == sorted(one.path for one in SHOWN)
    assert not found.next_page


@pytest.mark.parametrize(
    "furniture",
    [FURNITURE[name] for name in FURNITURE if name not in {"a menu of long names", "what others read"}],
    ids=[name for name in FURNITURE if name not in {"a menu of long names", "what others read"}],
)
def test_furniture_alone_is_no_list(furniture: str) -> None:
    # titles that are sentences can't be told from publications by anybody who does not read them
    assert read_listing(page(furniture), f"{SITE}/news", PRESS, NOW) is None


def test_a_publications_page_is_no_list() -> None:
    text = (
        f"<article><h1>Открыт приём</h1><time>18.11.2026</time><p>{TEASER * 3} <a href=/law/1>правила</a> и <a href=/law/2>порядок</a></p>"
    )
    assert read_listing(page(f"{text}<p>Приложение: <a href=/f/1.pdf>форма заявки</a></p></article>"), f"{SITE}/news/1", PRESS, NOW) is None


# --- several lists on one page ----------------------------------------------------------------------------------------------------------

ANNOUNCED = tuple(
    Shown(f"/announcements/{number}", title, date(2026, 11, day))
    for number, title, day in (
        (71, "О приёме граждан руководством ведомства", 19),
        (70, "Объявлен конкурс на лучший узел связи года", 10),
        (69, "Изменён график работы отделений", 3),
    )
)
PINNED = tuple(
    Shown(f"/news/{number}-pinned", title, date(2026, 11, 1))
    for number, title in (
        (501, "Год качества услуг связи: что меняется для абонентов и операторов"),
        (502, "Горячая линия по вопросам цифрового телевизионного вещания"),
        (503, "Противодействие мошенничеству в сетях электросвязи общего пользования"),
    )
)
LEAD = Shown("/news/1041-slug", "Министр открыл новую линию волоконной связи", date(2026, 11, 19))
HOME = (
    "<div class=block><h2><a href=/news>Новости</a></h2>"
    + rows("<div class=lead><a href={path}><img src=/x.jpg></a><h3><a href={path}>{title}</a></h3><span>{dotted}</span></div>", [LEAD])
    + f"<ul>{rows('<li><a href={path}>{title}</a> <span>{dotted}</span></li>')}</ul><a href=/news>Все новости ведомства</a></div>"
    "<div class=block><h2><a href=/announcements>Объявления</a></h2>"
    + rows("<div class=ann><p class=d>{dotted}</p><a href={path}>{title}</a></div>", ANNOUNCED)
    + f"</div><div class=block><h2>Документы</h2><ul>{rows('<li><a href={path}>{title}</a></li>', FILES[:4])}</ul></div>"
    "<div class=block><h2>Важное</h2>"
    + rows("<div class=pin><a href={path}><img src=/p.jpg></a><a href={path}>{title}</a></div>", PINNED)
    + "</div><div class=block><h2>Сервисы</h2><ul><li><a href=/s/1>Электронное обращение граждан в ведомство</a>"
    "<li><a href=/s/2>Личный приём граждан руководителями ведомства</a><li><a href=/s/3>Реестр операторов связи страны</a></ul></div>"
)


def test_a_home_page_gives_every_block_of_publications_and_none_of_services() -> None:
    assert paths(read(page(HOME), "/")) == [one.path for one in (LEAD, *SHOWN, *ANNOUNCED, *FILES[:4], *PINNED)]


def test_what_is_pinned_below_the_news_has_no_day() -> None:
    days = {link.url.removeprefix(SITE): link.published for link in read(page(HOME), "/").links}
    assert [days[one.path] for one in PINNED] == [None] * len(PINNED)


def test_the_publication_at_the_top_is_found_though_nothing_repeats_it() -> None:
    first = read(page(HOME), "/").links[0]
    assert (first.title, first.published) == (LEAD.title, LEAD.day)


# --- lists that say little --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("<main><ul>" + "".join(f"<li><a href=/p/{w}/>{w}</a></li>" for w in ("linux", "gopher", "matrix", "python")) + "</ul></main>", 4),
        (
            "<div id=content><div class=mw-category><div class=g><h3>О</h3><ul>"
            + "".join(f"<li><a href=/w/O{n}>Оператор {n}</a>" for n in (1, 2, 3))
            + "</ul></div><div class=g><h3>С</h3><ul><li><a href=/w/S1>Сеть 1</a><li><a href=/w/S2>Сеть 2</a></ul></div></div></div>",
            5,
        ),
        ("<ul>" + "".join(f"<li><a href=/d/{n}.pdf>22-AP-{n}</a></li>" for n in range(280, 286)) + "</ul>", 6),
        ("<ul><li>19.11.2026 <a href=/o/1>О мерах</a><li>17.11.2026 <a href=/o/2>О правилах</a></ul>", 2),
        ("<table><tr><th>Дата<th>Документ</tr><tr><td>19.11.2026<td><a href=/f/1.pdf>Приказ</a></tr></table>", 1),
        ("<ul>" + rows("<li>{dotted} <a href='https://blog{n}.example{path}'>{title}</a></li>") + "</ul>", 6),
    ],
    ids=["short titles of a main part", "letters of a category", "numbers of cases", "two rows", "one document", "links to other sites"],
)
def test_a_list_that_says_little_is_read(content: str, wanted: int) -> None:
    assert len(read(page(content), "/list").links) == wanted


def test_a_wikis_list_is_read_without_its_tools() -> None:
    tools = "<div class=portal><ul><li><a href='/wiki/Special:Random'>Случайная статья</a><li><a href=/wiki/Help>Справка</a></ul></div>"
    text = "<h2>2026<span>[<a href='/index.php?title=X&action=edit'>править</a>]</span></h2><ul>"
    links = rows("<li>{short} — <a href='{path}'>{title}</a></li>")
    foot = "<div id=catlinks><a href=/wiki/Cat>Категории</a></div>"
    wiki = f"{tools}<div id=content><div id=mw-content-text>{text}{links}</ul></div>{foot}</div>"
    assert said(read(page(wiki, menu=""), "/wiki/News")) == expected(SHOWN)


def test_a_number_takes_the_words_that_follow_it_as_its_title() -> None:
    made = "".join(f"<a href=/d/{number}.pdf>2025 ВС {number}</a> Министерство против оператора {number}<br>" for number in range(1, 6))
    assert [link.title for link in read(page(f"<p>{made}</p>")).links] == [
        f"Министерство против оператора {number}" for number in range(1, 6)
    ]


def test_a_document_beside_its_page_is_no_second_publication() -> None:
    made = rows("<li>{dotted} <a href={path}>{title}</a> <a href=/files/{n}.pdf>PDF</a></li>")
    assert paths(read(page(f"<ul>{made}</ul>"))) == [one.path for one in SHOWN]


def test_addresses_are_relative_to_what_the_page_says() -> None:
    made = page(rows("<p>{dotted} <a href='{n}.html'>{title}</a></p>"), head=f"<base href='{SITE}/archive/'>")
    assert paths(read(made, "/")) == [f"/archive/{number}" for number in range(1, 7)]


def test_the_teaser_is_the_text_of_the_row() -> None:
    assert {link.teaser for link in read(page(NEWS["picture, title, button"])).links} == {TEASER}


def test_the_operator_is_told_what_the_list_was_known_by() -> None:
    assert read(page(NEWS["items of a list"], menu=MENU)).how == "6 dated elements li"


@pytest.mark.parametrize("heading", ["Популярное", "Читайте также", "Most read", "Похожие материалы"])
def test_a_block_of_old_publications_is_told_by_its_heading(heading: str) -> None:
    old = "".join(f"<li><a href=/news/9{n}-old>Давняя публикация о тарифах, часть {n}</a> 0{n}.02.2020</li>" for n in range(1, 6))
    assert paths(read(page(f"{NEWS['items of a list']}<div><h3>{heading}</h3><ul>{old}</ul></div>"))) == [one.path for one in SHOWN]


def test_a_menu_in_the_same_tags_does_not_make_the_rows_of_the_list_smaller() -> None:
    menu = "".join(f"<a href=/m/{number}>Раздел о связи {number}</a><br>" for number in range(9))
    made = rows("<tr><td>{dotted}</td><td><a href={path}>{title}</a></td></tr>")
    layout = f"<table><tr><td>{menu}</td></tr></table><table>{made}</table>"
    assert said(read(page(layout, menu=""))) == expected(SHOWN)


def test_a_day_in_brackets_ends_a_title() -> None:
    made = rows("<li><a href=/doc/{n}/download>{title} (дело {n}) ({words} г.)</a></li>")
    found = read(page(f"<main><ul>{made}</ul></main>"))
    assert [link.published for link in found.links] == [one.day for one in SHOWN]
    assert found.links[0].title == f"{SHOWN[0].title} (дело 1) (18 ноября 2026 г.)"


@pytest.mark.parametrize("line", ["Обновлено: 01.11.2026", "Приём заявок до 01.12.2025", "Last updated 1 November 2026"])
def test_a_day_of_something_else_makes_no_menu_dated(line: str) -> None:
    menu = "".join(f"<li><a href=/m/{number}>Раздел {number}</a> <small>{line}</small></li>" for number in range(5))
    assert read_listing(page(f"<ul>{menu}</ul>"), f"{SITE}/news", PRESS, NOW) is None


def test_tiles_of_a_home_page_are_none_where_news_are_dated() -> None:
    tiles = "".join(f"<div class=tile><h3><a href=/do/{number}>Направление {number}</a></h3><p>{TEASER}</p></div>" for number in range(6))
    assert paths(read(page(f"<div>{tiles}</div>{NEWS['items of a list']}"), "/")) == [one.path for one in SHOWN]


def test_rows_of_a_sites_blocks_are_no_publications() -> None:
    blocks = "".join(
        f"<section><h2><a href=/section/{number}>Новости управления связи № {number}</a></h2><ul>"
        + "".join(
            f"<li><b>{day}.11.2026</b> <a href=/news/{number}-{day}>Управление сообщает о работе № {day}</a></li>" for day in (14, 15, 16)
        )
        + "</ul></section>"
        for number in range(1, 5)
    )
    assert paths(read(page(blocks), "/")) == [f"/news/{number}-{day}" for number in range(1, 5) for day in (14, 15, 16)]


@pytest.mark.parametrize("count", [2_000])
def test_a_page_of_thousands_of_rows_is_read_whole(count: int) -> None:
    made = "".join(f"<p>12.11.2026 <a href=/news/{number}>Ведомство сообщает о новом порядке {number}</a></p>" for number in range(count))
    assert len(read(page(made)).links) == count
