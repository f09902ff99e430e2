"""One publication, one article: marks in the place of shingles, relations, rulings, kinds of edit, removal, pauses, bursts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for table, column in (
        ("source", sa.Column("paused_at", _MOMENT)),
        ("source", sa.Column("silent", sa.Boolean(), nullable=False, server_default=sa.text("false"))),
        ("source", sa.Column("resumed_at", _MOMENT)),
        ("look", sa.Column("waiting", sa.Integer())),
        ("look", sa.Column("earlier", sa.Integer(), nullable=False, server_default=sa.text("0"))),
        ("article", sa.Column("removed_at", _MOMENT)),
        ("location", sa.Column("gone_at", _MOMENT)),
        ("revision", sa.Column("kinds", sa.String(120), nullable=False, server_default=sa.text("''"))),
        ("revision", sa.Column("burst", sa.String(120))),
        ("link", sa.Column("gone", sa.Integer(), nullable=False, server_default=sa.text("0"))),
        ("link", sa.Column("burst", sa.String(120))),
        ("delivery", sa.Column("digest", sa.String(120))),
    ):
        op.add_column(table, column)
    _join_articles()
    op.drop_index("ix_article_first_seen_at", "article")
    op.create_index("ix_article_first_seen_at_id", "article", ["first_seen_at", "id"])
    # The store fills the marks when it opens: they are made from the texts.
    op.drop_table("shingle")
    op.drop_index("ix_revision_content_hash", "revision")
    op.create_table(
        "mark",
        sa.Column("hash", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hash", "article_id", name=op.f("pk_mark")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "relation",
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("other_id", _ID, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("noted_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_relation_article_id")),
        sa.ForeignKeyConstraint(["other_id"], ["article.id"], name=op.f("fk_relation_other_id")),
        sa.PrimaryKeyConstraint("article_id", "other_id", name=op.f("pk_relation")),
    )
    op.create_index(op.f("ix_relation_other_id"), "relation", ["other_id"])
    op.create_table(
        "ruling",
        sa.Column("family", sa.String(255), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_ruling_article_id")),
        sa.PrimaryKeyConstraint("family", "key", "language", name=op.f("pk_ruling")),
    )
    op.create_index(op.f("ix_ruling_article_id"), "ruling", ["article_id"])


def _join_articles() -> None:
    reference = sa.ForeignKey("article.id", name=op.f("fk_article_joined_to"))
    if op.get_bind().dialect.name == "sqlite":
        # as text: alembic would copy the whole table for the reference, which SQLite's own statement does not need
        op.execute("ALTER TABLE article ADD COLUMN joined_to INTEGER CONSTRAINT fk_article_joined_to REFERENCES article (id)")
    else:
        op.add_column("article", sa.Column("joined_to", _ID, reference))
    op.create_index(op.f("ix_article_joined_to"), "article", ["joined_to"])
