"""What fetching has to remember: how honest an entry point's validators are; what attachments say."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # existing rows get the default, which stays: SQLite can't drop it without copying the table
    for table, column in (
        ("entry_point", sa.Column("unchanged", sa.Integer(), nullable=False, server_default=sa.text("0"))),
        ("entry_point", sa.Column("lies", sa.Boolean(), nullable=False, server_default=sa.text("false"))),
        ("attachment", sa.Column("text", sa.Text(), nullable=False, server_default=sa.text("''"))),
        ("attachment", sa.Column("error", sa.Text(), nullable=False, server_default=sa.text("''"))),
    ):
        op.add_column(table, column)
