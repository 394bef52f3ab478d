"""Customer updates by mail: ``update Acme`` asks for a draft, and a reply to a draft changes or sends it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mailwins.jobs import releasing
from mailwins.jobs.addressing import addressed_before, recipient_of
from mailwins.jobs.answering import Answering
from mailwins.jobs.asking import may_ask, refusal
from mailwins.jobs.drafting import draft, keep, shareable_in
from mailwins.model import Account, CustomerUpdate, Decoded, Kind, Member, Outcome, Submission
from mailwins.patterns import rare
from mailwins.ports import OutgoingRow, Settled, WinFilter
from mailwins.receipts import compose as receipts
from mailwins.receipts.corrections import Told, correct
from mailwins.understanding.naming import named_with_period
from mailwins.understanding.periods import period_of
from mailwins.updates.compose import Plan
from mailwins.updates.phrases import LANGUAGES

_SINCE = rare(
    r"\b(?:since|from|seit|depuis|desde|sinds)\s+(?P<day>[^\n,;]+?)(?=\s+(?:for|für|pour|para|voor)\b|[\n,;]|$)", re.I
)


_FOR = rare(
    r"\b(?:for|für|pour|para|voor|to)\s+(?P<who>[^\n,;]+?)(?=\s+(?:since|from|seit|depuis|desde|sinds)\b|[\n,;]|$)",
    re.I,
)


IN_LANGUAGE = rare(
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
    desk, directory = answering.desk, answering.desk.known().directory
    wish = _read(rest)
    meant = named_with_period(wish.name, directory, answering.day)
    period, unread = meant.period, meant.unread
    if wish.since:
        period = period_of(wish.since_day, answering.day)
        unread = "" if period else wish.since
    # One close name is taken, and said: the draft comes back to a colleague, who sees it.
    close = meant.account[0] if not isinstance(meant.account, str) and len(meant.account) == 1 else None
    account = directory.account(meant.account if isinstance(meant.account, str) else close)
    if account is None:
        if not meant.account:
            return None
        names = ", ".join(meant.account)
        return _told(
            answering, member, "Which account?", f"I know no account called “{meant.words}”. Close ones: {names}."
        )
    if not may_ask(member, account):
        return _told(answering, member, "Not drafted", refusal(desk, account))
    drafted = draft(
        desk,
        account,
        since=period.first if period else None,
        until=answering.day,
        member=member,
        now=answering.now,
        token=desk.token("update", answering.mail.sha256),
        to=wish.to,
        is_named=wish.to is not None,
        plan=wish.plan,
        news=(
            *((f"I took “{meant.words}” for {account.name}.",) if close else ()),
            *((f"I could not read “{unread}”, so it begins as usual.",) if unread else ()),
        ),
    )
    keep(desk, drafted)
    return _done(answering)


@dataclass(frozen=True, slots=True)
class _Wish:
    """*name*: the account's as typed, perhaps with a time behind it; *since*: “since September”, *since_day* its day."""

    name: str
    plan: Plan
    to: str | None = None
    since: str = ""
    since_day: str = ""


def _read(rest: str) -> _Wish:
    first, _, more = rest.strip().partition("\n")
    plan = read_plan(rest)
    if (wanted := IN_LANGUAGE.search(first)) and not plan.language:
        plan, first = replace(plan, language=LANGUAGES[wanted["language"].casefold()]), IN_LANGUAGE.sub("", first)
    words = f"{first}\n{_PLAN.sub('', more)}"
    since = _SINCE.search(words)
    to = _FOR.search(_SINCE.sub("", words))
    return _Wish(
        _FOR.sub("", _SINCE.sub("", first)).strip(" .,:;"),
        plan,
        to["who"] if to else None,
        since[0].strip() if since else "",
        since["day"] if since else "",
    )


def _done(answering: Answering, note: str | None = None) -> Settled:
    return answering.base(Outcome.IGNORED, "command", kind=Kind.COMMAND.value, note=note)


def _told(answering: Answering, member: Member, heading: str, words: str) -> Settled:
    view = receipts.answer(heading, [words], answering.scene)
    return answering.answered(_done(answering), view, member, None, (), is_asked_for=True)


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
    settled = _done(answering, words)
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
        _draft_again(
            answering,
            record,
            account,
            member,
            to=addressed_before(record, account, known.directory),
            is_named=record.is_recipient_named,
            plan=Plan(**{**record.plan, **plan.as_told()}),
            news=(*(_news(t) for t in told), *problems),
        )
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
    named = recipient_of(desk, account, wish.to) if wish.to else None
    hurdle = releasing.hurdle(
        answering, decoded, record, row, member, shareable_in(desk, account, record)
    ) or releasing.address_hurdle(record, wish, account, desk.known().directory, named)
    if hurdle is None:
        return releasing.released(answering, record, row, member)
    settled = _done(answering)
    if not hurdle.is_new_draft or hurdle.to is None:
        return answering.answered(
            settled, receipts.answer("Not sent.", [hurdle.why], answering.scene), member, None, (), is_needed=True
        )
    _draft_again(
        answering,
        record,
        account,
        member,
        to=hurdle.to.address or hurdle.to.name,
        is_named=record.is_recipient_named or hurdle.names_to,
        plan=Plan(**record.plan),
        news=(hurdle.why,),
    )
    return settled


def _draft_again(
    answering: Answering,
    record: CustomerUpdate,
    account: Account,
    member: Member,
    *,
    to: str | None,
    is_named: bool,
    plan: Plan,
    news: tuple[str, ...],
) -> None:
    """A new draft for the days of the one before, as the answer to this mail."""
    desk = answering.desk
    drafted = draft(
        desk,
        account,
        since=record.since,
        until=record.until,
        member=member,
        now=answering.now,
        token=desk.token("update", answering.mail.sha256),
        to=to,
        is_named=is_named,
        plan=plan,
        news=news,
    )
    keep(desk, drafted)


def _news(told: Told) -> str:
    name = f"Win {told.win_id}" if told.win_id else "Done"
    before = f"{told.old} → " if told.old and told.old != told.new else ""
    return f"{name}: {told.label.lower()} {before}{(told.new or 'nothing').rstrip('.')}."
