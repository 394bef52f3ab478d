"""Whom an update is for."""

from __future__ import annotations

from mailwins.jobs.desk import Desk
from mailwins.model import Account, Address, CustomerUpdate, Directory, Visibility
from mailwins.ports import WinFilter
from mailwins.understanding.accounts import accounts_of_address


def recipient_of(desk: Desk, account: Account, to: str | None) -> Address | None:
    """*to*: a contact's name or address; None: who of theirs was heard from last."""
    contacts = [
        Address(c.name, c.address)
        for c in desk.known().directory.contacts
        if c.account == account.name and (c.address or c.name)
    ]
    heard = [
        Address(w.contact.name, w.contact.address)
        for w in desk.store.wins(WinFilter(account=account.name))
        if w.contact and w.contact.address and w.visibility is not Visibility.PRIVATE and w.category != "olympics"
    ]
    if to:
        wanted = to.casefold().strip()
        for person in (*contacts, *heard):
            name = (person.name or "").casefold()
            if wanted in ((person.address or "").casefold(), name) or wanted in name.split():
                return person
        return Address(None, to) if "@" in to else Address(to, None)
    return next((p for p in (*heard, *contacts) if is_theirs(p, account, desk.known().directory)), None)


def is_theirs(person: Address, account: Account, directory: Directory) -> bool:
    """An outsider who spoke of a customer, an agency or a partner, is nobody to write to unasked."""
    if person.address is None:
        return True
    found, _ = accounts_of_address(person.address, directory)
    return account in found or (not found and not account.domains)


def addressed_before(record: CustomerUpdate, account: Account, directory: Directory) -> str | None:
    """Whom the draft before was for, unless that was our own guess and an outsider."""
    if not record.is_recipient_named and not is_theirs(record.recipient, account, directory):
        return None
    return record.recipient.address or record.recipient.name


def outsider_heard(desk: Desk, account: Account, recipient: Address | None) -> tuple[str, ...]:
    """Who was heard from, but writes from elsewhere: offered when nobody of theirs is known."""
    if recipient is not None:
        return ()
    for win in desk.store.wins(WinFilter(account=account.name)):
        person = win.contact
        if person and person.address and win.visibility is not Visibility.PRIVATE:
            named = f"{person.name} ({person.address})" if person.name else person.address
            return (
                f"It is addressed to nobody: {named} does not write from {account.name}. "
                f"If it is for them all the same: “update {account.name} for {person.address}”.",
            )
    return ()
