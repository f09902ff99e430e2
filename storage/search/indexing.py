"""What the index does not hold as it is now. Whoever has been read has a row in `search`, if only one that says so (`writing.enrol`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, desc, func, or_, select

from storage import schema
from storage.among import among
from storage.search.reading import texts_of_revisions
from storage.search.values import Unindexed
from storage.search.writing import latest_matched


def not_indexed(connection: Connection, version: str, limit: int) -> list[Unindexed]:
    article_ids: list[int] = []
    for other in _other_versions(connection, version):
        if len(article_ids) < limit:
            article_ids += connection.scalars(_OF_VERSION, {"version": other, "limit": limit - len(article_ids)}).all()
    latest = latest_matched(connection, article_ids)
    texts = texts_of_revisions(connection, list(latest.values()))
    watches = _watches(connection, article_ids)
    return [
        Unindexed(article_id, latest[article_id], texts[latest[article_id]], frozenset(watches[article_id]))
        for article_id in article_ids
        if article_id in latest
    ]


def count_not_indexed(connection: Connection, version: str) -> int:
    return connection.scalar(_COUNT, {"version": version}) or 0


def _other_versions(connection: Connection, version: str) -> Iterable[str]:
    """Not by DISTINCT: it would read a row for each article."""
    found = connection.scalar(_FIRST_VERSION)
    while found is not None:
        if found != version:
            yield found
        found = connection.scalar(_NEXT_VERSION, {"version": found})


def _watches(connection: Connection, article_ids: list[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for article_id, watch in connection.execute(_WATCHES, {"articles": article_ids}).all():
        found[article_id].add(watch)
    return found


_search, _revision = schema.search.c, schema.revision.c
_FIRST_VERSION = select(func.min(_search.version))
_NEXT_VERSION = _FIRST_VERSION.where(_search.version > bindparam("version"))
_OF_VERSION = (
    select(_search.article_id).where(_search.version == bindparam("version")).order_by(desc(_search.place)).limit(bindparam("limit"))
)
_COUNT = (
    select(func.count())
    .select_from(schema.search)
    .where(or_(_search.version < bindparam("version"), _search.version > bindparam("version")))  # by the index, not past all articles
)
_WATCHES = (
    select(_revision.article_id, schema.match.c.watch)
    .join(schema.match, schema.match.c.revision_id == _revision.id)
    .where(among(_revision.article_id, "articles"))
    .distinct()
)
