"""Inline forwards and replies: decided by the body first, the subject and the threading headers after."""

from __future__ import annotations

from dataclasses import replace

from mailwins.model import Form, InboundMessage, Kind, Labels, Quoted, Submission
from mailwins.parsers.folding import fold
from mailwins.parsers.labels import take_labels
from mailwins.parsers.notification import NOTIFICATIONS
from mailwins.parsers.notification.survey import is_no_person
from mailwins.parsers.opened import Opened, bare_subject, names_of, text_of


def read(mail: Opened) -> Submission | None:
    split = mail.split
    if not split.boundaries:
        return _answered_in_between(mail)
    kind = _kind(mail)
    if kind is None:
        return None
    own = mail.own_text()
    note, labels = take_labels(own.text)
    quoted = mail.quoted()
    files = mail.evidence()
    if quoted and kind is Kind.FORWARD and quoted[0].subject is None and not mail.split.boundaries[0].is_header:
        # A forward below an attribution prints no subject: it is the outer one, less the prefix.
        quoted = (replace(quoted[0], subject=bare_subject(mail.message.subject, 1)), *quoted[1:])
    if quoted and kind is Kind.REPLY and quoted[0].subject is None:
        quoted = (replace(quoted[0], subject=bare_subject(mail.message.subject, 1)), *quoted[1:])
    told = _of_a_tool(mail, quoted[0]) if quoted and kind is Kind.FORWARD else None
    if told is not None:
        quoted = (replace(quoted[0], is_by_tool=True, nested=told.originals),)
    originals = quoted[:1] if kind is Kind.FORWARD else tuple(replace(q, is_forwarded=False, nested=()) for q in quoted)
    if originals and files:
        originals = (_with_files(originals[0], mail), *originals[1:])
    return Submission(
        kind=kind,
        reader="inline_forward" if kind is Kind.FORWARD else "reply",
        submitter=mail.message.author,
        form=Form.INLINE if kind is Kind.FORWARD else None,
        note=note or None,
        note_raw=mail.own_text(keep_closing=True).text or None,
        originals=originals,
        labels=_subject_tags(mail, labels),
        urls=mail.urls_in(note),
        attachments=files,
        folded=own.folded,
        signature=own.signature,
        rating=told.rating if told else None,
        is_public=told.is_public if told else False,
        account_hint=told.account_hint if told else None,
        defects=tuple(
            f"unreadable_date: {b.date_raw[:60]}" for b in split.boundaries if b.date_raw and b.written is None
        ),
    )


def _of_a_tool(mail: Opened, quoted: Quoted) -> Submission | None:
    """What a forwarded notification says: the customer's words are inside the tool's mail."""
    if not is_no_person(quoted.author.address) or len(mail.split.boundaries) > 1:
        return None
    inner = InboundMessage(authors=(quoted.author,), subject=quoted.subject, text=quoted.body)
    opened = Opened(inner, mail.own)
    found = next((f for reader in NOTIFICATIONS if (f := reader(opened)) is not None), None)
    if (
        not isinstance(found, Submission)
        or not found.originals
        or not (found.originals[0].author.shown or found.originals[0].words)
    ):
        return None
    words = found.originals[0]
    return replace(found, originals=(replace(words, written=words.written or quoted.written, is_forwarded=False),))


def _answered_in_between(mail: Opened) -> Submission | None:
    """A reply that quotes its one customer sentence by sentence and never says whose words they are."""
    people = [p for p in (*mail.message.to, *mail.message.cc) if p.address and p.address.lower() not in mail.own]
    lines = mail.split.before
    theirs = [line for line in lines if line.depth > 0 or not line.text.strip()]
    if (
        len(people) != 1
        or not mail.is_answer
        or mail.subject_kind != "reply"
        or not any(line.text.strip() for line in theirs)
    ):
        return None
    if people[0].address == mail.message.author.address:
        return None
    own = fold(text_of([line for line in lines if line.depth == 0]), names_of(mail.message.author))
    words = fold(text_of(theirs), names_of(people[0]))
    note, labels = take_labels(own.text)
    quoted = Quoted(
        author=people[0],
        to=(mail.message.author,),
        subject=bare_subject(mail.message.subject, 1),
        body=words.text,
        words=words.text,
        urls=mail.urls_in(words.text),
        folded=words.folded,
        signature=words.signature,
        is_forwarded=False,
        is_address_guess=True,
    )
    return Submission(
        kind=Kind.REPLY,
        reader="reply",
        submitter=mail.message.author,
        note=note or None,
        note_raw=own.text or None,
        originals=(quoted,),
        labels=_subject_tags(mail, labels),
        urls=mail.urls_in(note),
        attachments=mail.evidence(),
        folded=own.folded,
        signature=own.signature,
    )


def _with_files(quoted: Quoted, mail: Opened) -> Quoted:
    """An inline forward re-attaches the original's files to the outer mail; nobody can tell whose they were."""
    return replace(quoted, attachments=mail.evidence())


def _subject_tags(mail: Opened, labels: Labels) -> Labels:
    subject = mail.message.subject or ""
    if "#" not in subject and "＃" not in subject:
        return labels
    _, of_subject = take_labels(subject)
    tags = tuple(dict.fromkeys((*labels.tags, *of_subject.tags)))
    return replace(labels, tags=tags)


def _kind(mail: Opened) -> Kind | None:
    """Forward, reply, or None for a note that merely pastes something."""
    first = mail.split.boundaries[0]
    quoted_address = (first.author.address or "").lower()
    writes_to_author = bool(quoted_address) and quoted_address in mail.recipients - mail.own
    subject = mail.subject_kind
    if first.separator == "forwarded":
        return Kind.FORWARD
    if writes_to_author:
        return Kind.REPLY
    if subject == "forward":
        return Kind.FORWARD
    if subject == "reply":
        return Kind.REPLY
    if first.is_header:
        # A rewritten subject: the printed header block decides. An answer to somebody else in the thread stays an answer.
        return (
            Kind.REPLY
            if mail.is_answer and mail.recipients - mail.own and _answers_somebody_quoted(mail)
            else Kind.FORWARD
        )
    if first.separator == "original" and not mail.is_answer:
        return Kind.FORWARD
    if mail.is_answer:
        return Kind.REPLY
    return None


def _answers_somebody_quoted(mail: Opened) -> bool:
    quoted = {(b.author.address or "").lower() for b in mail.split.boundaries} | {
        (p.address or "").lower() for b in mail.split.boundaries for p in (*b.to, *b.cc)
    }
    return bool(quoted & (mail.recipients - mail.own) - {""})
