"""Redirects and automatic forwarding: the customer's own mail, sent on unchanged by a colleague or their rule."""

from __future__ import annotations

from mailwins.model import Address, Kind, Quoted, Submission
from mailwins.parsers.addresses import parse_author, parse_people
from mailwins.parsers.folding import fold
from mailwins.parsers.opened import Opened


def read(mail: Opened) -> Submission | None:
    """The submitter is whoever sent it on; the author of the mail is the customer."""
    message = mail.message
    sender = sent_on_by(mail)
    if sender is None or (
        sender.address and message.author.address and sender.address.lower() == message.author.address.lower()
    ):
        return None
    name = message.author.name
    words = fold("\n".join(line.text for line in (*mail.split.before, *mail.split.after)), (name,) if name else ())
    body = (mail.page.text if mail.is_from_html else message.text or "").strip()
    quoted = Quoted(
        author=message.author,
        to=message.to,
        cc=message.cc,
        subject=message.subject,
        written=message.date,
        body=body,
        words=words.text,
        nested=mail.quoted(),
        urls=mail.urls_in(words.text),
        attachments=mail.evidence(),
        folded=words.folded,
        signature=words.signature,
        message_id=message.message_id,
        references=message.references,
    )
    return Submission(
        kind=Kind.REDIRECT,
        reader="redirect",
        submitter=sender,
        form=None,
        originals=(quoted,),
        attachments=mail.evidence(),
    )


def sent_on_by(mail: Opened) -> Address | None:
    """Who sent it on, from Resent-From (RFC 5322), X-Forwarded-For (Gmail: "from to") or Exchange's rule mark."""
    if value := mail.header("resent-from") or mail.header("resent-sender"):
        return parse_author(value)
    for name in ("x-forwarded-for", "x-forwarded-by"):
        if value := mail.header(name):
            people = [
                p for p in parse_people(value.replace(" ", ", ")) if p.address and p.address.lower() not in mail.own
            ]
            if people:
                return people[0]
    if value := mail.header("x-ms-exchange-inbox-rules-loop"):
        people = list(parse_people(value))
        if people and people[0].address:
            return people[0]
    return None
