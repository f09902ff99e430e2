"""The way to older publications: the pager's next page.

A pager's link leads to the same list with a greater number in its address, or says in words that it leads on. WordPress calls the older
page the previous one, and the newer one the next: the number decides, not the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from ada_url import URL

from collector import html
from collector.address import host_of, join, link_key
from collector.discover.listing.outline import Element, Outline
from collector.sites import Site

_ARGUMENT = re.compile(r"\w*page\w*|p|pg|pn|offset|start|limitstart|from|skip|str|st|pos|begin|first|list|cur|cp", re.IGNORECASE)
_CURSORS = frozenset(["before", "max_id", "until", "older", "older_than", "before_id", "updated-max", "max"])
"""Query arguments that say themselves which way they lead: channels, microblogs and blogs are continued from an entry, without numbers."""
_NEWER = re.compile(r"newer|prev|reverse", re.IGNORECASE)
"""Blogs lead back to newer entries from an entry, too."""
_NO_PAGE = re.compile(r"(?:per_?page|page_?size|page_?id|pageid|homepage|landing_?page|page_?count)", re.IGNORECASE)
_SEGMENT = re.compile(
    r"(?P<before>.*?)/(?:page[-_/]?|p|str[-_]?|stranica[-_/]?|list[-_]?|index[-_]?)(?P<number>\d{1,6})(?P<after>\.\w{2,5})?/?",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?P<before>.*)/(?P<number>\d{1,4})/?")
_INDEX = re.compile(r"/(?:index|default)\.\w{2,5}$")
_OLDEST_YEAR, _NEWEST_YEAR = 1900, 2100
"""Bare numbers in a path that are years and no pages."""
_OLDER = re.compile(
    r"(?:(?:show|view|see|load) )?older(?: (?:posts?|entries|articles|news|stories|items))?|previous (?:posts|entries|articles|news)|"
    r"ранее|раньше|старее|старше|раней|"
    r"(?:более )?(?:ранние|старые)(?: (?:записи|сообщения|новости|публикации|материалы))?|"
    r"предыдущие (?:записи|новости|публикации|материалы)|"
    r"(?:папярэднія|старыя|ранейшыя) (?:запісы|навіны|публікацыі)|сообщения старше|ещё новости",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"next(?: ?page)?(?: of .{0,20})?|(?:go to )?(?:the )?next page|"
    r"(?:на )?следующ(?:ая|ие|ую|ий)(?: страниц[аыу]| записи| новости)?|след\.?|"
    r"впер[её]д|дал(?:ее|ьше)|наступн(?:ая|ыя|ую|ы)(?: старонк[ау]| запісы| навіны)?|наперад|уперад|далей|"
    r"(?:показать|загрузить|смотреть|паказаць) (?:ещ[её]|больше|яшчэ|больш)(?: \d{1,3})?(?: (?:новост|навін|публикаци|материал|запис)\w*)?|"
    r"ещ[её]|больше (?:новостей|публикаций|материалов|записей)|"
    r"(?:load|show|view|see) more(?: \w+)?|more(?: news| posts| articles| entries)|"
    r"volgende|siguientes?|suivante?|weiter|nächste(?: seite)?|"
    r"próxima|successiva|następna",
    re.IGNORECASE,
)
_PREVIOUS = re.compile(
    r"предыдущ(?:ая|ие|ую)(?: страниц[аыу])?|пред\.?|previous(?: page)?|prev|папярэдн(?:яя|ія)(?: старонк[аі])?", re.IGNORECASE
)
"""Of the older page, on sites that think of time: it counts where the number of the page grows."""
_ARROWS = re.compile(r"[>›»→⟩❯▶►]{1,2}|>{1,2}|&gt;|&raquo;")
_NEXT_CLASS = re.compile(r"(?:^|[-_ ])(?:next|older|nextpostslink)(?:$|[-_ ]|posts|page|link|s$)", re.IGNORECASE)
_PAGERS = re.compile(
    r"pager|paging|pagin|page-?nav|nav-links|posts-navigation|navigation|modern-page|pages\b|nav-(?:previous|next)", re.IGNORECASE
)
_ENDS = " \t\n\u00a0«»‹›<>←→⟨⟩❮❯◀▶◄►|.…()[]:"
_LEVELS = 4
"""Ancestors of a link whose names may tell that it stands in a pager."""
_LONGEST = 60
"""Characters of a pager link's words."""
_LONGEST_WITH_TITLE = 300
_BEGINNING = re.compile(r"\s+\([^()]{1,255}(?:\([^()]{1,100}\)[^()]{0,100})?\)$")
"""What stands in brackets after these words."""
_MOST = 2_000
"""Links of a page that are looked at, from each end: a pager stands before the list or after it."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A link that may turn the page."""

    url: str
    text: str
    number: int | None
    """In its address."""
    is_labelled: bool
    is_marked: bool
    """By `rel=next`."""
    in_pager: bool
    same_list: bool
    is_bare: bool = False
    """An arrow, without a word of where it leads."""

    @property
    def shown(self) -> int | None:
        return int(self.text) if self.text.isdecimal() and len(self.text) <= 6 else None  # noqa: PLR2004


