"""Goals a customer has set herself, and what she told us that speaks of them. Facts side by side; whether a goal is reached, people judge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailwins.model import Account, Measure, Stance, Win
from mailwins.understanding.accounts import fold_name

_WORDS = re.compile(r"[^\W_]+")
_STEM = 5
# Words that say which way a figure should go, or nothing at all: a goal is known by what is left.
_IDLE = """
    above below under over than then more less fewer least most from with within into their them they this that every each all any the and for per our goal goals target reach reduce reduced
    increase improve increased improved better faster fast cut lower higher grow growth percent year quarter month week day days hours time times by end until last next
    ueber unter mehr weniger als pro ziel plus moins dans pour des les mas menos para
"""
_NO_SUBJECT = frozenset(_IDLE.split())
_ENDING = re.compile(r"(?:es|s|ed|en|e)$")


@dataclass(frozen=True, slots=True)
class Progress:
    """*wins*: those that speak of *goal*, newest first; *measure*: the newest number among them about the same thing."""

    account: Account
    goal: str
    wins: tuple[Win, ...]
    measure: Measure | None = None


def progress(account: Account, wins: Iterable[Win]) -> tuple[Progress, ...]:
    """For each of its goals. *wins*: those of this account, any order."""
    told = sorted((w for w in wins if w.stance is not Stance.DOUBT), key=lambda w: (w.win_date, w.id), reverse=True)
    return tuple(_progress(account, goal, told) for goal in account.goals)


def is_about(goal: str, text: str) -> bool:
    """Whether *text* speaks of what *goal* is about."""
    return _speaks(_subject(goal), text)


def _progress(account: Account, goal: str, wins: Sequence[Win]) -> Progress:
    subject = _subject(goal)
    speaking = tuple(
        w for w in wins if _speaks(subject, f"{w.summary} {w.detail or ''} {' '.join(m.what for m in w.measures)}")
    )
    measures = (m for w in speaking for m in w.measures if _speaks(subject, m.what or w.summary))
    return Progress(account, goal, speaking, next(measures, None))


def _subject(text: str) -> frozenset[str]:
    """What it is about: the beginnings of its words without case, accents and endings, so that "visits" and "visited" are one."""
    return frozenset(
        _ENDING.sub("", w)[:_STEM] if len(w) > 3 else w
        for w in _WORDS.findall(fold_name(text[:5000]))
        if len(w) > 2 and not w[0].isdigit() and w not in _NO_SUBJECT
    )


def _speaks(subject: frozenset[str], text: str) -> bool:
    """Two words of the goal, or the only one it has: one in common of many is chance."""
    return bool(subject) and len(subject & _subject(text)) >= min(2, len(subject))
