"""What stands in a page's text and is none of it: labels of fields, print links, share bars, a title said twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

import nh3

from collector.address import join
from storage.fold import folded_words

# Exact blocks alone: «Изображение» as a word of a sentence is text.
_NOISE = re.compile(
    r"(?:изображение|малюнак|выява|image|фото|видео|pdf|print|печать|распечатать|версия для печати|версія для друку"
    r"|поделиться|падзяліцца|share|подробнее|падрабязней|read more|опубликовано|тел\.:.{0,80}факс:.{0,40})\s*:?",
    re.IGNORECASE,
)
_SOURCE_URL = re.compile(r"^[*_\s]{0,9}source url\b.{0,2100}$", re.IGNORECASE | re.DOTALL)
_RULE = re.compile(r"(?:[-–—_*=·•]\s*){2,80}")
"""A line drawn with characters."""
_TAGS = frozenset({
    "p", "br", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "a", "b", "strong", "i", "em", "u", "s",
    "sub", "sup", "code", "pre", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "dl", "dt", "dd",
    "hr", "figure", "figcaption", "img"
})  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}


def drop_noise(blocks: Sequence[str], title: str) -> list[str]:
    """The blocks that are text. A first block that repeats the title is none."""
    kept = [block for block in blocks if not is_noise(block)]
    if kept and title and folded_words(kept[0]) == folded_words(title):
        kept = kept[1:]
    return kept


def is_noise(block: str) -> bool:
    """Whether a whole block is one of the words that pages put around texts."""
    return _NOISE.fullmatch(block[:200].strip()) is not None or _SOURCE_URL.match(block) is not None or _RULE.fullmatch(block) is not None


def sanitise(html: str, base: str) -> str:
    """HTML that can do nothing but be read, with absolute addresses."""

    def absolute(_tag: str, name: str, value: str) -> str | None:
        return join(base, value) if name in {"href", "src"} else value

    cleaned: str = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=absolute,
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer",
    )
    return cleaned.strip()
