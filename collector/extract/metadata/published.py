"""When a publication appeared: by what the page declares, its address, the list that led to it, and what stands by its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from collector import html
from collector.extract.dates import date_in_address, dates_in
from collector.extract.metadata.dating import Dating
from collector.extract.metadata.declared import Declared, ancestors, stands_aside
from collector.extract.metadata.in_words import is_date_alone
from collector.extract.metadata.structured import text_of
from collector.extract.metadata.surroundings import Line, Surroundings

_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "published_time", "article:published",
    "article.published", "datepublished", "publication_date", "publication-date", "publicationdate", "publishdate",
    "publish-date", "publish_date", "published", "pubdate", "pub_date", "parsely-pub-date", "sailthru.date",
    "citation_publication_date", "citation_online_date", "dcterms.issued", "dc.date.issued", "dcterms.available",
    "article:created", "datecreated", "dcterms.created", "dc.date.created", "creation_date", "cms_creationdate",
    "date", "dc.date", "dcterms.date", "citation_date",
)  # fmt: skip
"""Names under which templates declare the day, the surest first; none is of a change."""
_MARKED = (
    "datepublished", "schema:datepublished", ".dt-published", ".published", "schema:datecreated", "datecreated", "dc:date", "dc:created",
    "dcterms:issued", ".entry-date",
)  # fmt: skip
_ATTRIBUTES = ("datetime", "content", "data-datetime", "data-date", "data-published", "data-timestamp", "data-time", "title")
_CHANGED = re.compile(r"updat|modif|changed|edited|event|deadline|start|expir", re.IGNORECASE)
_DATED = re.compile(r"date|time|publi|posted|created|submitted|byline|meta|info|data|дата", re.IGNORECASE)
_DATE_FIELDS = "time, [class*=date i], [class*=publi i], [class*=submitted i], [class*=posted i], [class*=created i]"
_FIELDS_MOST = 100
_EMBEDDED = frozenset({"blockquote", "figure", "iframe"})
_LINE = 140
_REST = 40
"""Characters that a line of a date may have besides: a label, an hour, a place, an author."""
_NOTHING = 4
_LABEL = re.compile(
    r"(?:опубликован\w*|размещен\w*|дата(?: публикации| размещения)?|апублікавана|дата публікацыі|размешчана|published(?: on)?"
    r"|posted(?: on)?|date|автор|просмотр\w*|прагляд\w*|views?|comments?|коммент\w*|время|час(?:а|ов)?|года?|г\.)\W{0,3}",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s[|–—-]\s|,\s|\s?[|»]\s?")


def published_on(tree: html.Tree, declared: Declared, dating: Dating, around: Surroundings, url: str, listed: date | None) -> date | None:
    """The day, aware where an hour is given; None where nothing sure tells it."""
    shared = frozenset(parent.mem_id for parent in ancestors(around.title)) if around.title is not None else frozenset()
    ways: tuple[Iterator[date | None], ...] = (
        _declared(declared, dating),
        _marked(declared, dating, shared),
        _times(declared, dating, shared),
        _addressed(declared, dating, url),
        iter((listed,)),
        _by_title(around, dating),
        _in_page_title(declared, dating),
        _by_class(tree, dating, shared),
    )
    found = next((day for way in ways for day in way if day is not None), None)
    return _with_hour(found, listed, dating.zone)


def value_of(node: html.Node, dating: Dating, attribute: str = "") -> date | None:
    """What an element of a date says: by the attribute that a rule names, those for machines, or in words."""
    if found := _by_attribute(node, dating, attribute):
        return found
    text = html.line(node)
    return dating.field(text) if len(text) <= 2 * _LINE else None


def _by_attribute(node: html.Node, dating: Dating, attribute: str = "") -> date | None:
    values = (html.attribute(node, name) for name in filter(None, (attribute, *_ATTRIBUTES)))
    return next((found for value in values if value and (found := dating.value(value))), None)


def _declared(declared: Declared, dating: Dating) -> Iterator[date | None]:
    publication = declared.publication()
    for made in (publication, declared.page()):
        for name in ("datePublished", "dateCreated", "uploadDate"):
            if value := text_of(made, name):
                yield dating.value(value)
    for name in _META:
        for value in declared.named.get(name, ())[:2]:
            yield dating.value(value) or dating.field(value)


def _marked(declared: Declared, dating: Dating, shared: frozenset[int]) -> Iterator[date | None]:
    for name in _MARKED:
        for found, node in declared.marked:
            if found == name and not stands_aside(node, shared):
                yield value_of(node, dating)
                break


def _times(declared: Declared, dating: Dating, shared: frozenset[int]) -> Iterator[date | None]:
    """Elements of time, those nearest to the title first; none of an embedded post, a change or an event."""
    if not shared:
        return
    ranked = []
    for number, node in enumerate(declared.times[:100]):
        above = ancestors(node)
        level = next((depth for depth, parent in enumerate(above) if parent.mem_id in shared), None)
        if level is None or any(parent.tag in _EMBEDDED for parent in above) or _is_changed(node) or stands_aside(node, shared):
            continue
        # a time that shares no more than the page with the title is some list's
        if above[level].tag not in {"body", "html"}:
            ranked.append((-_depth(above[level]), number, node))
    for _, _, node in sorted(ranked, key=lambda one: one[:2])[:5]:
        yield value_of(node, dating)


def _addressed(declared: Declared, dating: Dating, url: str) -> Iterator[date | None]:
    """By the address that was asked for, and by those that the page gives for itself."""
    for address in (url, declared.first("link:canonical"), declared.first("og:url")):
        yield date_in_address(address, dating.now)


def _in_page_title(declared: Declared, dating: Dating) -> Iterator[date | None]:
    """A part of the page's title that is nothing but a day."""
    for part in _PARTS.split(declared.page_title):
        if is_date_alone(part):
            yield dating.value(part)


