"""Taking the last correction back, exactly: the history tells what was there before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from mailwins.model import Change
from mailwins.receipts import fields
from mailwins.receipts.corrections.desk import Desk
from mailwins.receipts.wishes import Wish

UNDO = "undo of "
"""Begins the *why* of changes that took others back; behind it stands when those were made."""


def undo(desk: Desk, wish: Wish) -> None:
    targets = {w.id for w in desk.targets(wish)} if wish.win is not None else set(desk.wins)
    if wish.win is not None and not targets:
        return
    group = newest_group({i: desk.history.get(i, ()) for i in targets})
    if not group:
        desk.problems.append("There is no correction to take back; “delete” removes the win.")
        return
    desk.is_undone = True
    start = dict(desk.wins)
    for change in reversed(group):
        desk.wins[change.win_id] = fields.put(desk.wins[change.win_id], change.field, change.old)
    desk.record(start, UNDO + _stamp(group[0].at))


def newest_group(history: Mapping[int, Sequence[Change]]) -> tuple[Change, ...]:
    """The changes made together last that were not yet taken back, in their order; those of a new reading are no person's and stay."""
    undone = {
        (i, c.why.removeprefix(UNDO))
        for i, changes in history.items()
        for c in changes
        if c.why and c.why.startswith(UNDO)
    }
    open_ = [
        c
        for i, changes in history.items()
        for c in changes
        if not (c.why and c.why.startswith(UNDO))
        and c.how != "reread"
        and c.field != "credits"
        and fields.is_known(c.field)
        and (i, _stamp(c.at)) not in undone
    ]
    if not open_:
        return ()
    newest = max(c.at for c in open_)
    return tuple(c for c in open_ if c.at == newest)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
