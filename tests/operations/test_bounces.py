"""A receipt that could not be delivered comes back to wins@ and finds its row in the outbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailwins.app import App, build
from mailwins.config import parse
from mailwins.jobs.read import read_all
from mailwins.model import Delivery, OutboxState, Outcome, OutgoingMail, RawMessage
from mailwins.outbox import message_id

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TO = "gone@tidemark.example"
REPORT = """Return-Path: <>
From: MAILER-DAEMON@mx.tidemark.example (Mail Delivery System)
To: wins@tidemark.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <report-{status}@mx.tidemark.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.tidemark.example

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <{to}>: no
    thanks
--b
Content-Type: {original}

Subject: Captured: your win
Message-ID: <{id}>

--b--
"""


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    values = {
        "smtp": {"from": "wins@tidemark.example"},
        "storage": {"database": f"sqlite:///{tmp_path / 'x.db'}", "files": str(tmp_path / "files")},
    }
    app = build(parse(values, "config.toml", tmp_path, {}))
    yield app
    app.close()


def sent(app: App, *, to_customer: bool = False) -> str:
    id_ = message_id("receipt", "cause", TO, key=app.desk.key, domain="tidemark.example")
    app.store.queue([OutgoingMail("receipt", "cause", TO, id_, "Captured", b"raw", to_customer)], NOW)
    row = app.store.claim_outgoing(now=NOW, worker="w", lease_s=60)
    assert row is not None
    app.store.finish_outgoing(row.id, Delivery(OutboxState.SENT, "250 queued", 250), at=NOW, next_attempt_at=None)
    return id_


def arrives(app: App, **parts: str) -> Outcome | None:
    raw = REPORT.format(
        **{"to": TO, "action": "failed", "status": "5.1.1", "original": "message/rfc822", **parts}
    ).encode()
    sha256, size = app.files.keep([raw])
    app.store.keep_mails([RawMessage(sha256, size, "box", "INBOX", 1, int(sha256[:6], 16), NOW)], at=NOW)
    read_all(app.desk, now=lambda: NOW, worker="w")
    mail = app.store.mail(sha256)
    assert mail is not None
    return mail.outcome


def state(app: App) -> tuple[OutboxState, str | None]:
    (row,) = app.store.outgoing()
    return row.state, row.reply


@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_an_address_that_does_not_exist_is_written_to_no_more(app: App, original: str) -> None:
    assert arrives(app, id=sent(app), original=original) is Outcome.IGNORED
    assert state(app) == (OutboxState.FAILED, f"came back: 5.1.1 550 5.1.1 <{TO}>: no thanks")
    assert list(app.store.suppressed()) == [TO]
    assert app.store.unsuppress(TO)


def test_a_full_mailbox_fails_this_mail_only(app: App) -> None:
    arrives(app, id=sent(app), status="5.2.2")
    assert state(app)[0] is OutboxState.FAILED
    assert not app.store.suppressed()


def test_a_delay_changes_nothing(app: App) -> None:
    arrives(app, id=sent(app), action="delayed", status="4.4.1")
    assert state(app) == (OutboxState.SENT, "250 queued")


@pytest.mark.parametrize(
    "forged",
    [
        {"id": "mw.receipt.aaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbb@tidemark.example"},
        {"to": "owen@tidemark.example"},
        {"id": "something-else@x.example"},
    ],
)
def test_a_report_with_a_forged_id_or_about_somebody_else_changes_nothing(app: App, forged: dict[str, str]) -> None:
    arrives(app, **{"id": sent(app), **forged})
    assert state(app) == (OutboxState.SENT, "250 queued")
    assert not app.store.suppressed()


def test_a_customers_address_is_not_blocked_by_a_report(app: App) -> None:
    arrives(app, id=sent(app, to_customer=True))
    assert state(app)[0] is OutboxState.FAILED
    assert not app.store.suppressed()
