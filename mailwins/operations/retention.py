"""What an instance drops by itself: the content of ignored and rejected mail after its days, and what a crash left half-written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailwins.config import Retention
from mailwins.store import Doomed, Files, SqlStore

EVERY = timedelta(days=1)
_DONE_AT = "tidied_at"


@dataclass(frozen=True, slots=True)
class Tidied:
    mails: int
    unfinished: int


def tidy_up(store: SqlStore, files: Files, retention: Retention, *, now: datetime) -> Tidied | None:
    """Once a day; None when it is not yet time. A crash in the middle is finished by the next run."""
    last = store.get(_DONE_AT)
    if last is not None and timedelta(0) <= now - datetime.fromisoformat(last) < EVERY:
        return None
    store.put(_DONE_AT, now.isoformat())
    count = 0
    for outcome, days in (("ignored", retention.ignored_days), ("rejected", retention.rejected_days)):
        while stale := store.stale_mails(outcome, now - timedelta(days=days)):
            # The row first: a backup that runs meanwhile must find a file for every mail that claims one.
            store.purge_mails(stale)
            count += len(stale)
    remove_purged(store, files)
    return Tidied(count, files.sweep())


def forget(store: SqlStore, files: Files, doomed: Doomed) -> None:
    """Rows first, then files: what a crash leaves in between is removed by the next day's tidying."""
    store.forget(doomed)
    for sha256 in doomed.files:
        files.remove(sha256)


def remove_purged(store: SqlStore, files: Files) -> None:
    for sha256 in store.purged_mails():
        files.remove(sha256)
