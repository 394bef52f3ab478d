"""A table of replies as people type them, and what is read from each."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailwins.receipts.wishes import Wish, read_reply
from tests.receipts.replies import CASES, HARBORS, NOTHING, NOTHING_EITHER, THREE, Case


def shown(wish: Wish) -> str:
    """A wish in the table's notation."""
    who = "" if wish.win is None else f"{wish.win}:"
    value = "" if wish.value is None else f"={wish.value}"
    instead = "" if wish.instead_of is None else f"<{wish.instead_of}"
    if wish.verb == "set":
        return f"{who}{wish.field}{value}{instead}"
    if wish.verb == "add":
        return f"{who}+{wish.field}{value}"
    if wish.verb == "answer":
        return f"{who}?{wish.field}{value}"
    return f"{who}{wish.verb}{value}{instead}"


def outcome(case: Case) -> tuple[tuple[str, ...], str | None]:
    reply = read_reply(case.text, asked=case.asked, options=case.options, win_ids=case.ids, accounts=case.accounts)
    return tuple(shown(w) for w in reply.wishes), reply.left


def test_the_table_is_as_long_as_promised() -> None:
    assert len({c.text + str(c.asked) for c in CASES}) >= 150
    assert len(NOTHING) >= 30


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.text[:50].replace("\n", " | ") or "empty")
def test_a_reply_is_read_as_it_was_meant(case: Case) -> None:
    assert outcome(case) == (case.wishes, case.left)


def test_prose_changes_nothing() -> None:
    """Whatever else becomes of these, they hold no wish that changes a win."""
    for case in NOTHING + NOTHING_EITHER:
        wishes = read_reply(case.text).wishes
        assert all(w.verb in ("question", "thanks", "ok") for w in wishes), case.text


NEGATIONS = (
    "don't ",
    "do not ",
    "never ",
    "please don't ",
    "we can't ",
    "nicht ",
    "bitte nicht ",
    "ne pas ",
    "no ",
    "niet ",
    "not ",
    "I wouldn't ",
    "unless they agree ",
    "if they agree ",
)


@pytest.mark.parametrize(
    "verb",
    [
        "share",
        "share this",
        "delete",
        "delete this",
        "undo",
        "teilen",
        "löschen",
        "partager",
        "supprimer",
        "compartir",
        "borrar",
        "delen",
        "verwijderen",
        "you can share this",
        "split",
        "make it private",
    ],
)
@pytest.mark.parametrize("no", NEGATIONS)
def test_a_negation_never_does_the_opposite(no: str, verb: str) -> None:
    for text in (f"{no}{verb}", f"{no}{verb} please", f"value 9, {no}{verb}", f"{verb}? {no}{verb}"):
        done = {w.verb for w in read_reply(text).wishes}
        assert not done & {"share", "delete", "undo", "split"}, text


@pytest.mark.parametrize(
    "text",
    [
        "thanks " * 3000,
        "please " * 3000 + "x",
        "account: a, account: b" * 300,
        "private, " * 2000,
        "it is " * 3000,
        "1, " * 5000,
        "a:" * 9000,
        "x" * 20_000,
        " " * 20_000 + "x",
        "the first and " * 2000,
        "great, " * 3000,
    ],
    ids=lambda t: t[:14],
)
def test_endless_repeats_are_read_in_no_time(text: str) -> None:
    start = time.perf_counter()
    read_reply(text, asked="account", options=HARBORS)
    read_reply(text, win_ids=THREE)
    assert time.perf_counter() - start < 2


PIECES = "account value 9 private share delete not don't : = , . ? ! it's Globex Initech and 1285 second is the kind referral thanks please date 12 Nov \n undo if contact Dale"
words = st.sampled_from(PIECES.split(" "))


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(st.characters(exclude_categories=("Cs", "Cf", "Cc", "Zl", "Zp")), max_size=120),
        st.lists(words, max_size=14).map(" ".join),
    ),
    st.sampled_from([None, "account", "category", "expected", "date"]),
)
def test_any_text_is_read_and_no_word_is_lost(text: str, asked: str | None) -> None:
    reply = read_reply(text, asked=asked, options=HARBORS if asked == "account" else (), win_ids=THREE)
    for line in (reply.left or "").split("\n"):
        # Of two kinds or accounts for several wins none is chosen, and the field is named before each.
        assert all(w in text or w in ("account:", "category:") for w in line.split())


@pytest.mark.parametrize(
    "text",
    [
        "ok to share w them but w/o the chair thing",
        "you can share it, w/o the bit about the boss",
        "feel free to share, minus the joke",
        "share, just not the price",
    ],
)
def test_a_wish_that_is_for_a_person_to_do_is_kept_once(text: str) -> None:
    reply = read_reply(text, win_ids=(1,))
    assert reply.wishes == ()
    assert reply.left == text


@pytest.mark.parametrize(
    "text", ["yes share it, no problem", "no need to wait, share it", "you can share this, she said so on the phone"]
)
def test_a_remark_that_keeps_nothing_back_leaves_the_leave_to_share(text: str) -> None:
    assert [w.verb for w in read_reply(text, win_ids=(1,)).wishes] == ["share"]


@pytest.mark.parametrize("no", ["ned", "net", "nit", "nöd", "nid", "ikke", "int", "num", "mica", "nie", "qq", "xet"])
@pytest.mark.parametrize(
    "text", ["bitte {} weitergeben an den kunden", "{} teilen", "es {} mit dem kunden teilen", "you may {} share it"]
)
def test_a_short_word_that_may_be_a_dialects_not_is_no_leave_to_share(text: str, no: str) -> None:
    assert all(w.verb != "share" for w in read_reply(text.format(no), win_ids=(501,)).wishes)


def test_an_act_beside_two_wins_is_done_to_the_one_it_stands_behind() -> None:
    assert [shown(w) for w in read_reply("1 ok 2 delete", win_ids=(501, 502)).wishes if w.verb != "ok"] == ["2:delete"]
    assert [shown(w) for w in read_reply("2 ok 1 delete", win_ids=(501, 502)).wishes if w.verb == "delete"] == []
