"""The element that holds a page's text, found by structure alone: where long paragraphs with few links stand together."""

from __future__ import annotations

from collector import html

_LEAST = 25
"""Characters of a paragraph that counts; menus and captions are shorter."""
_ASIDE = "nav, header, footer, aside, form, .menu, .breadcrumb, .pager, .sidebar, .comments, .related"
_MARKED = "[itemprop=articleBody], [property='content:encoded'], article .field--name-body, .entry-content"


def main_block(tree: html.Tree) -> html.Node | None:
    """The element, None where no paragraph is long enough to be text. What stands aside is taken out of the tree."""
    marked = html.select_first(tree, _MARKED)
    if marked is not None and html.paragraphs(marked):
        return marked
    for aside in html.select(tree, _ASIDE):
        if aside.tag not in {"html", "body"}:  # themes give the whole page classes such as `sidebar`
            aside.decompose()
    scores: dict[int, float] = {}
    nodes: dict[int, html.Node] = {}
    for paragraph in html.select(tree, "p, li, blockquote, pre, td"):
        weight = _weight(paragraph)
        parent = paragraph.parent
        for share in (1.0, 0.5):
            if parent is None or not weight:
                break
            nodes[parent.mem_id] = parent
            scores[parent.mem_id] = scores.get(parent.mem_id, 0.0) + share * weight
            parent = parent.parent
    if not scores:
        return None
    return nodes[max(scores, key=lambda mem_id: scores[mem_id])]


def _weight(paragraph: html.Node) -> float:
    length = len(html.line(paragraph))
    linked = sum(len(html.line(anchor)) for anchor in html.select(paragraph, "a"))
    return float(length - 2 * linked) if length >= _LEAST and 2 * linked < length else 0.0
