"""Which words of a draft are really in what was sent, after a person has been at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailwins.mime import decode
from mailwins.updates.telling import is_copy_of, likeness, own_part, told_in

QUOTE = (
    "Missed visits went from 11% to 3%. Thank you, the crews love it. I used to start the day with forty sticky notes."
)


@pytest.mark.parametrize(
    ("sent", "is_told"),
    [
        (f"Hi Marisol,\n\n   “{QUOTE}”\n\nPriya", True),
        ("As Dale put it: I used to start\nthe day with FORTY sticky notes!", True),
        ("used to start the day with forty sticky notes, he said", True),
        ("   3%       missed visits       was 11%\n\nPriya", True),
        ("Thank you for the care your team puts into this. It shows.", False),
        ("Thank you, the crews love it! Priya", False),
        (
            "You have 11% more visits and 3% less rain; the missed ones are another matter. What you told us about the mornings is true.",
            False,
        ),
        ("", False),
    ],
)
def test_a_win_is_told_when_a_sentence_or_the_figure_of_it_is_in_the_text(sent: str, is_told: bool) -> None:
    assert told_in(sent, [(7, QUOTE)]) == ((7,) if is_told else ())


def test_a_short_quote_is_told_only_as_a_whole() -> None:
    assert told_in("She wrote “Works like a charm.” and that was all.", [(1, "Works like a charm.")]) == (1,)
    assert told_in("It works like clockwork.", [(1, "Works like a charm.")]) == ()


DRAFT = (
    "Here is what your team has achieved since August, on one page.\n\n"
    + QUOTE
    + "\n\nThank you for the care your team puts into this. It shows.\n\nPriya Raman"
)


def test_a_draft_is_recognised_after_edits_and_another_mail_to_the_same_people_is_not() -> None:
    edited = DRAFT.replace(
        "Here is what your team has achieved since August, on one page.", "Before we meet on Thursday:"
    ).replace("Thank you, the crews love it. ", "")
    assert is_copy_of(DRAFT, edited, has_its_subject=False) > 0.4
    assert (
        is_copy_of(
            DRAFT,
            "Hi Marisol, here is what your team asked for on Monday: the invoice. Thank you for the patience.\n\nPriya Raman",
            has_its_subject=True,
        )
        == 0
    )
    assert likeness("", edited) == 0


REPORT = (
    "Hello Marisol,\n\nhere is what your teams have achieved since August, on one page, with the figures that you sent us.\n\n"
    "Missed visits: 11% before, 3% now.\n\n“The October figures are in. Missed visits went from 11% to 3%, which my boss put on the first page of her report.”\n\n"
    "“All 42 crews in all four depots are on live routes now, two weeks ahead of our own plan, and nobody wants the paper back.”\n\n"
    "“Billing questions fell from 24 in August to 6 in October because everyone can see what was done and when.”\n\n"
    "What comes next: a session on the planner in December, and the import of the winter routes for the two depots in the north.\n\nPriya Raman\nCustomer Success Manager"
)


@pytest.mark.parametrize(
    ("sent", "has_its_subject"),
    [
        (
            "Hi Marisol,\n\nnice news from your side:\n\n“The October figures are in. Missed visits went from 11% to 3%”\n\nSee you on Monday,\nPriya",
            True,
        ),
        ("Liebe Marisol,\n\nschau:\n\nBilling questions fell from 24 in August to 6 in October\n\nGruß\nPriya", True),
        (
            "Marisol, as promised: “All 42 crews in all four depots are on live routes now, two weeks ahead of our own plan.” Priya",
            False,
        ),
    ],
)
def test_a_copy_that_was_cut_down_to_a_line_or_two_is_still_a_copy(sent: str, has_its_subject: bool) -> None:
    assert likeness(REPORT, sent) < 0.4
    assert is_copy_of(REPORT, sent, has_its_subject=has_its_subject)


def test_news_that_only_touches_the_draft_is_no_copy_of_it() -> None:
    news = "Hi Marisol, it was good to hear that the crews of the third depot asked for the planner themselves. All four depots are on live routes now, you said, and the fifth follows in spring. I told our product team. Priya"
    assert is_copy_of(REPORT, news, has_its_subject=False) == 0
    assert is_copy_of(REPORT, news, has_its_subject=True) == 0


def test_the_thread_below_an_answer_was_not_told_now() -> None:
    thread = "Sounds good.\n\nOn Mon, 2 Nov 2026, Marisol wrote:\n> I used to start the day with forty sticky notes.\n"
    assert told_in(own_part(thread, is_answer=True), [(7, QUOTE)]) == ()
    assert told_in(own_part(thread, is_answer=False), [(7, QUOTE)]) == (7,)
    outlook = "Sounds good.\n\n________________________________\nFrom: Marisol\nSent: Monday\n\nI used to start the day with forty sticky notes.\n"
    assert told_in(own_part(outlook, is_answer=True), [(7, QUOTE)]) == ()


def test_what_thunderbird_made_of_a_draft_is_recognised_with_every_quote_in_it() -> None:
    """The mail as Thunderbird 153 sent it after “Edit As New Message”: wrapped anew, names between asterisks, tables taken apart."""
    raw = (Path(__file__).parent / "mails" / "sent_by_thunderbird.eml").read_bytes()
    sent = decode(raw).text or ""
    quotes = [
        (
            1,
            "Just thought you'd like to know the pothole dashboard made the Ashdown Gazette this morning (page 5, with a dreadful photo of me). Average repair time is down from 19 days to 6 since April.",
        ),
        (
            2,
            "63 of our officers completed “Building your first dashboard” this month. Priya taught the first two sessions herself.",
        ),
        (3, "Took my team three days to build on their own, the pothole one took us six weeks with the consultants."),
        (4, "We renewed for two more years, and the Ashdown Gazette printed it."),
    ]
    assert told_in(sent, quotes) == (1, 2, 3)
