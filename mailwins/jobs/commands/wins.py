"""``wins Acme``: what is known of an account."""

from __future__ import annotations

from mailwins.jobs.answering import Answering
from mailwins.jobs.commands.command import Command, more_than_shown, rows_of, settled, span
from mailwins.model import Member, Win
from mailwins.ports import Settled, WinFilter
from mailwins.receipts.corrections import may_correct
from mailwins.render import counted
from mailwins.understanding.naming import named_with_period


def answer(answering: Answering, rest: str, member: Member) -> Settled | None:
    meant = named_with_period(rest, answering.desk.known().directory, answering.day)
    name, period = meant.account, meant.period
    took = [f"I could not read “{meant.unread}”, so these are all of them."] if meant.unread else []
    if isinstance(name, tuple) and len(name) == 1 and len(meant.words.split()) <= 4:
        (name,) = name
        took.append(f"I took “{meant.words}” for {name}.")
    if isinstance(name, tuple):
        return _which(answering, rest, name, member)
    first, last = (period.first, period.last) if period else (None, None)
    where = WinFilter(account=name, since=first, until=last)
    wins = [w for w in answering.desk.store.wins(where) if may_see(w, member)]
    if not wins:
        return settled(
            answering,
            member,
            f"No wins at {name} {span(period) if period else 'yet'}",
            [*took, "A question that opens the door: “What went better this month than last?”"],
        )
    return settled(
        answering,
        member,
        f"{counted(len(wins), 'win')} at {name}{f' {span(period)}' if period else ''}",
        [*took, *more_than_shown(wins)],
        rows=rows_of(wins, with_account=False),
        help_=f"“update {name}” drafts a mail for the customer.",
    )


def _which(answering: Answering, rest: str, close: tuple[str, ...], member: Member) -> Settled | None:
    """More words than an account has, and nothing near: it may be news."""
    if not close and len(rest.split()) > 4:
        return None
    hint = f" Close ones: {', '.join(close)}." if close else " If you meant a win, write a few words more."
    return settled(answering, member, "Which account?", [f"I know no account called “{rest}”.{hint}"])


def may_see(win: Win, member: Member) -> bool:
    return win.visibility.value != "private" or may_correct(member, win)


COMMAND = Command(
    "wins",
    r"(?:show |list )?(?:all )?wins(?: (?:for|of|at|from|about))?(?= )",
    "wins Acme",
    "what is known of an account",
    answer,
    takes="words",
)
