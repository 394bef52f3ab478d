"""How a draft is asked for: in which language it comes, and what the CSM adds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mailwins.jobs import drafting, updating
from mailwins.jobs.updating import read_plan
from mailwins.model import Address, ShareableWin, Visibility, WinContact
from mailwins.updates.phrases import LANGUAGES
from mailwins.updates.wall import Sorted
from tests.digest.making import MANAGERS, make_app, make_win
from tests.digest.test_reports import NOW, mailed
from tests.store.test_contract import a_win

ENGLISH = "We see all fourteen substations on one screen and the handover is done in ten minutes."
GERMAN = "Wir sehen alle Werke auf einem Schirm und die Übergabe ist in zehn Minuten fertig."


def said(*words: str, by: str = "Katrin Böhme") -> list[ShareableWin]:
    return [ShareableWin(n, date(2026, 9, n), w, True, by, None) for n, w in enumerate(words, 1)]


@pytest.mark.parametrize(
    ("wins", "language"),
    [
        (said(ENGLISH, ENGLISH), "en"),
        (said(GERMAN, GERMAN), "de"),
        (said(ENGLISH), None),
        (said(ENGLISH, GERMAN), None),
        (said(ENGLISH, ENGLISH, by="Sven Oltmanns"), None),
    ],
)
def test_two_mails_of_the_recipient_show_her_language(wins: list[ShareableWin], language: str | None) -> None:
    assert drafting.own_language(wins, Address("Katrin Böhme", "k@x.example")) == language


@pytest.mark.parametrize(
    ("written", "language"), [("German", "de"), ("deutsch", "de"), ("nl", "nl"), ("Klingon", None)]
)
def test_a_line_names_the_language(written: str, language: str | None) -> None:
    plan = read_plan(f"next: a session in December\nlanguage: {written}\n")
    assert (plan.language, plan.coming) == (language, "a session in December")
    assert plan.as_told() == {"coming": "a session in December", **({"language": language} if language else {})}


@pytest.mark.parametrize(
    ("first", "left"),
    [
        ("Acme in German", "Acme"),
        ("Acme auf deutsch since 1 September", "Acme since 1 September"),
        ("Women in French Wine", "Women in French Wine"),
    ],
)
def test_a_language_behind_the_name_is_no_part_of_it(first: str, left: str) -> None:
    assert updating.IN_LANGUAGE.sub("", first) == left
    assert set(LANGUAGES.values()) == {"en", "de", "fr", "es", "nl"}


def test_a_favour_to_us_waits_while_there_is_something_they_achieved() -> None:
    wins = {n: replace(a_win(n), category=kind, summary="x") for n, kind in ((1, "nps_csat"), (2, "adoption"))}
    found = Sorted(tuple(said("We gave you ten of ten in the survey.", "All four depots went live on Monday.")), ())
    done = drafting.without_favours(found, wins)
    assert [w.ref for w in done.shareable] == [2]
    assert "a favour to us" in done.left_out[0].why
    alone = Sorted(found.shareable[:1], ())
    assert drafting.without_favours(alone, wins) == alone


def test_an_outsider_who_spoke_of_a_customer_is_addressed_only_when_named(tmp_path: Path) -> None:
    app = make_app(tmp_path, MANAGERS)
    agency = WinContact("Julie Lambrecht", "julie@prhuis.example")
    shared = {"account": "Osei Electrical", "quote": ENGLISH, "visibility": Visibility.SHAREABLE}
    make_win(app, "The handover is quick", at=NOW - timedelta(days=2), contact=agency, **shared)
    account = app.desk.known().directory.account("Osei Electrical")
    member = app.desk.known().directory.member("ben@tidemark.example")
    assert account is not None
    assert member is not None

    def drafted(to: str | None = None) -> drafting.Drafted:
        return drafting.draft(
            app.desk,
            account,
            since=None,
            until=NOW.date(),
            member=member,
            now=NOW,
            token="t1",
            to=to,
            is_named=to is not None,
        )

    unasked = drafted()
    assert unasked.record.recipient.address is None
    assert "It is addressed to nobody: Julie Lambrecht (julie@prhuis.example)" in str(unasked.mail.raw)
    assert drafted("julie@prhuis.example").record.recipient.address == "julie@prhuis.example"
    make_win(
        app, "They like it", at=NOW - timedelta(days=9), contact=WinContact("Ama Osei", "ama@osei.example"), **shared
    )
    assert drafted().record.recipient.address == "ama@osei.example"


def test_a_contact_moves_when_a_person_corrects_the_account(tmp_path: Path) -> None:
    app = make_app(tmp_path, MANAGERS)
    mona = "Mona Falk <mona@tidemark.example>"
    mailed(app, "Kestrel: the radio wants a story about their night shift", mona, 1)
    (receipt,) = app.store.outgoing()
    for number, words in enumerate(
        ("contact: Julie Lambrecht <julie@prhuis.example>", "account is Osei Electrical"), 2
    ):
        mailed(app, words, mona, number, to=f"<{receipt.mail.message_id}>")
    (contact,) = [c for c in app.store.directory().contacts if c.address == "julie@prhuis.example"]
    assert contact.account == "Osei Electrical"
