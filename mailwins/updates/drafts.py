"""The mail that brings a draft to the CSM: the update between clear marks, and below it what is for her eyes only."""

from __future__ import annotations

from dataclasses import dataclass

from mailwins.updates.compose import Update
from mailwins.updates.wall import LeftOut


@dataclass(frozen=True, slots=True)
class Item:
    number: int
    summary: str
    why: str
    words: str | None
    is_quote: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """*update* None: nothing may be told yet; the mail then says what to approve."""

    title: str
    heading: str
    preheader: str
    lead: tuple[str, ...]
    update: Update | None
    notes: tuple[str, ...]
    left_out: tuple[Item, ...]
    footer: tuple[str, ...]
    language: str = "en"
    is_framed: bool = False


MOST_LISTED = 12


def compose_draft(account: str, update: Update | None, left_out: tuple[LeftOut, ...], *, recipient_name: str | None, wins_address: str, bcc_address: str | None = None, missing: tuple[str, ...] = (), news: tuple[str, ...] = ()) -> Draft:
    """*missing*: names of kinds that have no evidence in the period. *news*: what the reply that asked for it changed."""
    notes: list[str] = []
    listed = left_out[-MOST_LISTED:]
    approvable = [x for x in listed if x.words and x.is_quote and "not approved" in x.why]
    noted = [x for x in listed if x.words and not x.is_quote and "not approved" in x.why]
    wordless = [x for x in listed if "no words" in x.why]
    if update is None:
        heading = f"No update for {account} yet"
        lead: tuple[str, ...] = ("There is nothing yet that may be shown to the customer. Only words that a person approved, or that the customer said in public, go out.",)
    else:
        heading = f"Your draft for {account}"
        to = f" to {recipient_name}" if recipient_name else ""
        lead = (f"Below is what you can send{to}; the attached file opens as a mail of yours in Outlook, Thunderbird and Apple Mail. Nothing was sent to the customer.",)
        notes.append(f"Send it with {bcc_address or wins_address} in Bcc (the attached file has it already): then I know what you told them and never bring it up twice.")
        if not update.coming:
            notes.append("You can add what comes next and a question: reply with “next: …”, “ask: …” or “meeting: …” and a new draft comes back.")
    if approvable:
        numbers = ", ".join(str(x.win_id) for x in approvable[:3])
        notes.append(f"Words that you may approve are quoted below. Reply “share {numbers}”, or “share {approvable[0].win_id}: your own words for the customer”, and a new draft comes back at once.")
    if noted:
        notes.append(f"Where only your side wrote, the customer gets the sentence that you write for them: reply “share {noted[0].win_id}: …” with it.")
    if wordless:
        notes.append(f"Shared, but without words for the customer: reply “share {wordless[0].win_id}: …” with the sentence they may read.")
    if missing:
        notes.append(f"No evidence in this period for: {', '.join(missing)}.")
    items = tuple(Item(x.win_id, x.summary, x.why, x.words if "not approved" in x.why or "no words" in x.why else None, x.is_quote) for x in listed)
    if not left_out and update is not None:
        notes.append("Nothing was left out.")
    return Draft(
        title=heading, heading=heading, preheader="", lead=(*news, *lead), update=update, notes=tuple(notes), left_out=items,
        footer=(f"You get this because you asked {wins_address} for an update. Never forward this whole mail to a customer: copy what stands between the marks.",),
    )  # fmt: skip
