"""Pages as a Drupal 7 site of 2018 made them: RDFa, a grid with two items a row, relative canonical addresses."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from collector.demo.node import Node, SiteLook, address, local_date
from collector.demo.pieces import body, file_url, shown_pages
from collector.demo.words import SWITCHER, WORDS

_NO_PICTURE = "default_images/news_default_img.png"


def frame(title: str, look: SiteLook, content: str, *, head: str = "", after: str = "") -> str:
    """The page around the content: switcher, phones, menu, subscription form, foot."""
    words = WORDS[look.language]
    root = f"/{look.language}"
    return f"""<!DOCTYPE html>
<html lang="{look.language}" dir="ltr" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/terms/" \
xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:sioc="http://rdfs.org/sioc/ns#" xmlns:xsd="http://www.w3.org/2001/XMLSchema#">
<head>
<meta charset="utf-8" />
<meta name="Generator" content="Drupal 7 (http://drupal.org)" />
{head}<link rel="alternate" type="application/rss+xml" title="RSS" href="{escape(look.base_url)}/rss.xml" />
<title>{escape(title)} | {words.ministry}</title>
</head>
<body class="html not-logged-in one-sidebar sidebar-first i18n-{look.language}">
<div id="wrapper">
<div id="header-wrapper"><header id="header" class="clearfix" role="banner">
<div id="logo"><a href="{root}" title="{words.home}"><span><b>{words.ministry}</b></span></a></div>
<div class="region region-search">
<div id="block-block-2" class="block block-block phones"><div class="content">
<span class="phone-descr">{words.phone}</span> <span class="number">+999 (10) 555 01 00</span> <br>
<span class="phone-descr">{words.fax}</span> <span class="number">+999 (10) 555 01 01</span> <br>
</div></div>
<div id="block-locale-language" class="block block-locale locale"><div class="content">{_switcher(look)}</div></div>
</div>
</header>
<nav id="navigation" class="clearfix" role="navigation"><div id="main-menu"><ul class="menu">
<li class="first leaf"><a href="{root}" title="" class="active">{words.home}</a></li>
<li class="leaf"><a href="{root}/news" title="">{words.news}</a></li>
<li class="last leaf"><a href="{root}/contacts">{words.contacts}</a></li>
</ul></div></nav>
</div>
<div id="main-wrapper" class="clearfix"><div id="main" class="clearfix">
<section id="post-content" role="main">
<div class="region region-content">
{content}
</div>
</section>
<aside id="sidebar" role="complementary" class="sidebar clearfix"><div id="block-simplenews-100" class="block block-simplenews">
<form class="simplenews-subscribe" action="{root}" method="post" accept-charset="UTF-8"><div><label for="edit-mail">E-mail</label>
<input type="text" id="edit-mail" name="mail" value="" class="form-text required" /></div></form></div></aside>
</div>
{after}<div id="footer-wrapper"><div id="footer"><div id="copy">© 2016 - 2018 {words.ministry}</div></div></div>
</div>
</div>
</body>
</html>
"""


def _switcher(look: SiteLook) -> str:
    lines = (
        f'<li class="{code}{" active" if code == look.language else ""}">'
        f'<a href="/{code}" class="language-link" xml:lang="{code}">{name}</a></li>'
        for code, name in SWITCHER.items()
    )
    return f'<ul class="language-switcher-locale-url">{"".join(lines)}</ul>'


# --- a node -----------------------------------------------------------------------------------------------------------------------------


def node_page(node: Node, look: SiteLook) -> str:
    # Values without scheme and host: node.module prints them through url() without `absolute`.
    head = f'<link rel="shortlink" href="/{node.language}/node/{node.id}" />\n<link rel="canonical" href="{escape(address(node))}" />\n'
    content = f"""<h1 class="title" id="page-title">{escape(node.title)}</h1>
<div id="block-system-main" class="block block-system"><div class="content">
<div id="node-{node.id}" class="node node-news node-full clearfix" about="{escape(address(node))}" typeof="sioc:Item foaf:Document">
<span property="dc:title" content="{escape(node.title)}" class="rdf-meta element-hidden"></span>
<div class="content clearfix">
{fields(node, look)}
</div>
</div>
</div></div>"""
    return frame(node.title, look, content, head=head)


def fields(node: Node, look: SiteLook) -> str:
    """The node's content alone, labels included: the feed carries the same."""
    moment = f'property="dc:date" datatype="xsd:dateTime" content="{_midnight(node)}"'
    day = f'<span class="date-display-single" {moment}>{local_date(node)}</span>'
    made = [_field("field-news-date", "datetime", day)]
    if node.image:
        made.append(_field("field-news-img", "image", _picture(node.image, "large", look, (480, 320)), WORDS[look.language].image))
    made.append(_field("body", "text-with-summary", body(node), prop=' property="content:encoded"'))
    if node.attachment:
        made.append(_field("field-file", "file", _file(node.attachment, look), WORDS[look.language].file))
    return "\n".join(made)


def _field(name: str, kind: str, value: str, label: str = "", *, prop: str = "") -> str:
    # Drupal 7 writes a colon and a hard space after every label.
    shown = f'<div class="field-label">{label}:&nbsp;</div>' if label else ""
    return (
        f'<div class="field field-name-{name} field-type-{kind} field-label-{"above" if label else "hidden"}">{shown}'
        f'<div class="field-items"><div class="field-item even"{prop}>{value}</div></div></div>'
    )


