"""Further ways into a site that a page names, or that are worth asking for: feeds, JSON, sitemaps, sections. Nothing is asked here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from urllib.parse import unquote, urlsplit

from collector import html
from collector.address import host_of, join, link_key
from collector.discover.sitemap import names_publications

_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/xml", "application/xml"}
)
_FEED_PATH = re.compile(
    # /rss, /feed/, /atom.xml, /rss_ru.xml, /last-news-feed
    r"(?:/|^)(?:[\w-]{1,30}[_-])?(?:rss|feeds?|atom|rdf)(?:[_-]?\w{1,12})?(?:\.(?:xml|rss|php|aspx?|json|rdf))?/?$|\.(?:rss|atom|rdf)$"
    # /index.xml, /rss/politics, /feeds/all.atom.xml
    r"|(?:/|^)(?:index|news)\.xml$|(?:/|^)rss/[\w/-]{1,60}(?:\.\w{3,4})?$|(?:/|^)feeds?/[\w/.-]{1,60}\.(?:xml|rss|php|rdf|json)$"
    r"|[?&](?:feed|format|type|alt)=(?:rss|atom)\w{0,2}(?:&|$)",
    re.IGNORECASE,
)
_NO_FEED = re.compile(r"feed-?back|\.(?:html?|pdf|png|svg|jpe?g)$", re.IGNORECASE)
_FEED_WORDS = re.compile(
    r"\W*(?:rss|atom)(?:[\s-]*(?:feed|лента|канал|стужка|подписка|2\.0|1\.0))?\W*|\W*(?:лента|канал|стужка)\s+(?:новостей\s+)?rss\W*",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"[ck]omm?ent(?!ary)|комм?ентар|каментар", re.IGNORECASE)
"""«Comments», «comentários», «Kommentare», «komentarze» …"""
_ADDRESS_WITHIN = re.compile(r"https?(?::|%3a)", re.IGNORECASE)
_EDITS = re.compile(
    r"recentchanges|newpages|action=history|feedcontributions|mode=recent|recent[ _]changes|(?:свежие|последние)[ _](?:правки|изменения)"
    # MediaWiki makes feeds of special pages and histories alone, whatever they are called in its language
    r"|апошнія[ _]змены|[?&]title=[^&]{1,200}&(?:[^&]{1,50}&){0,3}feed=(?:atom|rss)",
    re.IGNORECASE,
)
_TITLE = re.compile(r"([?&]title=)[^&]{1,500}")
_SECTION_WORDS = re.compile(
    r"(?:(?:все|усе|all|latest) )?(?:новости|навіны|news|newsroom|press[ -]releases?|пресс-релизы|прэс-рэлізы|лента новостей|стужка навін"
    r"|блог|blog|публикации|publications|события|объявления)(?: (?:и события|і падзеі|and events))?",
    re.IGNORECASE,
)
_CHANNEL = re.compile(r"^/(?:s/)?([A-Za-z]\w{3,31})/?$")
_CHANNEL_HOST = "t.me"
_FRONT = re.compile(r"(?:/(?:[a-z]{2}|rus|eng|bel))?(?:/(?:(?:index|default)\.\w{3,5}|home|main|start))?", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{2,9}(?:/|\.html?|\.php)?$")
_AT_EACH_END = 5_000
"""Links of a page that are looked at; one with more is made to take long."""
_MOST_NAMED, _MOST_NUMBERED = 100, 500
_SITEMAP_LINE = re.compile(r"sitemap\s{0,20}:\s{0,20}(\S{1,2000})", re.IGNORECASE)
_ROBOTS_LONGEST, _LINE_LONGEST = 500_000, 2_100
"""Characters of robots.txt, and of a line of it, that are read (RFC 9309, 2.5, asks for 500 KiB)."""
_WELL_KNOWN = ("/feed/", "/rss.xml", "/rss/", "/atom.xml", "/index.xml", "/feed.xml")
"""What WordPress, Drupal, Bitrix, Jekyll, Hugo and others serve by default, in this order."""
_OF_A_SECTION = ("feed/", "rss/", "index.xml")


class About(IntEnum):
    """What an entry point is about; the least is the best."""

    PUBLICATIONS = 0
    EDITS = 1
    """Of a wiki: whoever corrects a comma appears in it."""
    COMMENTS = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An address that is worth asking."""

    url: str
    kind: str
    """What is expected there: `feed`, `json`, `sitemap` or `listing`."""
    why: str
    """In words, how it was learnt of."""
    about: About = About.PUBLICATIONS
    guessed: bool = False
    """The page does not name it."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What a page tells of its site."""

    suggestions: tuple[Suggestion, ...]
    numbered: tuple[str, ...]
    """Its own site's addresses that end in a number, in the page's order."""


