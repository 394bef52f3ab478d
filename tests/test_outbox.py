"""When a deferred mail is tried again, which Message-IDs are ours, and how a mail is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest

from mailwins.model import Address
from mailwins.outbox import Letter, formatted, is_ours, message_id, next_attempt, post, post_all, write

CREATED = datetime(2026, 11, 16, 8, tzinfo=UTC)


@pytest.mark.parametrize(("tries", "minutes"), [(1, 30), (2, 60), (3, 120), (4, 240), (5, 360), (6, 360), (1000, 360)])
def test_waits_double_from_half_an_hour_to_six(tries: int, minutes: int) -> None:
    now = CREATED + timedelta(hours=1)
    assert next_attempt(tries, CREATED, now) == now + timedelta(minutes=minutes)


def test_a_mail_is_given_up_after_four_days_and_not_before() -> None:
    now, tries = CREATED, 1
    while (again := next_attempt(tries, CREATED, now)) is not None:
        now, tries = again, tries + 1
    assert timedelta(days=4) <= now - CREATED < timedelta(days=4, hours=6)
    assert tries == 20


def test_our_message_ids_are_known_and_cannot_be_made_up() -> None:
    ours = message_id("receipt", "cause", "Ana@x.example", key=b"secret", domain="x.example")
    assert ours == message_id("receipt", "cause", "ana@x.example", key=b"secret", domain="x.example")
    assert is_ours(f"<{ours}>", key=b"secret")
    assert not is_ours(ours, key=b"other")
    assert not is_ours(ours.replace("receipt", "edition"), key=b"secret")
    assert not is_ours("<CAF=abc@mail.example>", key=b"secret")


def test_a_page_by_lines_is_written_as_the_whole_page_is() -> None:
    page = "<p>Für Zoë\r\n100 % = ok\rtwo \r\r\nthree" + "x" * 200 + " \n.\n\n</p>"
    letter = Letter(
        "receipt", "c", Address("W", "wins@t.example"), Address("A", "a@t.example"), "x", "y", page, CREATED
    )
    assert write(replace(letter, html=tuple(page.split("\n"))), "<1@t>") == write(letter, "<1@t>")


def test_a_message_id_stays_the_same_for_good() -> None:
    """By it a mail that was sent before an update of mailwins is known again."""
    made = message_id("receipt", "cause", "ana@x.example", key=b"secret", domain="x.example")
    assert made == "mw.receipt.a2hsam77c2b25ggji4pk.hijg5so7qwh7@x.example"


def test_the_same_moment_in_two_zones_is_written_with_the_offset_of_each() -> None:
    letter = Letter(
        "receipt", "c", Address("W", "wins@t.example"), Address("A", "a@t.example"), "x", "y", None, CREATED
    )
    there = replace(letter, at=CREATED.astimezone(timezone(timedelta(hours=-5))))
    dates = [message_from_bytes(write(one, None))["Date"] for one in (letter, there, letter)]
    assert dates == [f"Mon, 16 Nov 2026 {at}" for at in ("08:00:00 +0000", "03:00:00 -0500", "08:00:00 +0000")]


@pytest.mark.parametrize(
    "subject",
    [
        "Wins: Castellano want to show their other warehouse what they do with us",
        "Wins: Ein Wörtchen über die große Straße und noch etwas mehr Text für Käufer",
        "User Olympics: Nomination for the User Olympics, category Longest Dashboard…",
        "Wins, 21 to 28 Sep: Ashdown renewed!! 3 yrs, 40 extra seats 🎉",
        "日報の作成時間が一日40分から5分に短縮され、現場からも大変好評です。夜間の切り替え作業にもお付き合い",
    ],
)
def test_a_subject_is_read_back_as_it_was_without_a_blank_more(subject: str) -> None:
    raw = write(
        Letter(
            "edition",
            "x",
            Address("Tidemark Wins", "wins@x.example"),
            Address("Ana", "ana@x.example"),
            subject,
            "text",
            None,
            datetime(2026, 11, 16, tzinfo=UTC),
        ),
        "<1@x>",
    )
    header = raw.split(b"\r\nSubject:")[1].split(b"\r\nDate:")[0]
    assert not header.startswith((b"\r", b"  "))
    assert all(len(line) <= 90 for line in header.split(b"\r\n"))
    assert str(message_from_bytes(raw, policy=default)["Subject"]) == subject
    assert str(make_header(decode_header(header.decode().replace("\r\n ", " ").strip()))) == subject


@pytest.mark.parametrize(
    "person",
    [
        Address("Ana Sousa", "ana@x.example"),
        Address("Zoë Müller", "zoe@x.example"),
        Address('Ben "the" Ode, Jr.', "ben@x.example"),
        Address(None, "list@x.example"),
        Address("A" * 90, "a@x.example"),
    ],
)
def test_a_mail_to_many_is_the_same_as_one_written_for_each(person: Address) -> None:
    letter = Letter(
        "edition",
        "x",
        Address("Tidemark Wins", "wins@x.example"),
        person,
        "Wins",
        "text",
        "<p>html</p>",
        datetime(2026, 11, 16, tzinfo=UTC),
    )
    (many,) = post_all(letter, [person], key=b"k", domain="x.example")
    one, other = (
        message_from_bytes(mail.raw, policy=default) for mail in (post(letter, key=b"k", domain="x.example"), many)
    )
    assert sorted((k, str(v)) for k, v in one.items() if k != "Content-Type") == sorted(
        (k, str(v)) for k, v in other.items() if k != "Content-Type"
    )
    assert (many.message_id, many.recipient) == (post(letter, key=b"k", domain="x.example").message_id, person.address)


def test_a_long_name_with_an_address_in_it_adds_no_recipient() -> None:
    mail = EmailMessage(policy=SMTP)
    mail["To"] = formatted(Address("Bcc: victim@elsewhere.example, " * 3, "ana@tidemark.example"))
    (only,) = message_from_bytes(mail.as_bytes(), policy=default)["To"].addresses
    assert only.addr_spec == "ana@tidemark.example"


EXCHANGE = "<VI1PR07MB55122C03C0CF0B170E3527D08DE64B@VI1PR07MB5512.eurprd07.prod.outlook.example>"


@pytest.mark.parametrize("count", [1, 2, 30])
def test_long_message_ids_are_named_as_they_are_so_that_mail_programs_find_the_thread(count: int) -> None:
    letter = Letter(
        "receipt",
        "x",
        Address("Wins", "wins@tidemark.example"),
        Address("Priya", "priya@tidemark.example"),
        "Re: Visits",
        "Captured.\n",
        None,
        datetime(2026, 11, 16, tzinfo=UTC),
        headers=(("In-Reply-To", EXCHANGE), ("References", " ".join([EXCHANGE] * count)), ("X-Long", "<" + "x" * 1200)),
    )
    raw = write(letter, "<our-own@tidemark.example>")
    assert f"\r\nIn-Reply-To: {EXCHANGE}\r\n".encode() in raw
    assert b"=?utf-8?" not in raw
    assert max(map(len, raw.split(b"\r\n"))) < 998
    mail = message_from_bytes(raw, policy=default)
    assert mail["References"].split() == [EXCHANGE] * count
    assert mail["X-Long"] is None


def test_whatever_a_text_holds_comes_back_as_it_was() -> None:
    """Long lines, blanks at their ends, single dots, signs of other encodings, and what looks like our own boundary."""
    text = "Für Zoë – 100 % = ok\n" + "x" * 300 + " \n.\nFrom here\n=_" + "0" * 30 + "\n--=_\n\t\n日本語\n"
    html = f"<p>{text}</p>\n"
    letter = Letter(
        "receipt", "c", Address("W", "wins@t.example"), Address("Å", "a@t.example"), "Re: ü", text, html, CREATED
    )
    raw = write(letter, "<1@t.example>")
    assert all(len(line) <= 76 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    mail = message_from_bytes(raw, policy=default)
    assert [part.get_content().replace("\r\n", "\n") for part in mail.iter_parts()] == [text, html]
    assert not any(part.defects for part in mail.walk())
    assert (mail["Subject"], mail["To"]) == ("Re: ü", "Å <a@t.example>")
    only = message_from_bytes(write(replace(letter, html=None), None), policy=default)
    assert only.get_content().replace("\r\n", "\n") == text
