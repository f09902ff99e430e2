"""Addresses that a page gives for itself."""

from __future__ import annotations

import re

from collector import html
from collector.extract.metadata.declared import Declared

_MOST = 50
"""Languages of one page; an encyclopedia's has more, but none of ours."""
_NODE_ID = re.compile(r"^node-(\d+)$")


def claimed_by(declared: Declared) -> tuple[str, ...]:
    """Shortlink, canonical address, number of the Drupal node; the surest first."""
    links = [declared.first(f"link:{relation}") for relation in ("shortlink", "canonical")]
    nodes = [html.attribute(node, "data-history-node-id") for node in declared.nodes if node.tag == "article"]
    nodes += [match[1] for node in declared.nodes if _is_whole(node) and (match := _NODE_ID.match(html.attribute(node, "id")))]
    # a page that shows several nodes whole is a listing, and tells nothing of its own
    numbers = [f"/node/{nodes[0]}"] if len(set(filter(None, nodes))) == 1 and nodes[0].isdecimal() else []
    return (*filter(None, links), *numbers)


def translations_in(declared: Declared) -> tuple[str, ...]:
    """Addresses at which the page says that it stands in a language, its own included."""
    return tuple(filter(None, declared.named.get("link:translation", ())[:_MOST]))


def _is_whole(node: html.Node) -> bool:
    return node.tag == "div" and "node-full" in html.attribute(node, "class").split()
