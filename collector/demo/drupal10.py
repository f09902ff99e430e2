"""Pages as Drupal 10 makes them: rows of teasers, `time` elements, absolute canonical addresses, query-only pager links."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from collector.demo.node import MINSK, Node, SiteLook, address, local_date
from collector.demo.pieces import body, file_url, node_url, shown_pages
from collector.demo.words import SWITCHER, WORDS


def frame(title: str, look: SiteLook, content: str, *, head: str = "", after: str = "") -> str:
    """The page around the content: switcher, menu, phones in the foot."""
    words = WORDS[look.language]
    root = f"/{look.language}"
    languages = "".join(
        f'<li hreflang="{code}"{" class=is-active" if code == look.language else ""}><a href="/{code}" class="language-link" '
        f'hreflang="{code}">{name}</a></li>'
        for code, name in SWITCHER.items()
    )
    return f"""<!DOCTYPE html>
<html lang="{look.language}" dir="ltr" prefix="dc: http://purl.org/dc/terms/ schema: http://schema.org/">
<head>
<meta charset="utf-8" />
<meta name="Generator" content="Drupal 10 (https://www.drupal.org)" />
<meta name="viewport" content="width=device-width, initial-scale=1.0" />
{head}<link rel="alternate" type="application/rss+xml" title="RSS" href="{escape(look.base_url)}/rss.xml" />
<title>{escape(title)} | {words.ministry}</title>
</head>
<body>
<a href="#main-content" class="visually-hidden focusable">&darr;</a>
<div class="dialog-off-canvas-main-canvas" data-off-canvas-main-canvas>
<div class="layout-container">
<header role="banner"><div class="site-name"><a href="{root}" rel="home">{words.ministry}</a></div>
<div class="language-switcher-language-url" role="navigation"><ul class="links">{languages}</ul></div></header>
<nav role="navigation" class="block block-menu navigation menu--main"><ul class="menu">
<li class="menu-item"><a href="{root}">{words.home}</a></li>
<li class="menu-item"><a href="{root}/news">{words.news}</a></li>
<li class="menu-item"><a href="{root}/contacts">{words.contacts}</a></li>
</ul></nav>
<main role="main"><a id="main-content" tabindex="-1"></a>
<div class="layout-content"><div class="region region-content">
{content}
</div></div>
</main>
{after}<footer role="contentinfo"><div class="block phones">{words.phone} +999 (10) 555 01 00 {words.fax} +999 (10) 555 01 01</div></footer>
</div>
</div>
</body>
</html>
"""


# --- a node -----------------------------------------------------------------------------------------------------------------------------


def node_page(node: Node, look: SiteLook) -> str:
    content = f"""<h1 class="page-title"><span class="field field--name-title field--type-string field--label-hidden">\
{escape(node.title)}</span></h1>
<article{_history(node, look)} class="node node--type-news node--promoted node--view-mode-full">
<footer class="node__meta"><div class="node__submitted">{WORDS[look.language].published} {_created(node)}</div></footer>
<div class="node__content">
<div class="clearfix text-formatted field field--name-body field--type-text-with-summary field--label-hidden field__item">{body(node)}</div>
{_image(node, look)}{_attachment(node, look)}{_print_links(node)}
</div>
</article>"""
    return frame(node.title, look, content, head=_head(node, look))


def _head(node: Node, look: SiteLook) -> str:
    lines = [
        f'<link rel="canonical" href="{escape(node_url(node, look))}" />',
        f'<link rel="shortlink" href="{escape(look.base_url)}/{node.language}/node/{node.id}" />',
    ]
    for code in (node.language, *node.translations):
        # Translations share the path, but for the prefix.
        path = f"/{code}{address(node).removeprefix(f'/{node.language}')}"
        lines.append(f'<link rel="alternate" hreflang="{code}" href="{escape(look.base_url + path)}" />')
    return "\n".join(lines) + "\n"


def _history(node: Node, look: SiteLook) -> str:
    return f' data-history-node-id="{node.id}"' if look.history_id else ""


def _created(node: Node) -> str:
    moment = node.created.astimezone(MINSK)
    return (
        '<span class="field field--name-created field--type-created field--label-hidden">'
        f'<time datetime="{moment.isoformat(timespec="seconds")}" class="datetime">{local_date(node)} - {moment:%H:%M}</time></span>'
    )


def _image(node: Node, look: SiteLook) -> str:
    if not node.image:
        return ""
    return f"""<div class="field field--name-field-image field--type-image field--label-above">
