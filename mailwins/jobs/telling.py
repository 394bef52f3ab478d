"""The copy of a customer update that its CSM sent, and the customers' answers to it: what was really told, and what came back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from mailwins.jobs.answering import Answering
from mailwins.jobs.desk import Desk
from mailwins.model import (
    Address,
    CustomerUpdate,
    Decoded,
    Directory,
    InboundMessage,
    Member,
    Outcome,
    OutgoingMail,
    Quoted,
    Submission,
    Win,
)
from mailwins.outbox import Letter, post
from mailwins.parsers.opened import bare_subject
from mailwins.ports import Settled, UpdateSent, WinFilter
from mailwins.receipts import compose
from mailwins.render import counted
from mailwins.understanding import people
from mailwins.understanding.accounts import accounts_of_address
from mailwins.understanding.duplicates import key_of_delivery
from mailwins.updates.telling import is_copy_of, likeness, own_part, told_in

# A draft that nobody sent for so long is not looked for any more, unless the copy carries its token.
REMEMBERED = timedelta(days=180)
QUOTES_IT = 0.3


def sent_copy(answering: Answering, decoded: Decoded) -> Settled | None:
    """None when the mail is no customer update that a colleague sent with wins@ in Bcc.

    A copy is no win. It is known by the token of its draft, else by its sender, the account it went to and how
    much of the draft's text is in it. Only a proven sender, or the token, makes anything told: nobody else knows it.
    """
    message, desk = answering.message, answering.desk
    directory = desk.known().directory
    member = directory.member(message.author.address)
    outside = [
        p
        for p in (*message.to, *message.cc)
        if p.address and not people.is_ours(p, directory, answering.policy.own_addresses)
    ]
    if member is None or not isinstance(decoded.read, Submission):
        return None
    text = own_part(text_of(decoded), is_answer=bool(message.in_reply_to or message.references))
    by_token = _of_token(desk, message)
    record = by_token or _alike(answering, member, outside, text)
    if record is None:
        return None
    admission = answering.admission(decoded)
    if admission.outcome is not None or admission.member != member:
        return None
    key = key_of_delivery(message)
    refs: tuple[tuple[str, str], ...] = (("message_id", message.message_id), key) if message.message_id and key else ()
    if not outside:
        # Sent to a colleague first, to have it looked at: no customer has read it.
        return answering.base(Outcome.IGNORED, "update_not_sent", refs=refs)
    if by_token is None and any(mark.startswith("unproven") for mark in admission.marks):
        return answering.base(Outcome.QUARANTINED, "unproven_sender", refs=refs)
    if any(
        mail != answering.mail.sha256 for _, _, mail in desk.store.find_refs([r for r in refs if r[0] == "delivery"])
    ):
        return answering.base(Outcome.IGNORED, "duplicate_delivery", refs=refs)
    return _settled(answering, record, member, outside, text, refs)


def _settled(
    answering: Answering,
    record: CustomerUpdate,
    member: Member,
    outside: Sequence[Address],
    text: str,
    refs: tuple[tuple[str, str], ...],
) -> Settled:
    message, desk = answering.message, answering.desk
    directory = desk.known().directory
    elsewhere = [p for p in outside if (names := _accounts_of(p, directory)) and record.account not in names]
    if len(elsewhere) == len(outside):
        # Wrong and confident would be worst here: nobody at this customer has read it.
        view = compose.answer(
            f"Please check: that went to {elsewhere[0].address}",
            [f"It is the draft for {record.account}, who did not get it. Nothing counts as told."],
            answering.scene,
        )
        return answering.answered(
            answering.base(Outcome.IGNORED, "update_sent", refs=refs), view, member, None, (), is_needed=True
        )
    wins = desk.store.wins(WinFilter(account=record.account))
    told = told_in(text, [(w.id, words) for w in wins for words in (w.customer_text, w.quote) if words])
    at = min(message.date or answering.mail.arrived_at, answering.mail.arrived_at)
    sent = UpdateSent(
        record.token,
        at,
        message.subject or record.subject,
        text,
        told,
        tuple(p.address or "" for p in outside if p not in elsewhere),
        message.message_id,
    )
    settled = answering.base(Outcome.IGNORED, "update_sent", refs=refs, update_sent=sent)
    missing = [w for w in wins if w.id in record.win_ids and w.id not in told]
    heading = (
        f"Noted: you told {record.account} {counted(len(told), 'win')}."
        if told
        else f"Noted: your update to {record.account} is kept."
    )
    lines = []
    if missing:
        left = "; ".join(f"{w.id} ({w.summary})" for w in missing)
        lines.append(
            f"Of the draft I did not find {left} in it, so the next one may bring it up again."
            if told
            else "None of the draft's words are in it, so nothing counts as told yet."
        )
    if elsewhere:
        lines.append(f"It also went to {elsewhere[0].address}, who is not at {record.account}.")
    return answering.answered(
        settled, compose.answer(heading, lines, answering.scene), member, None, (), is_needed=bool(elsewhere)
    )


def text_of(decoded: Decoded) -> str:
    """All that it says. A mail without a plain part was turned into text by its reader."""
    read = decoded.read
    if decoded.message.text and decoded.message.text.strip():
        return decoded.message.text
    if not isinstance(read, Submission):
        return ""
    return "\n\n".join(t for t in (read.note_raw or read.note, *(q.body for q in read.originals)) if t)


def _of_token(desk: Desk, message: InboundMessage) -> CustomerUpdate | None:
    """By the plus-address that the draft put into Bcc: it stands in the headers that mail servers add on the way (Delivered-To and others)."""
    told = [value for name, value in message.headers if name in ARRIVAL_HEADERS and "+" in value]
    if not told:
        return None
    local, _, domain = desk.wins_address.partition("@")
    pattern = re.compile(rf"{re.escape(local)}\+(?P<token>[0-9a-f]{{20}})@{re.escape(domain)}", re.I)
    for value in told:
        if match := pattern.search(value):
            return desk.store.update_of_token(match["token"].lower())
    return None


def plus_probe(desk: Desk, *, now: datetime) -> OutgoingMail:
    """A mail of ours to a plus-address that stands in no field of it: does it arrive, and does its header then say for whom?"""
    token = desk.token("probe", now.isoformat())
    local, _, domain = desk.wins_address.partition("@")
    text = "mailwins wants to know whether plus-addresses arrive. Nothing to do."
    letter = Letter(
        "probe",
        token,
        desk.sender,
        Address(None, desk.wins_address),
        "Plus-address",
        text,
        None,
        now,
        (("Auto-Submitted", "auto-generated"), ("X-Mailwins-Kind", "probe")),
    )
    return replace(post(letter, key=desk.key, domain=desk.domain), recipient=f"{local}+{token}@{domain}")


# Where a mail server, or the program that sent it, says for whom a copy was. "Received" has "for <address>" in it.
ARRIVAL_HEADERS = frozenset(
    {
        "delivered-to",
        "x-original-to",
        "envelope-to",
        "x-envelope-to",
        "x-forwarded-to",
        "x-delivered-to",
        "apparently-to",
        "received",
        "to",
        "cc",
        "bcc",
        "resent-to",
        "resent-bcc",
    }
)


def _alike(answering: Answering, member: Member, outside: Sequence[Address], text: str) -> CustomerUpdate | None:
    """The draft for *member* that the text came from; among equals the newest. Without anybody outside, any account's."""
    desk = answering.desk
    directory = desk.known().directory
    accounts: set[str | None] = {name for p in outside for name in _accounts_of(p, directory)}
    if not outside and not any(
        (p.address or "").lower() in answering.policy.own_addresses for p in answering.message.to
    ):
        accounts = {None}
    best: tuple[float, int] = (0.0, 0)
    found = None
    for record in (r for account in accounts for r in desk.store.updates(account)):
        if (
            record.state == "empty"
            or not answering.now - REMEMBERED <= record.drafted_at <= answering.now
            or record.drafted_for not in member.addresses
        ):
            continue
        share = is_copy_of(record.text, text, has_its_subject=_same_subject(answering.message.subject, record.subject))
        if share and (share, record.id) > best:
            best, found = (share, record.id), record
    return found


