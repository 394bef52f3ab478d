"""The wall: which wins a customer may be told, and nothing of them but what may leave. There is no way back from here to a Win."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mailwins.model import Address, Directory, ShareableWin, Source, Stance, Visibility, Win
from mailwins.understanding.internal import cue_for_customer, cue_of_confidence, cue_of_silence, split_internal
from mailwins.understanding.measures import find_measures


@dataclass(frozen=True, slots=True)
class LeftOut:
    """For the CSM only: a win that stays inside, why, and the words that could be approved (None: there are none).

    *is_quote*: they are the customer's. What a colleague noted is never told as it stands: it wants a sentence for the customer.
    """

    win_id: int
    summary: str
    why: str
    words: str | None = None
    is_quote: bool = True


@dataclass(frozen=True, slots=True)
class Sorted:
    """What may be told, newest last; what may not."""

    shareable: tuple[ShareableWin, ...]
    left_out: tuple[LeftOut, ...]


def sort_wins(
    wins: Sequence[Win],
    *,
    account: str,
    since: date,
    until: date,
    told: Mapping[int, date],
    recipient: Address | None = None,
    own_quotes: bool = False,
    colleagues: Sequence[str] = (),
) -> Sorted:
    """*told*: win → day it was told to this account. *own_quotes*: quotes of the recipient herself need no approval.

    *colleagues*: names on our side; a quote in which one of them seems to have written is told in no case.
    """
    shareable: list[ShareableWin] = []
    left: list[LeftOut] = []
    for win in sorted(
        (w for w in wins if w.account == account and not w.is_deleted and since <= w.win_date <= until),
        key=lambda w: (w.win_date, w.id),
    ):
        why = _why_not(win, told, recipient, own_quotes) or _why_not_these_words(win, colleagues)
        words = None if why else _words(win)
        if words is None:
            left.append(
                LeftOut(
                    win.id,
                    win.summary,
                    why or "it has no words for a customer yet",
                    _approvable(win, why),
                    is_quote=bool(win.quote),
                )
            )
        else:
            shareable.append(words)
    return Sorted(tuple(shareable), tuple(left))


def colleagues_of(directory: Directory) -> tuple[str, ...]:
    """The names on our side, for ``sort_wins``."""
    return tuple(m.name for m in directory.members if not m.is_notifier)


def kept_from(win: Win, colleagues: Sequence[str] = ()) -> LeftOut | None:
    """Why a draft written today would leave *win* out, were nothing told before; None when it would tell it."""
    found = sort_wins(
        [win], account=win.account or "", since=win.win_date, until=win.win_date, told={}, colleagues=colleagues
    )
    return None if found.shareable else next(iter(found.left_out), LeftOut(win.id, win.summary, "it has no account"))


def _why_not(win: Win, told: Mapping[int, date], recipient: Address | None, own_quotes: bool) -> str | None:
    if win.stance is Stance.DOUBT:
        return "it is a doubt, which stays inside for good"
    if win.stance is Stance.COMPLAINT:
        return "it is a complaint"
    if win.category == "olympics":
        return "User Olympics stay inside"
    if _is_our_own(win):
        return "it is the team's own milestone"
    if win.visibility is Visibility.PRIVATE:
        return "it is private"
    is_approved = win.visibility is Visibility.SHAREABLE and _by_a_person(win)
    # Whoever approved the words after reading them knows how they were meant, "#share" above a mail does not say so; for whom
    # they are is another question.
    if "account" in win.doubts:
        return "it is not certain yet whose news it is"
    if "stance" in win.doubts and not (is_approved and _after_reading(win)):
        return "it is not certain yet whether it is good news"
    if win.id in told:
        day = told[win.id]
        return f"already told on {day.day} {day:%B}"
    if is_approved and win.customer_text:
        return None
    # Of public words only what they say themselves counts; a colleague's remark does not take them back.
    if (
        cue_of_confidence(win.quote)
        if win.is_public
        else _was_confided(win) and not (is_approved and _only_waited(win))
    ):
        if cue_of_confidence(win.quote):
            return "it was told in confidence"
        if cue := cue_for_customer(win.note, win.internal_note):
            return f"a colleague wrote “{cue}”"
        return "a colleague's note asks for confidence"
    if is_approved or win.is_public:
        return None
    is_own = bool(
        recipient
        and recipient.address
        and win.contact
        and win.contact.address
        and win.contact.address.lower() == recipient.address.lower()
    )
    return None if own_quotes and is_own and win.quote else "it is not approved for sharing yet"


def _is_our_own(win: Win) -> bool:
    """A milestone that no customer spoke of and nobody wrote down for one."""
    return win.category == "milestone" and not win.quote and not win.customer_text


def _was_confided(win: Win) -> bool:
    """Whether the words, or what was noted about them, ask for silence: never offered, whatever its visibility says."""
    return cue_of_confidence(win.quote) is not None or cue_of_silence(win.note, win.internal_note) is not None


def _only_waited(win: Win) -> bool:
    """Nobody asked for confidence, a colleague only held it back from the customer: who says "share" later has lifted that."""
    return cue_of_confidence(win.quote, win.note, win.internal_note) is None and _after_reading(win)


def _after_reading(win: Win) -> bool:
    reason = win.reasons.get("visibility")
    return reason is None or reason.source is Source.PERSON


def _why_not_these_words(win: Win, colleagues: Sequence[str]) -> str | None:
    """A remark that a colleague wrote into or below the customer's words, which no mail program marks as hers."""
    if win.customer_text or not win.quote or win.is_public:
        return None
    if _is_by_an_outsider(win):
        # A prospect, an agency or a partner wrote it: the customer gets no letter of theirs to read.
        return (
            "it is not certain that somebody at the customer wrote it: name who said it, or give a sentence of your own"
        )
    name = remark_of(win.quote, colleagues, speaker=win.contact.name if win.contact and win.contact.name else "")
    return f"{name} seems to have written something into it, so it has no words for a customer yet" if name else None


