"""Drafting customer updates, on the command line or asked for by mail. What leaves this room for a customer went through the wall."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from babel import Locale

from mailwins.errors import UsageError
from mailwins.jobs import releasing
from mailwins.jobs.answering import Answering
from mailwins.jobs.desk import Desk
from mailwins.model import (
    Account,
    Address,
    CustomerUpdate,
    Decoded,
    Directory,
    Kind,
    Member,
    Outcome,
    OutgoingMail,
    ShareableWin,
    Submission,
    Visibility,
    Win,
)
from mailwins.outbox import Enclosed, Letter, fitted, post, write
from mailwins.patterns import rare
from mailwins.ports import OutgoingRow, Settled, WinFilter
from mailwins.receipts import compose as receipts
from mailwins.receipts.corrections import Told, correct
from mailwins.render import day
from mailwins.understanding.accounts import accounts_of_address
from mailwins.understanding.naming import named, named_with_period
from mailwins.understanding.periods import period_of
from mailwins.updates.compose import Plan, Signature, Update, compose
from mailwins.updates.drafts import compose_draft
from mailwins.updates.phrases import LANGUAGES, PHRASES, language_of
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
    known = desk.known()
    store = desk.store
    sent = [u for u in store.updates(account.name) if u.state == "sent"]
    start = since or (sent[0].until if sent else until - timedelta(days=desk.config.updates.default_days))
    wins = store.wins(WinFilter(account=account.name, since=start, until=until))
    recipient = _recipient(desk, account, to)
    if outsider := _outsider(desk, account, recipient):
        news = (*news, outsider)
    colleagues = colleagues_of(known.directory)
    found = sort_wins(
        seen_by(member, account, wins),
        account=account.name,
        since=start,
        until=until,
        told=store.told(account.name),
        recipient=recipient,
        own_quotes=desk.config.updates.own_quotes,
        colleagues=colleagues,
    )
    found = _without_favours(found, {w.id: w for w in wins})
    earlier = _earlier(desk, account.name, start, recipient) if since is None and sent else ()
    told_before = _told_before(desk, account.name, start) if since is None and sent else ()
    signature = Signature(
        member.name, member.role if _is_title(member.role) else None, desk.config.company.name, member.address
    )
    own = _own_language(found.shareable, recipient)
    language = (
        plan.language
        or own
        or account.language
        or language_of([w.words for w in found.shareable])
        or desk.config.company.language
    )
    if own and account.language and own != account.language and not plan.language:
        news = (*news, _why_language(own, account.language))
    update = compose(
        account.name,
        found.shareable,
        since=start,
        until=until,
        recipient=recipient,
        signature=signature,
        language=language,
        plan=plan,
        colleagues=colleagues,
    )
    kinds = {w.category for w in wins}
    missing = tuple(
        k.name
        for k in known.policy.categories.values()
        if k.id in ("value_realized", "account_goal", "adoption", "referral") and k.id not in kinds
    )
    view = compose_draft(
        account.name,
        update,
        (*told_before, *found.left_out),
        recipient_name=recipient.name if recipient else None,
        wins_address=desk.wins_address,
        bcc_address=desk.bcc_address(token),
        missing=missing,
        news=(*_worries(desk, account), *news),
        earlier=earlier,
        question=PHRASES.get(language, PHRASES["en"]).door,
        can_send=desk.config.updates.send_for_me,
    )
    done = desk.renderer.render("draft", {"mail": view})
    files: tuple[Enclosed, ...] = ()
    text = ""
    if update is not None:
        rendered = desk.renderer.render("customer", {"mail": update})
        text = rendered.text
        eml = write(
            Letter(
                "update",
                token,
                Address(member.name, member.address),
                recipient or Address(),
                update.subject,
                rendered.text,
                rendered.html,
                now,
                (("Bcc", desk.bcc_address(token)), ("X-Unsent", "1")),
            ),
            None,
        )
        files = (Enclosed(_file_name(account.name, until), "message/rfc822", eml),)
    subject = fitted(f"Draft: {update.subject}" if update else view.heading)
    letter = Letter(
        "update", token, desk.sender, Address(member.name, member.address), subject, done.text, done.html, now,
        (("Auto-Submitted", "auto-generated"), ("X-Mailwins-Kind", "update"), ("Reply-To", desk.wins_address)), files=files, win_ids=update.win_ids if update else (),
    )  # fmt: skip
    mail = post(letter, key=desk.key, domain=desk.domain)
    record = CustomerUpdate(
        0,
        token,
        account.name,
        start,
        until,
        now,
        member.address,
        recipient or Address(),
        update.subject if update else view.heading,
        text,
        update.win_ids if update else (),
        "draft" if update else "empty",
        plan=plan.as_told(),
        is_recipient_named=is_named and recipient is not None,
    )
    return Drafted(record, update, mail, text)


# Kind of them, and our success rather than theirs: it waits while there is something they achieved.
FAVOURS = frozenset(("program", "nps_csat", "participation", "referral"))


def _is_favour(words: ShareableWin, win: Win) -> bool:
    return win.category in FAVOURS or (win.category == "endorsement" and telling(words.words) < FACT_TO_US)


def _without_favours(found: Sorted, wins: Mapping[int, Win]) -> Sorted:
    favours = [w for w in found.shareable if w.is_quote and _is_favour(w, wins[w.ref])]
    if not favours or len(favours) == len(found.shareable):
        return found
    why = "it is a favour to us rather than what they achieved; a sentence of yours would bring it in"
    left = tuple(LeftOut(w.ref, wins[w.ref].summary, why, w.words) for w in favours)
    return Sorted(tuple(w for w in found.shareable if w not in favours), (*found.left_out, *left))


def _earlier(desk: Desk, account: str, until: date, recipient: Address | None) -> tuple[int, ...]:
    """What may be told and lies before the last update, which left it out."""
    wins = desk.store.wins(WinFilter(account=account, until=until - timedelta(days=1)))
    found = sort_wins(
        wins,
        account=account,
        since=date.min,
        until=until - timedelta(days=1),
        told=desk.store.told(account),
        recipient=recipient,
        own_quotes=desk.config.updates.own_quotes,
        colleagues=colleagues_of(desk.known().directory),
    )
    return tuple(w.ref for w in reversed(found.shareable))


def _told_before(desk: Desk, account: str, until: date) -> tuple[LeftOut, ...]:
    """What earlier updates told of the days before this one: it is not forgotten, and not told twice."""
    told = desk.store.told(account)
    before = desk.store.wins(WinFilter(account=account, until=until - timedelta(days=1)))
    found = sort_wins([w for w in before if w.id in told], account=account, since=date.min, until=until, told=told)
    return tuple(x for x in found.left_out if x.why.startswith("already told"))


def may_ask(member: Member, account: Account) -> bool:
    """Whether an update or a review page of *account* is hers to ask for: its CSM, those who do a CSM's work, and managers."""
    return account.csm in member.addresses or any(member.may(p) for p in ("csm", "manager", "admin"))


