"""Who may ask for what a customer is told, and what of it she sees."""

from __future__ import annotations

from collections.abc import Sequence

from mailwins.errors import UsageError
from mailwins.jobs.desk import Desk
from mailwins.model import Account, Directory, Member, Visibility, Win
from mailwins.understanding.naming import named


def account_called(words: str, directory: Directory, *, takes_close: bool = False) -> Account:
    """The account that is meant. *takes_close*: so is the only one that is close. Raises UsageError with the close ones."""
    found = named(words, directory)
    close = () if isinstance(found, str) else found
    name = found if isinstance(found, str) else close[0] if takes_close and len(close) == 1 else None
    account = directory.account(name)
    if account is None:
        near = f" Close ones: {', '.join(close)}." if close else ""
        raise UsageError(f"There is no account called {words}.{near}", "See: mailwins accounts list")
    return account


def asker_of(account: Account, asker: str | None, directory: Directory, *, command: str) -> Member:
    """Who asks, else the account's CSM. *command*: how to name somebody, for where there is none. Raises UsageError."""
    member = directory.member(asker or account.csm)
    if member is None:
        raise UsageError(f"{account.name} has no CSM among the people.", f"Name one: {command} --as ADDRESS")
    return member


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
