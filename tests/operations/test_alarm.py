"""The one mail an admin gets when the mailbox cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from mailwins.app import App, build
from mailwins.config import parse
from mailwins.lists import ListTrouble
from mailwins.model import Member
from mailwins.operations.alarm import KIND, alarm, ask_about_missing

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
START = NOW - timedelta(days=1)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    values = {
        "company": {"name": "Tidemark", "timezone": "Europe/Berlin"},
        "mailbox": {"host": "imap.x.example", "user": "wins@x.example"},
        "smtp": {"from": "wins@x.example"},
        "storage": {"database": f"sqlite:///{tmp_path / 'x.db'}", "files": str(tmp_path / "files")},
    }
    app = build(parse(values, "config.toml", tmp_path, {}))
    app.store.put_members(
        [
            Member("Ada", ("ada@x.example",), "admin", "IT", frozenset({"admin"})),
            Member("Priya", ("priya@x.example",), "csm", "CS", frozenset({"csm"})),
        ]
    )
    app.desk.refresh()
    yield app
    app.close()


def told(app: App) -> list[str]:
    return [row.mail.recipient for row in app.store.outgoing(kind=KIND)]


def test_one_mail_per_outage_to_admins_only_with_the_error_and_the_fix(app: App) -> None:
    app.store.beat("collect", at=NOW - timedelta(hours=7))
    app.store.beat("collect", at=NOW, error="mailbox: login refused. Renew the password.")
    for minutes in (0, 1, 600):
        alarm(app.desk, now=NOW + timedelta(minutes=minutes), running_since=START)
    assert told(app) == ["ada@x.example"]
    (row,) = app.store.outgoing(kind=KIND)
    mail = message_from_bytes(row.mail.raw, policy=policy.default)
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "login refused. Renew the password." in text
    assert "mailwins check" in text
    assert "Tuesday 24 November, 06:00 (Europe/Berlin)" in " ".join(text.split())
    assert mail["Auto-Submitted"] == "auto-generated"


def test_the_next_outage_is_told_again_and_a_restart_tells_nothing_new(app: App) -> None:
    app.store.beat("collect", at=NOW - timedelta(hours=7))
    app.store.beat("collect", at=NOW, error="down")
    alarm(app.desk, now=NOW, running_since=START)
    alarm(app.desk, now=NOW + timedelta(hours=1), running_since=NOW)
    assert len(told(app)) == 1
    app.store.beat("collect", at=NOW + timedelta(hours=2))
    app.store.beat("collect", at=NOW + timedelta(hours=9), error="down")
    alarm(app.desk, now=NOW + timedelta(hours=9), running_since=NOW)
    assert len(told(app)) == 2


def test_a_short_outage_and_a_working_mailbox_are_not_told(app: App) -> None:
    alarm(app.desk, now=NOW, running_since=START)
    app.store.beat("collect", at=NOW - timedelta(hours=5))
    app.store.beat("collect", at=NOW, error="down")
    alarm(app.desk, now=NOW, running_since=START)
    app.store.beat("collect", at=NOW)
    alarm(app.desk, now=NOW + timedelta(hours=9), running_since=START)
    assert told(app) == []


def test_a_mailbox_that_never_answered_counts_from_the_start_of_the_service(app: App) -> None:
    app.store.beat("collect", at=NOW, error="no such host")
    alarm(app.desk, now=NOW, running_since=NOW - timedelta(hours=5))
    assert told(app) == []
    alarm(app.desk, now=NOW, running_since=NOW - timedelta(hours=6))
    assert told(app) == ["ada@x.example"]


def test_admins_are_asked_once_about_a_list_that_lost_many_of_its_lines(app: App) -> None:
    held = ListTrouble("people.csv: 5 of 12 people are missing from it. They stay until you confirm it: …", "people:1a")
    for troubles in ([held], [held, ListTrouble("people.csv, line 4: no address.")], []):
        ask_about_missing(app.desk, troubles, now=NOW)
    assert told(app) == ["ada@x.example"]
    (row,) = app.store.outgoing(kind=KIND)
    mail = message_from_bytes(row.mail.raw, policy=policy.default)
    text = " ".join(mail.get_body(("plain",)).get_content().split())  # type: ignore[union-attr]
    assert held.words in text
    ask_about_missing(app.desk, [ListTrouble("another version", "people:2b")], now=NOW)
    assert len(told(app)) == 2
