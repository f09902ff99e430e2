"""Whole sites of ministries, operators and courts, as the systems behind them print lists of news and of documents."""

# ruff: noqa: E501 - one line of markup for each part of a page, as the systems print them

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from whole_site import MONTHS, Pub, Row, WholeSite, html, pubs, whole

_MENU = '<nav class="main-menu"><ul><li><a href="/o-vedomstve/">О ведомстве</a></li><li><a href="/rukovodstvo/">Руководство ведомства и его заместители</a></li><li><a href="/obrashcheniya/">Обращения граждан и юридических лиц</a></li><li><a href="/kontakty/">Контакты</a></li></ul></nav>'
_FOOT = '<footer class="footer"><ul><li><a href="/karta/">Карта сайта</a></li><li><a href="/politika/">Политика обработки персональных данных</a></li></ul><p>© Ведомство связи, 2001–2026</p></footer>'
_LEFT = '<div class="left-menu"><ul><li><a href="/press/novosti/">Новости</a></li><li><a href="/press/anonsy/">Анонсы ближайших мероприятий ведомства</a></li><li><a href="/press/foto/">Фоторепортажи с прошедших событий</a></li><li><a href="/press/kontakty/">Контакты для средств массовой информации</a></li></ul></div>'


_NAMES = ("Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь")


def frame(title: str, content: str, head: str = "") -> str:
    return html(
        f"<title>{title}</title>{head}",
        f'<div class="wrapper"><header class="header"><a class="logo" href="/">Ведомство связи</a><span class="phone">+375 17 000-00-00</span></header>{_MENU}<div class="page">{content}</div>{_FOOT}</div>',
    )


def article_of(p: Pub) -> str:
    return frame(f"{p.title} | Ведомство", f'<h1>{p.title}</h1><div class="date">{p.dotted}</div><div class="text">{p.body}</div>')


def bitrix() -> WholeSite:
    """`bitrix:news.list` of the default template: date span, then the link in bold, a preview picture, no button."""

    def path(pub: Pub) -> str:
        return f"/press/novosti/{pub.number}/"

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<p class="news-item" id="bx_3218110189_{p.number}"><a href="{path(p)}"><img class="preview_picture" border="0" src="/upload/iblock/{p.number}.jpg" width="120" height="90" alt="{p.title}" title="{p.title}" style="float:left" /></a><span class="news-date-time">{p.dotted}</span><a href="{path(p)}"><b>{p.title}</b></a><br />{p.teaser}<div style="clear:both"></div><small>Раздел:&nbsp;Новости отрасли</small><br /><a href="{path(p)}">Подробнее</a></p>'
            for p in part
        )
        pages = "".join(f" <b>{k}</b> |" if k == n + 1 else f' <a href="/press/novosti/?PAGEN_1={k}">{k}</a>&nbsp;|' for k in (1, 2, 3))
        onward = (
            f'<a href="/press/novosti/?PAGEN_1={n + 2}">След.</a>&nbsp;|&nbsp;<a href="/press/novosti/?PAGEN_1=3">Конец</a>'
            if n < 2
            else "След.&nbsp;|&nbsp;Конец"
        )
        back = (
            f'<a href="/press/novosti/">Начало</a>&nbsp;|&nbsp;<a href="/press/novosti/?PAGEN_1={n}">Пред.</a>'
            if n
            else "Начало&nbsp;|&nbsp;Пред."
        )
        pager = f'<font class="text">Новости {5 * n + 1} - {5 * n + 5} из 15<br /></font><font class="text">{back}&nbsp;|{pages}&nbsp;{onward}</font>'
        return frame(
            "Новости", f'{_LEFT}<div class="workarea"><h1 id="pagetitle">Новости</h1><div class="news-list">{rows}<br />{pager}</div></div>'
        )

    def article(p: Pub) -> str:
        return frame(
            p.title,
            f'{_LEFT}<div class="workarea"><h1 id="pagetitle">{p.title}</h1><div class="news-detail"><img class="detail_picture" src="/upload/iblock/{p.number}.jpg" alt="{p.title}"/><span class="news-date-time">{p.dotted}</span>{p.body}<div style="clear:both"></div><br />Раздел:&nbsp;Новости отрасли<br /><div class="news-detail-share"><noindex>Поделиться в сетях</noindex></div></div><p><a href="/press/novosti/">Возврат к списку</a></p></div>',
        )

    return whole(
        "Bitrix, news.list",
        ("/press/novosti/", "/press/novosti/?PAGEN_1=2", "/press/novosti/?PAGEN_1=3"),
        path,
        listing,
        article,
        furniture=("Возврат к списку", "Поделиться в сетях"),
    )


