"""The whole loop of a customer update over real IMAP and SMTP: asked for, edited by hand, sent with wins@ in Bcc, told, answered."""

from __future__ import annotations

import itertools
import smtplib
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.policy import default as default_policy
from pathlib import Path
from typing import Any

import pytest

from mailwins.jobs.desk import PLUS_ADDRESS
from tests.conftest import need
from tests.loop import Company
from tests.servers import dovecot
from tests.servers.smtp import Arrived, SmtpServer

NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = f"{NOW.day} {NOW:%B}"
PRIYA = "Priya Raman <priya@tidemark.example>"
MARISOL = "Marisol Reyes <marisol@harborandpine.example>"
VISITS = "Missed visits went from 11% to 3%. I used to start the day with forty sticky notes."
CREWS = "All 42 crews in all four depots are on live routes now, two weeks ahead of our own plan."
BILLING = "Billing questions fell from 24 in August to 6 in October because everyone can see what was done."
_numbers = itertools.count(1)
_boxes = itertools.count(0)

pytestmark = [pytest.mark.dovecot, pytest.mark.slow]


@pytest.fixture(scope="module")
def imap() -> Iterator[dovecot.DovecotServer]:
    need(dovecot.why_not())
    with dovecot.DovecotServer({f"wins{n}@tidemark.example": "secret" for n in range(20)}) as server:
        yield server


@pytest.fixture
def company(imap: dovecot.DovecotServer, tmp_path: Path) -> Iterator[Company]:
    with SmtpServer() as smtp:
        company = Company.found(tmp_path, imap, smtp, f"wins{next(_boxes)}@tidemark.example")
        company.done("collect")
        company.set_begun_at(NOW - timedelta(days=1))
        yield company


@pytest.fixture
def with_plus(company: Company) -> Company:
    store = company.store()
    store.put(PLUS_ADDRESS, "wins@tidemark.example")
    store.close()
    return company


def mail(
    text: str, *, sender: str = PRIYA, to: str = "wins@tidemark.example", subject: str = "", **headers: str
) -> EmailMessage:
    message = EmailMessage(policy=SMTP_POLICY)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = NOW
    message["Message-ID"] = f"<told-{next(_numbers)}@tidemark.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def answers_to(
    company: Company,
    raw: bytes | EmailMessage,
    *,
    proof: str = "dmarc=pass header.from=tidemark.example",
    delivered_to: str = "",
) -> list[Arrived]:
    """What wins@ sends after this came in, as our mail server hands it over."""
    head = (f"Delivered-To: {delivered_to}\r\n" if delivered_to else "") + (
        f"Authentication-Results: mx.tidemark.example; {proof}\r\n" if proof else ""
    )
    before = len(company.smtp.messages)
    company.drop(head.encode() + (raw if isinstance(raw, bytes) else raw.as_bytes()))
    for job in ("collect", "read", "deliver"):
        company.done(job)
    return company.smtp.messages[before:]


def text_of(arrived: Arrived) -> str:
    body = message_from_bytes(arrived.raw, policy=default_policy).get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def forwarded(
    words: str, *, sender: str = MARISOL, subject: str = "News", sent: str = "", below: str = "", **headers: str
) -> EmailMessage:
    day = sent or f"{NOW - timedelta(days=20):%a, %b %d, %Y at %H:%M}"
    text = f"---------- Forwarded message ---------\nFrom: {sender}\nDate: {day}\nSubject: {subject}\nTo: Priya Raman <priya@tidemark.example>\n\n{words}\n\n{sender.split()[0]}\n{below}"
    return mail(text, subject=f"Fwd: {subject}", **headers)


def captured(company: Company, *quotes: str) -> list[int]:
    for quote in quotes:
        answers_to(company, forwarded(quote))
    return sorted(w["id"] for w in company.rows("wins", "list"))


def drafted(company: Company, ids: list[int]) -> tuple[Arrived, EmailMessage]:
    """The draft's mail to the CSM, its words approved, and the mail enclosed in it."""
    (first,) = answers_to(company, mail("update Harbor & Pine since 1 August"))
    numbers = ", ".join(map(str, ids))
    said = message_from_bytes(first.raw)
    (draft,) = answers_to(company, mail(f"share {numbers}", subject="Re: draft", In_Reply_To=str(said["Message-ID"])))
    return draft, enclosed(draft)


def enclosed(draft: Arrived) -> EmailMessage:
    (part,) = [
        p for p in message_from_bytes(draft.raw, policy=SMTP_POLICY).walk() if p.get_content_type() == "message/rfc822"
    ]
    inner: Any = part.get_payload(0)
    return inner  # type: ignore[no-any-return]


