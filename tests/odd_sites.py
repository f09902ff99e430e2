"""Whole sites whose lists are made in a way of their own: rows without elements, dates elsewhere, several links in a row, long pagers."""

# ruff: noqa: E501 - one line of markup for each part of a page, as the systems print them

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from portal_sites import article_of, frame
from whole_site import MONTHS, Pub, WholeSite, html, pubs, whole

_SHORT_MONTHS = ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")


def _numbered(pub: Pub) -> str:
    return f"/news/{pub.number}"


def _pages(where: Sequence[str], n: int) -> str:
    return (
        '<div class="paginator">'
        + " ".join(f"<b>{k + 1}</b>" if k == n else f'<a href="{address}">{k + 1}</a>' for k, address in enumerate(where))
        + "</div>"
    )


def blogger() -> WholeSite:
    """Days are headings between the posts; the older page is named by the moment it begins at."""
    shown = pubs()

    def path(pub: Pub) -> str:
        return f"/{pub.day:%Y/%m}/zapis-{pub.number}.html"

    where = (
        "/",
        "/search?updated-max=2026-10-29T09:30:00%2B03:00&max-results=5",
        "/search?updated-max=2026-10-09T09:30:00%2B03:00&max-results=5&start=5&by-date=false",
    )

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<div class="date-outer"><h2 class="date-header"><span>{p.in_words} г.</span></h2><div class="date-posts"><div class="post-outer"><div class="post hentry uncustomized-post-template"><a name="{p.number}"></a><h3 class="post-title entry-title"><a href="{path(p)}">{p.title}</a></h3><div class="post-body entry-content">{p.body}</div><div class="post-footer"><span class="post-author vcard">Автор: <span class="fn"><a href="https://people.example/1">Иван Примеров</a></span></span> <span class="post-timestamp">на <a class="timestamp-link" href="{path(p)}"><abbr class="published" title="{p.at.isoformat()}">09:30</abbr></a></span> <span class="post-comment-link"><a class="comment-link" href="{path(p)}#comment-form">3 комментария:</a></span><span class="post-labels">Ярлыки: <a href="/search/label/svyaz" rel="tag">связь в нашем крае</a></span></div></div></div></div></div>'
            for p in part
        )
        older = (
            f'<span id="blog-pager-older-link"><a class="blog-pager-older-link" href="{where[n + 1].replace("&", "&amp;")}" id="Blog1_blog-pager-older-link" title="Следующие">Следующие</a></span>'
            if n < 2
            else ""
        )
        newer = (
            '<span id="blog-pager-newer-link"><a class="blog-pager-newer-link" href="/search?updated-max=2026-11-18T09:30:00%2B03:00&amp;max-results=5&amp;reverse-paginate=true" title="Предыдущие">Предыдущие</a></span>'
            if n
            else ""
        )
        side = (
            '<div class="column-right-outer"><aside><div class="widget BlogArchive"><h2>Архив блога</h2><ul class="hierarchy">'
            + "".join(
                f'<li class="archivedate"><a class="post-count-link" href="/2026/{month:02}/">{MONTHS[month - 1]}</a> <span class="post-count">(4)</span></li>'
                for month in range(11, 4, -1)
            )
            + "</ul></div></aside></div>"
        )
        return html(
            "<title>Блог</title><meta content='blogger' name='generator'/>",
            f'<header><div class="titlewrapper"><h1 class="title">Блог о связи</h1></div></header><div class="main-outer"><div class="column-center-outer"><div class="main section" id="main"><div class="widget Blog" id="Blog1"><div class="blog-posts hfeed">{rows}</div><div class="blog-pager" id="blog-pager">{newer}{older}<a class="home-link" href="/">Главная страница</a></div></div></div></div>{side}</div>',
        )

    return whole("Blogger", where, path, listing, article_of, shown=shown)