def bitrix_cards() -> WholeSite:
    """Bitrix as agencies dress it: cards that are links as a whole, the day apart from its month, a button that loads more."""

    def path(pub: Pub) -> str:
        return f"/news/{pub.day.year}/zapis-o-svyazi-{pub.number}/"

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<div class="news-card col-4" id="bx_{p.number}"><a class="news-card__link" href="{path(p)}"><div class="news-card__img" style="background-image:url(/upload/{p.number}.jpg)"></div><div class="news-card__date"><span class="day">{p.day.day}</span> <span class="month">{MONTHS[p.day.month - 1]} {p.day.year}</span></div><div class="news-card__title">{p.title}</div><div class="news-card__more">Подробнее</div></a></div>'
            for p in part
        )
        years = "".join(f'<a class="filter__item" href="/news/?year={year}">{year}</a>' for year in range(2026, 2018, -1))
        more = (
            f'<div class="load-more"><a class="btn btn--more" href="/news/?PAGEN_2={n + 2}&amp;AJAX=Y" data-page="{n + 2}">Показать ещё</a></div>'
            if n < 2
            else ""
        )
        return frame(
            "Новости",
            f'<div class="breadcrumbs"><a href="/">Главная</a> / Новости</div><h1>Пресс-центр</h1><div class="filter">{years}</div><div class="tabs"><a href="/news/" class="active">Новости</a><a href="/events/">Мероприятия компании</a><a href="/smi/">Публикации в средствах массовой информации</a></div><div class="news-cards row">{rows}</div>{more}<div class="subscribe"><h3>Подпишитесь на рассылку</h3></div>',
        )

    where = ("/news/", "/news/?PAGEN_2=2&AJAX=Y", "/news/?PAGEN_2=3&AJAX=Y")
    return whole("a press centre of cards with years and a button", where, path, listing, article_of)


def netcat() -> WholeSite:
    """NetCat's default blocks, with a listing by `?curPos=`."""

    def path(pub: Pub) -> str:
        return f"/novosti/novosti_{pub.number}.html"

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<div class="nc_row nc-row-{p.number}"><div class="nc_date">{p.dotted}</div><div class="nc_title"><a href="{path(p)}">{p.title}</a></div><div class="nc_anons">{p.teaser}</div><a class="nc_full" href="{path(p)}">подробнее...</a></div>'
            for p in part
        )
        pages = " ".join(
            f"<b>{k * 5 + 1}-{k * 5 + 5}</b>"
            if k == n
            else f'<a href="/novosti/{f"?curPos={5 * k}" if k else ""}">{k * 5 + 1}-{k * 5 + 5}</a>'
            for k in range(3)
        )
        onward = f' <a href="/novosti/?curPos={5 * n + 5}">следующая</a>' if n < 2 else ""
        return frame(
            "Новости", f'<h1>Новости</h1><div class="tpl-block-list">{rows}</div><div class="tpl-pagination">{pages}{onward}</div>'
        )

    return whole("NetCat", ("/novosti/", "/novosti/?curPos=5", "/novosti/?curPos=10"), path, listing, article_of)


def drupal7_table() -> WholeSite:
    """A view as a table, a mini pager counted from 0 that has two numbers for two pagers."""

    def path(pub: Pub) -> str:
        return f"/ru/node/{pub.number}"

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<tr class="{"odd" if i % 2 else "even"}{" views-row-first" if not i else ""}"><td class="views-field views-field-created">{p.dotted} - 09:30</td><td class="views-field views-field-title"><a href="{path(p)}">{p.title}</a></td><td class="views-field views-field-field-rubric"><a href="/ru/taxonomy/term/{3 + i % 2}">Рубрика о делах отрасли</a></td></tr>'
            for i, p in enumerate(part)
        )
        pager = (
            '<div class="item-list"><ul class="pager">'
            + (
                f'<li class="pager-previous first"><a href="/ru/news?page=0%2C{n - 1}">‹‹</a></li>'
                if n
                else '<li class="pager-previous first">&nbsp;</li>'
            )
            + f'<li class="pager-current">{n + 1} из 3</li>'
            + (
                f'<li class="pager-next last"><a href="/ru/news?page=0%2C{n + 1}">››</a></li>'
                if n < 2
                else '<li class="pager-next last">&nbsp;</li>'
            )
            + "</ul></div>"
        )
        return frame(
            "Новости",
            f'<div id="main"><h1 class="title" id="page-title">Новости</h1><div class="tabs"><ul class="tabs primary"><li class="active"><a href="/ru/news">Новости<span class="element-invisible">(активная вкладка)</span></a></li><li><a href="/ru/news/archive">Архив публикаций прошлых лет</a></li></ul></div><div class="region region-content"><div class="view view-news view-id-news view-display-id-page"><div class="view-content"><table class="views-table cols-3"><thead><tr><th class="views-field"><a href="/ru/news?order=created&amp;sort=asc" title="сортировать по Дата" class="active">Дата</a></th><th>Заголовок</th><th>Рубрика</th></tr></thead><tbody>{rows}</tbody></table></div>{pager}</div></div></div>',
            '<meta name="Generator" content="Drupal 7 (http://drupal.org)" />',
        )

    def article(p: Pub) -> str:
        return frame(
            f"{p.title} | Ведомство",
            f'<div id="main"><h1 class="title" id="page-title">{p.title}</h1><div class="region region-content"><div id="node-{p.number}" class="node node-news clearfix" about="{path(p)}" typeof="sioc:Item foaf:Document"><span property="dc:title" content="{p.title}" class="rdf-meta"></span><div class="meta submitted"><span property="dc:date dc:created" content="{p.at.isoformat()}" datatype="xsd:dateTime">{p.dotted} - 09:30</span></div><div class="content clearfix"><div class="field field-name-field-image"><div class="field-label">Изображение:&nbsp;</div><img src="/x.jpg"></div><div class="field field-name-body field-type-text-with-summary field-label-hidden"><div class="field-items"><div class="field-item even" property="content:encoded">{p.body}</div></div></div></div><ul class="links inline"><li class="print_html"><a href="/ru/print/{p.number}">Версия для печати</a></li></ul></div></div></div>',
        )

    return whole(
        "Drupal 7, a view as a table",
        ("/ru/news", "/ru/news?page=0%2C1", "/ru/news?page=0%2C2"),
        path,
        listing,
        article,
        furniture=("Изображение", "Версия для печати"),
    )


