"""The customer's person a note tells of."""

from __future__ import annotations

import re

from mailwins.model import Account, Contact, Directory, WinContact
from mailwins.patterns import rare
from mailwins.understanding.people.mentions import Note, people_in
from mailwins.understanding.people.names import NAME, is_name

_ADDRESS = rare(r"([\w.+'-]+@[\w-]+(?:\.[\w-]+)+)")
_NAME_BEFORE = rare(rf"({NAME})\s*[<(\[]?\s*$")


def contact_in_note(text: str, account: Account | None, directory: Directory) -> WinContact | None:
    """An address in the text decides; then a contact we know; then a name beside the account or a verb of saying."""
    for match in _ADDRESS.finditer(text):
        address = match[1].strip(".'")
        if directory.member(address) is None and address.rsplit("@", 1)[1].lower() not in directory.own_domains:
            before = _NAME_BEFORE.search(text[: match.start()])
            return WinContact(before[1] if before and is_name(before[1], account, directory) else None, address)
    known = _known_contact(text, account, directory)
    if known:
        return WinContact(known.name, known.address, known.role)
    return next((WinContact(name, role=role) for name, role in people_in(Note(text, account, directory))), None)


def _known_contact(text: str, account: Account | None, directory: Directory) -> Contact | None:
    """By the whole name, else by a first name that one contact of the account has."""
    if account is None:
        return None
    named = [(c, c.name) for c in directory.contacts if c.account == account.name and c.name]
    for contact, name in named:
        if _stands_in(text, name):
            return contact
    by_first_name = [c for c, name in named if len(first := name.split()[0]) > 2 and _stands_in(text, first)]
    return by_first_name[0] if len(by_first_name) == 1 else None


def _stands_in(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
