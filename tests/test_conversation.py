"""What people write back and forth with wins@: corrections from a phone, commands, machines that answer, and a second instance."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as default_policy
from pathlib import Path

import pytest

from tests.conftest import need
from tests.loop import PEOPLE, Company, forward
from tests.servers import dovecot
from tests.servers.smtp import Arrived, SmtpServer

NOW = datetime.now(UTC)
MONDAY = (NOW + timedelta(days=7 - (NOW - timedelta(hours=6)).weekday())).replace(hour=9, minute=0).isoformat()
PRIYA = "Priya Raman <priya@tidemark.example>"
JONAS = "Jonas Weber <jonas@tidemark.example>"
_numbers = itertools.count(1)

pytestmark = pytest.mark.dovecot


@pytest.fixture(scope="module")
def imap() -> Iterator[dovecot.DovecotServer]:
    need(dovecot.why_not())
    with dovecot.DovecotServer({f"wins{n}@tidemark.example": "secret" for n in range(40)}) as server:
        yield server


def founded(folder: Path, imap: dovecot.DovecotServer, smtp: SmtpServer) -> Company:
    company = Company.found(folder, imap, smtp, f"wins{next(_numbers)}@tidemark.example")
    company.done("collect")
    company.set_begun_at(NOW - timedelta(days=1))
    return company


@pytest.fixture
def company(imap: dovecot.DovecotServer, tmp_path: Path) -> Iterator[Company]:
    with SmtpServer() as smtp:
        yield founded(tmp_path, imap, smtp)


def text_of(arrived: Arrived) -> str:
    body = message_from_bytes(arrived.raw, policy=default_policy).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def written(
    text: str, *, sender: str = PRIYA, subject: str = "", answers: Arrived | None = None, **headers: str
) -> bytes:
    """A mail from a phone; *answers* is quoted below it."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = "wins@tidemark.example"
    mail["Date"] = "Tue, 24 Nov 2026 11:00:00 +0100"
    mail["Message-ID"] = f"<mail-{next(_numbers)}@phone.tidemark.example>"
    if answers is not None:
        answered = message_from_bytes(answers.raw, policy=default_policy)
        mail["In-Reply-To"] = str(answered["Message-ID"])
        mail["References"] = str(answered["Message-ID"])
        subject = subject or f"Re: {str(answered['Subject']).removeprefix('Re: ')}"
        if text:
            quoted = "\n".join(f"> {line}" for line in text_of(answers).splitlines())
            text += f"\n\nSent from my iPhone\n\n> On 24 Nov 2026, at 10:01, Tidemark Wins <wins@tidemark.example> wrote:\n> \n{quoted}\n"
    mail["Subject"] = subject
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return (
        b"Authentication-Results: mx.tidemark.example; dmarc=pass header.from=tidemark.example\r\n"
        + mail.as_bytes().replace(b"\n", b"\r\n")
    )


def answers_to(company: Company, raw: bytes) -> list[Arrived]:
    """What is sent after *raw* came in."""
    before = len(company.smtp.messages)
    company.drop(raw)
    for job in ("collect", "read", "deliver"):
        company.done(job)
    return company.smtp.messages[before:]


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("help", "What you can ask"),
        ("My wins", "Your 1 win"),
        ("wins Harbor & Pine", "1 win at Harbor & Pine"),
        ("quiet", "No account is quiet"),
        ("update Harbor & Pine", "Harbor & Pine"),
        ("stop receipts", "Fewer receipts"),
    ],
)
def test_a_command_may_stand_in_the_subject_of_an_empty_mail(company: Company, subject: str, told: str) -> None:
    answers_to(company, forward())
    (answer,) = answers_to(company, written("", subject=subject))
    assert answer.recipients == ["priya@tidemark.example"]
    assert told in text_of(answer) + str(message_from_bytes(answer.raw, policy=default_policy)["Subject"])
    assert len(company.rows("wins", "list")) == 1


def test_an_empty_mail_without_a_command_stays_without_an_answer(company: Company) -> None:
    assert answers_to(company, written("", subject="Hello")) == []
    assert answers_to(company, written("", subject="help", sender="Someone <someone@elsewhere.example>")) == []