def drupal10_grid() -> WholeSite:
    """A view as a grid of two in a row; times of day in time elements; a full pager."""

    def path(pub: Pub) -> str:
        return f"/press/news/svyaz-i-my-{pub.number}"

    def listing(n: int, part: Sequence[Pub]) -> str:
        cells = [
            f'<div class="views-col col-{i % 2 + 1}" style="width:50%"><div class="views-field views-field-field-image"><div class="field-content"><a href="{path(p)}" hreflang="ru"><img loading="lazy" src="/sites/{p.number}.jpg" alt=""></a></div></div><div class="views-field views-field-title"><span class="field-content"><a href="{path(p)}" hreflang="ru">{p.title}</a></span></div><div class="views-field views-field-created"><span class="field-content"><time datetime="{p.at.isoformat()}" class="datetime">{p.in_words}</time></span></div></div>'
            for i, p in enumerate(part)
        ]
        rows = "".join(f'<div class="views-row clearfix row-{i + 1}">{"".join(cells[2 * i : 2 * i + 2])}</div>' for i in range(3))
        pages = "".join(
            f'<li class="pager__item{" is-active" if k == n else ""}"><a href="?page={k}" title="{"Текущая страница" if k == n else f"На страницу {k + 1}"}"><span class="visually-hidden">{"Текущая" if k == n else ""} страница</span>{k + 1}</a></li>'
            for k in range(3)
        )
        onward = (
            f'<li class="pager__item pager__item--next"><a href="?page={n + 1}" title="На следующую страницу" rel="next"><span class="visually-hidden">Следующая страница</span><span aria-hidden="true">››</span></a></li><li class="pager__item pager__item--last"><a href="?page=2" title="На последнюю страницу"><span class="visually-hidden">Последняя страница</span><span aria-hidden="true">Последняя »</span></a></li>'
            if n < 2
            else ""
        )
        return frame(
            "Новости",
            f'<main role="main"><a id="main-content"></a><div class="layout-content"><h1>Новости</h1><div class="views-element-container"><div class="view view-news js-view-dom-id-1"><div class="view-filters"><form><label>Поиск</label></form></div><div class="view-content"><div class="views-view-grid horizontal cols-2 clearfix">{rows}</div></div><nav class="pager" role="navigation"><h4 class="visually-hidden">Нумерация страниц</h4><ul class="pager__items">{pages}{onward}</ul></nav></div></div></div></main>',
            '<meta name="Generator" content="Drupal 10 (https://www.drupal.org)" />',
        )

    def article(p: Pub) -> str:
        return frame(
            f"{p.title} | Ведомство",
            f'<main role="main"><div class="layout-content"><div class="block block-page-title-block"><h1><span class="field field--name-title">{p.title}</span></h1></div><article data-history-node-id="{p.number}" class="node node--type-news node--view-mode-full"><footer class="node__meta"><div class="node__submitted">Опубликовано <span class="field field--name-uid">admin</span> - <time datetime="{p.at.isoformat()}" class="datetime">{p.in_words}</time></div></footer><div class="node__content"><div class="clearfix text-formatted field field--name-body"><div class="field__item">{p.body}</div></div></div></article><div class="block views-block-related"><h2>Другие новости</h2><ul><li><a href="/press/news/svyaz-i-my-1">Ещё одна давняя запись о подписке</a></li></ul></div></div></main>',
        )

    return whole(
        "Drupal 10, a view as a grid",
        ("/press/news", "/press/news?page=1", "/press/news?page=2"),
        path,
        listing,
        article,
        furniture=("Другие новости", "давняя запись", "Опубликовано"),
    )


