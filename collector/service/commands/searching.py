"""`search`, and `watch backtest`: what the archive has for a query, and what a watch would have caught in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from cyclopts import Parameter

from collector.service.asking import moment, query_given, query_of_watch, searcher_of
from collector.service.commands import Config, Json, opened
from collector.service.mistakes import ConfigurationError
from collector.service.output import say, say_json, say_table, warn
from collector.service.settings import Settings
from notify.query import Query
from notify.render.excerpts import Excerpt, document_names, marked, passages, shortened, showable
from notify.search import Count, Hit, Page, Searcher, changed
from storage.model import Attachment, Content
from storage.search import Limits, WantedTooLargeError
from storage.store import Store

_SAMPLES = 3
_MOST = 500
_TITLE = 300
_HIGHEST = 2**63
_NOT_WHOLE = "at least: the index can't answer this query by itself, and more texts would have to be read than are read at a time"


def search(
    query: Annotated[str, Parameter(allow_leading_hyphen=True)] = "",
    *,
    source: str = "",
    since: str = "",
    until: str = "",
    language: str = "",
    watch: str = "",
    before: int | None = None,
    limit: int = 20,
    count: bool = False,
    json: Json = False,
    config: Config = None,
) -> None:
    """Find articles in the archive by the watch language, newest first.

    Parameters
    ----------
    query
        As for a watch; without one, all that the options leave.
    source
        Those of one source alone.
    since
        Noticed on this day or later: 2026-11-22.
    until
        Noticed before this day.
    language
        In this language: ru, be, en.
    watch
        Those that this watch has matched at any time.
    before
        The next page: the number that the page before it ended with.
    count
        Count all of them, by month, in the place of showing them.
    """
    if not 1 <= limit <= _MOST:
        raise ConfigurationError([f"--limit: a page has 1 to {_MOST} articles, not {limit}"])
    if before is not None and not 0 <= before < _HIGHEST:
        raise ConfigurationError([f"--before: {before} is no number that a page ended with"])
    with opened(config) as (settings, store):
        asked = query_given(query, settings, store) if query.strip() else None
        limits = Limits(source or None, moment(since, settings), moment(until, settings), language or None, watch or None)
        searcher = searcher_of(settings, store)
        _say_unindexed(store, searcher)
        with _in_words():
            if count:
                _say_count(searcher.count(asked, limits, ZoneInfo(settings.service.zone)), as_json=json)
            else:
                _say_page(searcher.page(asked, limits, before=before, limit=limit), as_json=json)


def backtest(
    name: str = "",
    *,
    query: Annotated[str, Parameter(allow_leading_hyphen=True)] = "",
    json: Json = False,
    config: Config = None,
) -> None:
    """Show what a watch would have caught in the archive, by month, with the latest; of a changed query, what it gains and loses.

    Parameters
    ----------
    name
        A watch; without one, --query is tried before it is saved.
    query
        With a watch: a new query in the place of its own.
    """
    if not name and not query:
        raise ConfigurationError(["name a watch, or give a query to try: --query 'ШОС'"])
    with opened(config) as (settings, store):
        searcher = searcher_of(settings, store)
        _say_unindexed(store, searcher)
        old = query_of_watch(name, settings, store) if name else None
        new = query_given(query, settings, store) if query else None
        asked = {"": new or old} if old is None or new is None else _compared(old, new)
        with _in_words():
            for label, one in asked.items():
                if one is not None:
                    _say_caught(label, one, searcher, settings, as_json=json)


def _compared(old: Query, new: Query) -> dict[str, Query]:
    gained, lost = changed(old, new)
    return {"now": old, "changed": new, "gained": gained, "lost": lost}


def _say_caught(label: str, query: Query, searcher: Searcher, settings: Settings, *, as_json: bool) -> None:
    count = searcher.count(query, zone=ZoneInfo(settings.service.zone))
    latest = searcher.page(query, limit=_SAMPLES).hits
    if as_json:
        told = {"what": label or "query", "articles": count.articles, "months": count.months, "whole": count.whole}
        say_json(told | {"samples": [_as_json(hit) for hit in latest]})
        return
    _say_counts(f"{label}: " if label else "", count)
    for hit in latest:
        _say_hit(hit, indent="  ")


def _say_count(count: Count, *, as_json: bool) -> None:
    if as_json:
        say_json(asdict(count))
        return
    _say_counts("", count)


def _say_counts(label: str, count: Count) -> None:
    say(f"{label}{count.articles} article{'' if count.articles == 1 else 's'}{'' if count.whole else f' ({_NOT_WHOLE})'}")
    say_table((f"  {month}", str(articles)) for month, articles in count.months.items())


def _say_page(page: Page, *, as_json: bool) -> None:
    for hit in page.hits:
        say_json(_as_json(hit)) if as_json else _say_hit(hit)
    if page.next is not None:
        why = "so many texts were read for this page that it ends early; " if page.unread else ""
        warn(f"{why}older ones: --before {page.next}")
    elif not page.hits:
        warn("nothing is found")


def _say_hit(hit: Hit, indent: str = "") -> None:
    found = hit.found
    title = marked(found.title[:_TITLE], [span for span in hit.spans if span.field == "title"])
    say(f"{indent}{found.article_id}  {found.first_seen_at:%Y-%m-%d %H:%M}  {found.source or '-'}  {_plain(title) or '-'}")
    for where, excerpt in _excerpts(hit):
        say(f"{indent}    {where}{_plain(excerpt)}")


def _as_json(hit: Hit) -> dict[str, Any]:
    found = hit.found
    told = {"article": found.article_id, "source": found.source, "url": found.url, "title": found.title, "published": found.published}
    seen = {"language": found.language, "first_seen_at": found.first_seen_at, "place": found.place}
    spans = [span._asdict() for span in hit.spans]
    return told | seen | {"excerpts": [f"{where}{_plain(excerpt)}" for where, excerpt in _excerpts(hit)], "spans": spans}


def _excerpts(hit: Hit) -> Iterator[tuple[str, Excerpt]]:
    texts = hit.found.texts
    documents = tuple(Attachment("", "", "", text) for text in texts.attachments)
    content = Content(title=texts.title, text=texts.text, author=texts.author, attachments=documents)
    names = document_names(content)
    for field, excerpt in passages(content, hit.spans, 1 if hit.spans else 0):
        yield (f"in attachment {names[field]}: " if field in names else ""), excerpt


def _plain(excerpt: Excerpt) -> str:
    return shortened(showable("".join(f"*{piece.text}*" if piece.marked else piece.text for piece in excerpt)), 2 * _TITLE)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except WantedTooLargeError as error:
        raise ConfigurationError([f"query: {error}"]) from None


def _say_unindexed(store: Store, searcher: Searcher) -> None:
    if missing := store.search.count_unindexed(searcher.version):
        warn(f"{missing} articles are not in the index as they are now; the running service adds them")
    if store.matches.unmatched(1):
        warn("what came last is not matched yet and so not found; the running service does it, or `vestnik collect`")