def flat_headings() -> WholeSite:
    """No element around a row: date, heading, text, one after another in one block."""

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<p class="date">{p.in_words}</p><h4><a href="{_numbered(p)}">{p.title}</a></h4><p>{p.teaser}</p><p class="more"><a href="{_numbered(p)}">Подробнее »</a></p><hr>'
            for p in part
        )
        return frame("Новости", f'<div class="content-wrap"><h1>Новости</h1>{rows}{_pages(where, n)}</div>')

    where = ("/news/?p=1", "/news/?p=2", "/news/?p=3")
    return whole("rows without elements around them", where, _numbered, listing, article_of)


def typed_by_hand() -> WholeSite:
    """An editor's page: dates and links in one paragraph, broken by `<br>`."""

    def listing(_: int, part: Sequence[Pub]) -> str:
        rows = "".join(f'{p.dotted} <a href="{_numbered(p)}">{p.title}</a><br>\n' for p in part)
        return frame("Новости", f'<div class="field-body"><h1>Сообщения для печати</h1><p>{rows}</p></div>')

    return whole("an editor's page of lines", ("/soobshcheniya",), _numbered, listing, article_of, shown=pubs(8))


def typed_with_dates_after() -> WholeSite:
    """Paragraphs with the date after the title, in brackets."""

    def listing(_: int, part: Sequence[Pub]) -> str:
        rows = "".join(f'<p>&nbsp;&nbsp;<a href="{_numbered(p)}">{p.title}</a> <em>({p.dotted})</em></p>' for p in part)
        return frame("Новости", f"<h1>Сообщения</h1>{rows}")

    return whole("paragraphs with dates in brackets after the titles", ("/soobshcheniya",), _numbered, listing, article_of, shown=pubs(8))


def rubric_beside() -> WholeSite:
    """Rows of equal `div`s: date, title, rubric, author, the last two links to few pages."""

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<div class="tr"><div class="cell">{p.dotted}</div><div class="cell"><a href="{_numbered(p)}">{p.title}</a></div><div class="cell"><a href="/rubriki/{p.number % 3}">Рубрика о делах отрасли номер {p.number % 3}</a></div><div class="cell"><a href="/avtory/{p.number % 2}">Автор многих наших публикаций {p.number % 2}</a></div></div>'
            for p in part
        )
        return frame("Новости", f'<h1>Новости</h1><div class="table-like">{rows}</div>{_pages(where, n)}')

    where = ("/news", "/news?page=2", "/news?page=3")
    return whole("rows of equal blocks with rubrics and authors", where, _numbered, listing, article_of)


def plain_table() -> WholeSite:
    """A table without classes, in which departments are links too."""

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<tr><td>{p.dotted}</td><td><a href="{_numbered(p)}">{p.title}</a></td><td><a href="/otdely/{p.number % 4}">Отдел развития сетей и услуг {p.number % 4}</a></td></tr>'
            for p in part
        )
        return frame(
            "Новости", f"<h1>Новости</h1><table><tr><th>Дата</th><th>Новость</th><th>Отдел</th></tr>{rows}</table>{_pages(where, n)}"
        )

    where = ("/news", "/news/2", "/news/3")
    return whole(
        "a plain table with departments",
        where,
        lambda p: f"/news/show/{p.number}",
        lambda n, part: listing(n, part).replace('"/news/4', '"/news/show/4'),
        article_of,
    )


def years_span_rows() -> WholeSite:
    """A table whose years span the rows of their documents; day and month in a column of their own."""
    shown = pubs(9, step=30)

    def path(pub: Pub) -> str:
        return f"/docs/{pub.number}.pdf"

    def listing(_: int, part: Sequence[Pub]) -> str:
        rows = ""
        for year, held in groupby(part, key=lambda p: p.day.year):
            several = list(held)
            for place, p in enumerate(several):
                span = f'<td rowspan="{len(several)}">{year}</td>' if not place else ""
                rows += f'<tr>{span}<td>{p.day.day} {MONTHS[p.day.month - 1]}</td><td><a href="{path(p)}">{p.title}</a></td></tr>'
        return frame("Отчёты", f"<h1>Отчёты</h1><table border=1><tr><th>Год</th><th>День</th><th>Отчёт</th></tr>{rows}</table>")

    return replace(whole("a table with years spanning rows", ("/otchety/",), path, listing, article_of, shown=shown), articles=())


