"""Reports for the shell and by mail: gathered from the store, worded in ``digest.reports``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from rapidfuzz import fuzz

from mailwins import insights
from mailwins.digest import reports
from mailwins.digest.goals import Progress, progress
from mailwins.digest.reasons import reason_to_ask
from mailwins.digest.reports import Page, Sheet
from mailwins.jobs import publish as publishing
from mailwins.jobs.answering import Answering
from mailwins.jobs.desk import Desk
from mailwins.jobs.watching import begun_on, snoozes
from mailwins.model import Kind, Member, Outcome, Win
from mailwins.ports import Settled, WinFilter
from mailwins.receipts import compose
from mailwins.render import day, listed
from mailwins.understanding.naming import named

QUARTER = timedelta(days=92)
MEETING_DAYS = 14
MOST_ROWS = 25
MOST_COMMANDED = 2


def quiet(desk: Desk, now: datetime, member: Member | None = None) -> tuple[insights.QuietAccount, ...]:
    """All quiet accounts, or those of one CSM."""
    today, config = now.astimezone(desk.zone).date(), desk.config.quiet
    accounts = [
        a
        for a in desk.known().directory.accounts
        if member is None or (a.csm or "").lower() in {x.lower() for x in member.addresses}
    ]
    return insights.quiet_accounts(
        accounts,
        desk.store.last_wins(now),
        today,
        days=config.days,
        tiers=config.tiers,
        snoozed=snoozes(desk),
        begun_on=begun_on(desk, desk.zone),
    )


def sheets(desk: Desk, name: str, now: datetime) -> tuple[Sheet, ...]:
    """*name*: one of ``NAMES``."""
    return _SHEETS[name](desk, now)


def _quiet(desk: Desk, now: datetime) -> tuple[Sheet, ...]:
    return (reports.quiet_sheet(quiet(desk, now)),)


def _coverage(desk: Desk, now: datetime) -> tuple[Sheet, ...]:
    recently, month = (desk.store.senders(now - weeks * insights.WEEK, now) for weeks in (1, 4))
    today = now.astimezone(desk.zone).date()
    return (
        reports.coverage_sheet(
            insights.coverage(desk.known().directory, recently, month, desk.store.last_wins(now), today)
        ),
    )


def _trends(desk: Desk, now: datetime) -> tuple[Sheet, ...]:
    today = now.astimezone(desk.zone).date()
    since = date(today.year, today.month, 1) - timedelta(days=31 * reports.MONTHS)
    wins = [w for w in desk.store.glances(None, now) if w.win_date >= since]
    saying = desk.store.wins_by_id([w.id for w in wins if (w.features or w.says_why)][-5000:])
    return (reports.trend_sheet(wins, desk.config.kinds, today), reports.repeats_sheet(saying))


def _health(desk: Desk, now: datetime) -> tuple[Sheet, ...]:
    heard = Counter(p.account.name for p in _progress(desk, now) if p.wins)
    today = now.astimezone(desk.zone).date()
    return (
        reports.health_sheet(
            desk.known().directory.accounts,
            desk.store.glances(now - 2 * QUARTER, now),
            desk.store.last_wins(now),
            heard,
            today,
        ),
    )


def _goals(desk: Desk, now: datetime) -> tuple[Sheet, ...]:
    return (reports.goals_sheet(_progress(desk, now)),)


def _progress(desk: Desk, now: datetime) -> list[Progress]:
    """What the wins of half a year say of each goal."""
    accounts = [a for a in desk.known().directory.accounts if a.goals]
    names = {a.name for a in accounts}
    by_account: dict[str | None, list[Win]] = {}
    if names:
        for win in desk.store.wins_by_id(
            [w.id for w in desk.store.glances(now - 2 * QUARTER, now) if w.account in names]
        ):
            by_account.setdefault(win.account, []).append(win)
    return [p for a in accounts for p in progress(a, by_account.get(a.name, ()))]


_SHEETS: Mapping[str, Callable[[Desk, datetime], tuple[Sheet, ...]]] = {
    "quiet": _quiet,
    "coverage": _coverage,
    "trends": _trends,
    "health": _health,
    "goals": _goals,
}
NAMES = tuple(_SHEETS)


def one_on_one(desk: Desk, member: Member, now: datetime) -> Page:
    directory = desk.known().directory
    own = [a for a in directory.accounts if (a.csm or "").lower() in {x.lower() for x in member.addresses}]
    wins = [w for a in own for w in desk.store.wins(WinFilter(account=a.name, captured_until=now, limit=200))]
    last = {w.account: w for w in reversed(wins) if w.account}
    return reports.one_on_one(member, directory, wins, last, desk.config.kinds, now, now.astimezone(desk.zone).date())


def meeting(desk: Desk, now: datetime, days: int = MEETING_DAYS) -> Page:
    return reports.meeting(
        desk.store.wins(WinFilter(captured_since=now - timedelta(days=days), captured_until=now)),
        desk.known().directory,
    )


# ---------------------------------------------------------------- by mail


def _answer(
    answering: Answering,
    member: Member,
    heading: str,
    lines: Sequence[str],
    rows: Sequence[tuple[str, str]] = (),
    *,
    preferences: tuple[tuple[str, str, str], ...] = (),
) -> Settled:
    view = compose.answer(heading, list(lines), answering.scene, rows=list(rows))
    settled = answering.base(Outcome.IGNORED, "command", kind=Kind.COMMAND.value, preferences=preferences)
    return answering.answered(settled, view, member, None, (), is_asked_for=True)


def answer_quiet(answering: Answering, rest: str, member: Member) -> Settled:
    """Managers hear of all accounts, everybody else of her own."""
    found = quiet(answering.desk, answering.now, None if "manager" in member.permissions else member)
    if not found:
        return _answer(
            answering,
            member,
            "No account is quiet for too long",
            ["No silence is longer than its tier allows."],
        )
    last = answering.desk.store.newest_wins([q.account.name for q in found[:MOST_ROWS]], answering.now)
    today = answering.now.astimezone(answering.desk.zone).date()
    rows = [
        (q.account.name, _quiet_words(q, reason_to_ask(q.account, last.get(q.account.name), today)))
        for q in found[:MOST_ROWS]
    ]
    lines = [
        "Soonest renewal first. Quiet is not unhappy: it is a reason to ask.",
        f"Not now? Write “snooze {found[0].account.name} 4w: why”.",
    ]
    return _answer(answering, member, f"{len(found)} quiet {'account' if len(found) == 1 else 'accounts'}", lines, rows)


def _quiet_words(q: insights.QuietAccount, reason: str) -> str:
    silence = f"{q.days} days without a win" if q.days is not None else "no win yet"
    renews = f", renews {day(q.account.renewal_on)}" if q.account.renewal_on else ""
    return f"{silence}{renews}. {reason}"


def answer_one_on_one(answering: Answering, rest: str, member: Member) -> Settled:
    """For managers about anybody, for everybody else about herself."""
    directory = answering.desk.known().directory
    wanted = rest.strip().casefold()
    found = (
        [
            m
            for m in directory.members
            if not m.is_notifier
            and wanted
            and (wanted in m.name.casefold() or wanted in (a.lower() for a in m.addresses))
        ]
        if wanted
        else [member]
    )
    if "manager" not in member.permissions and found != [member]:
        return _answer(answering, member, "That sheet is for managers", ["Write “1on1” alone for your own."])
    if len(found) != 1:
        names = ", ".join(m.name for m in found[:6])
        close = [] if found else _close_colleagues(directory.members, wanted)
        return _answer(
            answering,
            member,
            "Which colleague?",
            [
                f"“{rest}” could be {names}."
                if found
                else f"I know no colleague called “{rest}”.{f' Close ones: {listed(close)}.' if close else ''}"
            ],
        )
    page = one_on_one(answering.desk, found[0], answering.now)
    return _answer(answering, member, page.heading, page.lines, page.rows)


# Two letters of ten apart ("Jonnas", "Meier" for "Mayer"): near enough to be named, never to be taken.
_CLOSE = 75


def _close_colleagues(members: Sequence[Member], wanted: str) -> list[str]:
    scored = [
        (max(fuzz.ratio(wanted, word) for word in (m.name.casefold(), *m.name.casefold().split())), m.name)
        for m in members
        if not m.is_notifier and m.name
    ]
    return [name for score, name in sorted(scored, key=lambda x: (-x[0], x[1])) if score >= _CLOSE][:3]


def answer_meeting(answering: Answering, rest: str, member: Member) -> Settled:
    page = meeting(answering.desk, answering.now)
    return _answer(answering, member, page.heading, page.lines, page.rows)


def answer_report(answering: Answering, rest: str, member: Member) -> Settled | None:
    """quiet, coverage, trends, health, goals: for managers."""
    name, directory = rest.strip().casefold(), answering.desk.known().directory
    if name not in NAMES:
        # Two words or fewer can only be meant as a command; more may be news.
        return (
            _answer(answering, member, "Which report?", [f"There are {listed([f'“report {n}”' for n in NAMES])}."])
            if len(name.split()) <= MOST_COMMANDED
            else None
        )
    if "manager" not in member.permissions:
        return _answer(
            answering, member, "Reports are for managers", ["“quiet” and “1on1” tell you about your own accounts."]
        )
    if name == "quiet":
        return answer_quiet(answering, "", member)
    found = sheets(answering.desk, name, answering.now)
    rows = [row for sheet in found for row in reports.told(replace(sheet, rows=sheet.rows[:MOST_ROWS]), directory)]
    left = sum(max(len(sheet.rows) - MOST_ROWS, 0) for sheet in found)
    intro = reports.INTROS[name]
    lines = [intro.line if rows else found[0].empty]
    if left:
        lines.append(f"And {left} more: “mailwins report {name}” on the server has them all, as CSV as well.")
    return _answer(answering, member, intro.heading, lines, rows)


_FOR = re.compile(
    r"^(?P<name>.*?)\s*(?:for\s+)?(?P<count>\d{1,3})\s*(?P<unit>d|days?|w|wks?|weeks?|m|months?)?\b\s*(?:[:,-]\s*(?P<why>.*))?$",
    re.I | re.S,
)
_DAYS = {"d": 1, "w": 7, "m": 30}


def answer_snooze(answering: Answering, rest: str, member: Member, only: str | None = None) -> Settled | None:
    """ "snooze Kestrel 4w: why". *only*: the account meant when none is named. Its CSM and managers may."""
    desk = answering.desk
    match = _FOR.match(rest.strip())
    directory = desk.known().directory
    if match is None:
        meant = named(rest, directory)
        if not meant and len(rest.split()) > MOST_COMMANDED:
            return None
        return _answer(
            answering,
            member,
            "For how long?" if isinstance(meant, str) else "Which account, and for how long?",
            [
                f"Write “snooze {meant if isinstance(meant, str) else 'ACCOUNT'} 4w: why”; 10d and 3m are understood as well. Nothing was changed."
            ],
        )
    name = named(match["name"], directory) if match["name"].strip() else only
    if isinstance(name, tuple) and len(name) == 1:
        name = name[0]
    if not isinstance(name, str):
        close = f" Close ones: {', '.join(name)}." if name else ""
        return _answer(answering, member, "Which account?", [f"Write “snooze ACCOUNT 4w: why”.{close}"])
    account = directory.account(name)
    if "manager" not in member.permissions and not (
        account and account.csm and account.csm.lower() in {a.lower() for a in member.addresses}
    ):
        return _answer(answering, member, f"{name} is not yours to snooze", ["Its CSM and managers can."])
    days = min(int(match["count"]) * _DAYS[(match["unit"] or "w")[0].lower()], 366)
    until = answering.now.astimezone(desk.zone).date() + timedelta(days=days)
    why = " ".join((match["why"] or "").split())[:300]
    value = f"{until.isoformat()} {member.name}: {why or 'no reason given'}"
    return _answer(
        answering,
        member,
        f"{name} rests until {day(until)}",
        [f"Why: {why}" if why else "No reason was given."],
        preferences=((publishing.EVERYBODY, f"snooze:{name}", value),),
    )
