"""``no receipts``: not even questions."""

from __future__ import annotations

from mailwins.jobs.answering import Answering
from mailwins.jobs.commands.command import Command, settled
from mailwins.model import Member
from mailwins.ports import Settled


def answer(answering: Answering, rest: str, member: Member) -> Settled:
    lines = [
        "This is the last one: your mails are kept and read as before, and nothing is answered, not even where something is unclear. What you ask for, such as “wins Acme”, still comes. “start receipts” brings the rest back."
    ]
    return settled(answering, member, "No receipts", lines, preferences=((member.address, "receipts", "none"),))


COMMAND = Command(
    "no receipts",
    r"no (?:more )?receipts(?: at all)?|stop all receipts",
    "no receipts",
    "nothing at all, not even questions",
    answer,
)
