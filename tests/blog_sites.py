"""Whole sites as the common systems of blogs and wikis print them by default."""

# ruff: noqa: E501 - one line of markup for each part of a page, as the systems print them

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from whole_site import Pub, Row, WholeSite, atom, html, pubs, rss, whole


def wordpress_block_theme() -> WholeSite:
    """Twenty Twenty-Four: a query loop, no class says «post list» but the blocks' own."""
    shown = pubs()
    api = '<link rel="https://api.w.org/" href="/wp-json/" /><meta name="generator" content="WordPress 6.7" />'
    named = '<link rel="alternate" type="application/rss+xml" title="Ведомство &raquo; Лента" href="/feed/" /><link rel="alternate" type="application/rss+xml" title="Ведомство &raquo; Лента комментариев" href="/comments/feed/" />'
    header = '<div class="wp-site-blocks"><header class="wp-block-template-part"><div class="wp-block-group alignwide has-base-background-color"><p class="wp-block-site-title"><a href="/" rel="home">Ведомство связи</a></p><nav class="wp-block-navigation"><ul class="wp-block-navigation__container"><li class="wp-block-navigation-item"><a class="wp-block-navigation-item__content" href="/about/"><span>О ведомстве</span></a></li><li class="wp-block-navigation-item"><a class="wp-block-navigation-item__content" href="/services/"><span>Услуги населению и организациям</span></a></li></ul></nav></div></header>'
    foot = '<footer class="wp-block-template-part"><div class="wp-block-group"><h2 class="wp-block-heading has-medium-font-size">О нас</h2><nav class="wp-block-navigation"><ul><li><a href="/team/">Команда</a></li><li><a href="/history/">История создания ведомства</a></li></ul></nav><p>Работает на <a href="https://wordpress.example" rel="nofollow">WordPress</a></p></div></footer></div>'

    def path(pub: Pub) -> str:
        return f"/{pub.day:%Y/%m/%d}/zapis-{pub.number}/"

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<li class="wp-block-post post-{p.number} post type-post status-publish format-standard hentry category-novosti tag-svyaz"><div class="wp-block-group alignfull"><figure class="wp-block-post-featured-image"><a href="{path(p)}" target="_self"><img width="1024" src="/wp-content/{p.number}.jpg" alt="{p.title}" /></a></figure><h2 class="wp-block-post-title has-x-large-font-size"><a href="{path(p)}" target="_self">{p.title}</a></h2><div class="wp-block-template-part"><div class="wp-block-group is-layout-flex"><div class="wp-block-post-date"><time datetime="{p.at.isoformat()}"><a href="{path(p)}">{p.in_words}</a></time></div><p class="has-contrast-2-color">—</p><div class="wp-block-post-author-name"><a href="/author/press/" target="_self" class="wp-block-post-author-name__link">пресс-служба</a></div><div class="taxonomy-category wp-block-post-terms"><span class="wp-block-post-terms__prefix">в </span><a href="/category/novosti/" rel="tag">Новости ведомства и отрасли</a></div></div></div><div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">{p.teaser} […] </p></div></div></li>'
            for p in part
        )
        newer = (
            f'<a href="{"/" if n == 1 else f"/page/{n}/"}" class="wp-block-query-pagination-previous"><span class="wp-block-query-pagination-previous-arrow is-arrow-arrow" aria-hidden="true">←</span>Предыдущая страница</a>'
            if n
            else ""
        )
        older = (
            f'<a href="/page/{n + 2}/" class="wp-block-query-pagination-next">Следующая страница<span class="wp-block-query-pagination-next-arrow is-arrow-arrow" aria-hidden="true">→</span></a>'
            if n < 2
            else ""
        )
        pager = f'<nav class="alignwide wp-block-query-pagination" aria-label="Постраничная навигация">{newer}<div class="wp-block-query-pagination-numbers"><span aria-current="page" class="page-numbers current">{n + 1}</span><a class="page-numbers" href="/page/3/">3</a></div>{older}</nav>'
        return html(
            f"<title>Ведомство связи</title>{named}{api}",
            f'{header}<main class="wp-block-group alignfull" id="wp--skip-link--target"><h1 class="wp-block-heading">Публикации</h1><div class="wp-block-query alignwide"><ul class="columns-3 wp-block-post-template">{rows}</ul>{pager}</div></main>{foot}',
            body_class="home blog wp-embed-responsive",
        )

    def article(p: Pub) -> str:
        head = f'<title>{p.title} &#8211; Ведомство связи</title>{named}<link rel="alternate" type="application/rss+xml" title="Ведомство &raquo; {p.title} Лента комментариев" href="{path(p)}feed/" />{api}<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/{p.number}" /><link rel="canonical" href="{path(p)}" /><link rel="shortlink" href="/?p={p.number}" />'
        others = "".join(
            f'<li class="wp-block-post post type-post"><h3 class="wp-block-post-title"><a href="{path(o)}">{o.title}</a></h3></li>'
            for o in shown[5:8]
            if o != p
        )
        body = f'{header}<main class="wp-block-group"><div class="wp-block-group"><h1 class="wp-block-post-title has-x-large-font-size">{p.title}</h1><div class="wp-block-template-part"><div class="wp-block-group is-layout-flex"><div class="wp-block-post-date"><time datetime="{p.at.isoformat()}">{p.in_words}</time></div><p class="has-contrast-2-color">—</p><div class="wp-block-post-author-name">пресс-служба</div></div></div></div><div class="entry-content wp-block-post-content is-layout-constrained">{p.body}<div class="sharedaddy sd-sharing-enabled"><div class="robots-nocontent sd-block sd-social"><h3 class="sd-title">Поделиться ссылкой:</h3><div class="sd-content"><ul><li class="share-twitter"><a href="{path(p)}?share=twitter"><span>Нажмите, чтобы поделиться на Твиттере (Открывается в новом окне)</span></a></li></ul></div></div></div><div class="sharedaddy sd-block sd-like jetpack-likes-widget-wrapper"><h3 class="sd-title">Понравилось это:</h3><span class="button"><span>Нравится</span></span> <span class="loading">Загрузка...</span></div><div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>Похожее</em></h3></div></div><div class="wp-block-template-part"><nav class="wp-block-group"><div class="post-navigation-link-previous wp-block-post-navigation-link"><span class="wp-block-post-navigation-link__label">Назад: </span> <a href="{path(shown[3])}" rel="prev">{shown[3].title}</a></div></nav></div><div class="wp-block-group"><div class="wp-block-comments"><h2 class="wp-block-comments-title">2 ответа на «{p.title}»</h2><ol class="wp-block-comment-template"><li class="comment even thread-even depth-1"><div class="wp-block-comment-author-name">Читатель</div><div class="wp-block-comment-date"><time datetime="2026-11-19T08:00:00+00:00"><a href="{path(p)}#comment-1">19 ноября 2026</a></time></div><div class="wp-block-comment-content"><p>Очень жду, когда это дойдёт и до нашей улицы, спасибо за новость!</p></div></li></ol><div id="respond" class="comment-respond wp-block-post-comments-form"><h3 id="reply-title">Добавить комментарий</h3><form><p class="comment-notes"><span>Ваш адрес email не будет опубликован.</span> <span>Обязательные поля помечены *</span></p></form></div></div></div><ul class="wp-block-post-template">{others}</ul></main>{foot}'
        return html(head, body, body_class="post-template-default single single-post")

    return whole(
        "WordPress, block theme",
        ("/", "/page/2/", "/page/3/"),
        path,
        listing,
        article,
        way=("feed", "/feed/"),
        more={"/feed/": rss(shown[:10], path), "/comments/feed/": rss([], path), "/category/novosti/": listing(2, shown[:5])},
        shown=shown,
        furniture=(
            "Поделиться ссылкой",
            "Нажмите, чтобы поделиться",
            "Понравилось это",
            "Похожее",
            "дойдёт и до нашей улицы",
            "не будет опубликован",
            "Назад:",
        ),
    )