def badges() -> WholeSite:
    """Day and month as a badge, without the year."""

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<li class="post-item"><div class="badge"><b>{p.day.day}</b><i>{_SHORT_MONTHS[p.day.month - 1]}</i></div><div class="post-item__text"><a href="{_numbered(p)}">{p.title}</a><p>{p.teaser}</p></div></li>'
            for p in part
        )
        return frame("Новости", f'<h1>Новости</h1><ul class="post-items">{rows}</ul>{_pages(where, n)}')

    where = ("/news/", "/news/?offset=5", "/news/?offset=10")
    return whole("badges of day and month", where, _numbered, listing, article_of)


def leaves() -> WholeSite:
    """Day, month and year each in a block of its own, the month first."""
    shown = pubs(10, english=True)

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<div class="ev"><div class="leaf"><div>{p.day:%b}</div><div>{p.day.day}</div><div>{p.day.year}</div></div><div class="ev-body"><h3><a href="{_numbered(p)}">{p.title}</a></h3></div></div>'
            for p in part
        )
        return frame("News", f'<h1>News</h1><div class="evs">{rows}</div>{_pages(where, n)}')

    where = ("/news?start=0", "/news?start=5")
    return whole("leaves of a calendar", where, _numbered, listing, article_of, shown=shown)


def relative() -> WholeSite:
    """How long ago, as social programs tell it."""
    shown = pubs(8, english=True, step=1)

    def path(pub: Pub) -> str:
        return f"/t/notice-{pub.number}/{pub.number}"

    def listing(_: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<div class="topic"><h3 class="topic-title"><a href="{path(p)}">{p.title}</a></h3><div class="topic-meta"><a href="/u/ann">ann</a> · <span class="ago">{2 + i} days ago</span> · <a href="{path(p)}#comments">{i} comments</a></div></div>'
            for i, p in enumerate(part)
        )
        return html(
            "<title>Latest</title>",
            f'<nav><a href="/categories">Categories of everything we discuss</a></nav><div id="topics"><h1>Latest</h1>{rows}</div>',
            lang="en",
        )

    return whole("days told from today", ("/latest",), path, listing, article_of, shown=shown)


def dates_in_addresses() -> WholeSite:
    """The day stands in the address alone."""

    def path(pub: Pub) -> str:
        return f"/{pub.day:%Y/%m/%d}/nota-{pub.number}"

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<div class="teaser-block"><a class="img" href="{path(p)}"><img src="x.jpg" alt=""></a><a class="ttl" href="{path(p)}">{p.title}</a></div>'
            for p in part
        )
        return frame("Новости", f'<h1>Новости</h1><div class="grid-of-teasers">{rows}</div>{_pages(where, n)}')

    where = ("/news/", "/news/page-2", "/news/page-3")
    return whole("days in the addresses alone", where, path, listing, article_of)


def accordions() -> WholeSite:
    """Years as folds, each with a list of documents; titles are links, the format a word beside."""
    shown = pubs(10, step=45)

    def path(pub: Pub) -> str:
        return f"/media/{pub.number}/download"

    def listing(_: int, part: Sequence[Pub]) -> str:
        folds = "".join(
            f"<details{' open' if year == 2026 else ''}><summary>{year} год</summary><ul>"
            + "".join(f'<li><a href="{path(p)}">{p.title}</a> <span class="meta">PDF, 1,2 МБ, {p.dotted}</span></li>' for p in held)
            + "</ul></details>"
            for year, held in groupby(part, key=lambda p: p.day.year)
        )
        return frame("Отчёты", f'<h1>Отчёты и доклады</h1><div class="folds">{folds}</div>')

    return replace(whole("documents in folds of years", ("/otchety",), path, listing, article_of, shown=shown), articles=())


