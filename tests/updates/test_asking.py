"""How a draft is asked for: in which language it comes, and what the CSM adds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mailwins.jobs import updating
from mailwins.jobs.updating import read_plan
from mailwins.model import Address, ShareableWin
from mailwins.updates.phrases import LANGUAGES
from mailwins.updates.wall import Sorted
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
    assert updating._own_language(wins, Address("Katrin Böhme", "k@x.example")) == language


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
    assert updating._IN.sub("", first) == left
    assert set(LANGUAGES.values()) == {"en", "de", "fr", "es", "nl"}


def test_a_favour_to_us_waits_while_there_is_something_they_achieved() -> None:
    wins = {n: replace(a_win(n), category=kind, summary="x") for n, kind in ((1, "nps_csat"), (2, "adoption"))}
    found = Sorted(tuple(said("We gave you ten of ten in the survey.", "All four depots went live on Monday.")), ())
    done = updating._without_favours(found, wins)
    assert [w.ref for w in done.shareable] == [2]
    assert "a favour to us" in done.left_out[0].why
    alone = Sorted(found.shareable[:1], ())
    assert updating._without_favours(alone, wins) == alone
