"""A table of replies as people type them, and what is read from each."""

from __future__ import annotations

import pytest

from mailwins.receipts.wishes import Wish, read_reply
from tests.receipts.replies import CASES, NOTHING, Case


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
    reply = read_reply(case.text, asked=case.asked, options=case.options, win_ids=case.ids)
    return tuple(shown(w) for w in reply.wishes), reply.left


def test_the_table_is_as_long_as_promised() -> None:
    assert len({c.text + str(c.asked) for c in CASES}) >= 150
    assert len(NOTHING) >= 30


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.text[:50].replace("\n", " | ") or "empty")
def test_a_reply_is_read_as_it_was_meant(case: Case) -> None:
    assert outcome(case) == (case.wishes, case.left)
