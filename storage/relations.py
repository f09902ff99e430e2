"""What articles are to each other without being one: the same story on another source, a translation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, and_, case, delete, func, insert, or_, select

from storage import schema
from storage.model import Related, Relation, RelationKind


def note_related(connection: Connection, article_id: int, related: Iterable[Related], now: datetime) -> None:
    """Write down what is not known yet."""
    for one in related:
        first, second = sorted((article_id, one.article_id))
        relation = schema.relation.c
        known = select(relation.kind).where(relation.article_id == first, relation.other_id == second)
        if first != second and connection.scalar(known) is None:
            row = {"article_id": first, "other_id": second, "kind": one.kind, "why": one.why, "noted_at": now}
            connection.execute(insert(schema.relation), row)


def forget_relation(connection: Connection, article_id: int, other_id: int) -> None:
    first, second = sorted((article_id, other_id))
    relation = schema.relation.c
    connection.execute(delete(schema.relation).where(relation.article_id == first, relation.other_id == second))


def relations_of(connection: Connection, article_id: int) -> list[Relation]:
    """The articles that it is related to, in the order of their ids; one that was joined is told as that which it was joined to."""
    relation, article, revision = schema.relation.c, schema.article.c, schema.revision.c
    other = case((relation.article_id == article_id, relation.other_id), else_=relation.article_id)
    newest = schema.revision.alias("newest").c
    latest = select(func.max(newest.number)).where(newest.article_id == article.id).scalar_subquery()
    query = (
        select(relation.kind, relation.why, relation.noted_at, article.id, article.url, revision.title, schema.source.c.name)
        .join_from(schema.relation, schema.article, article.id == other)
        .join(schema.revision, and_(revision.article_id == article.id, revision.number == latest))
        .outerjoin(schema.source, schema.source.c.id == article.source_id)
        .where(or_(relation.article_id == article_id, relation.other_id == article_id), article.joined_to.is_(None))
        .order_by(article.id)
    )
    return [
        Relation(row.id, RelationKind(row.kind), row.why, row.noted_at, row.title, row.url, row.name or "")
        for row in connection.execute(query)
    ]
