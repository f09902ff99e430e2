"""Fingerprints made anew: after an upgrade that makes them in another way, those that are stored would be compared with none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from storage import schema
from storage.baseline import shipped_baseline
from storage.fingerprint import SKETCH, fingerprint
from storage.marks import Marked, index_marks
from storage.model import Fingerprint
from storage.shown import UNREAD

_KEY = "sketch"
_BATCH = 500
"""Revisions in memory at a time, about 10 KB each."""


def renew(connection: Connection) -> None:
    """Fingerprint and index every revision, unless that was done already in this way; in the transaction of the upgrade."""
    if connection.scalar(_REMEMBERED) == str(SKETCH):
        return
    connection.execute(delete(schema.mark))
    shipped = {entry.fingerprint.content_hash: entry.fingerprint for entry in shipped_baseline()}
    for batch in _revisions(connection):
        _renew(connection, batch, shipped)
    connection.execute(delete(schema.meta).where(schema.meta.c.key == _KEY))
    connection.execute(insert(schema.meta), {"key": _KEY, "value": str(SKETCH)})


def _revisions(connection: Connection) -> Iterator[Sequence[Row[*tuple[Any, ...]]]]:
    last = 0
    while batch := connection.execute(_AFTER, {"last": last}).all():
        yield batch
        last = batch[-1].id


def _renew(connection: Connection, batch: Sequence[Row[*tuple[Any, ...]]], shipped: Mapping[str, Fingerprint]) -> None:
    told = [_anew(row, shipped) for row in batch]
    rows = [
        {"revision": row.id, "content_hash_": one.content_hash, "sketch_": one.sketch, "facts_": one.facts}
        for row, one in zip(batch, told, strict=True)
    ]
    connection.execute(_RENEW, rows)
    # an older text is found as a whole
    marked = [
        Marked(row.article_id, row.title, one if row.number == row.latest else replace(one, sketch=()))
        for row, one in zip(batch, told, strict=True)
    ]
    index_marks(connection, marked)


def _anew(row: Row[*tuple[Any, ...]], shipped: Mapping[str, Fingerprint]) -> Fingerprint:
    """Of a text that was never kept only its hash is left, unless it ships with the program."""
    if row.number > UNREAD:
        return fingerprint(row.title, row.text)
    return shipped.get(row.content_hash) or Fingerprint(row.content_hash, (), frozenset())


_REMEMBERED = select(schema.meta.c.value).where(schema.meta.c.key == _KEY)
_revision = schema.revision.c
_newest = schema.revision.alias("newest")
_AFTER = (
    select(
        _revision.id, _revision.article_id, _revision.number, _revision.title, _revision.text, _revision.content_hash,
        select(func.max(_newest.c.number)).where(_newest.c.article_id == _revision.article_id).scalar_subquery().label("latest"),
    )
    .where(_revision.id > bindparam("last"))
    .order_by(_revision.id)
    .limit(_BATCH)
)  # fmt: skip
_RENEW = (
    update(schema.revision)
    .where(_revision.id == bindparam("revision"))
    .values(content_hash=bindparam("content_hash_"), sketch=bindparam("sketch_"), facts=bindparam("facts_"))
)