def dle() -> WholeSite:
    """DataLife Engine: the title bar, the story, a line of counters; `/page/2/`, with a long pager of windows."""

    def path(pub: Pub) -> str:
        return f"/svyaz/{pub.number}-novost-dnya.html"

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<div class="base shortstory"><div class="dpad"><h3 class="btl"><a href="{path(p)}">{p.title}</a></h3><div class="bhinfo"><span class="baseinfo radial">Автор: <a onclick="ShowProfile(1); return false;" href="/user/admin/">admin</a> от <a href="/{p.day:%Y/%m/%d}/">{p.day:%d-%m-%Y, 09:30}</a></span></div><div class="maincont">{p.teaser}</div><div class="mlink"><span class="argmore"><a href="{path(p)}"><b>Подробнее</b></a></span><span class="argviews">Просмотров: 77</span><span class="argcoms">Комментарии: <a href="{path(p)}#comment">0</a></span></div><p class="argcat small">Категория: <a href="/svyaz/">Связь и коммуникации страны</a></p></div></div>'
            for p in part
        )
        numbers = "".join(
            f"<span>{k}</span>" if k == n + 1 else f'<a href="/svyaz/{f"page/{k}/" if k > 1 else ""}">{k}</a>' for k in (1, 2, 3)
        )
        older = f'<a href="/svyaz/page/{n + 2}/">Вперед</a>' if n < 2 else "<span>Вперед</span>"
        newer = f'<a href="/svyaz/{f"page/{n}/" if n > 1 else ""}">Назад</a>' if n else "<span>Назад</span>"
        return frame(
            "Связь",
            f'<div id="dle-content">{rows}<div class="basenavi"><div class="navigation">{newer} {numbers} {older}</div></div></div>',
        )

    return whole("DataLife Engine", ("/svyaz/", "/svyaz/page/2/", "/svyaz/page/3/"), path, listing, article_of)


def ghost() -> WholeSite:
    """Ghost: cards with an excerpt, tags, time of reading; `/page/2/`."""
    shown = pubs(english=True)

    def path(pub: Pub) -> str:
        return f"/notice-{pub.number}/"

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<article class="post-card post{" post-card-large" if not i else ""} tag-net featured"><a class="post-card-image-link" href="{path(p)}"><img class="post-card-image" src="/x.jpg" alt="{p.title}" loading="lazy"/></a><div class="post-card-content"><a class="post-card-content-link" href="{path(p)}"><header class="post-card-header"><div class="post-card-tags"><span class="post-card-primary-tag">Networks</span></div><h2 class="post-card-title">{p.title}</h2></header><div class="post-card-excerpt">{p.teaser}</div></a><footer class="post-card-meta"><time class="post-card-meta-date" datetime="{p.day}">{p.day:%b} {p.day.day}, {p.day.year}</time><span class="post-card-meta-length">2 min read</span></footer></div></article>'
            for i, p in enumerate(part)
        )
        older = f'<a class="older-posts" href="/page/{n + 2}/">Older Posts <span aria-hidden="true">&rarr;</span></a>' if n < 2 else ""
        newer = (
            f'<a class="newer-posts" href="/{f"page/{n}/" if n > 1 else ""}"><span aria-hidden="true">&larr;</span> Newer Posts</a>'
            if n
            else ""
        )
        return html(
            "<title>Notes</title>",
            f'<div class="viewport"><header id="gh-head" class="gh-head outer"><nav class="gh-head-menu"><ul class="nav"><li class="nav-about"><a href="/about/">About this publication and its authors</a></li></ul></nav></header><div class="site-content"><main id="site-main" class="site-main outer"><div class="inner posts"><div class="post-feed">{rows}</div><nav class="pagination">{newer}<span class="page-number">Page {n + 1} of 3</span>{older}</nav></div></main></div></div>',
            lang="en",
        )

    return whole("Ghost, cards", ("/", "/page/2/", "/page/3/"), path, listing, article_of, shown=shown)


