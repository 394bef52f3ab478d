"""User Olympics: which number a win brings, and whether it beats the ones before. Only numbers somebody wrote, and only like with like."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mailwins.model import Win
from mailwins.parsers.dates import full_month_names
from mailwins.patterns import rare

_NUMBER = r"\d{1,3}(?:[,.' ]\d{3})+|\d{1,9}"
# What would not count: a version, a time of day, the second half of "3 of 7".
_COUNT = rare(rf"(?<!\bof )(?<![\w.,:/-])({_NUMBER})(?=[\s-]+[^\W\d_])")
_COUNTED = rare(r"[\s-]+([^\W\d_]+)(?![\w-])")
# Between a number and what is counted, without changing what that is.
_BESIDE = frozenset(
    [
        "different",
        "separate",
        "single",
        "unique",
        "active",
        "open",
        "more",
        "whole",
        "full",
        "straight",
        "consecutive",
        "individual",
        "distinct",
        "connected",
        "registered",
    ]
)
_WORDS = rare(r"[^\W_]+")
# A time or a share by itself is no feat: nobody can say whether less or more of it is better.
_TIMES = {"second", "minute", "hour", "day", "week", "month", "year"}
_MONTHS = full_month_names("en")
_NO_FEAT = frozenset(
    {"percent", "prozent", "times", "mal", "euro", "euros", "dollar", "dollars", "and", "sept"}
    | _TIMES
    | {f"{t}s" for t in _TIMES}
    | {*_MONTHS, *(m[:3] for m in _MONTHS)}
)
# How the count was bounded: "on one account", "in a day", "per crew". Two counts are alike only where these are.
_BOUNDS = rare(
    r"\b(?:on|in|at|for|from|by|with|within|during|per|inside|under)\s+"
    r"(?:(?:one|a|an|each|every|the same|just one|only one|a single|one single|\d+)\s+)+(?:single\s+)?"
    r"([^\W\d_]{3,})|\bper\s+([^\W\d_]{3,})",
    re.I,
)
_AT_WHOM = rare(r"\s+(?:at|for|by|from)\s+[A-Z].*$", re.S)
MOST_TOLD = 90


@dataclass(frozen=True, slots=True)
class Feat:
    """*what* is counted, one word in lower case and without its plural; *bounds*: within what; *shown* as it was written."""

    what: str
    number: int
    shown: str
    bounds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Record:
    """*old*: the best feat before, and the day and win it stood in."""

    feat: Feat
    old: Feat
    old_on: date
    old_win: Win

    @property
    def sentence(self) -> str:
        """ "72 devices on one account, 9 more than the record of March 2026."""
        return f"{self.feat.shown}, {self.feat.number - self.old.number:,} more than the record of {self.old_on:%B %Y}."


def feats(win: Win) -> tuple[Feat, ...]:
    """Everything counted in its line, largest first."""
    found = []
    for match in _COUNT.finditer(win.summary):
        word = _COUNTED.match(win.summary, match.end())
        while word and word[1].casefold() in _BESIDE:
            word = _COUNTED.match(win.summary, word.end())
        if word is None or len(word[1]) < 3 or word[1].casefold() in _NO_FEAT:
            continue
        bounds = list(_BOUNDS.finditer(win.summary, word.end()))
        end = max((m.end() for m in bounds), default=word.end())
        shown = _AT_WHOM.sub("", win.summary[match.start() : end])
        found.append(
            Feat(
                _singular(word[1]),
                int(re.sub(r"\D", "", match[1])),
                " ".join(shown.split())[:MOST_TOLD],
                frozenset(_singular(m[1] or m[2]) for m in bounds),
            )
        )
    return tuple(sorted(found, key=lambda f: -f.number))


def _singular(noun: str) -> str:
    noun = noun.casefold()
    return (
        noun[:-3] + "y"
        if noun.endswith("ies") and len(noun) > 4
        else noun[:-1]
        if noun.endswith("s") and not noun.endswith("ss") and len(noun) > 3
        else noun
    )


def dethroned(win: Win, earlier: Iterable[Win]) -> Record | None:
    """The record that *win* breaks: the most of the same things, counted within the same bounds. None where nothing like it was
    counted before, or that was as much."""
    best: dict[tuple[str, frozenset[str]], tuple[Feat, Win]] = {}
    for other in earlier:
        for feat in feats(other):
            key = (feat.what, feat.bounds)
            if (
                other.id != win.id
                and (key not in best or feat.number > best[key][0].number)
                and _is_alike(feat, win, other)
            ):
                best[key] = (feat, other)
    for feat in feats(win):
        old, holder = best.get((feat.what, feat.bounds), (None, None))
        if old is not None and holder is not None and feat.number > old.number:
            return Record(feat, old, holder.win_date, holder)
    return None


def _is_alike(feat: Feat, win: Win, other: Win) -> bool:
    """Bounds say what was compared. Without any, the lines must speak of the same thing beyond the counted word."""
    if feat.bounds:
        return True
    ours, theirs = (
        ({_singular(w) for w in _WORDS.findall(x.summary) if len(w) > 3 and not w[0].isdigit()} - {feat.what})
        for x in (win, other)
    )
    names = {
        w.casefold()
        for x in (win, other)
        for w in _WORDS.findall(f"{x.account or ''} {x.contact.name if x.contact else ''}")
    }
    return bool((ours & theirs) - names)
