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


def test_a_log_removed_while_in_use_is_written_to_no_more_and_saved_at_the_end(tmp_path: Path) -> None:
    """FAULT: somebody tidies away the files -wal and -shm beside the SQLite database while the service runs; THEN: nothing more counts as kept, the fix is said, and a clean stop saves what was written."""
    store = open_store(f"sqlite:///{tmp_path / 'wins.db'}")
    for n in (1, 2):
        store.keep_mails([RawMessage(str(n) * 64, 1, "box", "INBOX", 1, n, NOW)])
    for ending in ("-wal", "-shm"):
        (tmp_path / f"wins.db{ending}").unlink()
    with pytest.raises(StoreError, match="wal was removed while it was in use"):
        store.keep_mails([RawMessage("b" * 64, 1, "box", "INBOX", 1, 3, NOW)])
    store.close()
    again = open_store(f"sqlite:///{tmp_path / 'wins.db'}")
    assert len(again.mails()) == 2
    again.keep_mails([RawMessage("b" * 64, 1, "box", "INBOX", 1, 3, NOW)])
    again.close()
