"""What members ask wins@ for by mail. A new command is one file here and its name in ``COMMANDS``; ``help`` is made from them."""

from __future__ import annotations

from mailwins.jobs.answering import Answering
from mailwins.jobs.commands import (
    help,
    meeting,
    my_wins,
    no_receipts,
    one_on_one,
    qbr,
    question,
    quiet,
    report,
    snooze,
    start_receipts,
    stop_digest,
    stop_receipts,
    undo,
    update,
    wins,
)
from mailwins.jobs.commands.command import Command, Found, find
from mailwins.model import Decoded, Ignored, Kind, Submission
from mailwins.ports import Settled

_OTHERS: tuple[Command, ...] = (
    my_wins.COMMAND,
    wins.COMMAND,
    update.COMMAND,
    qbr.COMMAND,
    undo.COMMAND,
    quiet.COMMAND,
    snooze.COMMAND,
    one_on_one.COMMAND,
    meeting.COMMAND,
    report.COMMAND,
    # "stop receipts" before "stop sales": the first that fits is taken.
    stop_receipts.COMMAND,
    no_receipts.COMMAND,
    start_receipts.COMMAND,
    stop_digest.STOP,
    stop_digest.START,
)
COMMANDS: tuple[Command, ...] = (help.about(_OTHERS), *_OTHERS)


def find_command(subject: str | None, text: str | None) -> Found | None:
    return find(COMMANDS, subject, text)


def answer(answering: Answering, decoded: Decoded) -> Settled | None:
    """None when the mail is no command, or its sender is no member."""
    read = decoded.read
    if (
        isinstance(read, Ignored)
        and read.reason == "empty"
        and not (decoded.message.attachments or decoded.message.attached)
    ):
        # Only a subject: no news, but it may be all that a command needs.
        read = Submission(Kind.NOTE, "subject", decoded.message.author)
    if (
        not isinstance(read, Submission)
        or read.kind not in (Kind.NOTE, Kind.REPLY)
        or any(q.author.address for q in read.originals if read.kind is Kind.NOTE)
    ):
        return None
    if (
        read.kind is Kind.REPLY
        and answering.message.to
        and any((p.address or "").lower() not in answering.policy.own_addresses for p in answering.message.to)
    ):
        return None
    words = read.note_raw or read.note
    found = find_command(None if read.kind is Kind.REPLY else answering.message.subject, words)
    asks = (words or answering.message.subject or "") if read.kind is Kind.NOTE and not read.attachments else ""
    if found is None and (read.labels.fields or not question.is_question(asks)):
        return None
    admission = answering.admission(decoded)
    if admission.member is None or admission.outcome is not None:
        return None
    if found is None:
        return question.answer(answering, asks, admission.member)
    return found.command.answer(answering, found.rest, admission.member)
