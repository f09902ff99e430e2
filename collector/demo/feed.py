"""`/rss.xml` as both generations write it: the guid is the node's number and the host that was asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from email.utils import format_datetime
from html import escape

from collector.demo import drupal7
from collector.demo.node import MINSK, Generation, Node, SiteLook, local_date
from collector.demo.pieces import PAGE_SIZE, node_url
from collector.demo.words import WORDS


def feed(nodes: Sequence[Node], look: SiteLook) -> str:
    """The ten newest of `nodes`, in all languages."""
    newest = sorted(nodes, key=lambda node: node.created, reverse=True)[:PAGE_SIZE]
    items = "\n".join(_entry(node, look) for node in newest)
    base = escape(look.base_url)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xml:base="{base}" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{WORDS[look.language].ministry}</title>
<link>{base}</link>
<description></description>
<language>{look.language}</language>
{items}
</channel>
</rss>
"""


def _entry(node: Node, look: SiteLook) -> str:
    described = drupal7.fields(node, look) if look.generation is Generation.DRUPAL7 else _spans(node)
    # Both generations write the time of day in UTC.
    published = format_datetime(node.created.astimezone(UTC))
    return f"""<item>
<title>{escape(node.title, quote=False)}</title>
<link>{escape(node_url(node, look))}</link>
<description>{escape(described)}</description>
<pubDate>{published}</pubDate>
<dc:creator>admin</dc:creator>
<guid isPermaLink="false">{node.id} at {escape(look.base_url)}</guid>
</item>"""


def _spans(node: Node) -> str:
    """What Drupal 10 describes an item with: title, author and time, since the body is hidden in the view mode `rss`."""
    moment = node.created.astimezone(MINSK).isoformat(timespec="seconds")
    return (
        f'<span class="field field--name-title field--type-string field--label-hidden">{escape(node.title)}</span>\n'
        '<span class="field field--name-uid field--type-entity-reference field--label-hidden"><span>admin</span></span>\n'
        f'<span class="field field--name-created field--type-created field--label-hidden"><time datetime="{moment}" class="datetime">'
        f"{local_date(node)}</time></span>\n"
    )