def sent_by_hand(
    company: Company,
    eml: EmailMessage,
    edit: Callable[[str], str],
    *,
    subject: str | None = None,
    to: str | None = None,
    keep_bcc: bool = True,
) -> Arrived:
    """As a mail program sends the opened draft: edited, over SMTP, the Bcc field in the envelope only. What wins@ gets of it."""
    text, html = (str(eml.get_body((kind,)).get_content()) for kind in ("plain", "html"))  # type: ignore[union-attr]
    message = mail(edit(text), to=to or str(eml["To"]), subject=subject or str(eml["Subject"]))
    message.add_alternative(edit(html), subtype="html")
    bcc = str(eml["Bcc"]) if keep_bcc else "wins@tidemark.example"
    with smtplib.SMTP("localhost", company.smtp.port) as server:
        server.send_message(
            message, from_addr="priya@tidemark.example", to_addrs=["marisol@harborandpine.example", bcc]
        )
    arrived = company.smtp.messages.pop()
    assert arrived.recipients == ["marisol@harborandpine.example", bcc]
    assert b"wins@" not in arrived.raw.split(b"\r\n\r\n")[0]
    return arrived


def without(*sentences: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        flat = " ".join(text.split()) if "<html" not in text else text
        for sentence in sentences:
            flat = flat.replace(sentence, "")
        assert "Here is what has gone well" in flat
        return flat.replace("Here is what has gone well", "Before Thursday, here is what went well")

    return edit


def test_what_was_really_sent_is_told_and_an_answer_to_it_becomes_a_win_of_that_update(with_plus: Company) -> None:
    company = with_plus
    visits, crews, billing = captured(company, VISITS, CREWS, BILLING)
    draft, eml = drafted(company, [visits, crews, billing])
    assert "wins+" in str(eml["Bcc"])
    assert str(eml["Bcc"]) in text_of(draft)
    copy = sent_by_hand(
        company,
        eml,
        without(CREWS),
        subject="Before Thursday: what your team did",
        to="Ben Okafor <ben@harborandpine.example>",
    )

    (receipt,) = answers_to(company, copy.raw, delivered_to=copy.recipients[1])
    assert receipt.recipients == ["priya@tidemark.example"]
    assert "Noted: you told Harbor & Pine 2 wins." in text_of(receipt)
    assert f"{crews} (" in text_of(receipt)
    assert len(company.rows("wins", "list")) == 3, "the copy became a win"
    (sent,) = [u for u in company.rows("update", "list") if u["state"] == "sent"]
    assert sent["told"] == [visits, billing]
    assert (sent["to"], sent["subject"]) == ("ben@harborandpine.example", "Before Thursday: what your team did")
    assert "Before Thursday, here is what went well" in sent["sent_text"]
    assert CREWS not in sent["sent_text"]
    assert not answers_to(company, copy.raw + b"\r\n", delivered_to=copy.recipients[1]), (
        "delivered twice, answered twice"
    )

    (again,) = answers_to(company, mail("update Harbor & Pine since 1 August"))
    below = text_of(again).split("For you only")[1]
    assert below.count(f"already told on {TODAY}") == 2
    between = text_of(again).split("<<<<")[0]
    assert "crews" in between
    assert "11%" not in between
    assert "Billing" not in between

    reply = forwarded(
        "Our board read your summary twice and asked for one every quarter. Wonderful work.", sender="Ben Okafor <ben@harborandpine.example>", subject="Re: Before Thursday: what your team did",
        sent=f"{NOW:%a, %b %d, %Y at %H:%M}", below=f"\nOn {NOW:%a, %b %d, %Y} at 09:00 Priya Raman <priya@tidemark.example> wrote:\n> {VISITS}\n",
    )  # fmt: skip
    (receipt,) = answers_to(company, reply)
    assert "your update of" in text_of(receipt)
    (answer,) = [w for w in company.rows("wins", "list") if w["id"] not in (visits, crews, billing)]
    assert "board" in answer["quote"]
    assert "sticky" not in answer["quote"]
    (sent,) = [u for u in company.rows("update", "list", "--account", "Harbor & Pine") if u["state"] == "sent"]
    assert sent["answers"] == [answer["id"]]
    assert "sent" in company.done("update", "list")


def test_without_a_plus_address_the_copy_is_known_by_its_text_and_sender(company: Company) -> None:
    ids = captured(company, VISITS, CREWS)
    _, eml = drafted(company, ids)
    assert str(eml["Bcc"]) == "wins@tidemark.example"
    copy = sent_by_hand(company, eml, without("four depots"))
    (receipt,) = answers_to(company, copy.raw)
    assert "Noted: you told Harbor & Pine 2 wins." in text_of(receipt)


def test_the_next_draft_names_what_was_told_before_its_days_began(with_plus: Company) -> None:
    ids = captured(with_plus, VISITS)
    _, eml = drafted(with_plus, ids)
    copy = sent_by_hand(with_plus, eml, without())
    answers_to(with_plus, copy.raw, delivered_to=copy.recipients[1])
    (again,) = answers_to(with_plus, mail("update Harbor & Pine"))
    said = text_of(again)
    assert "Everything that may be shown to Harbor & Pine was told already." in said
    assert f"already told on {TODAY}" in said


def test_a_colleague_who_is_no_csm_is_told_whom_to_ask_and_sees_nothing(company: Company) -> None:
    (win,) = captured(company, VISITS)
    jonas = "Jonas Weber <jonas@tidemark.example>"
    for command in ("update Harbor & Pine", f"qbr Harbor & Pine {NOW.year}Q{(NOW.month + 2) // 3}"):
        (refused,) = answers_to(company, mail(command, sender=jonas))
        assert refused.recipients == ["jonas@tidemark.example"]
        assert "please ask Priya Raman (priya@tidemark.example)" in text_of(refused)
        assert "visits" not in text_of(refused).casefold()
    assert company.rows("update", "list") == []
    assert win


def test_one_close_name_is_taken_and_said(company: Company) -> None:
    captured(company, VISITS)
    (drafted_,) = answers_to(company, mail("update the Harbor"))
    assert "I took “the Harbor” for Harbor & Pine." in text_of(drafted_)


@pytest.mark.parametrize("case", ["stranger", "unproven", "colleague", "another_mail"])
def test_nobody_marks_anything_told_by_a_mail_that_looks_like_a_copy(company: Company, case: str) -> None:
    ids = captured(company, VISITS, CREWS)
    _, eml = drafted(company, ids)
    copy = sent_by_hand(company, eml, without(), keep_bcc=False).raw
    proof = "dmarc=pass header.from=tidemark.example"
    if case == "stranger":
        copy = copy.replace(b"priya@tidemark.example", b"priya@tidemark-mail.example", 1)
        proof = "dmarc=pass header.from=tidemark-mail.example"
    elif case == "unproven":
        proof = "dmarc=none"
    elif case == "colleague":
        copy = copy.replace(b"marisol@harborandpine.example", b"jonas@tidemark.example", 1)
    else:
        copy = mail(
            "Hi Marisol,\n\nhere is what your team asked for: the invoice of October, corrected.\n\nPriya",
            to=MARISOL,
            subject="Your invoice",
        ).as_bytes()
    answers_to(company, copy, proof=proof)
    assert [u for u in company.rows("update", "list") if u["state"] == "sent"] == []
    if case != "another_mail":
        assert len(company.rows("wins", "list")) == 2


def test_a_draft_that_went_to_another_customer_is_said_at_once(with_plus: Company) -> None:
    ids = captured(with_plus, VISITS)
    _, eml = drafted(with_plus, ids)
    copy = sent_by_hand(with_plus, eml, without(), to="Kofi <kofi@osei.example>")
    (receipt,) = answers_to(with_plus, copy.raw, delivered_to=copy.recipients[1])
    assert "Please check: that went to kofi@osei.example" in text_of(receipt)
    assert [u for u in with_plus.rows("update", "list") if u["state"] == "sent"] == []


@pytest.mark.parametrize("is_told_for_whom", [True, False])
def test_check_proves_whether_a_plus_address_arrives_as_written(company: Company, is_told_for_whom: bool) -> None:
    """Our mail server hands the probe over with the address of its envelope in Delivered-To, or without any."""

    def hand_over() -> None:
        while not company.smtp.messages:
            time.sleep(0.05)
        (probe,) = company.smtp.messages
        assert probe.recipients[0] not in probe.raw.decode()
        company.drop((f"Delivered-To: {probe.recipients[0]}\r\n".encode() if is_told_for_whom else b"") + probe.raw)

    server = threading.Thread(target=hand_over)
    server.start()
    checked = company.run("check", "--plus-address")
    server.join()
    store = company.store()
    assert store.get(PLUS_ADDRESS) == ("wins@tidemark.example" if is_told_for_whom else ""), checked.stdout
    store.close()
    assert (checked.returncode, "arrives as written" in checked.stdout) == (
        (0, True) if is_told_for_whom else (1, False)
    ), checked.stdout
    # The probe itself is nobody's win and is not answered.
    company.done("collect")
    company.done("read")
    assert company.rows("wins", "list") == []


def test_a_time_that_cannot_be_read_is_said_and_one_in_words_is_kept(company: Company) -> None:
    captured(company, VISITS)
    (unread,) = answers_to(company, mail("update Harbor & Pine since our last call"))
    assert "I could not read “since our last call”, so it begins as usual." in text_of(unread)
    (read,) = answers_to(company, mail("update Harbor & Pine since last month"))
    assert "I could not read" not in text_of(read)
    month_ago = NOW.date().replace(day=1) - timedelta(days=1)
    assert month_ago.replace(day=1).isoformat() in {row["since"] for row in company.rows("update", "list")}
