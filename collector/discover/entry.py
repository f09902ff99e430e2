"""One entry of a feed or a JSON list, as a link: to its page, else to its document, else with the whole publication in it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from collector import html
from collector.address import join, link_key, node_key
from collector.extract.clean import drop_noise, sanitise
from collector.extract.language import judge_language
from storage.model import Content, Link

_DRUPAL_GUID = re.compile(r"^(\d{1,18}) at https?://")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[#\w]{2,31};")
_LONGEST_TITLE, _LONGEST_TEXT, _LONGEST_HTML, _LONGEST_GUID = 1_000, 1_000_000, 2_000_000, 200
"""Characters, as of a page's."""
_TITLE_OF_TEXT = 120
"""Characters of a text's first line that stand for a title, where there is none: as much as a headline takes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says. Title and text may be marked up."""

    addresses: tuple[str, ...]
    """That it may be read at, the best first, as they were written."""
    guid: str = ""
    title: str = ""
    text: str = ""
    published: date | None = None
    author: str = ""


def link_of(entry: Entry, base: str) -> Link | None:
    """The way to the publication. One without an address comes whole; None for one that says nothing.

    The text of an entry that has a page is not taken: it may be cut, and Drupal 8 and later begin it with the author and the hour.
    """
    title = plain(entry.title)[:_LONGEST_TITLE]
    number = _DRUPAL_GUID.match(entry.guid)
    aliases = (node_key(number[1]),) if number else ()
    for address in entry.addresses:
        if url := join(base, address):
            return Link(url, link_key(url), title, entry.published, alias_keys=aliases)
    whole = _whole(entry, title, base)
    if whole is None:
        return None
    name = _name_of(entry, whole)
    # a fragment leads people to the list itself; keys drop fragments, and this one is all that tells the entries apart
    return Link(
        f"{base.partition('#')[0]}#{name}", f"{link_key(base)}#{name}", whole.title, entry.published, alias_keys=aliases, whole=whole
    )


def plain(markup: str) -> str:
    """Text in one line."""
    return html.line(html.parse(markup).body) if _MARKUP.search(markup) else " ".join(markup.split())


def _name_of(entry: Entry, whole: Content) -> str:
    """What tells an entry from its list's others for as long as it is there: its own name, else what is not edited as a rule."""
    if entry.guid:
        return quote(entry.guid[:_LONGEST_GUID], safe="")
    # two notices may be called alike; without a day an edited one is told again rather than another one lost
    said = f"{whole.title}\n{entry.published or whole.text}"
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]


def _whole(entry: Entry, title: str, base: str) -> Content | None:
    body = html.parse(entry.text).body if _MARKUP.search(entry.text) else None
    blocks = html.paragraphs(body) if body is not None else [" ".join(part.split()) for part in re.split(r"\n\s*\n", entry.text)]
    blocks = drop_noise([block for block in blocks if block], title)
    if not title and not blocks:
        return None
    text = "\n\n".join(blocks)[:_LONGEST_TEXT] or title
    made = sanitise(entry.text, base) if body is not None else ""
    title = title or _first_words(blocks[0])
    return Content(
        title=title,
        text=text,
        html=made if len(made) <= _LONGEST_HTML else "",
        published=entry.published,
        language=judge_language(f"{title}\n{text}"),
        author=plain(entry.author),
    )


def _first_words(text: str) -> str:
    """The first line, cut at a word."""
    first = text.partition("\n")[0]
    if len(first) <= _TITLE_OF_TEXT:
        return first
    cut = first[:_TITLE_OF_TEXT]
    return f"{cut.rpartition(' ')[0] or cut}…"
