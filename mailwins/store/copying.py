"""A whole database into another, of either kind: for backups, for restoring them, and for leaving SQLite."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, text

from mailwins.errors import StoreError
from mailwins.store import models as m
from mailwins.store.database import open_engine, told_plainly

HELD = "sending_held"
ROWS = 500


def copy_database(source: Engine, target_url: str, *, hold: str | None = None) -> dict[str, int]:
    """Every row of one moment of *source* into the empty database at *target_url*, in one transaction; rows per table.

    Others may go on writing to *source*. *hold*: why the copy sends nothing until somebody resumes it.
    Raises StoreError when the target holds anything already.
    """
    target = open_engine(target_url)
    counts: dict[str, int] = {}
    try:
        with told_plainly(), _one_moment(source) as reading, target.begin() as writing:
            _see_that_it_is_empty(writing)
            for table in m.Base.metadata.sorted_tables:
                counts[table.name] = 0
                for portion in (
                    reading.execution_options(yield_per=ROWS).execute(select(table)).mappings().partitions(ROWS)
                ):
                    rows = [dict(row) for row in portion]
                    writing.execute(insert(table), rows)
                    counts[table.name] += len(rows)
            if hold is not None:
                writing.execute(insert(m.MetaRow), [{"key": HELD, "value": hold}])
            if writing.dialect.name == "postgresql":
                _move_counters_on(writing)
    finally:
        target.dispose()
    return counts


def see_that_it_is_empty(url: str) -> None:
    """Whether it can be copied into. Raises StoreError when it holds anything already."""
    engine = open_engine(url)
    try:
        with told_plainly(), engine.connect() as connection:
            _see_that_it_is_empty(connection)
    finally:
        engine.dispose()


def _see_that_it_is_empty(connection: Connection) -> None:
    for table in (m.MetaRow, m.MailRow):
        if connection.scalar(select(func.count()).select_from(table)):
            raise StoreError("The database to copy into is not empty.", "Name a new one; nothing was changed.")


def _one_moment(source: Engine) -> Any:
    # SQLite reads one snapshot per transaction anyway; PostgreSQL has to be told.
    options: dict[str, Any] = {"reading": True}
    if source.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    return source.connect().execution_options(**options)


def _move_counters_on(connection: Any) -> None:
    """Rows brought their numbers with them; the next new row must not be given one of those."""
    for table in m.Base.metadata.sorted_tables:
        for column in table.primary_key:
            counter = (
                connection.scalar(
                    text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
                )
                if column.type.python_type is int
                else None
            )
            if counter:
                newest = connection.scalar(select(func.max(column)))
                if newest is not None:
                    connection.execute(text("SELECT setval(:counter, :newest)"), {"counter": counter, "newest": newest})
