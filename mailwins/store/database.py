"""Opening a database: connections set up for durability, migrations brought to their head."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, StaticPool, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    OperationalError,
    SQLAlchemyError,
)

from mailwins.errors import Conflict, StoreError, StoreFull, Superseded
from mailwins.store import search

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_S = 15
IDLE_TRANSACTION_S = 300
# Without these a server whose machine or network is gone would be waited for as long as TCP likes: minutes, or two hours.
_END_OF_WAITING = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
NEWEST = "0001"
"""The last of the migrations."""

_IS_READ_ONLY = "read-only transaction"


def open_engine(url: str) -> Engine:
    """An engine whose tables are at the newest version. Raises StoreError with the next step."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError(
            f'storage.database = "{url}" is no database URL.',
            "Write sqlite:///mailwins.db or postgresql+psycopg://user@host/name.",
        ) from None
    try:
        engine = _sqlite(url) if parsed.get_backend_name() == "sqlite" else _postgres(url)
    except (NoSuchModuleError, ModuleNotFoundError):
        raise StoreError(
            f"No driver for {parsed.drivername}.",
            'For PostgreSQL: pip install "mailwins[postgres]" and postgresql+psycopg://…',
        ) from None
    try:
        with told_plainly():
            migrate(engine)
    except StoreError:
        engine.dispose()
        raise
    return engine


def _postgres(url: str) -> Engine:
    given = make_url(url).query
    engine = create_engine(
        url,
        pool_pre_ping=True,
        connect_args={key: value for key, value in _END_OF_WAITING.items() if key not in given},
        json_serializer=_to_json,
        json_deserializer=_from_json,
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, record: Any) -> None:
        # Our statements take milliseconds; starting workers or a compiler for one takes longer than they could save.
        connection.execute("SET max_parallel_workers_per_gather = 0")
        connection.execute("SET jit = off")
        # As with SQLite: who holds something for longer is told of, not waited for. A process that was suspended in the
        # middle of a transaction would otherwise stop all the others until it wakes up.
        connection.execute(f"SET lock_timeout = '{BUSY_TIMEOUT_S}s'")
        connection.execute(f"SET idle_in_transaction_session_timeout = '{IDLE_TRANSACTION_S}s'")
        connection.commit()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("is_lasting", True):
            connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")

    @event.listens_for(engine, "handle_error")
    def _failed(context: ExceptionContext) -> None:
        # Which server takes writes is asked when a connection is made: after a failover the old ones would refuse for ever.
        if _IS_READ_ONLY in str(context.original_exception):
            context.is_disconnect = True

    return engine


def _sqlite(url: str) -> Engine:
    database = make_url(url).database
    is_memory = not database or database == ":memory:"
    if not is_memory:
        folder = Path(str(database)).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"storage.database: cannot make the folder {folder}: {error.strerror}.") from None
        # For its owner only, like the mails: SQLite gives its journal the rights of the database. What stands there keeps its own.
        with suppress(OSError):
            os.close(os.open(str(database), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    options: dict[str, Any] = {"poolclass": StaticPool} if is_memory else {}
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_TIMEOUT_S, "check_same_thread": False},
        json_serializer=_to_json,
        json_deserializer=_from_json,
        **options,
    )
    ours = None if is_memory else _file(str(database))

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        # The driver must not begin transactions by itself: ours begin IMMEDIATE, so two writers queue instead of failing.
        connection.isolation_level = None
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            f"busy_timeout = {BUSY_TIMEOUT_S * 1000}",
            "secure_delete = ON",
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if reading := options.get("reading"):
            # One statement sees one state by itself.
            if reading != "once":
                connection.exec_driver_sql("BEGIN")
            return
        if not is_memory and _file(str(database)) != ours:
            # What is written to a file that has no name any more is gone when we end; mail would be moved away for it.
            raise StoreError(
                f"storage.database: {database} was replaced or removed while it was in use.",
                "Stop every process of mailwins, put the right file there (with no -wal and -shm of another), and start again.",
            )
        log = None if is_memory else _file(f"{database}-wal")
        if log != connection.info.get("log", log):
            raise StoreError(
                f"storage.database: {database}-wal was removed while it was in use; what was written last stands nowhere else.",
                "Stop the service (SIGTERM, never SIGKILL), which saves it, and start it again.",
            )
        connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if options.get('is_lasting', True) else 'NORMAL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        if not is_memory:
            # It is there as long as this connection is.
            connection.info["log"] = log or _file(f"{database}-wal")

    return engine


def _file(path: str) -> tuple[int, int] | None:
    """Which file stands at *path* now."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _from_json(raw: str | bytes) -> Any:
    # A win has a dozen lists, and most of them are empty.
    if raw in ("[]", b"[]"):
        return []
    # json would look first in which of Unicode's encodings bytes are.
    return json.loads(raw if isinstance(raw, str) else raw.decode())


def _to_json(value: Any) -> str:
    return "[]" if value == [] else json.dumps(value)


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest version. Several processes may do so at once: one works, the others wait."""
    with engine.connect() as connection:
        if _version(connection) == NEWEST:
            return
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(7021953)"))
        current = _version(connection)
        if current != NEWEST:
            _upgrade(connection, current)


def see_that_tables_are_ours(connection: Connection) -> None:
    """Raises Superseded. While a process runs, another may bring the tables to a version this one does not know."""
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if version != NEWEST:
        raise Superseded(
            f"The database was brought to another version ({version}) while this process ran, which knows {NEWEST}.",
            "Nothing is lost: start the service again with the version that is installed now.",
        )


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def _upgrade(connection: Connection, current: str | None) -> None:
    # Imported here: a service whose tables are up to date, as nearly always, does without these 12 MB.
    from alembic import command
    from alembic.config import Config as AlembicConfig
    from alembic.script import ScriptDirectory

    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    if current is not None and current not in {
        s.revision for s in ScriptDirectory.from_config(config).walk_revisions()
    }:
        raise StoreError(
            f"The database was written by a newer mailwins (version {current}).",
            "Install that version again, or restore a backup.",
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    search.install(connection, rebuild=current is not None)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Database errors as ours: one clear line with the next step."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict(f"Somebody wrote the same thing first: {_first_line(error)}") from error
    except (OperationalError, DBAPIError) as error:
        line = _first_line(error)
        low = line.lower()
        if "disk is full" in low or "no space left" in low or "disk i/o error" in low:
            raise StoreFull(
                f"The database cannot write: {line}.", "Make room on its disk; nothing was half-written."
            ) from error
        if "locked" in low or "busy" in low or "lock timeout" in low:
            raise StoreError(
                "The database is locked by another program.", "Wait, or end the program that holds it."
            ) from error
        if _IS_READ_ONLY in low:
            raise StoreError(
                f"The database takes no writes: {line}.",
                "It is a standby, or default_transaction_read_only is set; storage.database must name the server that takes writes.",
            ) from error
        if "readonly" in low or "read-only" in low or "unable to open" in low:
            raise StoreError(
                f"The database cannot be opened for writing: {line}.", "Check the path and who owns the file."
            ) from error
        raise StoreError(f"The database refused: {line}.") from error
    except SQLAlchemyError as error:
        raise StoreError(f"The database refused: {_first_line(error)}.") from error


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().split("\n")[0]
