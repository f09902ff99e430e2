"""What finding has to remember: sources made by hand, entry points found, whole texts of lists, back-fills, gaps."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    # existing rows get the default, which stays: SQLite can't drop it without copying the table
    for table, column in (
        ("source", sa.Column("definition", sa.Text())),
        ("source", sa.Column("ways", sa.Text())),
        ("source", sa.Column("surveyed_at", _MOMENT)),
        ("source", sa.Column("ruled", sa.Boolean(), nullable=False, server_default=sa.text("false"))),
        ("entry_point", sa.Column("ruled", sa.Boolean(), nullable=False, server_default=sa.text("false"))),
        ("entry_point", sa.Column("read_at", _MOMENT)),
        ("entry_point", sa.Column("position", sa.BigInteger())),
        ("look", sa.Column("held", sa.Integer(), nullable=False, server_default=sa.text("0"))),
        ("link", sa.Column("whole", sa.Text())),
        ("link", sa.Column("backfilled", sa.Boolean(), nullable=False, server_default=sa.text("false"))),
    ):
        op.add_column(table, column)
    op.create_table(
        "backfill",
        sa.Column("id", _ID, nullable=False),
        sa.Column("source_id", _ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("next_page", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("links", sa.Integer(), nullable=False),
        sa.Column("oldest", sa.String(40)),
        sa.Column("begun_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("leased_until", _MOMENT),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_backfill_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backfill")),
        sa.UniqueConstraint("source_id", "url", name=op.f("uq_backfill_source_id_url")),
    )
    op.create_table(
        "gap",
        sa.Column("id", _ID, nullable=False),
        sa.Column("source_id", _ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("next_page", sa.Text(), nullable=False),
        sa.Column("since", _MOMENT),
        sa.Column("noticed_at", _MOMENT, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("bridged_at", _MOMENT),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_gap_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap")),
    )
    op.create_index(op.f("ix_gap_source_id"), "gap", ["source_id"])
