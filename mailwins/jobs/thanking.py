"""A colleague's thanks for a win: they reach who captured it and everybody credited, and are counted on the win."""

from __future__ import annotations

from dataclasses import replace

from mailwins.jobs.answering import Answering
from mailwins.jobs.correcting import refs_of, told_of
from mailwins.model import Address, Decoded, Ignored, Kind, Member, Outcome, OutgoingMail, Submission, Win
from mailwins.outbox import fitted, formatted
from mailwins.ports import Settled
from mailwins.receipts import compose, thanks
from mailwins.receipts.wishes import Reply

KIND = "thanks"
MOST_WORDS = 500


def is_thanks(reply: Reply, *, with_ok: bool = False) -> bool:
    """*with_ok*: "great, thanks" too, where an "ok" can be no review."""
    verbs = {w.verb for w in reply.wishes}
    return "thanks" in verbs and verbs <= ({"thanks", "ok"} if with_ok else {"thanks"}) and not reply.left


def thanked(answering: Answering, win: Win | None, member: Member, words: str) -> Settled:
    """The mail is no win; the thanks are counted and passed on. Without a *win* they are only taken note of."""
    settled = answering.base(
        Outcome.IGNORED, "congratulation", kind=Kind.THANKS.value, note=words or None, refs=refs_of(answering)
    )
    if win is None or win.is_deleted:
        return settled
    return replace(
        settled,
        thanks=((win.id, member.address, words[:MOST_WORDS]),),
        outgoing=tuple(_letters(answering, win, member, words)),
    )


def _letters(answering: Answering, win: Win, member: Member, words: str) -> list[OutgoingMail]:
    desk = answering.desk
    directory = desk.known().directory
    people = dict.fromkeys(
        m
        for a in (win.submitted_by, *win.credits)
        if a and (m := directory.member(a)) and not m.is_notifier and m != member
    )
    served = [
        p
        for p in people
        if not desk.config.trust.pilot or p.address.lower() in {a.lower() for a in desk.config.trust.pilot}
    ]
    if desk.config.receipts.mode == "none":
        return []
    view = compose.answer(
        f"{member.name} says thank you",
        [f"“{words[:MOST_WORDS]}”", told_of(win)],
        answering.scene,
        help_=f"A reply goes straight to {member.name}.",
        why=f"You get this because win {win.id} is yours.",
    )
    back = ("Reply-To", str(formatted(Address(member.name, answering.message.author.address or member.address))))
    return [
        desk.letter(
            "receipt",
            view,
            kind=KIND,
            cause=f"{answering.mail.sha256}",
            to=Address(p.name, p.address),
            subject=fitted(f"Thanks from {member.name}: {win.summary}"),
            now=answering.now,
            headers=(back,),
            win_ids=(win.id,),
        )
        for p in served
        if desk.receipts_for(p) != "none"
    ]


def from_link(answering: Answering, decoded: Decoded) -> Settled | None:
    """A mail that a digest's "thank you" link began: its subject names the win, and says enough without a text."""
    read = decoded.read
    token = thanks.token_in(answering.message.subject)
    is_empty = isinstance(read, Ignored) and read.reason == "empty"
    if token is None or not (is_empty or (isinstance(read, Submission) and not read.originals)):
        return None
    admission = answering.admission(decoded)
    win = answering.desk.store.win_of_token(token)
    if admission.member is None or admission.outcome is not None or win is None:
        return None
    words = (read.note_raw or read.note or "").strip() if isinstance(read, Submission) else ""
    return thanked(answering, win, admission.member, words or "Thank you!")