def wordpress_classic() -> WholeSite:
    """A theme of widgets, with a sticky post first and the newest posts repeated at the side; its feed is turned off."""
    shown = pubs()
    sticky = Pub(3900, "О порядке личного приёма граждан руководством", pubs(1, step=1)[0].day.replace(year=2025), False)

    def path(pub: Pub) -> str:
        return f"/?p={pub.number}"

    def row(p: Pub, more: str = "") -> str:
        return f'<article id="post-{p.number}" class="post-{p.number} post type-post status-publish format-standard has-post-thumbnail{more} hentry category-news"><header class="entry-header">{"<span class=sticky-post>Важное</span>" if more else ""}<h2 class="entry-title"><a href="{path(p)}" rel="bookmark">{p.title}</a></h2></header><a class="post-thumbnail" href="{path(p)}" aria-hidden="true"><img src="/{p.number}.jpg" alt="{p.title}"></a><div class="entry-content"><p>{p.teaser} <a href="{path(p)}#more-{p.number}" class="more-link">Читать далее<span class="screen-reader-text"> «{p.title}»</span></a></p></div><footer class="entry-footer"><span class="posted-on"><span class="screen-reader-text">Опубликовано </span><a href="{path(p)}" rel="bookmark"><time class="entry-date published" datetime="{p.at.isoformat()}">{p.dotted}</time><time class="updated" datetime="2026-11-19T10:00:00+00:00">19.11.2026</time></a></span><span class="byline"><span class="author vcard"><a class="url fn n" href="/author/admin/">admin</a></span></span><span class="cat-links"><a href="/category/news/" rel="category tag">Новости отрасли связи и информатизации</a></span><span class="comments-link"><a href="{path(p)}#respond">Оставить комментарий<span class="screen-reader-text"> к записи {p.title}</span></a></span></footer></article>'

    side = (
        '<aside id="secondary" class="sidebar widget-area"><section id="recent-posts-2" class="widget widget_recent_entries"><h2 class="widget-title">Свежие записи</h2><ul>'
        + "".join(f'<li><a href="{path(p)}">{p.title}</a></li>' for p in shown[:5])
        + '</ul></section><section class="widget widget_archive"><h2 class="widget-title">Архивы</h2><ul><li><a href="/2026/11/">Ноябрь 2026</a></li><li><a href="/2026/10/">Октябрь 2026</a></li></ul></section><section class="widget widget_categories"><ul><li class="cat-item"><a href="/category/news/">Новости отрасли связи и информатизации</a></li><li class="cat-item"><a href="/category/law/">Нормативные правовые документы</a></li></ul></section><section id="meta-2" class="widget widget_meta"><ul><li><a href="/wp-login.php">Войти</a></li></ul></section></aside>'
    )
    header = '<div id="page" class="site"><header id="masthead" class="site-header"><p class="site-title"><a href="/" rel="home">Ведомство связи</a></p><nav id="site-navigation" class="main-navigation"><ul class="primary-menu"><li class="menu-item"><a href="/about/">О ведомстве и его истории</a></li></ul></nav></header><div id="content" class="site-content">'
    foot = '</div><footer id="colophon" class="site-footer"><div class="site-info"><a href="https://wordpress.example/">Сайт работает на WordPress</a></div></footer></div>'

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = (row(sticky, " sticky") if n == 0 else "") + "".join(row(p) for p in part)
        older = f'<div class="nav-previous"><a href="/?paged={n + 2}">Ранние записи</a></div>' if n < 2 else ""
        newer = f'<div class="nav-next"><a href="/?paged={n}">Новые записи</a></div>' if n else ""
        return html(
            "<title>Ведомство связи</title>",
            f'{header}<div id="primary" class="content-area"><main id="main" class="site-main">{rows}<nav class="navigation posts-navigation"><h2 class="screen-reader-text">Навигация по записям</h2><div class="nav-links">{older}{newer}</div></nav></main></div>{side}{foot}',
            body_class="home blog hfeed",
        )

    def article(p: Pub) -> str:
        head = f'<title>{p.title} | Ведомство связи</title><meta property="og:type" content="article"><meta property="og:title" content="{p.title}"><meta property="article:published_time" content="{p.at.isoformat()}"><meta property="article:modified_time" content="2026-11-19T10:00:00+00:00"><link rel="canonical" href="{path(p)}">'
        return html(
            head,
            f'{header}<div id="primary" class="content-area"><main id="main" class="site-main"><article id="post-{p.number}" class="post-{p.number} post type-post hentry"><header class="entry-header"><h1 class="entry-title">{p.title}</h1></header><div class="entry-content">{p.body}<div class="yarpp yarpp-related"><h3>Читайте также:</h3><ol><li><a href="{path(shown[6])}" rel="bookmark">{shown[6].title}</a></li></ol></div></div><footer class="entry-footer"><span class="posted-on">Опубликовано <time class="entry-date published" datetime="{p.at.isoformat()}">{p.dotted}</time></span> Метки: <a href="/tag/svyaz/" rel="tag">связь</a></footer></article><nav class="navigation post-navigation"><div class="nav-links"><div class="nav-previous"><a href="{path(shown[2])}" rel="prev"><span class="meta-nav">Предыдущая запись</span><span class="post-title">{shown[2].title}</span></a></div></div></nav><div id="comments" class="comments-area"><h2 class="comments-title">Один комментарий</h2><ol class="comment-list"><li class="comment"><article class="comment-body"><footer class="comment-meta"><b class="fn">Анна</b> говорит: <time datetime="2026-11-19T11:00:00+00:00">19.11.2026 в 11:00</time></footer><div class="comment-content"><p>А когда подключат наш посёлок за рекой? Ждём уже третий год подряд.</p></div></article></li></ol></div></main></div>{side}{foot}',
            body_class="single single-post",
        )

    return whole(
        "WordPress, classic theme with a sticky post",
        ("/", "/?paged=2", "/?paged=3"),
        path,
        listing,
        article,
        shown=shown,
        more={path(sticky): article(sticky)},
        extra=lambda n: [Row(path(sticky), sticky.title, sticky.day)] if n == 0 else [],
        furniture=("Читайте также", "за рекой", "Метки", "Предыдущая запись", "Свежие записи"),
    )