def seen_by(member: Member, account: Account, wins: Sequence[Win]) -> list[Win]:
    """Private wins are for the account's CSM, managers, and who brought them."""
    if account.csm in member.addresses or member.may("manager") or member.may("admin"):
        return list(wins)
    return [
        w
        for w in wins
        if w.visibility is not Visibility.PRIVATE or {w.submitted_by, *w.credits} & set(member.addresses)
    ]


def refusal(desk: Desk, account: Account) -> str:
    csm = desk.known().directory.member(account.csm)
    who = f"{csm.name} ({csm.address})" if csm else "a manager"
    return f"What {account.name} may be shown is for its CSM to decide: please ask {who}."


def keep(desk: Desk, drafted: Drafted) -> CustomerUpdate:
    """Stored with its mail in the outbox; a second call for the same token changes nothing."""
    known = desk.store.update_of_token(drafted.record.token)
    return known or desk.store.new_update(drafted.record, (drafted.mail,))


def _worries(desk: Desk, account: Account) -> tuple[str, ...]:
    """A complaint of this customer that nobody has looked at yet: warm words would come at the wrong time."""
    held = desk.store.mails(outcome=Outcome.QUARANTINED, reason="negative", unresolved=True)
    theirs = [m for m in held if account.name in m.candidates]
    if not theirs:
        return ()
    newest = max(theirs, key=lambda m: m.arrived_at)
    named = f"“{fitted(newest.subject, 60)}”" if newest.subject else "a mail"
    more = f", and {len(theirs) - 1} more" if len(theirs) > 1 else ""
    return (
        f"Before you send anything: {named} of {day(newest.arrived_at.astimezone(desk.zone).date())}{more} reads like a complaint of theirs and waits in the tray.",
    )


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
    found = named(name, directory)
    account = directory.account(found) if isinstance(found, str) else None
    if account is None:
        close = f" Close ones: {', '.join(found)}." if found and not isinstance(found, str) else ""
        raise UsageError(f"There is no account called {name}.{close}", "See: mailwins accounts list")
    member = directory.member(asker or account.csm)
    if member is None:
        raise UsageError(
            f"{account.name} has no CSM among the people.", "Name one: mailwins update draft ACCOUNT --as ADDRESS"
        )
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


