"""From values to the site's pages and feed: pure functions, so that tests can make pages of other texts.

Source of the markup: the stock templates of Drupal 7 and of Drupal 10 with the modules views, views_responsive_grid and printable,
and a stored home page of 2018.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple, Protocol

from collector.demo import drupal7, drupal10
from collector.demo.node import Generation, Node, SiteLook
from collector.demo.pieces import body, file_url
from collector.demo.words import WORDS


class _Frame(Protocol):
    def __call__(self, title: str, look: SiteLook, content: str) -> str: ...


class _Theme(NamedTuple):
    node_page: Callable[[Node, SiteLook], str]
    listing_page: Callable[[Sequence[Node], SiteLook, int, int, str, Sequence[Node]], str]
    frame: _Frame


_THEMES = {
    Generation.DRUPAL7: _Theme(drupal7.node_page, drupal7.listing_page, drupal7.frame),
    Generation.DRUPAL10: _Theme(drupal10.node_page, drupal10.listing_page, drupal10.frame),
}


def node_page(node: Node, look: SiteLook) -> str:
    """The full page of one node."""
    return _THEMES[look.generation].node_page(node, look)


def listing_page(
    nodes: Sequence[Node], look: SiteLook, *, page: int = 0, pages: int = 1, path: str = "", sticky: Sequence[Node] = ()
) -> str:
    """One page of the list of news, with a pager where there is more than one.

    `nodes` are those of this page, `page` counts from 0. `path` is the list's own path (`/ru/news` by default); Drupal 10 does not
    need it, because its pager links are a query alone. `sticky` nodes stand in a block of their own, without dates.
    """
    return _THEMES[look.generation].listing_page(nodes, look, page, pages, path or f"/{look.language}/news", sticky)


def plain_page(title: str, text: str, look: SiteLook) -> str:
    """A page that is no publication: contacts, or what comes with a 404."""
    content = f'<h1 class="page-title">{escape(title)}</h1>\n<div class="content"><p>{escape(text)}</p></div>'
    return _THEMES[look.generation].frame(title, look, content)


def print_page(node: Node, look: SiteLook, *, source_path: str = "") -> str:
    """The print version of the module printable, ending with the address that it believes the page to have.

    That is the visitor's host and, without a language prefix, the alias; where the interface's language has no alias of the node it
    is `/node/N`.
    """
    if not source_path:
        source_path = f"/{node.alias}" if node.alias and node.language == look.language else f"/node/{node.id}"
    ministry = WORDS[look.language].ministry
    image = (
        f'<div class="field field--name-field-image field--type-image field--label-above"><div class="field__label">'
        f'{WORDS[look.language].image}</div><div class="field__item"><img src="{escape(file_url(node.image))}" alt="" /></div></div>'
        if node.image
        else ""
    )
    return f"""<!DOCTYPE html>
<html lang="{look.language}" dir="ltr">
<head>
<meta charset="utf-8" />
<title>{escape(node.title)} | {ministry}</title>
<style>.node_view ul li{{display:none;}}</style>
</head>
<body>
<header><p>{ministry}</p></header>
<article class="node node--type-news node--view-mode-print">
<h2><a href="{escape(look.base_url + "/" + look.language + source_path)}" rel="bookmark">{escape(node.title)}</a></h2>
<div class="node__content">
<div class="clearfix text-formatted field field--name-body field--type-text-with-summary field--label-hidden field__item">{body(node)}</div>
{image}
</div>
</article>
<hr/><strong>Source URL:</strong> <i>{escape(look.base_url + source_path)}</i>
</body>
</html>
"""
