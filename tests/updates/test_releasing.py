"""``send``: what goes out to the customer, from whom, and everything that keeps it from going out."""

from __future__ import annotations

import itertools
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path

import pytest

from mailwins import app as joined
from mailwins.app import App
from mailwins.config import parse
from mailwins.jobs.drafting import draft_for, keep
from mailwins.jobs.read import decide
from mailwins.jobs.releasing import read_wish
from mailwins.jobs.returned import tell_of_returned
from mailwins.model import (
    Account,
    Contact,
    Delivery,
    Member,
    OutboxState,
    OutgoingMail,
    RawMessage,
    Reason,
    Source,
    Stance,
    Visibility,
    WinContact,
)
from mailwins.ports import KeptMail, OutgoingRow
from mailwins.schedule import _log_delivery
from tests.store.test_contract import a_win

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PRIYA = Member("Priya Raman", ("priya@tidemark.example",), "csm", "CS", frozenset({"csm"}))
JONAS = Member("Jonas Weber", ("jonas@tidemark.example",), "rep", "Sales")
MARISOL, BEN = "marisol@harborandpine.example", "ben@harborandpine.example"
_numbers = itertools.count(1)
PROVEN = "dmarc=pass header.from=tidemark.example"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    yield from built(tmp_path, send_for_me=True)


def built(folder: Path, *, send_for_me: bool) -> Iterator[App]:
    settings = {
        "company": {"name": "Tidemark", "domains": ["tidemark.example"]}, "smtp": {"host": "localhost", "from": "wins@tidemark.example"}, "trust": {"authserv_id": ["mx.tidemark.example"]},
        "updates": {"send_for_me": send_for_me, "send_from": "updates@tidemark.example"},
    }  # fmt: skip
    app = joined.build(parse(settings, "test", folder, {}))
    app.store.put_accounts(
        [
            Account("Harbor & Pine", ("harborandpine.example",), csm="priya@tidemark.example"),
            Account("Osei Electrical", ("osei.example",)),
        ]
    )
    app.store.put_members([PRIYA, JONAS])
    app.store.put_contacts(
        [Contact("Marisol Reyes", MARISOL, "Harbor & Pine"), Contact("Ben Okafor", BEN, "Harbor & Pine")]
    )
    approved = {"account": Reason(Source.STATED, "said so"), "visibility": Reason(Source.PERSON, "she said so")}
    app.store.add_wins([
        replace(a_win(1), account="Harbor & Pine", quote="Missed visits went from 11% to 3%. The crews love it.", contact=WinContact("Marisol Reyes", MARISOL), stance=Stance.PRAISE, visibility=Visibility.SHAREABLE, reasons=approved, note=None),
    ])  # fmt: skip
    yield app
    app.close()


def drafted(app: App, *, to: str | None = "Marisol Reyes") -> OutgoingRow:
    """The draft's row in the outbox; *to*: she named whom it is for."""
    done = draft_for(app.desk, "Harbor & Pine", since=None, until=NOW.date(), now=NOW, to=to)
    keep(app.desk, replace(done, record=replace(done.record, is_recipient_named=to is not None)))
    return app.store.outgoing(kind="update")[0]


def reply(
    app: App,
    draft: OutgoingRow,
    words: str,
    *,
    sender: str = "Priya Raman <priya@tidemark.example>",
    proof: str = PROVEN,
    quoted: str | None = "",
) -> None:
    """*quoted*: what stands below her words, "" for the whole draft, None for nothing."""
    said = message_from_bytes(draft.mail.raw, policy=SMTP_POLICY)
    body = said.get_body(("plain",))
    assert body is not None
    below = str(body.get_content()) if quoted == "" else quoted
    text = words + (
        "\n\n> On 24 Nov 2026, Tidemark Wins <wins@tidemark.example> wrote:\n"
        + "\n".join(f"> {x}" for x in below.splitlines())
        if below is not None
        else ""
    )
    asking(app, text, subject=f"Re: {said['Subject']}", sender=sender, proof=proof, answers=str(said["Message-ID"]))


