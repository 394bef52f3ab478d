"""Praise, doubt and complaint told apart, and kinds that a company adds or people corrected."""

from __future__ import annotations

import pytest

from mailwins.config import Config, Kind
from mailwins.model import Source, Stance
from mailwins.understanding.mood import category_of, stance_of

KINDS = Config().kinds

COMPLAINTS = [
    "Your trainer was charming, but the price labels have been wrong for a fortnight and nobody calls us back.",
    "Unless the backups run again by Thursday we will cancel the contract.",
    "Ihre Beraterin ist sehr nett, aber die Etiketten sind immer noch falsch und niemand ruft zurück.",
    "Votre équipe est aimable, mais les étiquettes sont toujours fausses et personne ne rappelle.",
    "Jullie zijn vriendelijk, maar de etiketten zijn nog steeds fout en niemand belt terug.",
    "Vuestra gente es amable, pero las etiquetas siguen mal y nadie devuelve la llamada.",
]
PRAISES = [
    "Not a single complaint from our drivers. Your team is wonderful, thank you!",
    "Nicht eine einzige Beschwerde im ganzen Jahr, herzlichen Dank an das Team!",
    "We love it. One small wish: bigger buttons. Thank you for everything!",
]


def kind_of(text: str, kinds: dict[str, Kind] | None = None, examples: tuple[tuple[str, str], ...] = ()) -> tuple[str | None, Source, str]:
    kind, why = category_of(text, stated=None, tags=(), rating=None, is_review=False, categories=kinds or dict(KINDS), examples=examples)
    return kind, why.source, why.text


@pytest.mark.parametrize("text", COMPLAINTS)
def test_kind_words_around_a_complaint_leave_it_a_complaint(text: str) -> None:
    assert stance_of(text, None)[0] is Stance.COMPLAINT


@pytest.mark.parametrize("text", PRAISES)
def test_a_denied_complaint_and_a_small_wish_are_no_complaint(text: str) -> None:
    assert stance_of(text, None)[0] in (Stance.PRAISE, Stance.NEUTRAL)


def test_the_reason_quotes_the_sentence_that_complains() -> None:
    text = "Thank you for the nice call. The exports are still broken and we are very disappointed."
    assert "still broken" in stance_of(text, None)[1].text


def test_a_corrected_win_changes_what_reads_like_it_and_removing_it_changes_it_back() -> None:
    corrected = "The harbour office now plans every berth with your calendar."
    again = "The harbour office now plans each berth with your calendar, says Ingrid."
    before = kind_of(again)
    taught = kind_of(again, examples=((corrected, "stakeholder"),))
    assert taught[:2] == ("stakeholder", Source.LEARNED)
    assert corrected[:40] in taught[2]
    assert before[0] != "stakeholder"


def test_a_kind_of_the_company_is_known_by_its_phrases_and_its_examples() -> None:
    own = Kind("safety", "Safety", 6, "fewer accidents", ("near miss",), ("No accident at the sawmill for two hundred days.",))
    kinds = {**KINDS, "safety": own}
    assert kind_of("They report one near miss less each week.", kinds)[0] == "safety"
    assert kind_of("No accident at the sawmill for three hundred days!", kinds)[0] == "safety"


@pytest.mark.parametrize(
    "text",
    [
        "Missed visits went from 11% to 3%. The phone has gone quiet.",
        "We finished the migration two weeks early and the night shift stopped calling. I was worried in May.",
    ],
)
def test_news_that_plainly_tells_a_win_is_never_hidden_as_a_doubt_without_asking(text: str) -> None:
    stance, reason = stance_of(text, None)
    assert stance in (Stance.PRAISE, Stance.NEUTRAL), reason.text
