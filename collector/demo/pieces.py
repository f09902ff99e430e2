"""Small pieces of markup that both generations have."""

from __future__ import annotations

import zlib
from html import escape

from collector.demo.node import Node, SiteLook, address

PAGE_SIZE = 10
"""Rows of a list and items of the feed: the default of Drupal's front page."""


def body(node: Node) -> str:
    """The text as the editor's filter leaves it: one `p` a paragraph."""
    return "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in node.paragraphs)


def file_url(name: str, style: str = "") -> str:
    """The path of a file, or of a scaled picture with its token, which changes with style and file."""
    if not style:
        return f"/sites/default/files/{name}"
    token = f"{zlib.crc32(f'{style}/{name}'.encode()):08x}"
    return f"/sites/default/files/styles/{style}/public/{name}?itok={token}"


def node_url(node: Node, look: SiteLook) -> str:
    return look.base_url + address(node)


def shown_pages(page: int, pages: int) -> range:
    """The page numbers that a pager shows: up to nine, around the current one."""
    first = max(0, min(page - 4, pages - 9))
    return range(first, min(pages, first + 9))
