"""``start receipts``: a receipt for every mail again."""

from __future__ import annotations

from mailwins.jobs.answering import Answering
from mailwins.jobs.commands.command import Command, settled
from mailwins.model import Member
from mailwins.ports import Settled


def answer(answering: Answering, rest: str, member: Member) -> Settled:
    return settled(
        answering,
        member,
        "Receipts are on",
        ["You get a receipt for every mail again."],
        preferences=((member.address, "receipts", "all"),),
    )


COMMAND = Command(
    "start receipts",
    r"(?:start|resume|send) (?:the |my |sending )?(?:receipts?|mails?|emails?|answers?)(?: again)?|all receipts",
    "start receipts",
    "a receipt for every mail again",
    answer,
)
