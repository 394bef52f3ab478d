"""Everything that is remembered: SQLAlchemy models, migrations, queries, and the files beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mailwins.store.copying import HELD, copy_database, see_that_it_is_empty
from mailwins.store.database import open_engine
from mailwins.store.files import AT_WORK, Files
from mailwins.store.purging import Doomed, PurgePart

__all__ = [
    "AT_WORK",
    "HELD",
    "Doomed",
    "Files",
    "SqlStore",
    "copy_database",
    "open_files",
    "open_store",
    "see_that_it_is_empty",
]


class SqlStore(PurgePart):
    """Everything on one database; its parts stand one upon the other in this folder's files."""

    def close(self) -> None:
        self.engine.dispose()


def open_store(
    url: str, *, permissions: Callable[[str], frozenset[str]] | None = None, own_domains: frozenset[str] = frozenset()
) -> SqlStore:
    """The store behind a database URL, its tables at the newest version. *permissions* turns a role into what it may do."""
    engine = open_engine(url)
    return SqlStore(engine, permissions, own_domains) if permissions else SqlStore(engine, own_domains=own_domains)


def open_files(folder: Path) -> Files:
    return Files(folder)
