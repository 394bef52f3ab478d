"""The one question of a receipt: whose answer would improve this win most, and that was not asked lately."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailwins.config import Kind as Category
from mailwins.model import Stance, Win
from mailwins.understanding.spotting import Spotter

# Words that tell a reason already, in the quote or the story.
_SAYS_WHY = Spotter(
    r"\b(?:because|since|thanks to|due to|after|weil|dank|seit|nachdem|durch|grace a|grâce à|depuis|parce que|gracias a|desde|porque|dankzij|sinds|omdat)\b|おかげ|から|ため"
)

# Without these answers the win cannot be used, so they are asked for every win anew.
NEEDED = frozenset({"account", "summary", "stance"})


@dataclass(frozen=True, slots=True)
class Asked:
    """*field* is what the answer fills; *options* may be answered by number."""

    field: str
    text: str
    options: tuple[str, ...] = ()
    win_id: int | None = None


def pick(wins: Sequence[Win], categories: Mapping[str, Category], recent: frozenset[str]) -> Asked | None:
    """*recent*: fields this person was asked about within the week."""
    for field, asker in _ASKERS:
        if field in recent and field not in NEEDED:
            continue
        for win in wins:
            asked = asker(win, categories)
            if asked is not None:
                return asked
    return None


def _account(win: Win, _: Mapping[str, Category]) -> Asked | None:
    if "account" not in win.doubts:
        return None
    reason = win.reasons.get("account")
    options = tuple(dict.fromkeys((*((win.account,) if win.account else ()), *(reason.candidates if reason else ()))))[
        :3
    ]
    return Asked(
        "account",
        f"Is this {win.account}'s news? If not, whose is it?" if win.account else "Whose news is it?",
        options if len(options) > 1 else (),
        win.id,
    )


def _summary(win: Win, _: Mapping[str, Category]) -> Asked | None:
    if "summary" not in win.doubts:
        return None
    return Asked("summary", "What happened, in one sentence? I could not take it from the mail.", (), win.id)


def _stance(win: Win, _: Mapping[str, Category]) -> Asked | None:
    if "stance" not in win.doubts:
        return None
    return Asked("stance", "Is this good news, or a worry?", ("Good news", "A worry"), win.id)


def _headline(win: Win, _: Mapping[str, Category]) -> Asked | None:
    """What everybody reads first, where another sentence may tell it as well."""
    reason = win.reasons.get("summary")
    if reason is None or not reason.candidates:
        return None
    return Asked("summary", "Which line tells it best?", (win.summary, *reason.candidates), win.id)


def _category(win: Win, categories: Mapping[str, Category]) -> Asked | None:
    # A worry or a rumour is no win yet: its kind can wait.
    if win.category is not None or win.stance is Stance.DOUBT:
        return None
    reason = win.reasons.get("category")
    options = tuple(categories[c].name for c in (reason.candidates if reason else ()) if c in categories)[:3]
    return Asked("category", "What kind of win is it?" + ("" if options else " A word will do."), options, win.id)


def _contact(win: Win, _: Mapping[str, Category]) -> Asked | None:
    if win.account is None or win.category in ("milestone", "olympics") or (win.contact and win.contact.name):
        return None
    return Asked("contact", f"Who at {win.account} said or did it?", (), win.id)


def _expected(win: Win, _: Mapping[str, Category]) -> Asked | None:
    if win.quote is None or win.expected or win.stance is not Stance.PRAISE or win.measures:
        return None
    who = _called(win.contact.name) if win.contact and win.contact.name else "they"
    return Asked("expected", f"What had {who} expected before? It makes the story.", (), win.id)


# Behind a title a first name would be a surname, and the title alone is nobody.
_TITLE = re.compile(
    r"(?:mr|mrs|ms|mx|miss|dr|prof(?:essor)?|sir|dame|lady|lord|rev(?:erend)?|pastor(?:in)?|father|fr|sister|sr|brother|br|mother|abbess|mayor|captain|col|herr|frau|schwester|bruder|pfarrer(?:in)?|mme|mlle|m|monsieur|madame|père|soeur|sœur|señora?|don|doña|dhr|mevr|meneer|mevrouw|signora?)\.?",
    re.I,
)


def _called(name: str) -> str:
    first, *rest = name.split()
    return name if rest and _TITLE.fullmatch(first) else first


def _cause(win: Win, _: Mapping[str, Category]) -> Asked | None:
    if win.cause or not win.measures or _SAYS_WHY.search(win.detail or ""):
        return None
    return Asked("cause", "What was the reason that it worked?", (), win.id)


# The most needed first.
_ASKERS = (
    ("account", _account),
    ("summary", _summary),
    ("stance", _stance),
    ("summary", _headline),
    ("category", _category),
    ("contact", _contact),
    ("expected", _expected),
    ("cause", _cause),
)
