"""Who may correct and who may review a win."""

from __future__ import annotations

from mailwins.model import Member, Win, fold_address


def may_correct(member: Member, win: Win) -> bool:
    """The submitter, everybody credited, the win's CSM, managers."""
    if member.may("manager"):
        return True
    mine = {fold_address(a) for a in member.addresses}
    return any(a is not None and fold_address(a) in mine for a in (win.submitted_by, win.csm, *win.credits))


def may_review(member: Member, win: Win) -> bool:
    """Managers and the win's CSM."""
    return member.may("manager") or (
        win.csm is not None and fold_address(win.csm) in {fold_address(a) for a in member.addresses}
    )
