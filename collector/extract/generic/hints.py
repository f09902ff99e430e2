"""What the author of a theme called an element: words of its class, id and role that say where text is, and where it is not.

Words are hints. A theme may call the whole page `sidebar`, so whoever asks weighs the hint against what the element holds.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache


class Hint(IntEnum):
    """From the surest sign of text to the surest sign of something else."""

    TEXT = 2
    """Names that only the text of a publication has: `entry-content`, `articleBody`."""
    CONTENT = 1
    """Names of the page's main column as well: `content`, `main`."""
    NONE = 0
    SMALL = -1
    """What is said about a publication, in a few words: date, author, tags. Long things of that name are something else."""
    BESIDE = -2
    """Columns, menus, share bars, lists of other publications: the larger part of a page's text is none of them, whatever it is called."""
    OTHER = -3
    """Footers, notices and forms: they may be longer than a short text, and are not where a text begins."""
    READERS = -4
    """What readers write below: it may be longer than the text."""


# Names are cut into words first. Sets hold whole words; patterns hold stems, and words that themes run together.
_TEXT = re.compile(
    r"(?:article|news|post|story|entry|single|detail|material|blog|page)-?(?:body|text|content|fulltext|maintext)(?![a-z])"
    r"|(?:body|content|text)-?(?:article|news|post|story|detail)(?![a-z])"
    r"|content-encoded|name-body|field-body|mw-parser-output|mw-content-text|wiki-?text|full-?text|news-?detail|rich-?text"
    r"|(?:tekst|text)-?(?:stat|novost|publik)|(?:stat|novost)[a-z]{0,3}-?(?:tekst|text)|(?:dokuwiki|node)-content"
)
_CONTENT_WORDS = frozenset({
    "content", "article", "main", "body", "text", "entry", "post", "story", "news", "hentry", "node", "detail", "publication",
    "document", "page"
})  # fmt: skip
_CONTENT_STEMS = re.compile(r"soderzh|statya|statja|novost|tekst|material")
_READERS_WORDS = frozenset({"respond", "reply", "replies", "guestbook"})
_READERS_STEMS = re.compile(r"comm?ent|komm?ent|otzyv|disqus|hypercomm")
_BESIDE_WORDS = frozenset({
    # columns and boxes
    "aside", "side", "head", "header", "top", "bottom", "left", "right", "rail", "extra", "contact", "contacts", "links",
    "gallery", "slider",
    "carousel", "archive", "tab", "tabs", "promo", "hidden", "widget", "widgets", "logo", "masthead", "partner", "partners", "calendar",
    # what is done with a page
    "share", "shares", "sharing", "sharer", "sharethis", "sharebar", "sharedaddy", "shareblock", "search", "poisk", "rating",
    "vote", "voting",
    "golosovanie", "poll", "polls", "opros", "like", "likes", "forum", "donate", "donation",
    # ways to other pages
    "crumb", "crumbs", "nav", "navs", "navbox", "navi", "toc", "teasers",
    # what is sold
    "ad", "ads", "adv", "adblock", "adbox", "sponsor", "sponsored", "noprint"
})  # fmt: skip
_BESIDE_STEMS = re.compile(
    r"sidebar|side-bar|header|social|addthis|addtoany|pluso|uptolike|related|similar|recommend|suggest|see-?also|also-?read"
    r"|read-?(?:also|more|next)|more-?(?:news|from|stories|articles|posts)|pohozh|poxozh|po-?teme|chita[jyi]|other-?(?:news|articles|posts)"
    r"|most-?(?:read|popular|viewed)|popular|trending|breadcrumb|kroshk|navxt|navbar|naviga|menu|pager|paginat|pagenav"
    r"|prev-?next|next-?prev"
    r"|skip-?(?:link|to)|toolbar|sitemap|advert|adsense|adfox|banner|reklam|tooltip|dropdown|search-?form|catlinks|infobox|sr-only"
    r"|screen-?reader|element-invisible|form-item"
)
_OTHER_WORDS = frozenset({"foot", "copyright", "login", "signin", "signup", "auth", "captcha", "feedback"})
_OTHER_STEMS = re.compile(r"footer|cookie|gdpr|consent|subscri|newsletter|mailing|rassylk|podpisk|popup|modal|overlay|lightbox")
_SMALL_WORDS = frozenset({
    "meta", "metas", "byline", "author", "authors", "autor", "avtor", "date", "dates", "data", "timestamp", "datetime", "published",
    "posted", "submitted", "caption", "credit", "credits", "kicker", "rubric", "rubrika", "category", "categories", "cat", "tag",
    "tags", "tegi",
    "metki", "keyword", "keywords", "topic", "topics", "label", "labels", "print", "printer", "printable", "counter", "hits", "source",
    "istochnik", "info", "action", "actions", "button", "buttons", "btn", "tool", "tools", "option", "options", "permalink",
    "legend", "podpis",
    "pubdate", "postmeta", "metadata",
})  # fmt: skip
_SMALL_STEMS = re.compile(r"editsection|(?:photo|img|image|foto)-?(?:author|desc|text)")
# `no-sidebar`, `comments-closed`, `js-share`, `node--view-mode-full`: what a container has, does or looks like, and not what it is
_NO_NAME_FIRST = frozenset(
    {"no", "with", "without", "has", "have", "not", "is", "two", "one", "both", "layout", "js", "tag", "category", "cat"}
)
_NO_NAME_LAST = frozenset({"open", "closed", "enabled", "disabled", "wrap", "wrapper", "layout"})
_NO_NAME = re.compile(r"field-(?:type|label)-")
_TEXT_PARTS = ("text", "body", "content", "tekst", "detail")
"""One of them is in all that `_TEXT` finds."""
_LOOKS = re.compile(r"(?<=.)--(?!name-).+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_LETTERS = re.compile(r"[^a-z]+")
_MOST, _LONGEST = 12, 60
"""Names, and characters of one, that are looked at: themes come to half of that, and both are the page's to choose."""


@lru_cache(maxsize=32768)  # the classes of 300 sites, some 110 each
def hint_of(names: str) -> int:
    """The `Hint` in an element's names, parted by white space. What readers write decides, then the surest sign of text."""
    found = {_hint_of_one(name[:_LONGEST]) for name in names.split(None, _MOST)[:_MOST]}
    return next((hint for hint in _ORDER if hint in found), 0)


def decisive(one: int, other: int) -> int:
    """Of two hints in the names of one element the one that decides."""
    if not (one and other):
        return one or other
    return next(hint for hint in _ORDER if hint in {one, other})


_ORDER = tuple(map(int, (Hint.READERS, Hint.TEXT, Hint.OTHER, Hint.BESIDE, Hint.SMALL, Hint.CONTENT)))


@lru_cache(maxsize=32768)  # the names of 300 sites, some 110 each
def _hint_of_one(name: str) -> int:
    plain = _plain(name)
    words = plain.split("-")
    if len(words) > 1 and (words[0] in _NO_NAME_FIRST or words[-1] in _NO_NAME_LAST or _NO_NAME.match(plain)):
        return int(Hint.NONE)
    if not _READERS_WORDS.isdisjoint(words) or _READERS_STEMS.search(plain):
        return int(Hint.READERS)
    if any(part in plain for part in _TEXT_PARTS) and _TEXT.search(plain):
        return int(Hint.TEXT)
    if not _OTHER_WORDS.isdisjoint(words) or _OTHER_STEMS.search(plain):
        return int(Hint.OTHER)
    if not _BESIDE_WORDS.isdisjoint(words) or _BESIDE_STEMS.search(plain):
        return int(Hint.BESIDE)
    if not _SMALL_WORDS.isdisjoint(words) or _SMALL_STEMS.search(plain):
        return int(Hint.SMALL)
    return int(Hint.CONTENT if not _CONTENT_WORDS.isdisjoint(words) or _CONTENT_STEMS.search(plain) else Hint.NONE)


def _plain(name: str) -> str:
    """The name in words parted by single hyphens, without its numbers and without what follows two hyphens: how it looks."""
    words = name if name.islower() else _CAMEL.sub("-", name).lower()
    if "--" in words:
        words = _LOOKS.sub("", words)
    return _NO_LETTERS.sub("-", words).strip("-")
