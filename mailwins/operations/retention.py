"""What an instance drops by itself: the content of ignored and rejected mail after its days, and what a crash left half-written."""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailwins.config import Retention
from mailwins.store import Doomed, Files, SqlStore

EVERY = timedelta(days=1)
LEAP = timedelta(days=7)
_DONE_AT = "tidied_at"


@dataclass(frozen=True, slots=True)
class Tidied:
    mails: int
    unfinished: int


def tidy_up(store: SqlStore, files: Files, retention: Retention, *, now: datetime) -> Tidied | None:
    """Once a day; None when it is not yet time, nor the first time after a long pause. A crash in the middle is finished by the next run."""
    last = store.get(_DONE_AT)
    if last is not None and timedelta(0) <= now - datetime.fromisoformat(last) < EVERY:
        return None
    store.put(_DONE_AT, now.isoformat())
    if last is not None and now - datetime.fromisoformat(last) > LEAP:
        # We were stopped for long, or the clock leapt ahead: nothing is dropped by a clock that may be put right again.
        return None
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


def mails_naming(store: SqlStore, files: Files, address: str, *, but: Collection[str] = ()) -> list[str]:
    """SHA-256 of kept mails, other than *but*, in which *address* stands: a complaint that was sent on, a Cc, a rejected fake.

    Whether such a mail is about that person or only names her is for a person to say.
    """
    wanted = address.strip().lower().encode()
    return [
        sha256
        for sha256 in store.kept_mails()
        if sha256 not in but and files.has(sha256) and any(wanted in text for text in _readings(files.read(sha256)))
    ]


_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{40,}\r?\n)*[A-Za-z0-9+/]{16,}={0,2}")


def _readings(raw: bytes) -> Iterator[bytes]:
    """The bytes as they came, as quoted-printable, and the base64 in them; a hostile mail is not parsed for this."""
    yield raw.lower()
    yield quopri.decodestring(raw).lower()
    for block in _BASE64.findall(raw):
        with suppress(ValueError):
            yield base64.b64decode(block + b"=" * (-len(block.translate(None, b"\r\n")) % 4)).lower()


def remove_purged(store: SqlStore, files: Files) -> None:
    for sha256 in store.purged_mails():
        files.remove(sha256)
