"""Read: one kept mail, from bytes to its outcome, its wins and its receipt, settled in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailwins.errors import Conflict, MailwinsError
from mailwins.jobs import bouncing, commands, replying, telling
from mailwins.jobs.answering import Answering, earlier_of
from mailwins.jobs.desk import Desk
from mailwins.jobs.faults import Fault, no_fault
from mailwins.model import Attachment, Decoded, Ignored, InboundMessage, Kind, Outcome, Submission
from mailwins.ports import KeptMail, ReadFailure, Settled
from mailwins.understanding import Facts, Judgement, judge, wanted

HEAD_BYTES = 256_000
AGAIN_AFTER = timedelta(seconds=5)
TROUBLES = 5
CONFLICTS = 50


@dataclass(frozen=True, slots=True)
class Done:
    """What one mail came to."""

    mail: KeptMail
    settled: Settled


def read_all(
    desk: Desk,
    *,
    now: Callable[[], datetime],
    worker: str,
    is_stopping: Callable[[], bool] = lambda: False,
    fault: Fault = no_fault,
    progress: Callable[[Done], None] | None = None,
) -> int:
    """Everything that waits; how many mails were settled. One mail's trouble is raised only after the others were read."""
    count = 0
    troubles: list[Exception] = []
    while not is_stopping():
        try:
            done = read_next(desk, now=now(), worker=worker, fault=fault)
        except MailwinsError:
            raise
        except Exception as error:
            troubles.append(error)
            if len(troubles) >= TROUBLES:
                break
            continue
        if done is None:
            break
        count += 1
        if progress:
            progress(done)
    if troubles:
        raise troubles[0]
    return count


def read_next(desk: Desk, *, now: datetime, worker: str, fault: Fault = no_fault) -> Done | None:
    """The oldest waiting mail; None when nothing waits.

    A mail that cannot be read is given back with its error, to be tried again a little later. What
    hinders every mail (a full disk, a locked database) counts as no attempt of this one.
    """
    limits = desk.config.limits
    while mail := desk.store.claim_mail(now=now, worker=worker, lease_s=limits.lease_s, max_attempts=limits.attempts):
        fault("read.claimed")
        try:
            settled = _settled(desk, mail, now=now, worker=worker, fault=fault)
        except Exception as error:
            desk.refresh()
            words = f"{type(error).__name__}: {error}"
            if isinstance(error, MailwinsError) and desk.raws.has(mail.sha256):
                desk.store.release_mail(mail.sha256, worker=worker)
                raise
            if mail.attempts < limits.attempts:
                desk.store.release_mail(mail.sha256, words, worker=worker, not_before=now + AGAIN_AFTER * mail.attempts)
                raise
            settled = Settled(mail.sha256, Outcome.QUARANTINED, "failed", now, error=words[:500])
            if not desk.store.settle(settled, worker=worker):
                continue
        if settled is None:
            # Our lease ran out and somebody else took the mail over: what they decide counts.
            continue
        if settled.contacts or settled.examples:
            desk.learned([replace(c, learned=True) for c in settled.contacts], is_more=bool(settled.examples))
        fault("read.settled")
        return Done(mail, settled)
    return None


def _settled(desk: Desk, mail: KeptMail, *, now: datetime, worker: str, fault: Fault) -> Settled | None:
    """Decided and written; None when the mail is not ours any more."""
    for _ in range(CONFLICTS):
        settled = decide(desk, mail, now=now, fault=fault, is_last_attempt=mail.attempts >= desk.config.limits.attempts)
        if mail.is_silent:
            # From an archive: nobody is answered, whatever the mail asked for when it was written, and
            # its wins count from the day it came, so that no digest of today is flooded with old news.
            wins = tuple(replace(w, captured_at=min(w.captured_at, mail.arrived_at)) for w in settled.wins)
            settled = replace(settled, outgoing=(), questions=(), wins=wins)
        fault("read.judged")
        try:
            return settled if desk.store.settle(settled, worker=worker) else None
        except Conflict:
            # Another worker stored the same win a moment ago: look again, now it is known.
            desk.refresh()
    raise RuntimeError(f"somebody else was first {CONFLICTS} times")


def decide(
    desk: Desk, mail: KeptMail, *, now: datetime, fault: Fault = no_fault, is_last_attempt: bool = True
) -> Settled:
    """Everything that follows from one mail; nothing is written but attachments, which are files named by their content.

    Raises RuntimeError when reading failed for a reason that may pass and this is not the last attempt.
    """
    if mail.size_bytes > desk.config.limits.read_bytes:
        return _unread(
            desk, mail, ReadFailure("over_limit", f"{mail.size_bytes:,} bytes are more than limits.read_bytes"), now
        )
    raw = desk.raws.read(mail.sha256)
    found = desk.reading.read(raw)
    fault("read.decoded")
    if isinstance(found, ReadFailure):
        if found.may_pass and not is_last_attempt:
            raise RuntimeError(found.error)
        return _unread(desk, mail, found, now)
    return _understand(desk, mail, found, now)


def _understand(desk: Desk, mail: KeptMail, decoded: Decoded, now: datetime) -> Settled:
    known = desk.known()
    answering = Answering(desk, mail, decoded.message, now)
    # The copy of a customer update comes before answers: it may be written as one, and it must never become a win.
    for conversation in (bouncing.answer, telling.sent_copy, replying.answer, commands.answer):
        settled = conversation(answering, decoded)
        if settled is not None:
            return settled
    earlier = earlier_of(desk, mail.sha256, wanted(decoded))
    judged = judge(decoded, Facts(known.directory, known.policy, mail.sha256, mail.arrived_at, now, earlier))
    judged = replace(judged, wins=telling.linked(desk, decoded, judged.wins))
    _keep_files(desk, decoded.message, judged)
    return answering.settle(judged, decoded)


def _keep_files(desk: Desk, message: InboundMessage, judged: Judgement) -> None:
    """Attachments of wins become files of their own, so that a digest can show them without reading the mail again."""
    wanted_ = {a.sha256 for w in judged.wins for a in w.attachments}
    if not wanted_:
        return
    for file in files_of(message):
        if file.sha256 in wanted_ and file.content is not None and not desk.raws.has(file.sha256):
            desk.raws.keep([file.content])


def files_of(message: InboundMessage) -> list[Attachment]:
    found = list(message.attachments)
    for inner in message.attached:
        found += files_of(inner)
    return found


def _unread(desk: Desk, mail: KeptMail, failure: ReadFailure, now: datetime) -> Settled:
    """Too large, too tangled or broken: what its head says decides who hears of it."""
    head = _head(desk, mail)
    answering = Answering(desk, mail, head.message if head else InboundMessage(), now)
    return answering.settle_failure(failure.reason, failure.error, head)


def _head(desk: Desk, mail: KeptMail) -> Decoded | None:
    """The header section alone, read as a mail without body."""
    with open(desk.raws.path(mail.sha256), "rb") as file:
        start = file.read(HEAD_BYTES)
    head = start.split(b"\r\n\r\n", 1)[0].split(b"\n\n", 1)[0]
    plain = b"\r\n".join(
        line
        for line in head.replace(b"\r\n", b"\n").split(b"\n")
        if not line.lower().startswith((b"content-", b"mime-version"))
    )
    found = desk.reading.read(plain + b"\r\n\r\n")
    if isinstance(found, ReadFailure):
        return None
    # Its body was not seen, so it is nobody's empty mail.
    return Decoded(
        found.message,
        found.read
        if isinstance(found.read, Ignored) and found.read.reason != "empty"
        else Submission(Kind.NOTE, "head", found.message.author),
    )