def asking(
    app: App,
    text: str,
    *,
    subject: str = "",
    sender: str = "Priya Raman <priya@tidemark.example>",
    proof: str = PROVEN,
    answers: str = "",
) -> None:
    """A mail to wins@, read and settled."""
    mail = EmailMessage(policy=SMTP_POLICY)
    mail["From"], mail["To"], mail["Subject"] = sender, "wins@tidemark.example", subject
    mail["Date"], mail["Message-ID"] = NOW, f"<mail-{next(_numbers)}@tidemark.example>"
    if answers:
        mail["In-Reply-To"] = mail["References"] = answers
    mail.set_content(text)
    raw = (f"Authentication-Results: mx.tidemark.example; {proof}\r\n").encode() + mail.as_bytes()
    sha256, size = app.files.keep([raw])
    app.store.keep_mails([raw_of(sha256, size)])
    app.store.settle(decide(app.desk, KeptMail(1, sha256, size, NOW), now=NOW))


def raw_of(sha256: str, size: int) -> RawMessage:
    return RawMessage(sha256, size, "box", "INBOX", 7, int(sha256[:7], 16), NOW)


def to_customers(app: App) -> list[OutgoingMail]:
    return [r.mail for r in app.store.outgoing() if not r.mail.recipient.endswith("@tidemark.example")]


def told_to_her(app: App) -> str:
    """The text of our newest mail to the CSM."""
    newest = max((r for r in app.store.outgoing() if r.mail.kind in ("receipt", "update")), key=lambda r: r.id)
    body = message_from_bytes(newest.mail.raw, policy=SMTP_POLICY).get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def test_send_sends_what_she_saw_from_the_allowed_address_with_her_in_copy(app: App) -> None:
    draft = drafted(app)
    enclosed = next(
        p.get_payload(0)
        for p in message_from_bytes(draft.mail.raw, policy=SMTP_POLICY).walk()
        if p.get_content_type() == "message/rfc822"
    )
    reply(app, draft, "Send\n\nPriya")
    rows = [r.mail for r in app.store.outgoing() if r.mail.kind in ("update-sent", "update-copy")]
    assert sorted((m.kind, m.recipient, m.to_customer) for m in rows) == [
        ("update-copy", "priya@tidemark.example", False),
        ("update-sent", MARISOL, True),
    ]
    for row in rows:
        mail = message_from_bytes(row.raw, policy=SMTP_POLICY)
        assert {n: str(mail[n]) for n in mail if n not in ("Date", "Message-ID", "MIME-Version", "Content-Type")} == {
            "From": "Priya Raman <updates@tidemark.example>", "To": f"Marisol Reyes <{MARISOL}>", "Subject": str(enclosed["Subject"]), "Cc": "Priya Raman <priya@tidemark.example>", "Reply-To": "Priya Raman <priya@tidemark.example>",
        }  # fmt: skip
        for kind in ("plain", "html"):
            assert mail.get_body((kind,)).get_content() == enclosed.get_body((kind,)).get_content()  # type: ignore[union-attr]
    assert "On its way to Marisol Reyes" in told_to_her(app)
    (record,) = app.store.updates()
    assert (record.state, record.sent_message_id) == ("sent", next(r.message_id for r in rows if r.to_customer))
    assert app.store.told("Harbor & Pine") == {1: NOW.date()}


def test_nothing_is_sent_twice(app: App) -> None:
    draft = drafted(app)
    reply(app, draft, "send")
    reply(app, draft, "send it")
    reply(app, draft, f"send to {BEN}")
    assert [m.recipient for m in to_customers(app)] == [MARISOL]
    assert "I send nothing twice" in told_to_her(app)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("unproven", "did not prove that this mail is yours"),
        ("colleague", "made for somebody else"),
        ("edited", "not as I made it"),
        ("unshared", "may not be told any more"),
        ("stranger_named", "is not known at Harbor & Pine"),
        ("other_customer", "is not known at Harbor & Pine"),
        ("nobody_named", "You have not told me to whom yet"),
        ("another_named", "this one is. Reply “send”"),
        ("more_words", ""),
        ("forged", ""),
    ],
)
def test_whatever_is_not_as_it_should_be_keeps_it_here(app: App, case: str, told: str) -> None:
    draft = drafted(app, to=None if case == "nobody_named" else "Marisol Reyes")
    if case == "unproven":
        reply(app, draft, "send", proof="dmarc=none")
    elif case == "colleague":
        reply(app, draft, "send", sender="Jonas Weber <jonas@tidemark.example>")
    elif case == "edited":
        body = message_from_bytes(draft.mail.raw, policy=SMTP_POLICY).get_body(("plain",))
        reply(app, draft, "send", quoted=str(body.get_content()).replace("went from 11%", "fell from 11%"))  # type: ignore[union-attr]
    elif case == "unshared":
        (win,) = app.store.wins()
        app.store.save_wins([replace(win, visibility=Visibility.PRIVATE)], [])
        reply(app, draft, "send")
    elif case == "forged":
        reply(
            app,
            draft,
            "send",
            sender="Priya Raman <priya@elsewhere.example>",
            proof="dmarc=pass header.from=elsewhere.example",
        )
    else:
        words = {
            "stranger_named": "send to eve@elsewhere.example",
            "other_customer": "send to kofi@osei.example",
            "another_named": f"send to {BEN}",
            "more_words": "send, but take out the second quote",
        }
        reply(app, draft, words.get(case, "send"))
    assert to_customers(app) == []
    assert app.store.told("Harbor & Pine") == {}
    assert told in told_to_her(app)


