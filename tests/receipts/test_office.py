"""A company that writes back and forth: every kind of receipt, thanks, reviews, limits and rights, with a real store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from mailwins.jobs.publish import publish
from mailwins.model import Outcome, Review, Visibility
from mailwins.render import Rendered, Renderer
from tests.digest.making import make_app, make_win, utc
from tests.receipts.office import ANA, BEN, EVA, MONA, TOM, WINS, Office, flat, opened, text_of

pytestmark = pytest.mark.slow


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as it:
        yield it


def to(mail: EmailMessage) -> str:
    return str(mail["To"])


def edition_to(office: Office, person: str) -> EmailMessage:
    """The digest of the week, as *person* got it."""
    office.now = utc(2026, 11, 23, 7)
    publish(office.app.desk, now=office.now)
    row = next(r for r in office.app.store.outgoing(kind="edition") if r.mail.recipient == person)
    return message_from_bytes(row.mail.raw, policy=default)  # type: ignore[return-value]


# ---------------------------------------------------------------- what a receipt says


def test_a_guess_that_is_said_again_is_confirmed_and_not_changed(office: Office) -> None:
    (receipt,) = office.forward()
    told = flat(office.one(f"value {office.win.value_effective}", answers=receipt))
    assert f"Value {office.win.value_effective}, confirmed" in told
    assert "→" not in told


def test_a_summary_that_shall_be_left_alone_stays(office: Office) -> None:
    (receipt,) = office.forward()
    before = office.win.summary
    office.write("summary: don't touch\nvalue 7", answers=receipt)
    assert (office.win.summary, office.win.value) == (before, 7)


def test_a_remark_below_a_correction_is_no_answer_to_the_question(office: Office) -> None:
    (receipt,) = office.forward("Missed visits went from 11% to 3%. Great work.")
    assert "What was the reason" in flat(receipt)
    told = flat(office.one("value 7\nthey want a case study in spring", answers=receipt))
    assert office.win.cause is None
    assert "“they want a case study in spring” is kept as an internal note" in told


def test_a_question_by_who_captured_it_is_answered_truly_and_kept(office: Office) -> None:
    (receipt,) = office.forward()
    told = flat(office.one("Can the customer see this?", answers=receipt))
    assert "colleagues see it, the customer does not" in told
    assert "Can the customer see this?" in (office.win.internal_note or "")


def test_undo_after_split_takes_the_parts_out_and_gives_the_note_back(office: Office) -> None:
    note = "Osei Electrical went live with the new planner on Monday.\nOsei Electrical renewed for two more years, they love the app."
    receipt = office.one(note, sender=BEN, subject="News")
    whole = office.win
    split = office.one("split", sender=BEN, answers=receipt)
    assert len(office.wins()) == 2
    told = flat(office.one("undo", sender=BEN, answers=split))
    assert told.startswith("Taken back.")
    assert office.win.note == whole.note
    # From the first receipt, which knew nothing of the second part, it works as well.
    office.write("split", sender=BEN, answers=receipt)
    assert len(office.wins()) == 2
    office.write("undo", sender=BEN, answers=receipt)
    assert office.win.note == whole.note


def test_lines_that_begin_with_customers_names_are_wins_of_their_own(office: Office) -> None:
    note = "Three from today:\nOsei Electrical: Jo told me they cut callbacks by half since May.\nHarbor & Pine: renewed for two years.\nKestrel opened a second site with us, 20 more vans."
    receipt = flat(office.one(note, sender=BEN, subject="News"))
    assert {w.account: w.contact.name if w.contact else None for w in office.wins()} == {
        "Osei Electrical": "Jo",
        "Harbor & Pine": None,
        "Kestrel": None,
    }
    assert [w.note for w in office.wins() if w.account == "Harbor & Pine"] == ["Harbor & Pine: renewed for two years."]
    assert all(name in receipt for name in ("Osei Electrical", "Harbor & Pine", "Kestrel"))


def test_a_plea_above_such_lines_is_for_each_of_them(office: Office) -> None:
    note = "Confidential please:\nOsei Electrical: they cut callbacks by half since May.\nHarbor & Pine: renewed for two years."
    office.one(note, sender=BEN, subject="News")
    assert [w.visibility for w in office.wins()] == [Visibility.PRIVATE] * 2


def test_a_part_that_is_split_off_goes_to_the_customer_it_begins_with(office: Office) -> None:
    note = "Osei Electrical went live with the new planner on Monday.\nKestrel: renewed for two more years, they love the app."
    receipt = office.one(note, sender=BEN, subject="News")
    assert len(office.wins()) == 1
    office.write("split", sender=BEN, answers=receipt)
    assert {w.account: w.csm for w in office.wins()} == {
        "Osei Electrical": "ben@tidemark.example",
        "Kestrel": "ana@tidemark.example",
    }


def test_undo_as_a_command_takes_back_her_own_last_correction_and_then_the_one_before(office: Office) -> None:
    (first,) = office.forward()
    (second,) = office.forward("The importer saved us two days, wonderful.", subject="Importer", hour="5:00")
    office.write("value 3", answers=first)
    office.write("value 4", answers=second)
    office.write("private", answers=second, sender=MONA)
    assert "4 →" in flat(office.one("undo"))
    assert "3 →" in flat(office.one("undo please"))
    assert flat(office.one("undo")).startswith("Nothing to undo")
    assert [w.value for w in office.wins()] == [None, None]


def test_a_receipt_for_three_wins_shows_each_and_a_number_corrects_one(office: Office) -> None:
    note = "1. Osei Electrical went live with the planner.\n2. Kestrel renewed for two years.\n3. Harbor & Pine cut missed visits from 11% to 3%."
    receipt = office.one(note, sender=MONA, subject="Three good things")
    assert len(office.wins()) == 3
    text = text_of(receipt)
    assert all(f"{n}. " in text for n in (1, 2, 3))
    assert text.count("One question") <= 1
    told = flat(office.one("the second one is an 8, delete no. 3", sender=MONA, answers=receipt))
    assert [w.value for w in office.wins()] == [None, 8]
    assert "Taken out" in told


# ---------------------------------------------------------------- thanks


def test_thanks_for_a_digest_reach_who_captured_the_lead_and_who_is_credited(office: Office) -> None:
    office.forward()
    office.forward(sender=EVA)
    lead = office.win
    digest = edition_to(office, "tom@tidemark.example")
    mails = office.write("Wow, thank you so much Ana!", sender=TOM, answers=digest)
    assert sorted(to(m) for m in mails) == [ANA, EVA]
    for mail in mails:
        assert "Tom Vidal" in str(mail["Reply-To"])
        assert "tom@tidemark.example" in str(mail["Reply-To"])
        assert str(mail["Auto-Submitted"]) == "auto-generated"
        assert "Wow, thank you so much Ana!" in flat(mail)
    assert office.app.store.thanks(lead.id) == [("tom@tidemark.example", "Wow, thank you so much Ana!")]
    assert [w.id for w in office.wins()] == [lead.id]
    assert office.done[-1].settled.reason == "congratulation"


@pytest.mark.parametrize("words", ["ok thanks, why did Harbor & Pine improve so much?", "Why Harbor & Pine?"])
def test_a_question_in_a_reply_to_a_digest_goes_to_who_captured_the_win(office: Office, words: str) -> None:
    office.forward()
    answers = office.write(words, sender=TOM, answers=edition_to(office, "tom@tidemark.example"))
    assert {str(m["To"]) for m in answers} == {ANA, TOM}
    (asking,) = [m for m in answers if str(m["To"]) == ANA]
    assert "Tom Vidal asks about win 1" in flat(asking)
    assert len(office.wins()) == 1


def test_thanks_that_name_an_account_are_for_its_win(office: Office) -> None:
    make_win(office.app, "They cut missed visits from 11% to 3%", at=utc(2026, 11, 18, 9), value_effective=9)
    other = make_win(
        office.app, "They went live", at=utc(2026, 11, 18, 10), account="Osei Electrical", value_effective=4
    )
    digest = edition_to(office, "tom@tidemark.example")
    (mail,) = office.write("Thanks Ben!", sender=TOM, answers=digest)
    assert to(mail) == BEN
    assert [by for by, _ in office.app.store.thanks(other.id)] == ["tom@tidemark.example"]


def test_thanks_by_the_link_of_an_item_are_for_that_win(office: Office) -> None:
    win = make_win(office.app, "They went live", at=utc(2026, 11, 16, 10), account="Osei Electrical")
    marked = replace(win, token="0123456789abcdef0123")
    office.app.store.save_wins([marked], [])
    (mail,) = office.write("Thank you!", sender=EVA, subject=f"Thanks for win {win.id} [w:{marked.token}]")
    assert to(mail) == BEN
    assert (
        office.write("Thank you!", sender="Someone <x@elsewhere.example>", subject=f"Thanks [w:{marked.token}]") == []
    )
    assert len(office.app.store.thanks(win.id)) == 1


def test_nobody_is_thanked_by_herself_and_a_thank_you_to_a_receipt_is_not_answered(office: Office) -> None:
    (receipt,) = office.forward()
    assert office.write("thanks!", answers=receipt) == []
    assert office.write("thanks!", answers=edition_to(office, "ana@tidemark.example")) == []


# ---------------------------------------------------------------- review


def test_a_manager_reviews_and_makes_a_model_with_its_why(office: Office) -> None:
    (receipt,) = office.forward()
    office.write("ok", sender=MONA, answers=receipt)
    assert office.win.review is Review.REVIEWED
    office.write("model: before and after in one sentence", sender=MONA, answers=receipt)
    assert (office.win.review, office.win.review_why) == (Review.MODEL, "before and after in one sentence")


def test_a_reviewer_s_question_goes_to_the_submitter_and_her_answer_comes_back_to_the_win(office: Office) -> None:
    (receipt,) = office.forward()
    told, question = office.write("Did they measure it over one week?", sender=MONA, answers=receipt)
    assert (to(told), to(question)) == (MONA, ANA)
    assert "goes to Ana Sousa" in flat(told)
    assert "Did they measure it over one week?" in flat(question)
    mails = office.write("Over the whole of October, all depots.", answers=question)
    answer = next(m for m in mails if to(m) == MONA)
    assert "Over the whole of October, all depots." in flat(answer)
    note = office.win.internal_note or ""
    assert "Mona Falk asked: Did they measure it over one week?" in note
    assert "Ana Sousa: Over the whole of October, all depots." in note


# ---------------------------------------------------------------- whose, and which


@pytest.mark.parametrize(
    ("sender", "may"),
    [(ANA, True), (EVA, True), (MONA, True), (BEN, False), (TOM, False)],
    ids=["submitter", "credited", "manager", "another csm", "colleague"],
)
def test_who_may_correct_and_a_forwarded_receipt_gives_nobody_rights(office: Office, sender: str, may: bool) -> None:
    (receipt,) = office.forward()
    office.forward(sender=EVA)
    told = flat(office.one("value 2", sender=sender, answers=receipt))
    assert (office.win.value == 2) is may
    assert ("can be corrected by who captured it" in told) is not may


def test_the_csm_of_the_account_may_correct_what_a_colleague_sent(office: Office) -> None:
    (receipt,) = office.forward(sender=TOM)
    office.write("value 2", sender=ANA, answers=receipt)
    assert office.win.value == 2


def test_a_reply_that_names_no_message_is_known_by_the_receipt_it_quotes(office: Office) -> None:
    (receipt,) = office.forward()
    quoted = "\n".join(f"> {line}" for line in text_of(receipt).splitlines())
    body = f"value 3\n\nOn Tue, Nov 17, 2026 at 9:14 AM Tidemark Wins <{WINS}> wrote:\n\n{quoted}\n"
    assert "→ 3" in flat(office.one(body, subject="Re: Fwd: Visits"))
    assert office.win.value == 3
    office.write(body.replace("value 3", "value 1"), subject="Re: Fwd: Visits", sender=TOM)
    assert office.win.value == 3


def test_a_reply_to_her_own_mail_from_the_sent_folder_corrects_it(office: Office) -> None:
    raw = office.mail("Harbor & Pine cut missed visits from 11% to 3%.", subject="Visits")
    office.get(raw)
    id_ = (
        next(line for line in raw.decode().splitlines() if line.lower().startswith("message-id"))
        .split(":", 1)[1]
        .strip()
    )
    office.write("value 3", subject="Re: Visits", In_Reply_To=id_, References=id_)
    assert office.win.value == 3


# ---------------------------------------------------------------- quarantined


def test_the_answer_to_whose_is_it_makes_the_win(office: Office) -> None:
    asked = office.one("They saved a whole day every week with the importer!", subject="nice")
    assert "whose news is it?" in flat(asked)
    told = flat(office.one("its kestrel", answers=asked))
    assert told.startswith("Captured.")
    assert office.win.account == "Kestrel"


# ---------------------------------------------------------------- how often


def test_a_redelivered_mail_stays_silent(office: Office) -> None:
    raw = office.mail("Osei Electrical went live with the new planner on Monday.", subject="News")
    assert len(office.get(raw)) == 1
    assert office.get(raw) == []
    assert office.get(b"Received: by another.example; Tue, 17 Nov 2026 10:00:00 +0000\r\n" + raw) == []
    assert len(office.wins()) == 1


def test_above_the_hourly_limit_one_collected_receipt_tells_why(tmp_path: Path) -> None:
    with opened(tmp_path, receipts={"per_hour": 2}) as office:
        answers = [
            office.write(f"Osei Electrical finished depot {n} and they love it.", subject=f"Depot {n}")
            for n in ("one", "two", "three", "four")
        ]
        assert [len(a) for a in answers] == [1, 1, 1, 0]
        assert "more than 2 mails within an hour" in flat(answers[2][0])
        assert len(office.wins()) == 4
        office.now += timedelta(hours=2)
        assert flat(office.one("Kestrel renewed for two more years.", subject="Renewal")).startswith("Captured.")


def test_the_hourly_limit_holds_for_each_address_a_colleague_writes_from(tmp_path: Path) -> None:
    with opened(tmp_path, receipts={"per_hour": 2}) as office:
        ana = office.app.desk.known().directory.member("ana@tidemark.example")
        assert ana is not None
        office.app.store.put_members([replace(ana, addresses=(*ana.addresses, "a.sousa@tidemark.example"))])
        office.app.desk.refresh()
        sender = "Ana Sousa <a.sousa@tidemark.example>"
        answers = [
            office.write(f"Osei Electrical finished depot {n} and they love it.", subject=f"Depot {n}", sender=sender)
            for n in ("one", "two", "three", "four")
        ]
        assert [len(a) for a in answers] == [1, 1, 1, 0]
        assert all(mail["To"].addresses[0].addr_spec == "a.sousa@tidemark.example" for a in answers for mail in a)


class Counting(Renderer):
    """Remembers how often it was asked for a page."""

    count = 0

    def render(self, name: str, values: Mapping[str, Any]) -> Rendered:
        self.count += 1
        return super().render(name, values)


def test_what_would_not_be_sent_is_not_written_either(tmp_path: Path) -> None:
    """Neither a receipt above the limit nor the collected one again, until the next hour; nor one that nobody wants."""

    def written(sender: str = ANA) -> int:
        counting.count = 0
        office.write(f"Osei Electrical finished depot {office.now:%H%M} and they love it.", subject="x", sender=sender)
        return counting.count

    with opened(tmp_path, receipts={"per_hour": 1}) as office:
        office.app.desk.renderer = counting = Counting(office.app.desk.renderer.sources)
        office.now = utc(2026, 11, 17, 9, 50)
        assert [written() for _ in range(4)] == [1, 1, 0, 0]
        office.now = utc(2026, 11, 17, 10, 5)
        assert [written() for _ in range(2)] == [1, 0]
        assert len({win.id for win in office.wins()}) == 6
        office.write("no receipts", sender=EVA)
        assert written(EVA) == 0


def test_each_member_chooses_every_receipt_only_questions_or_none(office: Office) -> None:
    office.write("stop receipts", sender=EVA)
    assert (
        office.write("private", sender=EVA, answers=office.forward(sender=TOM)[0]) != []
    )  # a refusal is a problem, and told
    assert (
        office.write(
            "Marisol Reyes of Harbor & Pine told me they renewed for two more years.", sender=EVA, subject="Renewed"
        )
        == []
    )
    assert "whose news is it?" in flat(office.one("They saved a whole day every week!", sender=EVA, subject="nice"))
    office.write("no receipts", sender=EVA)
    assert office.write("They saved two whole days every week!", sender=EVA, subject="nicer") == []
    office.write("start receipts", sender=EVA)
    assert (
        len(office.write("Marisol Reyes of Harbor & Pine told me they go live in May.", sender=EVA, subject="Live"))
        == 1
    )


def test_receipts_can_be_off_for_the_whole_company_and_a_pilot_serves_only_its_list(tmp_path: Path) -> None:
    (tmp_path / "off").mkdir()
    with opened(tmp_path / "off", receipts={"mode": "none"}) as office:
        assert office.forward() == []
        assert len(office.wins()) == 1
    (tmp_path / "pilot").mkdir()
    with opened(tmp_path / "pilot", pilot=["ana@tidemark.example"]) as office:
        assert office.forward(sender=EVA) == []
        assert office.done[-1].settled.outcome is Outcome.REJECTED
        assert len(office.forward(subject="Other visits")) == 1


def test_the_same_question_is_not_asked_twice_in_a_week(office: Office) -> None:
    first = office.one(
        "Osei Electrical went live with the new planner on Monday.\nKind: adoption", sender=BEN, subject="News"
    )
    again = office.one(
        "Osei Electrical finished the depot in Leeds on Tuesday.\nKind: adoption", sender=BEN, subject="More news"
    )
    assert "Who at Osei Electrical" in flat(first)
    assert "Who at Osei Electrical" not in flat(again)
    office.now += timedelta(days=8)
    later = office.one(
        "Osei Electrical finished the depot in York on Friday.\nKind: adoption", sender=BEN, subject="Even more news"
    )
    assert "Who at Osei Electrical" in flat(later)


# ---------------------------------------------------------------- machines


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<news.tidemark.example>"},
    ],
    ids=lambda h: next(iter(h)),
)
def test_a_machine_s_answer_changes_nothing_and_is_not_answered(office: Office, headers: dict[str, str]) -> None:
    (receipt,) = office.forward()
    before = office.win
    assert office.write("value 2", answers=receipt, subject="Automatic reply: Visits", **headers) == []
    if "List_Id" not in headers:
        assert office.win == before


# ---------------------------------------------------------------- what is taken back, what was overruled


def test_a_complaint_that_became_a_win_and_is_taken_out_waits_in_the_tray_again(office: Office) -> None:
    (asked,) = office.forward(
        "This is not good enough. It failed at night three times and nobody answers. We are furious."
    )
    held = next(m for m in office.app.store.mails() if m.outcome is Outcome.QUARANTINED)
    assert held.reason == "negative"
    receipt = office.one(
        "They called again today: the night crew loves the new schedule and thanks us warmly.", answers=asked
    )
    mail = office.app.store.mail(held.sha256)
    assert mail is not None
    assert mail.outcome is Outcome.WIN
    told = office.one("not a win", answers=receipt)
    assert "waits for a person again" in flat(told)
    mail = office.app.store.mail(held.sha256)
    assert mail is not None
    assert (mail.outcome, mail.reason, mail.is_resolved) == (Outcome.QUARANTINED, "negative", False)
    office.write("undo", answers=told)
    mail = office.app.store.mail(held.sha256)
    assert mail is not None
    assert (mail.outcome, mail.is_resolved) == (Outcome.WIN, True)


def test_undo_of_a_note_says_shortly_what_is_gone(office: Office) -> None:
    (receipt,) = office.forward()
    told = office.one("They might take the second depot as well, but that is still far away.", answers=receipt)
    back = flat(office.one("undo", answers=told))
    assert "They might take the second depot" in back
    assert "is gone from it" in back
    assert "→" not in back


def test_a_value_that_cannot_be_is_told_in_the_first_receipt(office: Office) -> None:
    (receipt,) = office.forward(note="Value: 12")
    assert "“12” is no value from 1 to 10" in flat(receipt)


def test_leave_to_share_that_is_overruled_is_told_in_the_first_receipt(office: Office) -> None:
    (receipt,) = office.forward("Missed visits went from 11% to 3%. Between us, our director hates it.", note="#share")
    assert "You marked it to be shared, and it is not: it says “Between us”" in flat(receipt)
    assert office.win.visibility is not Visibility.SHAREABLE


def test_a_day_that_cannot_be_is_told_in_the_first_receipt(office: Office) -> None:
    (receipt,) = office.forward(note="Value: 8\nDate: 32 Nov")
    assert "“32 Nov” is no day that has been, so I took 16 November 2026" in flat(receipt)


def test_share_yes_alone_is_leave_to_share(office: Office) -> None:
    office.forward(note="Share: yes")
    assert office.win.visibility is Visibility.SHAREABLE


def test_a_mail_that_is_not_proven_says_so_to_whose_mail_otherwise_is(tmp_path: Path) -> None:
    """What somebody else wrote in her name would be thanked for: she is the one who can tell."""
    word = "could not confirm that this mail came from you"
    passed = "mx.tidemark.example; dmarc=pass header.from=tidemark.example"
    office = Office(make_app(tmp_path, trust={"policy": "warn", "authserv_id": "mx.tidemark.example"}))

    def receipt(words: str, **headers: str) -> str:
        return flat(office.one(f"Harbor & Pine: {words}. Marisol is delighted.", **headers))

    assert word not in receipt("visits went from 11% to 3%")
    assert word not in receipt("setup took two hours instead of six", Authentication_Results=passed)
    told = receipt("billing errors fell to 1%")
    assert word in told
    assert "not a win" in told
    assert word not in receipt("the crews saved 40 hours", Authentication_Results=passed)
    office.app.close()