def joomla_table() -> WholeSite:
    """A category as a table: title, date, author, hits; pages by `?start=`."""

    def path(pub: Pub) -> str:
        return f"/index.php/novosti/{pub.number}-o-svyazi"

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<tr class="cat-list-row{i % 2}"><td headers="categorylist_header_title" class="list-title"><a href="{path(p)}">{p.title}</a></td><td headers="categorylist_header_date" class="list-date small">{p.in_words}</td><td headers="categorylist_header_author" class="list-author">Пресс-служба</td><td headers="categorylist_header_hits" class="list-hits"><span class="badge badge-info">Просмотров: {p.number // 3}</span></td></tr>'
            for i, p in enumerate(part)
        )
        pages = "".join(
            f'<li><span class="pagenav">{k + 1}</span></li>'
            if k == n
            else f'<li><a class="pagenav" href="/index.php/novosti{f"?start={5 * k}" if k else ""}">{k + 1}</a></li>'
            for k in range(3)
        )
        onward = (
            f'<li class="pagination-next"><a title="Вперед" href="/index.php/novosti?start={5 * n + 5}" class="hasTooltip pagenav">Вперед</a></li><li class="pagination-end"><a title="В конец" href="/index.php/novosti?start=10" class="hasTooltip pagenav">В конец</a></li>'
            if n < 2
            else '<li class="pagination-next"><span class="pagenav">Вперед</span></li>'
        )
        return frame(
            "Новости",
            f'<div id="content"><div class="category-list"><div class="content-category"><h1>Новости</h1><form id="adminForm"><fieldset class="filters btn-toolbar"><select id="limit"><option>5</option></select></fieldset><table class="category table table-striped table-bordered"><thead><tr><th id="categorylist_header_title"><a href="#" onclick="Joomla.tableOrdering(\'a.title\',\'asc\',\'\');return false;">Заголовок</a></th><th>Дата публикации</th><th>Автор</th><th>Просмотров</th></tr></thead><tbody>{rows}</tbody></table><div class="pagination"><p class="counter pull-right">Страница {n + 1} из 3</p><ul class="pagination-list">{pages}{onward}</ul></div></form></div></div></div>',
            '<meta name="generator" content="Joomla! - Open Source Content Management" />',
        )

    def article(p: Pub) -> str:
        return frame(
            p.title,
            f'<div id="content"><div class="item-page" itemscope itemtype="https://schema.org/Article"><div class="page-header"><h2 itemprop="headline">{p.title}</h2></div><div class="icons"><div class="btn-group"><ul class="dropdown-menu"><li class="print-icon"><a href="{path(p)}?tmpl=component&amp;print=1" rel="nofollow">Печать</a></li><li class="email-icon"><a href="/component/mailto/">E-mail</a></li></ul></div></div><dl class="article-info muted"><dt class="article-info-term">Подробности</dt><dd class="category-name">Категория: <a href="/index.php/novosti">Новости</a></dd><dd class="published"><time datetime="{p.at.isoformat()}" itemprop="datePublished">Опубликовано: {p.in_words}</time></dd><dd class="hits">Просмотров: 55</dd></dl><div itemprop="articleBody">{p.body}</div><ul class="pager pagenav"><li class="previous"><a class="hasTooltip" href="/index.php/novosti/1-x" rel="prev">Назад</a></li><li class="next"><a href="/index.php/novosti/2-x" rel="next">Вперед</a></li></ul></div></div>',
        )

    return whole(
        "Joomla, a category as a table",
        ("/index.php/novosti", "/index.php/novosti?start=5", "/index.php/novosti?start=10"),
        path,
        listing,
        article,
        furniture=("Просмотров", "Печать", "Категория"),
    )


def joomla_blog() -> WholeSite:
    """A category as a blog: a leading item, columns, then more titles as links alone."""
    shown = pubs(15)

    def path(pub: Pub) -> str:
        return f"/novosti/{pub.number}-o-svyazi.html"

    def block(p: Pub) -> str:
        return f'<div class="item column-1" itemprop="blogPost"><div class="page-header"><h2 itemprop="name"><a href="{path(p)}" itemprop="url">{p.title}</a></h2></div><dl class="article-info"><dd class="published"><span class="icon-calendar"></span><time datetime="{p.at.isoformat()}" itemprop="datePublished">{p.in_words}</time></dd><dd class="createdby">Автор: пресс-служба</dd></dl><p>{p.teaser}</p><p class="readmore"><a class="btn" href="{path(p)}" itemprop="url">Подробнее: {p.title}</a></p></div>'

    def listing(n: int, part: Sequence[Pub]) -> str:
        first, *rest = part
        columns = "".join(
            f'<div class="items-row cols-2 row-{i} row"><div class="span6">{block(a)}</div></div>' for i, a in enumerate(rest)
        )
        onward = (
            f'<li class="pagination-next"><a title="Вперёд" href="/novosti.html?start={5 * n + 5}" class="pagenav">Вперёд</a></li>'
            if n < 2
            else ""
        )
        return frame(
            "Новости",
            f'<div class="blog" itemscope itemtype="https://schema.org/Blog"><div class="page-header"><h1>Новости</h1></div><div class="items-leading"><div class="leading-0" itemprop="blogPost">{block(first)}</div></div>{columns}<div class="pagination"><ul>{onward}</ul></div></div><div class="moduletable"><h3>Самое читаемое</h3><ul class="mostread mod-list"><li><a href="/novosti/17-x.html">Как подать обращение в ведомство по почте</a></li><li><a href="/novosti/19-x.html">Перечень удостоверяющих центров области</a></li><li><a href="/novosti/21-x.html">Что делать при обрыве воздушной линии</a></li></ul></div>',
        )

    return whole(
        "Joomla, a category as a blog",
        ("/novosti.html", "/novosti.html?start=5", "/novosti.html?start=10"),
        path,
        listing,
        article_of,
        shown=shown,
    )


def documents_table() -> WholeSite:
    """Orders of a ministry: number in the list, name, date, the file in two formats."""
    shown = pubs(12)

    def path(pub: Pub) -> str:
        return f"/upload/docs/prikaz_{pub.number}.pdf"

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<tr><td>{6 * n + i}.</td><td>{p.title}</td><td>{p.dotted}</td><td><a href="/upload/docs/prikaz_{p.number}.docx">DOCX (24 КБ)</a>, <a href="{path(p)}">PDF (310 КБ)</a></td></tr>'
            for i, p in enumerate(part, 1)
        )
        turn = '<a href="/dokumenty/?page=2">2</a>' if n == 0 else '<a href="/dokumenty/">1</a>'
        return frame(
            "Приказы",
            f'<h1>Приказы</h1><p>Тексты приказов публикуются <a href="/o-poryadke/">в установленном порядке</a>.</p><table class="docs" border="1"><tr><th>№ п/п</th><th>Наименование</th><th>Дата</th><th>Файлы</th></tr>{rows}</table><div class="pagination">Страницы: {turn}</div>',
        )

    return replace(
        whole(
            "a ministry's table of documents in two formats", ("/dokumenty/", "/dokumenty/?page=2"), path, listing, article_of, shown=shown
        ),
        articles=(),
    )


