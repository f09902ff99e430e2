"""Which articles a sighting might be: found by address key, by equal text, and by shared 3-grams."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, func, insert, or_, select

from storage import schema
from storage.model import Candidate, Fingerprint, Sighting

_MOST_SIMILAR = 10
"""How many articles are compared by their sketch; those that share the most 3-grams come first."""
_HASHES_ASKED = 500
"""A long document is looked up by its lowest hashes alone: they are as random a choice as any."""


def find_candidates(connection: Connection, sighting: Sighting) -> list[Candidate]:
    """Within the sighting's family of hosts and among documents without an address, or everywhere for a document without one."""
    ids = _by_key(connection, sighting) | _by_text(connection, sighting) | _by_sketch(connection, sighting)
    return [found for found in map(lambda i: _candidate(connection, i), sorted(ids)) if _comparable(sighting, found)]  # noqa: C417


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


def _by_key(connection: Connection, sighting: Sighting) -> set[int]:
    key = schema.address_key.c
    return set(connection.scalars(select(key.article_id).where(key.family == sighting.family, key.key.in_(sighting.keys))))


def _by_text(connection: Connection, sighting: Sighting) -> set[int]:
    revision = schema.revision.c
    return set(connection.scalars(select(revision.article_id).where(revision.content_hash == sighting.fingerprint.content_hash)))


def _by_sketch(connection: Connection, sighting: Sighting) -> set[int]:
    shingle, article = schema.shingle.c, schema.article.c
    query = (
        select(shingle.article_id)
        .where(shingle.hash.in_(sighting.fingerprint.sketch[:_HASHES_ASKED]))
        .group_by(shingle.article_id)
        .order_by(func.count().desc(), shingle.article_id)
        .limit(_MOST_SIMILAR)
    )
    if sighting.family:
        query = query.join(schema.article, article.id == shingle.article_id).where(
            or_(article.family == sighting.family, article.family == "")
        )
    return set(connection.scalars(query))


def _comparable(sighting: Sighting, candidate: Candidate) -> bool:
    return not sighting.family or candidate.family in {"", sighting.family}


def _candidate(connection: Connection, article_id: int) -> Candidate:
    revision, key, location = schema.revision.c, schema.address_key.c, schema.location.c
    latest = (
        select(schema.revision, schema.article.c.family)
        .join(schema.article)
        .where(revision.article_id == article_id)
        .order_by(revision.number.desc())
        .limit(1)
    )
    row = connection.execute(latest).mappings().one()
    return Candidate(
        article_id=article_id,
        family=row["family"],
        keys=frozenset(connection.scalars(select(key.key).where(key.article_id == article_id))),
        locations=frozenset(connection.scalars(select(location.url).where(location.article_id == article_id))),
        title=row["title"],
        language=row["language"],
        published=row["published"],
        fingerprint=Fingerprint(row["content_hash"], row["sketch"], frozenset(row["facts"])),
        state_hash=row["state_hash"],
    )
