"""What the CSM reads below her draft: whose words are whose, and only promises that hold."""

from __future__ import annotations

from datetime import date

import pytest

from mailwins.app import load_templates
from mailwins.model import ShareableWin
from mailwins.render import Renderer
from mailwins.updates.compose import Signature, Update, compose
from mailwins.updates.drafts import compose_draft
from mailwins.updates.wall import LeftOut

UPDATE = compose(
    "Acme", [ShareableWin(1, date(2026, 9, 1), "The board works well.", True, "Ana", None)], since=date(2026, 8, 1), until=date(2026, 11, 1), recipient=None, signature=Signature("Priya", None, "Tidemark", "p@x.example")
)  # fmt: skip
UNAPPROVED = "it is not approved for sharing yet"


def printed(*left_out: LeftOut, update: Update | None = UPDATE) -> str:
    view = compose_draft("Acme", update, left_out, recipient_name=None, wins_address="wins@tidemark.example")
    done = Renderer(load_templates()).render("draft", {"mail": view})
    assert ("Our own words:" in done.html) == ("Our own words:" in done.text)
    return " ".join(done.text.split())


def test_a_customers_words_are_quoted_and_can_be_approved_as_they_stand() -> None:
    text = printed(LeftOut(41, "The board works", UNAPPROVED, "The board works."))
    assert "“The board works.”" in text
    assert "Reply “share 41”" in text


def test_what_a_colleague_noted_is_no_quote_and_wants_a_sentence() -> None:
    text = printed(LeftOut(42, "They love it", UNAPPROVED, "They love it.", is_quote=False))
    assert "Our own words: They love it." in text
    assert "“They love it.”" not in text
    assert "“share 42: …”" in text
    assert "“share 42”" not in text


def test_a_shared_win_without_words_is_asked_for_them_though_it_has_a_note() -> None:
    text = printed(LeftOut(43, "They love it", "it has no words for a customer yet", "They love it.", is_quote=False))
    assert "has no words for the customer: reply “share 43: …”" in text


def test_only_wins_that_are_listed_are_named_for_approval() -> None:
    text = printed(*(LeftOut(n, "x", UNAPPROVED, "It works.") for n in range(1, 31)))
    assert "Reply “share 19, 20, 21”" in text


@pytest.mark.parametrize(
    ("left_out", "why", "first", "second"),
    [
        (
            (),
            "I know of nothing good from Acme",
            "Forward a mail in which somebody at Acme says what went well",
            "send me a line about Acme",
        ),
        (
            (LeftOut(41, "The board works", UNAPPROVED, "The board works."),),
            "There is something, but nothing yet that may be shown",
            "reply “share 41”. You find them below.",
            "send me a line about Acme",
        ),
        (
            (LeftOut(42, "They love it", UNAPPROVED, "They love it.", is_quote=False),),
            "There is something",
            "Forward a mail",
            "reply “share 42: …” with it",
        ),
        (
            (LeftOut(7, "Old", "already told on 3 May"),),
            "Everything that may be shown to Acme was told already.",
            "Forward a mail",
            "send me a line",
        ),
    ],
)
def test_an_account_without_shareable_wins_gets_a_kind_word_and_the_three_things_that_help(
    left_out: tuple[LeftOut, ...], why: str, first: str, second: str
) -> None:
    text = printed(*left_out, update=None)
    assert "No update for Acme yet" in text
    assert why in text
    assert "copy from here" not in text
    one, two, three = (text.index(f" {n}. ") for n in (1, 2, 3))
    assert first in text[one:two]
    assert second in text[two:three]
    assert "What works better now than three months ago?" in text[three:]
