"""The text of a page found by structure alone: the layouts that sites have, and what stands around a text in each of them."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector import html
from collector.child import Children
from collector.extract.clean import sanitise
from collector.extract.generic import Body, body_within, find_body
from collector.extract.generic.hints import Hint, decisive, hint_of
from collector.extract.generic.phrases import introduces_others, introduces_readers, is_date, is_said_about

TITLE = "Почта откроет сорок новых отделений"
FIRST = "Министерство связи сообщило, что до конца года в сельских районах откроются сорок новых отделений почтовой связи."
SECOND = "Отделения разместят в зданиях школ и магазинов, которые передаются области безвозмездно, и соединят с сетью по оптическим линиям."
THIRD = "Первые пять начнут принимать посетителей уже в декабре, остальные оборудуют к весне следующего года."
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
NOTICE = "Приём граждан 5 мая не проводится."
MENU = (
    "<ul>"
    + "".join(f"<li><a href='/{word}'>{word.title()}</a></li>" for word in ("главная", "новости", "документы", "приём", "связь"))
    + "</ul>"
)
NEWS = "".join(
    f"<div class='item'><a href='/news/{number}'>Проведено заседание коллегии номер {number}</a>"
    f"<p>На заседании номер {number} рассмотрели итоги квартала и приняли решение продолжить работу над планом развития сети.</p></div>"
    for number in range(12)
)
FOOTER = "<p>© Ведомство. При использовании материалов ссылка на сайт обязательна. Адрес: 220000, г. Минск, пр-т Победителей, 1.</p>"
READER = "Давно пора было открыть отделение и в нашей деревне, за пенсией приходится ездить за двадцать километров по плохой дороге."
READERS = "".join(f"<div><b>Читатель {number}</b><p>{READER} {number}</p></div>" for number in range(30))


def page(body: str, title: str = TITLE) -> str:
    return f"<html><head><title>{title} | Ведомство</title></head><body>{body}</body></html>"


def found(written: str, title: str = TITLE) -> Body:
    body = find_body(html.parse(written), title)
    assert body is not None
    return body


class Layout(NamedTuple):
    page: str
    reason: str
    title: str = TITLE


LAYOUTS = {
    "an article element": Layout(
        f"{MENU}<main><article><h1>{TITLE}</h1>{TEXT}</article></main><footer>{FOOTER}</footer>", "static generators"
    ),
    "WordPress": Layout(
        f"<body class='single has-sidebar'><div id=content><article class='post hentry tag-comments'><h1 class=entry-title>{TITLE}</h1>"
        f"<div class=entry-content>{TEXT}<div class='sharedaddy sd-sharing-enabled'><h3>Поделиться ссылкой:</h3><ul><li>"
        f"<a href=#>Нажмите здесь</a>"
        f"</ul></div><div id=jp-relatedposts><h3>Похожее</h3></div></div></article></div><div id=secondary class=widget-area>{NEWS}</div>",
        "share bar and related posts stand inside the content",
    ),
    "Bitrix": Layout(
        f"<div class=bx-breadcrumb><a href=/>Главная</a> / <a href=/news>Новости</a></div><h1>{TITLE}</h1><div class=news-detail>"
        f"<span class=news-date-time>05.05.2026</span>{FIRST}<br /><br />{SECOND}<br /><br />{THIRD}<div style='clear:both'></div></div>"
        "<p><a href=/news/>Возврат к списку</a></p>",
        "text as bare text parted by two breaks; the way back below it",
    ),
    "Drupal 8": Layout(
        f"<article class='node node--type-news node--view-mode-full'><h1 class=page-title>{TITLE}</h1><div class=node__content>"
        f"<div class='field field--name-body field--label-hidden'>{TEXT}</div>"
        f"<div class='field field--name-field-image field--label-above'>"
        "<div class=field__label>Изображение</div><div class=field__item><img src=/a.jpg></div></div></div></article>",
        "labels of fields",
    ),
    "a theme without classes": Layout(
        f"<div><div>{MENU}</div><div><h1>{TITLE}</h1><div>Изображение</div><div><img src=/a.jpg></div><div>{TEXT}</div>"
        f"</div><div>{NEWS}</div></div>",
        "the core themes of Drupal print no classes at all",
    ),
    "MediaWiki": Layout(
        f"<div id=content class=mw-body><h1 id=firstHeading>{TITLE}</h1><div id=mw-content-text>"
        f"<div class=mw-parser-output><div id=toc class=toc>"
        f"<h2>Содержание</h2><ul><li><a href=#a>1 Отделения</a><li><a href=#b>2 Сроки</a></ul></div>{TEXT}<h2>Сроки"
        f"<span class=mw-editsection>"
        "[<a href=/edit>править</a>]</span></h2><p>Сроки утверждены постановлением от 5 мая и могут быть сокращены.</p></div></div>"
        f"<div id=catlinks class=catlinks><a href=/c>Категории</a>: <a href=/p>Почта</a></div></div><div id=mw-navigation>{MENU}</div>",
        "a table of contents, marks for editing, categories",
    ),
    "DokuWiki": Layout(
        f"<div id=dokuwiki__content><div class=page><h1 class=sectionedit1>{TITLE}</h1><div class=level1>{TEXT}</div></div></div>"
        f"<div id=dokuwiki__aside>{MENU}</div>",
        "sections as levels",
    ),
    "tables for layout": Layout(
        f"<table><tr><td colspan=3><h1>{TITLE}</h1></td></tr><tr><td width=150>{MENU}</td><td><font size=2>{FIRST}<br>"
        f"<br>{SECOND}<br><br>{THIRD}"
        f"</font></td><td>{NEWS}</td></tr><tr><td colspan=3>{FOOTER}</td></tr></table>",
        "sites of the 2000s: cells as columns, text within <font>",
    ),
    "several containers in a row": Layout(
        f"<div class=page><h1>{TITLE}</h1><div class=c1><p>{FIRST}</p></div><div class=ad><a href=/ad>Купите телефон</a>"
        f"</div><div class=c2>"
        f"<p>{SECOND}</p></div><div class=c3><p>{THIRD}</p></div></div><div>{NEWS}</div>",
        "an article split by advertising",
    ),
    "a lead of its own": Layout(
        f"<div><header><h1>{TITLE}</h1><div class=lead>{FIRST}</div></header><div class=article-body><p>{SECOND}</p>"
        f"<p>{THIRD}</p></div></div>",
        "the lead stands outside the element that is called the body",
    ),
    "the only column is the left one": Layout(
        f"<div class=left-column><h2>{TITLE}</h2>{TEXT}</div><div class=right-column>{NEWS}</div>", "columns are named by where they stand"
    ),
    "a theme that calls the page a sidebar": Layout(
        f"<body class='sidebar comments'><div class='content-sidebar-wrap'><h1>{TITLE}</h1>{TEXT}</div><div class=footer>{FOOTER}</div>",
        "classes of the whole page say what it has, not what it is",
    ),
    "a form around all of it": Layout(
        f"<form id=aspnetForm>{MENU}<div><h1>{TITLE}</h1>{TEXT}</div>{FOOTER}</form>", "ASP.NET puts the page into one form"
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_the_text_is_found_in_the_layouts_that_sites_have(layout: Layout) -> None:
    said = "\n".join(found(page(layout.page)).paragraphs)
    assert [sentence for sentence in (FIRST, SECOND, THIRD) if sentence not in said] == []
    for other in (
        "Главная",
        "коллегии номер",
        "©",
        "Поделиться",
        "Изображение",
        "править",
        "Возврат",
        "Категории",
        "Купите",
        "05.05.2026",
        "Содержание",
    ):
        assert other not in said, layout.reason


SHORT = {
    "a long list of news beside it": f"<div>{MENU}</div><div><h1>{TITLE}</h1><p>{NOTICE}</p></div><div class=r>{NEWS}</div>",
    "a footer that is longer": f"<div><h1>{TITLE}</h1><div>{NOTICE}</div></div><div class=footer>{FOOTER * 5}</div>",
    "menus above and below": f"{MENU * 8}<h1>{TITLE}</h1><p>{NOTICE}</p>{MENU * 8}",
    "readers who write more": f"<article><h1>{TITLE}</h1><p>{NOTICE} {SECOND}</p></article><div id=comments>{READERS}</div>",
    "a table for layout": f"<table><tr><td>{MENU}<td><h1>{TITLE}</h1>{NOTICE}<td>{NEWS}</table>",
}


@pytest.mark.parametrize("written", SHORT.values(), ids=SHORT)
def test_a_notice_of_one_sentence_is_the_text_though_all_around_it_is_longer(written: str) -> None:
    paragraphs = found(page(written)).paragraphs
    assert paragraphs[0].startswith(NOTICE)
    assert len(paragraphs) == 1


@pytest.mark.parametrize("heading", ["Комментарии (30)", "Комментарии", "30 комментариев", "Comments", "Каментары", "Отзывы читателей"])
def test_readers_comments_are_no_text_where_only_the_words_above_them_tell(heading: str) -> None:
    said = found(page(f"<div><h1>{TITLE}</h1>{TEXT}<h3>{heading}</h3>{READERS}</div>")).paragraphs
    assert said == (FIRST, SECOND, THIRD)


@pytest.mark.parametrize("name", ["comments", "comment-list", "kommentarii", "b-otzyvy", "disqus_thread"])
def test_readers_comments_are_no_text_where_only_the_name_of_their_element_tells(name: str) -> None:
    assert found(page(f"<div><h1>{TITLE}</h1>{TEXT}<div class={name}>{READERS}</div></div>")).paragraphs == (FIRST, SECOND, THIRD)


NOISE = {
    "related within the text": (
        f"<p>{FIRST}</p><div><h4>Читайте также</h4><ul><li><a href=/1>Связь подорожает</a></ul></div><p>{SECOND}</p><p>{THIRD}</p>"
    ),
    "a named link within the text": (
        f"<p>{FIRST}</p><p>Читайте также: <a href=/1>Связь подорожает на пять процентов</a></p><p>{SECOND}</p><p>{THIRD}</p>"
    ),
    "related below": (
        f"{TEXT}<h3>Материалы по теме</h3><ul><li><a href=/1>Связь подорожает</a> Короче.<li><a href=/2>Почта закроется</a></ul>"
    ),
    "a teaser within the text": f"<p>{FIRST}</p><div><h3><a href=/1>Связь подорожает</a></h3>"
    "<p>Тарифы вырастут с июня, сообщили в ведомстве.</p></div>"
    f"<p>{SECOND}</p><p>{THIRD}</p>",
    "a date and an author above": f"<div>05 мая 2026, 10:15</div><div>Автор: Мария Лось</div>{TEXT}",
    "a rubric above": f"<div><a href=/rubric>Общество</a></div>{TEXT}",
    "a caption": f"<figure><img src=/a.jpg><figcaption>Отделение в деревне</figcaption></figure>{TEXT}",
    "a caption by its class": f"<div class=wp-caption><img src=/a.jpg><p class=wp-caption-text>Отделение в деревне</p></div>{TEXT}",
    "a credit": f"<p>{FIRST}</p><p>Фото: пресс-служба ведомства</p><p>{SECOND}</p><p>{THIRD}</p>",
    "tags": f"{TEXT}<p>Теги: почта, связь, село</p>",
    "counters": f"<div>Просмотров: 1523</div>{TEXT}<p>Комментарии: 5</p>",
    "a mistake to report": f"{TEXT}<p>Нашли ошибку? Выделите её и нажмите Ctrl+Enter.</p>",
    "print and share": f"{TEXT}<div><a href=/print>Версия для печати</a></div><p>Поделиться</p><div>PDF</div>",
    "the way back": f"{TEXT}<p><a href=/news>Вернуться к списку новостей</a></p>",
    "next and previous": f"{TEXT}<div><a href=/1>Предыдущая: Связь подорожает</a> <a href=/2>Следующая: Почта закроется</a></div>",
    "a cookie notice": f"{TEXT}<p>Мы используем cookie, чтобы сайт работал. Продолжая, вы принимаете это.</p>",
    "an invitation to subscribe": f"{TEXT}<p>Подписывайтесь на наш канал в мессенджере</p>",
    "phones above": f"<p>Тел.: (017) 200-00-00 Факс: (017) 200-00-01</p>{TEXT}",
    "the tail of a print view": f"{TEXT}<hr><strong>Source URL:</strong> <i>https://example.org/node/1</i>",
    "the title again": f"<p>{TITLE}</p>{TEXT}",
    "hidden words": f"{TEXT}<div style='display: none'>Спасибо, ваш голос принят.</div>",
}


@pytest.mark.parametrize("written", NOISE.values(), ids=NOISE)
def test_what_stands_around_a_text_is_in_neither_its_paragraphs_nor_its_html(written: str) -> None:
    body = found(page(f"{MENU}<div><h1>{TITLE}</h1><div class=content>{written}</div></div><div>{NEWS}</div>"))
    assert body.paragraphs == (FIRST, SECOND, THIRD)
    again = html.parse(sanitise(body.html, "https://example.org/")).body
    assert again is not None
    assert tuple(html.paragraphs(again)) == (FIRST, SECOND, THIRD)


KEPT = {
    "a note": ("<p>Справочно:</p><p>Отделений в стране 3 200.</p>", ("Справочно:", "Отделений в стране 3 200.")),
    "a list": ("<ul><li>отделение в Хатыничах;<li>отделение в Велемичах.</ul>", ("отделение в Хатыничах;", "отделение в Велемичах.")),
    "a table of numbers": (
        "<table><tr><td>Оператор<td>1 250 руб.<tr><td>Почтальон<td>1 100 руб.</table>",
        ("Оператор", "1 250 руб.", "Почтальон", "1 100 руб."),
    ),
    "a sub-heading": (
        "<h3>Сроки</h3><p>Работы закончат весной, до 1 мая следующего года.</p>",
        ("Сроки", "Работы закончат весной, до 1 мая следующего года."),
    ),
    "a quotation": ("<blockquote>«Почта ближе к людям», – сказал министр.</blockquote>", ("«Почта ближе к людям», – сказал министр.",)),
    "a list of documents": (
        "<ul><li><a href=/1.pdf>Указ № 5</a><li><a href=/2.docx>Приказ № 7</a><li><a href=/3.pdf>Перечень отделений</a></ul>",
        ("Указ № 5", "Приказ № 7", "Перечень отделений"),
    ),
    "a foot-note": ("<p>* По данным на 1 мая 2026 года, без учёта города.</p>", ("* По данным на 1 мая 2026 года, без учёта города.",)),
    "a signature": ("<p>Пресс-служба ведомства</p>", ("Пресс-служба ведомства",)),
    "links within sentences": (
        "<p>Порядок установлен <a href=/law>указом</a> и <a href=/order>приказом</a>, вступающими в силу с июня.</p>",
        ("Порядок установлен указом и приказом, вступающими в силу с июня.",),
    ),
}


@pytest.mark.parametrize(("written", "expected"), KEPT.values(), ids=KEPT)
def test_what_belongs_to_a_text_stays(written: str, expected: tuple[str, ...]) -> None:
    body = found(page(f"{MENU}<div><h1>{TITLE}</h1>{TEXT}{written}<p>{THIRD} Ещё раз.</p></div><div>{NEWS}</div>"))
    assert body.paragraphs == (FIRST, SECOND, THIRD, *expected, f"{THIRD} Ещё раз.")


def test_sentences_above_what_looks_like_the_title_stay_where_it_is_no_first_heading() -> None:
    body = found(page(f"<div>{MENU}</div><div><p>{FIRST}</p><h3>{TITLE}</h3><p>{SECOND}</p><p>{THIRD}</p></div>"))
    assert body.paragraphs == (FIRST, SECOND, THIRD)


def test_links_and_the_first_picture_of_the_text_are_found_and_those_of_menus_are_not() -> None:
    logo = "<img src=/logo.png><img src=/px.gif width=1 height=1>"
    body = found(
        page(f"{MENU}{logo}<div><h1>{TITLE}</h1><img src=/office.jpg width=600>{TEXT}<p><a href='/1.pdf'>Перечень</a></p></div>{NEWS}")
    )
    assert body.links == (("/1.pdf", "Перечень"),)
    assert body.image == "/office.jpg"


def test_a_picture_that_scripts_load_later_is_found_by_where_its_address_waits() -> None:
    body = found(page(f"<div><h1>{TITLE}</h1><img src='data:image/gif;base64,R0lG' data-src='/office.jpg'>{TEXT}</div>"))
    assert body.image == "/office.jpg"


def test_without_a_title_the_page_says_itself_where_its_text_begins() -> None:
    written = page(f"<div>{NEWS}</div><div><h2>{TITLE}</h2><p>{NOTICE}</p></div><div class=footer>{FOOTER * 4}</div>")
    assert found(written, "").paragraphs == (NOTICE,)


@pytest.mark.parametrize("written", ["", "<p>", "<frameset><frame></frameset>", MENU, "<img src=a.jpg>", "<div>" * 300, "<p>" + "\0" * 9])
def test_a_page_without_text_has_no_body(written: str) -> None:
    assert find_body(html.parse(written)) is None


def test_an_element_that_a_rule_names_is_cleaned_alike_and_nothing_before_its_title_is_lost() -> None:
    tree = html.parse(f"<div id=a><p>Проект</p><p>{TITLE}</p>{TEXT}<div class=share><a href=#>Поделиться</a></div></div>{NEWS}")
    node = html.select_first(tree, "#a")
    assert node is not None
    body = body_within(node, TITLE)
    assert body is not None
    assert body.paragraphs == ("Проект", TITLE, FIRST, SECOND, THIRD)
    assert "Поделиться" not in body.html


def test_a_body_can_be_sent_from_one_process_to_another() -> None:
    body = found(page(f"<h1>{TITLE}</h1>{TEXT}"))
    assert pickle.loads(pickle.dumps(body)) == body


@pytest.mark.parametrize(
    ("names", "hint"),
    [
        ("entry-content", Hint.TEXT),
        ("articleBody", Hint.TEXT),
        ("tekst_novosti", Hint.TEXT),
        ("field field--name-body field--label-hidden", Hint.TEXT),
        ("main", Hint.CONTENT),
        ("node__submitted", Hint.SMALL),
        ("left-column", Hint.BESIDE),
        ("b-share", Hint.BESIDE),
        ("topMenu", Hint.BESIDE),
        ("cookie-banner", Hint.OTHER),
        ("article-comments", Hint.READERS),
        ("no-sidebar", Hint.NONE),
        ("comments-closed", Hint.NONE),
        ("js-share", Hint.NONE),
        ("tag-comments", Hint.NONE),
        ("col-md-8", Hint.NONE),
        ("", Hint.NONE),
    ],
)
def test_names_of_elements_hint_at_what_they_are_and_not_at_what_they_have(names: str, hint: Hint) -> None:
    assert hint_of(names) == hint


@pytest.mark.parametrize(
    ("one", "other", "hint"),
    [
        (Hint.CONTENT, Hint.READERS, Hint.READERS),  # a list of comments whose class says `content`
        (Hint.BESIDE, Hint.TEXT, Hint.TEXT),
        (Hint.NONE, Hint.SMALL, Hint.SMALL),
        (Hint.OTHER, Hint.NONE, Hint.OTHER),
        (Hint.NONE, Hint.NONE, Hint.NONE),
    ],
)
def test_class_and_id_together_hint_at_the_surer_of_the_two(one: Hint, other: Hint, hint: Hint) -> None:
    assert decisive(one, other) == decisive(other, one) == hint


def test_what_readers_wrote_is_known_by_a_numbered_id() -> None:
    comments = f"<div class='content' id='comments-128'>{''.join(f'<p>{FIRST}</p>' for _ in range(4))}</div>"
    found = find_body(html.parse(f"<h1>{TITLE}</h1><div><p>{SECOND}</p><p>{THIRD}</p></div>{comments}"), TITLE)
    assert found is not None
    assert found.paragraphs == (SECOND, THIRD)


@pytest.mark.parametrize(
    "sentence", ["Комментарий эксперта по новому закону", "Фото на документы можно сделать в отделении.", "Читать законы полезно."]
)
def test_sentences_that_begin_like_furniture_are_text(sentence: str) -> None:
    assert not any(asked(sentence) for asked in (introduces_others, introduces_readers, is_date, is_said_about))


HOSTILE: dict[str, Callable[[int], str]] = {
    "nested tables": lambda size: "<table><tr><td>" * size,
    "nested tables with text": lambda size: f"<table><tr><td>{FIRST}" * size,
    "nested comments": lambda size: f"<div class=comment>{READER}" * size,
    "nested lists of links": lambda size: "<ul><li><a href=/x>Ссылка</a>" * size,
    "cells": lambda size: "<table><tr>" + "<td>ячейка" * 20 * size,
    "breaks": lambda size: "<div>" + "текст<br>" * 20 * size,
    "names of one element": lambda size: f"<div class='{' '.join(f'a{number}' for number in range(20 * size))}'>",
    "sections of others": lambda size: "<div><p>Читайте также:</p>" * size,
    "links within runs": lambda size: "<p>" + "<span><a href=/x>т</a>" * size,
}


@pytest.mark.parametrize("made", HOSTILE.values(), ids=HOSTILE)
async def test_a_page_made_to_take_long_is_read_within_the_deadline(made: Callable[[int], str]) -> None:
    children = Children(deadline=20, memory=200_000_000)
    try:
        assert await children.lane("hostile", 60).run(text_of, page(f"<h1>{TITLE}</h1>{made(4000)}")) is not None
    finally:
        children.close()


def text_of(written: str) -> tuple[str, ...]:
    body = find_body(html.parse(written), TITLE)
    return body.paragraphs if body else ()


words = st.lists(
    st.sampled_from([FIRST, SECOND, NOTICE, TITLE, "Изображение", "<b>важно</b>", "&nbsp;", "<br>", "</div>", "<a href=/1>ещё</a>"])
)
tags = st.sampled_from(
    ["p", "div", "td", "li", "ul", "table", "span", "section", "h2", "article", "nav", "a href=/2", "div class=comments"]
)


@given(st.lists(st.tuples(tags, words), max_size=30))
def test_whatever_a_page_is_its_paragraphs_are_of_the_page_and_in_its_order(parts: list[tuple[str, list[str]]]) -> None:
    written = page("".join(f"<{tag}>{' '.join(said)}</{tag.split(' ')[0]}>" for tag, said in parts))
    tree = html.parse(written)
    whole = html.line(tree.body)
    body = find_body(tree, TITLE)
    at = 0
    for paragraph in body.paragraphs if body else ():
        at = whole.index(" ".join(paragraph.split()), at)
