"""Sentences with a place left open: "bump it up to a 9", "file it under referral", "he told me this last Thursday".

Each frame names the group that holds the value and a test that the value must pass; without the
test a frame would read news as corrections.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from mailwins.receipts.wishes.folding import EDGE, flatten
from mailwins.receipts.wishes.phrases.values import is_account, is_day, is_name, kind_wish, without_on
from mailwins.receipts.wishes.trimming import core_of
from mailwins.receipts.wishes.wish import About, Wish
from mailwins.receipts.wishes.words.accounts import ACCOUNT_FRAMES
from mailwins.receipts.wishes.words.days import DAY_FRAMES
from mailwins.receipts.wishes.words.kinds import KIND_FRAMES
from mailwins.receipts.wishes.words.people import CONTACT_FRAMES, SPELLING
from mailwins.receipts.wishes.words.prose import CAUSE, FEATURE, FEATURES
from mailwins.receipts.wishes.words.values import VALUE_FRAMES, to_number

_COMPILED: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...] = tuple(
    (name, tuple(re.compile(p) for p in patterns))
    for name, patterns in (
        ("value", VALUE_FRAMES),
        ("category", KIND_FRAMES),
        ("date", DAY_FRAMES),
        ("account", ACCOUNT_FRAMES),
        ("contact", CONTACT_FRAMES),
    )
)


def framed_wish(about: About, core: str, low: str) -> Wish | None:
    """The clause *core* (folded: *low*) as one of the frames, from its first to its last word."""
    for name, patterns in _COMPILED:
        for pattern in patterns:
            if (match := pattern.fullmatch(low)) and (wish := _CHECKS[name](about, *_cut(core, match))):
                return wish
    if match := FEATURE.fullmatch(low):
        value = core[match.start("value") :].strip(EDGE)
        return Wish("set", "features", value) if len(value.split()) <= 5 else None
    if match := CAUSE.fullmatch(low):
        return Wish("set", "cause", core[match.start("value") :].strip(EDGE))
    return None


def features_of(sentence: str) -> tuple[Wish, str] | None:
    """ "Features should be Alerts and Routes, she never mentioned dashboards": (the wish, what is said besides)."""
    start, end = core_of(sentence)
    core = sentence[start:end]
    match = FEATURES.fullmatch(flatten(core))
    if match is None:
        return None
    names = core[match.start("value") : match.end("value")].strip(EDGE)
    more = core[match.start("more") : match.end("more")] if match["more"] else ""
    return Wish("set", "features", re.sub(r",? (?:and|&) ", ", ", names)), more


def spelt(name: str) -> str:
    """A name without a remark on its spelling: "Altomar (con o)", "Lindqvist with a q and a v"."""
    match = SPELLING.search(flatten(name))
    return name[: match.start()].strip() if match and match.start() else name


def _cut(core: str, match: re.Match[str]) -> tuple[str, str | None]:
    groups = match.groupdict()
    key = next(k for k in ("value", "value2", "value3") if groups.get(k))
    old = core[match.start("old") : match.end("old")].strip(EDGE) if groups.get("old") else None
    text = core[match.start(key) : match.end(key)]
    start, end = core_of(text)
    return text[start:end].strip(EDGE), old


def _number(about: About, text: str, old: str | None) -> Wish | None:
    return Wish("set", "value", to_number(flatten(text)))


def _kind(about: About, text: str, old: str | None) -> Wish | None:
    if wish := kind_wish(about, text):
        return wish
    return Wish("set", "account", text) if is_account(about, flatten(text)) else None


def _day(about: About, text: str, old: str | None) -> Wish | None:
    return Wish("set", "date", without_on(text)) if is_day(text) else None


def _company(about: About, text: str, old: str | None) -> Wish | None:
    name = spelt(text)
    if kind := kind_wish(about, name):
        return kind if old is None or kind_wish(about, old) else None
    if is_day(name):
        return Wish("set", "date", without_on(name))
    if is_account(about, flatten(name)) or (
        is_name(name, lower_too=False) and (old is None or is_name(old, lower_too=False))
    ):
        return Wish("set", "account", name, instead_of=old)
    return None


def _person(about: About, text: str, old: str | None) -> Wish | None:
    name = spelt(re.sub(r"^(?:Herrn?|Frau|Mr\.?|Mrs\.?|Ms\.?|Mme|M\.|Sr\.?|Sra\.?|Dhr\.?|Mevr\.?)\s+", "", text))
    bare = re.split(r"[(,]", name)[0].strip()
    return (
        Wish("set", "contact", name)
        if is_name(bare, lower_too=False)
        and len(bare.split()) <= 4
        and not is_account(about, flatten(bare))
        and not is_day(bare)
        else None
    )


_CHECKS: dict[str, Callable[[About, str, str | None], Wish | None]] = {
    "value": _number,
    "category": _kind,
    "date": _day,
    "account": _company,
    "contact": _person,
}
