"""Watches kept in the database, the glossary of names, and the search index."""

from datetime import UTC

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "watch",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("exclude", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("channels", sa.Text(), nullable=False),
        sa.Column("told_of", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("removed_at", _MOMENT),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch")),
        sa.UniqueConstraint("name", name=op.f("uq_watch_name")),
    )
    op.create_index(op.f("ix_watch_version"), "watch", ["version"])
    op.create_table(
        "name_pair",
        sa.Column("short_key", sa.Text(), nullable=False),
        sa.Column("long_key", sa.Text(), nullable=False),
        sa.Column("short", sa.Text(), nullable=False),
        sa.Column("long", sa.Text(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("noted_at", _MOMENT, nullable=False),
        sa.Column("decided_at", _MOMENT),
        sa.PrimaryKeyConstraint("short_key", "long_key", name=op.f("pk_name_pair")),
    )
    op.create_index(op.f("ix_name_pair_state"), "name_pair", ["state"])
    # What is there already is indexed by the running service, the newest first.
    op.create_table(
        "search",
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("revision_id", _ID, nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_search_article_id")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_search")),
    )
    op.create_index(op.f("ix_search_place"), "search", ["place"], unique=True)
    op.create_index(op.f("ix_search_version_place"), "search", ["version", "place"])
    for statement in _KEYS[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)  # as it stands: a colon in it is no parameter
    _enrol()


def _enrol() -> None:
    """What is there already waits for the running service to index it: a place, from the newest article downwards, and no version."""
    article = sa.table("article", sa.column("id"), sa.column("first_seen_at", _MOMENT))
    search = sa.table("search", *map(sa.column, ("article_id", "place", "revision_id", "version", "whole")))
    matched = "EXISTS (SELECT 1 FROM revision r WHERE r.article_id = article.id AND r.number > 0 AND r.matched_at IS NOT NULL)"
    newest_first = (
        sa.select(article.c.id, article.c.first_seen_at)
        .where(sa.text(matched))
        .order_by(sa.desc(article.c.first_seen_at), sa.desc(article.c.id))
    )
    place = 1 << 62
    for rows in op.get_bind().execute(newest_first).partitions(10_000):
        enrolled = []
        for row in rows:
            seen = row.first_seen_at if row.first_seen_at.tzinfo else row.first_seen_at.replace(tzinfo=UTC)
            hour = max(0, int(seen.timestamp()) // 3600)
            place = min(place - 1, (hour << 16) + (1 << 15))
            enrolled.append({"article_id": row.id, "place": place, "revision_id": 0, "version": "", "whole": True})
        op.get_bind().execute(sa.insert(search), enrolled)


# The keys themselves, by place; each database in its own way (`storage.search`).
_KEYS = {
    "sqlite": [
        """CREATE VIRTUAL TABLE search_keys USING fts5(keys, content='', contentless_delete=1, detail=none,
        tokenize="ascii separators ' ' tokenchars '=''+.:_-'")""",
    ],
    "postgresql": [
        "CREATE TABLE search_keys (place bigint PRIMARY KEY, keys tsvector NOT NULL)",
        "CREATE INDEX ix_search_keys_keys ON search_keys USING gin (keys)",
    ],
}