def wagtail() -> WholeSite:
    """Blog index of a Wagtail demo: cards, wholly links; dates on the pages alone."""
    shown = pubs(english=True)

    def path(pub: Pub) -> str:
        return f"/blog/{pub.title.lower().replace(' ', '-').replace(chr(39), '')}-{pub.number}/"

    header = '<header class="header clearfix"><div class="container"><div class="navigation" data-navigation><a href="/" class="navigation__logo">The Authority</a><nav class="navigation__mobile" aria-label="Main"><ul class="navigation__items nav-pills"><li class="blog active"><a href="/blog/">Blog</a></li><li class="presentation"><a href="/locations/">Regional offices and their locations</a></li><li><a href="/people/">People</a></li></ul></nav></div></div></header>'
    foot = '<footer class="footer"><div class="container"><div class="footer__body"><p>Contact the press desk of the authority by telephone.</p></div><a href="/terms/">Terms and conditions of use</a></div></footer>'

    def listing(n: int, part: Sequence[Pub]) -> str:
        cards = "".join(
            f'<div class="col-md-6"><a class="blog-list-card" href="{path(p)}"><div class="picture-card"><figure class="picture-card__image"><img alt="" src="/media/images/{p.number}.width-300.jpg"></figure><div class="picture-card__contents"><h3 class="picture-card__heading">{p.title}</h3></div></div></a></div>'
            for p in part
        )
        pager = (
            '<nav aria-label="Pagination"><ul class="pagination">'
            + (f'<li><a href="?page={n}">&laquo; Previous</a></li>' if n else "")
            + f"<li>Page {n + 1} of 3</li>"
            + (f'<li><a href="?page={n + 2}">Next &raquo;</a></li>' if n < 2 else "")
            + "</ul></nav>"
        )
        return html(
            "<title>Blog | The Authority</title>",
            f'{header}<nav class="breadcrumb" aria-label="Breadcrumb"><ol><li><a href="/">Home</a></li></ol></nav><main id="main-content"><div class="base-header"><div class="container"><h1 class="index-header__title">Blog</h1><div class="index-header__body-introduction"><p>Stories from the engineers of the authority.</p></div></div></div><div class="container"><ul class="blog-tags"><li><a href="/blog/tags/numbering/" class="blog-tags__pill">numbering</a></li><li><a href="/blog/tags/post/" class="blog-tags__pill">post</a></li><li><a href="/blog/tags/frequencies/">frequencies and how we share them</a></li></ul><div class="blog-list row">{cards}</div>{pager}</div></main>{foot}',
            lang="en",
        )

    def article(p: Pub) -> str:
        return html(
            f"<title>{p.title} | The Authority</title>",
            f'{header}<main id="main-content"><div class="hero"><img src="/media/{p.number}.jpg"><h1 class="hero__title">{p.title}</h1><p>In short: {p.title.lower()}.</p></div><div class="container"><div class="blog__meta"><div class="blog__avatars"><span class="blog__author">Ann Example</span></div><p class="blog__published">{p.day:%d %b %Y}</p></div><div class="row"><div class="col-md-7">{"".join(f"<div class=rich-text>{one}</div>" for one in [p.body])}</div></div><p class="blog__tag-introduction">Find more blog posts with similar tags</p><div class="blog-tags"><a href="/blog/tags/numbering/" class="blog-tags__pill">numbering</a></div></div></main>{foot}',
            lang="en",
        )

    return whole(
        "Wagtail, cards without dates",
        ("/blog/", "/blog/?page=2", "/blog/?page=3"),
        path,
        listing,
        article,
        shown=shown,
        dated=False,
        furniture=("similar tags", "press desk"),
    )


_WIKI_HEAD = '<meta name="generator" content="MediaWiki 1.43.0">'
_WIKI_SIDE = '<div id="mw-navigation"><div id="mw-head"><nav id="p-views" class="mw-portlet vector-menu"><ul class="vector-menu-content-list"><li id="ca-view"><a href="/wiki/Main">Читать</a></li><li id="ca-edit"><a href="/index.php?title=Main&amp;action=edit">Править</a></li><li id="ca-history"><a href="/index.php?title=Main&amp;action=history">История</a></li></ul></nav></div><div id="mw-panel"><nav id="p-navigation" class="mw-portlet"><h3>Навигация</h3><div class="mw-portlet-body"><ul><li><a href="/wiki/Заглавная_страница">Заглавная страница</a></li><li><a href="/wiki/Служебная:Свежие_правки">Свежие правки этого справочника</a></li><li><a href="/wiki/Служебная:Случайная">Случайная страница</a></li></ul></div></nav></div></div>'
_WIKI_FOOT = '<footer id="footer" class="mw-footer"><ul id="footer-info"><li id="footer-info-lastmod">Эта страница в последний раз была отредактирована 19 ноября 2026 в 10:02.</li></ul><ul id="footer-places"><li><a href="/wiki/О_справочнике">О справочнике по связи</a></li></ul></footer>'


