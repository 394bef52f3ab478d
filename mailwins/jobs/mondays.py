"""Each CSM's own page on Monday, with the managers' edition."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mailwins import insights
from mailwins.config import AudienceSettings
from mailwins.digest.composing import Material
from mailwins.digest.managing import Desk as OwnDesk
from mailwins.digest.managing import compose_monday
from mailwins.jobs.audiences import list_headers, zone_of
from mailwins.jobs.desk import Desk
from mailwins.jobs.planning import MOST_NAMED, Planned
from mailwins.jobs.watching import begun_on, snoozes
from mailwins.model import Account, Address, Directory, Glance, OutgoingMail, Stance


def mondays(desk: Desk, audience: AudienceSettings, planned: Planned, now: datetime) -> list[OutgoingMail]:
    """With the managers' edition each CSM gets her own page first."""
    if not audience.is_managers or not desk.config.quiet.my_monday:
        return []
    edition, zone = planned.edition, zone_of(desk, audience)
    left = {address for (address, _), value in desk.store.preferences("leave:monday").items() if value == "yes"}
    left |= set(desk.store.suppressed())
    newest, snoozed, begun = desk.store.last_wins(edition.until), snoozes(desk), begun_on(desk, zone)
    accounts_of = _by_csm(desk.known().directory)
    fresh = _by_account(desk.store.glances(edition.since, edition.until))
    material = Material(
        audience=audience,
        company=desk.company,
        directory=desk.known().directory,
        categories=desk.config.kinds,
        zone=zone,
        since=edition.since,
        until=edition.until,
        wins=(),
        full={},
    )
    config, today = desk.config.quiet, edition.until.astimezone(zone).date()
    mails = []
    for member in desk.known().directory.members:
        addresses = frozenset(x.lower() for x in member.addresses)
        accounts = tuple(a for x in sorted(addresses) for a in accounts_of.get(x, ()))
        if not accounts or member.is_notifier or left & addresses:
            continue
        quiet = insights.quiet_accounts(
            accounts, newest, today, days=config.days, tiers=config.tiers, snoozed=snoozed, begun_on=begun
        )
        best = sorted((w for a in accounts for w in fresh.get(a.name, ())), key=lambda w: (-w.value_effective, w.id))
        wins = desk.store.wins_by_id([w.id for w in best[:MOST_NAMED]])
        last = desk.store.newest_wins(sorted(a.name for a in accounts), edition.until) if newest else {}
        own = OwnDesk(member.name, accounts, tuple(wins), last, quiet if newest else (), addresses)
        view = compose_monday(own, material)
        if view is not None:
            mails.append(
                desk.letter(
                    "monday",
                    view,
                    kind="monday",
                    cause=f"monday:{edition.key}",
                    to=Address(member.name, member.address),
                    subject=view.subject,
                    now=now,
                    headers=list_headers(desk, "monday", "My Monday"),
                    win_ids=tuple(w.id for w in wins),
                )
            )
    return mails


def _by_csm(directory: Directory) -> dict[str, list[Account]]:
    found: dict[str, list[Account]] = {}
    for account in directory.accounts:
        found.setdefault((account.csm or "").lower(), []).append(account)
    return found


def _by_account(wins: Iterable[Glance]) -> dict[str, list[Glance]]:
    """Good news only."""
    found: dict[str, list[Glance]] = {}
    for win in wins:
        if win.account and win.stance not in (Stance.COMPLAINT, Stance.DOUBT):
            found.setdefault(win.account, []).append(win)
    return found