def _own_language(wins: Sequence[ShareableWin], recipient: Address | None) -> str | None:
    """The one the recipient writes to us in, where two mails of hers say so; None where it is not plain."""
    own = [w.words for w in wins if w.is_quote and recipient and recipient.name and w.said_by == recipient.name]
    found = {language_of([words]) for words in own}
    return found.pop() if len(own) >= 2 and len(found) == 1 else None


def _why_language(own: str, set_: str) -> str:
    wanted = Locale("en").languages.get(set_, set_)
    return f"It is in {Locale('en').languages[own]}, as they write to you, though the account is set to {wanted}: reply “language: {wanted}” for that."


def _is_title(role: str) -> bool:
    """``csm`` is our own short word; ``Customer Success Manager`` is a title a customer may read."""
    return " " in role or role[:1].isupper()


def _recipient(desk: Desk, account: Account, to: str | None) -> Address | None:
    contacts = [
        Address(c.name, c.address)
        for c in desk.known().directory.contacts
        if c.account == account.name and (c.address or c.name)
    ]
    heard = [
        Address(w.contact.name, w.contact.address)
        for w in desk.store.wins(WinFilter(account=account.name))
        if w.contact and w.contact.address and w.visibility is not Visibility.PRIVATE and w.category != "olympics"
    ]
    if to:
        wanted = to.casefold().strip()
        for person in (*contacts, *heard):
            name = (person.name or "").casefold()
            if wanted in ((person.address or "").casefold(), name) or wanted in name.split():
                return person
        return Address(None, to) if "@" in to else Address(to, None)
    return next((p for p in (*heard, *contacts) if _is_theirs(p, account, desk.known().directory)), None)


def _is_theirs(person: Address, account: Account, directory: Directory) -> bool:
    """An outsider who spoke of a customer, an agency or a partner, is nobody to write to unasked."""
    if person.address is None:
        return True
    found, _ = accounts_of_address(person.address, directory)
    return account in found or (not found and not account.domains)


def _addressed(record: CustomerUpdate, account: Account, directory: Directory) -> str | None:
    """Whom the draft before was for, unless that was our own guess and an outsider."""
    if not record.is_recipient_named and not _is_theirs(record.recipient, account, directory):
        return None
    return record.recipient.address or record.recipient.name


def _outsider(desk: Desk, account: Account, recipient: Address | None) -> str | None:
    """Who was heard from, but writes from elsewhere: offered when nobody of theirs is known."""
    if recipient is not None:
        return None
    for win in desk.store.wins(WinFilter(account=account.name)):
        person = win.contact
        if person and person.address and win.visibility is not Visibility.PRIVATE:
            named = f"{person.name} ({person.address})" if person.name else person.address
            return f"It is addressed to nobody: {named} does not write from {account.name}. If it is for them all the same: “update {account.name} for {person.address}”."
    return None


def _file_name(account: str, until: date) -> str:
    plain = "-".join("".join(c if c.isalnum() else " " for c in account).split())
    return f"{plain or 'update'}-{until.isoformat()}.eml"


# ---------------------------------------------------------------- asked for by mail

