"""What a reply does to a win: who may, what changes, what she is told, and that undo puts everything back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailwins.config import Config
from mailwins.model import (
    Account,
    Attachment,
    Change,
    Contact,
    Directory,
    Measure,
    Member,
    Reason,
    Review,
    Source,
    Stance,
    Visibility,
    Win,
    WinContact,
)
from mailwins.receipts import fields
from mailwins.receipts.corrections import Corrected, Told, correct, may_correct
from mailwins.receipts.wishes import Reply, Wish, read_reply

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
KINDS = Config().kinds

PRIYA = Member("Priya Raman", ("priya@tidemark.example",), "CSM", permissions=frozenset({"csm"}))
MAYA = Member("Maya Ode", ("maya@tidemark.example",), "Support")
TOM = Member("Tom Berg", ("tom@tidemark.example",), "Sales")
LEA = Member("Lea Roth", ("lea@tidemark.example",), "Head of CS", permissions=frozenset({"manager"}))
DIRECTORY = Directory(
    accounts=(
        Account("Globex", ("globex.example",), ("Globex Corp",), csm="lea@tidemark.example"),
        Account("Initech", ("initech.example",), csm="priya@tidemark.example"),
        Account("Harborview Logistics"),
        Account("Harbourview Hotels"),
    ),
    members=(PRIYA, MAYA, TOM, LEA),
    contacts=(
        Contact("Dale Whitcomb", "dale@globex.example", "Globex", "COO"),
        Contact("Ana Ruiz", "ana@initech.example", "Initech", learned=False),
    ),
    own_domains=frozenset({"tidemark.example"}),
)
GUESS = Reason(Source.GUESSED, "it reads like one.", 0.6)
WIN = Win(
    id=1284, token="t1", mail="m1", ordinal=0, captured_at=NOW, win_date=date(2026, 11, 16), summary="They cut missed visits", account="Initech",
    quote="Last Friday the phone didn't ring once.", contact=WinContact("Ana Ruiz", "ana@initech.example"), csm="priya@tidemark.example", submitted_by="maya@tidemark.example",
    category="endorsement", value_effective=5, stance=Stance.PRAISE, doubts=("account", "category"), reasons={"account": GUESS, "category": GUESS},
)  # fmt: skip


def say(
    text: str,
    *wins: Win,
    by: Member = MAYA,
    history: dict[int, list[Change]] | None = None,
    now: datetime = NOW,
    asked: str | None = None,
    options: tuple[str, ...] = (),
    files: tuple[Attachment, ...] = (),
) -> Corrected:
    wins = wins or (WIN,)
    reply = read_reply(text, asked=asked, options=options, win_ids=tuple(w.id for w in wins))
    return correct(
        reply,
        wins,
        by=by,
        directory=DIRECTORY,
        categories=KINDS,
        now=now,
        written=TODAY,
        history=history,
        attachments=files,
    )


def only(done: Corrected) -> Win:
    (win,) = done.wins
    return win


# ---------------------------------------------------------------- fields


def test_an_account_brings_its_csm_and_settles_the_doubt() -> None:
    done = say("it's Globex, not Initech")
    win = only(done)
    assert (win.account, win.csm, win.doubts) == ("Globex", "lea@tidemark.example", ("category",))
    assert win.reasons["account"] == Reason(Source.PERSON, "Maya Ode said so on 24 Nov.")
    assert Told("Account", "Initech", "Globex", 1284) in done.told
    assert Change(1284, NOW, "maya@tidemark.example", "mail", "account", "Initech", "Globex") in done.changes
    assert done.contacts == ()  # Ana is listed for Initech: one correction does not unlist her


@pytest.mark.parametrize(
    ("typed", "account"),
    [
        ("globex", "Globex"),
        ("Globex Corp", "Globex"),
        ("Globx", "Globex"),
        ("harborview logistcs", "Harborview Logistics"),
        ("Harbourview Hotel", "Harbourview Hotels"),
    ],
)
def test_an_account_is_found_by_name_alias_and_near_spelling(typed: str, account: str) -> None:
    assert only(say(f"account: {typed}")).account == account


@pytest.mark.parametrize(
    ("typed", "asked"),
    [("Harborview", "Harb"), ("Unheard Of", "I know no account called “Unheard Of”."), ("Glo", "Globex?")],
)
def test_an_unsure_account_changes_nothing_and_is_asked(typed: str, asked: str) -> None:
    done = say(f"account: {typed}")
    assert done.wins == ()
    assert asked in done.problems[0]


def test_a_learned_contact_moves_with_the_account() -> None:
    win = replace(WIN, contact=WinContact("Bo Lind", "bo@mail.example", "Planner"))
    assert say("account: Globex", win).contacts == (Contact("Bo Lind", "bo@mail.example", "Globex", "Planner"),)


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("contact: Bo Lind, Planner", WinContact("Bo Lind", None, "Planner")),
        ("contact is Bo Lind (their planner)", WinContact("Bo Lind", None, "planner")),
        ("contact: bo@initech.example", WinContact(None, "bo@initech.example", None)),
        ("contact: Ana Ruiz, CFO", WinContact("Ana Ruiz", "ana@initech.example", "CFO")),
        ("contact: Ana", WinContact("Ana Ruiz", "ana@initech.example", None)),
        ("it's Bo Lind, not Ana", WinContact("Bo Lind", None, None)),
    ],
)
def test_a_contact_is_read_as_name_address_and_role(text: str, contact: WinContact) -> None:
    win = (
        replace(WIN, contact=WinContact("Ana Ruiz", None))
        if "Ana" not in text.split(":")[-1]
        else replace(WIN, contact=None)
    )
    win = replace(win, contact=WinContact("Ana Ruiz", None)) if "not Ana" in text else win
    assert only(say(text, win)).contact == contact


def test_a_contact_named_with_their_company_moves_the_account_too() -> None:
    win = only(say("contact: Dale Whitcomb from Globex"))
    assert (win.account, win.contact) == ("Globex", WinContact("Dale Whitcomb", "dale@globex.example", "COO"))


def test_that_was_a_company_is_about_the_account() -> None:
    assert only(say("that was Harborview Logistics")).account == "Harborview Logistics"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12 Nov", date(2026, 11, 12)),
        ("nov 12", date(2026, 11, 12)),
        ("12.11.", date(2026, 11, 12)),
        ("2026-11-12", date(2026, 11, 12)),
        ("yesterday", date(2026, 11, 23)),
        ("Friday", date(2026, 11, 20)),
        ("letzten Freitag", date(2026, 11, 20)),
        ("the 12th", date(2026, 11, 12)),
        ("12 décembre", date(2025, 12, 12)),
        ("13/11", date(2026, 11, 13)),
        ("20.10.2026", date(2026, 10, 20)),
    ],
)
def test_a_date_is_read_against_the_day_of_the_reply(typed: str, day: date) -> None:
    assert only(say(f"date: {typed}")).win_date == day


@pytest.mark.parametrize(
    ("typed", "stands", "day"),
    [
        ("finished on the 12th, not 16th", date(2026, 11, 16), date(2026, 11, 12)),
        ("Das war am 12., nicht am 16.", date(2026, 9, 16), date(2026, 9, 12)),
        ("it was the 12th", date(2026, 11, 16), date(2026, 11, 12)),
        ("it was the 30th", date(2026, 11, 2), date(2026, 10, 30)),
    ],
)
def test_a_day_alone_is_of_the_month_that_is_plain(typed: str, stands: date, day: date) -> None:
    assert only(say(typed, replace(WIN, win_date=stands))).win_date == day


@pytest.mark.parametrize("typed", ["finished on the 12th, not 25th", "it was the 12th"])
def test_a_day_alone_is_asked_for_its_month_where_none_is_plain(typed: str) -> None:
    done = say(typed, replace(WIN, win_date=date(2026, 9, 16)))
    assert done.wins == () or only(done).win_date == date(2026, 9, 16)
    (problem,) = done.problems
    assert "Write the month as a word" in problem


@pytest.mark.parametrize(
    "typed", ["5/6", "31 December 2026", "soon", "tomorrow", "last Monday", "letzten Montag", "dimanche dernier"]
)
def test_a_date_that_can_be_two_or_none_or_is_to_come_changes_nothing(typed: str) -> None:
    done = say(f"date: {typed}")
    assert done.wins == ()
    assert len(done.problems) == 1


def test_a_value_is_stated_from_now_on() -> None:
    win = only(say("make it an 8"))
    assert (win.value, win.value_effective, win.reasons["value"].source) == (8, 8, Source.PERSON)


@pytest.mark.parametrize("typed", ["11", "0", "7.5", "high"])
def test_a_value_outside_of_one_to_ten_is_told(typed: str) -> None:
    done = say(f"value: {typed}")
    assert done.wins == ()
    assert "1 to 10" in done.problems[0]


def test_a_kind_brings_its_usual_value_and_teaches() -> None:
    done = say("this is a referral")
    win = only(done)
    assert (win.category, win.value, win.value_effective) == ("referral", None, 10)
    assert done.examples == ((WIN.quote, "referral", 1284, "maya@tidemark.example"),)
    assert Told("Kind", "Endorsement", "Referral", 1284) in done.told


def test_a_stated_value_outlives_a_new_kind() -> None:
    assert only(say("kind: referral", replace(WIN, value=6, value_effective=6))).value_effective == 6


def test_an_unknown_kind_is_answered_with_those_there_are() -> None:
    done = say("kind: banana")
    assert done.wins == ()
    assert "Referral" in done.problems[0]


def test_a_summary_never_touches_the_customers_words() -> None:
    win = only(say("summary: The phones are quiet"))
    assert (win.summary, win.quote) == ("The phones are quiet", WIN.quote)


def test_a_quote_is_never_edited() -> None:
    done = say("quote: The phone never rings")
    assert only(done).quote == WIN.quote
    assert "The phone never rings" in (only(done).internal_note or "")


def test_a_long_summary_is_cut_and_kept_whole() -> None:
    long = "They " + "really " * 30 + "cut it"
    win = only(say(f"summary: {long}"))
    assert len(win.summary) <= 120
    assert win.internal_note == long


def test_the_same_value_again_changes_nothing_and_says_so() -> None:
    win = replace(WIN, doubts=(), reasons={"account": Reason(Source.STATED, "you wrote it.")})
    done = say("account: Initech", win)
    assert (done.wins, done.changes, done.told) == ((), (), (Told("Account", "Initech", "Initech", 1284),))


def test_saying_what_was_guessed_makes_it_certain() -> None:
    win = only(say("account: Initech"))
    assert (win.doubts, win.reasons["account"].source) == (("category",), Source.PERSON)


def test_a_link_and_a_file_are_added() -> None:
    file = Attachment("report.pdf", "application/pdf", 9, "ab" * 32, b"%PDF")
    win = only(say("https://globex.example/blog?utm_source=x", files=(file,)))
    assert win.urls == ("https://globex.example/blog",)
    assert [f.filename for f in win.attachments] == ["report.pdf"]


def test_amounts_become_measures() -> None:
    assert only(say("time: from 5 hours to 1 hour")).measures[0].after == "1"
    assert only(say("time saved: 4 hours a week")).measures == (Measure("time saved", None, "4", "hours a week"),)


# ---------------------------------------------------------------- who sees it


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        (
            "share: They saved four hours. But don't tell them about the discount.",
            "But don't tell them about the discount.",
        ),
        ("share: They saved four hours. Contact is Dale Whitcomb, their COO", "Contact is Dale Whitcomb, their COO"),
        ("share: Sie sparen vier Stunden. Aber bitte nichts vom Rabatt.", "Aber bitte nichts vom Rabatt."),
        ("share: Ils gagnent quatre heures. Ne pas parler de la remise.", "Ne pas parler de la remise."),
        ("share: Se ahorran cuatro horas. No mencionar el descuento.", "No mencionar el descuento."),
    ],
)
def test_what_is_said_to_us_in_the_same_breath_reaches_no_customer(text: str, aside: str) -> None:
    done = say(text, by=PRIYA)
    (win,) = done.wins
    assert win.customer_text == text.removeprefix("share: ").removesuffix(aside).strip()
    assert win.internal_note == aside
    assert any("reads as if it were meant for us" in p for p in done.problems)


def test_an_aside_alone_shares_nothing() -> None:
    done = say("share: don't tell them about the discount", by=PRIYA)
    assert all(w.visibility is not Visibility.SHAREABLE and w.customer_text is None for w in done.wins)


def test_share_with_words_for_the_customer() -> None:
    win = only(say("share: We halved missed visits."))
    assert (win.visibility, win.customer_text) == (Visibility.SHAREABLE, "We halved missed visits.")


@pytest.mark.parametrize(
    "win",
    [
        replace(WIN, stance=Stance.DOUBT, value=1, value_effective=1, visibility=Visibility.PRIVATE),
        replace(WIN, category="olympics"),
    ],
)
def test_doubts_and_olympics_are_never_shared(win: Win) -> None:
    done = say("share", win)
    assert done.wins == ()
    assert "not shared" in done.problems[0]


@pytest.mark.parametrize("text", ["value 9", "internal", "internal only", "not private", "share: nice words"])
def test_a_doubt_stays_one_and_private(text: str) -> None:
    doubt = replace(WIN, stance=Stance.DOUBT, value=1, value_effective=1, visibility=Visibility.PRIVATE)
    for win in say(text, doubt).wins:
        assert (win.visibility, win.value_effective, win.stance) == (Visibility.PRIVATE, 1, Stance.DOUBT)


@pytest.mark.parametrize("start", list(Visibility))
@pytest.mark.parametrize(
    "text",
    [
        "don't share this",
        "nicht teilen",
        "ne pas partager",
        "no compartir",
        "niet delen",
        "please do not share with the customer",
    ],
)
def test_not_to_share_never_shares_and_never_opens(start: Visibility, text: str) -> None:
    after = next(iter(say(text, replace(WIN, visibility=start)).wins), replace(WIN, visibility=start)).visibility
    assert after is (Visibility.INTERNAL if start is Visibility.SHAREABLE else start)


def test_a_shared_win_that_becomes_olympics_is_internal_again() -> None:
    assert only(say("kind: olympics", replace(WIN, visibility=Visibility.SHAREABLE))).visibility is Visibility.INTERNAL


def test_private_and_share_at_once_is_private() -> None:
    assert only(say("share, private")).visibility is Visibility.PRIVATE


# ---------------------------------------------------------------- who may


@pytest.mark.parametrize(("member", "may"), [(MAYA, True), (PRIYA, True), (LEA, True), (TOM, False)])
def test_who_may_correct(member: Member, may: bool) -> None:
    assert may_correct(member, WIN) is may
    done = say("value 9\nalso this and that", by=member)
    assert bool(done.wins) is may
    if not may:
        assert done.changes == ()
        assert "Win 1284" in done.problems[0]


def test_credited_colleagues_may_correct() -> None:
    assert may_correct(TOM, replace(WIN, credits=("Tom@tidemark.example",)))


def test_only_the_allowed_wins_of_a_receipt_change() -> None:
    other = replace(WIN, id=1285, ordinal=1, submitted_by="tom@tidemark.example")
    done = say("private", WIN, other)
    assert [w.id for w in done.wins] == [1284]
    assert "Win 1285" in done.problems[0]
    assert say("1: value 9", WIN, other).problems == ()


@pytest.mark.parametrize(("by", "review"), [(PRIYA, Review.REVIEWED), (LEA, Review.REVIEWED), (MAYA, None)])
def test_ok_reviews_for_csm_and_managers(by: Member, review: Review | None) -> None:
    done = say("ok", by=by)
    assert [w.review for w in done.wins] == ([review] if review else [])
    assert done.problems == ()


def test_a_model_has_its_why() -> None:
    win = only(say("model: the before and after", by=LEA))
    assert (win.review, win.review_why) == (Review.MODEL, "the before and after")
    assert only(say("ok", win, by=LEA)).review is Review.MODEL if say("ok", win, by=LEA).wins else True


def test_a_question_goes_on_and_changes_nothing() -> None:
    done = say("How did they measure it?", by=TOM)
    assert (done.question, done.wins, done.problems) == ("How did they measure it?", (), ())


# ---------------------------------------------------------------- which win, what is left


def test_a_number_names_the_win() -> None:
    second = replace(WIN, id=1285, ordinal=1)
    done = say("1285: value 9", WIN, second)
    assert [(w.id, w.value) for w in done.wins] == [(1285, 9)]
    assert [(w.id, w.visibility) for w in say("second: private", WIN, second).wins] == [(1285, Visibility.PRIVATE)]
    assert "999" in say("#999 private", WIN, second).problems[0]


def test_a_summary_for_several_wins_is_asked_for_and_kept() -> None:
    done = say("summary: All is well", WIN, replace(WIN, id=1285, ordinal=1))
    assert [(w.id, w.summary, w.internal_note) for w in done.wins] == [(1284, WIN.summary, "summary: All is well")]
    assert "Which of the 2 wins" in done.problems[0]


def test_words_not_understood_are_kept_and_told() -> None:
    done = say("value 9\nDale is on leave until Monday", replace(WIN, internal_note="Mine."))
    assert only(done).internal_note == "Mine.\n\nDale is on leave until Monday"
    assert Told("Note", None, "Dale is on leave until Monday", 1284, is_kept=True) in done.told
    assert done.problems == ("“Dale is on leave until Monday” is kept as an internal note.",)
    assert "did not understand" in say("Dale is on leave until Monday", WIN).problems[0]


@pytest.mark.parametrize(("asked", "options", "text", "name", "value"), [
    ("account", ("Harborview Logistics", "Harbourview Hotels"), "the second", "account", "Harbourview Hotels"),
    ("category", ("Adoption", "Endorsement"), "1", "category", "adoption"),
    ("expected", (), "They thought it would take months", "expected", "They thought it would take months"),
    ("contact", (), "Dale Whitcomb, their COO", "contact", WinContact("Dale Whitcomb", None, "COO")),
    ("stance", ("Good news", "A worry"), "2", "visibility", Visibility.PRIVATE),
    ("account", (), "yes", "doubts", ("category",)),
])  # fmt: skip
def test_an_answer_fills_its_field(asked: str, options: tuple[str, ...], text: str, name: str, value: object) -> None:
    assert getattr(only(say(text, asked=asked, options=options)), name) == value


# ---------------------------------------------------------------- undo

CORRECTIONS = [
    "account: Globex", "account: none", "contact: Bo Lind, Planner <bo@x.example>", "date: 12 Nov", "value 9", "kind: referral", "kind: olympics", "summary: Other words", "cause: the planner", "factors: Routes, Training", "features: Routes; Times",
    "add feature: Routes", "expected: chaos", "experienced: quiet", "csm: Tom", "time: from 5 hours to 1 hour", "https://x.example/a", "private", "share", "share: Words; with, marks", "internal", "named", "delete", "words nobody understands", "model: so clear",
    "account: Globex\nvalue 9\nprivate\ncontact: Dale Whitcomb\nsummary: New\nand some more words",
]  # fmt: skip


@pytest.mark.parametrize("text", CORRECTIONS)
@pytest.mark.parametrize(
    "win",
    [
        WIN,
        replace(
            WIN,
            value=4,
            value_effective=4,
            visibility=Visibility.SHAREABLE,
            contact=None,
            doubts=(),
            internal_note="a\n\nb",
            features=("Old; one",),
        ),
    ],
    ids=["plain", "other"],
)
def test_undo_gives_back_the_same_win(text: str, win: Win) -> None:
    done = say(text, win, by=LEA)
    changed = done.wins[0] if done.wins else win
    assert changed != win or not done.changes
    if done.changes:
        assert (
            only(say("undo", changed, by=LEA, history={win.id: list(done.changes)}, now=NOW + timedelta(hours=1)))
            == win
        )


def test_undo_goes_one_step_further_each_time() -> None:
    history: list[Change] = []
    win, states = WIN, [WIN]
    for hour, text in enumerate(["value 9", "private", "delete"]):
        done = say(text, win, now=NOW + timedelta(hours=hour))
        history += done.changes
        win = only(done)
        states.append(win)
    for hour, before in enumerate(reversed(states[:-1])):
        done = say("undo", win, history={win.id: history}, now=NOW + timedelta(hours=10 + hour))
        history += done.changes
        win = only(done)
        assert win == before
    assert (
        "no correction to take back"
        in say("undo", win, history={win.id: history}, now=NOW + timedelta(hours=20)).problems[0]
    )


def test_undo_takes_back_one_reply_on_all_its_wins() -> None:
    second = replace(WIN, id=1285, ordinal=1)
    done = say("private", WIN, second)
    history = {i: [c for c in done.changes if c.win_id == i] for i in (1284, 1285)}
    assert say("undo", *done.wins, history=history, now=NOW + timedelta(hours=1)).wins == (WIN, second)


def test_undo_leaves_what_a_new_reading_and_a_second_sender_did() -> None:
    history = [
        Change(1284, NOW, "mailwins", "reread", "summary", "a", "b"),
        Change(1284, NOW, "tom@tidemark.example", "mail", "credits", None, "tom@tidemark.example"),
    ]
    assert say("undo", history={1284: history}, now=NOW + timedelta(hours=1)).wins == ()


texts = st.text(max_size=30)
some = st.none() | texts
wins = st.builds(
    replace, st.just(WIN), account=some, quote=some, note=some, internal_note=some, summary=texts, csm=some, category=some, cause=some, expected=some, customer_text=some,
    contact=st.none() | st.builds(WinContact, some, some, some), factors=st.lists(texts, max_size=3).map(tuple), features=st.lists(texts, max_size=3).map(tuple), credits=st.lists(texts, max_size=2).map(tuple),
    measures=st.lists(st.builds(Measure, texts, some, texts, texts), max_size=2).map(tuple), value=st.none() | st.integers(1, 10), win_date=st.dates(), visibility=st.sampled_from(Visibility), stance=st.sampled_from(Stance),
    attachments=st.lists(st.builds(Attachment, texts, texts, st.integers(0, 9), texts), max_size=2).map(tuple), is_deleted=st.booleans(), is_named=st.booleans(), review=st.sampled_from(Review),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(wins)
def test_every_field_can_be_shown_and_put_back(win: Win) -> None:
    blank = replace(WIN, factors=("x",), contact=WinContact("y"), quote="z")
    for name in fields.NAMES:
        assert getattr(fields.put(blank, name, fields.show(win, name)), name) == getattr(win, name)


wishes = st.builds(
    Wish, st.sampled_from(["set", "answer", "private", "share", "internal", "delete", "named", "ok", "model", "split"]),
    st.sampled_from(["account", "contact", "date", "value", "category", "summary", "cause", "factors", "features", "expected", "experienced", "csm", "quote", "time", "urls", "stance", "nonsense"]),
    st.none() | texts | st.sampled_from(["Globex", "9", "12 Nov", "Dale Whitcomb, COO", "referral", "none", "yes", "A worry"]), st.none() | st.sampled_from([1, 2, -1, 1284, 7]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(wins, st.lists(wishes, max_size=5).map(tuple), some)
def test_whatever_is_wished_can_be_undone_and_a_doubt_stays_private(
    win: Win, wanted: tuple[Wish, ...], left: str | None
) -> None:
    if win.stance is Stance.DOUBT:
        win = replace(win, visibility=Visibility.PRIVATE, value=1, value_effective=1)
    done = correct(
        Reply(wanted, left or None), [win], by=LEA, directory=DIRECTORY, categories=KINDS, now=NOW, written=TODAY
    )
    after = done.wins[0] if done.wins else win
    assert after.quote == win.quote or win.quote is None
    if win.stance is Stance.DOUBT:
        assert (after.visibility, after.value_effective) == (Visibility.PRIVATE, 1)
    if after.visibility is Visibility.SHAREABLE and win.visibility is not Visibility.SHAREABLE:
        assert any(w.verb == "share" for w in wanted)
    assert bool(done.changes) is (after != win)
    if done.changes:
        back = correct(
            Reply((Wish("undo"),)),
            [after],
            by=LEA,
            directory=DIRECTORY,
            categories=KINDS,
            now=NOW + timedelta(hours=1),
            written=TODAY,
            history={win.id: list(done.changes)},
        )
        assert back.wins == (win,)


@pytest.mark.parametrize(
    "text",
    [
        "share: only after legal agrees",
        "share: not yet",
        "share: once they signed",
        "teilen: erst nach der Freigabe",
        "contact is not Dale",
        "account is not Globex",
    ],
)
def test_a_condition_or_a_bare_no_changes_nothing_and_is_kept(text: str) -> None:
    win = only(say(text))
    assert (win.visibility, win.customer_text, win.account, win.contact) == (
        WIN.visibility,
        None,
        WIN.account,
        WIN.contact,
    )
    assert text in (win.internal_note or "")


def test_a_quoted_receipt_is_never_read_whatever_its_heading() -> None:
    receipt = "Saved as a win.\n\nAccount: Globex\nValue: 2 of 10\n"
    yahoo = (
        "value 9\n\n    On Tuesday, March 10, 2026 at 09:14:22 AM GMT, Wins <wins@tidemark.example> wrote:\n\n"
        + receipt
    )
    ambiguous = "value 9\n\nOn 10/03/2026 09:14, Wins wrote:\n" + "".join(f"> {line}\n" for line in receipt.split("\n"))
    for text in (yahoo, ambiguous):
        win = only(say(text))
        assert (win.value, win.account, win.internal_note) == (9, "Initech", None)


PRAISED = replace(WIN, praised=("Tom Berg",))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("its Anna not Ana", "Anna Ruiz"),
        ("value 8. and it's Anna Ruis not Ana", "Anna Ruis"),
        ("no es Ana, es Anna", "Anna Ruiz"),
    ],
)
def test_a_name_called_wrong_is_put_right_wherever_the_win_bears_it(text: str, name: str) -> None:
    contact = only(say(text)).contact
    assert contact is not None
    assert contact.name == name


def test_who_is_praised_can_be_corrected() -> None:
    assert only(say("its Lea not Tom", PRAISED)).praised == ("Lea Roth",)
    assert only(say("praised: Lea and Tom Berg", PRAISED)).praised == ("Lea Roth", "Tom Berg")
    done = say("praised: Nobodaddy", PRAISED)
    assert not done.wins
    assert "I know no colleague called “Nobodaddy”" in done.problems[0]


def test_a_name_that_no_win_bears_changes_nothing_and_is_told() -> None:
    done = say("its Mia not Mira")
    assert not done.wins
    assert "“Mia”" in done.problems[0]


def test_a_word_of_the_headline_is_spelt_right_and_no_kind_is_meant() -> None:
    win = replace(WIN, summary="The adoptin of the board took a day", category="endorsement")
    changed = only(say("its adoption not adoptin", win))
    assert (changed.summary, changed.category) == ("The adoption of the board took a day", "endorsement")
    assert only(say("it's adoption, not endorsement", win)).category == "adoption"
