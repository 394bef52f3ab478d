"""A question that was asked, and asked again: no reply to either is lost, and nothing that a reply said besides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailwins.model import Outcome, Visibility
from tests.receipts.office import BEN, Office, flat, opened

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
    care.one(words, sender=BEN, answers=question)
    assert care.wins() == []
    receipt = care.one("Sint-Josef", sender=BEN, answers=question)
    assert "Sint-Josef Ziekenhuis" in flat(receipt)


@pytest.mark.parametrize("words", ["no, it's the hospital", "account: hospital", "nein, die Bäckerei"])
def test_a_win_does_not_move_by_a_word_for_a_sort_of_company(care: Office, words: str) -> None:
    receipt = care.one("Clinique Saint-Joseph renewed for two years, they love it.", sender=BEN, subject="Renewal")
    told = flat(care.one(words, sender=BEN, answers=receipt))
    assert care.win.account == "Clinique Saint-Joseph"
    assert "I know no account called" in told
