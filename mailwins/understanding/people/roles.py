"""Titles: of whom a signature or a sentence says what she is."""

from __future__ import annotations

import re
from functools import lru_cache

from mailwins.model import Account
from mailwins.understanding.accounts import fold_name
from mailwins.understanding.people.words.speech import AT
from mailwins.understanding.people.words.titles import BEFORE_A_ROLE, BEHIND_A_ROLE, JAPANESE_ROLES, ROLES

_ROLE = re.compile(rf"\b(?:{ROLES})\b|(?:{JAPANESE_ROLES})", re.I)
_BEFORE_A_ROLE = re.compile(rf"\b(?:{BEFORE_A_ROLE})\s+", re.I)
_BEHIND_A_ROLE = re.compile(rf"\s+(?:{BEHIND_A_ROLE})$", re.I)
_BETWEEN_NAME_AND_ROLE = re.compile(r"\s*[,|–—·•]\s*|\s+-\s+")
_BESIDE_A_ROLE = re.compile(r"\s*[|·•]\s*")
_BEFORE_AN_EMPLOYER = re.compile(rf"(?:\s*[,@–—-]\s*|\s+)(?:(?:{AT})\s+)?")
_NUMBER = re.compile(r"\d{3}")

_LINES_OF_SIGNATURE = 8
# The same people write again, with the same signature; a longer one is not worth the memory.
_REMEMBERED_CHARS = 500


def role_in(signature: str | None, name: str | None) -> str | None:
    """The line of a signature that is a title: short, behind the name, no address or number."""
    if not signature:
        return None
    lines = "\n".join(signature.split("\n")[:_LINES_OF_SIGNATURE])
    return _role_in(lines, name) if len(lines) <= _REMEMBERED_CHARS else _role_in.__wrapped__(lines, name)


@lru_cache(maxsize=512)
def _role_in(lines: str, name: str | None) -> str | None:
    called = fold_name(name) if name else ""
    for line in lines.split("\n"):
        text = line.strip(" \t*_|•–—-,")
        if not text or len(text) > 70 or "@" in text or "http" in text or _NUMBER.search(text):
            continue
        if called and fold_name(text).startswith(called):
            text = _behind_the_name(text)
        if text and _ROLE.search(text) and len(text.split()) <= 9:
            return _BESIDE_A_ROLE.split(text)[0].strip(" ,") or None
    return None


def _behind_the_name(line: str) -> str:
    _, *rest = _BETWEEN_NAME_AND_ROLE.split(line, maxsplit=1)
    return rest[0] if rest else ""


def without_employer(role: str, account: Account) -> str:
    """ "Director — Clínica Alameda" is a director; whose, stands beside it."""
    for cut in _BEFORE_AN_EMPLOYER.finditer(role):
        if fold_name(role[cut.end() :]) in {fold_name(name) for name in (account.name, *account.aliases)}:
            return role[: cut.start()] or role
    return role


def role_before_name(words: str) -> str | None:
    """The title that *words* of a sentence end in ("joined by the new COO"), if any."""
    tail = _BEFORE_A_ROLE.split(words.strip())[-1].strip()
    return tail if tail and _ROLE.search(tail) and len(tail.split()) <= 5 else None


def role_behind_name(words: str) -> str | None:
    """The title that *words* behind a name are ("the new ops director there"), if they are one."""
    return role_before_name(_BEHIND_A_ROLE.sub("", words.strip()))
