"""A database file that is taken away from under a running process."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailwins.errors import StoreError
from mailwins.model import RawMessage
from mailwins.store import open_store

NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)


@pytest.mark.parametrize("how", ["removed", "replaced"])
def test_a_database_replaced_while_in_use_is_written_to_no_more(tmp_path: Path, how: str) -> None:
    """FAULT: the SQLite file is removed, or a copy put in its place, while the service runs; THEN: nothing more counts as kept, so that no mail is moved away for a database that is gone, and the fix is said."""
    path = tmp_path / "wins.db"
    store = open_store(f"sqlite:///{path}")
    store.keep_mails([RawMessage("a" * 64, 1, "box", "INBOX", 1, 1, NOW)])
    shutil.copy(path, tmp_path / "copy.db")
    path.unlink()
    if how == "replaced":
        (tmp_path / "copy.db").rename(path)
    with pytest.raises(StoreError, match=r"replaced or removed while it was in use.*start again"):
        store.keep_mails([RawMessage("b" * 64, 1, "box", "INBOX", 1, 2, NOW)])
    store.close()
