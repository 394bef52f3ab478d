"""A member answers one of our mails, or her own submission: a correction, an answer to our question, a thank-you."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mailwins.jobs import editing, reporting, splitting, updating
from mailwins.jobs.answering import Answering, earlier_of
from mailwins.jobs.publish import DRAFT
from mailwins.model import Address, Decoded, Ignored, Kind, Labels, Member, Outcome, Story, Submission, Win
from mailwins.outbox import fitted, is_ours
from mailwins.ports import KeptMail, OutgoingRow, ReadFailure, Settled
from mailwins.receipts import compose
from mailwins.receipts.commands import find_command
from mailwins.receipts.corrections import Corrected, correct, may_correct
from mailwins.receipts.questions import pick
from mailwins.receipts.views import Changed
from mailwins.receipts.wishes import Reply
from mailwins.understanding import Facts, judge, wanted

OF_RECEIPTS = ("receipt", "receipt-collected", "answer")
OF_EDITIONS = ("edition", "announcement", "monday")
SPLIT = "I can only take apart a note whose parts stand in paragraphs or lines of their own. For this one: send each part as a line of its own, then reply “not a win” to this one."


def answer(answering: Answering, decoded: Decoded) -> Settled | None:
    """None when the mail answers nothing of ours, or its sender may not."""
    read = decoded.read
    if not isinstance(read, Submission):
        # Only a file, nothing typed: an addition to what it answers.
        if not (isinstance(read, Ignored) and read.reason == "empty" and decoded.message.attachments):
            return None
        read = Submission(Kind.REPLY, "reply", decoded.message.author, attachments=decoded.message.attachments)
    row = _answered_mail(answering)
    member = answering.admission(decoded).member
    if member is None or answering.admission(decoded).outcome is not None:
        return None
    if row is not None:
        if row.mail.kind == "update":
            return updating.answer(answering, decoded, row, member)
        if row.mail.kind in OF_RECEIPTS:
            return _to_receipt(answering, read, row, member)
        if row.mail.kind == DRAFT:
            return editing.answer(answering, own_words(read), row, member)
        if row.mail.kind in OF_EDITIONS:
            return _to_edition(answering, read, row, member)
        return None
    return _to_own_mail(answering, read, member)


def _answered_mail(answering: Answering) -> OutgoingRow | None:
    """The newest of our mails that it names in In-Reply-To or References."""
    message = answering.message
    for id_ in dict.fromkeys((*message.in_reply_to, *reversed(message.references))):
        if is_ours(id_, key=answering.desk.key) and (row := answering.desk.store.outgoing_by_message_id(id_)):
            return row
    return None


def own_words(read: Submission) -> str:
    return (read.note_raw or read.note or "").strip()


# ---------------------------------------------------------------- to a receipt


def _to_receipt(answering: Answering, read: Submission, row: OutgoingRow, member: Member) -> Settled | None:
    store = answering.desk.store
    wins = [w for i in row.mail.win_ids if (w := store.win(i))]
    question = store.open_question(row.mail.cause, member.address) or store.open_question(row.mail.cause, row.mail.recipient)
    asked, options = (question.asked, question.options) if question else (None, ())
    reply = answering.read_reply(own_words(read), member, asked=asked, options=options, win_ids=tuple(w.id for w in wins))
    if not wins:
        held = store.mail(row.mail.cause) if len(row.mail.cause) == 64 else None
        if held is not None and held.outcome is Outcome.QUARANTINED and not held.is_resolved:
            return _resolve(answering, read, reply, held, member)
        return _only_thanks(answering, reply)
    if (only := _only_thanks(answering, reply)) and not read.attachments:
        return only
    return _correct(answering, read, reply, wins, member, answered=row.mail.cause if question else None, asked=asked, asked_win=question.win_id if question else None)


def _only_thanks(answering: Answering, reply: Reply) -> Settled | None:
    if reply.wishes and all(w.verb == "thanks" for w in reply.wishes) and not reply.left:
        return answering.base(Outcome.IGNORED, "congratulation", kind=Kind.THANKS.value)
    return None


def _correct(answering: Answering, read: Submission, reply: Reply, wins: Sequence[Win], member: Member, *, answered: str | None, asked: str | None = None, asked_win: int | None = None) -> Settled:
    desk = answering.desk
    known = desk.known()
    written: datetime = answering.message.date or answering.mail.arrived_at
    done: Corrected = correct(
        reply, wins, by=member, directory=known.directory, categories=known.policy.categories, now=answering.now, written=written.date(),
        history={w.id: desk.store.history(w.id) for w in wins}, attachments=tuple(replace(a, content=None) for a in read.attachments), asked_win=asked_win,
    )  # fmt: skip
    for file in read.attachments:
        if file.content is not None and not desk.raws.has(file.sha256):
            desk.raws.keep([file.content])
    after = {w.id: w for w in done.wins}
    shown = [after.get(w.id, w) for w in wins]
    parted = splitting.split(answering, shown[0], member) if done.splits and len(shown) == 1 and may_correct(member, shown[0]) else None
    new_wins: tuple[Win, ...] = ()
    if parted is not None:
        first, history, new_wins = parted
        done = replace(done, wins=(first,), changes=(*done.changes, *history), splits=False)
        shown = [first, *new_wins]
    told = tuple(Changed(t.label, t.old, t.new or "nothing") for t in done.told)
    told += tuple(Changed("Split off", None, f"{w.id}: {w.summary}") for w in new_wins)
    next_question = pick([w for w in shown if not w.is_deleted], known.policy.categories, answering.recently_asked(member) | ({asked} if asked else set())) if told and any(w.doubts for w in shown) else None
    problems = (*done.problems, *((SPLIT,) if done.splits else ()))
    view = compose.corrected(told, problems, shown, member, answering.scene, asked=next_question)
    settled = answering.base(
        Outcome.WIN if shown else Outcome.IGNORED, None if shown else "correction", kind=Kind.CORRECTION.value, note=own_words(read) or None, duplicate_of=wins[0].mail if wins else None,
        changed=tuple(shown) [: len(wins)] if done.wins else (), wins=new_wins, changes=done.changes, examples=done.examples, refs=_refs(answering), answered=((answered, member.address),) if answered else (),
        contacts=done.contacts,
    )  # fmt: skip
    settled = answering.answered(settled, view, member, next_question, tuple(w.id for w in shown), is_needed=bool(problems) or next_question is not None or answering.desk.receipts_for(member) != "none")
    return _passed_on(answering, settled, done.question, shown, member) if done.question else settled


def _passed_on(answering: Answering, settled: Settled, question: str, wins: Sequence[Win], member: Member) -> Settled:
    """A reviewer's question goes to who captured the win; her answer comes back to it like any correction."""
    submitter = answering.desk.known().directory.member(wins[0].submitted_by) if wins else None
    if submitter is None or submitter.is_notifier or submitter == member:
        return settled
    view = compose.answer(f"{member.name} asks about win {wins[0].id}", [f"“{question}”", f"{wins[0].account + ': ' if wins[0].account else ''}{wins[0].summary}"], answering.scene, help_="just reply; your answer is kept with the win.")
    mail = answering.desk.letter("receipt", view, kind="answer", cause=f"question:{answering.mail.sha256}", to=Address(submitter.name, submitter.address), subject=fitted(f"{member.name} asks: {question}"), now=answering.now, win_ids=tuple(w.id for w in wins))
    return replace(settled, outgoing=(*settled.outgoing, mail))