def court_table() -> WholeSite:
    """Decisions by docket: the number leads to the file, the parties stand beside it, dates in the American way."""
    shown = pubs(12, english=True)

    def path(pub: Pub) -> str:
        return f"/opinions/26a{pub.number}.pdf"

    def listing(_: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<tr><td>{p.day.month}/{p.day.day}/{p.day.year}</td><td><a href="{path(p)}" target="_blank">24-{p.number}</a></td><td>{p.title}</td><td>District of Example</td></tr>'
            for p in part
        )
        return html(
            "<title>Opinions</title>",
            f'<div id="header"><a href="/">Court of Appeals</a></div><div id="nav"><ul><li><a href="/rules">Rules of procedure and forms</a></li><li><a href="/calendar">Calendar of oral arguments</a></li></ul></div><div id="main"><h1>Published Opinions</h1><table><thead><tr><th>Date</th><th>Docket</th><th>Case title</th><th>Origin</th></tr></thead><tbody>{rows}</tbody></table></div>',
            lang="en",
        )

    return replace(whole("a court's table of decisions", ("/opinions",), path, listing, article_of, shown=shown), articles=())


def typo3() -> WholeSite:
    """EXT:news: a wrapper for each row, pages by an argument with a name in brackets."""

    def path(pub: Pub) -> str:
        return f"/aktuelles/detail/nachricht-{pub.number}"

    where = ("/aktuelles", "/aktuelles?tx_news_pi1%5BcurrentPage%5D=2&cHash=ab12", "/aktuelles?tx_news_pi1%5BcurrentPage%5D=3&cHash=cd34")

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<div class="article articletype-0" itemscope="itemscope" itemtype="http://schema.org/Article"><div class="header"><h3><a itemprop="url" title="{p.title}" href="{path(p)}"><span itemprop="headline">{p.title}</span></a></h3></div><div class="news-img-wrap"><a title="{p.title}" href="{path(p)}"><img src="/fileadmin/{p.number}.jpg" alt=""></a></div><div class="teaser-text"><div itemprop="description"><p>{p.teaser}</p></div><a class="more" title="{p.title}" href="{path(p)}">Weiterlesen</a></div><div class="footer"><p><span class="news-list-date"><time itemprop="datePublished" datetime="{p.day}">{p.dotted}</time></span><span class="news-list-category">Netze</span></p></div></div>'
            for p in part
        )
        pages = "".join(
            f'<li class="current">{k + 1}</li>' if k == n else f'<li><a href="{where[k].replace("&", "&amp;")}">{k + 1}</a></li>'
            for k in range(3)
        )
        onward = f'<li class="last next"><a href="{where[n + 1].replace("&", "&amp;")}">nächste</a></li>' if n < 2 else ""
        return frame(
            "Aktuelles",
            f'<main><div class="frame frame-default frame-type-list"><div class="news"><div class="news-list-view" id="news-container-12">{rows}<ul class="f3-widget-paginator">{pages}{onward}</ul></div></div></div></main>',
            '<meta name="generator" content="TYPO3 CMS">',
        )

    return whole("TYPO3, EXT:news", where, path, listing, article_of)


def aspnet_grid() -> WholeSite:
    """A grid whose pager is scripts alone; rows have identifiers of controls."""
    shown = pubs(8)

    def path(pub: Pub) -> str:
        return f"/News/View.aspx?id={pub.number}"

    def listing(_: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<tr style="background-color:#F7F6F3"><td style="width:90px"><span id="ctl00_Main_gv_ctl{i:02}_lblDate">{p.dotted} 9:30:00</span></td><td><a id="ctl00_Main_gv_ctl{i:02}_hl" href="View.aspx?id={p.number}">{p.title}</a></td></tr>'
            for i, p in enumerate(part, 2)
        )
        return html(
            "<title>Новости</title>",
            f'<form method="post" action="./Default.aspx" id="aspnetForm"><div><input type="hidden" name="__VIEWSTATE" value="/wEPDw=="></div><div id="ctl00_top"><a id="ctl00_h1" href="../Default.aspx">Главная</a> <a href="../About.aspx">О предприятии и его филиалах</a></div><h2>Новости</h2><div><table cellspacing="0" cellpadding="4" id="ctl00_Main_gv" style="color:#333"><tr><th scope="col"><a href="javascript:__doPostBack(\'ctl00$Main$gv\',\'Sort$Date\')">Дата</a></th><th scope="col">Заголовок</th></tr>{rows}<tr align="center"><td colspan="2"><table border="0"><tr><td><span>1</span></td><td><a href="javascript:__doPostBack(\'ctl00$Main$gv\',\'Page$2\')">2</a></td></tr></table></td></tr></table></div></form>',
        )

    return whole("ASP.NET, a grid", ("/News/Default.aspx",), path, listing, article_of, shown=shown)


