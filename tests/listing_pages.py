"""Listing pages of every kind that the tests of listings know, each in the markup of the system that makes it."""

# ruff: noqa: E501, ISC004 - one line of markup for each part of a page, as the systems print them

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

SITE = "https://press.example"
TITLES = (
    "Открыт приём заявок на размещение базовых станций",
    "Заседание комиссии по радиочастотам прошло в Примерске",
    "Утверждены новые правила оказания услуг почтовой связи",
    "Итоги работы отрасли за девять месяцев подведены на коллегии",
    "Изменён порядок регистрации абонентских терминалов",
    "Состоялась встреча с операторами сотовой связи региона",
)
DAYS = tuple(date(2026, 11, day) for day in (18, 16, 12, 9, 5, 2))
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """One publication as a page shows it."""

    path: str
    title: str
    day: date

    @property
    def dotted(self) -> str:
        return f"{self.day:%d.%m.%Y}"

    @property
    def in_words(self) -> str:
        return f"{self.day.day} {_MONTHS[self.day.month - 1]} {self.day.year}"

    @property
    def without_year(self) -> str:
        return f"{self.day.day} {_MONTHS[self.day.month - 1]}"


SHOWN = tuple(Shown(f"/news/{1040 - number}-slug", title, day) for number, (title, day) in enumerate(zip(TITLES, DAYS, strict=True)))
FILES = tuple(Shown(f"/files/2026/order-{38 - number}.pdf", one.title, one.day) for number, one in enumerate(SHOWN))

MENU = """<nav><ul class="menu"><li><a href="/">Главная</a></li><li><a href="/about">О ведомстве</a></li><li><a href="/news">Новости</a></li>
<li><a href="/law">Нормативные правовые акты</a></li><li><a href="/services">Государственные услуги и административные процедуры</a></li>
<li><a href="/contacts">Контакты</a></li></ul></nav>"""
FOOT = """<footer><ul><li><a href="/map">Карта сайта</a></li><li><a href="/terms">Правила использования материалов сайта</a></li>
<li><a href="https://social.example/press">Мы в социальной сети</a></li></ul><p>© 2001–2026</p></footer>"""


def page(content: str, *, menu: str = MENU, head: str = "", foot: str = FOOT) -> str:
    """The content in the frame of an ordinary site."""
    return (
        f'<!DOCTYPE html><html lang="ru"><head><title>Новости</title>{head}</head><body><header><a href="/">Ведомство</a></header>'
        f'{menu}<div class="wrap"><h1>Новости</h1>{content}</div>{foot}</body></html>'
    )


def rows(template: str, shown: Sequence[Shown] = SHOWN) -> str:
    """The template for each publication, with `{path}`, `{title}`, `{dotted}`, `{words}`, `{short}`, `{iso}` and `{n}`."""
    return "\n".join(
        template.format(
            path=one.path,
            title=one.title,
            dotted=one.dotted,
            words=one.in_words,
            short=one.without_year,
            iso=one.day.isoformat(),
            day=one.day.day,
            us=f"{one.day:%m/%d/%Y}",
            n=number,
        )
        for number, one in enumerate(shown, 1)
    )


TEASER = "Ведомство сообщает, что порядок изменён и начнёт действовать в начале будущего квартала для всех."

