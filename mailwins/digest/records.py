"""User Olympics: which number a win brings, and whether it beats the ones before. Only numbers somebody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mailwins.model import Win
from mailwins.render import counted

_COUNT = re.compile(r"(?<!\bof )(?<![\w.,:/-])(\d{1,3}(?:[,.' ]\d{3})+|\d{1,9})(?:\s+|-)((?!of\b|to\b|and\b|am\b|pm\b)[^\W\d_]{3,})(?![\w-])", re.I)
# Words after a number that make it a time or a share, which can not be a record by themselves.
_NO_EVENT = frozenset(["percent", "prozent", "jan", "january", "feb", "february", "mar", "march", "apr", "april", "may", "jun", "june", "jul", "july", "aug", "august", "sep", "sept", "september", "oct", "october", "nov", "november", "dec", "december", "th", "st", "nd", "rd", "of"])


@dataclass(frozen=True, slots=True)
class Feat:
    """*what* is counted, one word in lower case; *shown* as it was written."""

    what: str
    number: int
    shown: str


@dataclass(frozen=True, slots=True)
class Record:
    """*old*: the best feat before, and the day and win it stood in."""

    feat: Feat
    old: Feat
    old_on: date
    old_win: Win

    @property
    def sentence(self) -> str:
        """"9 more than the record of March 2026, 63 devices"."""
        return f"{self.feat.number - self.old.number:,} more than the record of {self.old_on:%B %Y}, {counted(self.old.number, self.old.what, self.old.what)}."


def feats(win: Win) -> tuple[Feat, ...]:
    """Everything counted in its line, largest first."""
    found = [Feat(m[2].casefold(), int(re.sub(r"\D", "", m[1])), m[0]) for m in _COUNT.finditer(win.summary) if m[2].casefold() not in _NO_EVENT]
    return tuple(sorted(found, key=lambda f: -f.number))


def dethroned(win: Win, earlier: Iterable[Win]) -> Record | None:
    """The record that *win* breaks; None where nothing of its kind was counted before, or that was as much."""
    best: dict[str, tuple[Feat, Win]] = {}
    for other in earlier:
        for feat in feats(other):
            if other.id != win.id and (feat.what not in best or feat.number > best[feat.what][0].number):
                best[feat.what] = (feat, other)
    for feat in feats(win):
        if feat.what in best and feat.number > best[feat.what][0].number:
            old, holder = best[feat.what]
            return Record(feat, old, holder.win_date, holder)
    return None
