"""Mails behind which no customer stands: an agency or a partner books nothing by itself, and a team has news of its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mailwins.mime import decode
from mailwins.model import Account, Decoded, Directory, Member, Outcome
from mailwins.parsers import read_message
from mailwins.understanding import Facts, Judgement, judge
from tests.understanding.score import policy_for

DIRECTORY = Directory(
    (Account("Tidewell Ferries", ("tidewell.example",), ("Tidewell",), "ines@ours.example", "A"),),
    (Member("Ines Vogt", ("ines@ours.example",), "CSM", "CS"),),
    (),
    frozenset({"ours.example"}),
)


def judged(note: str, sender: str, words: str) -> Judgement:
    return read(
        f"{note}\n\n---------- Forwarded message ---------\nFrom: {sender}\nDate: Fri, 6 Nov 2026 at 18:20\n"
        f"Subject: gala\nTo: Ines Vogt <ines@ours.example>\n\n{words}\n"
    )


def read(text: str, directory: Directory = DIRECTORY, content_type: str = "text/plain; charset=utf-8") -> Judgement:
    raw = (
        "Authentication-Results: mx.ours.example; dkim=pass header.d=ours.example; dmarc=pass header.from=ours.example\n"
        "From: Ines Vogt <ines@ours.example>\nTo: wins@ours.example\nSubject: Fwd: gala\n"
        "Date: Mon, 9 Nov 2026 09:00:00 +0000\nMessage-ID: <m1@ours.example>\n"
        f"Content-Type: {content_type}\n\n{text}"
    )
    policy = policy_for("ours.example")
    message = decode(raw.encode())
    now = datetime(2026, 11, 9, 10, tzinfo=UTC)
    decoded = Decoded(message, read_message(message, own=policy.own_addresses))
    return judge(decoded, Facts(directory, policy, "a" * 64, now, now, ()))


WORDS = "Hi Ines, Tidewell named you supplier of the year last night, and the whole hall stood up. Congratulations!"


def test_an_agency_that_names_a_customer_books_nothing_and_the_customer_is_offered() -> None:
    judgement = judged("lovely", "Julie Lambrecht <julie@prhouse.example>", WORDS)
    assert (judgement.outcome, judgement.candidates) == (Outcome.QUARANTINED, ("Tidewell Ferries",))


def test_an_agency_as_the_one_who_said_it_is_shown_as_a_guess() -> None:
    (win,) = judged("Tidewell, via their press people", "Julie Lambrecht <julie@prhouse.example>", WORDS).wins
    assert win.account == "Tidewell Ferries"
    assert "prhouse.example" in win.reasons["contact"].text
    assert win.reasons["contact"].is_guess


def test_somebody_of_the_customer_is_no_guess() -> None:
    (win,) = judged("lovely", "Mikkel Aas <mikkel@crew.tidewell.example>", WORDS).wins
    assert "contact" not in win.reasons


@pytest.mark.parametrize(
    ("note", "is_ours"),
    [
        ("We closed the thousandth ticket of the year today, hats off to Ines Vogt!", True),
        ("Heute um halb fünf stand unsere Warteschlange auf null.\n\nEs gibt Kuchen.", True),
        ("Pela primeira vez a nossa fila de chamados ficou a zero, pessoal.", True),
        ("The queue at their depot is down to zero thanks to our kiosk.", False),
        ("Finished varnishing the boat on Sunday, first time in three years it floats.", False),
        ("Meine Tochter hat den Führerschein bestanden, beim ersten Mal :-)", False),
        ("Halve marathon gelopen in 1:52, mijn record!", False),
        ("うちの猫が十歳になりました。", False),
    ],
)
def test_a_teams_own_news_is_a_milestone_and_private_news_is_not(note: str, is_ours: bool) -> None:
    judgement = read(note)
    assert [w.category for w in judgement.wins] == (["milestone"] if is_ours else [])


def test_a_forward_of_invisible_signs_alone_is_empty() -> None:
    judgement = judged("", "Mikkel Aas <mikkel@tidewell.example>", "\ufeff\u200b")
    assert (judgement.outcome, judgement.reason) == (Outcome.IGNORED, "empty")


@pytest.mark.parametrize(
    ("count", "outcome", "reason"),
    [
        (0, Outcome.WIN, None),
        (3, Outcome.WIN, None),
        (20, Outcome.QUARANTINED, "over_limit"),
        (200, Outcome.QUARANTINED, "over_limit"),
        (2000, Outcome.QUARANTINED, "over_limit"),
    ],
)
def test_mails_nested_in_one_another_are_a_win_or_told_and_never_empty(
    count: int, outcome: Outcome, reason: str | None
) -> None:
    """FAULT: twenty, two hundred, two thousand mails lie in one another (message/rfc822); THEN: a few are opened, of so many the mail lies in the tray as too much to read, and its sender hears of it."""
    text = "From: Mikkel Aas <mikkel@tidewell.example>\n\nYour new board saved us two hours a day.\n"
    for _ in range(count):
        text = f"From: Jo Pell <jo@ours.example>\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n{text}"
    judgement = read(text, content_type="message/rfc822")
    assert (judgement.outcome, judgement.reason) == (outcome, reason)
    assert [w.contact.name for w in judgement.wins if w.contact] == (["Mikkel Aas"] if reason is None else [])


def test_the_day_above_a_list_is_that_of_each_item_which_names_none() -> None:
    directory = Directory(
        (*DIRECTORY.accounts, Account("Pfister Dairies", ("pfister.example",), ("Pfister",), "ines@ours.example", "A")),
        DIRECTORY.members,
        (),
        DIRECTORY.own_domains,
    )
    text = "Two things from yesterday:\n\n1) Tidewell: the deck crews now book on the app.\n\n2) Pfister Dairies signed for two more shops on Friday.\n"
    assert [(w.account, str(w.win_date)) for w in read(text, directory).wins] == [
        ("Tidewell Ferries", "2026-11-08"),
        ("Pfister Dairies", "2026-11-06"),
    ]
