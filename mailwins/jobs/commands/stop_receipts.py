"""``stop receipts``: only questions and problems from now on."""

from __future__ import annotations

from mailwins.jobs.answering import Answering
from mailwins.jobs.commands.command import Command, settled
from mailwins.model import Member
from mailwins.ports import Settled


def answer(answering: Answering, rest: str, member: Member) -> Settled:
    lines = [
        "From now on I write to you only when something is unclear. “start receipts” brings them all back, “no receipts” silences even the questions."
    ]
    return settled(answering, member, "Fewer receipts", lines, preferences=((member.address, "receipts", "questions"),))


COMMAND = Command(
    "stop receipts",
    r"(?:stop|fewer|less|pause) (?:the |my |sending (?:me )?|these )?(?:receipts?|mails?|emails?|answers?)|only questions",
    "stop receipts",
    "only questions and problems from now on",
    answer,
)
