"""The account that a person means by a name she typed."""

from __future__ import annotations

from mailwins.model import Directory
from mailwins.understanding.accounts import fold_name, settle, without_legal_form


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
