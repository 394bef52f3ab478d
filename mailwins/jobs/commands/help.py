"""``help``: the list of all commands."""

from __future__ import annotations

from collections.abc import Sequence

from mailwins.jobs.answering import Answering
from mailwins.jobs.commands.command import Command, settled
from mailwins.model import Member
from mailwins.ports import Settled

_SELF = ("help", "this list")


def about(commands: Sequence[Command]) -> Command:
    """The command that lists itself and *commands*."""
    rows = [_SELF, *((c.example, c.does) for c in commands)]

    def answer(answering: Answering, rest: str, member: Member) -> Settled:
        lines = [
            "Forward a customer's mail to me, or write a line about something good. These I understand as well, as the subject or the first line:"
        ]
        return settled(
            answering,
            member,
            "What you can ask",
            lines,
            rows=rows,
            help_="Any receipt can be corrected by replying in plain words.",
        )

    return Command(
        "help",
        r"help(?: me)?|commands|what can (?:you do|i (?:ask|write|say))|hilfe|aide|ayuda|hulp|\?",
        *_SELF,
        answer,
    )