def _wiki(title: str, content: str, categories: str = "") -> str:
    return html(
        f"<title>{title} — Справочник связи</title>{_WIKI_HEAD}",
        f'<div id="content" class="mw-body" role="main"><h1 id="firstHeading" class="firstHeading mw-first-heading"><span class="mw-page-title-main">{title}</span></h1><div id="bodyContent" class="vector-body"><div id="siteSub" class="noprint">Материал из Справочника связи</div><div id="contentSub"></div><a class="mw-jump-link" href="#mw-head">Перейти к навигации</a><div id="mw-content-text" class="mw-body-content"><div class="mw-content-ltr mw-parser-output" lang="ru" dir="ltr">{content}</div><div class="printfooter">Источник — <a dir="ltr" href="/index.php?title=X&amp;oldid=77">/index.php?title=X&amp;oldid=77</a></div></div>{categories}</div></div>{_WIKI_SIDE}{_WIKI_FOOT}',
        body_class="mediawiki ltr sitedir-ltr skin-vector",
    )


def _wiki_path(pub: Pub) -> str:
    return f"/wiki/{pub.title.replace(' ', '_')}"


def _wiki_article(p: Pub) -> str:
    edit = '<span class="mw-editsection"><span class="mw-editsection-bracket">[</span><a href="/index.php?title=X&amp;action=edit&amp;section=1">править</a> | <a href="/index.php?title=X&amp;action=edit">править код</a><span class="mw-editsection-bracket">]</span></span>'
    toc = '<div id="toc" class="toc" role="navigation"><div class="toctitle"><h2>Содержание</h2></div><ul><li class="toclevel-1"><a href="#A"><span class="tocnumber">1</span> <span class="toctext">Порядок действий</span></a></li></ul></div>'
    first, *rest = p.paragraphs
    return _wiki(
        p.title,
        f'<p>{first}</p>{toc}<h2><span class="mw-headline" id="A">Порядок действий</span>{edit}</h2>'
        + "".join(f"<p>{one}</p>" for one in rest),
        '<div id="catlinks" class="catlinks"><div id="mw-normal-catlinks"><a href="/wiki/Служебная:Категории">Категория</a>: <ul><li><a href="/wiki/Категория:Связь">Связь в районах</a></li></ul></div></div>',
    )


_WIKI_FURNITURE = ("править", "Содержание", "Перейти к навигации", "Материал из", "отредактирована", "Источник")


def mediawiki_category() -> WholeSite:
    """A category: titles alone under letters, in columns, older page by words in brackets."""
    shown = sorted(pubs(), key=lambda p: p.title)
    base = "/index.php?title=Категория:Связь"
    where = ("/wiki/Категория:Связь", f"{base}&pagefrom=И", f"{base}&pagefrom=П")

    def listing(n: int, part: Sequence[Pub]) -> str:
        groups = "".join(
            f'<div class="mw-category-group"><h3>{letter}</h3>\n<ul>'
            + "".join(f'<li><a href="{_wiki_path(p)}" title="{p.title}">{p.title}</a></li>\n' for p in held)
            + "</ul></div>"
            for letter, held in groupby(part, key=lambda p: p.title[0])
        )
        turn = (
            (f'<a href="{base}&amp;pageuntil=И#mw-pages" title="Категория:Связь">предыдущая страница</a>' if n else "предыдущая страница")
            + ") ("
            + (
                f'<a href="{where[n + 1].replace("&", "&amp;")}#mw-pages" title="Категория:Связь">следующая страница</a>'
                if n < 2
                else "следующая страница"
            )
        )
        return _wiki(
            "Категория:Связь",
            f'<p>Здесь собраны страницы о связи.</p></div><div class="mw-category-generated" lang="ru" dir="ltr"><div id="mw-pages"><h2>Страницы в категории «Связь»</h2><p>Показано {len(part)} страниц из 15, находящихся в данной категории.</p>({turn})<div lang="ru" dir="ltr" class="mw-content-ltr"><div class="mw-category mw-category-columns">{groups}</div></div>({turn})</div>',
        )

    return whole(
        "MediaWiki, a category",
        where,
        _wiki_path,
        listing,
        _wiki_article,
        shown=shown,
        dated=False,
        tells_day=False,
        furniture=_WIKI_FURNITURE,
    )


def mediawiki_all_pages() -> WholeSite:
    shown = sorted(pubs(), key=lambda p: p.title)
    where = (
        "/wiki/Служебная:Все_страницы",
        "/index.php?title=Служебная:Все_страницы&from=И",
        "/index.php?title=Служебная:Все_страницы&from=П",
    )

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(f'<li><a href="{_wiki_path(p)}" title="{p.title}">{p.title}</a></li>\n' for p in part)
        turn = (
            f'<a href="{where[n - 1].replace("&", "&amp;")}" title="Служебная:Все страницы">Предыдущая страница ({shown[0].title})</a> | '
            if n
            else ""
        ) + (
            f'<a href="{where[n + 1].replace("&", "&amp;")}" title="Служебная:Все страницы">Следующая страница ({shown[5 * n + 5].title})</a>'
            if n < 2
            else ""
        )
        nav = f'<div class="mw-allpages-nav">{turn}</div>'
        return _wiki(
            "Все страницы",
            f'<form><fieldset><legend>Все страницы</legend></fieldset></form>{nav}<div class="mw-allpages-body"><ul class="mw-allpages-chunk">{rows}</ul></div>{nav}',
        )

    return whole(
        "MediaWiki, all pages",
        where,
        _wiki_path,
        listing,
        _wiki_article,
        shown=shown,
        dated=False,
        tells_day=False,
        furniture=_WIKI_FURNITURE,
    )


