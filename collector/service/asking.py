"""Questions to the archive, as commands put them: which query is meant, with the names of the glossary, and who answers."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from collector.service.app import ServiceError
from collector.service.mistakes import ConfigurationError, nearest
from collector.service.parts import lexicon_of, watches_of
from collector.service.settings import Settings
from notify.glossary import resolve
from notify.query import Query, QueryError, parse
from notify.receipts import SAMPLES, Archive, Caught
from notify.search import Searcher
from notify.watch import WatchError, watch_of
from storage.store import Store


def searcher_of(settings: Settings, store: Store) -> Searcher:
    return Searcher(store.search, lexicon_of(settings))


def query_given(written: str, settings: Settings, store: Store) -> Query:
    """A query that somebody wrote. Raises ConfigurationError with the place marked where it can't be taken."""
    try:
        return _with_names(parse(written), settings, store)
    except QueryError as error:
        raise ConfigurationError([f"query: {error}\n{error.marked()}"]) from None


def query_of_watch(name: str, settings: Settings, store: Store) -> Query:
    """All that a watch of the configuration or of the database asks. Raises ServiceError where there is none, or it can't be read."""
    configured = {watch.name: watch.query for watch in watches_of(settings)}
    if name in configured:
        return _with_names(configured[name], settings, store)
    saved = store.watches.get(name)
    if saved is None:
        names = sorted({*configured, *(watch.name for watch in store.watches.list())})
        raise ServiceError(f"there is no watch {name!r}{nearest(name, names)}")
    try:
        return _with_names(watch_of(saved).query, settings, store)
    except (QueryError, WatchError) as error:
        raise ServiceError(f"watch {name!r} can't be read any more: {error}; `vestnik watch change {name}` mends it") from None


def archive_of(settings: Settings, store: Store) -> Archive:
    """What receipts show of the archive."""
    searcher = searcher_of(settings, store)

    def caught(query: Query) -> Caught:
        asked = _with_names(query, settings, store)
        hits = searcher.page(asked, limit=SAMPLES).hits
        latest = [(article, hit.spans) for hit in hits if (article := store.articles.article(hit.found.article_id))]
        count = searcher.count(asked)
        return Caught(count.articles, latest, count.whole)

    return caught


def moment(written: str, settings: Settings) -> datetime | None:
    """The beginning of a day, or a moment, in the service's zone unless it names its own; None for an empty word."""
    if not written:
        return None
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise ConfigurationError([f"{written!r} is no date; write it as 2026-11-22, or 2026-11-22T10:30"]) from None
    return found if found.tzinfo else datetime.combine(found.date(), found.time() or time(), ZoneInfo(settings.service.zone))


def _with_names(query: Query, settings: Settings, store: Store) -> Query:
    return resolve(query, [known.pair for known in store.names.accepted()], lexicon_of(settings))
