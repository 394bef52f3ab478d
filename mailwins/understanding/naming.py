"""The account that a person means by a name she typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mailwins.model import Directory
from mailwins.understanding.accounts import fold_name, settle, without_legal_form
from mailwins.understanding.periods import Period, without_period


def named(words: str, directory: Directory) -> str | tuple[str, ...]:
    """The account's name when there is no doubt, else the close ones (possibly none)."""
    wanted = {fold_name(words), fold_name(without_legal_form(words))} - {""}
    exact = {
        a.name
        for a in directory.accounts
        if {fold_name(n) for n in (a.name, without_legal_form(a.name), *a.aliases, *a.domains)} & wanted
    }
    if len(exact) == 1:
        return next(iter(exact))
    if exact:
        return tuple(sorted(exact))
    found = settle(stated=words, addresses=(), hint=None, texts=(), thread=(), directory=directory)
    if found.account is not None and (found.reason.confidence or 1.0) >= 0.9:
        return found.account.name
    close = (*((found.account.name,) if found.account else ()), *found.candidates)
    return tuple(dict.fromkeys(close))[:3]


@dataclass(frozen=True, slots=True)
class Meant:
    """*account* as ``named`` gives it, from *words* as typed; *unread*: words for a time that say none to us."""

    account: str | tuple[str, ...]
    words: str
    period: Period | None = None
    unread: str = ""


def named_with_period(words: str, directory: Directory, today: date) -> Meant:
    """ "Acme", "Acme since September", "Acme last quarter". An account may be called after a month: then that is its name."""
    rest, period, when = without_period(words, today)
    if when and rest and (found := named(rest, directory)):
        return Meant(found, rest, period, "" if period else when)
    return Meant(named(words, directory), words)