_SINCE = rare(
    r"\b(?:since|from|seit|depuis|desde|sinds)\s+(?P<day>[^\n,;]+?)(?=\s+(?:for|für|pour|para|voor)\b|[\n,;]|$)", re.I
)
_FOR = rare(
    r"\b(?:for|für|pour|para|voor|to)\s+(?P<who>[^\n,;]+?)(?=\s+(?:since|from|seit|depuis|desde|sinds)\b|[\n,;]|$)",
    re.I,
)
_IN = rare(
    rf"\s+(?:in|auf|en)\s+(?P<language>{'|'.join(n for n in LANGUAGES if len(n) > 2)})\b(?=\s*(?:$|since|from|seit|for|für|depuis|desde|sinds|[\n,;.]))",
    re.I,
)
_PLAN = rare(r"^\s*(?P<key>next|ask|meeting|question|language)\s*[:=]\s*(?P<text>.+)$", re.I | re.M)


# "share 12: better words", as the draft offers it; elsewhere a reply says "12: share: better words".
_SHARED_WORDS = rare(
    r"^\s*(?:share|teilen|partager|compartir|delen)\s+(?:win |nr\.? |#)?(?P<win>\d{1,7})\s*[:=]\s*(?=\S)", re.I | re.M
)


def read_plan(text: str) -> Plan:
    """``next: …``, ``ask: …``, ``meeting: …``, each on its own line."""
    found = {m["key"].lower(): " ".join(m["text"].split()) for m in _PLAN.finditer(text)}
    language = LANGUAGES.get(found.get("language", "").casefold().strip(" ."))
    return Plan(found.get("next"), found.get("ask") or found.get("question"), found.get("meeting"), language)


def asked(answering: Answering, rest: str, member: Member) -> Settled | None:
    """``update Acme since 1 September for Marisol``; None when no account is meant at all."""
    desk = answering.desk
    first, _, more = rest.strip().partition("\n")
    plan = read_plan(rest)
    if (wanted := _IN.search(first)) and not plan.language:
        plan, first = replace(plan, language=LANGUAGES[wanted["language"].casefold()]), _IN.sub("", first)
    words = f"{first}\n{_PLAN.sub('', more)}"
    since_match = _SINCE.search(words)
    who_match = _FOR.search(_SINCE.sub("", words))
    name = _FOR.sub("", _SINCE.sub("", first)).strip(" .,:;")
    written = answering.day
    meant = named_with_period(name, desk.known().directory, written)
    name, found, period, unread = meant.words, meant.account, meant.period, meant.unread
    if since_match:
        period = period_of(since_match["day"], written)
        unread = "" if period else since_match[0].strip()
    # One close name is taken, and said: the draft comes back to a colleague, who sees it.
    close = found[0] if not isinstance(found, str) and len(found) == 1 else None
    account = desk.known().directory.account(found if isinstance(found, str) else close)
    if account is not None and not may_ask(member, account):
        view = receipts.answer("Not drafted", [refusal(desk, account)], answering.scene)
        return answering.answered(
            answering.base(Outcome.IGNORED, "command", kind=Kind.COMMAND.value),
            view,
            member,
            None,
            (),
            is_asked_for=True,
        )
    if account is None:
        if not found:
            return None
        view = receipts.answer(
            "Which account?", [f"I know no account called “{name}”. Close ones: {', '.join(found)}."], answering.scene
        )
        return answering.answered(
            answering.base(Outcome.IGNORED, "command", kind=Kind.COMMAND.value),
            view,
            member,
            None,
            (),
            is_asked_for=True,
        )
    drafted = draft(
        desk,
        account,
        since=period.first if period else None,
        until=written,
        member=member,
        now=answering.now,
        token=desk.token("update", answering.mail.sha256),
        to=who_match["who"] if who_match else None,
        is_named=who_match is not None,
        plan=plan,
        news=(
            *((f"I took “{name}” for {account.name}.",) if close else ()),
            *((f"I could not read “{unread}”, so it begins as usual.",) if unread else ()),
        ),
    )
    keep(desk, drafted)
    return answering.base(Outcome.IGNORED, "command", kind=Kind.COMMAND.value)