def finder() -> WholeSite:
    """A finder of the British government's design: the type and organisation stand in every row, the date as «Updated»."""
    shown = pubs(english=True)

    def path(pub: Pub) -> str:
        return f"/government/news/{pub.title.lower().replace(' ', '-').replace(chr(39), '')}"

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<li class="gem-c-document-list__item"><div class="gem-c-document-list__item-title"><a data-ga4-ecommerce-path="{path(p)}" class="govuk-link" href="{path(p)}">{p.title}</a></div><p class="gem-c-document-list__item-description">{p.teaser}</p><ul class="gem-c-document-list__item-metadata"><li class="gem-c-document-list__attribute">Document type: News story</li><li class="gem-c-document-list__attribute">Organisation: Authority of Networks</li><li class="gem-c-document-list__attribute">Updated: <time datetime="{p.day}">{p.day.day} {p.day:%B %Y}</time></li></ul></li>'
            for p in part
        )
        pager = (
            '<nav class="govuk-pagination govuk-pagination--block" aria-label="Pagination">'
            + (
                f'<div class="govuk-pagination__prev"><a class="govuk-link govuk-pagination__link" href="/search/news?page={n}" rel="prev"><span class="govuk-pagination__link-title">Previous<span class="govuk-visually-hidden"> page</span></span><span class="govuk-visually-hidden">:</span><span class="govuk-pagination__link-label">{n} of 3</span></a></div>'
                if n
                else ""
            )
            + (
                f'<div class="govuk-pagination__next"><a class="govuk-link govuk-pagination__link" href="/search/news?page={n + 2}" rel="next"><span class="govuk-pagination__link-title">Next<span class="govuk-visually-hidden"> page</span></span><span class="govuk-visually-hidden">:</span><span class="govuk-pagination__link-label">{n + 2} of 3</span></a></div>'
                if n < 2
                else ""
            )
            + "</nav>"
        )
        return html(
            "<title>News</title>",
            f'<header class="gem-c-layout-super-navigation-header"><nav><ul><li><a href="/browse/benefits">Benefits and payments for households</a></li></ul></nav></header><div id="wrapper"><main id="content" role="main"><h1 class="gem-c-heading">News and communications</h1><div class="facets"><form><ul><li><label>Topic</label></li></ul></form></div><div class="subscription-links"><a class="govuk-link" href="/email/signup">Get emails</a> <a href="/search/news.atom">Subscribe to feed</a></div><div id="js-results"><div class="finder-results"><ul class="gem-c-document-list gem-c-document-list--no-underline">{rows}</ul></div></div>{pager}</main></div><footer class="gem-c-layout-footer"><ul><li><a href="/help">Help with using this site and its services</a></li></ul></footer>',
            lang="en",
        )

    def article(p: Pub) -> str:
        return html(
            f"<title>{p.title} - GOV</title>",
            f'<div id="wrapper"><main id="content" role="main"><span class="gem-c-heading__context">News story</span><h1 class="gem-c-heading__text">{p.title}</h1><p class="gem-c-lead-paragraph">A short word on what follows below.</p><div class="gem-c-metadata"><dl><dt class="gem-c-metadata__term">From:</dt><dd><a href="/x">Authority of Networks</a></dd><dt>Published</dt><dd class="gem-c-metadata__definition">{p.day.day} {p.day:%B %Y}</dd></dl></div><div class="gem-c-govspeak govuk-govspeak">{p.body}</div><div class="gem-c-share-links"><h2>Share this page</h2><ul><li><a href="https://social.example/share">Share on the blue network</a></li></ul></div><div class="gem-c-published-dates" id="full-history">Published {p.day.day} {p.day:%B %Y}</div></main></div><footer>All content is available under the licence</footer>',
            lang="en",
        )

    return whole(
        "a finder of a government's design",
        ("/search/news", "/search/news?page=2", "/search/news?page=3"),
        path,
        listing,
        article,
        shown=shown,
        furniture=("Share this page", "blue network", "under the licence"),
    )


def tilda() -> WholeSite:
    """A builder's page: cards of blocks placed by hand, nothing but `div`s, no dates, addresses of the author's making."""
    shown = pubs(9)

    def path(pub: Pub) -> str:
        return f"/tpost/{pub.number:x}u-{'abcdefghij'[pub.number % 10]}x1-kak-my-rabotaem"

    def listing(_: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<div class="js-feed-post t-feed__post t-item t-width t-col t-col_4" data-post-uid="{p.number}"><a class="t-feed__link js-feed-post-link" href="{path(p)}"></a><div class="t-feed__post-imgwrapper"><div class="t-feed__post-bgimg t-bgimg" style="background-image:url(x.jpg)"></div></div><div class="t-feed__textwrapper"><div class="js-feed-post-title t-feed__post-title t-name t-name_xs">{p.title}</div><div class="js-feed-post-descr t-feed__post-descr t-descr">{p.teaser}</div></div></div>'
            for p in part
        )
        return html(
            "<title>Компания</title>",
            f'<div id="allrecords" class="t-records"><div id="rec1" class="r t-rec"><div class="t228"><div class="t228__list"><div class="t228__list_item"><a class="t-menu__link-item" href="/o-kompanii">О компании</a></div><div class="t228__list_item"><a class="t-menu__link-item" href="/uslugi">Услуги для малого и среднего бизнеса</a></div><div class="t228__list_item"><a class="t-menu__link-item" href="/tarify">Тарифы на подключение частных домов</a></div></div></div></div><div id="rec2" class="r t-rec"><div class="t-title t-title_xl">Новости</div></div><div id="rec3" class="r t-rec" data-record-type="896"><div class="t-feed"><div class="js-feed-container t-feed__container">{rows}</div></div></div><div id="rec4" class="r t-rec"><div class="t-text">Оставьте свой телефон, и мы перезвоним в течение часа</div></div></div>',
        )

    def article(p: Pub) -> str:
        return html(
            f"<title>{p.title}</title>",
            f'<div id="allrecords" class="t-records"><div id="rec1" class="r t-rec"><a href="/o-kompanii">О компании</a></div><div class="t-feed__post-popup"><div class="t-feed__post-popup__date-wrapper"><span class="js-feed-post-date">{p.day} 09:30</span></div><h1 class="js-feed-post-title t-feed__post-popup__title">{p.title}</h1><div class="js-feed-post-text t-feed__post-popup__text">'
            + "".join(f'<div class="t-redactor__tte-view"><div class="t-redactor__text">{one}</div></div>' for one in p.paragraphs)
            + '</div></div><div id="rec4" class="r t-rec"><div class="t-text">Оставьте свой телефон, и мы перезвоним в течение часа</div></div></div>',
        )

    return whole(
        "a builder's page of cards without semantic tags",
        ("/novosti",),
        path,
        listing,
        article,
        shown=shown,
        dated=False,
        furniture=("перезвоним",),
    )