NEWS = {
    "items of a list": f"<ul class=news>{rows('<li><span class=date>{dotted}</span> <a href={path}>{title}</a></li>')}</ul>",
    "a list without a class": f"<ul>{rows('<li>{dotted} <a href={path}>{title}</a></li>')}</ul>",
    "dates after the links": f"<div>{rows('<p><a href={path}>{title}</a> <i>{words}</i></p>')}</div>",
    "the date in the link": f"<div>{rows('<div class=n><a href={path}>{dotted} {title}</a></div>')}</div>",
    "dates and titles in turn": f"<div class=view>{rows('<div class=date>{dotted}</div><div class=title><a href={path}>{title}</a></div>')}</div>",
    "titles and dates in turn": f"<div class=view>{rows('<div class=title><a href={path}>{title}</a></div><div class=date>{dotted}</div>')}</div>",
    "texts and breaks alone": f"<div id=news>{rows('{dotted} – <a href={path}>{title}</a><br>')}</div>",
    "a table": "<table><tr><th><a href='?order=date&sort=asc'>Дата</a></th><th><a href='?order=title&sort=asc'>Название</a></th></tr>"
    + rows("<tr><td>{dotted}</td><td><a href={path}>{title}</a></td></tr>")
    + "</table>",
    "a list of definitions": f"<dl>{rows('<dt>{dotted}</dt><dd><a href={path}>{title}</a></dd>')}</dl>",
    "two publications in a row": "<div class='view-content'>"
    + "".join(
        f"<div class='views-row views-row-{number}'>"
        + "".join(
            f"<div class='views-column views-column-{column} views-column-{'first' if column == 1 else 'last'}'>{row}</div>"
            for column, row in enumerate(
                rows(
                    "<div class='views-field-created'>{dotted}</div><a href={path}><img src=/i.jpg></a><h4><a href={path}>{title}</a></h4>",
                    SHOWN[2 * number - 2 : 2 * number],
                ).split("\n"),
                1,
            )
        )
        + "</div>"
        for number in (1, 2, 3)
    )
    + "</div>",
    "picture, title, button": "<div class=list>"
    + rows(
        "<div class=item><a href={path}><img src=/p{n}.jpg alt=''></a><div class=t><a href={path}>{title}</a></div><small>{words} г.</small>"
        f"<p>{TEASER}</p><a class=btn href={{path}}>Подробнее</a></div>"
    )
    + "</div>",
    "cards that are links": "<div class=cards>"
    + rows("<a class=card href={path}><img src=/p.jpg><span>{dotted}</span><h3>{title}</h3><span class=views>1{n}5</span></a>")
    + "</div>",
    "cards without headings": "<div class=cards>"
    + rows("<a class=card href={path}><div class=d>{words}</div><div class=x>{title}</div><div class=views>1{n}5</div></a>")
    + "</div>",
    "date and counter glued to the title": "<div>"
    + rows("<div class=c><a href={path}><span>{title}</span><span>{dotted}</span><span>12{n}</span></a></div>")
    + "</div>",
    "titles of plain text with a button": "<div>"
    + rows(f"<div class=item><div class=date>{{dotted}}</div><h3>{{title}}</h3><p>{TEASER}</p><a href={{path}}>Подробнее…</a></div>")
    + "</div>",
    "titles of plain text with a linked date": "<div>" + rows("<div class=item><a href={path}>{dotted}</a><p>{title}</p></div>") + "</div>",
    "the date and the title are links": "<ul>" + rows("<li><a href={path}>{short}</a><br><a href={path}><b>{title}</b></a></li>") + "</ul>",
    "articles of WordPress": "<main id=main class=site-main>"
    + rows(
        "<article id=post-{n}7 class='post-{n}7 post type-post status-publish format-standard hentry category-c{n} tag-t{n}'>"
        "<header class=entry-header><h2 class=entry-title><a href={path} rel=bookmark>{title}</a></h2><div class=entry-meta>"
        "<span class=posted-on><a href={path} rel=bookmark><time class='entry-date published' datetime={iso}T10:0{n}:00+03:00>{words}</time>"
        "</a></span> <span class=byline><a class='url fn n' href=/author/press>Пресс-служба</a></span></div></header>"
        f"<div class=entry-summary><p>{TEASER} <a href={{path}} class=more-link>Читать далее<span> «{{title}}»</span></a></p></div>"
        "<footer class=entry-footer><span class=cat-links><a href=/category/c{n} rel='category tag'>Рубрика о связи {n}</a></span>"
        "<span class=comments-link><a href={path}#respond>Добавить комментарий</a></span></footer></article>"
    )
    + "</main>",
    "teasers of Drupal": "<div class=views-element-container>"
    + rows(
        "<div class=views-row><article class='node node--type-news node--view-mode-teaser'><h2><a href={path} rel=bookmark>"
        "<span class='field field--name-title'>{title}</span></a></h2><div class=node__submitted><time datetime={iso}T08:00:00+03:00>{dotted}"
        f"</time></div><p>{TEASER}</p><ul class='links inline'><li class=node-readmore><a href={{path}}>Подробнее</a></li></ul></article></div>"
    )
    + "</div>",
    "news-list of Bitrix": "<div class=news-list>"
    + rows(
        "<p class=news-item id=bx_3218110189_{n}><span class=news-date-time>{dotted}</span> <a href={path}/><b>{title}</b></a><br>"
        f"{TEASER}<br></p>"
    )
    + "</div>",
    "news of NetCat": "<div class='tpl-block-list tpl-component-2'>"
    + rows(
        "<div class=tpl-block-list-object id=nc{n}><div class='tpl-property-date'>{dotted}</div><div class=tpl-property-title>"
        "<a href={path}.html>{title}</a></div></div>"
    )
    + "</div>",
    "archive of a static generator": "<section><ul class=archive>"
    + rows("<li><time datetime={iso}>{iso}</time> <a href={path}/>{title}</a></li>")
    + "</ul></section>",
    "months with days": "<h2>Ноябрь 2026</h2><ul>"
    + rows("<li><span>{day}</span> <a href={path}>{title}</a></li>", SHOWN[:3])
    + "</ul><h3>Ещё за ноябрь 2026</h3><ul>"
    + rows("<li><span>{day}</span> <a href={path}>{title}</a></li>", SHOWN[3:])
    + "</ul>",
    "years within lists": "<ul><li>2026<ul><li>Ноябрь 2026<ul>"
    + rows("<li>{short}: <a href={path}>{title}</a></li>", SHOWN[:4])
    + "</ul></li><li>Октябрь 2026<ul>"
    + rows("<li>{short}: <a href={path}>{title}</a></li>", SHOWN[4:])
    + "</ul></li></ul></li></ul>",
    "days as headings": "<div>" + rows("<h4>{words}</h4><ul><li><a href={path}>{title}</a></li></ul>") + "</div>",
    "comments around dead rows": "<div class=list>"
    + rows("<!--<p><a href=/dead/{n}>{title}</a></p>--><p><b>{dotted}</b> <a href={path}>{title}</a></p>")
    + "</div>",
}
"""Content of pages that all show SHOWN, dated, in this order."""

