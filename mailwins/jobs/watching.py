"""What a managers' edition watches besides wins: possible complaints, open questions, quiet accounts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mailwins import insights
from mailwins.digest.composing import Material
from mailwins.digest.managing import MOST_QUIET, Held, Watch
from mailwins.jobs.desk import Desk
from mailwins.model import Directory, Outcome
from mailwins.parsers.opened import bare_subject
from mailwins.ports import WinFilter


def begun_on(desk: Desk, zone: ZoneInfo) -> date | None:
    known = desk.store.get("begun_at")
    return datetime.fromisoformat(known).astimezone(zone).date() if known else None


def snoozes(desk: Desk) -> dict[str, date]:
    """Account → the first day it counts again."""
    return {
        key.removeprefix("snooze:"): date.fromisoformat(value[:10])
        for (_, key), value in desk.store.preferences("snooze:").items()
    }


def watch_of(desk: Desk, m: Material) -> Watch:
    config = desk.config.quiet
    today = m.until.astimezone(m.zone).date()
    newest, then = desk.store.last_wins(m.until), desk.store.last_wins(m.since)
    snoozed, since = snoozes(desk), begun_on(desk, m.zone)
    quiet = insights.quiet_accounts(
        m.directory.accounts, newest, today, days=config.days, tiers=config.tiers, snoozed=snoozed, begun_on=since
    )
    before = insights.quiet_accounts(
        m.directory.accounts,
        then,
        today - timedelta(days=7),
        days=config.days,
        tiers=config.tiers,
        snoozed=snoozed,
        begun_on=since,
    )
    last = desk.store.newest_wins([q.account.name for q in quiet[:MOST_QUIET]], m.until)
    coverage = insights.coverage(
        m.directory,
        desk.store.senders(m.since, m.until),
        desk.store.senders(m.until - 4 * insights.WEEK, m.until),
        newest,
        today,
    )
    return Watch(
        quiet if newest else (),
        len(before) if then else None,
        _held(desk, m.directory),
        desk.store.count_wins(WinFilter(in_tray=True)),
        last,
        coverage,
    )


def _held(desk: Desk, directory: Directory) -> tuple[Held, ...]:
    """Mails that wait for a person, newest first."""
    waiting = desk.store.mails(outcome=Outcome.QUARANTINED, unresolved=True)
    found = []
    for mail in sorted(waiting, key=lambda x: (x.arrived_at, x.id), reverse=True):
        member = directory.member(mail.sender)
        found.append(
            Held(
                mail.reason or "unsure",
                bare_subject(mail.subject) or "",
                member.name if member and not member.is_notifier else None,
                mail.arrived_at.astimezone(desk.zone).date(),
                mail.candidates[0] if len(mail.candidates) == 1 else None,
            )
        )
    return tuple(found)