def _midnight(node: Node) -> str:
    day, month, year = local_date(node).split(".")
    return f"{year}-{month}-{day}T00:00:00+03:00"


def _picture(name: str, style: str, look: SiteLook, size: tuple[int, int]) -> str:
    source = escape(look.base_url + file_url(name, style))
    return f'<img typeof="foaf:Image" src="{source}" width="{size[0]}" height="{size[1]}" alt="" />'


def _file(attachment: tuple[str, int], look: SiteLook) -> str:
    path, size = attachment
    icon = f'<img class="file-icon" alt="" title="application/pdf" src="{escape(look.base_url)}/modules/file/icons/application-pdf.png" />'
    link = f'<a href="{escape(look.base_url + file_url(path))}" type="application/pdf; length={size}">{escape(path.rsplit("/", 1)[-1])}</a>'
    return f'<span class="file">{icon} {link}</span>'


# --- the list ---------------------------------------------------------------------------------------------------------------------------


def listing_page(nodes: Sequence[Node], look: SiteLook, page: int, pages: int, path: str, sticky: Sequence[Node]) -> str:
    words = WORDS[look.language]
    rows = _grid([_column(node, look) for node in nodes], 2)
    content = f"""<div id="block-views-news-block-block" class="block block-views">
<h2 >{words.news}</h2>
<div class="content"><div class="view view-news-block view-id-news_block view-display-id-block view-dom-id-5d1f0c7a">
<div class="view-content">{rows}</div>
{_pager(look, page, pages, path)}
</div></div>
</div>
<div id="block-block-7" class="block block-block"><div class="content"><a href="/{look.language}/news">{words.all_news}</a></div></div>"""
    return frame(words.ministry, look, content, after=_sticky_block(sticky, look))


def _column(node: Node, look: SiteLook) -> str:
    link = escape(address(node))
    picture = _picture(node.image or _NO_PICTURE, "news_thumbnail", look, (300, 200))
    return f"""
<div class="views-field views-field-created">        <span class="field-content">{local_date(node)}</span>  </div>
<div class="views-field views-field-field-news-img">        <div class="field-content"><a href="{link}">{picture}</a></div>  </div>
<div class="views-field views-field-title">        <h4 class="field-content"><a href="{link}">{escape(node.title)}</a></h4>  </div>
<div class="views-field views-field-field-news-teaser">        <div class="field-content">{escape(node.teaser)}</div>  </div>"""


def _sticky_block(nodes: Sequence[Node], look: SiteLook) -> str:
    if not nodes:
        return ""
    columns = [
        f'<div class="views-field views-field-field-news-img"><div class="field-content"><a href="{escape(address(node))}">'
        f"{_picture(node.image or _NO_PICTURE, 'news_thumbnail', look, (300, 200))}</a></div></div>"
        f'<div class="views-field views-field-title"><span class="field-content"><a href="{escape(address(node))}">'
        f"{escape(node.title)}</a></span></div>"
        for node in nodes
    ]
    return (
        '<div id="bottom-first"><div id="block-views-news-sticked-block" class="block block-views sticked"><div class="content">'
        f'<div class="view view-news-sticked view-id-news_sticked"><div class="view-content">{_grid(columns, 3)}</div></div>'
        "</div></div></div>\n"
    )


def _grid(columns: Sequence[str], width: int) -> str:
    """views_responsive_grid: a row holds several items."""
    rows = [columns[start : start + width] for start in range(0, len(columns), width)]
    made = [
        f'<div class="views-row views-row-{number}{_place(number, len(rows), "row")}">'
        + "".join(
            f'<div class="views-column views-column-{column}{_place(column, len(row), "column")}">{inner}</div>\n'
            for column, inner in enumerate(row, 1)
        )
        + "</div>"
        for number, row in enumerate(rows, 1)
    ]
    return f'<div class="views-responsive-grid views-responsive-grid-horizontal views-columns-{width}">{"".join(made)}</div>'


def _place(number: int, of: int, kind: str) -> str:
    return (f" views-{kind}-first" if number == 1 else "") + (f" views-{kind}-last" if number == of else "")


def _pager(look: SiteLook, page: int, pages: int, path: str) -> str:
    if pages < 2:  # noqa: PLR2004 - one page needs no pager
        return ""
    words = WORDS[look.language]
    steps = [
        f'<li class="pager-current">{number + 1}</li>'
        if number == page
        else f'<li class="pager-item"><a title="{number + 1}" href="{_at(path, number)}">{number + 1}</a></li>'
        for number in shown_pages(page, pages)
    ]
    if page + 1 < pages:
        steps.append(f'<li class="pager-next"><a href="{_at(path, page + 1)}">{words.next}</a></li>')
        steps.append(f'<li class="pager-last last"><a href="{_at(path, pages - 1)}">{words.last}</a></li>')
    return f'<h2 class="element-invisible">{words.pages}</h2><div class="item-list"><ul class="pager">{"".join(steps)}</ul></div>'


def _at(path: str, page: int) -> str:
    # The first page is the list's own address.
    return escape(f"{path}?page={page}" if page else path)