def old_tables() -> WholeSite:
    """A site of 2003: nested tables, font tags, windows-1251 declared in the page alone."""
    shown = pubs(10)

    def path(pub: Pub) -> str:
        return f"/news/n{pub.number}.html"

    def frame(title: str, content: str) -> str:
        return f'<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1251"><TITLE>{title}</TITLE></HEAD><BODY BGCOLOR="#FFFFFF" TOPMARGIN=0><TABLE WIDTH="100%" BORDER=0 CELLPADDING=0><TR><TD COLSPAN=2><IMG SRC="/i/top.gif" ALT="Управление связи"></TD></TR><TR><TD WIDTH=180 VALIGN=TOP BGCOLOR="#CCCCFF"><FONT SIZE=2><A HREF="/index.html">Главная</A><BR><A HREF="/history.html">История предприятия и его люди</A><BR><A HREF="/tarif.html">Тарифы на услуги связи для населения</A><BR><A HREF="/guest.html">Гостевая книга</A></FONT></TD><TD VALIGN=TOP>{content}</TD></TR><TR><TD COLSPAN=2 ALIGN=CENTER><FONT SIZE=1>© 2003–2026 Управление связи. <A HREF="mailto:x@example.by">Вебмастер</A></FONT></TD></TR></TABLE></BODY></HTML>'

    def listing(_: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<TR><TD VALIGN=TOP WIDTH=80><FONT FACE="Arial" SIZE=2 COLOR="#990000"><B>{p.day:%d.%m.%y}</B></FONT></TD><TD><FONT FACE="Arial" SIZE=2><A HREF="n{p.number}.html">{p.title}</A><BR>{p.teaser}</FONT></TD></TR><TR><TD COLSPAN=2><HR SIZE=1></TD></TR>'
            for p in part
        )
        return frame("Новости", f"<FONT SIZE=4><B>Новости</B></FONT><TABLE BORDER=0 CELLSPACING=2>{rows}</TABLE>")

    def article(p: Pub) -> str:
        return frame(
            p.title,
            f'<CENTER><FONT SIZE=4><B>{p.title}</B></FONT></CENTER><FONT SIZE=2 COLOR="#990000">{p.dotted}</FONT><BR><FONT FACE="Arial" SIZE=2>'
            + "<BR><BR>".join(p.paragraphs)
            + '</FONT><BR><A HREF="/news/">Назад к новостям</A>',
        )

    return whole(
        "a site of tables and fonts in windows-1251",
        ("/news/",),
        path,
        listing,
        article,
        shown=shown,
        encoding="cp1251",
        furniture=("Назад к новостям", "Вебмастер", "Гостевая"),
    )


def hashed_classes() -> WholeSite:
    """What a framework renders on its server: classes are hashes, cards are links, its state stands in a script."""
    shown = pubs()

    def path(pub: Pub) -> str:
        return f"/ru/about/press/{pub.number}"

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<a class="css-1x9kq{"ab"[i % 2]} NewsCard_root__{"3Fk2a"}" href="{path(p)}"><div class="css-8atqhb"><span style="box-sizing:border-box"><img alt="" src="data:image/gif;base64,R0"></span></div><div class="NewsCard_body__Zq8x1"><p class="NewsCard_title__a81Kq">{p.title}</p><span class="NewsCard_date__Xa0p2">{p.day.day} {MONTHS[p.day.month - 1]}{"" if p.day.year == 2026 else f" {p.day.year}"}</span></div></a>'
            for i, p in enumerate(part)
        )
        pages = "".join(
            f'<a class="Pagination_item__9sd{" Pagination_active__1k" if k == n else ""}" href="/ru/about/press{f"?page={k + 1}" if k else ""}">{k + 1}</a>'
            for k in range(3)
        )
        onward = (
            f'<a class="Pagination_arrow__8x" aria-label="Следующая страница" href="/ru/about/press?page={n + 2}"><svg viewBox="0 0 1 1"></svg></a>'
            if n < 2
            else ""
        )
        return html(
            "<title>Пресс-центр</title>",
            f'<div id="__next"><div class="Layout_root__q1"><div class="Header_root__k2"><a class="Header_link__z" href="/ru/tariffs">Тарифы на мобильную связь и интернет</a><a class="Header_link__z" href="/ru/shop">Магазин телефонов и аксессуаров</a><a class="Header_link__z" href="/ru/help">Помощь и поддержка абонентов</a></div><div class="Page_content__w3"><h1 class="Typography_h1__u">Пресс-центр</h1><div class="Tabs_root__p"><a href="/ru/about/press" class="Tabs_tab__m">Новости</a><a href="/ru/about/awards" class="Tabs_tab__m">Награды и достижения компании</a></div><div class="NewsGrid_root__77">{rows}</div><div class="Pagination_root__5t">{pages}{onward}</div></div><div class="Footer_root__e4"><a href="/ru/legal">Правовая информация для абонентов</a><a href="/ru/career">Карьера в нашей большой компании</a></div></div></div><script id="__NEXT_DATA__" type="application/json">{{"props":{{"pageProps":{{}}}}}}</script>',
        )

    def article(p: Pub) -> str:
        return html(
            f"<title>{p.title} — Оператор</title>",
            f'<div id="__next"><div class="Header_root__k2"><a href="/ru/tariffs">Тарифы</a></div><div class="Page_content__w3"><h1 class="Typography_h1__u">{p.title}</h1><div class="News_date__1">{p.in_words}</div><div class="News_text__9">{p.body}</div><div class="News_share__5"><span>Поделиться</span></div></div><div class="Footer_root__e4"><a href="/ru/legal">Правовая информация для абонентов</a></div></div>',
        )

    return whole(
        "a framework's page with hashed classes",
        ("/ru/about/press", "/ru/about/press?page=2", "/ru/about/press?page=3"),
        path,
        listing,
        article,
        shown=shown,
        furniture=("Правовая",),
    )


