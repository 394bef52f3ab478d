"""A note that told several things is taken apart: each part becomes a win, the first keeps the number."""

from __future__ import annotations

import re
from dataclasses import replace

from mailwins.jobs.answering import Answering
from mailwins.model import Change, Decoded, Directory, Kind, Labels, Member, Outcome, Story, Submission, Visibility, Win
from mailwins.receipts import fields
from mailwins.understanding import Facts, judge
from mailwins.understanding.accounts import name_at_the_start, name_that_leads

MAX_PARTS = 8
MIN_WORDS = 3
# What each part says for itself; everything else (account, CSM, date, credits) stays as it was for all of them.
PARTS = "split"
"""A line of the history of a win that was taken apart: the numbers of its other parts."""
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
    desk = answering.desk
    known = desk.known()
    directory = known.directory
    told = Submission(
        Kind.NOTE,
        "split",
        answering.message.author,
        note="\n\n".join(parts),
        note_raw="\n\n".join(parts),
        stories=tuple(Story(p, Labels((("account", a),) if (a := _whose(p, win, directory)) else ())) for p in parts),
    )
    facts = Facts(known.directory, replace(known.policy, trust="off"), win.mail, win.captured_at, answering.now, ())
    judged = judge(Decoded(answering.message, told), facts)
    if judged.outcome is not Outcome.WIN or len(judged.wins) != len(parts):
        return None
    # Parts of an earlier splitting that was taken back keep their places.
    earlier = [
        w for c in desk.store.history(win.id) if c.field == PARTS for i in part_ids(c) if (w := desk.store.win(i))
    ]
    taken = max((w.ordinal for w in (*desk.store.wins_of_mail(win.mail), *earlier)), default=win.ordinal)
    pieces = []
    for number, piece in enumerate(judged.wins):
        # A part never becomes more open than the whole, and nobody has agreed to its words yet.
        visibility = (
            Visibility.PRIVATE if Visibility.PRIVATE in (win.visibility, piece.visibility) else Visibility.INTERNAL
        )
        own = {name: getattr(piece, name) for name in OF_A_PART}
        if piece.account != win.account:
            own |= {"account": piece.account, "csm": piece.csm}
        reasons = {**win.reasons, **{k: v for k, v in piece.reasons.items() if k in own}}
        doubts = tuple(
            dict.fromkeys(
                (*(d for d in win.doubts if d not in OF_A_PART), *(d for d in piece.doubts if d in OF_A_PART))
            )
        )
        part = replace(win, **own, visibility=visibility, customer_text=None, reasons=reasons, doubts=doubts)
        pieces.append(part if number == 0 else replace(part, ordinal=taken + number, origin_key=None, attachments=()))
    first, *others = pieces
    names = [n for n in fields.NAMES if n != "doubts" and fields.show(win, n) != fields.show(first, n)]
    changes = tuple(
        Change(win.id, answering.now, member.address, "mail", n, fields.show(win, n), fields.show(first, n), "split")
        for n in names
    )
    grounds = frozenset({*win.reasons, *first.reasons})
    changes += (
        Change(
            win.id,
            answering.now,
            member.address,
            "mail",
            fields.GROUNDS,
            fields.grounds(win, grounds),
            fields.grounds(first, grounds),
            "split",
        ),
    )
    new = desk.numbered(others)
    changes += (
        Change(win.id, answering.now, member.address, "mail", PARTS, None, ", ".join(str(w.id) for w in new), "split"),
    )
    # Taking it back takes the parts out again.
    changes += tuple(
        Change(w.id, answering.now, member.address, "mail", "is_deleted", "yes", "no", "split") for w in new
    )
    return first, changes, new


def part_ids(change: Change) -> list[int]:
    return [int(i) for i in re.findall(r"\d+", change.new or "")]
