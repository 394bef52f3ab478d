"""Reasons to say hello to an account, from facts alone: what it last told us, when it renews, which goal nobody spoke of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from mailwins.digest.wording import headline
from mailwins.model import Account, Stance, Win
from mailwins.outbox import fitted
from mailwins.render import counted, short_day, weekday

SOON_DAYS = 90
# One of them for an account nobody wrote about yet: the same each week, so that it can be asked and is not asked by all at once.
DOORS = (
    "“What went better this month than last?”",
    "“What would your team miss first if we were gone tomorrow?”",
    "“What did you expect from us in spring, and what came true?”",
    "“Who in your company uses it most, and for what?”",
    "“What takes you less time now than a year ago?”",
)


def reason_to_ask(account: Account, last: Win | None, today: date) -> str:
    """One sentence or two for a quiet account: something she can begin a conversation with."""
    if last is not None and last.stance is not Stance.DOUBT:
        who = f"{last.contact.name} told us" if last.contact and last.contact.name and _is_said(last) else "we heard"
        when = short_day(last.win_date) + (f" {last.win_date.year}" if (today - last.win_date).days > 300 else "")
        return f"On {when} {who}: {_quoted(last, 110)} Ask what became of it."
    if account.goals:
        return f"Their goal is “{fitted(account.goals[0], 90)}”. Nothing we know says how it stands: ask."
    return f"Nothing good was written down about them yet. {DOORS[sum(map(ord, account.name)) % len(DOORS)]}"


def _is_said(win: Win) -> bool:
    """Whether its line is in their own words, so that it may be called theirs."""
    line = " ".join(headline(win).rstrip("….!? ").casefold().split())
    return bool(line) and line in " ".join((win.quote or "").casefold().split())


def _quoted(win: Win, limit: int) -> str:
    """Its line as a sentence of its own within ours."""
    line = fitted(headline(win), limit)
    return f"“{line}”" if line[-1:] in ".!?…" else f"“{line}”."


def renews_soon(account: Account, today: date) -> bool:
    return account.renewal_on is not None and 0 <= (account.renewal_on - today).days <= SOON_DAYS


def in_weeks(then: date, today: date) -> str:
    """ "today", "in 6 days", "in 5 weeks"."""
    left = (then - today).days
    if left <= 0:
        return "today"
    return f"in {counted(left, 'day')}" if left < 14 else f"in {left // 7} weeks"


def reason_to_greet(
    account: Account, last: Win | None, today: date, *, silent: int | None = None, told_below: Collection[int] = ()
) -> tuple[float, str] | None:
    """(how good a reason, the sentence) for one of a CSM's accounts; None where there is none today. *silent*: for how many days it was too quiet, None when it was not, -1 when there never was a word. *told_below*: wins that the same mail tells."""
    is_quiet = silent is not None
    if last is not None and not is_quiet and 0 <= (today - last.win_date).days <= 8 and last.stance is not Stance.DOUBT:
        thanked = f"Thank {last.contact.name}" if last.contact and last.contact.name else "Thank them"
        # A week ago and more, a weekday alone would be taken for the last one.
        is_recent = (today - last.win_date).days <= 6
        when = f"{weekday(last.win_date)}’s good news" if is_recent else f"the good news of {short_day(last.win_date)}"
        told = ", told below." if last.id in told_below else f": {_quoted(last, 90)}"
        return 2.0 + last.value_effective / 10, f"{thanked} for {when}{told}"
    if renews_soon(account, today) and account.renewal_on is not None:
        lead = f"They renew on {short_day(account.renewal_on)}, {in_weeks(account.renewal_on, today)}. "
        return 4.0 + is_quiet, lead + _silence(silent) + reason_to_ask(account, last, today)
    return (3.0, _silence(silent) + reason_to_ask(account, last, today)) if is_quiet else None


def _silence(days: int | None) -> str:
    return f"No win for {counted(days, 'day')}. " if days is not None and days > 0 else ""