<div class="field__label">{WORDS[look.language].image}</div>
<div class="field__item"><img loading="lazy" src="{escape(file_url(node.image, "large"))}" width="480" height="320" alt="" \
class="image-style-large" /></div></div>
"""


def _attachment(node: Node, look: SiteLook) -> str:
    if not node.attachment:
        return ""
    path, size = node.attachment
    return f"""<div class="field field--name-field-file field--type-file field--label-above">
<div class="field__label">{WORDS[look.language].file}</div>
<div class="field__items"><div class="field__item"><span class="file file--mime-application-pdf file--application-pdf">\
<a href="{escape(file_url(path))}" type="application/pdf" title="{escape(path.rsplit("/", 1)[-1])}">{escape(path.rsplit("/", 1)[-1])}</a>\
</span><span>({size} bytes)</span></div></div></div>
"""


def _print_links(node: Node) -> str:
    """The module printable's links; the second one ends in `PDF` and is no attachment."""
    base = f"/{node.language}/node/{node.id}/printable"
    links = f'<li><a href="{base}/print">Print</a></li><li><a href="{base}/pdf">PDF</a></li>'
    return f'<strong class="node_view"><ul class="links pre_links">{links}</ul></strong>'


# --- the list ---------------------------------------------------------------------------------------------------------------------------


def listing_page(nodes: Sequence[Node], look: SiteLook, page: int, pages: int, path: str, sticky: Sequence[Node]) -> str:
    del path  # Pager links are a query alone.
    words = WORDS[look.language]
    rows = "\n".join(_teaser(node, look) for node in nodes)
    content = f"""<h1 class="page-title">{words.news}</h1>
<div class="views-element-container"><div class="view view-frontpage view-id-frontpage view-display-id-page_1 js-view-dom-id-7c2a">
<div class="view-content">
{rows}
</div>
{_pager(look, page, pages)}
</div></div>"""
    return frame(words.ministry, look, content, after=_sticky_block(sticky))


def _teaser(node: Node, look: SiteLook) -> str:
    link = escape(address(node))
    teaser = escape(node.teaser)
    return f"""<div class="views-row"><article{_history(node, look)} class="node node--type-news node--promoted node--view-mode-teaser">
<h2><a href="{link}" rel="bookmark"><span class="field field--name-title field--type-string field--label-hidden">\
{escape(node.title)}</span></a></h2>
<footer class="node__meta"><div class="node__submitted">{WORDS[look.language].published} {_created(node)}</div></footer>
<div class="node__content"><div class="clearfix text-formatted field field--name-body field--label-hidden field__item"><p>{teaser}</p></div>
<div class="node__links"><ul class="links inline"><li class="node-readmore"><a href="{link}" rel="tag" title="{escape(node.title)}">\
{WORDS[look.language].more}</a></li></ul></div></div>
</article></div>"""


def _sticky_block(nodes: Sequence[Node]) -> str:
    if not nodes:
        return ""
    links = "".join(
        f'<div class="views-row"><div class="views-field views-field-title"><span class="field-content">'
        f'<a href="{escape(address(node))}" hreflang="{node.language}">{escape(node.title)}</a></span></div></div>'
        for node in nodes
    )
    view = f'<div class="view view-news-sticked"><div class="view-content">{links}</div></div>'
    return f'<div class="views-element-container block sticked">{view}</div>\n'


def _pager(look: SiteLook, page: int, pages: int) -> str:
    if pages < 2:  # noqa: PLR2004 - one page needs no pager
        return ""
    words = WORDS[look.language]
    steps = "".join(
        f'<li class="pager__item{" is-active" if number == page else ""}"><a href="?page={number}" title="{number + 1}">'
        f'<span class="visually-hidden">{words.pages}</span>{number + 1}</a></li>'
        for number in shown_pages(page, pages)
    )
    if page + 1 < pages:
        steps += (
            f'<li class="pager__item pager__item--next"><a href="?page={page + 1}" rel="next">'
            f'<span class="visually-hidden">{words.next}</span><span aria-hidden="true">››</span></a></li>'
            f'<li class="pager__item pager__item--last"><a href="?page={pages - 1}">{words.last}</a></li>'
        )
    return (
        '<nav class="pager" role="navigation" aria-labelledby="pagination-heading"><h4 id="pagination-heading" class="visually-hidden">'
        f'{words.pages}</h4><ul class="pager__items js-pager__items">{steps}</ul></nav>'
    )
