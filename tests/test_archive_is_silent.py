"""An archive is taken in without a word to anybody, also where its mails were commands or corrections when they were written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailwins import app as joined
from mailwins.config import parse
from mailwins.jobs.read import read_all
from mailwins.model import RawMessage
from tests.loop import ACCOUNTS, PEOPLE, forward

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PROVEN = b"Authentication-Results: mx.tidemark.example; dmarc=pass header.from=tidemark.example\r\n"
COMMAND = (
    PROVEN
    + b"From: Priya Raman <priya@tidemark.example>\r\nTo: wins@tidemark.example\r\nSubject: help\r\nMessage-ID: <c@tidemark.example>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0100\r\n\r\nhelp\r\n"
)
MAILS = (forward(), COMMAND)


@pytest.mark.parametrize(("silent", "answers"), [(True, 0), (False, len(MAILS))])
def test_mails_of_an_archive_are_read_and_nobody_is_answered(tmp_path: Path, silent: bool, answers: int) -> None:
    (tmp_path / "accounts.csv").write_text(ACCOUNTS)
    (tmp_path / "people.csv").write_text(PEOPLE)
    settings = {
        "company": {"name": "Tidemark", "domains": ["tidemark.example"]}, "smtp": {"host": "localhost", "from": "wins@tidemark.example"},
        "mailbox": {"address": "wins@tidemark.example"}, "trust": {"authserv_id": "mx.tidemark.example"}, "directory": {"accounts": "accounts.csv", "people": "people.csv"},
    }  # fmt: skip
    app = joined.build(parse(settings, "test", tmp_path, {}))
    try:
        for uid, raw in enumerate(MAILS, 1):
            sha256, size = app.files.keep([raw])
            app.store.keep_mails([RawMessage(sha256, size, "box", "INBOX", 1, uid, NOW)], silent=silent)
        assert read_all(app.desk, now=lambda: NOW, worker="w") == len(MAILS)
        assert len(app.store.wins()) == 1
        assert len(app.store.outgoing()) == answers
    finally:
        app.close()


def test_wins_of_an_archive_count_from_the_day_their_mail_came(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text(ACCOUNTS)
    (tmp_path / "people.csv").write_text(PEOPLE)
    directory = {"accounts": "accounts.csv", "people": "people.csv"}
    app = joined.build(
        parse({"trust": {"authserv_id": "mx.tidemark.example"}, "directory": directory}, "test", tmp_path, {})
    )
    came = NOW - timedelta(days=400)
    try:
        sha256, size = app.files.keep([forward()])
        app.store.keep_mails([RawMessage(sha256, size, "import", "import", 1, 1, came)], silent=True)
        read_all(app.desk, now=lambda: NOW, worker="w")
        (win,) = app.store.wins()
        assert win.captured_at == came
        assert list(app.store.glances(NOW - timedelta(days=7))) == []
    finally:
        app.close()
