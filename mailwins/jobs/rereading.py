"""Judging a kept mail once more: with better code, or with what a person has said about it since."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailwins.errors import FileLost
from mailwins.jobs import splitting
from mailwins.jobs.answering import earlier_of
from mailwins.jobs.desk import Desk
from mailwins.model import Change, Decoded, InboundMessage, Kind, Labels, Member, Outcome, Source, Submission, Win
from mailwins.ports import KeptMail, ReadFailure, Settled
from mailwins.understanding import Facts, Judgement, judge, wanted

# Fields that better code may improve, with the reason that guards them.
REREAD = (
    "account",
    "win_date",
    "summary",
    "quote",
    "note",
    "internal_note",
    "contact",
    "category",
    "value",
    "value_effective",
    "cause",
    "factors",
    "features",
    "measures",
    "expected",
    "experienced",
    "urls",
    "attachments",
    "stance",
    "praised",
    "csm",
    "doubts",
)


def judge_again(
    desk: Desk, mail: KeptMail, *, labels: Sequence[tuple[str, str]] = (), now: datetime, member: Member | None = None
) -> tuple[Judgement, Decoded] | ReadFailure:
    """*labels*: what a person states now, as if the sender had written it. *member*: whose mail it counts as, proven or not."""
    if not desk.raws.has(mail.sha256):
        return ReadFailure("failed", "the mail itself was purged")
    try:
        raw = desk.raws.read(mail.sha256)
    except FileLost as lost:
        return ReadFailure("failed", str(lost))
    found = desk.reading.read(raw)
    if isinstance(found, ReadFailure):
        return found
    known = desk.known()
    policy = known.policy
    if labels or member:
        policy = replace(policy, trust="off")
    message: InboundMessage = found.message
    read = found.read
    if isinstance(read, Submission) and labels:
        read = stated(read, labels)
    if isinstance(read, Submission) and member is not None:
        author = replace(message.author, address=member.address, name=member.name)
        message = replace(message, authors=(author,), author_is_plain=True)
        read = replace(read, submitter=author)
    decoded = Decoded(message, read)
    # Its own delivery is no repetition of itself.
    keys = [k for k in wanted(decoded) if k[0] != "delivery"]
    return judge(
        decoded, Facts(known.directory, policy, mail.sha256, mail.arrived_at, now, earlier_of(desk, mail.sha256, keys))
    ), decoded


def stated(read: Submission, labels: Sequence[tuple[str, str]]) -> Submission:
    """The submission as if its sender had stated *labels* from the beginning."""
    keys = {k for k, _ in labels}
    merged = Labels((*labels, *(f for f in read.labels.fields if f[0] not in keys)), read.labels.tags)
    stories = tuple(
        replace(s, labels=Labels((*labels, *(f for f in s.labels.fields if f[0] not in keys)), s.labels.tags))
        for s in read.stories
    )
    return replace(read, labels=merged, stories=stories)


def settle_by_hand(
    desk: Desk, mail: KeptMail, *, account: str | None, member: str | None, now: datetime, worker: str
) -> tuple[Win, ...]:
    """A person decided about a mail of the tray; its new wins, or none when it still says nothing."""
    directory = desk.known().directory
    someone = directory.member(member) if member else None
    again = judge_again(desk, mail, labels=(("account", account),) if account else (), now=now, member=someone)
    if isinstance(again, ReadFailure):
        return ()
    judged, _ = again
    if judged.outcome is not Outcome.WIN or not judged.wins:
        return ()
    wins = desk.numbered(judged.wins)
    desk.store.settle(
        Settled(
            mail.sha256,
            Outcome.WIN,
            None,
            now,
            kind=judged.kind.value if judged.kind else mail.kind,
            sender=mail.sender,
            subject=mail.subject,
            message_id=mail.message_id,
            sent_at=mail.sent_at,
            note=mail.note,
            wins=wins,
            refs=judged.refs,
            contacts=judged.contacts,
            proof=mail.proof,
        )
    )
    desk.store.resolve_mail(mail.sha256)
    desk.learned()
    return wins


@dataclass(frozen=True, slots=True)
class Difference:
    """What a mail is by today's code beside what is stored. *fields*: (win number, field, stored, now)."""

    mail: KeptMail
    outcome: tuple[str, str] | None
    fields: tuple[tuple[int, str, str, str], ...]
    better: tuple[Win, ...] = ()


