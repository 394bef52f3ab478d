"""Who may ask for what a customer is told, and what of it she sees."""

from __future__ import annotations

from collections.abc import Sequence

from mailwins.jobs.desk import Desk
from mailwins.model import Account, Member, Visibility, Win


def may_ask(member: Member, account: Account) -> bool:
    """Whether an update or a review page of *account* is hers to ask for: its CSM, those who do a CSM's work, and managers."""
    return account.csm in member.addresses or any(member.may(p) for p in ("csm", "manager", "admin"))


def seen_by(member: Member, account: Account, wins: Sequence[Win]) -> list[Win]:
    """Private wins are for the account's CSM, managers, and who brought them."""
    if account.csm in member.addresses or member.may("manager") or member.may("admin"):
        return list(wins)
    return [
        w
        for w in wins
        if w.visibility is not Visibility.PRIVATE or {w.submitted_by, *w.credits} & set(member.addresses)
    ]


def refusal(desk: Desk, account: Account) -> str:
    csm = desk.known().directory.member(account.csm)
    who = f"{csm.name} ({csm.address})" if csm else "a manager"
    return f"What {account.name} may be shown is for its CSM to decide: please ask {who}."
