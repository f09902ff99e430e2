"""What minding sources has to remember: what looks noted, what was judged, incidents, and notices to the operator."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_ONE_THING = "(revision_id IS NULL) <> (notice_id IS NULL)"
_KEPT = "id, recipient_id, revision_id, message_id, state, attempts, created_at, due_at, leased_until, sent_at, error"


def upgrade() -> None:
    op.add_column("look", sa.Column("noted", sa.Text()))
    op.create_index("ix_look_source_id_id", "look", ["source_id", "id"])
    op.create_index("ix_article_source_id_first_seen_at", "article", ["source_id", "first_seen_at"])
    _make_health()
    _make_incident()
    _make_notice()
    if op.get_context().dialect.name == "sqlite":
        _remake_delivery()
    else:
        op.add_column("delivery", sa.Column("notice_id", _ID))
        op.create_foreign_key(op.f("fk_delivery_notice_id"), "delivery", "notice", ["notice_id"], ["id"])
        op.create_unique_constraint(op.f("uq_delivery_recipient_id_notice_id"), "delivery", ["recipient_id", "notice_id"])
        op.alter_column("delivery", "revision_id", nullable=True)
        op.create_check_constraint(op.f("ck_delivery_one_thing"), "delivery", _ONE_THING)


def _make_health() -> None:
    op.create_table(
        "health",
        sa.Column("source_id", _ID, autoincrement=False, nullable=False),
        sa.Column("look_id", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("cause", sa.String(40), nullable=False),
        sa.Column("firm", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("since", _MOMENT),
        sa.Column("good_at", _MOMENT),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_health_source_id")),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_health")),
    )


def _make_incident() -> None:
    op.create_table(
        "incident",
        sa.Column("id", _ID, nullable=False),
        sa.Column("scope", sa.String(300), nullable=False),
        sa.Column("source_id", _ID),
        sa.Column("cause", sa.String(40), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("last_seen_at", _MOMENT, nullable=False),
        sa.Column("reopened_at", _MOMENT),
        sa.Column("closed_at", _MOMENT),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("tellings", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_incident_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(op.f("ix_incident_source_id"), "incident", ["source_id"])
    op.create_index(op.f("ix_incident_closed_at"), "incident", ["closed_at"])
    still_open = sa.text("closed_at IS NULL")
    op.create_index("ux_incident_open", "incident", ["scope", "cause"], unique=True, sqlite_where=still_open, postgresql_where=still_open)


def _make_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("cause", sa.String(40), nullable=False),
        sa.Column("scope", sa.String(300), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("name", name=op.f("uq_notice_name")),
    )


def _remake_delivery() -> None:
    """SQLite can't let a column be empty that could not be before: the table is made anew, and its rows come back before the end.

    Rows elsewhere point to them all the while, which SQLite allows in a transaction that counts what points nowhere at its end. A
    renamed table would not be counted as coming back; inserted rows are.
    """
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute("CREATE TEMPORARY TABLE delivery_kept AS SELECT * FROM delivery")
    op.drop_table("delivery")
    op.create_table(
        "delivery",
        sa.Column("id", _ID, nullable=False),
        sa.Column("recipient_id", _ID, nullable=False),
        sa.Column("revision_id", _ID),
        sa.Column("notice_id", _ID),
        sa.Column("message_id", sa.String(120), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("leased_until", _MOMENT),
        sa.Column("sent_at", _MOMENT),
        sa.Column("error", sa.Text(), nullable=False),
        sa.CheckConstraint(_ONE_THING, name=op.f("ck_delivery_one_thing")),
        sa.ForeignKeyConstraint(["recipient_id"], ["recipient.id"], name=op.f("fk_delivery_recipient_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_delivery_revision_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_delivery_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("recipient_id", "revision_id", name=op.f("uq_delivery_recipient_id_revision_id")),
        sa.UniqueConstraint("recipient_id", "notice_id", name=op.f("uq_delivery_recipient_id_notice_id")),
    )
    op.execute(f"INSERT INTO delivery ({_KEPT}) SELECT {_KEPT} FROM delivery_kept")  # noqa: S608  (names of ours)
    op.execute("DROP TABLE delivery_kept")
    op.create_index("ix_delivery_due", "delivery", ["state", "due_at"])
    op.create_index(op.f("ix_delivery_message_id"), "delivery", ["message_id"])
    op.create_index(op.f("ix_delivery_revision_id"), "delivery", ["revision_id"])
