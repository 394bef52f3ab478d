"""``my wins``: what a member captured lately."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from mailwins.jobs.answering import Answering
from mailwins.jobs.commands.command import Command, more_than_shown, rows_of, settled, span
from mailwins.model import Member
from mailwins.ports import Settled, WinFilter
from mailwins.render import counted
from mailwins.understanding.periods import without_period

DAYS = 30


def answer(answering: Answering, rest: str, member: Member) -> Settled | None:
    """By the day of capture; *rest* may name another time."""
    zone = answering.desk.zone
    since, until = answering.now - timedelta(days=DAYS), None
    told = f"of the last {DAYS} days"
    if rest:
        words, period, _ = without_period(rest, answering.day)
        if period is None or words:
            return None
        since = datetime.combine(period.first, time(), zone)
        until = datetime.combine(period.last + timedelta(days=1), time(), zone) if period.last else None
        told = span(period)
    wins = [
        w
        for w in answering.desk.store.wins(WinFilter(captured_since=since, captured_until=until))
        if {w.submitted_by, *w.credits} & set(member.addresses)
    ]
    if not wins:
        return settled(answering, member, f"No wins {told}", ["Heard something good? A line is enough."])
    return settled(
        answering,
        member,
        f"Your {counted(len(wins), 'win')} {told}",
        more_than_shown(wins),
        rows=rows_of(wins),
        help_=f"“undo” takes your last correction back; “wins {wins[0].account or 'Acme'}” shows an account.",
    )


COMMAND = Command(
    "my wins",
    r"(?:show |list )?(?:me )?my (?:own |last |latest )?wins|meine (?:wins|erfolge)|mes (?:wins|succes|succès)|mis (?:wins|exitos|éxitos)|mijn (?:wins|successen)",
    "my wins",
    f"what you captured in the last {DAYS} days",
    answer,
    takes="either",
)
