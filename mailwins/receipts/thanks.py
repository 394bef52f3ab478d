"""Thanks to colleagues for a win: which win a reader means, and the link that names it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from mailwins.model import Directory, Win
from mailwins.understanding.accounts import fold_name

_TOKEN = re.compile(r"\[w:([0-9a-f]{20})\]")


def link(win: Win, wins_address: str) -> str:
    """A ``mailto:`` that a digest prints beside an item: its subject carries the win's token. Short enough for a line of text."""
    return f"mailto:{wins_address}?subject={quote(f'Thanks [w:{win.token}]', safe=':')}"


def token_in(*texts: str | None) -> str | None:
    """The token of the win that a thank-you is about, where a link put it there."""
    return next((m[1] for text in texts if text and (m := _TOKEN.search(text))), None)


def meant(words: str, wins: Sequence[Win], directory: Directory) -> Win | None:
    """Which of an edition's *wins* (its lead first) the words thank for: the first whose account or colleague is named, else the lead."""
    folded = f" {fold_name(words)} "
    for names_of in (_account, _people):
        found = [w for w in wins if any(f" {name} " in folded for name in names_of(w, directory))]
        if found:
            return found[0]
    return wins[0] if wins else None


def _account(win: Win, directory: Directory) -> list[str]:
    account = directory.account(win.account)
    return [fold_name(n) for n in (account.name, *account.aliases)] if account else []


def _people(win: Win, directory: Directory) -> list[str]:
    members = [m for a in (win.submitted_by, *win.credits) if a and (m := directory.member(a))]
    return [
        n for m in members for n in (fold_name(m.name), fold_name(m.name).split()[0] if m.name.split() else "") if n
    ]
