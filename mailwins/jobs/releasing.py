"""``send``: a CSM lets us send her draft to the customer. Off by default; once; as she saw it; to an address that she named.

A customer gets exactly the mail that is enclosed in the draft. Whatever stands in the way is answered by a new draft
that says so, never by sending something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from mailwins.jobs.answering import Answering
from mailwins.jobs.telling import is_at, text_of
from mailwins.model import Account, Address, CustomerUpdate, Decoded, Directory, Kind, Member, Outcome, OutgoingMail
from mailwins.outbox import Letter, post
from mailwins.patterns import rare
from mailwins.ports import OutgoingRow, Settled, UpdateSent
from mailwins.receipts import compose
from mailwins.render import day as written_day
from mailwins.updates.telling import is_quoted_whole

KIND, COPY = "update-sent", "update-copy"

_WISH = rare(
    r"^(?:please |bitte |yes,? )?(?:send(?: (?:it|this|now|please|off))*|sende(?:n)?(?: (?:es|sie|ab|bitte))*|abschicken|envo(?:ie|yez|yer)(?:[- ](?:le|la))?|env[ií]a(?:lo|r|r?lo)?|verstuur(?: (?:het|maar))*|verzenden)"
    r"(?: (?:to|an|à|a|naar) (?P<to>\S[^\n]{0,200}?))?[\s.!]*$",
    re.I,
)
_SIGN_OFF = rare(
    r"^(?:thanks|thank you|thx|cheers|best|danke|merci|gracias|bedankt|sent from my .{0,40}|-- ?|[A-ZÀ-Þ][\w'’.-]*(?: [A-ZÀ-Þ][\w'’.-]*){0,2})[\s,.!]*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """*to*: whom she names, as typed; None: whom the draft is for."""

    to: str | None = None


def read_wish(words: str) -> Wish | None:
    """Only where the reply says nothing else: "send, but change the second line" is no order to send."""
    lines = [" ".join(x.split()) for x in words.split("\n") if x.strip()]
    match = _WISH.match(lines[0]) if lines else None
    if match is None or not all(_SIGN_OFF.match(x) for x in lines[1:]):
        return None
    return Wish(match["to"].strip(" <>.") if match["to"] else None)


@dataclass(frozen=True, slots=True)
class Hurdle:
    """What stands in the way, as a sentence for the CSM. *is_new_draft*: a new draft, for *to*, takes it out of the way.

    *names_to*: that draft tells its address plainly, so that ``send`` in answer to it confirms it.
    """

    why: str
    is_new_draft: bool = False
    to: Address | None = None
    names_to: bool = False


def hurdle(
    answering: Answering,
    decoded: Decoded,
    record: CustomerUpdate,
    row: OutgoingRow,
    member: Member,
    shareable: Sequence[int],
) -> Hurdle | None:
    """In the way of sending this very draft; None: nothing is. *shareable*: what may be told now."""
    settings = answering.desk.config.updates
    admission = answering.admission(decoded)
    if not settings.send_for_me or settings.send_from is None:
        return Hurdle(
            "I may not send to customers here ([updates] send_for_me is off). Please send it yourself: copy it, or open the attached file."
        )
    if admission.member != member or any(mark.startswith("unproven") for mark in admission.marks):
        return Hurdle(
            "Our mail server did not prove that this mail is yours, so I send nothing. Please send it yourself."
        )
    if record.drafted_for not in member.addresses:
        return Hurdle("That draft was made for somebody else, so I send nothing. Ask for one of your own.")
    if record.state != "draft":
        return Hurdle(
            f"That draft went out{f' on {written_day(record.sent_at)}' if record.sent_at else ''} already; I send nothing twice."
        )
    if not is_quoted_whole(record.text, text_of(decoded)):
        return Hurdle(
            "The draft below your reply is not as I made it. I only send what I drafted, unchanged: send your own version yourself, or reply “send” with nothing below."
        )
    if gone := [w for w in record.win_ids if w not in shareable]:
        return Hurdle(
            f"I sent nothing: win {', '.join(map(str, gone))} may not be told any more. Here is a new draft.",
            is_new_draft=True,
            to=record.recipient,
        )
    if not row.mail.raw or _enclosed(row) is None:
        return Hurdle(
            "I sent nothing: I no longer have that draft as it was. Here is a new one.",
            is_new_draft=True,
            to=record.recipient,
        )
    return None


def address_hurdle(
    record: CustomerUpdate, wish: Wish, account: Account, directory: Directory, named: Address | None
) -> Hurdle | None:
    """In the way of sending it to this person: her CSM must have named the address. *named*: whom ``send to …`` means."""
    person = named if wish.to else record.recipient
    if person is None or not person.address:
        return Hurdle("I know no address for them. Reply “send to name@customer.example”.")
    if not is_at(person, account.name, directory):
        return Hurdle(
            f"I sent nothing: {person.address} is not known at {account.name}. Add its domain to accounts.csv, or send it yourself."
        )
    shown = f"{person.name} <{person.address}>" if person.name else person.address
    if person.address.lower() != (record.recipient.address or "").lower():
        return Hurdle(
            f"That draft was not for {person.shown}, this one is. Reply “send”, and it goes to {shown}.",
            is_new_draft=True,
            to=person,
            names_to=True,
        )
    if not wish.to and not record.is_recipient_named:
        return Hurdle(
            f"You have not told me to whom yet. Reply “send” to this one, and it goes to {shown}.",
            is_new_draft=True,
            to=person,
            names_to=True,
        )
    return None


def released(answering: Answering, record: CustomerUpdate, row: OutgoingRow, member: Member) -> Settled:
    """Into the outbox, to the customer and to its CSM; its wins are told. All of it with the settling of her reply, so once."""
    desk = answering.desk
    inner = _enclosed(row)
    assert inner is not None, "looked at before"
    text, html = (_body(inner, kind) for kind in ("plain", "html"))
    csm = Address(member.name, member.address)
    to = Address(record.recipient.name, record.recipient.address)
    headers = (("Cc", _plain(csm)), ("Reply-To", _plain(csm)))
    letter = Letter(
        KIND,
        record.token,
        Address(member.name, desk.config.updates.send_from),
        to,
        record.subject,
        text or record.text,
        html,
        answering.now,
        headers,
        to_customer=True,
        win_ids=record.win_ids,
    )
    mail = post(letter, key=desk.key, domain=desk.domain)
    copy = _copy_for(csm, mail, post(replace(letter, kind=COPY, to_customer=False), key=desk.key, domain=desk.domain))
    sent = UpdateSent(
        record.token,
        answering.now,
        record.subject,
        record.text,
        record.win_ids,
        (to.address or "",),
        mail.message_id,
        is_once=True,
    )
    settled = answering.base(Outcome.IGNORED, "update_sent", kind=Kind.COMMAND.value, note="send", update_sent=sent)
    view = compose.answer(f"On its way to {to.shown}.", ["You are in Cc, and answers come to you."], answering.scene)
    settled = answering.answered(settled, view, member, None, (), is_needed=True)
    return replace(settled, outgoing=(mail, copy, *settled.outgoing))


def _copy_for(csm: Address, mail: OutgoingMail, copy: OutgoingMail) -> OutgoingMail:
    """The same mail in her own mailbox: one transaction per recipient, so her Cc is a delivery of its own, with an id of its own."""
    return replace(copy, recipient=csm.address or "")


def _enclosed(row: OutgoingRow) -> EmailMessage | None:
    """The mail to the customer as it lies in the draft: our own bytes."""
    for part in message_from_bytes(row.mail.raw, policy=SMTP).walk():
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
            return inner if isinstance(inner, EmailMessage) else None
    return None


def _body(mail: EmailMessage, kind: str) -> str | None:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part is not None else None


def _plain(person: Address) -> str:
    name = re.sub(r"[^\w .\'’-]", " ", person.name or "").strip()
    return f'"{name}" <{person.address}>' if name else f"{person.address}"
