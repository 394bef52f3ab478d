"""Rows made ready for the driver before their transaction begins.

SQLite has one writer at a time. What a process computes between BEGIN and COMMIT (JSON, folded words, moments as
text), all others wait for; so that is done before, and only the database's own work is left for the transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import Dialect

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ready:
    """One statement with its parameters as the driver takes them."""

    sql: str
    rows: Sequence[Any]

    def run(self, connection: Connection) -> int:
        """How many rows it touched."""
        return int(connection.exec_driver_sql(self.sql, list(self.rows)).rowcount)


class Making:
    """Makes rows ready; remembers how for each statement."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: dict[tuple[Any, tuple[str, ...]], tuple[str, Callable[[Row], Any]]] = {}

    def ready(self, statement: Any, rows: Sequence[Row]) -> list[Ready]:
        """*rows* have the same keys: all that *statement* (one object for each text) binds. Nothing for no rows."""
        if not rows:
            return []
        names = tuple(rows[0])
        if (statement, names) not in self._known:
            self._known[statement, names] = self._plan(statement, names)
        sql, make = self._known[statement, names]
        return [Ready(sql, [make(row) for row in rows])]

    def _plan(self, statement: Any, names: tuple[str, ...]) -> tuple[str, Callable[[Row], Any]]:
        compiled = statement.compile(dialect=self._dialect, column_keys=list(names))
        assert set(compiled.binds) == set(names), f"{set(compiled.binds) ^ set(names)} would be left out"
        order = compiled.positiontup if compiled.positional else list(compiled.binds)
        steps = [
            (name, compiled.binds[name].type.dialect_impl(self._dialect).bind_processor(self._dialect))
            for name in order
        ]
        if compiled.positional:
            return compiled.string, lambda row: tuple(
                [row[name] if process is None else process(row[name]) for name, process in steps]
            )
        return compiled.string, lambda row: {
            name: row[name] if process is None else process(row[name]) for name, process in steps
        }
