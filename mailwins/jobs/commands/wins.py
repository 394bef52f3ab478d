"""``wins Acme``: what is known of an account."""

from __future__ import annotations

from mailwins.jobs.answering import Answering
from mailwins.jobs.commands.command import Command, more_than_shown, rows_of, settled
from mailwins.model import Member, Win
from mailwins.ports import Settled, WinFilter
from mailwins.receipts.corrections import may_correct
from mailwins.render import counted
from mailwins.understanding.naming import named


def answer(answering: Answering, rest: str, member: Member) -> Settled | None:
    name = named(rest, answering.desk.known().directory)
    took: list[str] = []
    if isinstance(name, tuple) and len(name) == 1 and len(rest.split()) <= 4:
        (name,) = name
        took = [f"I took “{rest}” for {name}."]
    if isinstance(name, tuple):
        return _which(answering, rest, name, member)
    wins = [w for w in answering.desk.store.wins(WinFilter(account=name)) if may_see(w, member)]
    if not wins:
        return settled(
            answering,
            member,
            f"No wins at {name} yet",
            [*took, "A question that opens the door: “What went better this month than last?”"],
        )
    return settled(
        answering,
        member,
        f"{counted(len(wins), 'win')} at {name}",
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
