"""Which articles a sighting might be, or have to do with: found by address key, by operator's ruling, and by the marks of their texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, bindparam, func, select, union_all

from storage import schema
from storage.among import among
from storage.marks import alike, content_mark
from storage.model import Candidate, Fingerprint, Sighting

_MOST_SIMILAR = 10
"""How many articles of the sighting's own family are compared by their texts; those that share the most marks come first."""
_MOST_ELSEWHERE = 5
"""How many of other sources: they can only be linked."""
_CONSIDERED = 200
"""Of how many articles it is asked whose they are: a press release stands on a hundred sites, and its mirror on its own must be found."""


def find_candidates(connection: Connection, sighting: Sighting) -> list[Candidate]:
    """By address within the sighting's family of hosts; by text everywhere, its own family and documents without an address first."""
    return candidates(connection, look_up(connection, sighting))


def look_up(connection: Connection, sighting: Sighting) -> set[int]:
    """The ids of the articles that are worth comparing with a sighting."""
    return _by_address(connection, sighting) | _by_text(connection, sighting)


def candidate(connection: Connection, article_id: int) -> Candidate:
    """An article as identity sees it: where it stands, and its latest revision."""
    return candidates(connection, [article_id])[0]


def candidates(connection: Connection, article_ids: Collection[int]) -> list[Candidate]:
    """Articles as identity sees them, by rising id. One that was joined to another speaks for that one."""
    if not article_ids:
        return []
    asked = {"ids": article_ids}
    latest = connection.execute(_LATEST, asked).mappings().all()
    keys, locations, ruled = (_gathered(connection, query, asked) for query in (_KEYS, _LOCATIONS, _RULED))
    attachments = _gathered(connection, _ATTACHMENTS, {"ids": [row["revision_id"] for row in latest]})
    return [
        _candidate(row, keys[row["id"]], locations[row["id"]], attachments[row["revision_id"]], ruled[row["id"]])
        for row in sorted(latest, key=lambda row: int(row["id"]))
    ]


def text_is_known(connection: Connection, fingerprint: Fingerprint) -> bool:
    """Whether some article has, or once had, this text word for word."""
    asked = {"mark": content_mark(fingerprint), "content_hash": fingerprint.content_hash}
    return connection.scalar(_WITH_TEXT, asked) is not None


def _candidate(row: RowMapping, keys: list[str], locations: list[str], attachments: list[str], ruled: list[str]) -> Candidate:
    return Candidate(
        article_id=row["joined_to"] or row["id"],
        family=row["family"],
        keys=frozenset(keys),
        url=row["url"],
        locations=frozenset(locations),
        title=row["title"],
        text=row["text"],
        attachments=frozenset(attachments),
        language=row["language"],
        published=row["published"],
        fingerprint=Fingerprint(row["content_hash"], row["sketch"], frozenset(row["facts"])),
        state_hash=row["state_hash"],
        ruled=frozenset(ruled),
        joined=row["id"] if row["joined_to"] else None,
    )


def _gathered(connection: Connection, query: Select[Any], asked: Mapping[str, object]) -> Mapping[int, list[str]]:
    """Texts by the id of what they belong to."""
    found: dict[int, list[str]] = defaultdict(list)
    for belongs_to, text in connection.execute(query, asked).all():
        found[belongs_to].append(text)
    return found


def _by_address(connection: Connection, sighting: Sighting) -> set[int]:
    asked = {"family": sighting.family, "keys": [*sighting.keys, *sighting.translations], "url": sighting.url}
    return set(connection.scalars(_AT_ADDRESS if sighting.url else _AT_KEYS, asked).all())


def _by_text(connection: Connection, sighting: Sighting) -> set[int]:
    """Everything for a document without an address: it may stand anywhere."""
    found = alike(connection, sighting.content.title, sighting.fingerprint)[:_CONSIDERED]
    if not found:
        return set()
    families = {article_id: family for article_id, family in connection.execute(_FAMILIES, {"ids": found}).all()}  # noqa: C416  (rows)
    known = [article_id for article_id in found if article_id in families]
    near = [article_id for article_id in known if not sighting.family or families[article_id] in {"", sighting.family}]
    elsewhere = [article_id for article_id in known if article_id not in set(near)]
    return {*near[:_MOST_SIMILAR], *elsewhere[:_MOST_ELSEWHERE]}


# Statements are built once: building one takes three times as long as having it executed.
_revision, _key, _location, _article, _ruling, _attachment = (
    table.c for table in (schema.revision, schema.address_key, schema.location, schema.article, schema.ruling, schema.attachment)
)
_newest = schema.revision.alias("newest")
_LATEST = (
    select(
        _article.id, _article.family, _article.url, _article.joined_to, _revision.id.label("revision_id"), _revision.title, _revision.text,
        _revision.language, _revision.published, _revision.content_hash, _revision.sketch, _revision.facts, _revision.state_hash,
    )
    .join(schema.revision)
    .where(
        among(_article.id, "ids"),
        _revision.number == select(func.max(_newest.c.number)).where(_newest.c.article_id == _article.id).scalar_subquery(),
    )
)  # fmt: skip
_KEYS = select(_key.article_id, _key.key).where(among(_key.article_id, "ids"))
_LOCATIONS = select(_location.article_id, _location.url).where(among(_location.article_id, "ids"))
_ATTACHMENTS = select(_attachment.revision_id, _attachment.url).where(among(_attachment.revision_id, "ids"))
_RULED = select(_ruling.article_id, _ruling.language + " " + _ruling.key).where(among(_ruling.article_id, "ids"))
_FAMILIES = select(_article.id, _article.family).where(among(_article.id, "ids"))
_WITH_TEXT = (
    select(_revision.id)
    .join(schema.mark, schema.mark.c.article_id == _revision.article_id)
    .where(schema.mark.c.hash == bindparam("mark"), _revision.content_hash == bindparam("content_hash"))
    .limit(1)
)
_AT_A_KEY = [select(table.article_id).where(table.family == bindparam("family"), among(table.key, "keys")) for table in (_key, _ruling)]
_AT_KEYS = union_all(*_AT_A_KEY)
_AT_ADDRESS = union_all(
    *_AT_A_KEY,
    select(_location.article_id).join(schema.article).where(_location.url == bindparam("url"), _article.family == bindparam("family")),
)
