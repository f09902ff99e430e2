"""Documents that a publication links to: its attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from collector import html
from collector.address import join
from collector.extract.file_name import shown_name
from collector.extract.metadata.declared import ancestors, stands_aside
from storage.model import Attachment

_DOCUMENTS = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
}
_BY_TYPE = {media_type: suffix for suffix, media_type in _DOCUMENTS.items()}
_MOST = 500
"""Attachments that are kept; a page with more is a directory."""
_MOST_ASKED = 5_000
"""Links that are looked at."""
_LONGEST_NAME = 300
"""Characters."""
_PRINT_VIEW = re.compile(r"/(?:printable|printpdf|print)/|[?&](?:print|format)=(?:pdf|print|1)\b", re.IGNORECASE)
_PRINT_WORDS = re.compile(
    r"(?:версия для печати|версія для друку|печать|распечатать|друк|print(?: version)?|pdf|скачать pdf|save as pdf)", re.IGNORECASE
)
_NAMED = re.compile(r"(\.(?:pdf|docx?|odt|rtf))\W*(?:$|[(\[,]|\d)", re.IGNORECASE)
_DOWNLOADS = re.compile(r"download|/files?/|attachment|getfile|file=|/upload", re.IGNORECASE)
_MAY_LEAD = (".pdf", ".doc", ".odt", ".rtf", "download", "/file", "attachment", "getfile")
"""One of them is in the address of every document that is looked for without a rule."""
_SAYS_SUFFIX = re.compile(r"(?:\.|%2e)(?:pdf|doc|odt|rtf)", re.IGNORECASE)
_CONTENT = frozenset({"article", "main"})
_FIELD = re.compile(r"(?:^|\s)(?:field-{1,2}type-file|file|attachments?|documents?)(?=\s|$)", re.IGNORECASE)
"""Where documents stand beside the text: fields for files, and what the page marks as its own content."""


@dataclass(frozen=True, slots=True)
class Anchor:
    href: str
    text: str
    media_type: str = ""


def anchors_of(tree: html.Tree, selector: str) -> list[Anchor]:
    """The links by a site's rule, else those of the fields for files and of the content; none of a sidebar. Before the tree is changed."""
    found: list[Anchor] = []
    for node in (html.select(tree, selector) if selector else _likely(tree))[:_MOST_ASKED]:
        anchor = Anchor(html.attribute(node, "href"), html.line(node), _type_of(node))
        if selector or (_may_be_document(anchor) and _is_content(node) and not stands_aside(node)):
            found.append(anchor)
            if len(found) >= _MOST:
                break
    return found


def _likely(tree: html.Tree) -> list[html.Node]:
    """The links whose address or type is a document's: one search in all addresses, as a selector for each part took 0.2 ms."""
    nodes = html.select(tree, "a[href]")
    said = [node.attributes for node in nodes]
    hrefs = [(attributes["href"] or "").lower() for attributes in said]
    together = "\n".join(hrefs)
    found = {index for index, attributes in enumerate(said) if "type" in attributes}
    for part in _MAY_LEAD:
        if part in together:
            found.update([index for index, href in enumerate(hrefs) if part in href])
    return [nodes[index] for index in sorted(found)]


def _may_be_document(anchor: Anchor) -> bool:
    return bool(anchor.media_type or _SAYS_SUFFIX.search(anchor.href) or _SAYS_SUFFIX.search(anchor.text))


def typed_anchors(tree: html.Tree) -> dict[str, str]:
    """What links say of the kind of file that they lead to, by their addresses as written."""
    return {html.attribute(node, "href"): _type_of(node) for node in html.select(tree, "a[type][href]")[:_MOST]}


def _type_of(node: html.Node) -> str:
    return html.attribute(node, "type").split(";")[0].strip().lower()


def _is_content(node: html.Node) -> bool:
    return any(
        parent.tag in _CONTENT or html.attribute(parent, "role") == "main" or _FIELD.search(html.attribute(parent, "class"))
        for parent in ancestors(node)
    )


def attachments_of(anchors: Iterable[Anchor], base: str) -> tuple[Attachment, ...]:
    """The documents among links, each once, in their order, with absolute addresses. A print view of the page is none."""
    found: dict[str, Attachment] = {}
    for url, anchor, suffix in _documents(anchors, base):
        name = anchor.text or unquote(PurePosixPath(urlsplit(url).path).name)
        found.setdefault(url, Attachment(url, shown_name(name), _DOCUMENTS[suffix]))
        if len(found) >= _MOST:
            break
    return tuple(found.values())


def _documents(anchors: Iterable[Anchor], base: str) -> Iterator[tuple[str, Anchor, str]]:
    for anchor in anchors:
        if not _may_be_document(anchor):
            continue
        url = join(base, anchor.href)
        suffix = _suffix(url, anchor) if url else ""
        if url and suffix and not _PRINT_VIEW.search(url):
            yield url, anchor, suffix


def _suffix(url: str, anchor: Anchor) -> str:
    """The kind of document that a link leads to, by its address, its declared type or the file's name; empty for none."""
    path = PurePosixPath(urlsplit(url).path).suffix.lower()
    if path in _DOCUMENTS:
        return path
    if anchor.media_type in _BY_TYPE and not _PRINT_WORDS.fullmatch(anchor.text.strip()):
        return _BY_TYPE[anchor.media_type]
    if _DOWNLOADS.search(url) and (named := _NAMED.search(anchor.text[-_LONGEST_NAME:])):
        return named[1].lower()
    query = PurePosixPath(unquote(urlsplit(url).query).partition("&")[0]).suffix.lower()
    return query if query in _DOCUMENTS else ""