def hints_of(page_text: str, base: str) -> Hints:
    tree = html.parse(page_text)
    nodes = html.select(tree, "a[href]")
    # feeds are named in headers and footers
    nodes = nodes if len(nodes) <= 2 * _AT_EACH_END else [*nodes[:_AT_EACH_END], *nodes[-_AT_EACH_END:]]
    anchors = [(url, html.line(node)[:200]) for node in nodes if (url := join(base, html.attribute(node, "href")))]
    own = [url for url, _ in anchors if _NUMBERED.search(url) and host_of(url) == host_of(base)]
    return Hints(_suggested(tree, anchors, base), tuple(dict.fromkeys(own))[:_MOST_NUMBERED])


def suggested(page_text: str, base: str) -> tuple[Suggestion, ...]:
    """What a page names: feeds, the best first; then JSON, sections, channels elsewhere."""
    return hints_of(page_text, base).suggestions


def sitemaps(robots: str, base: str) -> tuple[Suggestion, ...]:
    """The sitemaps that robots.txt names, else the one that stands where most do."""
    lines = (_SITEMAP_LINE.match(line.strip()[:_LINE_LONGEST]) for line in robots[:_ROBOTS_LONGEST].splitlines())
    named = [url for line in lines if line is not None and (url := join(base, line[1]))]
    if named:
        # the one of news before that of everything
        ordered = sorted(dict.fromkeys(named), key=lambda url: not names_publications(url))
        return tuple(Suggestion(url, "sitemap", "robots.txt names it") for url in ordered)
    usual = join(base, "/sitemap.xml")
    return (Suggestion(usual, "sitemap", "sitemaps stand there as a rule", guessed=True),) if usual else ()


def guesses(base: str) -> tuple[Suggestion, ...]:
    """Where feeds stand as a rule: below a section first, as that is what was asked for."""
    folder = urlsplit(base).path.rpartition("/")[0] + "/" if urlsplit(base).path.endswith("/") else urlsplit(base).path + "/"
    own = () if is_front_page(base) else tuple(f"{folder}{name}" for name in _OF_A_SECTION)
    addresses = [url for path in (*own, *_WELL_KNOWN) if (url := join(base, path))]
    return tuple(Suggestion(url, "feed", "feeds stand there as a rule", guessed=True) for url in dict.fromkeys(addresses))


def preview_of(url: str) -> str:
    """The address at which a channel's publications can be read without its own program (`t.me/NAME`); any other as it is."""
    found = _CHANNEL.match(urlsplit(url).path) if host_of(url) == _CHANNEL_HOST else None
    return f"https://{_CHANNEL_HOST}/s/{found[1]}" if found else url


def is_front_page(url: str) -> bool:
    """Whether an address is its site's first page, in some language."""
    path = urlsplit(url).path.rstrip("/")
    return not urlsplit(url).query and (not path or bool(_FRONT.fullmatch(path)))


def _suggested(tree: html.Tree, anchors: list[tuple[str, str]], base: str) -> tuple[Suggestion, ...]:
    named = _without_diffs(tree, [*_declared(tree, base), *_linked(anchors)])
    is_post = _is_post(tree)
    feeds = sorted((*named, *_new_pages(tree, named)), key=lambda one: _rank(one, base, is_post=is_post))
    found: dict[str, Suggestion] = {}
    for one in (*feeds, *_wordpress(tree, base), *_sections(anchors, base), *_channels(anchors)):
        if link_key(one.url) != link_key(base):
            found.setdefault(link_key(one.url), one)
    return tuple(found.values())[:_MOST_NAMED]


def _rank(one: Suggestion, base: str, *, is_post: bool) -> tuple[int, bool, bool]:
    """Publications first; the own host's before another's; a section's before the whole site's, and those after a single publication's."""
    path = urlsplit(base).path.rstrip("/")
    is_below = bool(path) and urlsplit(one.url).path.startswith(f"{path}/")
    return one.about, host_of(one.url) != host_of(base), is_below if is_post else not is_below