DOCUMENTS = {
    "a list of files": "<ul>" + rows("<li>{dotted} <a href={path}>{title}</a> (PDF, 1,{n} МБ)</li>", FILES) + "</ul>",
    "titles beside the format": "<div>" + rows("<p>{title} <a href={path}>PDF</a> <small>{dotted}</small></p>", FILES) + "</div>",
    "two formats": "<ul>"
    + "".join(
        f"<li><span>{one.title}</span> {one.dotted} <a href={one.path.replace('.pdf', '.docx')}>DOCX</a> <a href={one.path}>"
        "Скачать (1,2 МБ)</a></li>"
        for one in FILES
    )
    + "</ul>",
    "a table by numbers": "<table><thead><tr><th>№<th>Дата<th>Название</thead><tbody>"
    + rows("<tr><td><a href={path}>{n}4-3{n}</a></td><td>{dotted}</td><td>{title}</td></tr>", FILES)
    + "</tbody></table>",
    "American dates": "<table>" + rows("<tr><td>{us}</td><td><a href={path}>{title}</a></td></tr>", FILES) + "</table>",
}
"""Content of pages that all show FILES, dated, in this order."""

FURNITURE = {
    "a side menu with addresses like the documents'": "<div class=left><ul class=side>"
    + "".join(
        f"<li><a href=/news/{number}>{words}</a></li>"
        for number, words in enumerate(("Структура и руководство", "Устав и основные документы", "Органы управления", "История и символика"), 5)
    )
    + "</ul></div>",
    "a menu of long names": "<div><ul>"
    + "".join(
        f"<li><a href=/activity/{slug}>{words}</a></li>"
        for slug, words in (
            ("post", "Государственное регулирование в сфере почтовой связи"),
            ("radio", "Использование радиочастотного спектра и лицензирование"),
            ("licence", "Лицензирование деятельности в области электросвязи"),
            ("digital", "Развитие цифровой инфраструктуры и информационного общества"),
            ("world", "Международное сотрудничество и интеграционные объединения"),
            ("law", "Нормативное правовое регулирование отрасли и стандарты"),
            ("council", "Общественный совет при ведомстве и его решения"),
        )
    )
    + "</ul></div>",
    "breadcrumbs": "<div class=breadcrumb><a href=/>Главная</a> » <a href=/press>Пресс-служба</a> » <a href=/press/all>Новости ведомства</a></div>",
    "a cloud of tags": "<div class=tagcloud>" + "".join(f"<a href=/tag/t{n}>Рубрика о связи {n}</a> " for n in range(9)) + "</div>",
    "languages": "<ul class=languages><li><a href=/ru/news>Русский</a><li><a href=/be/news>Беларуская</a><li><a href=/en/news>English</a></ul>",
    "an archive by months": "<ul>" + "".join(f"<li><a href=/2026/{n:02}>{m} 2026</a> ({n})</li>" for n, m in enumerate(
        ("Январь", "Февраль", "Март", "Апрель", "Май", "Июнь"), 1)) + "</ul>",
    "what others read": "<aside><h3>Популярное</h3><ul>"
    + "".join(f"<li><a href=/news/9{n}-old>Давняя публикация о тарифах на услуги связи, часть {n}</a> 0{n}.02.2020</li>" for n in range(1, 6))
    + "</ul></aside>",
    "a block of related pages": "<div class=related-posts>"
    + "".join(f"<p><a href=/news/9{n}-old>Давняя публикация о тарифах на услуги связи, часть {n}</a> 0{n}.02.2020</p>" for n in range(1, 6))
    + "</div>",
    "banners of other sites": "<div class=b>" + "".join(
        f"<a href=https://portal{n}.example/><img src=/b.png alt='Портал правовой информации и электронных услуг {n}'></a>" for n in range(8)) + "</div>",
    "a slider that repeats the list": "<div class=swiper>" + rows("<div class=swiper-slide><a href={path}><img src=/p.jpg></a></div>", SHOWN[:3]) + "</div>",
    "doors and shares": "<ul><li><a href=/user/login>Войти в личный кабинет пользователя</a><li><a href=/user/register>Зарегистрироваться на сайте</a>"
    "<li><a href='https://social.example/share?url=x'>Поделиться</a></ul>",
    "orderings": "<div><a href=?sort=date>Сначала новые публикации</a> <a href=?sort=name>По названию в порядке алфавита</a> "
    "<a href=?sort=views>Сначала самые читаемые</a></div>",
}  # fmt: skip
"""What stands beside a list and holds no publication."""

