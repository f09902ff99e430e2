"""Alembic's environment: it uses the connection it is given and no configuration file."""

from alembic import context

from storage.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=metadata, transactional_ddl=True, render_as_batch=connection.dialect.name == "sqlite"
)
context.run_migrations()