def test_a_sloppy_reply_from_a_phone_corrects_the_win_and_the_edition_shows_it(company: Company) -> None:
    (receipt,) = answers_to(company, forward())
    (told,) = answers_to(company, written("its osei electrcal, value 7 pls", answers=receipt))
    text = text_of(told)
    assert "Harbor & Pine → Osei Electrical" in text
    assert "→ 7" in text
    assert len(text) < len(text_of(receipt))
    assert message_from_bytes(told.raw)["Auto-Submitted"] == "auto-replied"
    (win,) = company.rows("wins", "list")
    assert (win["account"], win["value"]) == ("Osei Electrical", 7)
    company.done("publish", "--now", MONDAY)
    company.done("deliver", "--now", MONDAY)
    editions = [m for m in company.smtp.messages if "everyone." in str(message_from_bytes(m.raw)["List-Id"])]
    assert len(editions) == 3
    for edition in editions:
        assert "Osei Electrical" in text_of(edition)
        assert "Harbor & Pine" not in text_of(edition)


def test_what_was_planned_for_a_customer_outlives_a_later_approval(company: Company) -> None:
    answers_to(company, forward())
    (win,) = company.rows("wins", "list")
    (first,) = answers_to(
        company, written("update Harbor & Pine since 1 August\nnext: a session in December\nask: which depot first")
    )
    assert f"share {win['id']}" in text_of(first)
    (answer,) = answers_to(company, written(f"share {win['id']}", answers=first))
    draft = text_of(answer)
    assert "copy from here" in draft
    assert "A session in December." in draft
    assert "Which depot first?" in draft
    assert "colleagues only → colleagues, and the customer" in draft.split("copy from here")[0], (
        "what the approval changed is not told"
    )


def test_a_machine_that_answers_a_receipt_is_not_answered_and_changes_nothing(company: Company) -> None:
    (receipt,) = answers_to(company, forward())
    before = company.rows("wins", "list")
    away = "I am out of the office until Monday. Value 9, delete this."
    assert (
        answers_to(
            company, written(away, answers=receipt, subject="Automatic reply: Visits 1", Auto_Submitted="auto-replied")
        )
        == []
    )
    assert (
        answers_to(
            company,
            written(
                "I am away until 7 December and read no mail. In urgent cases call Jonas.",
                answers=receipt,
                subject="Out of office: Visits 1",
                X_Auto_Response_Suppress="All",
            ),
        )
        == []
    )
    assert company.rows("wins", "list") == before


def test_somebody_else_s_receipt_gives_a_colleague_no_rights(company: Company) -> None:
    (receipt,) = answers_to(company, forward())
    (before,) = company.rows("wins", "list")
    answers = answers_to(company, written("delete this, value 1", sender=JONAS, answers=receipt))
    assert [m.recipients for m in answers] == [["jonas@tidemark.example"]]
    (after,) = company.rows("wins", "list")
    assert (after["value"], after["account"]) == (before["value"], before["account"])


@pytest.mark.slow
@pytest.mark.parametrize("is_marked", [True, False], ids=["as_sent", "headers_lost_on_the_way"])
def test_two_instances_that_know_each_other_stop_at_once(
    imap: dovecot.DovecotServer, tmp_path: Path, is_marked: bool
) -> None:
    def hand_over(arrived: Arrived) -> bytes:
        lines = arrived.raw.split(b"\r\n")
        if not is_marked:
            lines = [
                x
                for x in lines
                if not x.lower().startswith((b"auto-submitted", b"x-mailwins", b"x-auto", b"precedence"))
            ]
        domain = arrived.sender.partition("@")[2].encode() or b"tidemark.example"
        return (
            b"Authentication-Results: mx.tidemark.example; dmarc=pass header.from="
            + domain
            + b"\r\n"
            + b"\r\n".join(lines)
        )

    with SmtpServer() as one, SmtpServer() as two:
        for name in "ab":
            (tmp_path / name).mkdir()
        a = founded(tmp_path / "a", imap, one)
        b = founded(tmp_path / "b", imap, two)
        config = b.folder / "config.toml"
        config.write_text(
            config.read_text()
            .replace('"wins@tidemark.example"', '"wins@northsea.example"')
            .replace('domains = ["tidemark', 'domains = ["northsea')
        )
        for company, other in ((a, "wins@northsea.example"), (b, "wins@tidemark.example")):
            (company.folder / "people.csv").write_text(PEOPLE + f"The Other,{other},rep,Sales\n")
        answers_to(
            a,
            forward(sender="The Other <wins@northsea.example>").replace(
                b"header.from=tidemark", b"header.from=northsea"
            ),
        )
        assert [m.recipients for m in one.messages] == [["wins@northsea.example"]]
        seen = [1, 0]
        waiting = [list(one.messages), []]
        for _ in range(3):
            for place, (sender, company) in enumerate(((0, b), (1, a))):
                for arrived in waiting[sender]:
                    waiting[1 - sender] = answers_to(company, hand_over(arrived))
                    seen[1 - place] += len(waiting[1 - sender])
                waiting[sender] = []
        assert sum(seen) <= 2, seen


