"""Deliver: what waits in the outbox, one recipient at a time.

A row says ``sending`` before SMTP speaks. A row found so after a crash is ``uncertain``: the
store queues an internal one once more with the same Message-ID; mail to a customer waits for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from mailwins.jobs.faults import Fault, no_fault
from mailwins.model import Delivery, OutboxState
from mailwins.outbox import next_attempt
from mailwins.ports import Outbox, OutgoingRow, Sender


@dataclass(frozen=True, slots=True)
class Delivered:
    sent: int = 0
    deferred: int = 0
    failed: int = 0
    uncertain: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a mail, for the outbox."""

    row_id: int
    delivery: Delivery
    at: datetime
    next_attempt_at: datetime | None


def deliver(
    outbox: Outbox,
    sender: Sender,
    *,
    envelope_from: str,
    now: Callable[[], datetime],
    worker: str,
    lease_s: float,
    spare: Collection[str] = (),
    is_stopping: Callable[[], bool] = lambda: False,
    unnoted: list[Ended] | None = None,
    fault: Fault = no_fault,
    progress: Callable[[OutgoingRow, Delivery], None] | None = None,
) -> Delivered:
    """Send what is due until nothing is, or *is_stopping*. Raises ServerError when the server cannot be used at all.

    *spare*: other workers that are known to live, so what they hold is no crash's remains, whatever the clock says.
    *unnoted*: what the database could not take at the last pass, when it was full, locked or gone; it comes first, since
    a mail of which nobody noted that it was sent would be sent again.
    """
    unnoted = [] if unnoted is None else unnoted
    note(outbox, unnoted, worker)
    outbox.recover_outgoing(now=now(), worker=worker, lease_s=lease_s, spare=spare)
    tally = dict.fromkeys(OutboxState, 0)
    while not is_stopping():
        row = outbox.claim_outgoing(now=now(), worker=worker, lease_s=lease_s)
        if row is None:
            break
        fault("deliver.claimed")
        try:
            delivery = sender.send(row.mail, envelope_from=envelope_from)
        except Exception as error:
            # The server as a whole is unusable: nothing was said about this mail, so it waits for the next pass.
            unnoted.append(Ended(row.id, Delivery(OutboxState.QUEUED, str(error)), now(), row.next_attempt_at))
            note(outbox, unnoted, worker)
            raise
        fault("deliver.sent")
        delivery, again_at = _verdict(delivery, row, now())
        unnoted.append(Ended(row.id, delivery, now(), again_at))
        note(outbox, unnoted, worker)
        fault("deliver.finished")
        tally[delivery.state] += 1
        if progress:
            progress(row, delivery)
    return Delivered(
        tally[OutboxState.SENT], tally[OutboxState.DEFERRED], tally[OutboxState.FAILED], tally[OutboxState.UNCERTAIN]
    )


def note(outbox: Outbox, ended: list[Ended], worker: str) -> None:
    """Write down and take out of *ended*, one by one; what cannot be written stays there."""
    while ended:
        one = ended[0]
        outbox.finish_outgoing(one.row_id, one.delivery, at=one.at, next_attempt_at=one.next_attempt_at, worker=worker)
        del ended[0]


def _verdict(delivery: Delivery, row: OutgoingRow, now: datetime) -> tuple[Delivery, datetime | None]:
    if delivery.state is not OutboxState.DEFERRED:
        return delivery, None
    again_at = next_attempt(row.attempts, row.created_at, now)
    if again_at is None:
        return Delivery(
            OutboxState.FAILED, f"given up after {row.attempts} attempts: {delivery.reply}", delivery.code
        ), None
    return delivery, again_at