PAGERS = {
    "words": ("/news", "<a href=/news?page=1>Следующая</a>", "/news?page=1"),
    "Belarusian words": ("/news", "<div class=pager><a href=/news?page=2>Наступная старонка</a></div>", "/news?page=2"),
    "Drupal 7": ("/news?page=1", "<ul class=pager><li class=pager-first><a href=/news>« первая</a><li class=pager-previous><a href=/news>‹ предыдущая</a>"
     "<li class=pager-item><a href=/news>1</a><li class=pager-current>2<li class=pager-item><a href='/news?page=2'>3</a>"
     "<li class=pager-next><a href='/news?page=2'>следующая ›</a><li class=pager-last><a href='/news?page=9'>последняя »</a></ul>", "/news?page=2"),
    "Drupal 10": ("/news?type=1", "<nav class=pager><ul><li class='pager__item is-active'><a href='?type=1&page=0'>1</a><li class=pager__item>"
     "<a href='?type=1&page=1'>2</a><li class='pager__item pager__item--next'><a href='?type=1&page=1' rel=next><span class=visually-hidden>"
     "Следующая страница</span><span aria-hidden=true>››</span></a></ul></nav>", "/news?type=1&page=1"),
    "Drupal's last page": ("/news?page=9", "<ul class=pager><li class=pager-previous><a href='/news?page=8'>‹ предыдущая</a><li class=pager-item>"
     "<a href='/news?page=8'>9</a><li class=pager-current>10</ul>", ""),
    "mini pager": ("/news?page=3", "<div class=mini-pager><a href='?page=2'>‹‹</a> Страница 4 <a href='?page=4'>››</a></div>", "/news?page=4"),
    "WordPress": ("/news/page/2/", "<nav class=navigation><div class=nav-links><a class='prev page-numbers' href=/news/>Назад</a>"
     "<a class=page-numbers href=/news/>1</a><span class='page-numbers current'>2</span><a class=page-numbers href=/news/page/3/>3</a>"
     "<a class='next page-numbers' href=/news/page/3/>Далее</a></div></nav>", "/news/page/3/"),
    "older posts of WordPress": ("/news/page/2/", "<nav class=posts-navigation><div class=nav-previous><a href=/news/page/3/>Предыдущие записи</a></div>"
     "<div class=nav-next><a href=/news/page/1/>Следующие записи</a></div></nav>", "/news/page/3/"),
    "newer posts alone": ("/news/page/7/", "<nav class=posts-navigation><div class=nav-next><a href=/news/page/6/>Следующие записи</a></div></nav>", ""),
    "Bitrix": ("/news/", "<font class=text>Новости 1 - 20 из 312<br>Начало | Пред. | <b>1</b> <a href='/news/?PAGEN_1=2'>2</a> "
     "<a href='/news/?PAGEN_1=3'>3</a> | <a href='/news/?PAGEN_1=2'>След.</a> | <a href='/news/?PAGEN_1=16'>Конец</a></font>", "/news/?PAGEN_1=2"),
    "rows are counted": ("/news?offset=20", "<p><a href='?offset=0'>1</a> <a href='?offset=10'>2</a> <b>3</b> <a href='?offset=30'>4</a></p>", "/news?offset=30"),
    "numbers alone": ("/news", "<div class=pages><b>1</b> <a href='?p=2'>2</a> <a href='?p=3'>3</a> <a href='?p=40'>40</a></div>", "/news?p=2"),
    "steps in the path": ("/press/news/p20/", "<div><a href=/press/news/>1</a> <span>2</span> <a href=/press/news/p40/>3</a></div>", "/press/news/p40/"),
    "static files": ("/news/", "<div class=pagination><a class=older-posts href=/news/page2/>Older Posts →</a></div>", "/news/page2/"),
    "numbered files": ("/blog/index.html", "<p class=paginator>Page 1 / 3 <a href=/blog/index2.html>»</a></p>", "/blog/index2.html"),
    "a button that is a link": ("/news?page=2", "<div class=more><a href='/news?page=3'>Показать ещё</a></div>", "/news?page=3"),
    "a button that is none": ("/news", "<div class=pager><a href='#' data-href='/news?page=2'>Показать ещё</a><button data-page=2>Ещё</button></div>", ""),
    "in the head": ("/news", "<link rel=next href='/news?page=2'>", "/news?page=2"),
    "disabled at the end": ("/news?page=5", "<ul class=pagination><li><a href='?page=4'>«</a><li class='disabled'><a href='?page=6'>»</a></ul>", ""),
    "a carousel": ("/news", "<a class=carousel-control-next href='#slides'>Next</a><a class=slider-next href='#'>›</a>", ""),
    "a calendar": ("/news", "<table class=calendar><caption><a href='/news?month=12&year=2026'>»</a></caption><tr><td><a href='/news?day=2026-11-17'>17</a>"
     "<td><a href='/news?day=2026-11-18'>18</a></table>", ""),
    "the next article": ("/news", "<div class=nav-links><a rel=next href=/news/1051-slug>Следующая: О проверках узлов связи</a></div>", ""),
    "no pager": ("/news", "", ""),
}  # fmt: skip
"""The list's path, its pager, and where the next page is."""
