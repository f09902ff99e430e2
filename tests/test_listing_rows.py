"""Rows of a list: where their day, their title and their further links stand."""

# ruff: noqa: E501 - one line of markup for each part of a row

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from portal_sites import frame
from whole_site import NOW, Pub, pubs

from collector.discover.listing import Listing, read_listing
from collector.sites import plain_site

SITE = "https://press.example"
Row = Callable[[Pub], str]

ROWS: dict[str, tuple[Row, bool]] = {
    "the title before the teaser, both in the link": (
        lambda p: f"<a class=c href=/n/{p.number}><div>{p.dotted}</div><div>{p.title}</div><div>{p.teaser}</div></a>",
        True,
    ),
    "a title beside a button": (
        lambda p: f"<div class=c><h3>{p.title}</h3><p>{p.teaser}</p><a href=/n/{p.number}>Узнать больше</a></div>",
        False,
    ),
    "links to the row's pictures": (
        lambda p: (
            f"<div class=r><i>{p.dotted}, 10:30</i><a href=/n/{p.number}>{p.title}</a><a href=/n/{p.number}/photo>Фото: 5</a>"
            f"<a href=/n/{p.number}/video>Видео</a></div>"
        ),
        True,
    ),
    "rubrics that come back": (
        lambda p: (
            f"<div class=r><div class=c>{p.dotted}</div><div class=c><a href=/n/{p.number}>{p.title}</a></div>"
            f"<div class=c><a href=/rubric/{p.number % 3}>Рубрика о делах отрасли {p.number % 3}</a></div></div>"
        ),
        True,
    ),
    "a day in a line of labels": (
        lambda p: (
            f"<div class=r><a href=/n/{p.number}>{p.title}</a><div>Опубликовано: {p.in_words} г. в 10:12 | Автор: Иван Примеров | "
            "Просмотров: 45</div></div>"
        ),
        True,
    ),
    "a day's number and its month without a space": (
        lambda p: (
            f"<div class=r><div><b>{p.day.day}</b><i>{['янв', 'фев', 'мар', 'апр', 'мая', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'][p.day.month - 1]}</i></div>"
            f"<a href=/n/{p.number}>{p.title}</a></div>"
        ),
        True,
    ),
    "a day without its year before a dash": (
        lambda p: f"<div class=r>{p.in_words[:-5]} — <a href=/n/{p.number}>{p.title}</a></div>",
        True,
    ),
}


def read(rows: str) -> Listing | None:
    return read_listing(frame("Новости", rows), f"{SITE}/list", plain_site("press", SITE, ("press.example",)), NOW)


@pytest.mark.parametrize(("row", "is_dated"), ROWS.values(), ids=ROWS)
def test_a_row_is_one_publication_with_its_title_and_day(row: Row, *, is_dated: bool) -> None:
    shown = pubs(8)
    found = read(f"<h1>Новости</h1><div class=list>{''.join(map(row, shown))}</div>")
    assert found is not None
    assert [(link.url, link.title, str(link.published)[:10]) for link in found.links] == [
        (f"{SITE}/n/{one.number}", one.title, str(one.day) if is_dated else "None") for one in shown
    ]


def test_a_publication_shown_twice_is_no_rubric() -> None:
    one, *others = pubs(8)
    shown = [one, *others[:4], one, *others[4:]]
    found = read("".join(f"<div class=r><a href={'/sport/' if p is one else '/n/'}{p.number}>{p.title}</a></div>" for p in shown))
    assert found is not None
    assert {link.title for link in found.links} == {p.title for p in shown}


def test_the_days_of_a_calendar_are_no_publications() -> None:
    days = "".join(f"<td><a href=/2026/11/{day:02}/>{day}</a></td>" for day in range(1, 20))
    assert read(f"<table class=cal><tr>{days}</tr></table>") is None


def test_documents_of_one_row_of_a_table_have_the_rows_day() -> None:
    rows = "".join(
        f"<tr><td>{p.number}<td><a href=/d/{p.number}.pdf>{p.title}</a><td>{p.dotted}<td><a href=/d/a{p.number}.pdf>Приложение к приказу "
        f"номер {p.number}</a></tr>"
        for p in pubs(6)
    )
    found = read(f"<table>{rows}</table>")
    assert found is not None
    assert [link.published for link in found.links] == [p.day for p in pubs(6) for _ in range(2)]
    assert isinstance(found.links[0].published, date)


def test_a_list_of_thousands_is_judged_by_the_rows_that_are_read() -> None:
    linked = ((f"<a href=/n/{n}>Заседание совета по связи {n}</a>", f"<a href=/r/{n % 9}>Рубрика {n % 9}</a>") for n in range(4000))
    rows = "".join(f"<tr><td>18.11.2026<td>{title}<td>{rubric}</tr>" for title, rubric in linked)
    found = read(f"<table>{rows}</table>")
    assert found is not None
    assert len(found.links) == 4000
