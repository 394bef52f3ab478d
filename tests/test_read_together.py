"""Mails that are read together, with one look at the store for all, are judged as if they had come one by one."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from mailwins import app as joined
from mailwins.config import parse
from mailwins.jobs.read import read_all
from mailwins.model import RawMessage
from tests.loop import ACCOUNTS, PEOPLE, forward

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def test_each_mail_of_a_group_sees_what_those_before_it_came_to(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text(ACCOUNTS)
    (tmp_path / "people.csv").write_text(PEOPLE)
    directory = {"accounts": "accounts.csv", "people": "people.csv"}
    settings = {"trust": {"authserv_id": "mx.tidemark.example"}, "directory": directory}
    app = joined.build(parse(settings, "test", tmp_path, {}))
    mails = [forward(n, words=f"Visit number {n} went well, the crews love it.") for n in range(9)]
    try:
        for uid, raw in enumerate((*mails, forward(20, words="Visit number 8 went well, the crews love it.")), 1):
            sha256, size = app.files.keep([raw])
            app.store.keep_mails([RawMessage(sha256, size, "box", "INBOX", 1, uid, NOW)])
        assert read_all(app.desk, now=lambda: NOW, worker="w") == 10
        assert len(app.store.wins()) == 9
        counted = [
            re.findall(r"your (\w+) in seven days", r.mail.raw.decode()) for r in app.store.outgoing(kind="receipt")
        ]
        assert [told[:1] for told in counted] == [[], *([name] for name in ORDINALS), []]
    finally:
        app.close()