@pytest.mark.slow
def test_a_draft_for_whom_she_named_goes_out_at_the_second_send(app: App) -> None:
    first = drafted(app, to=None)
    reply(app, first, f"send to {BEN}")
    second = max(app.store.outgoing(kind="update"), key=lambda r: r.id)
    assert "Hi Ben," in told_to_her(app)
    reply(app, second, "send", quoted=None)
    assert [m.recipient for m in to_customers(app)] == [BEN]


@pytest.mark.slow
def test_it_is_off_until_somebody_switches_it_on(tmp_path: Path) -> None:
    for app in built(tmp_path, send_for_me=False):
        draft = drafted(app)
        assert "Or reply “send”" not in told_to_her(app)
        reply(app, draft, "send")
        assert to_customers(app) == []
        assert "send_for_me is off" in told_to_her(app)


def test_an_update_that_did_not_arrive_was_not_told_and_its_csm_hears_of_it_once(app: App) -> None:
    reply(app, drafted(app), "send")
    assert app.store.told("Harbor & Pine")
    while row := app.store.claim_outgoing(now=NOW, worker="w", lease_s=60):
        state = (
            Delivery(OutboxState.FAILED, "550 5.1.1 no such user", 550)
            if row.mail.to_customer
            else Delivery(OutboxState.SENT, "250 ok", 250)
        )
        app.store.finish_outgoing(row.id, state, at=NOW, next_attempt_at=None)
    assert [tell_of_returned(app.desk, NOW), tell_of_returned(app.desk, NOW)] == [1, 0]
    (letter,) = app.store.outgoing(kind="update-returned")
    assert letter.mail.recipient == "priya@tidemark.example"
    text = " ".join(
        str(message_from_bytes(letter.mail.raw, policy=SMTP_POLICY).get_body(("plain",)).get_content()).split()
    )  # type: ignore[union-attr]
    assert f"could not be delivered to {MARISOL}" in text
    assert "550 5.1.1 no such user" in text
    assert app.store.told("Harbor & Pine") == {}
    assert app.store.updates()[0].state == "returned"
    assert draft_for(app.desk, "Harbor & Pine", since=None, until=NOW.date(), now=NOW).record.win_ids == (1,)


@pytest.mark.parametrize(
    "words",
    [
        "send",
        "Send it please",
        "SEND!",
        "Please send\nThanks\nPriya",
        "senden",
        "envoyer",
        "enviar",
        "verstuur het maar",
        "send to ben@x.example",
    ],
)
def test_an_order_to_send_is_known(words: str) -> None:
    assert read_wish(words) is not None


@pytest.mark.parametrize(
    "words",
    [
        "",
        "send me the numbers",
        "don't send",
        "send 12",
        "send tomorrow",
        "send\nbut without the second quote",
        "ask: shall we send it",
        "not send",
    ],
)
def test_anything_else_is_none(words: str) -> None:
    assert read_wish(words) is None


def test_no_log_line_tells_a_customers_address(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "mailwins")
    mail = OutgoingMail("update-sent", "t", MARISOL, "id@x", "S", b"raw", True)
    _log_delivery(
        OutgoingRow(5, mail, OutboxState.SENT, 1, NOW), Delivery(OutboxState.FAILED, f"550 <{MARISOL}> unknown", 550)
    )
    _log_delivery(
        OutgoingRow(
            6,
            replace(mail, recipient="priya@tidemark.example", to_customer=False),
            OutboxState.SENT,
            1,
            NOW + timedelta(1),
        ),
        Delivery(OutboxState.SENT, "250 ok", 250),
    )
    first, second = (json.dumps(getattr(r, "about", {})) for r in caplog.records)
    assert "harborandpine" not in first
    assert '"code": 550' in first
    assert "priya@tidemark.example" in second
