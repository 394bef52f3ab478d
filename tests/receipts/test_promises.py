"""What a receipt promises is what happens: no win out of a no, no draft without words, no guess as a fact, no secret told on."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailwins.digest.wording import excerpt, headline, outspoken
from mailwins.model import Outcome, Visibility
from mailwins.receipts.questions import NEEDED, _called
from tests.receipts.office import MONA, TOM, Office, flat, opened

COMPLAINT = "This is not good enough. It failed at night three times and nobody answers. We are furious and want our money back."
WHISPER = "Please keep this between us: the new plan saves us 20 hours a month and the board is delighted."


def in_tray(office: Office) -> int:
    return len(list(office.app.store.mails(outcome=Outcome.QUARANTINED, reason="negative", unresolved=True)))


# ---------------------------------------------------------------- a complaint stays one


@pytest.mark.parametrize(
    "words",
    [
        "No good news in it. They are a pain",
        "no",
        "Nope, none at all",
        "Nein, leider nichts Gutes. Die sind eine Plage",
        "Not really, they are just great at complaining",
        "Harbor & Pine is a pain",
        "value 4",
    ],
)
def test_a_no_leaves_the_complaint_in_the_tray_and_becomes_no_win(tmp_path: Path, words: str) -> None:
    with opened(tmp_path) as office:
        (asked,) = office.forward(COMPLAINT, subject="Not good enough")
        answer = flat(office.one(words, answers=asked))
        assert office.wins() == []
        assert in_tray(office) == 1
        assert "stays kept for a person and is counted nowhere" in answer


def test_good_news_in_a_complaint_becomes_a_win_of_who_complained(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        (asked,) = office.forward(COMPLAINT, subject="Not good enough")
        office.one("They love the new dashboard, it saves the crews an hour a day.", answers=asked)
        assert office.win.account == "Harbor & Pine"
        assert in_tray(office) == 0


def test_a_new_customers_name_is_no_dead_end(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        (asked,) = office.forward(customer="Udo Kern <udo@glockenfreunde.example>")
        answer = flat(office.one("thats a new customer, Glockenfreunde e.V.", answers=asked))
        assert "adds it to the accounts" in answer
        assert "One question" not in answer
        assert office.wins() == []


# ---------------------------------------------------------------- confidence


def test_share_alone_does_not_tell_what_was_told_in_confidence(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        (receipt,) = office.forward(WHISPER)
        assert "managers only (it says “keep this between us”" in flat(receipt)
        answer = flat(office.one("share", answers=receipt))
        assert office.win.visibility is Visibility.PRIVATE
        assert "told in confidence" in answer
        assert "“share: …”" in answer


def test_own_words_are_shared_and_the_confidence_stays_out_of_the_digest(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        (receipt,) = office.forward(WHISPER)
        answer = flat(office.one("share: The plan saves you 20 hours a month.", answers=receipt))
        assert office.win.visibility is Visibility.SHAREABLE
        assert "“update Harbor & Pine” brings you a draft" in answer
        (draft,) = office.write("update Harbor & Pine")
        assert "The plan saves you 20 hours a month." in flat(draft)
        assert "between us" not in flat(draft).split("copy from here")[1]
        told = outspoken(office.win)
        assert (told.summary, told.quote) == ("The plan saves you 20 hours a month.", None)


def test_a_digest_never_repeats_the_words_that_asked_for_silence(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        (receipt,) = office.forward(f"{WHISPER} The crews are faster too.")
        office.one("internal", answers=receipt)
        assert office.win.visibility is Visibility.INTERNAL
        assert "between us" not in headline(office.win)
        quote = excerpt(outspoken(office.win).quote or "", 200) or ""
        assert quote.startswith("The new plan saves us 20 hours a month and the board is delighted.")


# ---------------------------------------------------------------- a draft that is promised comes


def test_share_on_a_note_asks_at_once_for_the_sentence(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        receipt = office.one("Harbor & Pine called, the crews saved £4,200 this year, super happy")
        answer = office.one("share", answers=receipt)
        assert "brings you a draft" not in flat(answer)
        assert "What may Harbor & Pine read about it?" in flat(answer)
        again = office.one("share: You saved £4,200 this year.", answers=answer)
        assert "“update Harbor & Pine” brings you a draft" in flat(again)
        (draft,) = office.write("update Harbor & Pine")
        assert "You saved £4,200 this year." in flat(draft)


def test_a_colleagues_wish_for_silence_is_said_before_a_draft_is_asked_for(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        (receipt,) = office.forward(note="please don't tell anybody yet")
        assert "managers only (your note says “don't tell”; reply “internal” to let colleagues see it)" in flat(receipt)
        answer = flat(office.one("share", answers=receipt))
        assert "It was told in confidence (“don't tell”), so it stays private" in answer
        assert office.win.visibility is Visibility.PRIVATE
        assert "brings you a draft" not in answer


def test_not_for_the_customer_yet_is_acknowledged_and_a_later_share_lifts_it(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        (receipt,) = office.forward(note="Not for the customer yet, their director checks the figures.")
        assert "Seen by colleagues, not the customer" in flat(receipt)
        assert office.win.visibility is Visibility.INTERNAL
        office.write("share", answers=receipt)
        assert office.win.visibility is Visibility.SHAREABLE
        (draft,) = office.write("update Harbor & Pine")
        assert "director checks" not in flat(draft)


def test_a_hash_tag_above_a_note_is_not_promised_a_draft_either(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        receipt = flat(office.one("Harbor & Pine renewed for three years and they love it\n\n#share"))
        assert "for the customer it has no words yet" in receipt
        assert "brings you a draft" not in receipt


# ---------------------------------------------------------------- what is not certain


def test_a_win_that_waits_is_not_said_to_be_seen_by_the_customer(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        (receipt,) = office.forward("Please send the invoice for October to our accounting.", note="#share")
        assert "stance" in office.win.doubts, "the mail for this test must be one that is not certain"
        assert "and the customer once you send it" not in flat(receipt)
        assert "Seen by managers only, until" in flat(receipt)
        assert "good news, or a worry?" in flat(receipt)


def test_whether_it_is_good_news_is_asked_for_every_win_that_waits_for_it() -> None:
    assert "stance" in NEEDED


def test_share_by_a_person_settles_whether_it_is_good_news(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        (receipt,) = office.forward("Please send the invoice for October to our accounting.")
        office.one("share", answers=receipt)
        assert office.win.doubts == ()


# ---------------------------------------------------------------- what is no win


@pytest.mark.parametrize(
    "subject",
    [
        "snooze Harbor & Pine 4w: they are furious",
        "please snooze Harbor & Pine for 4 weeks: they have other worries",
        "Snooze harbor & pine 4w - they were hit by a flood",
    ],
)
def test_a_snooze_with_any_reason_is_no_win(tmp_path: Path, subject: str) -> None:
    with opened(tmp_path) as office:
        for text, title in (("", subject), (subject, "")):
            answer = flat(office.one(text, subject=title, sender=MONA))
            assert "Harbor & Pine rests until" in answer
        assert office.wins() == []


@pytest.mark.parametrize(
    "words",
    [
        "Can you send me everything about Harbor & Pine?",
        "What did Harbor & Pine say last month?",
        "why Harbor & Pine?",
        "Wie viele Erfolge hatten wir bei Harbor & Pine?",
    ],
)
def test_a_question_to_us_is_answered_and_no_win(tmp_path: Path, words: str) -> None:
    with opened(tmp_path) as office:
        office.forward()
        for text, title in (("", words), (words, "")):
            answer = flat(office.one(text, subject=title))
            assert "I only understand a few questions" in answer
            assert "Missed visits went from 11%" in answer
        assert len(office.wins()) == 1


def test_news_that_holds_a_question_is_news(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        office.one("Can you believe it? Harbor & Pine renewed for three years, they love it!")
        assert office.win.account == "Harbor & Pine"


# ---------------------------------------------------------------- replies that name another win


def test_share_with_a_number_works_in_a_reply_to_any_receipt(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        office.one("Harbor & Pine called, the crews saved £4,200 this year, super happy")
        (other,) = office.forward()
        answer = flat(office.one("share 1: You saved £4,200 this year.", answers=other))
        first, second = office.wins()
        assert first.customer_text == "You saved £4,200 this year."
        assert (second.customer_text, second.visibility) == (None, Visibility.INTERNAL)
        assert "Win 1: Harbor & Pine called" in answer


def test_share_with_the_number_of_a_win_that_is_not_hers_changes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as office:
        office.one("Harbor & Pine called, the crews saved £4,200 this year, super happy")
        receipt = office.one("Bluebird told us they love the new reports, great!", sender=TOM)
        office.one("share 1: Leak.", answers=receipt, sender=TOM)
        assert office.wins()[0].customer_text is None


def test_a_titled_contact_is_called_by_the_whole_name() -> None:
    assert _called("Pastor Lau") == "Pastor Lau"
    assert _called("Marisol Reyes") == "Marisol"
