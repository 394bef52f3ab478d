"""A correction: what a reply did to wins is written down and told, and a question goes on to who captured the win."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mailwins.jobs import splitting
from mailwins.jobs.answering import Answering
from mailwins.model import Address, Attachment, Change, Kind, Member, Outcome, OutgoingMail, Submission, Win
from mailwins.outbox import fitted
from mailwins.ports import KeptMail, OutgoingRow, Question, Settled
from mailwins.receipts import compose
from mailwins.receipts.corrections import Corrected, correct, may_correct, newest_group
from mailwins.receipts.questions import Asked, pick
from mailwins.receipts.wishes import Reply, Wish

SPLIT = (
    "I can only take apart a note whose parts stand in paragraphs or lines of their own. "
    "For this one: send each part as a line of its own, then reply “not a win” to this one."
)
OF_QUESTIONS = "question"


def corrected(
    answering: Answering,
    reply: Reply,
    wins: Sequence[Win],
    member: Member,
    *,
    words: str,
    read: Submission | None = None,
    question: Question | None = None,
    passed: str | None = None,
    history: dict[int, Sequence[Change]] | None = None,
) -> Settled:
    """*words*: what she typed. *question*: the open one that this reply may answer.

    *passed*: what is told about a mail that goes on to somebody else. *history*: what ``undo`` may take back, else
    everything.
    """
    desk, store = answering.desk, answering.desk.store
    files = read.attachments if read else ()
    reply = _with_quote(reply, words, wins)
    history = history if history is not None else {w.id: store.history(w.id) for w in wins}
    if reply.wishes and all(w.verb == "undo" for w in reply.wishes):
        wins, history = _with_parts(answering, wins, history)
    done = _applied(answering, reply, wins, member, history, files, question)
    for file in files:
        if file.content is not None and not desk.raws.has(file.sha256):
            desk.raws.keep([file.content])
    after = {w.id: w for w in done.wins}
    done, shown, new = _taken_apart(answering, done, [after.get(w.id, w) for w in wins], member)
    asked = _next_question(answering, shown, member, question) if done.told or new else None
    complaint, waits = _complaint_behind(answering, shown) if done.wins else (None, False)
    problems = (
        *done.problems,
        *((SPLIT,) if done.splits else ()),
        *((_waits_again(complaint),) if complaint and waits else ()),
    )
    submitter = _submitter(answering, wins, member) if done.question else None
    if submitter:
        passed = f"Your question goes to {submitter.name}; the answer comes to you and stays with the win."
    view = compose.corrected(
        done.told,
        problems,
        shown,
        member,
        answering.scene,
        asked=asked,
        passed=passed,
        is_undone=done.is_undone,
        new=new,
    )
    settled = answering.base(
        Outcome.WIN if shown else Outcome.IGNORED,
        None if shown else "correction",
        kind=Kind.CORRECTION.value,
        note=words or None,
        duplicate_of=wins[0].mail if wins else None,
        changed=tuple(shown) if done.wins else (),
        wins=new,
        changes=done.changes,
        examples=done.examples,
        refs=refs_of(answering),
        answered=((question.mail, member.address),) if question and _is_answered(question, reply) else (),
        contacts=done.contacts,
    )
    if complaint:
        settled = replace(settled, resolves=complaint.sha256, resolves_as=Outcome.QUARANTINED if waits else Outcome.WIN)
    is_needed = bool(problems) or asked is not None or desk.receipts_for(member) != "none"
    ids = tuple(w.id for w in (*shown, *new))
    settled = answering.answered(settled, view, member, asked, ids, is_needed=is_needed)
    if submitter and done.question:
        asking = _asking(answering, done.question, wins[0], member, submitter)
        settled = replace(settled, outgoing=(*settled.outgoing, asking))
    return settled


def _applied(
    answering: Answering,
    reply: Reply,
    wins: Sequence[Win],
    member: Member,
    history: dict[int, Sequence[Change]],
    files: tuple[Attachment, ...],
    question: Question | None,
) -> Corrected:
    known = answering.desk.known()
    return correct(
        reply,
        wins,
        by=member,
        directory=known.directory,
        categories=known.policy.categories,
        now=answering.now,
        written=answering.day,
        history=history,
        attachments=tuple(replace(a, content=None) for a in files),
        asked_win=question.win_id if question else None,
    )


def _next_question(
    answering: Answering, shown: Sequence[Win], member: Member, question: Question | None
) -> Asked | None:
    """What is still open about the wins, unless it was asked of late."""
    if not any(w.doubts for w in shown):
        return None
    recent = answering.recently_asked(member) | ({question.asked} if question else set())
    return pick([w for w in shown if not w.is_deleted], answering.policy.categories, recent)


def _waits_again(complaint: KeptMail) -> str:
    named = fitted(complaint.subject or "", 60)
    return f"The mail behind it reads like a complaint, so it waits for a person again: “{named}”."


def _is_answered(question: Question, reply: Reply) -> bool:
    """A choice stays open until it is made: "2" may come as the second reply to the same receipt. Free words could be anything by then."""
    return not question.options or any(
        w.verb in ("answer", "delete", "undo") or w.field == question.asked for w in reply.wishes
    )


_QUOTED = re.compile(r"[\"“”„«»]\s*(?P<words>[^\"“”„«»]{12,}?)\s*[\"“”„«»]")


def _with_quote(reply: Reply, words: str, wins: Sequence[Win]) -> Reply:
    """ "It was Pilar Cano: “We sleep again.”" gives a win without a quote her words as well as who said them."""
    left = " ".join((reply.left or "").split()).strip(' ."“”„«»')
    if len(wins) != 1 or wins[0].quote is not None or not left or not any(w.field == "contact" for w in reply.wishes):
        return reply
    found = [m["words"] for m in _QUOTED.finditer(words) if " ".join(m["words"].split()).strip(" .") == left]
    return Reply((*reply.wishes, Wish("set", "quote", found[0])), None) if found else reply


def _complaint_behind(answering: Answering, wins: Sequence[Win]) -> tuple[KeptMail | None, bool]:
    """(the complaint that an answer had made these wins of and whose state changes with them, whether it waits again)."""
    mails = {w.mail for w in wins}
    mail = answering.desk.store.mail(mails.pop()) if len(mails) == 1 else None
    if mail is None or mail.reason != "negative" or mail.outcome not in (Outcome.WIN, Outcome.QUARANTINED):
        return None, False
    waits = all(w.is_deleted for w in wins)
    return (mail, waits) if waits is (mail.outcome is Outcome.WIN) else (None, False)


def refs_of(answering: Answering) -> tuple[tuple[str, str], ...]:
    return (("message_id", answering.message.message_id),) if answering.message.message_id else ()


# ---------------------------------------------------------------- split, and back


def _taken_apart(
    answering: Answering, done: Corrected, shown: list[Win], member: Member
) -> tuple[Corrected, list[Win], tuple[Win, ...]]:
    """``split`` done where it can be; else *done* still says that it was wished."""
    if not done.splits or len(shown) != 1 or not may_correct(member, shown[0]):
        return done, shown, ()
    parted = splitting.split(answering, shown[0], member)
    if parted is None:
        return done, shown, ()
    first, history, new = parted
    return replace(done, wins=(first,), changes=(*done.changes, *history), splits=False), [first], new


def _with_parts(
    answering: Answering, wins: Sequence[Win], history: dict[int, Sequence[Change]]
) -> tuple[list[Win], dict[int, Sequence[Change]]]:
    """When the newest correction took a win apart, its other parts belong to what is taken back."""
    store = answering.desk.store
    newest = newest_group(history)
    ids = [
        i
        for w in wins
        for c in history[w.id]
        if newest and c.field == splitting.PARTS and c.at == newest[0].at
        for i in splitting.part_ids(c)
    ]
    parts = [w for i in ids if i not in history and (w := store.win(i))]
    return [*wins, *parts], history | {w.id: store.history(w.id) for w in parts}


# ---------------------------------------------------------------- a reviewer's question


def _submitter(answering: Answering, wins: Sequence[Win], member: Member) -> Member | None:
    """Who can be asked about the win: who captured it, unless that is who asks, or a tool."""
    submitter = answering.desk.known().directory.member(wins[0].submitted_by) if wins else None
    return submitter if submitter and not submitter.is_notifier and submitter != member else None


def _asking(answering: Answering, question: str, win: Win, member: Member, submitter: Member) -> OutgoingMail:
    view = compose.answer(
        f"{member.name} asks about win {win.id}",
        [f"“{question}”", told_of(win)],
        answering.scene,
        help_="Just reply: your answer goes back and is kept with the win, inside the company.",
        why=f"You get this because you captured win {win.id}.",
    )
    return answering.desk.letter(
        "receipt",
        view,
        kind=OF_QUESTIONS,
        cause=answering.mail.sha256,
        to=Address(submitter.name, submitter.address),
        subject=fitted(f"{member.name} asks: {question}"),
        now=answering.now,
        win_ids=(win.id,),
    )


def answered(
    answering: Answering,
    read: Submission,
    reply: Reply,
    row: OutgoingRow,
    wins: Sequence[Win],
    member: Member,
    words: str,
) -> Settled:
    """The submitter's answer: corrections in it are made, the rest is kept with the win, and all of it goes back to who asked."""
    store, directory = answering.desk.store, answering.desk.known().directory
    asking = store.mail(row.mail.cause)
    asker = directory.member(asking.sender) if asking else None
    if reply.left or not any(w.verb in ("set", "add") for w in reply.wishes):
        about = (
            f"{asker.name if asker else 'A colleague'} asked: {asking.note if asking and asking.note else ''}".strip()
        )
        reply = Reply(
            (
                *(w for w in reply.wishes if w.verb not in ("question", "ok", "thanks")),
                Wish("note", value=f"{about}\n{member.name}: {words}"),
            ),
            None,
        )
    passed = f"Your answer goes to {asker.name} and stays with the win." if asker and asker != member else None
    settled = corrected(answering, reply, wins, member, words=words, read=read, passed=passed)
    if asker is None or asker == member:
        return settled
    win = wins[0]
    view = compose.answer(
        f"{member.name} answers about win {win.id}",
        [f"“{words}”", told_of(win)],
        answering.scene,
        why=f"You get this because you asked about win {win.id}.",
    )
    mail = answering.desk.letter(
        "receipt",
        view,
        kind="answer",
        cause=f"answer:{answering.mail.sha256}",
        to=Address(asker.name, asker.address),
        subject=fitted(f"Re: {asking.subject or view.heading}" if asking else view.heading),
        now=answering.now,
        win_ids=(win.id,),
    )
    return replace(settled, outgoing=(*settled.outgoing, mail))


def told_of(win: Win) -> str:
    """The line of a win, with its account where the line does not name it."""
    if win.account and win.account.casefold() not in win.summary.casefold():
        return f"{win.account}: {win.summary}"
    return win.summary
