"""Which articles a sighting might be, or have to do with: found by address key, by operator's ruling, and by the marks of their texts."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, insert, select, union

from storage import schema
from storage.marks import asked_marks, bearers
from storage.model import Candidate, Fingerprint, Sighting

_MOST_SIMILAR = 10
"""How many articles of the sighting's own family are compared by their texts; those that share the most marks come first."""
_MOST_ELSEWHERE = 5
"""How many of other sources: they can only be linked."""


def find_candidates(connection: Connection, sighting: Sighting) -> list[Candidate]:
    """By address within the sighting's family of hosts; by text everywhere, its own family and documents without an address first."""
    ids = _by_address(connection, sighting)
    ids |= _by_text(connection, sighting)
    return [candidate(connection, article_id) for article_id in sorted(ids)]


def candidate(connection: Connection, article_id: int) -> Candidate:
    """An article as identity sees it: where it stands, and its latest revision."""
    one = {"article_id": article_id}
    row = connection.execute(_LATEST, one).mappings().one()
    return Candidate(
        article_id=row["joined_to"] or article_id,
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
        ruled=frozenset(connection.scalars(_RULED, one)),
    )


def learn_keys(connection: Connection, family: str, keys: Iterable[str], language: str, article_id: int) -> None:
    """Keys that lead to another article in the same language stay there: what is known first is not moved by a later page's claim."""
    wanted = list(dict.fromkeys(keys))
    known = set(connection.scalars(_KNOWN_KEYS, {"family": family, "language": language, "keys": wanted}))
    rows = [{"family": family, "key": k, "language": language, "article_id": article_id} for k in wanted if k not in known]
    if rows:
        connection.execute(_NEW_KEY, rows)


def _by_address(connection: Connection, sighting: Sighting) -> set[int]:
    asked = {"family": sighting.family, "keys": sighting.keys}
    return set(connection.scalars(_AT_ADDRESS, asked | {"url": sighting.url}) if sighting.url else connection.scalars(_AT_KEYS, asked))


def _by_text(connection: Connection, sighting: Sighting) -> set[int]:
    """Everything for a document without an address: it may stand anywhere."""
    counted = bearers(connection, asked_marks(sighting.content.title, sighting.fingerprint))
    alike = sorted(counted, key=lambda article_id: (-counted[article_id], article_id))[: 4 * _MOST_SIMILAR]
    families = {row.id: row.family for row in connection.execute(_FAMILIES, {"ids": alike})} if alike else {}
    near = [article_id for article_id in alike if not sighting.family or families.get(article_id) in {"", sighting.family}]
    elsewhere = [article_id for article_id in alike if article_id in families and article_id not in near]
    return {*near[:_MOST_SIMILAR], *elsewhere[:_MOST_ELSEWHERE]} & families.keys()


# Statements are built once: building one takes three times as long as having it executed.
_revision, _key, _location, _article, _ruling = (
    table.c for table in (schema.revision, schema.address_key, schema.location, schema.article, schema.ruling)
)
_LATEST = (
    select(schema.revision, _article.family, _article.url, _article.joined_to)
    .join(schema.article)
    .where(_revision.article_id == bindparam("article_id"))
    .order_by(_revision.number.desc())
    .limit(1)
)
_KEYS = select(_key.key).where(_key.article_id == bindparam("article_id"))
_LOCATIONS = select(_location.url).where(_location.article_id == bindparam("article_id"))
_ATTACHMENTS = select(schema.attachment.c.url).where(schema.attachment.c.revision_id == bindparam("revision_id"))
_RULED = select(_ruling.key).where(_ruling.article_id == bindparam("article_id"))
_FAMILIES = select(_article.id, _article.family).where(_article.id.in_(bindparam("ids", expanding=True)))
_AT_A_KEY = [
    select(table.article_id).where(table.family == bindparam("family"), table.key.in_(bindparam("keys", expanding=True)))
    for table in (_key, _ruling)
]
_AT_KEYS = union(*_AT_A_KEY)
_AT_ADDRESS = union(
    *_AT_A_KEY,
    select(_location.article_id).join(schema.article).where(_location.url == bindparam("url"), _article.family == bindparam("family")),
)
_KNOWN_KEYS = select(_key.key).where(
    _key.family == bindparam("family"), _key.language == bindparam("language"), _key.key.in_(bindparam("keys", expanding=True))
)
_NEW_KEY = insert(schema.address_key)