def _declared(tree: html.Tree, base: str) -> Iterator[Suggestion]:
    for node in html.select(tree, "link[rel][href][type]")[:_MOST_NAMED]:
        relations = html.attribute(node, "rel").lower().split()
        kind = html.attribute(node, "type").lower().partition(";")[0].strip()
        url = join(base, html.attribute(node, "href"))
        title = html.attribute(node, "title")
        # WordPress names the page itself as JSON too
        is_feed = kind in _FEED_TYPES or (kind == "application/json" and "feed" in f"{title} {url}".lower())
        if url and is_feed and {"alternate", "feed"} & set(relations):
            yield _feed(url, title, "the page's head names it")


def _linked(anchors: Iterable[tuple[str, str]]) -> Iterator[Suggestion]:
    for url, words in anchors:
        parts = urlsplit(url)
        address = f"{parts.path}?{parts.query}" if parts.query else parts.path
        # readers' programs on the web offer to take the feed, whose address stands in theirs
        if _ADDRESS_WITHIN.search(address) or _NO_FEED.search(parts.path):
            continue
        if _FEED_PATH.search(address) or _FEED_WORDS.fullmatch(words):
            yield _feed(url, words, "the page links to it")


def _feed(url: str, words: str, why: str) -> Suggestion:
    said = f"{words} {unquote(url.partition('//')[2].partition('/')[2])}"
    if _COMMENTS.search(said):
        return Suggestion(url, "feed", f"{why}, as a feed of comments", About.COMMENTS)
    if _EDITS.search(said):
        return Suggestion(url, "feed", f"{why}, as a feed of every edit", About.EDITS)
    return Suggestion(url, "feed", why)


def _is_post(tree: html.Tree) -> bool:
    """Whether the page calls itself one publication: what WordPress has below its address is a feed of its comments, in any language."""
    return html.attribute(html.select_first(tree, "meta[property='og:type']"), "content") == "article"


def _generator(tree: html.Tree) -> str:
    return html.attribute(html.select_first(tree, "meta[name=generator]"), "content").lower()


def _new_pages(tree: html.Tree, named: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """MediaWiki names the feed of edits alone, and has one of new pages at the same place, under this name in every language."""
    if _generator(tree).startswith("mediawiki"):
        for one in named:
            if one.about is About.EDITS and _TITLE.search(one.url):
                url = _TITLE.sub(r"\1Special:NewPages", one.url, count=1)
                yield Suggestion(url, "feed", "the site is made by MediaWiki, which lists its new pages there")
                return


def _without_diffs(tree: html.Tree, named: list[Suggestion]) -> list[Suggestion]:
    """DokuWiki's feeds of edits lead to the page itself, if they are asked to: then a page appears once, however often it is edited."""
    if not _generator(tree).startswith("dokuwiki"):
        return named
    why = "the site is made by DokuWiki, whose feed of edits leads to each page once, if asked to"
    return [
        replace(one, url=f"{one.url}{'&' if '?' in one.url else '?'}linkto=current", why=why, about=About.PUBLICATIONS)
        if urlsplit(one.url).path.endswith("/feed.php")
        else one
        for one in named
    ]


def _wordpress(tree: html.Tree, base: str) -> Iterator[Suggestion]:
    """Its programming interface is named in the head of every page, and tells the posts."""
    for node in html.select(tree, "link[rel='https://api.w.org/']"):
        if root := join(base, html.attribute(node, "href")):
            yield Suggestion(f"{root.rstrip('/')}/wp/v2/posts", "json", "the site is made by WordPress, which lists its posts there")


def _sections(anchors: Iterable[tuple[str, str]], base: str) -> Iterator[Suggestion]:
    for url, words in anchors:
        if _SECTION_WORDS.fullmatch(words) and host_of(url) == host_of(base):
            yield Suggestion(url, "listing", f"the page links to it as «{words}»")


def _channels(anchors: Iterable[tuple[str, str]]) -> Iterator[Suggestion]:
    for url, _ in anchors:
        if _CHANNEL_HOST in url and (preview := preview_of(url)) != url:
            yield Suggestion(preview, "listing", "the page links to its Telegram channel, whose public preview can be read")
