"""Drafting an update for a customer. What leaves this room for her went through the wall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel import Locale

from mailwins.jobs.addressing import outsider_heard, recipient_of
from mailwins.jobs.asking import account_called, asker_of, seen_by
from mailwins.jobs.desk import Desk
from mailwins.model import Account, Address, CustomerUpdate, Member, Outcome, OutgoingMail, ShareableWin, Win
from mailwins.outbox import Enclosed, Letter, fitted, post, write
from mailwins.ports import WinFilter
from mailwins.render import day
from mailwins.updates.compose import Plan, Signature, Update, compose
from mailwins.updates.drafts import compose_draft
from mailwins.updates.phrases import PHRASES, language_of
from mailwins.updates.wall import LeftOut, Sorted, colleagues_of, sort_wins
from mailwins.updates.words import FACT_TO_US, telling


@dataclass(frozen=True, slots=True)
class Drafted:
    """*update* None when nothing may be told yet; *mail* goes to the CSM in either case."""

    record: CustomerUpdate
    update: Update | None
    mail: OutgoingMail
    text: str


def draft(
    desk: Desk,
    account: Account,
    *,
    since: date | None,
    until: date,
    member: Member,
    now: datetime,
    token: str,
    to: str | None = None,
    is_named: bool = False,
    plan: Plan = Plan(),
    news: tuple[str, ...] = (),
) -> Drafted:
    """Compose, without storing.

    *to*: a contact's name or address, else the one heard from last; *is_named*: its CSM said so herself. *since* None: the last
    update's end, else ``updates.default_days``. *news*: what a reply changed, told above the draft.
    """
    sent = [u for u in desk.store.updates(account.name) if u.state == "sent"]
    start = since or (sent[0].until if sent else until - timedelta(days=desk.config.updates.default_days))
    wins = desk.store.wins(WinFilter(account=account.name, since=start, until=until))
    recipient = recipient_of(desk, account, to)
    found = _sorted(desk, account, seen_by(member, account, wins), start, until, recipient)
    found = without_favours(found, {w.id: w for w in wins})
    language, why_language = _language(desk, account, plan, found.shareable, recipient)
    update = compose(
        account.name,
        found.shareable,
        since=start,
        until=until,
        recipient=recipient,
        signature=_signature(desk, member),
        language=language,
        plan=plan,
        colleagues=colleagues_of(desk.known().directory),
    )
    is_next = since is None and bool(sent)
    view = compose_draft(
        account.name,
        update,
        (*(_told_before(desk, account.name, start) if is_next else ()), *found.left_out),
        recipient_name=recipient.name if recipient else None,
        wins_address=desk.wins_address,
        bcc_address=desk.bcc_address(token),
        missing=_missing_kinds(desk, wins),
        news=(*_worries(desk, account), *news, *outsider_heard(desk, account, recipient), *why_language),
        earlier=_earlier(desk, account, start, recipient) if is_next else (),
        question=PHRASES.get(language, PHRASES["en"]).door,
        can_send=desk.config.updates.send_for_me,
    )
    text, eml = _for_the_customer(desk, update, member, recipient, token, now) if update else ("", b"")
    done = desk.renderer.render("draft", {"mail": view})
    letter = Letter(
        "update",
        token,
        desk.sender,
        Address(member.name, member.address),
        fitted(f"Draft: {update.subject}" if update else view.heading),
        done.text,
        done.html,
        now,
        (("Auto-Submitted", "auto-generated"), ("X-Mailwins-Kind", "update"), ("Reply-To", desk.wins_address)),
        files=(Enclosed(_file_name(account.name, until), "message/rfc822", eml),) if update else (),
        win_ids=update.win_ids if update else (),
    )
    record = CustomerUpdate(
        id=0,
        token=token,
        account=account.name,
        since=start,
        until=until,
        drafted_at=now,
        drafted_for=member.address,
        recipient=recipient or Address(),
        subject=update.subject if update else view.heading,
        text=text,
        win_ids=update.win_ids if update else (),
        state="draft" if update else "empty",
        plan=plan.as_told(),
        is_recipient_named=is_named and recipient is not None,
    )
    return Drafted(record, update, post(letter, key=desk.key, domain=desk.domain), text)


def _sorted(
    desk: Desk, account: Account, wins: Sequence[Win], since: date, until: date, recipient: Address | None
) -> Sorted:
    """What of *wins* the customer may be told, and what not and why."""
    return sort_wins(
        wins,
        account=account.name,
        since=since,
        until=until,
        told=desk.store.told(account.name),
        recipient=recipient,
        own_quotes=desk.config.updates.own_quotes,
        colleagues=colleagues_of(desk.known().directory),
    )


def shareable_in(desk: Desk, account: Account, record: CustomerUpdate) -> list[int]:
    """The wins that the days of an earlier draft would tell of today."""
    wins = desk.store.wins(WinFilter(account=account.name, since=record.since, until=record.until))
    found = _sorted(desk, account, wins, record.since, record.until, record.recipient)
    return [w.ref for w in found.shareable]


def _signature(desk: Desk, member: Member) -> Signature:
    role = member.role if _is_title(member.role) else None
    return Signature(member.name, role, desk.config.company.name, member.address)


def _language(
    desk: Desk, account: Account, plan: Plan, wins: Sequence[ShareableWin], recipient: Address | None
) -> tuple[str, tuple[str, ...]]:
    """(the language of the update, why it is not the account's)."""
    if plan.language:
        return plan.language, ()
    if own := own_language(wins, recipient):
        set_ = account.language
        return own, (_why_language(own, set_),) if set_ and set_ != own else ()
    return account.language or language_of([w.words for w in wins]) or desk.config.company.language, ()


def _missing_kinds(desk: Desk, wins: Sequence[Win]) -> tuple[str, ...]:
    """Names of the kinds that carry an update and that none of *wins* is of."""
    kinds = {w.category for w in wins}
    return tuple(k.name for k in desk.known().policy.categories.values() if k.id in CARRYING and k.id not in kinds)


def _for_the_customer(
    desk: Desk, update: Update, member: Member, recipient: Address | None, token: str, now: datetime
) -> tuple[str, bytes]:
    """(the text, the mail as a file that a mail program opens to be sent)."""
    done = desk.renderer.render("customer", {"mail": update})
    letter = Letter(
        "update",
        token,
        Address(member.name, member.address),
        recipient or Address(),
        update.subject,
        done.text,
        done.html,
        now,
        (("Bcc", desk.bcc_address(token)), ("X-Unsent", "1")),
    )
    return done.text, write(letter, None)


CARRYING = frozenset(("value_realized", "account_goal", "adoption", "referral"))


# Kind of them, and our success rather than theirs: it waits while there is something they achieved.
FAVOURS = frozenset(("program", "nps_csat", "participation", "referral"))


def _is_favour(words: ShareableWin, win: Win) -> bool:
    return win.category in FAVOURS or (win.category == "endorsement" and telling(words.words) < FACT_TO_US)


def without_favours(found: Sorted, wins: Mapping[int, Win]) -> Sorted:
    favours = [w for w in found.shareable if w.is_quote and _is_favour(w, wins[w.ref])]
    if not favours or len(favours) == len(found.shareable):
        return found
    why = "it is a favour to us rather than what they achieved; a sentence of yours would bring it in"
    left = tuple(LeftOut(w.ref, wins[w.ref].summary, why, w.words) for w in favours)
    return Sorted(tuple(w for w in found.shareable if w not in favours), (*found.left_out, *left))


def _earlier(desk: Desk, account: Account, until: date, recipient: Address | None) -> tuple[int, ...]:
    """What may be told and lies before the last update, which left it out."""
    day_before = until - timedelta(days=1)
    wins = desk.store.wins(WinFilter(account=account.name, until=day_before))
    found = _sorted(desk, account, wins, date.min, day_before, recipient)
    return tuple(w.ref for w in reversed(found.shareable))


def _told_before(desk: Desk, account: str, until: date) -> tuple[LeftOut, ...]:
    """What earlier updates told of the days before this one: it is not forgotten, and not told twice."""
    told = desk.store.told(account)
    before = desk.store.wins(WinFilter(account=account, until=until - timedelta(days=1)))
    found = sort_wins([w for w in before if w.id in told], account=account, since=date.min, until=until, told=told)
    return tuple(x for x in found.left_out if x.why.startswith("already told"))


def _worries(desk: Desk, account: Account) -> tuple[str, ...]:
    """A complaint of this customer that nobody has looked at yet: warm words would come at the wrong time."""
    held = desk.store.mails(outcome=Outcome.QUARANTINED, reason="negative", unresolved=True)
    theirs = [m for m in held if account.name in m.candidates]
    if not theirs:
        return ()
    newest = max(theirs, key=lambda m: m.arrived_at)
    named = f"“{fitted(newest.subject, 60)}”" if newest.subject else "a mail"
    more = f", and {len(theirs) - 1} more" if len(theirs) > 1 else ""
    waits = f"{named} of {day(newest.arrived_at.astimezone(desk.zone).date())}{more}"
    return (f"Before you send anything: {waits} reads like a complaint of theirs and waits in the tray.",)


def own_language(wins: Sequence[ShareableWin], recipient: Address | None) -> str | None:
    """The one the recipient writes to us in, where two mails of hers say so; None where it is not plain."""
    own = [w.words for w in wins if w.is_quote and recipient and recipient.name and w.said_by == recipient.name]
    found = {language_of([words]) for words in own}
    return found.pop() if len(own) >= 2 and len(found) == 1 else None


def _why_language(own: str, set_: str) -> str:
    languages = Locale("en").languages
    wanted = languages.get(set_, set_)
    return (
        f"It is in {languages[own]}, as they write to you, though the account is set to {wanted}: "
        f"reply “language: {wanted}” for that."
    )


def _is_title(role: str) -> bool:
    """``csm`` is our own short word; ``Customer Success Manager`` is a title a customer may read."""
    return " " in role or role[:1].isupper()


def _file_name(account: str, until: date) -> str:
    plain = "-".join("".join(c if c.isalnum() else " " for c in account).split())
    return f"{plain or 'update'}-{until.isoformat()}.eml"


def draft_for(
    desk: Desk,
    name: str,
    *,
    since: date | None,
    until: date,
    now: datetime,
    to: str | None = None,
    asker: str | None = None,
    plan: Plan = Plan(),
) -> Drafted:
    """By the account's name, for its CSM. Raises UsageError with the close names."""
    directory = desk.known().directory
    account = account_called(name, directory)
    member = asker_of(account, asker, directory, command="mailwins update draft ACCOUNT")
    return draft(
        desk,
        account,
        since=since,
        until=until,
        member=member,
        now=now,
        token=desk.token("update", account.name, now.isoformat()),
        to=to,
        plan=plan,
    )


def keep(desk: Desk, drafted: Drafted) -> CustomerUpdate:
    """Stored with its mail in the outbox; a second call for the same token changes nothing."""
    known = desk.store.update_of_token(drafted.record.token)
    return known or desk.store.new_update(drafted.record, (drafted.mail,))
