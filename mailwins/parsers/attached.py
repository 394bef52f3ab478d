"""Originals that came as files: message/rfc822 parts, .eml files. One mail may carry several; each may be a win."""

from __future__ import annotations

from dataclasses import replace

from mailwins.model import Form, InboundMessage, Kind, Quoted, Submission
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
    originals = tuple(_original(inner, index, mail) for index, inner in enumerate(message.attached))
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


def _original(inner: InboundMessage, index: int, outer: Opened) -> Quoted:
    opened = Opened(inner, outer.own)
    files = tuple(f for f in outer.message.attachments if f.in_message == index and is_evidence(f))
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