def mediawiki_front() -> WholeSite:
    """The front page's block of news, with links inside sentences beside bold ones to the publications."""
    shown = pubs(6)

    def listing(_: int, part: Sequence[Pub]) -> str:
        rows = "".join(f'<li>{p.in_words[:-5]} — <b><a href="{_wiki_path(p)}" title="{p.title}">{p.title}</a></b>.</li>' for p in part)
        return _wiki(
            "Заглавная страница",
            f'<div id="main-top"><p>Добро пожаловать в <a href="/wiki/О_справочнике" title="О справочнике">справочник</a>, который пишут все.</p></div><div id="main-news" class="main-block"><h2><span class="mw-headline">Новости</span></h2><ul>{rows}</ul></div>',
        )

    return whole(
        "MediaWiki, news on the front page",
        ("/wiki/Заглавная_страница",),
        _wiki_path,
        listing,
        _wiki_article,
        shown=shown,
        tells_day=False,
        furniture=_WIKI_FURNITURE,
    )


def dokuwiki_blog() -> WholeSite:
    """The blog plugin's list: whole beginnings of pages under headings, without a class for the row; a pager by `?first=`."""
    shown = pubs()

    def path(pub: Pub) -> str:
        return f"/doku.php?id=blog:zapis_{pub.number}"

    top = '<div id="dokuwiki__site"><div id="dokuwiki__top" class="site dokuwiki mode_show tpl_dokuwiki"><div id="dokuwiki__header"><div class="headings group"><h1 class="logo"><a href="/doku.php?id=start" accesskey="h"><span>Справочник</span></a></h1></div><div class="tools group"><div id="dokuwiki__sitetools"><ul><li class="action recent"><a href="/doku.php?id=blog&amp;do=recent">Недавние изменения</a></li><li class="action media"><a href="/doku.php?id=blog&amp;do=media">Управление медиафайлами</a></li><li class="action index"><a href="/doku.php?id=blog&amp;do=index">Все страницы</a></li></ul></div></div><div class="breadcrumbs"><div class="trace"><span class="bchead">Вы посетили:</span> <bdi><a href="/doku.php?id=blog" class="breadcrumbs">blog</a></bdi></div></div></div><div class="wrapper group"><div id="dokuwiki__aside"><div class="pad aside include group"><div class="content"><ul><li class="level1"><div class="li"><a href="/doku.php?id=start" class="wikilink1">Начало справочника для всех</a></div></li><li class="level1"><div class="li"><a href="/doku.php?id=pravila" class="wikilink1">Правила написания страниц</a></div></li></ul></div></div></div><div id="dokuwiki__content"><div class="pad group"><div class="pageId"><span>blog</span></div><div class="page group">'
    end = '</div><div class="docInfo"><bdi>blog.txt</bdi> · Последнее изменение: 2026/11/19 10:11 — editor</div></div></div></div><div id="dokuwiki__pagetools"><div class="tools"><ul><li class="edit"><a href="/doku.php?id=blog&amp;do=edit"><span>Показать исходный текст</span></a></li></ul></div></div></div><div id="dokuwiki__footer"><div class="license">Если не указано иное, содержимое этой вики предоставляется на условиях лицензии</div></div></div>'

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<div class="include_content blog_entry plugin_include_content" id="plugin_include__{p.number}"><div class="level1"><h1 id="t{p.number}"><a href="{path(p)}" class="wikilink1" title="blog:zapis_{p.number}">{p.title}</a></h1><div class="level1"><p>{p.teaser} {p.paragraphs[2]}</p><p class="include_readmore"><a href="{path(p)}" class="wikilink1">Читать дальше...</a></p></div></div><div class="inclmeta level1"><a href="{path(p)}" class="permalink wikilink1">{p.day:%Y/%m/%d} 09:30</a> · <span class="author">editor</span> · <a class="wikilink1" href="{path(p)}#discussion__section">0 Комментарии</a></div></div>'
            for p in part
        )
        pager = (
            '<div class="clearer"></div><p class="medialeft">'
            + (f'<a href="/doku.php?id=blog&amp;first={5 * n + 5}" class="wikilink1">&larr; Старые записи</a>' if n < 2 else "")
            + '</p><p class="mediaright">'
            + (f'<a href="/doku.php?id=blog&amp;first={5 * n - 5}" class="wikilink1">Новые записи &rarr;</a>' if n else "")
            + "</p>"
        )
        return html(
            '<title>blog [Справочник]</title><meta name="generator" content="DokuWiki"/>',
            f'{top}<h1 class="sectionedit1" id="blog">Записи</h1>{rows}{pager}{end}',
        )

    def article(p: Pub) -> str:
        toc = '<div id="dw__toc" class="dw__toc"><h3 class="toggle">Содержание</h3><div><ul class="toc"><li class="level1"><div class="li"><a href="#a">Подробности</a></div></li></ul></div></div>'
        first, *rest = p.paragraphs
        return html(
            f'<title>blog:zapis_{p.number} [Справочник]</title><meta name="generator" content="DokuWiki"/><meta name="date" content="{p.at.isoformat()}"/>',
            f'{top}{toc}<h1 class="sectionedit1" id="z">{p.title}</h1><div class="level1"><p>{first}</p></div><div class="secedit editbutton_section"><form class="button btn_secedit"><div class="no"><button type="submit">Правка</button></div></form></div><h2 class="sectionedit2" id="a">Подробности</h2><div class="level2">{"".join(f"<p>{one}</p>" for one in rest)}</div>{end}',
        )

    return whole(
        "DokuWiki, the blog plugin",
        ("/doku.php?id=blog", "/doku.php?id=blog&first=5", "/doku.php?id=blog&first=10"),
        path,
        listing,
        article,
        shown=shown,
        furniture=("Недавние изменения", "Последнее изменение", "исходный текст", "Содержание", "лицензии"),
    )