def next_page(tree: html.Tree, page: Outline, base: str, site: Site) -> str:
    """The absolute address of the next older page; empty on the last one, and where there is no pager."""
    by_rule = join(base, html.attribute(html.select_first(tree, site.next_page), "href"))
    if by_rule:
        return by_rule
    here = number_in(base)
    steps = [step for link in _ends(page.links) if (step := _step(link, page, base)) is not None]
    head = join(base, html.attribute(html.select_first(tree, "link[rel~=next][href]"), "href"))
    if head and not _is_same_page(head, base):
        steps.append(_Step(head, "", number_in(head), is_labelled=True, is_marked=True, in_pager=False, same_list=_same_list(head, base)))
    found = _nearer(_labelled(steps, here), _numbered(steps, here))
    return found.url if found is not None else _continued(page, base)


def _nearer(labelled: _Step | None, numbered: _Step | None) -> _Step | None:
    """The link that says so, unless it is an arrow to the last page beside a nearer number of the same pager."""
    if labelled is None or numbered is None or labelled.number is None or numbered.number is None:
        return labelled or numbered
    is_same_pager = labelled.same_list and numbered.same_list and _names(labelled.url) == _names(numbered.url)
    return numbered if labelled.is_bare and is_same_pager and numbered.number < labelled.number else labelled


def _names(url: str) -> set[str]:
    return {name for name, _ in parse_qsl(URL(url).search.removeprefix("?"), keep_blank_values=True)}


def _continued(page: Outline, base: str) -> str:
    """The link that goes on from the oldest entry shown, by the name of its argument."""
    for link in _ends(page.links):
        url = join(base, link.has("href")) if "=" in link.has("href") else None
        if url is None or host_of(url) != host_of(base) or _list_of(url) != _list_of(base) or _is_same_page(url, base):
            continue
        if _has_cursor(url) and not _NEWER.search(f"{link.has('class')} {link.has('id')} {link.has('rel')} {URL(url).search}"):
            return url
    return ""


def _has_cursor(url: str) -> bool:
    return not _CURSORS.isdisjoint(name.lower() for name in _names(url))


def _ends(links: Sequence[Element]) -> Iterable[Element]:
    return links if len(links) <= 2 * _MOST else (*links[:_MOST], *links[-_MOST:])


def _step(link: Element, page: Outline, base: str) -> _Step | None:
    href = link.has("href")
    if not href or href.startswith("#") or page.weight(link) > _LONGEST_WITH_TITLE:
        return None
    relations = link.has("rel").lower().split()
    # wikis name where the next page begins: «Следующая страница (Ящик)»
    text = _BEGINNING.sub("", page.text(link))
    if len(text) > _LONGEST:
        return None
    labelled = "next" in relations or _says_next(link, text)
    text = text.strip(_ENDS) if text.strip(_ENDS).isdecimal() else text
    url = join(base, href) if labelled or text.isdecimal() or _PREVIOUS.fullmatch(text.strip(_ENDS)) else None
    if url is None or _is_same_page(url, base) or _is_disabled(link):
        return None
    if host_of(url) != host_of(base):
        return None
    number = number_in(url)
    labelled = labelled or (not text.isdecimal() and number is not None and number > (number_in(base) or 1))
    return _Step(url, text, number, labelled, "next" in relations, _in_pager(link), _same_list(url, base), _is_bare_arrow(link, text))


def _says_next(link: Element, text: str) -> bool:
    said = [text, link.has("aria-label"), link.has("title"), *(element.has("alt") for element in link.inside[:2] if element.tag == "img")]
    bare = [words.strip(_ENDS) for words in said if len(words) <= _LONGEST]
    if any(words and (_NEXT.fullmatch(words) or _OLDER.fullmatch(words)) for words in bare):
        return True
    if _ARROWS.fullmatch(text.strip()):
        return True
    names = " ".join((link.has("class"), link.parent.has("class") if link.parent else ""))
    # the words of readers with screens stand before the arrow: «Next page ››»
    return bool(_NEXT_CLASS.search(names)) or any(_NEXT.match(words) and _ARROWS.search(text) for words in bare)