def _same_subject(one: str | None, other: str | None) -> bool:
    a, b = bare_subject(one), bare_subject(other)
    return bool(a and b and " ".join(a.split()).casefold() == " ".join(b.split()).casefold())


def is_at(person: Address, account: str, directory: Directory) -> bool:
    return account in _accounts_of(person, directory)


def _accounts_of(person: Address, directory: Directory) -> set[str]:
    contact = directory.contact(person.address)
    by_domain = {a.name for a in accounts_of_address(person.address, directory)[0]}
    return by_domain | ({contact.account} if contact and contact.account else set())


# ---------------------------------------------------------------- what came back


def linked(desk: Desk, decoded: Decoded, wins: Sequence[Win]) -> tuple[Win, ...]:
    """*wins* of a forwarded customer's mail, each with the update that it answers, where one is certain."""
    read = decoded.read
    if not isinstance(read, Submission) or not read.originals:
        return tuple(wins)
    return tuple(
        replace(w, update_id=found)
        if w.account
        and w.quote
        and not w.update_id
        and (found := _answered(desk, decoded.message, read.originals, w)) is not None
        else w
        for w in wins
    )


def _answered(desk: Desk, message: InboundMessage, originals: Sequence[Quoted], win: Win) -> int | None:
    updates = desk.updates_to(win.account or "")
    if not updates:
        return None
    thread = {*message.references, *message.in_reply_to, *(i for q in originals for i in q.references)}
    for record in updates:
        if record.state != "sent" or record.sent_at is None or win.win_date < record.sent_at.date():
            continue
        if record.sent_message_id and record.sent_message_id in thread:
            return record.id
        if any(
            _same_subject(q.subject, record.subject) or likeness(record.sent_text or "", q.body) >= QUOTES_IT
            for q in originals
        ):
            return record.id
    return None
