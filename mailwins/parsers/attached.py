"""Originals that came as files: message/rfc822 parts, .eml files. One mail may carry several; each may be a win."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mailwins.model import Attachment, Form, InboundMessage, Kind, Quoted, Submission
from mailwins.parsers.folding import Unfolded, fold, is_signed_by
from mailwins.parsers.labels import take_labels
from mailwins.parsers.opened import Opened, is_evidence


def read(mail: Opened) -> Submission | None:
    message = mail.message
    if not message.attached or (
        mail.split.boundaries and len(mail.split.boundaries) > 0 and mail.subject_kind == "reply"
    ):
        return None
    name = message.author.name
    own = fold("\n".join(line.text for line in mail.split.before), (name,) if name else ())
    if is_signed_by(own.text.split("\n")[:1], name) or own.text.startswith("--"):
        own = Unfolded("", own.folded, own.text)  # nothing but a signature above the attached mail
    note, labels = take_labels(own.text)
    originals = _originals(message, mail.own)
    outer_files = tuple(f for f in mail.evidence() if f.in_message is None)
    return Submission(
        kind=Kind.FORWARD,
        reader="attached_original",
        submitter=message.author,
        form=Form.ATTACHED,
        note=note or None,
        note_raw=own.text or None,
        originals=originals,
        labels=labels,
        urls=mail.urls_in(note),
        attachments=outer_files,
        folded=own.folded,
        signature=own.signature,
    )


def _originals(outer: InboundMessage, own: frozenset[str]) -> tuple[Quoted, ...]:
    """One for each mail that is attached. An attached mail that has others attached itself is the outermost of a chain; where it says
    nothing, of as many chains as it has.
    """
    found: list[Quoted] = []
    for index, inner in enumerate(outer.attached):
        files = tuple(f for f in outer.attachments if f.in_message == index and is_evidence(f))
        original = _original(inner, own, files)
        below = _originals(inner, own)
        if len(below) > 1 and not (original.words or original.nested):
            own_files = tuple(f for f in inner.attachments if f.in_message is None and is_evidence(f))
            found += [_above(replace(original, attachments=(*own_files, *q.attachments)), (q,)) for q in below]
        else:
            found.append(_above(original, below))
    return tuple(found)


def _above(original: Quoted, below: Sequence[Quoted]) -> Quoted:
    """With the mails attached to it as the next of its chain."""
    return replace(original, nested=(*original.nested, *(replace(m, nested=()) for q in below for m in (q, *q.nested))))


def _original(inner: InboundMessage, own: frozenset[str], files: tuple[Attachment, ...]) -> Quoted:
    opened = Opened(inner, own)
    written = inner.date
    name = inner.author.name
    words = fold("\n".join(line.text for line in (*opened.split.before, *opened.split.after)), (name,) if name else ())
    body = (opened.page.text if opened.is_from_html else inner.text or "").strip()
    nested = tuple(replace(q, nested=()) for q in opened.quoted())
    is_passed_on = (
        bool(nested) and opened.split.boundaries[0].separator == "forwarded"
    ) or opened.subject_kind == "forward"
    return Quoted(
        author=inner.author,
        to=inner.to,
        cc=inner.cc,
        subject=inner.subject,
        written=written,
        body=body,
        words=words.text,
        nested=tuple(replace(q, is_forwarded=is_passed_on) for q in nested),
        urls=opened.urls_in(words.text),
        attachments=files,
        folded=words.folded,
        signature=words.signature,
        message_id=inner.message_id,
        references=inner.references,
    )
