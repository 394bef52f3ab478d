"""A note that told several things is taken apart: each part becomes a win, the first keeps the number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mailwins.jobs.answering import Answering
from mailwins.jobs.desk import Desk
from mailwins.model import Change, Decoded, Directory, Kind, Labels, Member, Outcome, Story, Submission, Visibility, Win
from mailwins.receipts import fields
from mailwins.understanding import Facts, Judgement, judge
from mailwins.understanding.accounts import name_at_the_start, name_that_leads

MAX_PARTS = 8
MIN_WORDS = 3
PARTS = "split"
"""A line of the history of a win that was taken apart: the numbers of its other parts."""
# What each part says for itself; everything else (CSM, date, credits) stays as it was for all of them.
OF_A_PART = (
    "summary",
    "note",
    "category",
    "measures",
    "features",
    "factors",
    "cause",
    "expected",
    "experienced",
    "contact",
    "praised",
    "stance",
    "value",
    "value_effective",
    "language",
)


def _whose(part: str, win: Win, directory: Directory) -> str | None:
    """The account whose name a part begins with, else that of the whole."""
    return name_that_leads(part, directory) or name_at_the_start(part, directory) or win.account


def parts_of(win: Win) -> list[str]:
    """The paragraphs of a note, else its lines; one or none where nothing can be told apart. A customer's words are never cut."""
    if win.quote or not win.note:
        return []
    for cut in (r"\n\s*\n", r"\n"):
        parts = [p.strip(" \t-*•·") for p in re.split(cut, win.note.strip()) if p.strip()]
        if len(parts) > 1:
            return parts if len(parts) <= MAX_PARTS and all(len(p.split()) >= MIN_WORDS for p in parts) else []
    return []


def split(answering: Answering, win: Win, member: Member) -> tuple[Win, tuple[Change, ...], tuple[Win, ...]] | None:
    """(the win with its first part, its history, the new wins), or None where it cannot be done without guessing."""
    parts = parts_of(win)
    if not parts or win.is_deleted:
        return None
    judged = _judged_anew(answering, win, parts)
    if judged.outcome is not Outcome.WIN or len(judged.wins) != len(parts):
        return None
    taken = _last_place(answering.desk, win)
    first, *others = [_piece_of(win, piece) for piece in judged.wins]
    new = answering.desk.numbered(
        [
            replace(piece, ordinal=taken + number, origin_key=None, attachments=())
            for number, piece in enumerate(others, 1)
        ]
    )

    def change(of: Win, name: str, old: str | None, new_value: str | None) -> Change:
        return Change(of.id, answering.now, member.address, "mail", name, old, new_value, "split")

    names = [n for n in fields.NAMES if n != "doubts" and fields.show(win, n) != fields.show(first, n)]
    grounds = frozenset({*win.reasons, *first.reasons})
    changes = (
        *(change(win, n, fields.show(win, n), fields.show(first, n)) for n in names),
        change(win, fields.GROUNDS, fields.grounds(win, grounds), fields.grounds(first, grounds)),
        change(win, PARTS, None, ", ".join(str(w.id) for w in new)),
        # Taking it back takes the parts out again.
        *(change(w, "is_deleted", "yes", "no") for w in new),
    )
    return first, changes, new


def _judged_anew(answering: Answering, win: Win, parts: Sequence[str]) -> Judgement:
    """The parts as a note that tells as many stories."""
    known = answering.desk.known()
    whole = "\n\n".join(parts)
    told = Submission(
        Kind.NOTE,
        "split",
        answering.message.author,
        note=whole,
        note_raw=whole,
        stories=tuple(
            Story(p, Labels((("account", account),) if (account := _whose(p, win, known.directory)) else ()))
            for p in parts
        ),
    )
    facts = Facts(known.directory, replace(known.policy, trust="off"), win.mail, win.captured_at, answering.now, ())
    return judge(Decoded(answering.message, told), facts)


def _last_place(desk: Desk, win: Win) -> int:
    """The highest place among the wins of its mail; parts of a splitting that was taken back keep theirs."""
    earlier = [
        w for c in desk.store.history(win.id) if c.field == PARTS for i in part_ids(c) if (w := desk.store.win(i))
    ]
    return max((w.ordinal for w in (*desk.store.wins_of_mail(win.mail), *earlier)), default=win.ordinal)


def _piece_of(win: Win, piece: Win) -> Win:
    """*win* as its part *piece*: what a part says for itself, and the rest as it was."""
    # A part never becomes more open than the whole, and nobody has agreed to its words yet.
    is_private = Visibility.PRIVATE in (win.visibility, piece.visibility)
    own = {name: getattr(piece, name) for name in OF_A_PART}
    if piece.account != win.account:
        own |= {"account": piece.account, "csm": piece.csm}
    doubts = (*(d for d in win.doubts if d not in OF_A_PART), *(d for d in piece.doubts if d in OF_A_PART))
    return replace(
        win,
        **own,
        visibility=Visibility.PRIVATE if is_private else Visibility.INTERNAL,
        customer_text=None,
        reasons={**win.reasons, **{k: v for k, v in piece.reasons.items() if k in own}},
        doubts=tuple(dict.fromkeys(doubts)),
    )


def part_ids(change: Change) -> list[int]:
    return [int(i) for i in re.findall(r"\d+", change.new or "")]
