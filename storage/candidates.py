"""Which articles a sighting might be: found by address key, by equal text, and by shared 3-grams."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, union

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
    one = {"article_id": article_id}
    row = connection.execute(_LATEST, one).mappings().one()
    return Candidate(
        article_id=article_id,
        family=row["family"],
        keys=frozenset(connection.scalars(_KEYS, one)),
        url=row["url"],
        locations=frozenset(connection.scalars(_LOCATIONS, one)),
        title=row["title"],
        text=row["text"],
        attachments=frozenset(connection.scalars(_ATTACHMENTS, {"revision_id": row["id"]})),
        language=row["language"],
        published=row["published"],
        fingerprint=Fingerprint(row["content_hash"], row["sketch"], frozenset(row["facts"])),
        state_hash=row["state_hash"],
    )


def learn_keys(connection: Connection, family: str, keys: Iterable[str], language: str, article_id: int) -> None:
    """Keys that lead to another article in the same language stay there: what is known first is not moved by a later page's claim."""
    wanted = list(dict.fromkeys(keys))
    known = set(connection.scalars(_KNOWN_KEYS, {"family": family, "language": language, "keys": wanted}))
    rows = [{"family": family, "key": k, "language": language, "article_id": article_id} for k in wanted if k not in known]
    if rows:
        connection.execute(_NEW_KEY, rows)


def index_sketch(connection: Connection, article_id: int, sketch: Sequence[int]) -> None:
    if sketch:
        connection.execute(_NEW_SHINGLE, [{"hash": h, "article_id": article_id} for h in sketch])


def forget_sketch(connection: Connection, article_id: int) -> None:
    """Only the latest revision is looked up by its 3-grams."""
    connection.execute(delete(schema.shingle).where(schema.shingle.c.article_id == article_id))


def _by_address(connection: Connection, sighting: Sighting) -> set[int]:
    asked = {"family": sighting.family, "keys": sighting.keys}
    return set(connection.scalars(_AT_ADDRESS, asked | {"url": sighting.url}) if sighting.url else connection.scalars(_AT_KEYS, asked))


def _by_text(connection: Connection, sighting: Sighting) -> set[int]:
    asked = {"content_hash": sighting.fingerprint.content_hash}
    return set(connection.scalars(*_within(_SAME_TEXT, asked, sighting)))


def _by_sketch(connection: Connection, sighting: Sighting) -> set[int]:
    asked = {"hashes": sighting.fingerprint.sketch[:_HASHES_ASKED]}
    return set(connection.scalars(*_within(_SIMILAR, asked, sighting)))


def _within(queries: tuple[Any, Any], asked: dict[str, Any], sighting: Sighting) -> tuple[Any, dict[str, Any]]:
    """Only articles of the sighting's family and documents without an address; everything for such a document."""
    anywhere, within = queries
    return (within, asked | {"families": ["", sighting.family]}) if sighting.family else (anywhere, asked)


def _both(query: Any, article_id: Any, finish: Any) -> tuple[Any, Any]:
    article = schema.article.c
    families = article.family.in_(bindparam("families", expanding=True))
    return finish(query), finish(query.join(schema.article, article.id == article_id).where(families))


# Statements are built once: building one takes three times as long as having it executed.
_revision, _key, _location, _article, _shingle = (
    table.c for table in (schema.revision, schema.address_key, schema.location, schema.article, schema.shingle)
)
_LATEST = (
    select(schema.revision, _article.family, _article.url)
    .join(schema.article)
    .where(_revision.article_id == bindparam("article_id"))
    .order_by(_revision.number.desc())
    .limit(1)
)
_KEYS = select(_key.key).where(_key.article_id == bindparam("article_id"))
_LOCATIONS = select(_location.url).where(_location.article_id == bindparam("article_id"))
_ATTACHMENTS = select(schema.attachment.c.url).where(schema.attachment.c.revision_id == bindparam("revision_id"))
_AT_KEYS = select(_key.article_id).where(_key.family == bindparam("family"), _key.key.in_(bindparam("keys", expanding=True)))
_AT_ADDRESS = union(
    _AT_KEYS,
    select(_location.article_id).join(schema.article).where(_location.url == bindparam("url"), _article.family == bindparam("family")),
)
_KNOWN_KEYS = select(_key.key).where(
    _key.family == bindparam("family"), _key.language == bindparam("language"), _key.key.in_(bindparam("keys", expanding=True))
)
_NEW_KEY, _NEW_SHINGLE = insert(schema.address_key), insert(schema.shingle)
_SAME_TEXT = _both(
    select(_revision.article_id).where(_revision.content_hash == bindparam("content_hash")),
    _revision.article_id,
    lambda query: query.limit(_MOST_SIMILAR),
)
_SIMILAR = _both(
    select(_shingle.article_id).where(_shingle.hash.in_(bindparam("hashes", expanding=True))),
    _shingle.article_id,
    lambda query: query.group_by(_shingle.article_id).order_by(func.count().desc(), _shingle.article_id).limit(_MOST_SIMILAR),
)