def _is_by_an_outsider(win: Win) -> bool:
    reason = win.reasons.get("contact")
    return reason is not None and reason.is_guess


def remark_of(text: str, names: Sequence[str], *, speaker: str = "") -> str | None:
    """Who of *names* signed a line below others' words, or marked one inside them with a name or initials ("[GL: …]", ">> GL: …").

    Who shares a name with the *speaker* of the words is not looked for.
    """
    own = {n.casefold() for n in speaker.split()}
    for name in names:
        first, initials = _signed_with(name)
        # Nearly none of hundreds of colleagues is there, and to make a pattern of a name takes a thousand times as long as to look for it.
        if not first or (first not in text and (not initials or initials not in text)):
            continue
        parts = name.split()
        if not own.isdisjoint(n.casefold() for n in parts):
            continue
        who = "|".join(re.escape(n) for n in {name, first, initials} - {""})
        # Behind a full stop or on a line of its own it signs; behind a comma ("thank you, Ines") it is spoken to.
        signed = re.search(rf"(?:[.!?…)]\s+|\S\s*\n\s*)[-–—/*]*\s*(?:{who})\s*[.*]?\s*(?:$|\n)", text.rstrip())
        marked = re.search(rf"(?:^|[\n\[(<>*]|>>)\s*(?:{who})\s*:\s*\S", text)
        if signed or marked:
            return parts[0]
    return None


@lru_cache(maxsize=10_000)
def _signed_with(name: str) -> tuple[str, str]:
    """The least a colleague signs with: her first name, or her initials if she has two."""
    parts = name.split()
    initials = "".join(p[0] for p in parts if p[:1].isalpha()).upper()
    return parts[0] if parts else "", initials if len(initials) > 1 else ""


def _by_a_person(win: Win) -> bool:
    """Shareable only by a person's word, never by a guess."""
    reason = win.reasons.get("visibility")
    return reason is None or reason.source in (Source.PERSON, Source.STATED)


def _words(win: Win) -> ShareableWin | None:
    text = win.customer_text or win.quote
    if not text or not text.strip():
        return None
    is_quote = win.customer_text is None
    contact = win.contact if is_quote else None
    return ShareableWin(
        ref=win.id,
        happened_on=win.win_date,
        words=text.strip(),
        is_quote=is_quote,
        said_by=contact.name if contact else None,
        said_by_role=contact.role if contact else None,
        measures=find_measures(text),
    )


def _approvable(win: Win, why: str | None) -> str | None:
    """Words the CSM could approve: the customer's own, else the story without its internal part."""
    if (
        (win.stance is not Stance.PRAISE and win.stance is not Stance.NEUTRAL)
        or win.category == "olympics"
        or _is_our_own(win)
        or win.visibility is Visibility.PRIVATE
    ):
        return None
    if (why and why.startswith("already told")) or _was_confided(win):
        return None
    if win.quote and _is_by_an_outsider(win):
        return None
    return win.quote or (split_internal(win.note)[0] if win.note else None)
