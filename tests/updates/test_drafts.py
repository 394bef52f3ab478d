"""What the CSM reads below her draft: whose words are whose, and only promises that hold."""

from __future__ import annotations

from mailwins.app import load_templates
from mailwins.render import Renderer
from mailwins.updates.drafts import compose_draft
from mailwins.updates.wall import LeftOut

UNAPPROVED = "it is not approved for sharing yet"


def printed(*left_out: LeftOut) -> str:
    view = compose_draft("Acme", None, left_out, recipient_name=None, wins_address="wins@tidemark.example")
    done = Renderer(load_templates()).render("draft", {"mail": view})
    assert ("Your words:" in done.html) == ("Your words:" in done.text)
    return " ".join(done.text.split())


def test_a_customers_words_are_quoted_and_can_be_approved_as_they_stand() -> None:
    text = printed(LeftOut(41, "The board works", UNAPPROVED, "The board works."))
    assert "“The board works.”" in text
    assert "Reply “share 41”" in text


def test_what_a_colleague_noted_is_no_quote_and_wants_a_sentence() -> None:
    text = printed(LeftOut(42, "They love it", UNAPPROVED, "They love it.", is_quote=False))
    assert "Your words: They love it." in text
    assert "“They love it.”" not in text
    assert "“share 42: …”" in text
    assert "“share 42”" not in text


def test_a_shared_win_without_words_is_asked_for_them_though_it_has_a_note() -> None:
    text = printed(LeftOut(43, "They love it", "it has no words for a customer yet", "They love it.", is_quote=False))
    assert "without words for the customer: reply “share 43: …”" in text


def test_only_wins_that_are_listed_are_named_for_approval() -> None:
    text = printed(*(LeftOut(n, "x", UNAPPROVED, "It works.") for n in range(1, 31)))
    assert "Reply “share 19, 20, 21”" in text