def _is_bare_arrow(link: Element, text: str) -> bool:
    words = (link.has("aria-label"), link.has("title"), link.has("rel"))
    return bool(_ARROWS.fullmatch(text.strip())) and not any(words) and not _NEXT_CLASS.search(link.has("class"))


def _is_disabled(link: Element) -> bool:
    near = [link, *link.ancestors(1)]
    return any("disabled" in element.has("class").lower().split() or element.has("aria-disabled") == "true" for element in near)


def _in_pager(link: Element) -> bool:
    return any(_PAGERS.search(f"{element.has('class')} {element.has('id')}") for element in (link, *link.ancestors(_LEVELS)))


def _labelled(steps: Sequence[_Step], here: int | None) -> _Step | None:
    """The link that says so; of several, the nearest page: an arrow may lead to the last."""
    onward = [step for step in steps if step.is_labelled and _leads_on(step, here)]
    counted = [step for step in onward if step.number is not None]
    ranked = sorted(counted, key=lambda step: (not step.same_list, not step.in_pager, step.number)) or onward
    return ranked[0] if ranked else None


def _leads_on(step: _Step, here: int | None) -> bool:
    if step.number is None:
        # a list continued without numbers: only where the markup says that this is a pager
        return (step.same_list and (step.is_marked or step.in_pager)) or (step.in_pager and _has_cursor(step.url))
    if here is not None and step.number <= here:
        return False
    if here is None and step.number <= 0:
        return False
    return step.same_list or (step.in_pager and step.number > 0)


def _numbered(steps: Sequence[_Step], here: int | None) -> _Step | None:
    """A pager of numbers alone: the smallest that is greater than this page's."""
    pages = [step for step in steps if step.shown is not None and step.number is not None and (step.same_list or step.in_pager)]
    further = [step for step in pages if _is_further(step, here)]
    return min(further, key=lambda step: (not step.same_list, step.number), default=None)


def _is_further(step: _Step, here: int | None) -> bool:
    if step.number is None or step.shown is None:
        return False
    if here is not None:
        return step.number > here
    return step.shown > 1 and step.number > 0


def number_in(url: str) -> int | None:
    """The number of a page, or of its first row, that an address holds; None where it holds none.

    >>> number_in("http://example.org/news?type=1&PAGEN_1=3"), number_in("http://example.org/news/page/2/")
    (3, 2)
    """
    parsed = URL(url)
    for name, value in parse_qsl(parsed.search.removeprefix("?")):
        if _is_argument(name) and re.fullmatch(r"\d{1,7}", value):
            return int(value)
    found = _SEGMENT.fullmatch(parsed.pathname)
    return int(found["number"]) if found else _bare_number(parsed.pathname)


def _bare_number(path: str) -> int | None:
    found = _BARE.fullmatch(path)
    number = int(found["number"]) if found else None
    return None if number is None or _OLDEST_YEAR <= number <= _NEWEST_YEAR else number


def _is_argument(name: str) -> bool:
    return _ARGUMENT.fullmatch(name) is not None and _NO_PAGE.fullmatch(name) is None


def _same_list(url: str, base: str) -> bool:
    """Whether two addresses differ in the page alone, or the one continues the other."""
    if _list_of(url) == _list_of(base):
        return True
    shorter, longer = unquote(URL(base).pathname).rpartition("/")[2], _titled(url)
    return bool(shorter and longer) and longer in {shorter, _titled(base)}


def _is_same_page(url: str, base: str) -> bool:
    """`from` tells where a visitor came from, and in wikis at which title the page begins."""
    return link_key(url) == link_key(base) and _begins(url) == _begins(base)


def _begins(url: str) -> str:
    return next((value for name, value in parse_qsl(URL(url).search.removeprefix("?")) if name == "from"), "")


def _titled(url: str) -> str:
    """The page that an address names in its query: wikis have a short address for each (`/wiki/X`), and a long one (`?title=X`)."""
    return next((value.replace(" ", "_") for name, value in parse_qsl(URL(url).search.removeprefix("?")) if name == "title"), "")


def _list_of(url: str) -> str:
    path = unquote(URL(url).pathname)
    found = _SEGMENT.fullmatch(path)
    if found:
        path = found["before"]
    elif _bare_number(path) is not None:
        path = path.rstrip("/").rpartition("/")[0]
    return _INDEX.sub("", path).rstrip("/")
