"""Title, date, author, lead image and attachments of pages in the markup of common systems, by what they declare and by what they show."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pages import MINSK, NOW, PLAIN, page, read

from collector.address import link_key
from collector.extract.article import read_article
from collector.extract.metadata.structured import described_in, publications, text_of
from collector.sites import ArticleRules
from storage.model import Link

TITLE = "Министерство связи открывает новые отделения почты"
SITE = "Вестник связи"
URL = "https://news.example.org/novosti/otdeleniya"
TEXT = "".join(
    f"<p>В этом году министерство связи откроет {number} новых отделений почты в малых городах и деревнях, где раньше их не было.</p>"
    for number in (12, 15, 18)
)


def published(head: str = "", body: str = "", listed: date | None = None, url: str = URL) -> date | None:
    html = f"<html lang=ru><head><title>{TITLE} | {SITE}</title>{head}</head><body>{body}</body></html>"
    return read_article(page(html, url), PLAIN, Link(url, link_key(url), published=listed), NOW).content.published


def shown(head: str = "", body: str = "") -> str:
    return read(f"<html><head>{head}</head><body>{body}</body></html>", url=URL).content.title


def ld(**said: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **said}, ensure_ascii=False)}</script>'


# --- titles -------------------------------------------------------------------------------------------------------------------------------

MAIN = f"<main><article><h1>{TITLE}</h1>{TEXT}</article></main>"
TITLES = {
    "the heading alone": ("", MAIN),
    "the site's name behind a stroke": (f"<title>{TITLE} | {SITE}</title>", f"<h1>{TITLE}</h1>{TEXT}"),
    "the site's name behind a dash, told by og:site_name": (
        f"<title>{TITLE} — {SITE}</title><meta property=og:site_name content='{SITE}'>",
        f"<div>{TEXT}</div>",
    ),
    "the site's name in front": (f"<title>{SITE} :: {TITLE}</title>", f"<div>{TEXT}</div>"),
    "the site's name in front, told by og:site_name": (
        f"<title>{SITE} — {TITLE}</title><meta property=og:site_name content='{SITE}'>",
        f"<div>{TEXT}</div>",
    ),
    "the host behind a dash": (f"<title>{TITLE} - news.example.org</title>", f"<div>{TEXT}</div>"),
    "the logo is the first h1": (f"<title>{TITLE} | {SITE}</title>", f"<header><h1><a href='/'>{SITE}</a></h1></header>{MAIN}"),
    "the logo is the only h1, and the title an h2": (
        f"<title>{TITLE} | {SITE}</title>",
        f"<header><h1><a href='/'>{SITE}</a></h1></header><article><h2>{TITLE}</h2>{TEXT}</article>",
    ),
    "the logo is an h1 without a link": (
        f"<title>{TITLE} — {SITE}</title>",
        f"<div><h1>{SITE}</h1></div><div><h1>{TITLE}</h1>{TEXT}</div>",
    ),
    "the section is the h1, two declarations agree on another": (
        f"<title>{TITLE} | {SITE}</title><meta property=og:title content='{TITLE}'>",
        f"<h1>Пресс-центр</h1><div>{TEXT}</div>",
    ),
    "an element of a class for titles": (
        f"<title>{TITLE} | {SITE}</title>",
        f"<h1>Пресс-центр</h1><div><div class='news-title'>{TITLE}</div>{TEXT}</div>",
    ),
    "an element that microdata calls headline": (f"<title>{SITE}</title>", f"<h1>Пресс-центр</h1><h2 itemprop=headline>{TITLE}</h2>{TEXT}"),
    "a microformat": (f"<title>{SITE}</title>", f"<h1>{SITE}</h1><article class=hentry><h2 class=entry-title>{TITLE}</h2>{TEXT}</article>"),
    "a rubric within the heading": ("", f"<h1><span class='topic-label'>Почта</span> {TITLE}</h1>{TEXT}"),
    "a link to edit within the heading": ("", f"<h1>{TITLE}<span class=mw-editsection>[править]</span></h1>{TEXT}"),
    "a paragraph mark behind the heading": ("", f"<h1>{TITLE}<a class=headerlink href='#x'>¶</a></h1>{TEXT}"),
    "entities, double spaces and marks": (
        "",
        "<h1>## Министерство  связи&nbsp;открывает\n новые отделения почты </h1>" + TEXT,
    ),
    "a headline in JSON-LD, no heading": (ld(**{"@type": "NewsArticle", "headline": TITLE}), f"<div>{TEXT}</div>"),
    "og:title worded anew, the heading is what readers see": (
        f"<meta property=og:title content='Новые отделения почты открывает министерство: адреса'><title>{SITE}</title>",
        f"<h1>{TITLE}</h1>{TEXT}",
    ),
    "a heading of another publication comes first": (
        f"<title>{TITLE}</title>",
        f"<aside><h2>Подорожали марки для писем за границу</h2></aside><h1>{TITLE}</h1>{TEXT}",
    ),
    "Drupal's page title with its classes": (
        f"<title>{TITLE} | {SITE}</title>",
        f"<h1 class=page-title><span class='field field--name-title field--label-hidden'>{TITLE}</span></h1>{TEXT}",
    ),
    "only the page's title, the site's name first": (f"<title>{SITE} | {TITLE}</title>", TEXT),
    "wrapped in a layout named after its sidebar": (
        f"<title>{TITLE}</title>",
        f"<div class='layout has-sidebar'><h1>{TITLE}</h1>{TEXT}</div>",
    ),
}


@pytest.mark.parametrize(("head", "body"), TITLES.values(), ids=TITLES)
def test_the_title_is_the_publications_without_the_sites_name(head: str, body: str) -> None:
    assert shown(head, body) == TITLE


def test_a_dash_of_the_title_itself_parts_no_site_from_it() -> None:
    title = "Почта — детям: министерство объявило конкурс писем"
    assert shown(f"<title>{title}</title>", f"<div>{TEXT}</div>") == title


def test_a_rubric_that_the_headline_in_json_ld_has_stays() -> None:
    head = ld(**{"@type": "NewsArticle", "headline": f"Почта сегодня: {TITLE}"})
    assert shown(head, f"<h1>{TITLE}</h1>{TEXT}") == f"Почта сегодня: {TITLE}"


def test_a_headline_that_was_cut_short_is_not_the_title() -> None:
    assert shown(ld(**{"@type": "NewsArticle", "headline": "Министерство связи открывает…"}), f"<h1>{TITLE}</h1>{TEXT}") == TITLE


def test_what_a_list_called_it_is_the_title_where_the_page_has_none() -> None:
    assert read(f"<div>{TEXT}</div>", title=TITLE).content.title == TITLE


# --- JSON-LD ------------------------------------------------------------------------------------------------------------------------------

OBJECT = '{"@type": "NewsArticle", "headline": "Новые отделения", "datePublished": "2024-03-12"}'
BROKEN = {
    "whole": OBJECT,
    "in a graph": f'{{"@context": "https://schema.org", "@graph": [{{"@type": "WebSite", "name": "x"}}, {OBJECT}]}}',
    "in an array": f"[{OBJECT}]",
    "in an array of arrays": f"[[{OBJECT}]]",
    "what the page is mainly about": f'{{"@type": "WebPage", "mainEntity": {OBJECT}}}',
    "in CDATA": f"//<![CDATA[\n{OBJECT}\n//]]>",
    "in CDATA within comments": f"/*<![CDATA[*/ {OBJECT} /*]]>*/",
    "in an HTML comment": f"<!-- {OBJECT} -->",
    "a semicolon behind it": f"{OBJECT};",
    "a comma too many": OBJECT.replace("}", ",}"),
    "a comment within": OBJECT.replace('"headline"', '/* title */ "headline"'),
    "a comment of a line": OBJECT.replace('"headline"', '\n// the title\n"headline"'),
    "a line break within a text": OBJECT.replace('"datePublished"', '"description": "two\nlines", "datePublished"'),
    "a type among several": OBJECT.replace('"NewsArticle"', '["Thing", "NewsArticle"]'),
    "escaped as in an attribute": OBJECT.replace('"', "&quot;"),
    "a quotation mark that was not escaped": OBJECT.replace('"datePublished"', '"description": "the "new" post", "datePublished"'),
    "cut off": OBJECT[:-1],
}


@pytest.mark.parametrize("script", BROKEN.values(), ids=BROKEN)
def test_json_ld_is_read_however_it_is_written(script: str) -> None:
    (made,) = publications(described_in([script]))
    assert (text_of(made, "headline"), text_of(made, "datePublished")) == ("Новые отделения", "2024-03-12")


@pytest.mark.parametrize(
    "script",
    [
        "",
        "null",
        "7",
        '"x"',
        "[" * 100_000,
        '{"a":' * 100_000,
        "{" * 1000,
        '{"@type": {"x": 1}}',
        '{"@type": "Article", "headline": {"@value": [[]]}}',
    ],
)
def test_json_ld_that_is_none_says_nothing(script: str) -> None:
    assert [text_of(made, "headline") for made in publications(described_in([script]))] in ([], [""])


def test_neighbours_that_a_page_describes_are_not_its_publication() -> None:
    graph = [{"@type": "NewsArticle", "headline": f"Другая новость номер {n}", "datePublished": f"2020-01-0{n}"} for n in (1, 2, 3)]
    mine = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-03-12"}
    assert published(ld(**{"@graph": [*graph, mine]}), MAIN) == date(2024, 3, 12)


# --- dates --------------------------------------------------------------------------------------------------------------------------------

DAY = date(2024, 3, 12)
MORNING = datetime(2024, 3, 12, 10, 30, tzinfo=MINSK)
HEAD = f"<h1>{TITLE}</h1>"
ELSEWHERE = "<aside><time datetime='2020-01-01'>1 января 2020</time></aside>"
DATED = {
    "JSON-LD": (ld(**{"@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-03-12"}), HEAD + TEXT),
    "OpenGraph": ("<meta property=article:published_time content=2024-03-12>", HEAD + TEXT),
    "Dublin Core": ("<meta name=DC.date.issued content=2024-03-12>", HEAD + TEXT),
    "microdata in a meta": ("", f"{HEAD}<meta itemprop=datePublished content=2024-03-12>{TEXT}"),
    "microdata in words": ("", f"{HEAD}<span itemprop=datePublished>12 марта 2024 г.</span>{TEXT}"),
    "RDFa of Drupal 7": ("", f"{HEAD}<span property='dc:date dc:created' content='2024-03-12T00:00:00+03:00'>вт</span>{TEXT}"),
    "a microformat": ("", f"{HEAD}<time class='entry-date published' datetime=2024-03-12>12.03</time>{TEXT}"),
    "a time below the title": ("", f"<article>{HEAD}<time datetime=2024-03-12>во вторник</time>{TEXT}</article>{ELSEWHERE}"),
    "a time in the article's footer, as in Drupal 10": (
        "",
        f"<article>{HEAD}<footer class=node__meta>Опубликовано <time datetime=2024-03-12>вт</time></footer>{TEXT}</article>",
    ),
    "a time in words": ("", f"<article>{HEAD}<time>12 марта 2024</time>{TEXT}</article>"),
    "an attribute for scripts": ("", f"<article>{HEAD}<span data-datetime=2024-03-12>недавно</span>{TEXT}</article>"),
    "a line below the title": ("", f"{HEAD}<p>12 марта 2024</p>{TEXT}"),
    "a line above the title": ("", f"<div>12.03.2024</div><div>Новости</div>{HEAD}{TEXT}"),
    "a label and a counter beside it": ("", f"{HEAD}<div>Опубликовано: 12.03.2024 | Просмотров: 173</div>{TEXT}"),
    "a place beside it": ("", f"{HEAD}<div class=date>12 марта 2024 (Минсвязи) Минск/Брест</div>{TEXT}"),
    "a table for layout": ("", f"<table><tr><td>{HEAD}</td></tr><tr><td>12.03.2024</td></tr><tr><td>{TEXT}</td></tr></table>"),
    "a field below the text": ("", f"<article>{HEAD}{TEXT}<div class='field field--name-field-date'>12.03.2024</div></article>"),
    "a label below the text": ("", f"<article>{HEAD}{TEXT}<p>Дата публикации: <b>12 марта 2024</b></p></article>"),
    "the dateline of a telegram": (
        "",
        f"{HEAD}<p>МИНСК, 12 марта 2024 г. – Министерство связи объявило о начале работ в отделениях.</p>{TEXT}",
    ),
    "what scripts would write": ("", f"{HEAD}{TEXT}<script>var page = {{'publishedAt': '2024-03-12'}}</script>"),
    "the canonical address": ("<link rel=canonical href='https://news.example.org/2024/03/12/otdeleniya/'>", HEAD + TEXT),
    "published, and changed since": (
        "<meta property=article:modified_time content=2025-01-01>",
        f"{HEAD}<p>Обновлено: 01.01.2025. Опубликовано: 12.03.2024</p>{TEXT}",
    ),
    "the first of two times, the second of a change": (
        "",
        f"<article>{HEAD}<time class=modified datetime=2025-01-01>x</time><time datetime=2024-03-12>x</time>{TEXT}</article>",
    ),
    "no embedded post's": (
        "",
        f"<article>{HEAD}<p>12.03.2024</p><blockquote><time datetime=2019-01-01>x</time></blockquote>{TEXT}</article>",
    ),
    "a date in the future is none": (
        "<meta property=article:published_time content=2031-01-01>",
        f"{HEAD}<p>12.03.2024</p>{TEXT}",
    ),
}


@pytest.mark.parametrize(("head", "body"), DATED.values(), ids=DATED)
def test_the_day_of_publication_is_found(head: str, body: str) -> None:
    found = published(head, body)
    assert (found.date() if isinstance(found, datetime) else found) == DAY


UNDATED = {
    "a day deep in the text": f"{HEAD}{TEXT}<p>Закон от 15 июня 2001 г. действует до 1 мая 2020 года по всей стране.</p>",
    "a day within a sentence below the title": f"{HEAD}<p>Форум связистов прошёл в Минске 12 марта 2024 года, сказал министр.</p>{TEXT}",
    "a period": f"{HEAD}<p>Программа развития почты на период до 2035 года</p>{TEXT}",
    "a sidebar": f"<main>{HEAD}{TEXT}</main>{ELSEWHERE}",
    "readers' comments": f"<article>{HEAD}{TEXT}<div class=comments><time datetime=2024-03-12>x</time></div></article>",
    "a line of ownership": f"{HEAD}{TEXT}<footer>© 2010–2024 Министерство связи. 12.03.2024</footer>",
    "a change alone": f"{HEAD}<p>Последнее обновление: 12.03.2024</p>{TEXT}",
    "the day of an event": f"{HEAD}<p>Дата проведения: 12.03.2024</p>{TEXT}",
    "a neighbour's": f"{HEAD}<a href=/x>12.03.2024 Подорожали марки для писем за границу</a>{TEXT}",
    "neighbours in a list": f"{HEAD}{TEXT}<ul>{''.join(f'<li><b class=date>0{n}.03.2024</b> <a>x</a>' for n in (1, 2, 3))}</ul>",
    "an act's number": f"{HEAD}<p>Постановление № 38 от 22.12.2025</p>{TEXT}",
}


@pytest.mark.parametrize("body", UNDATED.values(), ids=UNDATED)
def test_no_date_rather_than_a_guess(body: str) -> None:
    assert published("", body) is None


def test_what_a_page_declares_goes_before_its_address_and_that_before_its_list() -> None:
    head, url = "<meta property=article:published_time content='2024-03-12T10:30:00+03:00'>", "https://news.example.org/2024/03/13/x/"
    assert published(head, HEAD + TEXT, date(2024, 3, 14), url) == MORNING
    assert published("", HEAD + TEXT, date(2024, 3, 14), url) == date(2024, 3, 13)
    assert published("", f"{HEAD}<p>15.03.2024</p>{TEXT}", date(2024, 3, 14)) == date(2024, 3, 14)


def test_a_part_of_the_pages_title_that_is_a_day_is_that_of_publication() -> None:
    assert read(f"<title>{TITLE} | 12.03.2024</title>{HEAD}{TEXT}", url=URL).content.published == DAY


def test_the_hour_of_the_list_completes_the_day_of_the_page() -> None:
    assert published("", HEAD + TEXT, datetime(2024, 3, 12, 7, 30, tzinfo=UTC), "https://news.example.org/2024/03/12/x/") == MORNING


@pytest.mark.parametrize(
    ("head", "written", "found"),
    [
        ("", "17 марта, 14:30", datetime(2026, 3, 17, 14, 30, tzinfo=MINSK)),
        ("<meta property=og:image content='/files/2021-03/x.jpg'>", "17 марта, 14:30", datetime(2021, 3, 17, 14, 30, tzinfo=MINSK)),
        ("", "Сегодня, 11:30", datetime(2026, 11, 20, 11, 30, tzinfo=MINSK)),
        ("", "Учора", date(2026, 11, 19)),
    ],
)
def test_a_day_by_the_title_is_completed_by_what_else_is_known(head: str, written: str, found: date) -> None:
    assert published(head, f"{HEAD}<div class=date>{written}</div>{TEXT}") == found


def test_a_text_that_begins_with_today_names_its_day() -> None:
    assert published("", f"{HEAD}<p>Сегодня, 11 мая, министр связи открыл новое отделение почты в городе Бресте.</p>{TEXT}") == date(
        2026, 5, 11
    )


def test_only_american_pages_write_the_month_first() -> None:
    html = f"<html lang=%s><body><h1>{TITLE}</h1><p>03/04/2024</p>{TEXT}"
    assert read(html % "en-GB", url=URL).content.published == date(2024, 4, 3)
    assert read(html % "en-US", url=URL).content.published == date(2024, 3, 4)


# --- author, image, attachments -----------------------------------------------------------------------------------------------------------

AUTHORS = {
    "JSON-LD": (
        ld(**{"@type": "NewsArticle", "headline": TITLE, "author": {"@type": "Person", "name": "Анна Ковалёва"}}),
        "",
        "Анна Ковалёва",
    ),
    "several": (ld(**{"@type": "NewsArticle", "author": [{"name": "Анна Ковалёва"}, "Пётр Нович"]}), "", "Анна Ковалёва, Пётр Нович"),
    "meta": ("<meta name=author content='Анна Ковалёва'>", "", "Анна Ковалёва"),
    "a link": ("", "<a rel=author href=/a>Анна Ковалёва</a>", "Анна Ковалёва"),
    "microdata": ("", "<span itemprop=author><a href=/a><span itemprop=name>Анна Ковалёва</span></a></span>", "Анна Ковалёва"),
    "a line by the title": ("", "<p>Автор: Анна Ковалёва</p>", "Анна Ковалёва"),
    "an English line by the title": ("", "<p>By Anna Kovaleva | 12.03.2024</p>", "Anna Kovaleva"),
    "an account": ("<meta name=author content=admin>", "", ""),
    "an address": ("<meta property=article:author content='https://social.example/page'>", "", ""),
    "the site itself": (f"<meta name=author content='{SITE}'><meta property=og:site_name content='{SITE}'>", "", ""),
    "nobody": ("", "", ""),
}


@pytest.mark.parametrize(("head", "byline", "author"), AUTHORS.values(), ids=AUTHORS)
def test_the_author_is_who_wrote_it_and_no_account(head: str, byline: str, author: str) -> None:
    html = f"<html><head>{head}</head><body><article>{HEAD}{byline}{TEXT}</article></body></html>"
    assert read(html, url=URL).content.author == author


@pytest.mark.parametrize(
    ("head", "image"),
    [
        ("<meta property=og:image content='/files/pochta.jpg'>", "https://news.example.org/files/pochta.jpg"),
        ("<meta property=og:image content='/img/logo-share.png'>", ""),
        ("<meta property=og:image content='/img/default.jpg'>", ""),
        ("<meta property=og:image content='/img/sign.svg'>", ""),
        (ld(**{"@type": "NewsArticle", "image": {"@type": "ImageObject", "url": "/files/a.jpg"}}), "https://news.example.org/files/a.jpg"),
        (
            "<meta property=og:image content='/x/brand.png'>"
            + ld(**{"@type": "Organization", "logo": {"@type": "ImageObject", "url": "/x/brand.png"}}),
            "",
        ),
        ("", ""),
    ],
)
def test_the_lead_image_is_the_publications_and_not_the_sites(head: str, image: str) -> None:
    assert read(f"<html><head>{head}</head><body><article>{HEAD}{TEXT}</article></body></html>", url=URL).content.image == image


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("<a href='/files/prikaz.pdf'>Приказ</a>", "/files/prikaz.pdf"),
        ("<a href='/files/PRIKAZ.PDF?v=2'>Приказ</a>", "/files/PRIKAZ.PDF?v=2"),
        ("<a href='/document/17' type='application/pdf; length=12345'>Приказ</a>", "/document/17"),
        ("<a href='/download/17'>prikaz.docx (12 КБ)</a>", "/download/17"),
        ("<a href='/node/9/printable/pdf'>PDF</a>", None),
        ("<a href='/printpdf/9' type='application/pdf'>Версия для печати</a>", None),
        ("<a href='/files/photo.jpg'>Фото</a>", None),
        ("<a href='/download'>Скачать приложение</a>", None),
    ],
)
def test_attachments_are_the_documents_that_are_linked_and_no_print_views(link: str, address: str | None) -> None:
    found = read(f"<article>{HEAD}{TEXT}<div class='field--type-file'>{link}</div></article>", url=URL).content.attachments
    assert [attachment.url for attachment in found] == ([f"https://news.example.org{address}"] if address else [])


def test_documents_of_a_sidebar_are_no_attachments() -> None:
    html = f"<main><article>{HEAD}{TEXT}</article><div class=related><a href='/files/other.pdf'>Другой приказ</a></div></main>"
    assert read(html, url=URL).content.attachments == ()


# --- rules --------------------------------------------------------------------------------------------------------------------------------

RULED = replace(PLAIN, article=(ArticleRules(body=".text", title=".name", date=".day", author=".who", drop=".ad", image=".lead"),))
FITS = (
    "<div class=name>Название</div><div class=day>12.03.2024</div><div class=who>Анна</div>"
    f"<div class=text><p class=ad>{'Реклама. ' * 9}</p>{TEXT}</div>"
)


def test_without_rules_none_is_said_to_fit() -> None:
    assert read(MAIN, PLAIN, URL).by_rules is None
    assert read(MAIN, PLAIN, URL).missing == ()


def test_rules_that_fit_decide_title_date_author_and_text() -> None:
    reading = read(f"<h1>Раздел</h1>{FITS}", RULED, URL)
    assert (reading.by_rules, reading.missing) == (True, ())
    assert (reading.content.title, reading.content.published, reading.content.author) == ("Название", DAY, "Анна")
    assert "Реклама" not in reading.content.text + reading.content.html


def test_rules_that_do_not_fit_leave_the_page_to_its_structure() -> None:
    reading = read(MAIN, RULED, URL)
    assert (reading.by_rules, reading.missing) == (False, ())
    assert reading.content.title == TITLE


def test_what_a_fitting_rule_does_not_find_is_told_and_found_otherwise() -> None:
    html = f"<head><meta property=article:published_time content=2024-03-12></head><h1>{TITLE}</h1><div class=text>{TEXT}</div>"
    reading = read(html, RULED, URL)
    assert (reading.by_rules, reading.missing) == (True, ("title", "date"))
    assert (reading.content.title, reading.content.published) == (TITLE, DAY)


# --- pages made to be slow ----------------------------------------------------------------------------------------------------------------

HOSTILE = {
    "headings": "<h2>Новость дня</h2>" * 50_000,
    "times": "<time datetime=2024-03-12>x</time>" * 50_000,
    "classes for dates": "<b class=date>12.03.2024</b>" * 50_000,
    "nested dates": "<div class=date>" * 2_000 + "12.03.2024",
    "microdata": "<i itemprop=datePublished>x</i>" * 50_000,
    "links to documents": "<a href=/a.pdf>x</a>" * 50_000,
    "labels": "Опубликовано: <i>" * 50_000,
    "digits": "<p>" + "1." * 200_000,
    "a deep heading": "<div>" * 2_000 + "<h1>Другая новость</h1>",
    "a long title": f"<title>{'новость | ' * 50_000}</title>",
    "many metas": "<meta name=date content=x>" * 50_000,
}


@pytest.mark.parametrize("made", HOSTILE.values(), ids=HOSTILE)
def test_a_page_made_of_one_thing_is_read_all_the_same(made: str) -> None:
    assert read(f"<main><article><h1>{TITLE}</h1>{TEXT}</article></main>{made}", url=URL).content.title
