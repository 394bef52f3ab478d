"""The mail that brings a draft to the CSM: the update between clear marks, and below it what is for her eyes only."""

from __future__ import annotations

from dataclasses import dataclass

from mailwins.updates.compose import Update
from mailwins.updates.wall import LeftOut
from mailwins.updates.words import cut

MOST_SHOWN, MOST_SUMMARY = 600, 200


@dataclass(frozen=True, slots=True)
class Item:
    number: int
    summary: str
    why: str
    words: str | None
    is_quote: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """*update* None: nothing may be told yet; *help* then says what would change that."""

    title: str
    heading: str
    preheader: str
    lead: tuple[str, ...]
    update: Update | None
    notes: tuple[str, ...]
    left_out: tuple[Item, ...]
    footer: tuple[str, ...]
    help: tuple[str, ...] = ()
    language: str = "en"
    is_framed: bool = False


MOST_LISTED = 12
NAMED = 3
"""So many wins are named in one sentence; the others are listed below it."""


def compose_draft(
    account: str,
    update: Update | None,
    left_out: tuple[LeftOut, ...],
    *,
    recipient_name: str | None,
    wins_address: str,
    bcc_address: str | None = None,
    missing: tuple[str, ...] = (),
    news: tuple[str, ...] = (),
    earlier: tuple[int, ...] = (),
    question: str = "",
    can_send: bool = False,
) -> Draft:
    """*missing*: kinds that have no evidence in the period. *news*: what the reply that asked for it changed.

    *earlier*: wins from before the period that may be told and never were. *question*: one that makes a customer tell a win,
    in her language. *can_send*: the reply ``send`` lets us send it.
    """
    listed = left_out[-MOST_LISTED:]
    notes = _how_to_send(update, bcc_address or wins_address, can_send=can_send) if update else []
    notes += _how_to_approve(listed) if update else []
    if earlier:
        notes.append(
            f"From before this period, and never told: {_numbers(earlier)}. “update {account} since …” with an earlier day brings them in."
        )
    if missing:
        notes.append(f"No evidence in this period for: {', '.join(missing)}.")
    if update is not None and not left_out:
        notes.append("Nothing was left out.")
    items = tuple(
        Item(
            x.win_id,
            cut(x.summary, MOST_SUMMARY),
            x.why,
            cut(x.words, MOST_SHOWN) if x.words and ("not approved" in x.why or "no words" in x.why) else None,
            x.is_quote,
        )
        for x in listed
    )
    heading = f"Your draft for {account}" if update else f"No update for {account} yet"
    lead = (
        _lead(cut(recipient_name, MOST_SUMMARY) if recipient_name else None) if update else _why_none(account, left_out)
    )
    return Draft(
        title=heading,
        heading=heading,
        preheader="",
        lead=(*news, *lead),
        update=update,
        notes=tuple(notes),
        left_out=items,
        help=() if update else _three_things(account, listed, wins_address, question),
        footer=(
            f"You get this because you asked {wins_address} for an update. "
            + (
                "Never forward this whole mail to a customer: copy what stands between the marks."
                if update
                else "Nothing was sent to the customer."
            ),
        ),
    )


def _lead(recipient_name: str | None) -> tuple[str, ...]:
    to = f" to {recipient_name}" if recipient_name else ""
    return (
        f"Below is what you can send{to}: copy what stands between the marks, or open the attached file where your mail program lets you edit it. Nothing was sent to the customer.",
    )


def _how_to_send(update: Update, bcc_address: str, *, can_send: bool) -> list[str]:
    notes = [
        f"Send it with {bcc_address} in Bcc (the attached file has it already): then I know what you told them and never bring it up twice."
    ]
    if can_send:
        notes.append(
            "Or reply “send”, and it goes out as it stands, with you in Cc; “send to name@customer” names somebody else."
        )
    if not update.coming:
        notes.append(
            "You can add what comes next and a question: reply with “next: …”, “ask: …” or “meeting: …” and a new draft comes back."
        )
    return notes


def _how_to_approve(listed: tuple[LeftOut, ...]) -> list[str]:
    approvable, noted, wordless = _sorted(listed)
    notes = []
    if approvable:
        numbers = _numbers(tuple(x.win_id for x in approvable))
        notes.append(
            f"Words that you may approve are quoted below. Reply “share {numbers}”, or “share {approvable[0].win_id}: your own words for the customer”, and a new draft comes back at once."
        )
    if noted:
        notes.append(
            f"Where only your side wrote, the customer gets the sentence that you write for them: reply “share {noted[0].win_id}: …” with it."
        )
    if wordless:
        notes.append(
            f"Where a win has no words for the customer: reply “share {wordless[0].win_id}: …” with the sentence they may read."
        )
    if confided := [x for x in listed if "confidence" in x.why]:
        notes.append(
            f"What was told in confidence stays inside. Only a sentence that you write for them can be told of it: “share {confided[0].win_id}: …”."
        )
    return notes


def _sorted(listed: tuple[LeftOut, ...]) -> tuple[list[LeftOut], list[LeftOut], list[LeftOut]]:
    """Quotes that may be approved as they stand; what colleagues noted; what is shared but has no words."""
    approvable = [x for x in listed if x.words and x.is_quote and "not approved" in x.why]
    noted = [x for x in listed if x.words and not x.is_quote and "not approved" in x.why]
    return approvable, noted, [x for x in listed if "no words" in x.why]


def _why_none(account: str, left_out: tuple[LeftOut, ...]) -> tuple[str, ...]:
    told = [x for x in left_out if x.why.startswith("already told")]
    rule = "Only words that a person approved, or that they said in public, go to a customer."
    if told and len(told) == len(left_out):
        return (
            f"Everything that may be shown to {account} was told already. That is good news; the next one needs something new.",
        )
    if not left_out:
        return (f"I know of nothing good from {account} in this period yet. {rule}",)
    return (f"There is something, but nothing yet that may be shown to {account}. {rule}",)


def _three_things(account: str, listed: tuple[LeftOut, ...], wins_address: str, question: str) -> tuple[str, ...]:
    """What would help most, in this account's own terms."""
    approvable, noted, wordless = _sorted(listed)
    wanting = noted + wordless
    approve = (
        f"Approve words of theirs: reply “share {_numbers(tuple(x.win_id for x in approvable))}”. You find them below."
        if approvable
        else f"Forward a mail in which somebody at {account} says what went well, to {wins_address}, with #share above it."
    )
    write = (
        f"Write the sentence that they may read: reply “share {wanting[0].win_id}: …” with it."
        if wanting
        else f"Write a sentence that they may read: send me a line about {account}, then answer its receipt with “share: …”."
    )
    return (
        approve,
        write,
        f"Ask them. A question that opens the door: “{question or 'What works better now than three months ago?'}”",
    )


def _numbers(wins: tuple[int, ...]) -> str:
    return ", ".join(map(str, wins[:NAMED]))
