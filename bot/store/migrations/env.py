"""Alembic runs this file for each command; the connection comes from `migrate`."""

from __future__ import annotations

from alembic import context

from bot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite can, though Alembic does not count on it
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