def _refs(answering: Answering) -> tuple[tuple[str, str], ...]:
    return (("message_id", answering.message.message_id),) if answering.message.message_id else ()


# ---------------------------------------------------------------- to a receipt that said "I could not tell"


def _resolve(answering: Answering, read: Submission, reply: Reply, held: KeptMail, member: Member) -> Settled:
    """The answer settles the quarantined mail: it is judged again with what the member said."""
    desk = answering.desk
    stated = next((w.value for w in reply.wishes if w.value and (w.field == "account" or w.verb == "answer")), None)
    words = own_words(read)
    if any(w.verb == "delete" for w in reply.wishes):
        view = compose.answer("Put aside.", ["It stays kept, but it counts as no win."], answering.scene)
        settled = answering.base(Outcome.IGNORED, "correction", kind=Kind.CORRECTION.value, note=words, resolves=held.sha256, refs=_refs(answering), answered=((held.sha256, member.address),))
        return answering.answered(settled, view, member, None, (), is_needed=True)
    found = desk.reading.read(desk.raws.read(held.sha256)) if desk.raws.has(held.sha256) else ReadFailure("failed", "the mail is gone")
    labels = [("account", stated)] if stated and held.reason in ("unknown_account", "unsure") else []
    if isinstance(found, ReadFailure) or not isinstance(found.read, Submission) or (held.reason in ("negative", "unsure") and not labels):
        told = found if not isinstance(found, ReadFailure) else Decoded(answering.message, read)
        submission = Submission(Kind.NOTE, "reply", read.submitter, note=words, note_raw=words, stories=(Story(words, read.labels),), labels=read.labels, attachments=read.attachments)
        again = Decoded(told.message, submission)
    else:
        again = Decoded(found.message, _with(found.read, labels, reply))
    known = desk.known()
    facts = Facts(known.directory, replace(known.policy, trust="off"), held.sha256, held.arrived_at, answering.now, earlier_of(desk, held.sha256, [k for k in wanted(again) if k[0] != "delivery"]))
    judged = judge(again, facts)
    if judged.outcome is not Outcome.WIN or not judged.wins:
        names = judged.candidates or held.candidates
        view = compose.quarantined(judged.reason or held.reason or "unsure", names, held.subject, member, answering.scene)
        settled = answering.base(Outcome.IGNORED, "correction", kind=Kind.CORRECTION.value, note=words, refs=_refs(answering))
        return answering.answered(settled, view, member, None, (), is_needed=True)
    wins = desk.numbered(tuple(replace(w, submitted_by=_submitter(w, held, known.directory.member(held.sender)) or member.address) for w in judged.wins))
    asked = pick(wins, known.policy.categories, answering.recently_asked(member))
    view = compose.captured(wins, member, answering.scene, asked=asked, recent=answering.count_recent(member, len(wins)))
    settled = answering.base(
        Outcome.WIN, None, kind=Kind.CORRECTION.value, note=words, wins=wins, contacts=judged.contacts, refs=_refs(answering),
        resolves=held.sha256, resolves_as=Outcome.WIN, answered=((held.sha256, member.address),),
    )  # fmt: skip
    return answering.answered(settled, view, member, asked, tuple(w.id for w in wins), is_needed=True)