def dokuwiki_index() -> WholeSite:
    """A page with an index of a namespace, as plugins and editors make it: a list in lists."""
    shown = pubs(10)

    def path(pub: Pub) -> str:
        return f"/prikazy/nomer_{pub.number}"

    def listing(_: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<li class="level1"><div class="li"><a href="{path(p)}" class="wikilink1" title="prikazy:nomer_{p.number}" data-wiki-id="prikazy:nomer_{p.number}">{p.title}</a></div></li>'
            for p in part
        )
        return html(
            '<title>prikazy:start [Справочник]</title><meta name="generator" content="DokuWiki"/>',
            f'<div id="dokuwiki__header"><ul><li><a href="/start">Начало</a></li></ul></div><div id="dokuwiki__content"><div class="pad group"><div class="page group"><h1 class="sectionedit1">Приказы</h1><div class="level1"><p>Все приказы по порядку.</p><ul>{rows}</ul></div></div></div></div>',
        )

    def article(p: Pub) -> str:
        return html(
            f'<title>{p.title} [Справочник]</title><meta name="generator" content="DokuWiki"/>',
            f'<div id="dokuwiki__header"><ul><li><a href="/start">Начало</a></li></ul></div><div id="dokuwiki__content"><div class="pad group"><div class="page group"><h1 class="sectionedit1">{p.title}</h1><div class="level1"><p>От {p.in_words} г.</p>{p.body}</div></div><div class="docInfo">prikazy/nomer.txt · Последнее изменение: 2026/11/19 10:11</div></div></div>',
        )

    return whole(
        "DokuWiki, an index of a namespace",
        ("/prikazy/start",),
        path,
        listing,
        article,
        shown=shown,
        dated=False,
        furniture=("Последнее изменение",),
    )


def hugo_list() -> WholeSite:
    """PaperMod: the whole card is covered by an empty link behind its text."""
    shown = pubs(english=True)

    def path(pub: Pub) -> str:
        return f"/posts/notice-{pub.number}/"

    head = '<meta name="generator" content="Hugo 0.140.0"><link rel="alternate" type="application/rss+xml" href="/posts/index.xml" title="rss">'
    header = '<header class="header"><nav class="nav"><div class="logo"><a href="/" accesskey="h" title="Notes">Notes</a><button id="theme-toggle">theme</button></div><ul id="menu"><li><a href="/archives/" title="Archive"><span>Archive</span></a></li><li><a href="/search/"><span>Search through everything here</span></a></li></ul></nav></header>'
    foot = '<footer class="footer"><span>&copy; 2026 <a href="/">Notes</a></span> <span>Powered by <a href="https://hugo.example">Hugo</a></span></footer>'

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<article class="post-entry"><header class="entry-header"><h2 class="entry-hint-parent">{p.title}</h2></header><div class="entry-content"><p>{p.teaser} ...</p></div><footer class="entry-footer"><span title=\'{p.at}\'>{p.in_words}</span>&nbsp;·&nbsp;2 min&nbsp;·&nbsp;Ann Example</footer><a class="entry-link" aria-label="post link to {p.title}" href="{path(p)}"></a></article>'
            for p in part
        )
        pager = (
            '<footer class="page-footer"><nav class="pagination">'
            + (f'<a class="prev" href="{"/posts/" if n == 1 else f"/posts/page/{n}/"}">«&nbsp;Prev&nbsp;{n}/3</a>' if n else "")
            + (f'<a class="next" href="/posts/page/{n + 2}/">Next&nbsp;{n + 2}/3&nbsp;»</a>' if n < 2 else "")
            + "</nav></footer>"
        )
        return html(
            f"<title>Posts | Notes</title>{head}",
            f'{header}<main class="main"><header class="page-header"><div class="breadcrumbs"><a href="/">Home</a></div><h1>Posts</h1></header>{rows}{pager}</main>{foot}',
            lang="en",
            body_class="list",
        )

    def article(p: Pub) -> str:
        return html(
            f'<title>{p.title} | Notes</title><meta name="generator" content="Hugo 0.140.0"><meta property="article:published_time" content="{p.at.isoformat()}">',
            f'{header}<main class="main"><article class="post-single"><header class="post-header"><div class="breadcrumbs"><a href="/">Home</a>&nbsp;»&nbsp;<a href="/posts/">Posts</a></div><h1 class="post-title entry-hint-parent">{p.title}</h1><div class="post-meta"><span title="{p.at}">{p.in_words}</span>&nbsp;·&nbsp;2 min&nbsp;·&nbsp;Ann Example</div></header><div class="toc"><details><summary accesskey="c"><span class="details">Table of Contents</span></summary></details></div><div class="post-content">{p.body}</div><footer class="post-footer"><ul class="post-tags"><li><a href="/tags/net/">net</a></li></ul><nav class="paginav"><a class="prev" href="{path(shown[1])}"><span class="title">« Prev</span><br><span>{shown[1].title}</span></a></nav><ul class="share-buttons"><li><a href="https://share.example">Share it on the bird site</a></li></ul></footer></article></main>{foot}',
            lang="en",
        )

    return whole(
        "Hugo, PaperMod",
        ("/posts/", "/posts/page/2/", "/posts/page/3/"),
        path,
        listing,
        article,
        shown=shown,
        way=("feed", "/posts/index.xml"),
        more={"/posts/index.xml": rss(shown, path)},
        furniture=("Table of Contents", "« Prev", "bird site", "Powered by"),
    )


def hugo_archive() -> WholeSite:
    """An archive by years: `Month day` beside the title, the year above."""
    shown = pubs(step=40, english=True)

    def path(pub: Pub) -> str:
        return f"/post/{pub.number}-note/"

    def listing(_: int, part: Sequence[Pub]) -> str:
        years = "".join(
            f"<h2>{year}</h2><ul>"
            + "".join(f'<li><span class="date">{p.day:%b %d}</span> <a href="{path(p)}">{p.title}</a></li>' for p in held)
            + "</ul>"
            for year, held in groupby(part, key=lambda p: p.day.year)
        )
        return html(
            "<title>Archive</title>",
            f'<nav><ul class="menu"><li><a href="/post/">Posts</a></li><li><a href="/about/">About the people who write here</a></li></ul></nav><main><h1>Archive</h1>{years}</main><footer>2026</footer>',
            lang="en",
        )

    def article(p: Pub) -> str:
        return html(
            f"<title>{p.title} - Notes</title>",
            f'<nav><ul><li><a href="/post/">Posts</a></li></ul></nav><div class="article-meta"><h1><span class="title">{p.title}</span></h1><h2 class="author">Ann Example</h2><h2 class="date">{p.day:%Y/%m/%d}</h2></div><main>{p.body}</main><footer><hr/>© 2026 Ann Example</footer>',
            lang="en",
        )

    return whole("Hugo, an archive by years", ("/post/",), path, listing, article, shown=shown, furniture=("© 2026",))


