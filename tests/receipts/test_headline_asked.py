"""A headline that is not plain is asked about: one figure settles it, a sentence of her own does, and a remark never becomes one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailwins.model import Source
from mailwins.receipts.wishes import read_reply
from tests.receipts.office import Office, flat, opened
from tests.understanding.test_summary import MIXED

NEWS = "The stocktake was through by lunch all the same"
OFFERED = ("Last week it rained into the store", NEWS, "My sister wants to see it for her shop")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as it:
        yield it


def test_the_receipt_offers_the_lines_and_a_figure_chooses(office: Office) -> None:
    (receipt,) = office.forward(MIXED, subject="Hello")
    lines = [office.win.summary, *office.win.reasons["summary"].candidates]
    assert "Which line tells it best?" in flat(receipt)
    assert all(f"{n}. {line}" in flat(receipt) for n, line in enumerate(lines, 1))
    answer = office.one(str(lines.index(NEWS) + 1), answers=receipt)
    assert office.win.summary == NEWS
    assert office.win.reasons["summary"].source is Source.PERSON
    assert "Done" in flat(answer)
    assert "Which line" not in flat(answer)


def test_a_win_does_not_wait_for_its_better_line(office: Office) -> None:
    office.forward(MIXED, subject="Hello")
    assert "summary" not in office.win.doubts


def test_a_headline_that_is_not_plain_settles_no_kind_before_it_is_chosen(office: Office) -> None:
    news = "The whole night shift uses the board without being asked"
    (receipt,) = office.forward(
        f"It rained into the store for most of the week. {news}. The boiler broke again and we had cold soup for 3 days."
    )
    assert office.win.category is None
    lines = [office.win.summary, *office.win.reasons["summary"].candidates]
    answer = office.one(str(lines.index(news) + 1), answers=receipt)
    assert (office.win.summary, office.win.category) == (news, "adoption")
    assert "Adoption" in flat(answer)


def test_the_line_it_has_may_be_chosen_and_is_asked_about_no_more(office: Office) -> None:
    (receipt,) = office.forward(MIXED, subject="Hello")
    before = office.win.summary
    office.one("1", answers=receipt)
    assert (office.win.summary, office.win.reasons["summary"].candidates) == (before, ())


def test_none_of_them_is_answered_with_how_to_give_another(office: Office) -> None:
    (receipt,) = office.forward(MIXED, subject="Hello")
    before = office.win.summary
    assert "“summary: …”" in flat(office.one("neither", answers=receipt))
    assert office.win.summary == before


def test_thanks_and_remarks_change_no_headline(office: Office) -> None:
    (receipt,) = office.forward(MIXED, subject="Hello")
    before = office.win.summary
    for words in ("thanks!", "great, I told the whole team about it today", "value 8"):
        office.write(words, answers=receipt)
    assert office.win.summary == before


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("2", NEWS),
        ("the second one please", NEWS),
        ("die zweite", NEWS),
        ("stocktake", NEWS),
        ("the one about the stocktake", NEWS),
        ("the last", OFFERED[2]),
        ("The stocktake was through by lunch", "The stocktake was through by lunch"),
        ("neither. They count in half a day now", "They count in half a day now"),
        ("neither. Nobody counted on the Sunday", "Nobody counted on the Sunday"),
        ("better: Nobody counted on the Sunday", "Nobody counted on the Sunday"),
        ("summary: Nobody counted on the Sunday", "Nobody counted on the Sunday"),
    ],
)
def test_a_line_is_named_or_told_anew(words: str, line: str) -> None:
    (wish,) = read_reply(words, asked="summary", options=OFFERED, win_ids=(5,)).wishes
    assert (wish.field, wish.value) == ("summary", line)


def test_the_page_prints_answers_that_are_read() -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "by-mail.md").read_text(encoding="utf-8")
    for words in ("2", "the one about the stocktake", "neither. They count in half a day now"):
        assert f"`{words}`" in page
        assert read_reply(words, asked="summary", options=OFFERED, win_ids=(5,)).wishes
