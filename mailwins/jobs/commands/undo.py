"""``undo``: a member's newest correction is taken back, wherever it was."""

from __future__ import annotations

from datetime import timedelta

from mailwins.jobs.answering import Answering
from mailwins.jobs.commands.command import Command, settled
from mailwins.jobs.correcting import corrected
from mailwins.model import Change, Member
from mailwins.ports import Settled
from mailwins.receipts.corrections import newest_group
from mailwins.receipts.wishes import Reply, Wish

DAYS = 7


def answer(answering: Answering, rest: str, member: Member) -> Settled:
    store = answering.desk.store
    history: dict[int, list[Change]] = {}
    for change in store.changes_by(member.addresses, answering.now - timedelta(days=DAYS)):
        history.setdefault(change.win_id, []).append(change)
    wins = [w for i in dict.fromkeys(c.win_id for c in newest_group(history)) if (w := store.win(i))]
    if not wins:
        return settled(answering, member, "Nothing to undo", [f"You corrected nothing in the last {DAYS} days."])
    return corrected(
        answering, Reply((Wish("undo"),), None), wins, member, words="undo", history={w.id: history[w.id] for w in wins}
    )


COMMAND = Command(
    "undo",
    r"undo(?: (?:that|it|my (?:last )?(?:correction|change)))?|rückgängig|annuler|deshacer|ongedaan maken",
    "undo",
    "take back your last correction",
    answer,
)
