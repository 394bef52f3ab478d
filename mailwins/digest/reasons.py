"""Reasons to say hello to an account, from facts alone: what it last told us, when it renews, which goal nobody spoke of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from mailwins.digest.wording import headline
from mailwins.model import Account, Stance, Win
from mailwins.outbox import fitted
from mailwins.render import counted, day, short_day, weekday

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
        who = f"{last.contact.name} told us" if last.contact and last.contact.name and last.quote else "we heard"
        return f"On {day(last.win_date)} {who}: “{fitted(headline(last), 110)}” Ask what became of it."
    if account.goals:
        return f"Their goal is “{fitted(account.goals[0], 90)}”. Nothing we know says how it stands: ask."
    return f"Nothing good was written down about them yet. {DOORS[sum(map(ord, account.name)) % len(DOORS)]}"


def renews_soon(account: Account, today: date) -> bool:
    return account.renewal_on is not None and 0 <= (account.renewal_on - today).days <= SOON_DAYS


def in_weeks(then: date, today: date) -> str:
    """ "today", "in 6 days", "in 5 weeks"."""
    left = (then - today).days
    if left <= 0:
        return "today"
    return f"in {counted(left, 'day')}" if left < 14 else f"in {left // 7} weeks"


def reason_to_greet(
    account: Account, last: Win | None, today: date, *, is_quiet: bool, told_below: Collection[int] = ()
) -> tuple[float, str] | None:
    """(how good a reason, the sentence) for one of a CSM's accounts; None where there is none today. *told_below*: wins that the same mail tells."""
    if last is not None and not is_quiet and 0 <= (today - last.win_date).days <= 8 and last.stance is not Stance.DOUBT:
        thanked = f"Thank {last.contact.name}" if last.contact and last.contact.name else "Thank them"
        if last.id in told_below:
            return 2.0 + last.value_effective / 10, f"{thanked} for {weekday(last.win_date)}’s good news, told below."
        return (
            2.0 + last.value_effective / 10,
            f"{thanked} for {short_day(last.win_date)}: “{fitted(headline(last), 90)}”",
        )
    if renews_soon(account, today) and account.renewal_on is not None:
        lead = f"They renew on {short_day(account.renewal_on)}, {in_weeks(account.renewal_on, today)}. "
        return 4.0 + is_quiet, lead + reason_to_ask(account, last, today)
    return (3.0, reason_to_ask(account, last, today)) if is_quiet else None
