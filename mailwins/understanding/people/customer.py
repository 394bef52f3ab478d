"""Which message of a forwarded mail is the customer's."""

from __future__ import annotations

import re
from dataclasses import replace

from mailwins.model import Address, Directory, Quoted
from mailwins.parsers.tickets import turns
from mailwins.patterns import rare
from mailwins.understanding.accounts import fold_name
from mailwins.understanding.people.ours import is_ours, names_of
from mailwins.understanding.people.words.courtesy import JAPANESE_POINTS_BELOW, POINTS_BELOW

_POINTS_BELOW = rare(rf"\b(?:{POINTS_BELOW})\b|(?:{JAPANESE_POINTS_BELOW})", re.I)
FEW_WORDS = 12
SOME_WORDS = 25


def chain(quoted: Quoted) -> tuple[Quoted, ...]:
    """The messages of a thread, the outermost first."""
    return (quoted, *quoted.nested)


def customer_in(quoted: Quoted, directory: Directory, own: frozenset[str]) -> Quoted | None:
    """The message whose words count: the first, from the outside, that no colleague wrote. None when all are ours.

    Where a customer only passes on what somebody beside her wrote ("see below"), it is that message.
    """
    messages = chain(quoted)
    at = next((n for n, q in enumerate(messages) if not q.is_by_tool and not is_ours(q.author, directory, own)), None)
    if at is None:
        return None
    while at + 1 < len(messages) and _passes_on(messages[at], messages[at + 1], directory, own):
        at += 1
    return messages[at]


def _passes_on(outer: Quoted, inner: Quoted, directory: Directory, own: frozenset[str]) -> bool:
    """Whether a customer's message says nothing itself but "look what she wrote", and was not an answer to us."""
    words = (outer.words or "").split()
    if (
        not (inner.words or "").strip()
        or is_ours(inner.author, directory, own)
        or any(is_ours(p, directory, own) for p in (*inner.to, *inner.cc))
    ):
        return False
    if inner.author.address == outer.author.address or any(c.isdigit() for w in words for c in w):
        return False
    return len(words) <= (SOME_WORDS if _POINTS_BELOW.search(outer.words or "") else FEW_WORDS)


def customer_of_ticket(quoted: Quoted, directory: Directory) -> Quoted | None:
    """The newest turn of a ticket mail that no agent of ours wrote, as a message of its own."""
    found = turns(quoted.words or quoted.body)
    if not found:
        return None
    desk = fold_name(quoted.author.name or "")
    ours = names_of(directory).full
    turn = next(
        (t for t in found if fold_name(t.name) not in ours and not (t.desk and fold_name(t.desk) == desk)), None
    )
    if turn is None:
        return None
    return replace(
        quoted,
        author=Address(turn.name, None),
        written=turn.written,
        words=turn.words,
        body=turn.words,
        nested=(),
        signature=None,
        message_id=None,
    )
