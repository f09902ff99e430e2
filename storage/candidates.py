"""Which articles a sighting might be: found by address key, by equal text, and by shared 3-grams."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from storage import schema
from storage.model import Candidate, Fingerprint, Sighting

_MOST_SIMILAR = 10
"""How many articles are compared by their sketch; those that share the most 3-grams come first."""
_TELLING = 8
"""A sketch of fewer hashes is that of a phrase which any number of publications may have as their text."""
_HASHES_ASKED = 500
"""A long document is looked up by its lowest hashes alone: they are as random a choice as any."""


def find_candidates(connection: Connection, sighting: Sighting) -> list[Candidate]:
    """Within the sighting's family of hosts and among documents without an address, or everywhere for a document without one."""
    ids = _by_address(connection, sighting)
    if len(sighting.fingerprint.sketch) >= _TELLING or not sighting.family:
        ids |= _by_text(connection, sighting) | _by_sketch(connection, sighting)
    return [candidate(connection, article_id) for article_id in sorted(ids)]


def candidate(connection: Connection, article_id: int) -> Candidate:
    """An article as identity sees it: where it stands, and its latest revision."""
    revision, key, location, article = schema.revision.c, schema.address_key.c, schema.location.c, schema.article.c
    latest = select(schema.revision, article.family, article.url).join(schema.article).where(revision.article_id == article_id)
    row = connection.execute(latest.order_by(revision.number.desc()).limit(1)).mappings().one()
    attachments = select(schema.attachment.c.url).where(schema.attachment.c.revision_id == row["id"])
    return Candidate(
        article_id=article_id,
        family=row["family"],
        keys=frozenset(connection.scalars(select(key.key).where(key.article_id == article_id))),
        url=row["url"],
        locations=frozenset(connection.scalars(select(location.url).where(location.article_id == article_id))),
        title=row["title"],
        text=row["text"],
        attachments=frozenset(connection.scalars(attachments)),
        language=row["language"],
        published=row["published"],
        fingerprint=Fingerprint(row["content_hash"], row["sketch"], frozenset(row["facts"])),
        state_hash=row["state_hash"],
    )


def learn_keys(connection: Connection, family: str, keys: Iterable[str], language: str, article_id: int) -> None:
    """Keys that lead to another article in the same language stay there: what is known first is not moved by a later page's claim."""
    key = schema.address_key.c
    wanted = list(dict.fromkeys(keys))
    known = set(connection.scalars(select(key.key).where(key.family == family, key.language == language, key.key.in_(wanted))))
    rows = [{"family": family, "key": k, "language": language, "article_id": article_id} for k in wanted if k not in known]
    if rows:
        connection.execute(insert(schema.address_key), rows)


def index_sketch(connection: Connection, article_id: int, sketch: Sequence[int]) -> None:
    if sketch:
        connection.execute(insert(schema.shingle), [{"hash": h, "article_id": article_id} for h in sketch])


def forget_sketch(connection: Connection, article_id: int) -> None:
    """Only the latest revision is looked up by its 3-grams."""
    connection.execute(delete(schema.shingle).where(schema.shingle.c.article_id == article_id))


def _by_address(connection: Connection, sighting: Sighting) -> set[int]:
    key, location, article = schema.address_key.c, schema.location.c, schema.article.c
    by_key = select(key.article_id).where(key.family == sighting.family, key.key.in_(sighting.keys))
    here = select(location.article_id).join(schema.article).where(location.url == sighting.url, article.family == sighting.family)
    return {*connection.scalars(by_key), *(connection.scalars(here) if sighting.url else ())}


def _by_text(connection: Connection, sighting: Sighting) -> set[int]:
    revision = schema.revision.c
    query = select(revision.article_id).where(revision.content_hash == sighting.fingerprint.content_hash)
    return set(connection.scalars(_within(query, revision.article_id, sighting).limit(_MOST_SIMILAR)))


def _by_sketch(connection: Connection, sighting: Sighting) -> set[int]:
    shingle = schema.shingle.c
    query = select(shingle.article_id).where(shingle.hash.in_(sighting.fingerprint.sketch[:_HASHES_ASKED]))
    query = _within(query, shingle.article_id, sighting).group_by(shingle.article_id)
    return set(connection.scalars(query.order_by(func.count().desc(), shingle.article_id).limit(_MOST_SIMILAR)))


def _within(query: Any, article_id: Any, sighting: Sighting) -> Any:
    """Only articles of the sighting's family and documents without an address; everything for such a document."""
    article = schema.article.c
    if not sighting.family:
        return query
    return query.join(schema.article, article.id == article_id).where(article.family.in_(["", sighting.family]))
