"""Alembic's entry point. The connection is handed in by ``store.database``; there is no ini file."""

from __future__ import annotations

from alembic import context

from mailwins.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=False,
    include_object=lambda _object, name, kind, _reflected, _other: (
        not (kind == "table" and (name or "").startswith("wins_fts"))
    ),
)
with context.begin_transaction():
    context.run_migrations()
