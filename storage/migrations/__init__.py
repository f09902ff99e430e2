"""The schema's history, run by Alembic. A released migration is never changed."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

HEAD = "0006"
KNOWN = frozenset({"0001", "0002", "0003", "0004", "0005", "0006"})
"""Versions that this code can upgrade from, the newest included; a test holds them equal to the files."""


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run what is missing inside the caller's transaction."""
    # Alembic takes a second and more to import, and most starts have nothing to upgrade.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
