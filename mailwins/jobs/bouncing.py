"""A mail of ours came back: its row in the outbox learns it, and an address that does not exist is written to no more."""

from __future__ import annotations

from mailwins.jobs.answering import Answering
from mailwins.model import Decoded, Ignored, Outcome
from mailwins.outbox import is_ours
from mailwins.ports import Settled


def answer(answering: Answering, decoded: Decoded) -> Settled | None:
    """None when the mail is no report about a mail we sent: only a signed Message-ID of ours counts, and only for the person it went to."""
    report = decoded.message.report
    if (
        not isinstance(decoded.read, Ignored)
        or decoded.read.reason != "bounce"
        or report is None
        or answering.mail.is_silent
    ):
        return None
    id_ = report.message_id
    if id_ is None or not is_ours(id_, key=answering.desk.key):
        return None
    row = answering.desk.store.outgoing_by_message_id(id_)
    if row is None:
        return None
    failure = next((f for f in report.failures if f.recipient == row.mail.recipient.lower()), None)
    if failure is None:
        return None
    return answering.base(Outcome.IGNORED, "bounce", bounced=((row.mail.message_id, failure.status, failure.words),))