def definition_list() -> WholeSite:
    """News as terms and definitions, and the newest one large above, outside the list."""
    shown = pubs(7)

    def path(pub: Pub) -> str:
        return f"/press-center/news/{pub.day:%Y}/{pub.day:%m}/{pub.number}"

    def listing(_: int, part: Sequence[Pub]) -> str:
        lead, *rest = part
        rows = "".join(f'<dt>{p.in_words} г.</dt><dd><a href="{path(p)}">{p.title}</a></dd>' for p in rest)
        return frame(
            "Новости",
            f'<h1>Новости</h1><div class="lead-news"><a href="{path(lead)}"><img src="/x.jpg" alt=""></a><h2><a href="{path(lead)}">{lead.title}</a></h2><span class="lead-date">{lead.in_words} г.</span><p>{lead.teaser}</p></div><dl class="news-dl">{rows}</dl><p><a href="/press-center/news/archive">Архив новостей за прошлые годы</a></p>',
        )

    return whole("a list of terms with a large one above", ("/press-center/news",), path, listing, article_of, shown=shown)


def by_months() -> WholeSite:
    """Documents under headings of months, names as links, sizes beside them."""
    shown = pubs(9, step=12)

    def path(pub: Pub) -> str:
        return f"/files/{pub.day.year}/post_{pub.number}.pdf"

    def listing(_: int, part: Sequence[Pub]) -> str:
        blocks = "".join(
            f"<h3>{key}</h3><ul>"
            + "".join(f'<li><a href="{path(p)}">Постановление от {p.dotted} № {p.number} «{p.title}»</a> (pdf, 120 КБ)</li>' for p in held)
            + "</ul>"
            for key, held in groupby(part, key=lambda p: f"{_NAMES[p.day.month - 1]} {p.day.year}")
        )
        return frame("Постановления", f'<h1>Постановления</h1><div class="text">{blocks}</div>')

    made = replace(
        whole("documents under months, named in full", ("/postanovleniya/",), path, listing, article_of, shown=shown), articles=()
    )
    ((address, _),) = made.lists
    return replace(
        made, lists=((address, tuple(Row(path(p), f"Постановление от {p.dotted} № {p.number} «{p.title}»", None) for p in shown)),)
    )


def front_of_portal() -> WholeSite:
    """A ministry's front page: a slider, announcements, services as tiles, partners; its news are what counts."""
    shown = pubs(6)

    def path(pub: Pub) -> str:
        return f"/novosti/{pub.number}-svyaz"

    def listing(_: int, part: Sequence[Pub]) -> str:
        slider = "".join(
            f'<div class="slick-slide"><a href="{path(p)}"><img src="/b.jpg" alt=""><span>{p.title}</span></a></div>' for p in part[:3]
        )
        rows = "".join(
            f'<div class="news-row"><span class="news-row__date">{p.dotted}</span><a class="news-row__title" href="{path(p)}">{p.title}</a></div>'
            for p in part
        )
        tiles = "".join(
            f'<div class="service"><a href="/uslugi/{i}"><i class="ico"></i><span>{name}</span></a></div>'
            for i, name in enumerate(
                ("Лицензирование операторов связи", "Выдача разрешений на частоты", "Регистрация средств связи", "Приём обращений по почте")
            )
        )
        partners = "".join(
            f'<div class="banner"><a href="https://partner{i}.example/"><img src="/p{i}.png" alt="Портал государственных органов номер {i}"></a></div>'
            for i in range(4)
        )
        return frame(
            "Ведомство связи",
            f'<div class="slick-slider">{slider}</div><h2>Услуги</h2><div class="services">{tiles}</div><h2><a href="/novosti/">Новости</a></h2><div class="news-block">{rows}<a class="all" href="/novosti/">Все новости</a></div><div class="banners">{partners}</div>',
        )

    return whole("a ministry's front page", ("/",), path, listing, article_of, shown=shown)


SITES: tuple[Callable[[], WholeSite], ...] = (
    bitrix, bitrix_cards, netcat, drupal7_table, drupal10_grid, joomla_table, joomla_blog, documents_table, court_table, typo3, aspnet_grid,
    finder, tilda, old_tables, hashed_classes, definition_list, by_months, front_of_portal,
)  # fmt: skip