def liferay() -> WholeSite:
    """Liferay's asset publisher: portlets around everything, addresses with an argument for each part."""

    def path(pub: Pub) -> str:
        return f"/web/guest/novosti/-/asset_publisher/Ab1/content/zapis-{pub.number}"

    where = (
        "/web/guest/novosti",
        "/web/guest/novosti?p_p_id=101_INSTANCE_Ab1&p_p_lifecycle=0&_101_INSTANCE_Ab1_delta=5&_101_INSTANCE_Ab1_cur=2",
        "/web/guest/novosti?p_p_id=101_INSTANCE_Ab1&p_p_lifecycle=0&_101_INSTANCE_Ab1_delta=5&_101_INSTANCE_Ab1_cur=3",
    )

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<div class="asset-abstract default-asset-publisher"><h3 class="asset-title"><a href="{path(p)}"><i class="icon-file"></i> {p.title}</a></h3><div class="asset-content"><div class="asset-summary">{p.teaser}</div><div class="asset-more"><a href="{path(p)}">Подробнее <span class="hide-accessible">о {p.title}</span> »</a></div></div><div class="asset-metadata"><span class="metadata-entry metadata-publish-date">{p.day.day:02}.{p.day:%m.%y}</span></div></div>'
            for p in part
        )
        onward = (
            f'<li><a href="{where[n + 1].replace("&", "&amp;")}">Вперёд →</a></li>'
            if n < 2
            else '<li class="disabled"><a href="javascript:;">Вперёд →</a></li>'
        )
        return frame(
            "Новости",
            f'<div class="columns-1" id="main-content" role="main"><div class="portlet-layout row-fluid"><div class="portlet-column" id="column-1"><div class="portlet-dropzone"><div class="portlet-boundary portlet-asset-publisher"><section class="portlet"><div class="portlet-content"><div class="portlet-body">{rows}<div class="taglib-page-iterator"><ul class="pager lfr-pagination-buttons"><li class="disabled first"><a href="javascript:;">← Первый</a></li>{onward}</ul></div></div></div></section></div></div></div></div></div>',
        )

    return whole("Liferay, an asset publisher", where, path, listing, article_of)


def two_lists() -> WholeSite:
    """News and, in a column beside them, announcements of what is to come: links to a section of its own."""
    shown = pubs(8)

    def listing(_: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<div class="n-item"><div class="n-date">{p.dotted}</div><a href="{_numbered(p)}">{p.title}</a></div>' for p in part
        )
        menu = "".join(
            f'<div class="m-item"><a href="/uslugi/{i}/">{name}</a></div>'
            for i, name in enumerate(
                (
                    "Оформление договоров с населением",
                    "Подключение многоквартирных домов",
                    "Перенос номера к другому оператору",
                    "Расчёт стоимости подключения дома",
                    "Услуги для государственных органов",
                    "Вызов мастера для устранения поломки",
                    "Передача показаний учёта энергии",
                )
            )
        )
        return frame(
            "Новости",
            f'<div class="cols"><div class="col-a"><div class="m-list">{menu}</div></div><div class="col-b"><h2>Новости</h2><div class="n-list">{rows}</div></div></div>',
        )

    return whole("a list beside a long menu in equal blocks", ("/news",), _numbered, listing, article_of, shown=shown)


def long_pager() -> WholeSite:
    """The third of many pages: a window of numbers with gaps, arrows to the first and the last."""
    shown = pubs(15)
    where = ("/press/?PAGEN_1=5", "/press/?PAGEN_1=6", "/press/?PAGEN_1=7")

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(f'<div class="item"><a href="/press/{p.number}/">{p.title}</a><span>{p.dotted}</span></div>' for p in part)
        here = n + 5
        onward = f'<a href="/press/?PAGEN_1={here + 1}">{here + 1}</a> <a href="/press/?PAGEN_1=7">»</a>' if here < 7 else ""
        return frame(
            "Новости",
            f'<h1>Новости</h1><div class="items">{rows}</div><div class="nums"><a href="/press/">«</a> <a href="/press/?PAGEN_1=1">1</a> … <a href="/press/?PAGEN_1={here - 1}">{here - 1}</a> <span>{here}</span> {onward}</div>',
        )

    return whole("the fifth page of seven", where, lambda p: f"/press/{p.number}/", listing, article_of, shown=shown)