def jekyll() -> WholeSite:
    """Minima: a date, then a heading with the link, in a list; paginate by /page2/."""
    shown = pubs(english=True)

    def path(pub: Pub) -> str:
        return f"/{pub.day:%Y/%m/%d}/notice-{pub.number}.html"

    head = '<meta name="generator" content="Jekyll v4.3.3" /><link type="application/atom+xml" rel="alternate" href="/feed.xml" title="Notes" />'
    header = '<header class="site-header"><div class="wrapper"><a class="site-title" rel="author" href="/">Notes</a><nav class="site-nav"><div class="trigger"><a class="page-link" href="/about/">About</a><a class="page-link" href="/imprint/">Imprint and privacy notice</a></div></nav></div></header>'
    foot = '<footer class="site-footer h-card"><div class="wrapper"><p>Notes on networks by those who build them.</p><ul class="social-media-list"><li><a href="https://social.example/x">x</a></li></ul></div></footer>'

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<li><span class="post-meta">{p.day:%b} {p.day.day}, {p.day.year}</span><h3><a class="post-link" href="{path(p)}">\n            {p.title}\n          </a></h3></li>'
            for p in part
        )
        newer = (
            f'<li><a class="previous-page" href="{"/" if n == 1 else f"/page{n}/"}">{n}</a></li>'
            if n
            else '<li><div class="pager-edge">•</div></li>'
        )
        older = f'<li><a class="next-page" href="/page{n + 2}/">{n + 2}</a></li>' if n < 2 else '<li><div class="pager-edge">•</div></li>'
        return html(
            f"<title>Notes</title>{head}",
            f'{header}<main class="page-content" aria-label="Content"><div class="wrapper"><div class="home"><h2 class="post-list-heading">Posts</h2><ul class="post-list">{rows}</ul><div class="pager"><ul class="pagination">{newer}<li><div class="current-page">{n + 1}</div></li>{older}</ul></div></div></div></main>{foot}',
            lang="en",
        )

    def article(p: Pub) -> str:
        return html(
            f'<title>{p.title} | Notes</title><meta name="generator" content="Jekyll v4.3.3" /><link rel="canonical" href="{path(p)}" />',
            f'{header}<main class="page-content"><div class="wrapper"><article class="post h-entry" itemscope itemtype="http://schema.org/BlogPosting"><header class="post-header"><h1 class="post-title p-name" itemprop="name headline">{p.title}</h1><p class="post-meta"><time class="dt-published" datetime="{p.at.isoformat()}" itemprop="datePublished">{p.in_words}</time></p></header><div class="post-content e-content" itemprop="articleBody">{p.body}</div><a class="u-url" href="{path(p)}" hidden></a></article></div></main>{foot}',
            lang="en",
        )

    return whole(
        "Jekyll, Minima",
        ("/", "/page2/", "/page3/"),
        path,
        listing,
        article,
        shown=shown,
        way=("feed", "/feed.xml"),
        more={"/feed.xml": atom(shown[:10], path)},
        furniture=("those who build them",),
    )


def pelican() -> WholeSite:
    """The simple theme: no classes, an address block for the author, `index2.html`."""
    shown = pubs(english=True)

    def path(pub: Pub) -> str:
        return f"/notice-{pub.number}.html"

    header = '<header id="banner" class="body"><h1><a href="/">Notes of engineers <strong></strong></a></h1><nav><ul><li class="active"><a href="/category/net.html">net</a></li><li><a href="/category/post.html">post and parcels of all kinds</a></li></ul></nav></header>'
    extras = '<section id="extras" class="body"><div class="blogroll"><h2>links</h2><ul><li><a href="https://pelican.example/">Pelican</a></li><li><a href="https://palletsprojects.example/">Template engine for everyone</a></li></ul></div></section><footer id="contentinfo" class="body"><p>Proudly powered by <a href="https://pelican.example/">Pelican</a></p></footer>'

    def meta(p: Pub) -> str:
        return f'<footer class="post-info"><abbr class="published" title="{p.at.isoformat()}">Published: {p.day:%a %d %B %Y}</abbr><address class="vcard author">By <a class="url fn" href="/author/ann.html">Ann Example</a></address><p>In <a href="/category/net.html">net</a>.</p></footer>'

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<li><article class="hentry"><header><h1><a href="{path(p)}" rel="bookmark" title="Permalink to {p.title}">{p.title}</a></h1></header><div class="entry-content">{meta(p)}<p>{p.teaser}</p><a class="readmore" href="{path(p)}">read more</a></div></article></li>'
            for p in part
        )
        pager = (
            '<p class="paginator">'
            + (f'<a href="/{"index" if n == 1 else f"index{n}"}.html">&laquo;</a>' if n else "")
            + f" Page {n + 1} / 3 "
            + (f'<a href="/index{n + 2}.html">&raquo;</a>' if n < 2 else "")
            + "</p>"
        )
        return html(
            '<title>Notes</title><meta name="generator" content="Pelican" />',
            f'{header}<section id="content" class="body"><h1>Other articles</h1><ol id="posts-list" class="hfeed">{rows}</ol>{pager}</section>{extras}',
            lang="en",
            body_class="home",
        )

    def article(p: Pub) -> str:
        return html(
            f'<title>{p.title}</title><meta name="generator" content="Pelican" />',
            f'{header}<section id="content" class="body"><article><header><h1 class="entry-title"><a href="{path(p)}" rel="bookmark" title="Permalink to {p.title}">{p.title}</a></h1></header><div class="entry-content">{meta(p)}{p.body}</div></article></section>{extras}',
            lang="en",
        )

    return whole(
        "Pelican, a theme without rows' dates in time elements",
        ("/", "/index2.html", "/index3.html"),
        path,
        listing,
        article,
        shown=shown,
        furniture=("Proudly powered",),
    )