def reread(desk: Desk, mails: Sequence[KeptMail], *, now: datetime) -> Iterator[Difference | None]:
    """One per mail, None where nothing differs. What a person set, or what was published or told, stays as it is."""
    told = desk.store.published_win_ids()
    for mail in mails:
        if (
            mail.outcome is None
            or mail.kind in (Kind.CORRECTION.value, Kind.COMMAND.value, Kind.THANKS.value)
            or mail.reason in ("congratulation", "command", "correction", "update_sent", "update_not_sent")
        ):
            yield None
            continue
        again = judge_again(desk, mail, now=mail.read_at or now)
        if isinstance(again, ReadFailure):
            yield None
            continue
        judged, _ = again
        stored = {w.ordinal: w for w in reversed(desk.store.wins_of_mail(mail.sha256)) if w.mail == mail.sha256}
        outcome = None
        if judged.outcome is not mail.outcome and not (mail.duplicate_of or mail.is_resolved):
            outcome = (f"{mail.outcome} {mail.reason or ''}".strip(), f"{judged.outcome} {judged.reason or ''}".strip())
        fields: list[tuple[int, str, str, str]] = []
        better: list[Win] = []
        for new in judged.wins:
            old = stored.get(new.ordinal)
            if old is None:
                continue
            changed = improved(
                old, new, is_told=old.id in told or bool(_told(desk, old)), kept=_parted(desk, old, stored.values())
            )
            diff = [
                (old.id, f, _text(getattr(old, f)), _text(getattr(changed, f)))
                for f in REREAD
                if getattr(old, f) != getattr(changed, f)
            ]
            if diff:
                fields += diff
                better.append(changed)
        yield Difference(mail, outcome, tuple(fields), tuple(better)) if outcome or fields else None


def _told(desk: Desk, win: Win) -> bool:
    return bool(win.account and win.id in desk.store.told(win.account))


def _parted(desk: Desk, win: Win, others: Collection[Win]) -> frozenset[str]:
    """Of a mail that a person took apart, what each part says for itself: read as a whole it would be put together again."""
    there = {w.id for w in others if not w.is_deleted}
    parts = {i for c in desk.store.history(win.id) if c.field == splitting.PARTS for i in splitting.part_ids(c)}
    return frozenset({*splitting.OF_A_PART, "internal_note", "attachments", "doubts"}) if parts & there else frozenset()


def improved(old: Win, new: Win, *, is_told: bool, kept: frozenset[str] = frozenset()) -> Win:
    """*old* with every field of *new* that nobody set by hand and that is none of *kept*; unchanged if it was published or told."""
    if is_told or old.is_deleted:
        return old
    is_whole = "doubts" not in kept
    kept |= {f for f, r in old.reasons.items() if r.source is Source.PERSON}
    if "category" in kept or "value" in kept:
        kept |= {"value_effective"}
    if "account" in kept:
        kept |= {"csm"}
    values = {f: getattr(new, f) for f in REREAD if f not in kept and f != "doubts"}
    # A question that was settled is not opened again unless the answer to it has changed.
    values["doubts"] = (
        tuple(
            d
            for d in new.doubts
            if d not in kept and (d in old.doubts or getattr(old, d, None) != getattr(new, d, None))
        )
        if is_whole
        else old.doubts
    )
    reasons = {**new.reasons, **{f: r for f, r in old.reasons.items() if f in kept}}
    return replace(old, reasons=reasons, **values)


def apply(desk: Desk, difference: Difference, *, now: datetime) -> None:
    """Write the better values, each with its line of history."""
    changes = [
        Change(number, now, "mailwins", "reread", field, old or None, new or None)
        for number, field, old, new in difference.fields
    ]
    desk.store.save_wins(difference.better, changes)


def _text(value: object) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        return ", ".join(getattr(v, "filename", None) or str(v) for v in value)
    name = getattr(value, "name", None)
    address = getattr(value, "address", None)
    if name is not None or address is not None:
        return f"{name or ''} <{address or ''}>"
    return str(value)