def cards_of_a_table() -> WholeSite:
    """Two publications in each row of a table, with pictures."""
    shown = pubs(8)

    def listing(_: int, part: Sequence[Pub]) -> str:
        cells = [
            f'<td width="50%" valign="top"><a href="{_numbered(p)}"><img src="/i/{p.number}.gif" width=80></a><br><b>{p.dotted}</b><br><a href="{_numbered(p)}">{p.title}</a></td>'
            for p in part
        ]
        rows = "".join(f"<tr>{a}{b}</tr>" for a, b in zip(cells[::2], cells[1::2], strict=True))
        return frame("Новости", f"<h1>Новости</h1><table>{rows}</table>")

    return whole("a table with two publications in a row", ("/news",), _numbered, listing, article_of, shown=shown)


def undated_titles() -> WholeSite:
    """Titles alone in plain blocks, beside a menu of plain blocks; pages under numbers in the path."""
    where = ("/stati/", "/stati/p2/", "/stati/p3/")

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(f'<div><a href="/stati/kak-{p.number}/">{p.title}</a></div>' for p in part)
        return frame("Статьи", f'<h1>Статьи</h1><div class="list">{rows}</div>{_pages(where, n)}')

    return whole("titles alone", where, lambda p: f"/stati/kak-{p.number}/", listing, article_of, dated=False)


def plone() -> WholeSite:
    """Plone: a folder's summary view, `b_start:int` for the page."""
    shown = pubs(english=True)
    where = ("/news", "/news?b_start:int=5", "/news?b_start:int=10")

    def path(pub: Pub) -> str:
        return f"/news/notice-{pub.number}"

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<article class="entry"><header><span class="summary"><a href="{path(p)}" class="contenttype-news-item state-published url" title="News Item">{p.title}</a></span><div class="documentByLine"><span class="documentAuthor">by <a href="/author/ann">Ann Example</a></span> — <span class="documentPublished"><span>published</span> {p.day:%b %d, %Y} 09:30 AM</span></div></header><p class="description">{p.teaser}</p></article>'
            for p in part
        )
        onward = f'<li class="next"><a href="{where[n + 1]}">Next 5 items <span class="arrow"></span></a></li>' if n < 2 else ""
        numbers = "".join(
            f'<li class="active"><span>{k + 1}</span></li>'
            if k == n
            else f'<li><a href="{where[k] if k else "/news?b_start:int=0"}">{k + 1}</a></li>'
            for k in range(3)
        )
        return html(
            '<title>News</title><meta name="generator" content="Plone">',
            f'<div id="outer-wrapper"><nav id="portal-globalnav"><ul><li><a href="/about">About the authority and its people</a></li></ul></nav><div id="content" class="main"><h1 class="documentFirstHeading">News</h1><div id="content-core"><div class="entries">{rows}</div><nav class="pagination"><ul>{numbers}{onward}</ul></nav></div></div></div>',
            lang="en",
        )

    return whole("Plone, a folder", where, path, listing, article_of, shown=shown)


def sharepoint() -> WholeSite:
    """SharePoint's content query: rows of links under `Pages/`, dates before them in a `div` each."""
    shown = pubs(8)

    def path(pub: Pub) -> str:
        return f"/news/Pages/News-{pub.number}.aspx"

    def listing(_: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<li class="dfwp-item"><div class="item"><div class="cbq-date">{p.day.day}.{p.day.month}.{p.day.year}</div><div class="link-item"><a href="{path(p)}" title="">{p.title}</a><div class="description">{p.teaser}</div></div></div></li>'
            for p in part
        )
        return frame(
            "Новости",
            f'<div id="s4-workspace"><div id="DeltaPlaceHolderMain"><div class="ms-webpart-chrome"><div class="ms-WPBody"><div id="cbqwpctl00"><ul class="dfwp-column dfwp-list">{rows}</ul></div></div></div></div></div>',
        )

    return whole("SharePoint, a content query", ("/news/Pages/default.aspx",), path, listing, article_of, shown=shown)


SITES: tuple[Callable[[], WholeSite], ...] = (
    blogger, flat_headings, typed_by_hand, typed_with_dates_after, rubric_beside, plain_table, years_span_rows, badges, leaves, relative,
    dates_in_addresses, accordions, dle, ghost, liferay, two_lists, long_pager, cards_of_a_table, undated_titles, plone, sharepoint,
)  # fmt: skip
