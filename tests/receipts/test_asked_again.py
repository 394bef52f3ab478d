"""A question that was asked, and asked again: no reply to either is lost, and nothing that a reply said besides."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

import pytest

from mailwins.jobs.publish import publish
from mailwins.model import Outcome, Visibility
from tests.digest.making import utc
from tests.receipts.office import ANA, BEN, TOM, Office, flat, opened

ACCOUNTS = "name,domains,aliases,csm,tier,renewal,language\nBrink Bakery,brink.example,,ben@tidemark.example,key,,\nBrink Brewing,brinkbrewing.example,,ben@tidemark.example,mid,,\n"
NEWS = "Their people love the new planner, best thing this year they say."

pytestmark = pytest.mark.slow


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path, accounts=ACCOUNTS) as it:
        yield it


@pytest.mark.parametrize(
    "words",
    [
        "first one, and you can share. value 7",
        "die erste, darf geteilt werden. Wert 7",
        "le premier, et on peut partager. valeur 7",
        "1, value 7, share",
    ],
)
def test_a_choice_by_its_place_settles_the_account_and_the_rest_is_done(office: Office, words: str) -> None:
    question = office.one(NEWS, sender=BEN, subject="Brink")
    assert "Brink Bakery or Brink Brewing" in flat(question)
    office.one(words, sender=BEN, answers=question)
    assert (office.win.account, office.win.value, office.win.visibility) == ("Brink Bakery", 7, Visibility.SHAREABLE)


def test_a_reply_to_the_repeated_question_settles_it_with_all_that_was_said_before(office: Office) -> None:
    question = office.one(NEWS, sender=BEN, subject="Brink")
    again = office.one("the ones with the ovens, 8/10, you can share it", sender=BEN, answers=question)
    assert "I did not understand “the ones with the ovens" in flat(again)
    assert "What else you wrote is kept" in flat(again)
    assert office.wins() == []
    third = office.one("hmm, the ovens people!", sender=BEN, answers=again)
    assert "I did not understand “hmm, the ovens people" in flat(third)
    receipt = office.one("Brink Bakery, value 6", sender=BEN, answers=third)
    assert "Brink Bakery" in flat(receipt)
    assert (office.win.account, office.win.value, office.win.visibility) == ("Brink Bakery", 6, Visibility.SHAREABLE)
    held = office.app.store.mail(office.win.mail)
    assert held is not None
    assert held.is_resolved


def test_a_second_reply_to_a_question_that_is_settled_corrects_the_win(office: Office) -> None:
    question = office.one(NEWS, sender=BEN, subject="Brink")
    office.one("Brink Bakery", sender=BEN, answers=question)
    told = flat(office.one("Brink Brewing, value 4", sender=BEN, answers=question))
    assert "Brink Bakery → Brink Brewing" in told
    assert (office.win.account, office.win.value) == ("Brink Brewing", 4)


def test_an_answer_to_a_question_is_never_ignored_without_a_word(office: Office) -> None:
    question = office.one("update Brink", sender=BEN)
    told = flat(office.one("the ones with the ovens", sender=BEN, answers=question))
    assert "the ones with the ovens" in told
    assert office.done[-1].settled.outcome is not Outcome.WIN


CARE = (
    "name,domains,aliases,csm,tier,renewal,language\nSint-Josef Ziekenhuis,sintjosef.example,St Josef,ben@tidemark.example,key,,\n"
    "Clinique Saint-Joseph,saint-joseph.example,Saint Joseph,ben@tidemark.example,key,,\nHospital del Mar Menor,marmenor.example,,ana@tidemark.example,mid,,\n"
    "Bäckerei Ahlers,ahlers.example,,ana@tidemark.example,mid,,\n"
)


@pytest.fixture
def care(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path, accounts=CARE) as it:
        yield it


@pytest.mark.parametrize(
    "words", ["no, the hospital in Antwerp", "the hospital", "non, l'hôpital", "nein, das Hospital", "Hospital"]
)
def test_a_word_for_a_sort_of_company_settles_no_account(care: Office, words: str) -> None:
    question = care.one("St Joseph named us supplier of the year at the gala.", sender=BEN, subject="St Joseph")
    text = flat(question)
    assert "Clinique Saint-Joseph" in text
    assert "Sint-Josef Ziekenhuis" in text, "a name nearly as close is not offered"
    again = flat(care.one(words, sender=BEN, answers=question))
    assert care.wins() == []
    assert "Sint-Josef Ziekenhuis" in again, "a word that settles nothing takes no choice away"
    receipt = care.one("Sint-Josef", sender=BEN, answers=question)
    assert "Sint-Josef Ziekenhuis" in flat(receipt)


@pytest.mark.parametrize("words", ["no, it's the hospital", "account: hospital", "nein, die Bäckerei"])
def test_a_win_does_not_move_by_a_word_for_a_sort_of_company(care: Office, words: str) -> None:
    receipt = care.one("Clinique Saint-Joseph renewed for two years, they love it.", sender=BEN, subject="Renewal")
    told = flat(care.one(words, sender=BEN, answers=receipt))
    assert care.win.account == "Clinique Saint-Joseph"
    assert "I know no account called" in told


def test_a_choice_may_be_made_in_a_second_reply_to_the_same_receipt(office: Office) -> None:
    office.write("Brink Bakery: they moved all forty ovens over to the planner last week.", sender=BEN, subject="Brink")
    receipt = _receipt_with_choice(office)
    office.write("contact is Ruth Meier", sender=BEN, answers=receipt)
    before = office.win
    told = flat(office.one("2", sender=BEN, answers=receipt))
    assert "did not understand" not in told
    assert office.win != before


def _receipt_with_choice(office: Office) -> EmailMessage:
    row = office.app.store.outgoing()[-1]
    receipt = cast(EmailMessage, message_from_bytes(row.mail.raw, policy=default))
    assert " 2. " in flat(receipt), flat(receipt)
    return receipt


@pytest.mark.parametrize(
    ("words", "quote", "who"),
    [
        ("Lo dijo Pilar Cano: \"Desde que usamos el planner dormimos tranquilos.\" Se puede compartir.", "dormimos tranquilos", "Pilar Cano"),
        ("Marisol Reyes said: “Since the planner came nobody rings us at night.” share", "nobody rings us at night", "Marisol Reyes"),
    ],
)  # fmt: skip
def test_words_in_quotation_marks_beside_their_speaker_are_the_story_and_no_internal_note(
    office: Office, words: str, quote: str, who: str
) -> None:
    receipt = office.one("Look what Brink Bakery wrote on LinkedIn, lovely!", sender=BEN, subject="Post")
    told = flat(office.one(words, sender=BEN, answers=receipt))
    assert "internal note" not in told
    win = office.win
    assert quote in (win.note or "")
    assert win.contact is not None
    assert win.contact.name == who


def test_a_value_that_a_new_kind_brought_along_is_told_once(office: Office) -> None:
    receipt = office.one("Brink Bakery: the team is happy with the planner.", sender=BEN, subject="Note")
    told = flat(office.one("kind: value realized, value 9", sender=BEN, answers=receipt))
    assert office.win.value == 9
    assert told.count("Value 9") + told.count("→ 9") == 1, told


def _edition(office: Office) -> EmailMessage:
    office.now = utc(2026, 11, 23, 7)
    publish(office.app.desk, now=office.now)
    row = next(r for r in office.app.store.outgoing(kind="edition") if r.mail.recipient == "tom@tidemark.example")
    return cast(EmailMessage, message_from_bytes(row.mail.raw, policy=default))


def test_a_question_about_a_digest_goes_to_who_captured_the_win_it_tells_of(office: Office) -> None:
    office.write("Brink Bakery: all 212 drivers use the planner since Monday, they love it.", sender=BEN, subject="A")
    office.write("Brink Brewing renewed for two years, they are thrilled.", sender=ANA, subject="B")
    assert len(office.wins()) == 2
    edition = _edition(office)
    sent = office.write("Great stuff! How many drivers used it before?", sender=TOM, answers=edition)
    assert any("How many drivers" in flat(m) and "ben@tidemark.example" in str(m["To"]) for m in sent)
    (which,) = office.write("Nice! Who made that happen?", sender=TOM, answers=edition)
    assert "Which win do you mean?" in flat(which)
    number = next(w.id for w in office.wins() if w.account == "Brink Brewing")
    passed = office.write(f"{number}: who made that happen?", sender=TOM, answers=which)
    assert any("ana@tidemark.example" in str(m["To"]) for m in passed)


def test_a_question_that_names_half_an_account_says_which_there_are(office: Office) -> None:
    told = flat(office.one("why Brink?", sender=TOM, subject="q"))
    assert "Brink Bakery" in told
    assert "Brink Brewing" in told
