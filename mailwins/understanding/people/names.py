"""What can be a person's name in a sentence, and what is none though it begins with a capital."""

from __future__ import annotations

import re

from mailwins.model import Account, Directory
from mailwins.parsers.dates import day_names, month_names
from mailwins.understanding.accounts import fold_name
from mailwins.understanding.people.ours import names_of
from mailwins.understanding.people.words.no_names import NO_PERSON, NOT_NAMES, NUMBERS, PRONOUNS
from mailwins.understanding.people.words.titles import COURTESY

CAPITAL = "A-ZÀ-ÞŁŚŻ"
_PART = rf"[{CAPITAL}][\w'’-]+"
# One to four parts: "Ruth", "Ruth van der Meer".
NAME = rf"{_PART}(?:[ -](?:de |van |von |der |den |la |di )?{_PART}){{0,3}}"
# At least two parts.
FULL_NAME = rf"{_PART}(?: (?:(?:de|van|von|der|den|la|di|le|du) ){{0,2}}{_PART}){{1,2}}"
# Before "'s", which is no part of it.
OWNER = rf"[{CAPITAL}][\w-]+(?:[ -][{CAPITAL}][\w-]+){{0,2}}?"
# Behind a title: a family name, or first and family name.
TITLED_NAME = r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?"

_MOST_WORDS = 4
_SHORT = 5
# "L'équipe de …" begins with an article.
_ELISION = re.compile(r"[LDJCSQ]['’][a-zß-ÿ]")
_COURTESY = re.compile(rf"^(?:{COURTESY})\.? ")
_OF_COMPANY = re.compile(r" (?:de|del|van|von|der|den|di|da|z)(?: (?:la|der|den|de))? (?=[^\W\d_])")


def is_name(name: str, account: Account | None, directory: Directory, *, may_be_month: bool = False) -> bool:
    """Whether *name*, written as one, can be somebody's at the customer; *may_be_month*: what stands beside it tells."""
    words = name.split()
    if not words or len(words) > _MOST_WORDS or (name.isupper() and (len(name) < _SHORT or len(words) > 1)):
        return False
    if _begins_as_no_name(words[0], may_be_month) or any(
        _is_common(w.lower(), may_be_month) for w in words if w[0].isupper()
    ):
        return False
    if len(words) == 1 and _is_no_single_name(words[0].lower(), may_be_month):
        return False
    folded = fold_name(name)
    if account and any(folded in fold_name(n) for n in (account.name, *account.aliases)):
        return False
    ours = names_of(directory)
    return folded not in ours.full and folded not in ours.first


def _begins_as_no_name(word: str, may_be_month: bool) -> bool:
    low = word.lower()
    if low in NO_PERSON or _ELISION.match(word):
        return True
    return low.strip("'’s") in NOT_NAMES and not (may_be_month and low in month_names())


def _is_common(low: str, may_be_month: bool) -> bool:
    return low in NOT_NAMES and not (may_be_month and low in month_names())


def _is_no_single_name(low: str, may_be_month: bool) -> bool:
    return low in PRONOUNS or low in NUMBERS or (low in month_names() and not may_be_month)


def without_courtesy(name: str) -> str:
    return _COURTESY.sub("", name.strip())


def without_day(name: str) -> str:
    """In "On Monday Padraig Mulvaney told us" the day is no part of his name."""
    words = name.split(" ")
    day = next((n for n, word in enumerate(words[:2]) if len(word) > _SHORT and word.lower() in day_names()), None)
    return " ".join(words[day + 1 :]) or name if day is not None else name


def without_company(name: str, account: Account | None) -> str:
    """``Jordi de Mercado Azul`` is Jordi, of that customer."""
    for match in _OF_COMPANY.finditer(name):
        if account and means(name[match.end() :], account):
            return name[: match.start()]
    return name


def means(words: str, account: Account) -> bool:
    """Whether *words* begin as a name of the account does."""
    first = fold_name(words).split()[:1]
    return any(fold_name(n).split()[:1] == first for n in (account.name, *account.aliases))