def _submitter(win: Win, held: KeptMail, member: Member | None) -> str | None:
    return member.address if member is not None else win.submitted_by


def _with(read: Submission, labels: Sequence[tuple[str, str]], reply: Reply) -> Submission:
    """The submission as if its sender had stated these things from the beginning."""
    more = [*labels, *((w.field, w.value) for w in reply.wishes if w.verb == "set" and w.field and w.value and w.field != "account")]
    own = Labels((*more, *(f for f in read.labels.fields if f[0] not in {k for k, _ in more})), read.labels.tags)
    stories = tuple(replace(s, labels=Labels((*more, *s.labels.fields), s.labels.tags)) for s in read.stories)
    return replace(read, labels=own, stories=stories)


# ---------------------------------------------------------------- to a digest


def _to_edition(answering: Answering, read: Submission, row: OutgoingRow, member: Member) -> Settled | None:
    """Thanks go to the colleague who captured the win; anything else is read as a mail of its own."""
    words = own_words(read)
    command = find_command(None, words)
    if command is not None and command.name == "snooze":
        quiet = reporting.quiet(answering.desk, answering.now, None if "manager" in member.permissions else member)
        return reporting.answer_snooze(answering, command.rest, member, quiet[0].account.name if len(quiet) == 1 else None)
    reply = answering.read_reply(words, member, win_ids=row.mail.win_ids)
    named = [w.win for w in reply.wishes if w.win]
    if not (reply.wishes and all(w.verb == "thanks" for w in reply.wishes)):
        wins = [x for w in reply.wishes if w.win and (x := answering.desk.store.win(w.win))]
        if wins and not reply.left:
            return _correct(answering, read, reply, wins, member, answered=None)
        return None
    target = next((n for n in named if n in row.mail.win_ids), row.mail.win_ids[0] if row.mail.win_ids else None)
    thanks = ((target, member.address, words[:500]),) if target else ()
    return answering.base(Outcome.IGNORED, "congratulation", kind=Kind.THANKS.value, note=words, thanks=thanks, refs=_refs(answering))


# ---------------------------------------------------------------- to her own submission


def _to_own_mail(answering: Answering, read: Submission, member: Member) -> Settled | None:
    """A reply to what she once sent us, from her sent folder: only when every word of it is a correction, and the wins are hers to correct."""
    message = answering.message
    ids = dict.fromkeys((*message.in_reply_to, *reversed(message.references)))
    store = answering.desk.store
    for _, _, sha256 in store.find_refs([("message_id", i) for i in ids]):
        wins = list(store.wins_of_mail(sha256))
        if not wins or sha256 == answering.mail.sha256:
            continue
        words = own_words(read)
        reply = answering.read_reply(words, member, win_ids=tuple(w.id for w in wins))
        if not any(w.verb not in ("thanks", "question", "ok") for w in reply.wishes):
            return None
        if reply.left and len(reply.left.split()) > 25:
            return None
        return _correct(answering, read, reply, wins, member, answered=None)
    return None

