"""The author of a message as a person: her name put right where lists and address books mangle it, and her role."""

from __future__ import annotations

import re

from mailwins.model import Address, WinContact
from mailwins.parsers.addresses import clean_name
from mailwins.understanding.people.roles import role_in

_VIA = re.compile(r"^['\"]?(?P<name>.+?)['\"]?\s+(?:via|über|par|por|tramite)\s+.+$", re.I)
_FAMILY_NAME_FIRST = re.compile(r"^([^,()]+),\s*([^,()]+?)(?:\s*\([^)]*\))?$")
# Outlook's address book shows "Holm, Annegret Dr.".
_DEGREE = re.compile(r"(?:\s+(?:Prof|Dr|Dipl|Ing|Mag|MBA|med|rer|nat|phil|jur|h\.c|MSc|BSc|PhD)\b\.?(?:-Ing\.?)?)+\s*$")
_WITH_AN_INITIAL = re.compile(r"([^\W\d_]{2,}) ([^\W\d_])\.?")


def to_contact(author: Address, signature: str | None, words: str | None = None) -> WinContact | None:
    """``'Jane' via Customer Success`` is Jane, whose address nobody printed; ``Porter, Jane`` is Jane Porter."""
    name, address = author.name, author.address
    if name and (match := _VIA.match(name)):
        name, address = clean_name(match["name"]), None
    if name and (match := _FAMILY_NAME_FIRST.match(name)) and len(match[1].split()) <= 3:
        name = f"{_DEGREE.sub('', match[2]).strip()} {match[1].strip()}"
    if name and (full := _written_out(name, f"{words or ''}\n{signature or ''}")):
        name = full
    if not name and not address:
        return None
    return WinContact(name, address, role_in(signature, name))


def _written_out(name: str, text: str) -> str | None:
    """The whole name of "Bev T", who signs as "Bev Tremlett"."""
    match = _WITH_AN_INITIAL.fullmatch(name)
    found = match and re.search(rf"^{re.escape(match[1])} {re.escape(match[2])}[^\W\d_]+(?:-[^\W\d_]+)?$", text, re.M)
    return found[0] if found else None