def hexo() -> WholeSite:
    """Landscape: the date is the link before the title; /page/2/; the archive is a sidebar."""
    shown = pubs()

    def path(pub: Pub) -> str:
        return f"/{pub.day:%Y/%m/%d}/zametka-{pub.number}/"

    def meta(p: Pub) -> str:
        return f'<div class="article-meta"><a href="{path(p)}" class="article-date"><time class="dt-published" datetime="{p.at.isoformat()}" itemprop="datePublished">{p.day}</time></a><div class="article-category"><a class="article-category-link" href="/categories/Связь/">Связь</a></div></div>'

    header = '<div id="container"><div id="wrap"><header id="header"><div id="header-inner" class="outer"><nav id="main-nav"><a class="main-nav-link" href="/">Начало</a><a class="main-nav-link" href="/archives">Архив</a></nav></div></header><div class="outer">'
    side = (
        '<aside id="sidebar"><div class="widget-wrap"><h3 class="widget-title">Последние записи</h3><div class="widget"><ul>'
        + "".join(f'<li><a href="{path(p)}">{p.title}</a></li>' for p in shown[:5])
        + '</ul></div></div></aside></div><footer id="footer"><div class="outer"><div id="footer-info">&copy; 2026 Иван Примеров</div></div></footer></div></div>'
    )

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<article id="post-zametka-{p.number}" class="h-entry article article-type-post" itemprop="blogPost" itemscope>{meta(p)}<div class="article-inner"><header class="article-header"><h1 itemprop="name"><a class="p-name article-title" href="{path(p)}">{p.title}</a></h1></header><div class="e-content article-entry" itemprop="articleBody"><p>{p.teaser}</p><p class="article-more-link"><a href="{path(p)}#more">Читать дальше</a></p></div><footer class="article-footer"><a data-url="{path(p)}" data-id="x" class="article-share-link">Поделиться</a></footer></div></article>'
            for p in part
        )
        pager = (
            '<nav id="page-nav">'
            + (f'<a class="extend prev" rel="prev" href="{"/" if n == 1 else f"/page/{n}/"}">&laquo; Назад</a>' if n else "")
            + f'<span class="page-number current">{n + 1}</span>'
            + (
                f'<a class="page-number" href="/page/{n + 2}/">{n + 2}</a><a class="extend next" rel="next" href="/page/{n + 2}/">Вперёд &raquo;</a>'
                if n < 2
                else ""
            )
            + "</nav>"
        )
        return html(
            '<title>Заметки</title><meta name="generator" content="Hexo 7.1.1">',
            f'{header}<section id="main">{rows}{pager}</section>{side}',
        )

    def article(p: Pub) -> str:
        return html(
            f'<title>{p.title} | Заметки</title><meta property="og:type" content="article"><meta property="og:title" content="{p.title}"><meta property="og:site_name" content="Заметки"><meta property="article:published_time" content="{p.at.isoformat()}">',
            f'{header}<section id="main"><article class="h-entry article article-type-post">{meta(p)}<div class="article-inner"><header class="article-header"><h1 class="p-name article-title" itemprop="headline name">{p.title}</h1></header><div class="e-content article-entry" itemprop="articleBody">{p.body}</div><footer class="article-footer"><a class="article-share-link">Поделиться</a></footer></div><nav id="article-nav"><a href="{path(shown[1])}" id="article-nav-newer" class="article-nav-link-wrap"><strong class="article-nav-caption">Новее</strong><div class="article-nav-title">{shown[1].title}</div></a></nav></article></section>{side}',
        )

    return whole(
        "Hexo, Landscape",
        ("/", "/page/2/", "/page/3/"),
        path,
        listing,
        article,
        shown=shown,
        furniture=("Поделиться", "Новее", "Последние записи"),
    )


def eleventy() -> WholeSite:
    """The base blog: an ordered list that counts down, dates in time elements; pages under `/blog/1/`."""
    shown = pubs(english=True)

    def path(pub: Pub) -> str:
        return f"/blog/notice-{'abcdefghijklmnop'[(4205 - pub.number) // 7]}/"

    header = '<a href="#skip" class="visually-hidden">Skip to main content</a><header><a href="/" class="home-link">Notes</a><nav><h2 class="visually-hidden">Top level navigation menu</h2><ul class="nav"><li class="nav-item"><a href="/">Home</a></li><li class="nav-item"><a href="/blog/" aria-current="page">Archive</a></li><li class="nav-item"><a href="/about/">About Me</a></li></ul></nav></header>'

    def listing(n: int, part: Sequence[Pub]) -> str:
        rows = "".join(
            f'<li class="postlist-item"><a href="{path(p)}" class="postlist-link">{p.title}</a><time class="postlist-date" datetime="{p.day}">{p.day:%d %B %Y}</time></li>'
            for p in part
        )
        pager = (f'<a href="{"/blog/" if n == 1 else f"/blog/{n - 1}/"}">← Newer</a>' if n else "") + (
            f'<a href="/blog/{n + 1}/">Older →</a>' if n < 2 else ""
        )
        return html(
            "<title>Archive</title>",
            f'{header}<main id="skip"><h1>Archive</h1><ol reversed class="postlist">{rows}</ol><p>{pager}</p></main><footer></footer>',
            lang="en",
        )

    def article(p: Pub) -> str:
        return html(
            f"<title>{p.title}</title>",
            f'{header}<main id="skip"><heading-anchors><h1>{p.title}</h1><ul class="post-metadata"><li><time datetime="{p.day}">{p.day:%d %B %Y}</time></li><li><a href="/tags/net/" class="post-tag">net</a></li></ul>{p.body}<ul class="links-nextprev"><li class="links-nextprev-prev">← Previous<br><a href="{path(shown[2])}">{shown[2].title}</a></li></ul></heading-anchors></main><footer></footer>',
            lang="en",
        )

    return whole(
        "Eleventy, the base blog",
        ("/blog/", "/blog/1/", "/blog/2/"),
        path,
        listing,
        article,
        shown=shown,
        furniture=("← Previous", "Top level navigation"),
    )


SITES = (
    wordpress_block_theme, wordpress_classic, wagtail, mediawiki_category, mediawiki_all_pages, mediawiki_front, dokuwiki_blog, dokuwiki_index,
    hugo_list, hugo_archive, jekyll, pelican, hexo, eleventy,
)  # fmt: skip