def _by_class(tree: html.Tree, dating: Dating, shared: frozenset[int]) -> Iterator[date | None]:
    """What is a field of a date by its class alone, wherever it stands: the nearest to the title, if those as near say the same."""
    found: dict[int, set[date]] = {}
    for node in html.select(tree, _DATE_FIELDS)[:_FIELDS_MOST]:
        above = ancestors(node)
        depth = max((_depth(parent) for parent in above if parent.mem_id in shared), default=0)
        if _is_changed(node) or any(parent.tag in {"a", *_EMBEDDED} for parent in above) or stands_aside(node, shared):
            continue
        # not line by line, as fields may stand in one another to any depth
        text = node.text(deep=True, separator=" ")
        if len(text) <= 2 * _LINE and _is_date_line(text, dating.zone) and (day := _by_attribute(node, dating) or dating.field(text)):
            found.setdefault(depth, set()).add(day.date() if isinstance(day, datetime) else day)
    nearest = found[max(found)] if found else set()
    yield nearest.pop() if len(nearest) == 1 else None


def _depth(node: html.Node) -> int:
    return len(ancestors(node))


def _is_changed(node: html.Node) -> bool:
    names = f"{html.attribute(node, 'class')} {html.attribute(node, 'itemprop')}".lower()
    return bool(_CHANGED.search(names)) and "publi" not in names


def _by_title(around: Surroundings, dating: Dating) -> Iterator[date | None]:
    """The nearest line that is one of a date; below the title rather than above it, where the site's own calendar stands."""
    after = [(float(number), line) for number, line in enumerate(around.after)]
    before = [(number + 0.5, line) for number, line in enumerate(around.before)]
    for _, line in sorted(after + before, key=lambda pair: pair[0]):
        # a link that says more than a day leads to a neighbour
        if len(line.text) <= _LINE and (not line.is_link or _is_date_line(line.text, dating.zone, rest=_NOTHING)):
            yield _line_date(line, dating)


def _line_date(line: Line, dating: Dating) -> date | None:
    named = any(_DATED.search(html.attribute(parent, "class")) for parent in (line.node, *ancestors(line.node, 2)))
    for parent in (line.node, *ancestors(line.node, 1)):
        for name in _ATTRIBUTES[:-1]:
            if (value := html.attribute(parent, name)) and (found := dating.value(value)):
                return found
    return dating.field(line.text) if named or _is_date_line(line.text, dating.zone) else None


def _is_date_line(text: str, zone: ZoneInfo, rest: int = _REST) -> bool:
    """Whether a line says hardly more than a date."""
    left = text
    for written in reversed(dates_in(text, zone)):
        left = left[: written.start] + left[written.end :]
    return len(_LABEL.sub("", left).strip(" .,|-–—:()")) <= rest


def _with_hour(found: date | None, listed: date | None, zone: ZoneInfo) -> date | None:
    """The same day with the hour that the list has."""
    if found is None or isinstance(found, datetime) or not isinstance(listed, datetime):
        return found
    return listed if listed.astimezone(zone).date() == found else found
