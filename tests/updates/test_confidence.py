"""What was told in confidence is neither shared nor offered for approval, in any language we know a cue of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mailwins.model import Address, Reason, Source, Stance, Visibility, Win, WinContact
from mailwins.updates.wall import sort_wins
from tests.store.test_contract import a_win

DAY = date(2026, 11, 3)
AT = datetime(2026, 11, 3, tzinfo=UTC)


def told(**fields: object) -> Win:
    return replace(
        a_win(1), account="Acme", win_date=DAY, stance=Stance.PRAISE, visibility=Visibility.INTERNAL, category="endorsement",
        contact=WinContact("Ana", "ana@acme.example"), quote="The board works.", note=None, internal_note=None, customer_text=None, doubts=(), is_public=False, **fields,
    )  # fmt: skip


def sort(win: Win, *, own_quotes: bool = True) -> tuple[int, str | None, str | None]:
    done = sort_wins(
        [win],
        account="Acme",
        since=date(2026, 9, 1),
        until=date(2026, 12, 1),
        told={},
        recipient=Address("Ana", "ana@acme.example"),
        own_quotes=own_quotes,
    )
    left = done.left_out[0] if done.left_out else None
    return len(done.shareable), left.why if left else None, left.words if left else None


def test_a_quote_of_the_recipient_herself_is_admitted_where_the_company_says_so() -> None:
    assert sort(told()) == (1, None, None)
    assert sort(told(), own_quotes=False) == (0, "it is not approved for sharing yet", "The board works.")


@pytest.mark.parametrize("field", ["quote", "note", "internal_note"])
@pytest.mark.parametrize(
    "words", ["You did not get this from me. It works.", "Between us: they love it.", "Unter uns: es läuft."]
)
def test_a_confidence_anywhere_in_a_win_keeps_its_words_inside(field: str, words: str) -> None:
    why = "it was told in confidence" if field == "quote" else "a colleague's note asks for confidence"
    assert sort(replace(told(), **{field: words})) == (0, why, None)


def test_a_person_who_approves_it_all_the_same_is_obeyed() -> None:
    win = replace(
        told(),
        note="Between us: they love it.",
        visibility=Visibility.SHAREABLE,
        customer_text="The board works for every shift.",
        reasons={"visibility": Reason(Source.PERSON, "you said so.")},
    )
    assert sort(win)[0] == 1


def test_an_approval_without_words_of_its_own_lets_no_confided_quote_out() -> None:
    approved = replace(
        told(), visibility=Visibility.SHAREABLE, reasons={"visibility": Reason(Source.PERSON, "you said so.")}
    )
    assert sort(approved)[0] == 1
    assert sort(replace(approved, quote="Off the record: it works.")) == (0, "it was told in confidence", None)


def test_a_colleagues_remark_does_not_take_back_what_was_said_in_public() -> None:
    assert sort(replace(told(), is_public=True, note="Keep this quiet.")) == (1, None, None)
    assert sort(replace(told(), is_public=True, quote="Off the record: it works.")) == (
        0,
        "it was told in confidence",
        None,
    )


def test_who_approves_words_has_read_how_they_were_meant_but_not_at_which_account() -> None:
    approved = replace(
        told(), visibility=Visibility.SHAREABLE, reasons={"visibility": Reason(Source.PERSON, "you said so.")}
    )
    assert sort(replace(approved, doubts=("stance",)))[0] == 1
    assert sort(replace(approved, doubts=("account",)))[1] == "it is not certain yet whose news it is"
    assert (
        sort(replace(told(), is_public=True, doubts=("stance",)))[1] == "it is not certain yet whether it is good news"
    )


APPROVED = {"visibility": Reason(Source.PERSON, "you said so.")}
COLLEAGUES = ("Ines Lopez", "Georg Lang")


@pytest.mark.parametrize(
    "quote",
    [
        "The board works.\nEdwin\n\nHonestly he should be grateful, we gave him 40% off. Ines",
        "The board works.\nEdwin\n\nHe still haggles.\n- Ines Lopez",
        "The board works. [GL: na ja, letzte Woche stand er still] We are glad.",
        "The board works.\n>> GL: das stimmt so nicht\nWe are glad.",
        "The board works.\nGeorg: not quite so\nWe are glad.",
    ],
)
def test_words_that_a_colleague_seems_to_have_written_into_a_quote_are_never_told(quote: str) -> None:
    win = replace(told(), quote=quote, visibility=Visibility.SHAREABLE, reasons=APPROVED)
    done = sort_wins([win], account="Acme", since=date(2026, 9, 1), until=date(2026, 12, 1), told={}, colleagues=COLLEAGUES)  # fmt: skip
    assert done.shareable == ()
    assert "seems to have written something into it" in done.left_out[0].why
    own = sort_wins([replace(win, customer_text="The board works for them.")], account="Acme", since=date(2026, 9, 1), until=date(2026, 12, 1), told={}, colleagues=COLLEAGUES)  # fmt: skip
    assert [w.words for w in own.shareable] == ["The board works for them."]


@pytest.mark.parametrize(
    "quote",
    [
        "Hi Ines,\nThe board works. Thank you so much, Ines!",
        "Ines,\n\nthe board works.\n\nAna",
        "The board works. Ines helped us a lot.",
        "Question: does it work? It does.",
    ],
)
def test_a_colleague_who_is_spoken_to_or_of_did_not_write(quote: str) -> None:
    win = replace(told(), quote=quote, visibility=Visibility.SHAREABLE, reasons=APPROVED)
    done = sort_wins([win], account="Acme", since=date(2026, 9, 1), until=date(2026, 12, 1), told={}, colleagues=COLLEAGUES)  # fmt: skip
    assert len(done.shareable) == 1


def test_a_customer_who_bears_a_colleagues_name_signs_her_own_words() -> None:
    win = replace(told(), quote="The board works.\nInes", contact=WinContact("Ines Duarte", "i@acme.example"), visibility=Visibility.SHAREABLE, reasons=APPROVED)  # fmt: skip
    done = sort_wins([win], account="Acme", since=date(2026, 9, 1), until=date(2026, 12, 1), told={}, colleagues=COLLEAGUES)  # fmt: skip
    assert len(done.shareable) == 1


def test_share_above_a_mail_settles_no_doubt_about_its_words() -> None:
    stated = {"visibility": Reason(Source.STATED, "#share stood above it.")}
    win = replace(told(), visibility=Visibility.SHAREABLE, reasons=stated)
    assert sort(win)[0] == 1
    assert sort(replace(win, doubts=("stance",)))[:2] == (0, "it is not certain yet whether it is good news")


def test_what_a_prospect_wrote_about_a_customer_is_never_shown_to_her_nor_offered() -> None:
    """Whose words a mail holds is a guess where its address is none of the customer's."""
    by_somebody = Reason(Source.GUESSED, "elsewhere.example is none of their addresses.", 0.6)
    win = replace(told(), visibility=Visibility.SHAREABLE, reasons={**APPROVED, "contact": by_somebody})
    count, why, words = sort(win)
    assert (count, words) == (0, None)
    assert why is not None
    assert "name who said it" in why
    said = {**APPROVED, "contact": Reason(Source.PERSON, "Ines said so.")}
    assert sort(replace(win, reasons=said))[0] == 1
    assert sort(replace(win, customer_text="Your name opens doors for us."))[0] == 1
