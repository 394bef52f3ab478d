"""A customer update that could not be delivered: nobody read it, so nothing was told, and its CSM hears of it at once."""

from __future__ import annotations

from datetime import datetime

from mailwins.jobs import releasing
from mailwins.jobs.desk import Desk
from mailwins.model import Address, OutboxState
from mailwins.outbox import fitted
from mailwins.receipts import compose

KIND = "update-returned"


def tell_of_returned(desk: Desk, now: datetime) -> int:
    """How many mails were queued: one for each update that was refused or came back, however often it is asked."""
    count = 0
    for row in desk.store.outgoing(kind=releasing.KIND, state=OutboxState.FAILED):
        record = desk.store.update_of_token(row.mail.cause)
        member = desk.known().directory.member(record.drafted_for) if record else None
        if record is None or member is None or record.state != "sent":
            continue
        heading = f"Your update for {record.account} did not arrive"
        why = f" Their server said: {fitted(row.reply, 200)}" if row.reply else ""
        lines = [
            f"“{record.subject}” could not be delivered to {row.mail.recipient}.{why}",
            f"Nothing in it counts as told. With the right address, ask again: “update {record.account}”, then “send to name@customer.example”.",
        ]
        view = compose.answer(heading, lines, desk.scene(now), why="You get this because you let me send it for you.")
        letter = desk.letter(
            "receipt",
            view,
            kind=KIND,
            cause=record.token,
            to=Address(member.name, member.address),
            subject=heading,
            now=now,
        )
        count += desk.store.not_sent(record.token, letter, now)
    return count
