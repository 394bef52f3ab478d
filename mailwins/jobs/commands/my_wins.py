"""``my wins``: what a member captured lately."""

from __future__ import annotations

from datetime import timedelta

from mailwins.jobs.answering import Answering
from mailwins.jobs.commands.command import Command, more_than_shown, rows_of, settled
from mailwins.model import Member
from mailwins.ports import Settled, WinFilter
from mailwins.render import counted

DAYS = 30


def answer(answering: Answering, rest: str, member: Member) -> Settled:
    since = answering.now - timedelta(days=DAYS)
    wins = [
        w
        for w in answering.desk.store.wins(WinFilter(captured_since=since))
        if {w.submitted_by, *w.credits} & set(member.addresses)
    ]
    if not wins:
        return settled(
            answering, member, f"No wins in the last {DAYS} days", ["Heard something good? A line is enough."]
        )
    return settled(
        answering,
        member,
        f"Your {counted(len(wins), 'win')} of the last {DAYS} days",
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
)