def answer(answering: Answering, decoded: Decoded, row: OutgoingRow, member: Member) -> Settled | None:
    """A reply to a draft: ``share 12, 14``, ``share 12: words``, ``next: …``; a new draft comes back at once."""
    desk = answering.desk
    record = desk.store.update_of_token(row.mail.cause)
    if record is None or not isinstance(decoded.read, Submission):
        return None
    words = (decoded.read.note_raw or decoded.read.note or "").strip()
    plan = read_plan(words)
    rest = _SHARED_WORDS.sub(r"\g<win>: share: ", _PLAN.sub("", words)).strip()
    known = desk.known()
    account = known.directory.account(record.account)
    if account is None:
        return None
    wins = desk.store.wins(WinFilter(account=account.name))
    if wish := releasing.read_wish(decoded.read.note or words):
        return _send(answering, decoded, wish, record, row, account, member)
    reply = answering.read_reply(rest, member, win_ids=tuple(w.id for w in wins)) if rest else None
    if reply and reply.wishes and all(w.verb == "thanks" for w in reply.wishes):
        return answering.base(Outcome.IGNORED, "congratulation", kind=Kind.THANKS.value)
    meant = [w for w in wins if reply and w.id in {x.win for x in reply.wishes}]
    settled = answering.base(Outcome.IGNORED, "command", kind=Kind.COMMAND.value, note=words)
    problems: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    if reply and meant:
        done = correct(
            reply,
            meant,
            by=member,
            directory=known.directory,
            categories=known.policy.categories,
            now=answering.now,
            written=answering.now.date(),
            history={w.id: desk.store.history(w.id) for w in meant},
        )
        problems, told = done.problems, done.told
        if done.wins:
            desk.store.save_wins(done.wins, done.changes)
    elif reply and (reply.left or reply.wishes):
        problems = ("I did not understand that. To approve words, write “share” with the number, e.g. “share 12”.",)
    if told or plan != Plan():
        # One mail: the new draft says what was changed, and what could not be.
        drafted = draft(
            desk, account, since=record.since, until=record.until, member=member, now=answering.now, token=desk.token("update", answering.mail.sha256), to=_addressed(record, account, known.directory),
            is_named=record.is_recipient_named, plan=Plan(**{**record.plan, **plan.as_told()}), news=(*(_news(t) for t in told), *problems),
        )  # fmt: skip
        keep(desk, drafted)
    elif problems:
        view = receipts.corrected((), problems, meant, member, answering.scene)
        settled = answering.answered(settled, view, member, None, tuple(w.id for w in meant), is_needed=True)
    return settled


def _send(
    answering: Answering,
    decoded: Decoded,
    wish: releasing.Wish,
    record: CustomerUpdate,
    row: OutgoingRow,
    account: Account,
    member: Member,
) -> Settled:
    """``send``: out it goes, or she is told what stands in the way, with a new draft where that helps."""
    desk = answering.desk
    wins = desk.store.wins(WinFilter(account=account.name, since=record.since, until=record.until))
    found = sort_wins(
        wins,
        account=account.name,
        since=record.since,
        until=record.until,
        told=desk.store.told(account.name),
        recipient=record.recipient,
        own_quotes=desk.config.updates.own_quotes,
        colleagues=colleagues_of(desk.known().directory),
    )
    named = _recipient(desk, account, wish.to) if wish.to else None
    hurdle = releasing.hurdle(
        answering, decoded, record, row, member, [w.ref for w in found.shareable]
    ) or releasing.address_hurdle(record, wish, account, desk.known().directory, named)
    if hurdle is None:
        return releasing.released(answering, record, row, member)
    settled = answering.base(Outcome.IGNORED, "command", kind=Kind.COMMAND.value)
    if not hurdle.is_new_draft or hurdle.to is None:
        return answering.answered(
            settled, receipts.answer("Not sent.", [hurdle.why], answering.scene), member, None, (), is_needed=True
        )
    token = desk.token("update", answering.mail.sha256)
    drafted = draft(
        desk, account, since=record.since, until=record.until, member=member, now=answering.now, token=token, to=hurdle.to.address or hurdle.to.name,
        is_named=record.is_recipient_named or hurdle.names_to, plan=Plan(**record.plan), news=(hurdle.why,),
    )  # fmt: skip
    keep(desk, drafted)
    return settled


def _news(told: Told) -> str:
    name = f"Win {told.win_id}" if told.win_id else "Done"
    return f"{name}: {told.label.lower()} {f'{told.old} → ' if told.old and told.old != told.new else ''}{(told.new or 'nothing').rstrip('.')}."