def test_a_note_of_several_paragraphs_is_split_and_the_first_part_keeps_its_number(company: Company) -> None:
    note = "Osei Electrical went live with the new planner on Monday.\nOsei Electrical renewed for two more years, they love the app."
    (receipt,) = answers_to(company, written(note, subject="News"))
    (before,) = company.rows("wins", "list")
    (told,) = answers_to(company, written("private, please split", answers=receipt))
    after = {w["id"]: w for w in company.rows("wins", "list")}
    first, second = before["id"], before["id"] + 1
    assert sorted(after) == [first, second]
    assert {(w["account"], w["visibility"]) for w in after.values()} == {("Osei Electrical", "private")}
    assert "live" in after[first]["summary"]
    assert "renewed" in after[second]["summary"]
    assert "split off" in text_of(told)


def test_a_customer_s_words_are_not_cut_and_she_is_told_what_to_do_instead(company: Company) -> None:
    (receipt,) = answers_to(company, forward())
    (told,) = answers_to(company, written("split", answers=receipt))
    assert "send each part as a line of its own" in " ".join(text_of(told).split())
    assert len(company.rows("wins", "list")) == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [("stop marketing", "I know no digest called"), ("wins for Foo Corp pls", "I know no account called")],
)
def test_a_line_that_can_only_be_a_command_is_asked_about_and_no_win(company: Company, line: str, told: str) -> None:
    (answer,) = answers_to(company, written(line, subject="Question"))
    assert told in text_of(answer)
    assert company.rows("wins", "list") == []


LOCKED = {
    "pgp_mime": (
        'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="b"',
        "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n--b\nContent-Type: application/octet-stream; name=encrypted.asc\n\n"
        "-----BEGIN PGP MESSAGE-----\n\nhQIMA1Q0wqmYzZ5TARAAv6R7cxq0\n=abcd\n-----END PGP MESSAGE-----\n\n--b--\n",
    ),
    "pgp_inline": (
        "Content-Type: text/plain",
        "-----BEGIN PGP MESSAGE-----\n\nhQIMA1Q0wqmYzZ5TARAAv6R7cxq0\n=abcd\n-----END PGP MESSAGE-----\n",
    ),
    "smime": (
        'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"\nContent-Transfer-Encoding: base64',
        "MIAGCSqGSIb3DQEHA6CAMIACAQAxggFxMIIBbQIBADBVMEcxCzAJBgNVBAYTAkRF\n",
    ),
}


def test_an_encrypted_mail_is_kept_and_its_sender_told_what_helps(company: Company) -> None:
    for number, (fields, body) in enumerate(LOCKED.values()):
        head = f"Authentication-Results: mx.tidemark.example; dmarc=pass header.from=tidemark.example\nFrom: {PRIYA}\nTo: wins@tidemark.example\nSubject: Fwd: Great news {number}\n"
        mail = f"{head}Date: Tue, 24 Nov 2026 11:00:00 +0100\nMessage-ID: <locked-{number}@tidemark.example>\nMIME-Version: 1.0\n{fields}\n\n{body}"
        company.drop(mail.replace("\n", "\r\n").encode())
    company.done("collect")
    assert '"quarantined": 3' in company.done("read", "--json")
    assert {m["reason"] for m in company.rows("tray", "list")} == {"encrypted"}
    company.done("deliver")
    assert all("without encryption" in text_of(m) for m in company.smtp.messages)
    company.drop(
        written(
            "Marisol at Harbor & Pine says the night team orders in half the time.", answers=company.smtp.messages[0]
        )
    )
    company.done("collect")
    company.done("read")
    (win,) = company.rows("wins", "list")
    assert win["account"] == "Harbor & Pine"


@pytest.mark.parametrize("mark", ["", "________________________________\nFrom: wins@tidemark.example <wins@tidemark.example>\nSent: Tuesday, November 24, 2026 10:01 AM\nTo: Priya Raman <priya@tidemark.example>\nSubject: Re: Fwd: Visits 1\n\n"])  # fmt: skip
def test_the_words_of_a_receipt_that_is_pasted_without_a_mark_ask_for_nothing(company: Company, mark: str) -> None:
    """It says “value 9” and “kind: referral” as examples, and “internal” beside the note."""
    (receipt,) = answers_to(company, forward())
    id_ = str(message_from_bytes(receipt.raw)["Message-ID"])
    answer = written(
        f"that was last thursday\n\n{mark}{text_of(receipt)}", subject="Re: Fwd: Visits 1", In_Reply_To=id_
    )
    (told,) = answers_to(company, answer)
    assert "19 November 2026" in text_of(told)
    assert "kept as an internal note" not in text_of(told)
    assert "Kind" not in text_of(told)
    assert "Seen by" not in text_of(told)
