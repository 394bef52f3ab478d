"""A customer's words are chosen for a stranger's eyes and never changed."""

from __future__ import annotations

import pytest

from mailwins.updates.words import as_sentence, best_words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hannah, fyi the board flagged the backlog two days early. We rerouted 9 loads.\n\nBen", "…the board flagged the backlog two days early. We rerouted 9 loads."),
        ("\ufeffHi Priya,\n\nEvery crew is live now. Nobody rings at noon any more.\nMarisol R.", "Every crew is live now. Nobody rings at noon any more."),
        ("We saved 11 hours. Could you send the invoice? The team is proud.", "We saved 11 hours. … The team is proud."),
        ("Danke", "Danke"),
        ("Hannah,\n\nfyi the board works.\n\nBen", "…the board works."),
        ("We rerouted nine containers through the other harbour and my boss asked if it was a\nTuesday. I said yes.\n\nBen", "We rerouted nine containers through the other harbour and my boss asked if it was a Tuesday. I said yes."),
    ],
)
def test_an_excerpt_has_no_addressee_no_sign_off_and_shows_what_it_leaves_out(text: str, told: str) -> None:
    assert best_words(text, 300) == told


@pytest.mark.parametrize(("text", "end", "told"), [("which depot should go first", "?", "Which depot should go first?"), ("a session in  December", ".", "A session in December."), ("Ready?", "?", "Ready?")])
def test_a_jotted_line_becomes_a_sentence(text: str, end: str, told: str) -> None:
    assert as_sentence(text, end) == told
